"""What the law wants a sale contract to say, and whether a template says it of a deal.

Sources: 商品房销售管理办法 (the Measures on sales of new homes, 建设部令第88号, 2001), articles 7, 16, 18, 20, 21, 33;
城市房地产管理法, articles 41 and 45 (40 and 44 before 2007, and so in older copies); 民法典, articles 495 and 586.
Compared with published copies: the twelve items of article 16, and articles 7, 21, 33, 45, 495 and 586 word by word;
41 by its old number; of 18 and 20 only what others quote of them. Article 7 wants a completed building accepted
(item 4); its certificate is where the model contract GF-2014-0172 shows that. A need is a row; another law is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from salescenter.domain.papers.one_by_one import DAY_PARTS
from salescenter.domain.templates import Template, Value, fill, places, read_template

PRESALE, COMPLETED, SUBSCRIPTION = "contract_presale", "contract_completed", "subscription"
_SALE = frozenset({PRESALE, COMPLETED})
_BOTH = _SALE | {SUBSCRIPTION}
_MEASURES = "商品房销售管理办法"
_LATE = "(?:逾期|延期|迟延|延迟|延误|拖延)"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing the law wants.

    fields: of each group one must have a place in the text and an answer; says: patterns the printed text must
    match; filled: fields that may not be empty where the text asks them; printed: a pattern of words that make the
    fields' place needless, since the form itself answers for all its contracts.
    """

    code: str
    law: str
    kinds: frozenset[str]
    fields: tuple[tuple[str, ...], ...] = ()
    says: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need a template does not meet: `field` has no place (empty: False) or no answer (True); "" where words lack."""

    code: str
    law: str
    field: str
    empty: bool = False


NEEDS: tuple[Need, ...] = (
    Need("seller", f"{_MEASURES}第十六条第（一）项", _BOTH, (("出卖人",),)),
    Need("seller-address", f"{_MEASURES}第十六条第（一）项", _SALE, (("出卖人地址",),)),
    Need("buyers", f"{_MEASURES}第十六条第（一）项", _BOTH,
         (("姓名", "买受人姓名", "买受人1·姓名", "@买受人表"),
          ("证件号码", "买受人证件号码", "买受人1·证件号码", "@买受人表"))),
    Need("buyers-address", f"{_MEASURES}第十六条第（一）项", _SALE,
         (("住址", "买受人住址", "买受人1·住址", "@买受人表"),)),
    Need("home", f"{_MEASURES}第十六条第（二）项", _BOTH, (("房号", "房间号"),)),
    Need("home", f"{_MEASURES}第十六条第（二）项", _SALE, (("规划用途",),)),  # not all subscriptions name it
    Need("areas", f"{_MEASURES}第十八条、第二十一条", _SALE, (("建筑面积",), ("套内面积",), ("分摊面积",))),
    Need("land", "城市房地产管理法第四十一条", _SALE, (("土地取得方式",),), printed="(?:出让|划拨)方式(?:依法)?取得"),
    Need("permit", "城市房地产管理法第四十五条", frozenset({PRESALE}), (("预售许可证",),)),
    Need("completed", f"{_MEASURES}第七条", frozenset({COMPLETED}), (("现售登记证明",),)),
    Need("way", f"{_MEASURES}第十六条第（三）项", _SALE, says=("预售|现售",)),
    Need("price-way", f"{_MEASURES}第十六条第（四）项", _SALE,
         (("计价方式序号", "计价方式序号·建面先", "计价基础", "按套内计价", "按建面计价", "按套计价"),)),
    Need("price", f"{_MEASURES}第十六条第（四）项", _BOTH, (("总价", "总价大写", "总价·元", "@总价数位"),)),
    Need("payment", f"{_MEASURES}第十六条第（四）项", _SALE, (("付款方式", "付款方式序号"),)),
    Need("pay-when", f"{_MEASURES}第十六条第（四）项", _SALE,
         (("付清日期", "首付款日期", "付款期", "付款期1·日期", "@付款计划"),)),
    Need("deposit", "民法典第五百八十六条", frozenset({SUBSCRIPTION}), (("定金", "定金大写", "定金·元", "@定金数位"),)),
    Need("sign-by", "民法典第四百九十五条", frozenset({SUBSCRIPTION}), (("签约期限", "认购签约日数"),)),
    Need("handover", f"{_MEASURES}第十六条第（五）项", _SALE, (("交付日期",),), ("交付.{0,12}条件|竣工验收",)),
    Need("fittings", f"{_MEASURES}第十六条第（六）项", _SALE, says=("装饰|装修", "设备")),
    Need("supplies", f"{_MEASURES}第十六条第（七）项", _SALE,
         says=("供水|给水", "供电", "供热|供暖|采暖", "燃气", "通信|通讯", "道路", "绿化|绿地")),
    Need("shared-buildings", f"{_MEASURES}第十六条第（八）项", _SALE, says=("会所|配套.{0,12}归|业主共有|全体业主",)),
    Need("area-difference", f"{_MEASURES}第十六条第（九）项、第二十条", frozenset({PRESALE}),
         says=("面积.{0,6}(?:差异|误差)|误差比",), filled=("面积差异序号",)),
    Need("title", f"{_MEASURES}第十六条第（十）项", _SALE,
         says=("(?:产权|不动产|房屋|转移|权属).{0,8}登记",), filled=("办证日数",)),
    Need("disputes", f"{_MEASURES}第十六条第（十一）项", _BOTH, says=("争议|仲裁|诉讼",)),
    Need("default", f"{_MEASURES}第十六条第（十二）项", _BOTH, says=("违约|定金罚则|双倍",)),
    Need("late-payment", f"{_MEASURES}第十六条第（十二）项", _SALE,
         says=(f"{_LATE}(?:付款|支付)|(?:没有|未).{{0,6}}付款",), filled=("逾期付款日数", "逾期付款万分率")),
    Need("late-handover", f"{_MEASURES}第十六条第（十二）项", _SALE,
         says=(f"{_LATE}(?:交付|交房)|(?:没有|未).{{0,16}}(?:交付|交房)",), filled=("逾期交付日数", "逾期交付万分率")),
    Need("warranty", f"{_MEASURES}第三十三条", _SALE, says=("保修",)),
)  # fmt: skip
"""Every need in the order a contract is read."""


def unmet(kind: str, text: str, deals: Sequence[Mapping[str, Value]]) -> tuple[Unmet, ...]:
    """Return what the law wants and a text would not say of one of these deals (fields' answers), each once.

    A text that cannot be read says nothing; raises TemplateFaulty.
    """
    needs = [need for need in NEEDS if kind in need.kinds]
    template = read_template(text)
    read = [_Seen.of(template, values) for values in deals]
    found = (gap for need in needs for seen in read for gap in _gaps(need, seen))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A template filled with one deal: which fields have a place there, which of them an answer, all its words.

    A day in three parts has its place where its year has.
    """

    asked: Mapping[str, bool]
    words: str

    @classmethod
    def of(cls, template: Template, values: Mapping[str, Value]) -> _Seen:
        asked = places(template, values)
        days = {name.removesuffix(f"·{DAY_PARTS[0]}"): told for name, told in asked.items()}
        return cls(days | asked, "\n".join(line.text for line in fill(template, values)))


def _gaps(need: Need, seen: _Seen) -> Iterator[Unmet]:
    for group in need.fields:
        placed = [name for name in group if name in seen.asked]
        if placed and not any(seen.asked[name] for name in placed):
            yield Unmet(need.code, need.law, placed[0], empty=True)
        elif not placed and not (need.printed and _pattern(need.printed).search(seen.words)):
            yield Unmet(need.code, need.law, group[0])
    if any(not _pattern(says).search(seen.words) for says in need.says):
        yield Unmet(need.code, need.law, "")
    for name in need.filled:
        if seen.asked.get(name) is False:
            yield Unmet(need.code, need.law, name, empty=True)


@lru_cache(maxsize=128)
def _pattern(says: str) -> re.Pattern[str]:
    return re.compile(says)
