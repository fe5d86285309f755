"""How a row of the tables is written that tell from the words around a blank of a contract form what belongs there.

▮ is the blank itself, ▁ any other blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SELLER, DEPUTY, BUYER, AGENT, AGENCY = "seller", "deputy", "buyer", "agent", "agency"
_CALLED = r"（(?:以?下)?(?:简|合)?称为?[“\"]?"
CALLED: dict[str, str] = {SELLER: rf"{_CALLED}(?:甲方|出卖[人方]|卖方)", BUYER: rf"{_CALLED}(?:乙方|买受[人方]|买方)"}
"""What a form says behind whatever it calls a party at first: 转让方（下称甲方）."""

_NAMED = "[^\\s：（▁▮]{2,8}"
PARTIES: dict[str, str] = {
    SELLER: "出卖[人方]|卖方|甲方|开发企业|开发商|预售[人方]|出售[人方]|[售卖]房(?:人|方|单位)|转让[人方]"
    f"|{_NAMED}{CALLED[SELLER]}",
    BUYER: f"买受[人方]|买方|乙方|购房[人方]|[认预订]购[人方]|购买方|客户|受让[人方]|{_NAMED}{CALLED[BUYER]}",
    AGENCY: "(?:[委受]托(?:代理)?(?:销售)?)?(?:经纪机构|代理机构)|(?:[委受]托(?:代理)?|代理)销售|丙方",
    AGENT: "【?▁?(?:(?:委托|法定)/?(?:法定)?)?代理人|受托人|受委托",
}
"""What a line begins with from which on a party's particulars are asked; DEPUTY is the seller's own agent."""

DATES = frozenset({"签订日期", "交付日期", "付清日期", "首付款日期", "土地开始日期", "土地终止日期", "物业开始日期",
                   "物业结束日期", "买受人出生日期", "配套日期", "签约期限", "租期起", "租期止"})  # fmt: skip
"""Fields whose value is a whole day."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One row: the words around, whose particulars or which article it must be, and how sure (of 100) that is."""

    tag: str
    around: re.Pattern[str]
    sure: int = 90
    party: str = ""
    article: re.Pattern[str] = re.compile("")


GLUE = r"(?:（[^（）\n▁▮]{0,14}）)?[：:为是系即，\s　“\"《【（(]*"
YUAN = r"(?:暂定为?|人民币|▁?（币种）|（▁币）|小写|RMB)*[：:（()）￥¥\s　]*"
WORDS = r"[\s　]*(?:(?:人民币|元)*[整正]?（大写）|元?[整正](?!（大写))"
"""What stands behind an amount that is written in words: 元整, 元人民币（大写）."""

LATE = "(?:逾期|延期|迟延|延迟|延误|拖延|[晚迟](?=[付交支缴]))"
LATE_PAYMENT = rf"{LATE}(?:付款|支付|付钱|[交缴]款)|未按[^。\n]{{0,16}}付款|付款的?违约"
LATE_HANDOVER = rf"^(?!.*(?:产权|登记|权属)).*(?:{LATE}交|交付责任|未[按在][^。\n]{{0,26}}交付)"
REST = "(?:余款|[剩其]余(?:房款|价款|款项)?|剩下的?(?:房款|钱)?)"
ENDS = r"(?:解除|解约|终止|退房|可解约|有权不[买卖])[^；\n]{0,58}"
PERCENT = r"▮\s*[%％]"
OF_HUNDRED = r"百分之[（\s　]*▮"
WHOLE = r"(?!\s*[层省市区县镇乡村路街号幢栋])"
"""What an address is not followed by: ____区____路 asks for its parts."""

LAND = r"(?:地块|宗地|土地|用地)(?:(?!房|建筑)[^。；\n▮]){0,56}?"
"""What is said of the ground, up to something about a building."""

GROSS = "建筑面积(?<!套内建筑面积)(?<!公用建筑面积)(?<!共有建筑面积)(?<!摊的建筑面积)"
RATE = r"万分之[（\s　]*▮"
HIGHER = r"(?:改为|提高[为到至]|增加到|调整为)[^。；\n▁▮]{0,6}"
"""How the second rate is said to be another than the first."""

AGAIN = r"[）\s　]*（(?:该(?:违约金)?(?:比率|比例|标准)|不低于)"
"""What forms add to the second rate, which may not be lower than the first: they name it 该比率."""

ALONE = r"[^▁▮\s][\s　]*\n[\s　]*▮[。\s　]*(?:\n|$)"
"""A blank that is a paragraph of its own, the first one below other words."""


def after(tag: str, label: str, sure: int = 90, party: str = "", article: str = "") -> Guess:
    """Make a row of a label right before the blank."""
    return Guess(tag, re.compile(rf"(?:{label})[】）]?{GLUE}▮"), sure, party, re.compile(article))


def money(tag: str, label: str, sure: int = 90) -> tuple[Guess, ...]:
    """Make the rows of an amount: in figures, and in capital words (大写) or again in figures later on."""
    other = r"(?:(?!定金|首付|首期|贷款|总价|装修(?![^（\n]{0,6}）)|单价|房价款|余款|其余|剩余)[^。；\n▮%％]){0,44}"
    label = f"(?:{label})(?:总额|金额|数额|[合共总]计)?"
    figures = re.compile(rf"{label}(?:暂定)?{GLUE}{YUAN}{GLUE}▮(?!{WORDS})")
    small = re.compile(rf"{label}{other}小写{GLUE}[￥¥\s　]*▮")
    words = re.compile(rf"{label}{other}(?:。?\s*（)?大写）?{GLUE}{YUAN}▮")
    spelt = re.compile(rf"{label}(?:暂定)?{GLUE}{YUAN}{GLUE}▮{WORDS}")
    inked = f"{tag}大写"
    return Guess(tag, figures, sure), Guess(tag, small, sure), Guess(inked, words, sure + 5), Guess(inked, spelt, sure)


def around(tag: str, words: str, sure: int = 90, article: str = "") -> Guess:
    return Guess(tag, re.compile(words), sure, "", re.compile(article))


def choice(tag: str, label: str, sure: int = 90, party: str = "") -> Guess:
    """Make a row of a choice whose words stand behind its mark."""
    return Guess(tag, re.compile(rf"▮[】\]\s　]*(?:{label})(?![^】【\n]{{4,}}】)"), sure, party)


NOBODY = ""
"""Tag of what looks like a field and is none: the place of an agent, the day the gardens are finished."""
