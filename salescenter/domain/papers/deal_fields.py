"""What the agreement, the contract and the letters of a deal offer a pre-printed form, and how one answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter

from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.deal import Terms
from salescenter.domain.papers.fields import FROM_BUYER, FROM_TERMS, SEATS, field_values
from salescenter.domain.papers.filling import BARE, BOXES, OWN_AMOUNT, Catalogue, Filling, bare, date_names, dated
from salescenter.domain.papers.letter import LETTERS, LetterPaper
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.domain.templates import Value

NUMBER, ISSUED = "编号", "出具日期"
_DAYS = ("签订日期", "签约期限", "交付日期", "首付款日期", "付清日期")
_AMOUNTS: Mapping[str, str] = {
    "总价": "price.total", "定金": "price.deposit", "首付款": "payment.down", "贷款额": "payment.loan",
    "装修价款": "price.decoration",
}  # fmt: skip
_SCHEDULE = ("款项", "金额", "日期", "条件", "说明")
_SAID_OF_ALL = ("人数", "共有情况")
_YES_OR_NO = frozenset({"已签约", "已备案"})

_TABLES: Mapping[PaperKind, Mapping[str, tuple[str, ...]]] = {
    PaperKind.DUNNING: {"欠款明细": ("款项", "应付日期", "应付", "已付", "欠款", "逾期天数", "违约金")},
    PaperKind.STATEMENT: {
        "应收明细": ("序号", "款项", "应付日期", "应付", "已付", "尚欠"),
        "收款明细": ("日期", "收据编号", "款项种类", "付款方式", "金额"),
    },
    PaperKind.HANDOVER: {"费用明细": ("序号", "款项", "应付日期", "应付", "已付", "尚欠")},
}
"""The columns of each table of a letter, in their order."""


def _from(part: str) -> tuple[str, ...]:
    """The fields that one part of the terms answers."""
    return tuple(name for name, place in FROM_TERMS.items() if place.startswith(part) and name not in _DAYS)


def _with_bare(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for name in names for one in ((name, name + BARE) if name.endswith("大写") else (name,)))


_OF_TERMS: dict[str, tuple[str, ...]] = {
    "单据": (NUMBER, *date_names(_DAYS), "置业顾问"),
    "买受人": (*(f"买受人{name}" for name in FROM_BUYER), *_SAID_OF_ALL),
    **{f"买受人{seat}": tuple(f"买受人{seat}·{name}" for name in FROM_BUYER) for seat in range(1, SEATS + 1)},
    "房屋": _from("home."),
    "价款": _with_bare((*_from("price."), "装修价款大写", "计价基础")),
    "付款": _with_bare((*_from("payment."), "期数")),
    "出卖人": _from("seller."),
    "项目": _from("estate."),
}
_LISTS = {"付款计划": tuple(f"付款计划·{name}" for name in _SCHEDULE)}
_OF_BOXES = {"数位格": tuple(f"{name}{BOXES}" for name in _AMOUNTS)}
DEAL = Catalogue(_OF_TERMS, _LISTS, _OF_BOXES)
"""What an agreement or a contract offers."""


def _letter(kind: PaperKind) -> Catalogue:
    own = [name for name in LETTERS[kind].fields if name not in _YES_OR_NO and name not in (ISSUED, "函件编号")]
    tables = {
        table: tuple(f"{table}·{column}" for column in columns) for table, columns in _TABLES.get(kind, {}).items()
    }
    mine = {"函件": (*date_names((ISSUED,)), *_with_bare(own))}
    boxes = {group: (OWN_AMOUNT, *names) for group, names in _OF_BOXES.items()}
    return Catalogue({**mine, **_OF_TERMS}, {**tables, **_LISTS}, boxes)


LETTER: dict[PaperKind, Catalogue] = {kind: _letter(kind) for kind in LETTERS}
"""What each letter offers: its own figures and tables, and all of the deal's terms."""


def deal_filling(paper: SubscriptionPaper | ContractPaper) -> Filling:
    """Answer every field from an agreement or a contract."""
    kind = PaperKind.CONTRACT if isinstance(paper, ContractPaper) else PaperKind.SUBSCRIPTION
    terms = paper.terms
    return Filling(
        kind, paper.number, paper.title, terms.seller.name, paper.made, "zh_CN", rows=_schedule(terms),
        fields=_chosen(DEAL, _answered(terms, paper.number, field_values(terms, paper.number))),
        amounts=_amounts(terms), draft=isinstance(paper, ContractPaper) and paper.draft,
    )  # fmt: skip


def letter_filling(paper: LetterPaper) -> Filling:
    """Answer every field from a letter; its tables row by row."""
    head, terms = paper.head, paper.terms
    said = _answered(terms, head.number, paper.values()) | dated(ISSUED, head.day)
    return Filling(
        head.kind, head.number, head.title, head.house, head.made, head.lang,
        fields=_chosen(LETTER[head.kind], said), rows={**_tables(paper), **_schedule(terms)},
        amounts={OWN_AMOUNT: head.amount, **_amounts(terms)},
    )  # fmt: skip


def _answered(terms: Terms, number: str, values: Mapping[str, Value]) -> dict[str, str]:
    """All texts: the fields of templates, amounts without 元整, days in their parts."""
    said = {name: value for name, value in values.items() if isinstance(value, str)}
    for name in _DAYS:
        day = attrgetter(FROM_TERMS[name])(terms)
        said |= dated(name, day if isinstance(day, date) else None)
        said[name] = said[name] if day else ""  # on a form the line for it is printed
    without = {f"{name}{BARE}": bare(words) for name, words in said.items() if name.endswith("大写")}
    return said | without | {NUMBER: number}


def _chosen(catalogue: Catalogue, said: Mapping[str, str]) -> dict[str, str]:
    return {name: said[name] for names in catalogue.fields.values() for name in names}


def _amounts(terms: Terms) -> dict[str, Money]:
    return {f"{name}{BOXES}": attrgetter(place)(terms) for name, place in _AMOUNTS.items()}


def _schedule(terms: Terms) -> dict[str, tuple[str, ...]]:
    lines = field_values(terms)["付款期"]
    assert isinstance(lines, tuple)
    return {f"付款计划·{name}": tuple(str(line[name]) for line in lines) for name in _SCHEDULE}


def _tables(paper: LetterPaper) -> dict[str, tuple[str, ...]]:
    return {
        f"{table}·{column}": tuple(row.cells[at] for row in paper.tables[table].rows)
        for table, columns in _TABLES.get(paper.head.kind, {}).items()
        for at, column in enumerate(columns)
    }
