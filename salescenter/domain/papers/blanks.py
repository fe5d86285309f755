"""Finds the blanks in the pasted text of a contract form, in every style that printed forms and vendors use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a blank is printed."""

    RULED = "ruled"      # ______ ＿＿＿ _    _
    SPACED = "spaced"    # a wide gap within a line, or nothing but spaces within brackets
    DATE = "date"        # ____年__月__日: one blank for the whole day
    BRACKET = "bracket"  # 【　】
    NAMED = "named"      # 【出让】【划拨】: one of the words holds
    TICK = "tick"        # □一次性付款
    BOX = "box"          # one place of 亿仟佰拾万仟佰拾元角分
    TOKEN = "token"      # 客户1, as sales programs leave it
    MONEY = "money"      # a bare ￥
    LABEL = "label"      # 联系电话： with nothing behind it: what is left of an underline that was not pasted


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank by its offsets in the text (equal where something is to be put in); `place`: 仟万 for a digit box."""

    start: int
    end: int
    style: Style
    place: str = ""


_LINE = "_＿﹍﹎─━"
_GAP = " 　\u00a0"
_RUN = rf"(?:[{_LINE}]+|[{_GAP}]+)"
_LABELS = (
    "(?:商品房买卖)?合同编号|编号|(?:甲方|乙方)(?:[（(][^（()）签盖公\\n]{1,8}[)）])?|出卖人|买受人|认购人|卖方|买方|购房人"
    "|(?:通讯|注册|联系)?(?:地址|住所)|住所[（(]址[)）]|住址|(?:电子)?邮箱|邮政编码|邮编|营业执照(?:注册)?号码?|统一社会信用代码|(?:房地产开发)?(?:企业)?资质证书(?:编?号码?)?"
    "|法定代表人(?:姓名)?|(?:联系)?电话|联系方式|手机(?:号码?)?|传真|职务|(?:委托|法定)代理人(?:姓名)?|(?:委托销售)?(?:经纪|代理)机构"
    "|姓名|国籍(?:/籍贯)?|户籍所在地|性别|出生(?:日期|年月日)|开户(?:银行|行)|[账帐]号"
    "|证件(?:类型|名称|号码)|证号|身份证(?:/护照)?号码?|签订(?:日期|时间|地点)"
    "|(?:楼盘|项目|小区)名称|房号|户型|朝向|(?:套内|分摊)?建筑面积|总价款?|监管(?:机构|银行|[账帐]户|[账帐]号)|[账帐]户名称?|户名"
    "|(?:土地使用权?|不动产权|(?:建设工程)?规划许可|(?:建筑工程)?施工许可|(?:商品房)?预售许可)证(?:编?号码?)?"
)
"""What the particulars of the parties and of the home are called, and the papers the project stands on."""

_ASKING = "第在于自至从到为共约满过之的按照起"
"""Letters after which a gap of even one space waits for a word, before a unit that counts it."""

_COUNTED = "种|[日年月元天期层份页幢％%‰]|平方米|个月|项"
UNITS = "亿万仟佰拾千百十元圆角分"
"""What stands behind a digit box."""

_TAG = r"\{\{[^{}\n]*\}\}"
_FILLED = rf"(?:{_TAG}|[{_LINE}]+|[{_GAP}]+|A\d{{1,2}}|)"
_SAME = str.maketrans("千百十圆", "仟佰拾元")
_BOX = re.compile(rf"({_FILLED})([{UNITS}])")
_BLANK = re.compile(
    rf"(?P<boxes>(?:{_FILLED}[{UNITS}]){{4,}})"
    rf"|(?P<tag>{_TAG})"
    rf"|(?P<date>(?:20\d?|二[〇○零]?)?{_RUN}年{_RUN}月{_RUN}日)"
    rf"|(?<=[自至从到在于为：:])(?P<day>{_RUN}?年{_RUN}?月{_RUN}?日)"
    rf"|[【〔［\[](?P<bracket>[{_LINE}{_GAP}]*)[】〕］\]](?!内|中[选的划])"
    rf"|(?<=[【〔「［])(?P<named>)[^【】〔〕「」［］\n{_LINE}□√]{{1,20}}(?=[】〕」］])"
    r"|(?P<tick>[□☐])"
    rf"|(?P<ruled>(?<![{_LINE}])[{_LINE}][{_GAP}]{{2,}}[{_LINE}](?![{_LINE}])|[{_LINE}]{{2,}}"
    r"|(?<![A-Za-z0-9_])[_＿](?![A-Za-z0-9_]))"
    rf"|[（(](?P<hollow>[{_GAP}]+)[)）]"
    rf"|[￥¥](?P<money>)(?=[{_GAP}]*(?:$|[，。；、）)元\n]))"
    rf"|(?P<token>客户\d|A\d{{1,2}}(?=[{UNITS}]))"
    rf"|(?<=[^\s{_LINE}}}])(?P<spaced> {{4,}}|[{_GAP}]*　{{3,}}[{_GAP}]*)(?=[^\s{_LINE}{{])"
    rf"|(?<=[{_ASKING}])(?P<narrow>[{_GAP}]{{1,3}})(?={_COUNTED})"
    rf"|(?<=[万百千]分之)(?P<rate>[{_GAP}]{{1,3}})(?=[的（(])"
    rf"|(?:^|(?<=[{_GAP}\t]))(?:{_LABELS})[：:](?P<label>)(?=[{_GAP}]*$)"
    rf"|(?:{_LABELS})[：:](?P<close>)(?=[{_GAP}]{{1,3}}(?:{_LABELS})[：:]|[{_GAP}]*[)）])",
    re.MULTILINE,
)
_STYLES = {"date": Style.DATE, "bracket": Style.BRACKET, "named": Style.NAMED, "tick": Style.TICK,
           "ruled": Style.RULED, "hollow": Style.SPACED, "money": Style.MONEY, "token": Style.TOKEN,
           "spaced": Style.SPACED, "narrow": Style.SPACED, "rate": Style.SPACED, "day": Style.DATE,
           "label": Style.LABEL, "close": Style.LABEL}  # fmt: skip
_CLOSES, _OPENS = re.compile("[】〕」］]"), re.compile("[【〔「［]")
_COLUMNS = re.compile(rf"(?:[A-Za-z0-9）)]|[签盖][字章名][^：:\n]{{0,6}}[：:]|[{_LINE}{_GAP}]日)$")
"""How the left of two columns ends: a number, 出卖人（签章）：, a day."""

_TITLED = re.compile(r"[^\s，。；：:]{2,16}[：:]")
"""How the right one begins."""

_HEADING = 6
"""Letters of the longest line whose gaps only spread it, as in 说　　　明."""


def find_blanks(text: str) -> tuple[Blank, ...]:
    """Return all blanks in their order; fields, choices and blocks of the language are left alone."""
    return tuple(blank for found in _BLANK.finditer(text) for blank in _read(text, found))


def put_in(text: str, answers: Sequence[tuple[Blank, str]]) -> str:
    """Write answers where blanks are; every letter outside of them stays."""
    pieces, at = [], 0
    for blank, answer in sorted(answers, key=lambda one: one[0].start):
        pieces += [text[at:blank.start], answer]
        at = blank.end
    return "".join((*pieces, text[at:]))


def _read(text: str, found: re.Match[str]) -> Iterator[Blank]:
    group = found.lastgroup or ""
    if group == "boxes":
        yield from _boxes(found)
    elif group in _STYLES and _KEEP.get(group, _always)(text, found):
        yield Blank(*found.span(group), _STYLES[group])


def _boxes(found: re.Match[str]) -> Iterator[Blank]:
    """One blank for each place, named by what it counts: 仟万 is the 仟 before 万."""
    whole = found["boxes"]
    boxes = list(_BOX.finditer(whole))
    names, unit = [], ""
    for box in reversed(boxes):
        name = box[2].translate(_SAME)
        names.append(name + unit if name in "仟佰拾" else name)
        unit = name if name in "万亿" else unit
    for box, name in zip(boxes, reversed(names), strict=True):
        start = found.start() + box.start()
        if box[1].startswith("{"):
            continue  # answered already
        yield Blank(start, start + len(box[1]), Style.BOX, name)


def _among_others(text: str, found: re.Match[str]) -> bool:
    """A word in 【】, 〔〕, 「」 is a choice only beside another such: 【重要提示】 is none."""
    before, after = text[max(0, found.start() - 3):found.start() - 1], text[found.end() + 1:found.end() + 3]
    return bool(_CLOSES.search(before) or _OPENS.search(after))


def _in_text(text: str, found: re.Match[str]) -> bool:
    """A gap that spreads a heading, parts two columns, or is the place of a signature, is none to be filled."""
    start = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    line = text[start:end if end >= 0 else len(text)]
    if _COLUMNS.search(text[start:found.start()]) and _TITLED.match(text, found.end()):
        return False
    words = line.split()
    is_head = len(words) > 2 and all(len(word) <= _HEADING and word[-1] not in "：:" for word in words)
    return not is_head and sum(not letter.isspace() for letter in line) > _HEADING


def _always(text: str, found: re.Match[str]) -> bool:
    del text, found
    return True


_KEEP: dict[str, Callable[[str, re.Match[str]], bool]] = {"named": _among_others, "spaced": _in_text}
"""What must hold besides for a blank of a style."""
