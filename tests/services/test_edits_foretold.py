"""What an edit of the estate will make void is named before it is saved, and open after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.units import Step, UnitState
from salescenter.services.estate import deeds
from salescenter.services.papers.voiding import EstateEdit, about_to_be_edited
from tests.houses import Estate, kept
from tests.services.test_voids_foretold import known, print_all, stands

EDITS: tuple[tuple[Callable[[Estate], EstateEdit], set[PaperKind]], ...] = (
    (lambda estate: kept(estate, "1-101", measured_area=Decimal("99.00")),
     {PaperKind.SETTLEMENT, PaperKind.MEASURING, PaperKind.COSTS}),
    (lambda estate: kept(estate, "1-101", facing="东南"), {PaperKind.CONTRACT}),
    (lambda estate: kept(estate, "1-101", note="角部"), set()),
    (lambda estate: kept(estate, "1-102", facing="东南", measured_area=Decimal("99.00")), set()),
    (lambda _: deeds.BuildingRequest(1, "1幢", "二期", {}), {PaperKind.CONTRACT}),
    (lambda _: deeds.BuildingRequest(1, "1号楼", "二期", {"height": "2.9"}), {PaperKind.CONTRACT}),
    (lambda _: deeds.BuildingRequest(1, "1号楼 ", "三期", {"height": " "}), set()),
    (lambda estate: deeds.PermitRequest("云房预字〔2026〕第 99 号", estate.today, id=1), {PaperKind.CONTRACT}),
    (lambda _: deeds.TypeRequest("新户型"), set()),
)  # fmt: skip
KEEP: dict[type, Any] = {deeds.UnitRequest: deeds.keep_unit, deeds.BuildingRequest: deeds.keep_building,
                         deeds.PermitRequest: deeds.keep_permit, deeds.TypeRequest: deeds.keep_type}  # fmt: skip


@pytest.mark.parametrize(("edit", "kinds"), EDITS)
def test_what_an_edit_of_the_estate_will_make_void_is_what_is_open_after_it(
    estate: Estate, edit: Callable[[Estate], EstateEdit], kinds: set[PaperKind]
) -> None:
    estate.carried_to(UnitState.DRAFTED)
    deal = estate.deal("1-101").id
    print_all(estate)
    asked = edit(estate)
    foretold = known(about_to_be_edited(estate.desk(), asked, estate.later(seconds=1)))
    assert {one[0] for one in foretold} == kinds
    KEEP[type(asked)](estate.desk(), asked, estate.later(seconds=1))
    assert stands(estate, deal) == foretold
    assert about_to_be_edited(estate.desk(), replace(asked, key="again"), estate.later(seconds=1)) == ()


def test_a_contract_drafted_under_another_permit_is_printed_anew(estate: Estate) -> None:
    estate.carried_to(UnitState.DRAFTED)
    deal = estate.deal("1-101").id
    print_all(estate)
    other = deeds.PermitRequest("云房预字〔2026〕第 99 号", estate.today, buildings=(1,))
    number = deeds.keep_permit(estate.desk(), other, estate.later(seconds=1)).id
    assert estate.unit("1-101").permit_id == estate.unit("1-102").permit_id == number
    assert {one[0] for one in stands(estate, deal)} == {PaperKind.CONTRACT}
    told = [one.subject_id for one in estate.told(Step.EDIT_ESTATE) if one.subject == "unit"]
    assert told == [estate.unit("1-101").id], "homes without a contract cite nothing"
