"""What a house paper is gathered from: whose desk, which deal, unit or project, which day, which language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from salescenter.data import money
from salescenter.data.estate import project
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.money import ZERO, Money
from salescenter.domain.papers.check import PaperKind, check_value
from salescenter.domain.papers.fields import written
from salescenter.domain.papers.form import FormPaper, Section
from salescenter.domain.papers.head import Head, number_for
from salescenter.domain.papers.registration import Answer
from salescenter.i18n import tr
from salescenter.services.papers.terms import Gathered
from salescenter.services.papers.titles import paper_words


@dataclass(frozen=True, slots=True)
class Case:
    """One paper to be gathered: about is the id of a deal, unit or project; deal is gathered where it is about one."""

    connection: Connection
    kind: PaperKind
    about: int
    project: int
    now: datetime
    day: date
    lang: str
    key: bytes = field(repr=False)
    rules: HouseRules
    found: Gathered | None = None

    @property
    def deal(self) -> Gathered:
        """The deal it is about."""
        assert self.found is not None
        return self.found

    def say(self, words: str, /, **details: object) -> str:
        """Say English words marked for papers in this paper's language."""
        return tr(words, context="paper", lang=self.lang, **details)

    def written(self, value: object) -> str:
        """Write a day, an area or money as this paper does."""
        return written(value, self.lang)

    def head(self, amount: Money = ZERO, title: str = "") -> Head:
        """Make the paper's head with its check value over the amount."""
        of_project = self.connection.execute(select(project).where(project.c.id == self.project)).one()
        number = number_for(self.kind, self.day, self.about)
        return Head(
            self.kind, number, title or paper_words(self.kind, self.lang), of_project.developer, of_project.name,
            self.day, datetime.combine(self.day, datetime.min.time(), self.now.tzinfo), amount,
            check_value(self.kind, number, amount.fen, self.key), self.lang,
        )  # fmt: skip

    def form(
        self, sections: Sequence[Section], amount: Money = ZERO, opinions: Sequence[str] = (),
        signers: Sequence[str] = (), *, landscape: bool = False,
    ) -> FormPaper:
        """Make a form of these sections."""
        return FormPaper(self.head(amount), tuple(sections), tuple(opinions), tuple(signers), landscape)


def said(*pairs: tuple[str, str], wide: Sequence[str] = ()) -> tuple[Answer, ...]:
    """Make answers of labels and values; those named stand on a line of their own."""
    return tuple(Answer(label, value, wide=label in wide) for label, value in pairs)


@dataclass(frozen=True, slots=True)
class Account:
    """How a deal's money stands: its schedule (rows of `due`), received in all, and what is left of the price."""

    dues: tuple[Any, ...]
    received: Money
    left: Money


def account(case: Case) -> Account:
    """Read how a deal's money stands now."""
    dues = tuple(sorted(money.dues_of(case.connection, case.about), key=lambda line: line.position))
    left = Money.sum(line.amount - line.paid for line in dues)
    return Account(dues, money.received_for(case.connection, case.about), left)


def contract_of(found: Gathered) -> str:
    """The number a deal's papers cite: the contract's, before it the subscription's."""
    return str(found.deal.contract_number or found.deal.number)
