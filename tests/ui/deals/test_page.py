"""The register of deals: its row is chosen, its states have the grid's colours, it fits a narrow window."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter import i18n
from salescenter.domain.units import Step, UnitState
from salescenter.services.deals.closing import cancel
from salescenter.services.deals.requests import CloseRequest
from salescenter.services.papers.archive import PrintRequest, keep
from salescenter.ui import deals
from salescenter.ui.deals.page import DealsPage
from salescenter.ui.kit import theme
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.records import Kind, Mark
from salescenter.ui.kit.sheet import Sheet
from tests.ui.hands import stands
from tests.ui.sampled import NOW, Sampled

NARROW = (849, 431)
"""What is left for a page in a window of 1366x768 shown at 150 %."""


@pytest.fixture
def page(qtbot: QtBot, here: Sampled) -> DealsPage:
    made = DealsPage(here.room)
    qtbot.addWidget(made)
    made.setStyleSheet(theme.style_sheet(theme.tokens()))
    made.resize(1304, 687)
    stands(made)
    return made


def test_the_first_deal_is_chosen_and_seen_as_chosen(page: DealsPage) -> None:
    assert page.table.selected() == page.table.rows()[:1]


def test_states_are_told_apart_by_the_colours_of_the_grid(page: DealsPage) -> None:
    page.which.put("all")
    page.load()
    column = next(one for one in page.table.model.columns if one.kind is Kind.STATE)
    for deal in page.table.rows():
        assert isinstance(column.get(deal), UnitState if deal.living else Mark)
    assert {UnitState.SUBSCRIBED, UnitState.SIGNED} <= {column.get(deal) for deal in page.table.rows() if deal.living}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_at_150_percent_the_register_shows_unit_buyer_state_and_total(
    qtbot: QtBot, here: Sampled, language: str
) -> None:
    i18n.speak(language)
    page = DealsPage(here.room)
    qtbot.addWidget(page)
    page.setStyleSheet(theme.style_sheet(theme.tokens()))
    page.resize(*NARROW)
    stands(page)
    view = page.table.view
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)
    titles = [one.title for at, one in enumerate(page.table.model.columns) if not view.isColumnHidden(at)]
    assert titles == [i18n.tr(title) for title in ("Unit", "Buyer", "State", "Deal total", "Sign by")]
    assert page.search.geometry().right() < page.which.geometry().left()


def test_one_deal_is_said_as_one(page: DealsPage) -> None:
    i18n.speak("en")
    page.search.put(page.table.rows()[0].number)
    page.load()
    assert len(page.table.rows()) == 1
    assert page.status().startswith("1 deal, ")


def test_a_long_list_of_buyers_does_not_push_the_card_apart(qtbot: QtBot, page: DealsPage) -> None:
    page.card.title.setText("1-2-803  " + "欧阳青云、上官婉儿、" * 4 + "深圳市云栖湾置业有限公司")
    qtbot.waitUntil(lambda: page.card.title.height() > 2 * page.card.title.fontMetrics().height())
    assert page.card.inside.minimumSizeHint().width() <= page.card.width() - 32


def test_a_paper_the_cancelled_deal_still_has_out_stands_on_its_card_until_it_is_settled(
    here: Sampled, page: DealsPage
) -> None:
    deal = next(row for row in page.table.rows() if row.state is UnitState.SUBSCRIBED)
    keep(here.desk, PrintRequest("subscription", deal.number, "认购书", b"%PDF", deal=deal.id), NOW)
    revision = here.again(deal.unit).revision
    cancel(here.desk, CloseRequest(deal.unit, revision, "客户放弃"), NOW + timedelta(seconds=1))
    page.show_argument(deal.id)
    assert page.card.void.isVisibleTo(page)
    (button,) = page.card.void.findChildren(OutlinedButton)
    (said,) = [label for label in page.card.void.findChildren(Label) if deal.number in label.text()]
    assert said.text() == f"收回：认购书 {deal.number}"
    button.click()
    assert page.card.void.papers == ()
    assert not page.card.void.isVisibleTo(page)


@pytest.mark.parametrize("step", [Step.CANCEL, Step.CHANGE_UNIT, Step.CHANGE_BUYER])
def test_before_a_deal_is_changed_the_form_names_the_papers_that_will_no_longer_count(
    here: Sampled, window: QWidget, step: Step
) -> None:
    unit = here.unit(UnitState.SUBSCRIBED)
    assert unit.deal is not None
    keep(here.desk, PrintRequest("subscription", unit.deal.number, "认购书", b"%PDF", deal=unit.deal.id), NOW)
    sheet = deals.PAGE.forms[step](here.room, unit.id)
    assert isinstance(sheet, Sheet)
    sheet.stand_over(window)
    assert f"认购书 {unit.deal.number}" in sheet.banner.accessibleName()
