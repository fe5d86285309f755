"""A letter or agreement of the house (催款函, 付清证明, 解除协议): a deal's terms, its own figures, its template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.deal import Terms
from salescenter.domain.papers.fields import BLOCKS, FIELDS, field_values
from salescenter.domain.papers.form import Section
from salescenter.domain.papers.head import Head
from salescenter.domain.refusals import TemplateFaulty
from salescenter.domain.templates import Fault, Template, Value, faults_in, left_empty, read_template


@dataclass(frozen=True, slots=True)
class Wording:
    """What a kind of letter may say beyond a deal's own fields: fields, tables, and those it must not leave empty."""

    fields: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    english: bool = False         # has a text in English beside the Chinese one


_ALL = (
    "函件编号", "出具日期", "合同名称", "交易编号", "已签约", "已收款", "已收款大写", "尚欠款", "尚欠款大写",
)  # fmt: skip
_OWED = (
    "欠款合计", "欠款合计大写", "违约金", "违约金公式", "应付合计", "应付合计大写", "最长逾期日数", "付款截止日期",
)  # fmt: skip

LETTERS: dict[PaperKind, Wording] = {
    PaperKind.DUNNING: Wording(
        (*_ALL, *_OWED), ("欠款明细",), ("买受人姓名", "房号", "欠款合计", "付款截止日期"), english=True
    ),
    PaperKind.CLEARED: Wording(_ALL, (), ("买受人姓名", "房号", "已收款", "已收款大写"), english=True),
    PaperKind.STATEMENT: Wording(
        (*_ALL, "回函期限"), ("应收明细", "收款明细"), ("买受人姓名", "房号", "已收款"), english=True
    ),
    PaperKind.HANDOVER: Wording(
        (*_ALL, "交房日期", "交房截止日期"), ("费用明细",), ("买受人姓名", "房号", "交房日期"), english=True
    ),
    PaperKind.RESCISSION: Wording(
        (*_ALL, "终止原因", "退款期限日数", "已备案"), (), ("出卖人", "房号", "交易编号")
    ),
    PaperKind.SUPPLEMENT: Wording(_ALL, (), ("买受人姓名", "房号", "交易编号")),
}  # fmt: skip
"""The letters of the house."""


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """Everything on a letter.

    said: the letter's own fields (`Wording.fields`); tables: its own tables by the name the template gives them.
    """

    head: Head
    terms: Terms
    template: str
    said: Mapping[str, Value] = field(default_factory=dict)
    tables: Mapping[str, Section] = field(default_factory=dict)

    def values(self) -> dict[str, Value]:
        """Answer every field its template may name."""
        return {**field_values(self.terms, self.head.number, self.head.lang), **self.said}

    def left_empty(self) -> tuple[str, ...]:
        """Return the fields the letter needs but would print empty; none is as it should be."""
        needed = LETTERS[self.head.kind].needed
        return left_empty(sound_letter(self.template, self.head.kind), self.values(), needed)


@lru_cache(maxsize=64)
def sound_letter(text: str, kind: PaperKind) -> Template:
    """Read a letter's template to print from; raises TemplateFaulty (faults) where it names what there is not."""
    if faults := letter_faults(text, kind):
        raise TemplateFaulty(faults=faults)
    return read_template(text)


def letter_faults(text: str, kind: PaperKind) -> tuple[Fault, ...]:
    """Check a letter's template: every fault with its line and column."""
    return faults_in(text, letter_fields(kind), letter_blocks(kind))


def letter_fields(kind: PaperKind) -> dict[str, Sequence[str]]:
    """All fields a kind of letter may name."""
    return {**FIELDS, **dict.fromkeys(LETTERS[kind].fields, ())}


def letter_blocks(kind: PaperKind) -> tuple[str, ...]:
    """All tables and blocks a kind of letter may place."""
    return (*BLOCKS, "落款", *LETTERS[kind].blocks)
