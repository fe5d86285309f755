"""Prices, discounts and limits; what contracts say alike, and what of the project is still missing."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salescenter.domain.money import Rounding
from salescenter.domain.papers.fields import CLAUSES
from salescenter.domain.prices import DiscountKind, building_group
from salescenter.domain.staff import Role
from salescenter.services import offers
from salescenter.services.estate.deeds import ProjectRequest, keep_project
from salescenter.services.estate.views import overview
from salescenter.services.papers import clauses
from salescenter.ui.settings.clauses import ClausesSection
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.prices import PricesSection
from salescenter.ui.settings.project import ProjectSection
from tests.ui.sampled import NOW, Sampled
from tests.ui.settings.conftest import told

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = NOW.date()


# --- prices


def prices(page: SettingsPage) -> PricesSection:
    found = page.section("prices")
    assert isinstance(found, PricesSection)
    return found


def test_discounts_are_added_moved_and_taken_away_and_kept_in_their_order(here: Sampled, page: SettingsPage) -> None:
    section = prices(page)
    first = section.offers.value()[0].name
    section.offers.add()
    line = section.offers.lines[-1]
    line.form.put(name="开盘优惠", kind=DiscountKind.AMOUNT_OFF.value)
    line.form.changed.emit("kind")
    line.worth.put(Decimal(8000))
    for _ in range(9):
        section.offers._move(line, -1)
    section.offers._remove(section.offers.lines[-1])
    section.press_main()
    kept = offers.offers_of(here.desk, TODAY).offers
    assert [one.name for one in kept][:2] == ["开盘优惠", first]
    assert (kept[0].kind, kept[0].value) == (DiscountKind.AMOUNT_OFF, Decimal(8000))
    assert len(kept) == 3


def test_a_discount_without_a_name_is_refused_at_its_line(here: Sampled, page: SettingsPage) -> None:
    section = prices(page)
    before = offers.offers_of(here.desk, TODAY).offers
    section.offers.add()
    section.press_main()
    assert section.offers.lines[-1].form.field("name").error()
    assert offers.offers_of(here.desk, TODAY).offers == before


def test_a_roles_limit_is_kept(here: Sampled, page: SettingsPage) -> None:
    section = prices(page)
    section.limits.put(**{"limit-consultant": Decimal("0.985")})
    section.press_main()
    assert offers.offers_of(here.desk, TODAY).limits[Role.CONSULTANT] == Decimal("0.985")


def test_a_floor_of_a_building_is_kept_and_taken_away_again(here: Sampled, page: SettingsPage) -> None:
    section = prices(page)
    first = overview(here.desk).buildings[0]
    group = building_group(first.id)
    assert section.floors.field(group).label == first.name
    section.floors.put(**{group: Decimal("0.95")})
    section.press_main()
    assert offers.offers_of(here.desk, TODAY).floors == {group: Decimal("0.95")}
    section.floors.put(**{group: Decimal("1.2")})
    section.press_main()
    assert section.floors.field(group).error()
    section.floors.put(**{group: None})
    section.press_main()
    assert offers.offers_of(here.desk, TODAY).floors == {}


def test_rounding_is_kept_when_it_is_chosen(here: Sampled, page: SettingsPage) -> None:
    section = prices(page)
    section.rounding.put(Rounding.DOWN_TO_YUAN.value)
    section.rounding.edited.emit()
    assert overview(here.desk).project.rounding is Rounding.DOWN_TO_YUAN
    assert told(here, "setting")[-1]["after"] == {"rounding": "yuan-down"}


# --- clauses and the project


def test_a_clause_is_found_changed_and_told(here: Sampled, page: SettingsPage) -> None:
    section = page.section("clauses")
    assert isinstance(section, ClausesSection)
    section.search.setText("份数")
    section.search.search_now()
    shown = [name for name in CLAUSES if section.grid.field(name).isVisible()]
    assert shown
    assert all("份数" in name for name in shown)
    section.grid.put(合同份数="6")
    QTest.keyClick(section.grid.field("合同份数").editor, Qt.Key.Key_Return, CTRL)
    assert {one.name: one.said for one in clauses.clauses_of(here.desk)}["合同份数"] == "6"
    assert told(here, "clauses")[-1]["after"] == {"合同份数": "6"}


def test_what_contracts_would_print_empty_is_said(here: Sampled, page: SettingsPage) -> None:
    section = page.section("project")
    assert isinstance(section, ProjectSection)
    facts = overview(here.desk).project
    seller = {**facts.seller, "person": ""}
    asked = ProjectRequest(facts.name, facts.developer, facts.address, facts.handover, seller, facts.estate)
    keep_project(here.desk, asked, NOW)
    section.load()
    assert "法定代表人" in section.banner.accessibleName()
    said_facts = {fact.label: fact.value for fact in section.estate.facts()}
    assert said_facts["交付日期"] == "2027年12月31日"
    assert said_facts["土地终止日期"] == "2094年3月17日"
    section.edit.click()
    assert here.asked.went == [("estate", "project")]
