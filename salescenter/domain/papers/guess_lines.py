"""What a form asks line by line of several: instalments, pledges, buyers in a table, each buyer's share."""

from __future__ import annotations

import re
from collections.abc import Mapping

from salescenter.domain.papers.blanks import Style
from salescenter.domain.papers.fields import SEATS
from salescenter.domain.papers.form_tables import Row
from salescenter.domain.papers.one_by_one import PARTS, PLEDGES

Fields = tuple[tuple[str, re.Pattern[str]], ...]
_FIGURES = {letter: count for count, letter in enumerate("一二三四五六七八九", start=1)}
_NUMBER = "[一二三四五六七八九十]{1,2}|[1-9]\\d?"
_PART = re.compile(rf"第[\s　]*({_NUMBER})[\s　]*(?:期|[次笔](?=[付支应缴款]))(?!工程|项目|开发|用地|建设)")
_ENDS = re.compile("[。；]|[尾余]款|首[付期]|最后|末期")
"""Where what is said of one instalment ends."""

_SHARE = re.compile(
    r"(?:买受人|乙方|买方|购房人|共有人)[\s　（(]*([一二三四1-4])[）)\s　]*"
    r"[^。；，\n▁▮]{0,6}(?:占|享有|份额|比例)[^。；，\n▁▮]{0,8}▮"
)


def _fields(**columns: str) -> Fields:
    return tuple((name, re.compile(words)) for name, words in columns.items())


_PARTS_HEADS = _fields(大写="大写", 比例="比例|[%％]", 日期="日期|时间|期限", 金额="金额|款额|数额|应[付缴交]|小写",
                       条件="条件|节点|进度", 款项="款项|名称")  # fmt: skip
_PLEDGE: Mapping[str, str] = {
    "抵押类型": "(?:抵押|担保)(?:的)?(?:类型|种类)", "抵押权人": "抵押权人(?:名称)?", "抵押人": "抵押人(?:名称)?",
    "登记机构": "登记(?:机构|部门|机关)", "登记日期": "登记(?:日期|时间|日)", "债务期限": "债务(?:的)?(?:履行)?期限",
}  # fmt: skip
_PLEDGE_HEADS = _fields(**{name: f"{words}$" for name, words in _PLEDGE.items()})
_BUYER_HEADS = _fields(
    代理人电话="代理人[^\n]{0,4}电话", 代理人证件="代理人[^\n]{0,4}(?:证|号码)", 代理人="代理人", 份额="份额|比例",
    性别="性别", 出生日期="出生", 国籍="国籍|户籍", 证件号码="证件?号|身份证|证照号|证件[^\n]{0,4}号码?",
    证件类型="证件(?:类型|种类|名称|类别)", 住址="地址|住址|住所", 邮编="邮编|邮政", 电话="电话|手机|联系方式",
    姓名="姓名|名称|买受人|购房人|共有人",
)  # fmt: skip
_TABLES: tuple[tuple[str, str, int, Fields], ...] = (
    ("付款期", "期次?|期数|次数|款项|付款", PARTS, _PARTS_HEADS),
    ("抵押情况", "抵押权人", PLEDGES, _PLEDGE_HEADS),
    ("买受人", "姓名|买受人|购房人|共有人", SEATS, _BUYER_HEADS),
)
"""Whose table it is: a word of its heads, as many rows as there are fields for, what each column asks."""

_BESIDES = re.compile("证件|身份证|电话|份额|金额|应付|款额|抵押人|登记")
"""What another column of such a table is headed with."""

_ASKED = tuple((name, re.compile(rf"{words}[】为是：:\s　]*▁")) for name, words in _PLEDGE.items())
_SAID: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("大写", re.compile(r"大写[）：:为\s　]*(?:人民币)?[\s　￥]*▮|▮[\s　]*(?:元?(?:人民币)?[整正]?（大写）|元[整正])")),
    ("比例", re.compile(r"▮[\s　]*[%％]")),
    ("金额", re.compile(r"▮[\s　]*元(?![整正])|(?:金额|款额|数额|小写|￥|¥)[）：:为\s　￥¥]*(?:人民币)?▮")),
    ("日期", re.compile(r"(?:日期|时间)[为：:\s　]*▮|▮[^。；，\n▁]{0,2}[之以]?前")),
    ("条件", re.compile(r"(?:条件|进度|节点)[为：:\s　]*▮")),
)
_PLEDGED = re.compile("(?:土地|房屋?|工程)[^。\n]{0,14}抵押")
"""How an article about something else tells that what is sold is pledged: a buyer's own mortgage is no such pledge."""

LIKELY = 80
"""How sure a number is that the form does not say: somebody reads the lines."""

SURE = 88


def in_table(row: Row, head: str) -> tuple[str, int] | None:
    """Return what a cell of a table of several asks: the field of the one in its row; None where it is no such table.

    A table with one row for buyers or pledges names all of them there. Rows beyond the fields are left to the pen.
    """
    for whose, named, most, fields in _TABLES:
        others = [one for one in row.heads if _BESIDES.search(one)]
        if others and any(re.fullmatch(f"(?:{named}).{{0,3}}", one) for one in row.heads):
            name = next((name for name, words in fields if words.search(head)), "")
            if not name or row.number > most:
                return "", 0
            of_all = {"买受人": f"买受人{name}", "抵押情况": f"抵押情况·{name}"} if row.of == 1 else {}
            return of_all.get(whose, f"{whose}{row.number}·{name}"), SURE
    return None


def in_lines(words: str, line: str, article: str, style: Style) -> tuple[str, int] | None:
    """Return what a blank asks of one instalment or of one buyer's share; line: what stands before it in its line."""
    share = _SHARE.search(words)
    if share:
        return f"买受人{_counted(share[1])}·份额", SURE
    parts = list(_PART.finditer(line))
    if not parts or not re.search("[付缴交]|款|金额", line[parts[-1].end():] + article + words):
        return None
    if _ENDS.search(line, parts[-1].end()):
        return None
    number = _counted(parts[-1][1])
    name = "日期" if style is Style.DATE else next((name for name, said in _SAID if said.search(words)), "")
    return (f"付款期{number}·{name}", SURE) if name and number <= PARTS else ("", 0)


def in_alike_lines(number: int, style: Style) -> tuple[str, int] | None:
    """Return what a blank asks in the line of that number among lines alike, each of one instalment; None for none."""
    if not 0 < number <= PARTS:
        return None
    return f"付款期{number}·{'日期' if style is Style.DATE else '金额'}", LIKELY


def of_pledge(before: str, below: str, article: str) -> tuple[str, int] | None:
    """Return what a blank asks of the first or the second pledge, or of all where its article asks it but once.

    before: what stands there from the heading to the blank, the blank itself as the last ▁; below: what follows.
    """
    if "抵押" not in article and not _PLEDGED.search(before.rpartition("\n")[2]):
        return None
    for name, asked in _ASKED:
        found = [one.end() for one in asked.finditer(before)]
        if found and found[-1] == len(before):
            seat = len(found) if len(found) > 1 or asked.search(below) else ""
            return (f"抵押情况{seat}·{name}", SURE) if len(found) <= PLEDGES else ("", 0)
    return None


def _counted(said: str) -> int:
    """The number that is said in figures or in Chinese letters."""
    if said.isdecimal():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    return (_FIGURES.get(tens, 1) * 10 if ten else 0) + _FIGURES.get(ones, 0)
