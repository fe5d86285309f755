"""Who may what: every deed asks its role first, and what is shown depends on it too."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest

from salescenter import services
from salescenter.domain.refusals import NotFound, NotYours
from salescenter.domain.staff import MAY, Role, demand, may
from salescenter.domain.units import Step, UnitState
from salescenter.services import card, exports, grid
from salescenter.services.deals import register
from salescenter.services.papers.template_versions import TemplateRequest, keep_template, shipped, templates
from salescenter.services.work import Deed
from tests.houses import Estate, yuan


def deeds() -> dict[str, Deed[Any, Any]]:
    """Every deed there is, by its full name."""
    found: dict[str, Deed[Any, Any]] = {}
    for module in pkgutil.walk_packages(services.__path__, services.__name__ + "."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Deed):
                found[f"{value.__module__}.{value.within.__name__}"] = value
    return found


DEEDS = deeds()


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_every_deed_asks_the_role_before_anything_else(small: Estate, name: str) -> None:
    deed = DEEDS[name]
    outside = [who for who, one in small.people.items() if deed.step not in MAY[one.role]]
    assert outside, "a step that everybody may needs no role"
    for who in outside:
        with pytest.raises(NotYours) as refused:
            deed(small.desk(who), None, small.now)
        assert refused.value.details["step"] is deed.step
        assert small.people[who].role not in refused.value.details["who"]  # type: ignore[operator]


def test_every_deed_says_what_it_does() -> None:
    assert [name for name, deed in DEEDS.items() if not (deed.__doc__ or "").strip()] == []
    assert len(DEEDS) >= 45


@pytest.mark.parametrize(
    ("step", "roles"),
    [
        (Step.APPROVE, {Role.MANAGER}),
        (Step.ARRANGE_ROTA, {Role.RECEPTIONIST, Role.SUPERVISOR, Role.MANAGER}),
        (Step.REASSIGN_CUSTOMER, {Role.SUPERVISOR, Role.MANAGER}),
        (Step.FOLLOW_UP, {Role.RECEPTIONIST, Role.CONSULTANT, Role.SUPERVISOR, Role.BACK_OFFICE, Role.MANAGER}),
        (Step.REGISTER_VISIT, {Role.RECEPTIONIST, Role.CONSULTANT, Role.SUPERVISOR, Role.BACK_OFFICE, Role.MANAGER}),
        (Step.IMPORT, {Role.PLANNER, Role.BACK_OFFICE, Role.MANAGER}),
        (Step.EXPORT, {Role.CASHIER, Role.BACK_OFFICE, Role.MANAGER}),
        (Step.EDIT_ESTATE, {Role.PLANNER, Role.BACK_OFFICE, Role.MANAGER}),
        (Step.EDIT_SETTINGS, {Role.MANAGER}),
        (Step.EDIT_TEMPLATES, {Role.BACK_OFFICE, Role.MANAGER}),
        (Step.APPROVE_TEMPLATE, {Role.MANAGER}),
        (Step.DESTROY_PAPERS, {Role.BACK_OFFICE, Role.MANAGER}),
        (Step.KEEP_PAPERS, {Role.BACK_OFFICE, Role.MANAGER}),
        (Step.SEE_FLOOR_PRICE, {Role.PLANNER, Role.MANAGER}),
        (Step.REVEAL, {Role.SUPERVISOR, Role.BACK_OFFICE, Role.TITLE_CLERK, Role.MANAGER}),
        (Step.SEE_REPORTS, set(Role) - {Role.RECEPTIONIST, Role.CONSULTANT, Role.TITLE_CLERK}),
        (Step.VOID_RECEIPT, {Role.CASHIER, Role.MANAGER}),
        (Step.HAND_OVER, {Role.TITLE_CLERK, Role.MANAGER}),
    ],
    ids=lambda value: value.value if isinstance(value, Step) else "",
)  # fmt: skip
def test_a_step_belongs_to_its_roles(step: Step, roles: set[Role]) -> None:
    assert {role for role in Role if may(role, step)} == roles
    for role in set(Role) - roles:
        with pytest.raises(NotYours):
            demand(role, step)


def test_somebody_may_everything_and_nobody_else_may_all() -> None:
    assert MAY[Role.MANAGER] == set(Step)
    assert [role for role in Role if MAY[role] == set(Step)] == [Role.MANAGER]


# --- what is shown


def test_names_are_masked_and_floor_prices_hidden_from_whom_they_do_not_concern(estate: Estate) -> None:
    estate.carried_to(UnitState.SIGNED)
    number = estate.unit("1-101").id
    seen = {who: card.card(estate.desk(who), number, estate.now) for who in ("a", "lead", "plan", "boss")}
    assert {who: one.facts.floor_total for who, one in seen.items()} == {
        "a": None, "lead": None, "plan": yuan(900_000), "boss": yuan(900_000),
    }  # fmt: skip
    names = {who: one.deal.buyers[0].name for who, one in seen.items() if one.deal}
    assert names == {"a": "陈*", "lead": "陈一帆", "plan": "陈*", "boss": "陈一帆"}
    buyers = {who: grid.cells(estate.desk(who)).buyer for who in ("a", "boss")}
    assert ("陈*" in buyers["a"], "陈一帆" in buyers["a"], "陈一帆" in buyers["boss"]) == (True, False, True)
    assert register.deals(estate.desk("a"))[0].buyer == "陈*"
    assert register.deals(estate.desk("cash"))[0].buyer == "陈一帆"


def test_news_are_masked_like_the_grid(estate: Estate) -> None:
    since = grid.news(estate.desk("a"), 0).upto
    estate.subscribe()
    (changed,) = grid.news(estate.desk("a"), since).changes
    assert (changed.buyer, changed.state) == ("陈*", UnitState.SUBSCRIBED)
    (same,) = grid.news(estate.desk("boss"), since).changes
    assert same.buyer == "陈一帆"


def test_a_card_offers_steps_with_the_reason_where_they_are_closed(estate: Estate) -> None:
    number = estate.unit("1-101").id
    offers = {one.step: one.refusal for one in card.card(estate.desk("a"), number, estate.now).offers}
    assert offers[Step.SUBSCRIBE] is None
    assert isinstance(offers[Step.WITHDRAW], NotYours)
    assert card.card(estate.desk("a"), number, estate.now).main_step is Step.SUBSCRIBE
    assert Step.SIGN not in offers
    with pytest.raises(NotFound) as refused:
        card.card(estate.desk(), 4711, estate.now)
    assert refused.value.details == {"what": "unit", "sought": 4711}
    assert card.unit_coded(estate.desk(), "1-101") == number
    with pytest.raises(NotFound):
        card.unit_coded(estate.desk(), "9-9")


def test_only_who_may_export_takes_a_list_along(estate: Estate) -> None:
    with pytest.raises(NotYours):
        exports.export(estate.desk("a"), "deals", estate.now)
    book, rows = exports.export(estate.desk("office"), "units", estate.now)
    assert (book[:2], rows) == (b"PK", 11)


def test_contract_templates_are_edited_by_whom_they_belong_to(estate: Estate) -> None:
    text = shipped("contract_presale")
    asked = TemplateRequest("contract_presale", "合同 2026", text)
    with pytest.raises(NotYours):
        keep_template(estate.desk("a"), asked, estate.now)
    assert keep_template(estate.desk("office"), asked, estate.now).version == 1
    assert [row.version for row in templates(estate.desk(), "contract_presale")] == [1, 0]
    assert [told.subject for told in estate.told(Step.EDIT_TEMPLATES)] == ["template"]
