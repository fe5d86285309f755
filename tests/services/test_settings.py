"""Settings: dated, kept together, within what is lawful; offers and limits; clauses; backups."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from salescenter.domain.money import Money, Rounding
from salescenter.domain.papers.fields import CLAUSES
from salescenter.domain.prices import Discount, DiscountKind, building_group
from salescenter.domain.refusals import FieldMissing, NotFound, NotYours, OutOfBounds, Stopped
from salescenter.domain.rule_limits import LIMITS
from salescenter.domain.staff import DISCOUNT_LIMIT, Role
from salescenter.domain.units import Step
from salescenter.services import backups, offers, settings
from salescenter.services.deals.choices import choices
from salescenter.services.offers import OffersRequest
from salescenter.services.papers import clauses
from salescenter.services.papers.clauses import ClausesRequest
from salescenter.services.settings import RoundingRequest, SettingsRequest, kept_now, put
from tests.services.reception_house import NINE, Reception

TODAY = NINE.date()


def test_a_rule_changes_from_its_day_on_and_not_before(both: Reception) -> None:
    desk, may = both.desk("boss"), date(2026, 5, 1)
    settings.change_all(desk, SettingsRequest({"hold_days": 5, "least_deposit": 30_000_00}, may), both.now)
    assert settings.rules_of(desk, may - timedelta(days=1)).hold_days == 3
    later = settings.rules_of(desk, may)
    assert (later.hold_days, later.least_deposit) == (5, Money.yuan(30_000))
    assert {(one.name, one.since) for one in settings.dated(desk, ("hold_days",))} == {("hold_days", may)}


def test_only_what_differs_is_written_and_told_once(both: Reception) -> None:
    desk = both.desk("boss")
    first = settings.change_all(desk, SettingsRequest({"hold_days": 5, "warn_days": 2}, TODAY), both.now)
    again = settings.change_all(desk, SettingsRequest({"hold_days": 5, "warn_days": 4}, TODAY), both.now)
    assert (first.count, again.count) == (2, 1)
    told = both.told("edit-settings")
    assert [one["after"] for one in told] == [
        {"hold_days": 5, "warn_days": 2, "since": TODAY.isoformat()}, {"warn_days": 4, "since": TODAY.isoformat()}
    ]
    assert told[1]["before"] == {"warn_days": 2}
    assert settings.change_all(desk, SettingsRequest({"hold_days": 5}, TODAY), both.now).count == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("hold_days", 0), ("deposit_cap", "0.21"), ("late_fee_rate", "0.02"), ("filing_days", 31), ("least_deposit", -1), ("hold_days", 31)],
)  # fmt: skip
def test_a_rule_outside_its_limits_is_refused_with_them(both: Reception, name: str, value: object) -> None:
    with pytest.raises(OutOfBounds) as refused:
        settings.change_all(both.desk("boss"), SettingsRequest({name: value, "warn_days": 1}, TODAY), both.now)
    assert refused.value.details["field"] in (name, "hold_days_manager")
    assert settings.dated(both.desk("boss"), ("warn_days",)) == ()


def test_a_rule_out_of_bounds_since_long_ago_stops_no_other_change(both: Reception) -> None:
    desk = both.desk("boss")
    settings.change(desk, settings.SettingRequest("filing_days", 45, TODAY), both.now)
    assert settings.change_all(desk, SettingsRequest({"warn_days": 1}, TODAY), both.now).count == 1


def test_every_limit_holds_for_the_usual_rules(both: Reception) -> None:
    usual = settings.rules_of(both.desk("boss"), TODAY)
    assert [name for name, (least, most) in LIMITS.items() if not least <= getattr(usual, name) <= most] == []


def test_rounding_is_changed_by_a_deed_that_is_told(both: Reception) -> None:
    settings.round_totals(both.desk("boss"), RoundingRequest(Rounding.DOWN_TO_YUAN), both.now)
    told = both.told("edit-settings")[-1]
    assert (told["before"], told["after"]) == ({"rounding": "fen"}, {"rounding": "yuan-down"})
    with pytest.raises(NotYours):
        settings.round_totals(both.desk("a"), RoundingRequest(Rounding.TO_YUAN), both.now)


# --- offers

OFFERED = (
    Discount("开盘优惠", DiscountKind.RATE, Decimal("0.97")),
    Discount("老带新", DiscountKind.AMOUNT_OFF, Decimal("8000.50")),
)


def test_what_is_offered_reaches_the_forms_of_a_deal_in_its_order(both: Reception) -> None:
    asked = OffersRequest(OFFERED, {Role.CONSULTANT: Decimal("0.985")}, TODAY)
    offers.keep(both.desk("boss"), asked, both.now)
    assert choices(both.desk("a"), TODAY).discounts == OFFERED
    assert offers.offers_of(both.desk("boss"), TODAY).offers == OFFERED
    assert choices(both.desk("a"), TODAY - timedelta(days=1)).discounts != OFFERED


def test_limits_by_role_are_the_houses_own_from_their_day(both: Reception) -> None:
    with both.desk("boss").working(both.now) as work:
        assert offers.limit_in(kept_now(work), Role.CONSULTANT) == DISCOUNT_LIMIT[Role.CONSULTANT]
    offers.keep(both.desk("boss"), OffersRequest((), {Role.SUPERVISOR: Decimal("0.95")}, TODAY), both.now)
    with both.desk("boss").working(both.now) as work:
        found = [offers.limit_in(kept_now(work), role) for role in (Role.SUPERVISOR, Role.CONSULTANT)]
    assert found == [Decimal("0.95"), Decimal(1)]


def test_a_work_reads_the_settings_once_and_again_after_it_changed_one(both: Reception) -> None:
    with both.desk("boss").working(both.now, step=Step.EDIT_SETTINGS) as work:
        assert kept_now(work) is kept_now(work)
        put(work, "hold_days", 5, TODAY)
        assert kept_now(work)["hold_days"] == 5
        assert "hold_days" not in kept_now(work.at_the_time(both.now - timedelta(days=1)))


@pytest.mark.parametrize(
    ("offer", "kind"),
    [
        (Discount(" ", DiscountKind.RATE, Decimal("0.9")), FieldMissing),
        (Discount("白送", DiscountKind.RATE, Decimal(0)), OutOfBounds),
        (Discount("加价", DiscountKind.RATE, Decimal("1.01")), OutOfBounds),
        (Discount("倒贴", DiscountKind.AMOUNT_OFF, Decimal(-5)), OutOfBounds),
    ],
)  # fmt: skip
def test_an_offer_nobody_can_mean_is_refused(both: Reception, offer: Discount, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        offers.keep(both.desk("boss"), OffersRequest((offer,), {}, TODAY), both.now)


def test_a_limit_above_the_list_price_is_refused(both: Reception) -> None:
    with pytest.raises(OutOfBounds):
        offers.keep(both.desk("boss"), OffersRequest((), {Role.MANAGER: Decimal("1.5")}, TODAY), both.now)


# --- clauses


def test_the_projects_answers_stand_over_the_forms_defaults(both: Reception) -> None:
    kept = clauses.keep(both.desk("boss"), ClausesRequest({"合同份数": " 6 ", "绿地率": "35%", "交件日数": CLAUSES["交件日数"]}), both.now)
    assert kept.count == 2
    said = {one.name: one.said for one in clauses.clauses_of(both.desk("boss"))}
    assert (said["合同份数"], said["绿地率"], said["出卖人份数"]) == ("6", "35%", "1")
    told = both.told("edit-templates")[-1]
    assert (told["before"], told["after"]) == ({"合同份数": "4", "绿地率": ""}, {"合同份数": "6", "绿地率": "35%"})
    assert clauses.keep(both.desk("boss"), ClausesRequest({"合同份数": "6"}), both.now).count == 0
    clauses.keep(both.desk("boss"), ClausesRequest({"合同份数": "4"}), both.now)
    assert {one.name: one.said for one in clauses.clauses_of(both.desk("boss"))}["合同份数"] == "4"


def test_a_clause_no_form_has_is_refused(both: Reception) -> None:
    with pytest.raises(NotFound):
        clauses.keep(both.desk("boss"), ClausesRequest({"不存在": "1"}), both.now)
    with pytest.raises(NotYours):
        clauses.keep(both.desk("a"), ClausesRequest({"合同份数": "6"}), both.now)


# --- backups


def test_a_verified_backup_is_remembered(reception: Reception, tmp_path: Path) -> None:
    desk, target = reception.desk("boss"), tmp_path / "kept" / backups.file_name(reception.desk("boss"), NINE)
    assert backups.last(desk) is None
    assert target.name == "house-20260302-0900.db"
    done = backups.make(desk, target, NINE)
    found = backups.last(desk)
    assert found is not None
    assert (found.at, found.path, found.sha256, found.bytes) == (NINE, str(target), done.sha256, target.stat().st_size)
    assert backups.can_back_up(desk)


def test_a_stopped_backup_leaves_no_file_and_is_not_remembered(reception: Reception, tmp_path: Path) -> None:
    def stop(_done: int, _of: int) -> None:
        raise Stopped(what="backup")

    with pytest.raises(Stopped):
        backups.make(reception.desk("boss"), tmp_path / "kept" / "half.db", NINE, stop)
    assert list((tmp_path / "kept").iterdir()) == []
    assert backups.last(reception.desk("boss")) is None


def test_whoever_may_not_change_settings_makes_no_backup(reception: Reception, tmp_path: Path) -> None:
    with pytest.raises(NotYours):
        backups.make(reception.desk("a"), tmp_path / "no.db", NINE)




def test_floors_of_groups_stand_until_others_are_kept_and_are_shares(both: Reception) -> None:
    group, boss = building_group(1), both.desk("boss")
    offers.keep(boss, OffersRequest((), {}, TODAY, floors={group: Decimal("0.95")}), both.now)
    offers.keep(boss, OffersRequest(OFFERED, {}, TODAY, "other"), both.now)
    assert offers.offers_of(boss, TODAY).floors == {group: Decimal("0.95")}
    with pytest.raises(OutOfBounds) as refused:
        offers.keep(boss, OffersRequest((), {}, TODAY, floors={group: Decimal("1.01")}), both.now)
    assert refused.value.details["field"] == group
    offers.keep(boss, OffersRequest((), {}, TODAY, "none", {}), both.now)
    assert offers.offers_of(boss, TODAY).floors == {}
