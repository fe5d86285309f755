"""How a Chinese name is typed: its pinyin, its initials, and the other readings people may try."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

MOST_OTHERS = 8
"""At most so many further spellings of one name are kept."""

_COMPOUND = (
    "欧阳=ou yang|上官=shang guan|司马=si ma|诸葛=zhu ge|尉迟=yu chi|长孙=zhang sun|万俟=mo qi|"
    "澹台=tan tai|单于=chan yu|令狐=ling hu|皇甫=huang fu|东方=dong fang|公孙=gong sun|慕容=mu rong|"
    "宇文=yu wen|司徒=si tu|司空=si kong|夏侯=xia hou|轩辕=xuan yuan|钟离=zhong li|闻人=wen ren|"
    "淳于=chun yu|公冶=gong ye|太史=tai shi|端木=duan mu|申屠=shen tu|独孤=du gu|南宫=nan gong|"
    "西门=xi men|百里=bai li|呼延=hu yan|拓跋=tuo ba|赫连=he lian|鲜于=xian yu|濮阳=pu yang|"
    "宗政=zong zheng|亓官=qi guan|第五=di wu|宰父=zai fu|谷梁=gu liang|漆雕=qi diao|乐正=yue zheng|"
    "壤驷=rang si|公良=gong liang|段干=duan gan|东郭=dong guo|南门=nan men|羊舌=yang she|微生=wei sheng|"
    "梁丘=liang qiu|左丘=zuo qiu|巫马=wu ma|仲孙=zhong sun|叔孙=shu sun|季孙=ji sun|完颜=wan yan|"
    "纳兰=na lan|爱新=ai xin|叶赫=ye he|那拉=na la|哥舒=ge shu|沙陀=sha tuo|贺兰=he lan|达奚=da xi|"
    "豆卢=dou lu|乌孙=wu sun|司寇=si kou|子车=zi ju|颛孙=zhuan sun|公西=gong xi|公羊=gong yang|"
    "夹谷=jia gu|闾丘=lv qiu"
)
_SINGLE = (
    "仇=qiu chou|单=shan dan|区=ou qu|曾=zeng ceng|解=xie jie|朴=piao pu|查=zha cha|翟=zhai di|盖=ge gai|"
    "尉=wei yu|乐=yue le|缪=miao mou|覃=qin tan|召=shao zhao|句=gou ju|黑=he hei|秘=bi mi|种=chong zhong|"
    "繁=po fan|员=yun yuan|贠=yun|郇=xun huan|能=nai neng|折=she zhe|车=che ju|柏=bai bo|薄=bo bao|卜=bu|"
    "祭=zhai ji|宿=su xiu|都=du dou|那=na nuo|佴=nai er|厘=xi li|隗=wei kui|乜=nie mie|牟=mou mu|"
    "谌=chen shen|宓=mi fu|晟=cheng sheng|重=chong zhong|长=chang zhang|么=yao|莘=shen xin|藏=zang cang|"
    "阚=kan|郗=xi chi|郄=qie xi|行=xing hang|朝=chao zhao|菅=jian guan|蔚=yu wei|盛=sheng cheng"
)
_GIVEN = (
    "乐=le yue|行=xing hang|朝=chao zhao|长=chang zhang|重=chong zhong|晟=sheng cheng|茜=qian xi|"
    "娜=na nuo|曾=zeng ceng|柏=bai bo|蔚=wei yu|单=shan dan|传=chuan zhuan|仔=zai zi|颉=jie xie|阿=a e|"
    "芾=fu fei|调=tiao diao|隽=jun juan"
)


def _table(text: str) -> dict[str, tuple[str, ...]]:
    return {who: tuple(said.split()) for who, said in (line.split("=") for line in text.split("|"))}


COMPOUND_SURNAMES = _table(_COMPOUND)
"""复姓: one reading for each of the two characters."""

SURNAME_READINGS = _table(_SINGLE)
"""Surnames read otherwise than the character is by itself: the right reading first, then what people may type."""

GIVEN_READINGS = _table(_GIVEN)
"""Characters of given names: the usual reading in a name first, then the other that names really use."""

_HAN = re.compile(r"[㐀-鿿豈-﫿〇𠀀-𱿿]")
_LATIN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a name is typed: chenyifan, cyf, and further forms (chenyf, another reading)."""

    pinyin: str
    initials: str
    others: tuple[str, ...] = ()


