"""A form of the house (审批表, 结算清单, 交接单, ...) as it will be printed: facts, tables, opinions, signatures."""

from __future__ import annotations

from dataclasses import dataclass

from salescenter.domain.papers.head import Head
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.domain.papers.registration import Answer


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form under its own heading: answers, then a table with its totals, then sentences."""

    title: str = ""
    answers: tuple[Answer, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[ListRow, ...] = ()
    totals: tuple[tuple[str, ...], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormPaper:
    """Everything on a form; entries are already written out in the paper's language.

    opinions: who says yes or no to it, in their order, each with room to write and sign (审批栏);
    signers: who signs at the foot, such as 移交人 and 接收人.
    """

    head: Head
    sections: tuple[Section, ...]
    opinions: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    landscape: bool = False
