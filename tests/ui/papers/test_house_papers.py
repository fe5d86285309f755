"""Letters, forms and lists of the house on the screen: offered with the deal, made as one job, kept when they leave."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.refusals import PaperNotNow
from salescenter.services.papers.archive import as_it_was
from salescenter.services.papers.search import PaperSearch, papers
from salescenter.services.papers.titles import paper_words
from salescenter.services.payments.lists import arrears
from salescenter.ui import papers as papers_page
from salescenter.ui.deals.page import DealsPage
from salescenter.ui.kit.house_papers import show_house_paper
from salescenter.ui.papers.page import PapersPage
from salescenter.ui.payments.page import PaymentsPage
from tests.ui.papers.conftest import keeper_of
from tests.ui.sampled import NOW, Sampled


@pytest.fixture
def deals(qtbot: QtBot, here: Sampled) -> DealsPage:
    made = DealsPage(here.room)
    qtbot.addWidget(made)
    made.show()
    return made


def said(menu: QMenu) -> list[str]:
    return [action.text().removesuffix(" …") for action in menu.actions() if action.text()]


def test_the_papers_of_a_deal_are_offered_by_a_key_and_made_by_enter(here: Sampled, deals: DealsPage) -> None:
    signed = next(row for row in deals.table.rows() if row.signed)
    deals.table.select_key(signed.id)
    deals.print_page()
    menu = deals.card.menu
    assert {paper_words(kind) for kind in (PaperKind.STATEMENT, PaperKind.COVER, PaperKind.FILING)} <= set(said(menu))
    at = said(menu).index(paper_words(PaperKind.STATEMENT))
    QTest.keyClick(menu, Qt.Key.Key_Down, delay=-1)
    for _ in range(at):
        QTest.keyClick(menu, Qt.Key.Key_Down, delay=-1)
    QTest.keyClick(menu, Qt.Key.Key_Return, delay=-1)
    shown = here.asked.papers[-1]
    assert (shown.kind, shown.deal) == ("statement", signed.id)
    assert shown.number.endswith(f"-{signed.id}")


def test_a_subscribed_deal_is_not_offered_what_needs_a_contract(here: Sampled, deals: DealsPage) -> None:
    open_ = next(row for row in deals.table.rows() if row.signed is None and row.living)
    deals.table.select_key(open_.id)
    deals.card.offer_papers()
    assert paper_words(PaperKind.CLEARED) not in said(deals.card.menu)
    deals.card.menu.close()


def test_what_cannot_be_made_is_refused_with_its_reason(here: Sampled, deals: DealsPage) -> None:
    show_house_paper(here.room, PaperKind.MEASURING, next(row.id for row in deals.table.rows() if row.signed))
    assert isinstance(here.asked.refused[-1], PaperNotNow)
    assert here.asked.papers == []


def test_a_letter_that_leaves_is_kept_with_its_deal_and_counted(here: Sampled, deals: DealsPage) -> None:
    deal = next(row.id for row in deals.table.rows() if row.signed)
    show_house_paper(here.room, PaperKind.STATEMENT, deal)
    paper, keeper = here.asked.papers[-1], keeper_of(here)
    assert keeper.concerns(paper)
    keeper.keep(paper, "")
    (row,) = papers(here.desk, PaperSearch(kind="statement"))
    assert (row.number, row.deal) == (paper.number, deal)
    assert as_it_was(here.desk, row.id, here.room.now()) == paper.pdf


def test_the_cashier_reminds_one_from_the_arrears_or_goes_on_to_many(
    qtbot: QtBot, here: Sampled, window: QWidget
) -> None:
    page = PaymentsPage(here.room)
    qtbot.addWidget(page)
    page.show_view("arrears")
    line = page.arrears.current()
    assert line is not None
    page.print_page()
    assert here.asked.papers[-1].number == f"CK{NOW:%Y%m%d}-{line.deal}"


def test_all_who_owe_are_reminded_in_one_job_each_kept_on_its_own(here: Sampled, window: QWidget) -> None:
    made = papers_page.PAGE.build(here.room)
    assert isinstance(made, PapersPage)
    made.setParent(window)
    made.show()
    made.show_argument(PaperKind.DUNNING)
    owing = {row.deal for row in arrears(here.desk, NOW.date())}
    assert {row.wanted.deal for row in made.job.table.rows()} == owing
    made.print_page()
    job = here.asked.papers[-1]
    assert len(job.parts) == len(owing) > 1
    keeper_of(here).keep(job, "one-press")
    assert {row.deal for row in papers(here.desk, PaperSearch(kind="dunning"))} == owing