@lru_cache(maxsize=65_536)
def spell(name: str) -> Spelling:
    """Return how a name is typed; what is not Chinese is kept as its own small letters."""
    said = name.strip()
    if not _HAN.search(said):
        parts = _LATIN.findall(said.lower())
        return Spelling("".join(parts), "".join(part[0] for part in parts))
    surname, given = split_name(said)
    readings = [*_surname(surname), *_given(given)]
    first = [reading[0] for reading in readings]
    typed, initials = "".join(first), "".join(part[0] for part in first)
    return Spelling(typed, initials, _others(readings, len(_surname(surname)), {typed, initials}))


def split_name(name: str) -> tuple[str, str]:
    """Return surname and given name; a name with a dot (买买提·艾力) has no surname in this sense."""
    if "·" in name or "•" in name:
        return "", name
    size = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    return name[:size], name[size:]


def typed_form(text: str) -> str:
    """Return a search as it is compared with pinyin: small letters, ü as v, neither spaces nor apostrophes."""
    said = "".join(text.lower().replace("ü", "v").replace("'", "").split())
    return said[0] + "v" + said[3:] if said[:3] in ("lyu", "nyu") else said


def is_typed(text: str) -> bool:
    """Say whether a search is pinyin or initials: letters, with spaces or apostrophes between them."""
    return bool(re.fullmatch(r"[A-Za-züÜ' ]+", text.strip()))


def _surname(surname: str) -> list[tuple[str, ...]]:
    if surname in COMPOUND_SURNAMES:
        return [(reading,) for reading in COMPOUND_SURNAMES[surname]]
    return [SURNAME_READINGS.get(ch) or (_read(ch)[0],) for ch in surname if _HAN.match(ch)]


def _given(given: str) -> list[tuple[str, ...]]:
    chinese = "".join(_HAN.findall(given))
    readings = _read(chinese) if chinese else ()
    return [GIVEN_READINGS.get(ch, (reading,)) for ch, reading in zip(chinese, readings, strict=True)]


def _read(chinese: str) -> tuple[str, ...]:
    """Read characters one by one: phrases mislead in names (a 长乐 is a place, a 重阳 a feast)."""
    return tuple(_character(ch) for ch in chinese)


@lru_cache(maxsize=32_768)
def _character(ch: str) -> str:
    said = "".join(_LATIN.findall(_reader()(ch)[0].lower().replace("ü", "v")))
    return said or "x"  # a character without a reading takes its place, so that initials keep their count


@cache
def _reader() -> Callable[[str], list[str]]:
    """Load the readings of characters when the first name is spelt; the package says that no phrases are wanted."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin


def _others(readings: list[tuple[str, ...]], surnames: int, known: set[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for said in product(*readings):
        head = "".join(said[:surnames])
        tail = "".join(part[0] for part in said[surnames:])
        whole = "".join(said)
        for text in (whole, head + tail, "".join(part[0] for part in said), whole.replace("v", "u")):
            if text not in known:
                found[text] = None
    return tuple(found)[:MOST_OTHERS]


_TITLE_ONLY = re.compile(r".{1,2}(?:先生|女士|小姐|太太|老师|阿姨|叔叔|总|工|姐|哥|生)")


def is_title_only(name: str) -> bool:
    """Say whether only a surname with a form of address is known (陈女士), to be replaced once the name is said."""
    return bool(_TITLE_ONLY.fullmatch(name))


def may_be_same(known: str, said: str) -> bool:
    """Say whether two names on one phone can be one person: equal, one of them unknown, or 陈女士 and 陈晓明."""
    if known == said or not known or not said:
        return True
    return split_name(known)[0] == split_name(said)[0] and (is_title_only(known) or is_title_only(said))
