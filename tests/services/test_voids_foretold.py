"""What a step will make void is named before it, and open after it: the same papers, with the same duties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from salescenter.data.customers import customer
from salescenter.domain.money import Money
from salescenter.domain.papers.check import ISSUED, PaperKind
from salescenter.domain.papers.voiding import SAYS, VOIDED, Duty
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.units import Step, UnitState
from salescenter.print.batch import house_pdf
from salescenter.services.customers import CustomerChange, change
from salescenter.services.deals import changing, closing, opening, signing
from salescenter.services.deals.requests import ChangeBuyersRequest, ChangeUnitRequest, Payment, Terms
from salescenter.services.estate import deeds
from salescenter.services.papers.again import overtaken
from salescenter.services.papers.house import HOUSE, Wish, house_paper
from salescenter.services.papers.voiding import (
    SettleRequest,
    VoidPaper,
    about_to_be_corrected,
    about_to_be_void,
    settle,
    void_papers,
)
from salescenter.services.payments import receipts
from salescenter.services.payments.receipts import RefundRequest, VoidRequest
from tests.houses import DEPOSIT, Estate, kept
from tests.print.reading import words
from tests.services.importing.estates import imported
from tests.services.test_voiding import out

Known = set[tuple[PaperKind, str, int, Duty]]


def known(papers: tuple[VoidPaper, ...]) -> Known:
    return {(one.kind, one.number, one.copy, one.duty) for one in papers}


def stands(estate: Estate, deal: int) -> Known:
    return known(void_papers(estate.desk(), estate.later(seconds=1), deal))


def print_all(estate: Estate, *numbers: str) -> None:
    """Print every kind of paper for the deal, and these receipts."""
    for kind in ISSUED:
        out(estate, kind, f"{kind.value}-1")
    for number in numbers:
        out(estate, PaperKind.RECEIPT, number)


def forfeit(estate: Estate) -> None:
    estate.close(closing.forfeit)


def change_unit(estate: Estate) -> None:
    asked = ChangeUnitRequest(*estate.seen("1-101"), *estate.seen("1-102"), Terms(deposit=DEPOSIT), "换楼层")
    changing.change_unit(estate.desk(), asked, estate.later(seconds=1))


def change_buyer(estate: Estate) -> None:
    asked = ChangeBuyersRequest(*estate.seen("1-101"), estate.buyer("李娜"), reason="更名")
    changing.change_buyers(estate.desk(), asked, estate.later(seconds=1))


def turn(estate: Estate) -> None:
    """Subscribe a unit that was kept for a small deposit: the money becomes part of the deposit."""
    paid = Payment(DEPOSIT - Money.yuan(5_000), Method.CARD, "陈一帆")
    opening.subscribe(estate.desk("a"), estate.asked(paid=paid), estate.later(seconds=1))


STEPS: tuple[tuple[Step, UnitState, Callable[[Estate], object]], ...] = (
    (Step.CANCEL, UnitState.DRAFTED, lambda estate: estate.close()),
    (Step.FORFEIT, UnitState.SUBSCRIBED, forfeit),
    (Step.SUBSCRIBE, UnitState.RESERVED, turn),
    (Step.GIVE_BACK, UnitState.RESERVED, lambda estate: estate.close(closing.give_back)),
    (Step.CHANGE_UNIT, UnitState.DRAFTED, change_unit),
    (Step.CHANGE_BUYER, UnitState.DRAFTED, change_buyer),
    (Step.UNDO_DRAFT, UnitState.DRAFTED, lambda estate: estate.step(signing.undo_draft, who="office")),
)


@pytest.mark.parametrize(("step", "state", "take"), STEPS, ids=[step.value for step, _, _ in STEPS])
def test_what_a_step_will_make_void_is_what_is_open_after_it(
    small: Estate, step: Step, state: UnitState, take: Callable[[Estate], object]
) -> None:
    small.carried_to(state)
    deal = small.deal("1-101").id
    print_all(small, small.receipts()[0][0])
    foretold = known(about_to_be_void(small.desk(), deal, step, small.later(seconds=1)))
    assert {one[0] for one in foretold} == set(VOIDED[step])
    take(small)
    assert stands(small, deal) == foretold


def test_only_the_receipt_of_early_money_is_exchanged_and_says_then_what_became_of_it(small: Estate) -> None:
    small.reserve()
    early, deal = small.receipts()[0][0], small.deal("1-101").id
    out(small, PaperKind.RECEIPT, early)
    turn(small)
    out(small, PaperKind.RECEIPT, small.receipts()[1][0])
    assert stands(small, deal) == {(PaperKind.RECEIPT, early, 1, Duty.ISSUE_AGAIN)}
    assert overtaken(small.desk(), small.now, deal) == {(PaperKind.RECEIPT.value, early)}
    out(small, PaperKind.RECEIPT, early, reason="转定金")
    assert stands(small, deal) == set()
    assert overtaken(small.desk(), small.now, deal) == frozenset()


def test_what_was_void_or_settled_before_is_not_named_again(small: Estate) -> None:
    small.carried_to(UnitState.DRAFTED)
    deal, countered = small.deal("1-101").id, small.receive(amount=1_000)
    print_all(small, countered.number)
    receipts.void(small.desk(), VoidRequest(countered.receipt, "写错"), small.later(seconds=1))
    out(small, PaperKind.CLEARED, "cleared-1", reason="补打")
    change_buyer(small)
    now = small.later(seconds=1)
    back = next(one for one in void_papers(small.desk(), now, deal) if one.kind is PaperKind.CLEARED)
    settle(small.desk(), SettleRequest(back.paper, "once", back.copy), small.later(seconds=1))
    before = stands(small, deal)
    foretold = known(about_to_be_void(small.desk(), deal, Step.CANCEL, small.later(seconds=1)))
    assert (PaperKind.RECEIPT, countered.number, 1, Duty.RETURN) in before - foretold
    small.close()
    after = stands(small, deal)
    assert foretold == after - before
    assert PaperKind.CLEARED not in {one[0] for one in after}


def test_countering_a_receipt_names_it_and_what_counts_its_money(estate: Estate) -> None:
    estate.carried_to(UnitState.SIGNED)
    first, deal = estate.receive(amount=1_000), estate.deal("1-101").id
    print_all(estate, first.number)
    second = estate.receive(amount=2_000)
    out(estate, PaperKind.RECEIPT, second.number)

    def foretold(number: str) -> Known:
        asked = about_to_be_void(estate.desk(), deal, Step.VOID_RECEIPT, estate.later(seconds=1), counters=number)
        return known(asked)

    assert foretold(second.number) == {(PaperKind.RECEIPT, second.number, 1, Duty.RETURN)}
    said = foretold(first.number)
    assert {one[:2] for one in said} == {
        (PaperKind.RECEIPT, first.number), (PaperKind.CLEARED, "cleared-1"), (PaperKind.SETTLEMENT, "settlement-1"),
        (PaperKind.HANDOVER, "handover-1"), (PaperKind.COSTS, "costs-1"), (PaperKind.RESCISSION, "rescission-1"),
    }  # fmt: skip
    receipts.void(estate.desk(), VoidRequest(first.receipt, "退票"), estate.later(seconds=1))
    assert stands(estate, deal) == said


def test_fees_collected_for_others_are_in_the_settlement_and_not_in_the_proof_of_the_price(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    fees, deal = small.receive(amount=1_000, kind=MoneyKind.COLLECTED), small.deal("1-101").id
    print_all(small)
    asked = about_to_be_void(small.desk(), deal, Step.VOID_RECEIPT, small.later(seconds=1), counters=fees.number)
    assert {one.kind for one in asked} == {PaperKind.SETTLEMENT, PaperKind.RESCISSION}
    receipts.void(small.desk(), VoidRequest(fees.receipt, "退票"), small.later(seconds=1))
    assert stands(small, deal) == known(asked)


def test_a_filing_taken_back_makes_no_paper_void_for_the_contract_stands(small: Estate) -> None:
    small.carried_to(UnitState.FILED)
    deal = small.deal("1-101").id
    print_all(small, small.receipts()[0][0])
    assert about_to_be_void(small.desk(), deal, Step.UNDO_FILING, small.later(seconds=1)) == ()
    small.step(signing.undo_filing, note="登记有误")
    assert stands(small, deal) == set()


def test_a_countered_refund_takes_its_receipt_back_after_the_deal(small: Estate) -> None:
    small.subscribe()
    small.close()
    deal = small.deal("1-101").id
    refunded = receipts.refund(
        small.desk(), RefundRequest(deal, DEPOSIT, Method.TRANSFER, "陈一帆", "退房"), small.later(seconds=1)
    )
    out(small, PaperKind.RECEIPT, refunded.number)
    now = small.later(seconds=1)
    asked = known(about_to_be_void(small.desk(), deal, Step.VOID_RECEIPT, now, counters=refunded.number))
    assert asked == {(PaperKind.RECEIPT, refunded.number, 1, Duty.RETURN)}
    receipts.void(small.desk(), VoidRequest(refunded.receipt, "退票"), small.later(seconds=1))
    assert stands(small, deal) == asked


CARD: tuple[tuple[dict[str, object], set[PaperKind]], ...] = (
    ({"name": "陈一凡"}, set(VOIDED[Step.REGISTER_VISIT])),
    ({"id_kind": "passport", "id_number": "E12345678"},
     {PaperKind.SUBSCRIPTION, PaperKind.CONTRACT, PaperKind.CLEARED, PaperKind.SETTLEMENT, PaperKind.MEASURING,
      PaperKind.COSTS}),
    ({"phones": ("13900139000",), "address": "云栖路 8 号"}, {PaperKind.CONTRACT}),
    ({"guardian": "陈大山"}, {PaperKind.CONTRACT}),
    ({"note": "要高层", "level": "A"}, set()),
)  # fmt: skip


@pytest.mark.parametrize(("changed", "kinds"), CARD, ids=[" ".join(changed) for changed, _ in CARD])
def test_a_corrected_card_brings_the_papers_back_that_say_otherwise(
    small: Estate, changed: dict[str, object], kinds: set[PaperKind]
) -> None:
    small.carried_to(UnitState.DRAFTED)
    deal = small.deal("1-101").id
    print_all(small)
    foretold = correct(small, changed)
    assert {one[0] for one in foretold} == kinds
    assert stands(small, deal) == foretold
    for kind in kinds:
        out(small, kind, f"{kind.value}-1", reason="更正")
    assert stands(small, deal) == set()


def test_a_server_that_masks_the_number_tells_it_was_corrected(small_on_server: Estate) -> None:
    small_on_server.carried_to(UnitState.SIGNED)
    out(small_on_server, PaperKind.CONTRACT, "YX-1-101")
    out(small_on_server, PaperKind.COVER, "FM1")
    foretold = correct(small_on_server, {"id_number": "110105194912310038", "phones": ("13900139000",)})
    assert foretold == {(PaperKind.CONTRACT, "YX-1-101", 1, Duty.SIGN_AGAIN)}
    assert stands(small_on_server, small_on_server.deal("1-101").id) == foretold
    correct(small_on_server, {"phones": ("139 0013 9000",), "note": "回访"})
    assert small_on_server.told(Step.REGISTER_VISIT)[-1].after == {"note": "回访"}


def test_the_table_of_what_papers_say_agrees_with_the_papers(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    measured(small, "100.20")
    small.receive(amount=980_000)
    deal, now = small.deal("1-101").id, small.later(seconds=1)
    for kind in SAYS.keys() & HOUSE.keys() - {PaperKind.CHECKLIST}:  # which wants a loan
        said = words(house_pdf(house_paper(small.desk(), Wish(kind, deal, small.today, "zh_CN"), now)))
        assert "陈一帆" in said
        assert ("11010519491231002X" in said) is ("id_number" in SAYS[kind]), kind


def correct(estate: Estate, changed: dict[str, object]) -> Known:
    """Correct the buyer's card; return what was foretold."""
    number = estate.customers["陈一帆"]
    asked = CustomerChange(number, card_of(estate).revision, changed)
    foretold = known(about_to_be_corrected(estate.desk(), asked, estate.later(seconds=1)))
    change(estate.desk(), asked, estate.later(seconds=1))
    return foretold


def test_a_receipt_names_who_paid_and_a_bank_is_no_buyer(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    deal, paid = small.deal("1-101").id, small.receive(amount=1_000, payer="李大山")
    lent = small.receive(amount=1_000, payer="云栖银行", kind=MoneyKind.LOAN, method=Method.BANK_LOAN)
    own = small.receipts()[0][0]
    for number in (own, paid.number, lent.number):
        out(small, PaperKind.RECEIPT, number)
    assert {one[1] for one in correct(small, {"name": "陈一凡"})} == {own}
    assert {one[1] for one in stands(small, deal)} == {own}
    out(small, PaperKind.RECEIPT, own, reason="更正")
    asked = about_to_be_void(small.desk(), deal, Step.CHANGE_BUYER, small.later(seconds=1))
    assert {one.number for one in asked} == {own, paid.number}


def test_what_was_corrected_back_says_again_what_the_paper_says(small: Estate) -> None:
    small.subscribe()
    out(small, PaperKind.SUBSCRIPTION, "RG202600001")
    deal = small.deal("1-101").id
    correct(small, {"name": "陈一凡"})
    assert correct(small, {"name": "陈 一帆 "}) == set()
    assert [one[0] for one in stands(small, deal)] == [PaperKind.SUBSCRIPTION]
    assert correct(small, {"name": "陈一帆"}) == set()
    assert stands(small, deal) == set()


def test_only_what_really_reads_otherwise_is_told_as_corrected(small: Estate) -> None:
    correct(small, {"phones": ("138 0013 8000",)})
    correct(small, {"name": " 陈一帆", "phones": ("13800138000",), "address": "云栖路 8 号 "})
    last = small.told(Step.REGISTER_VISIT)[-1]
    assert (last.before, last.after) == ({"address": ""}, {"address": "云栖路 8 号"})


def test_what_a_stranger_to_the_deal_is_called_concerns_no_paper(small: Estate) -> None:
    small.subscribe()
    print_all(small)
    change_buyer(small)
    print_again = [(one.kind, one.number) for one in void_papers(small.desk(), small.now, small.deal("1-101").id)]
    for kind, number in print_again:
        out(small, kind, number, reason="更名")
    assert correct(small, {"name": "陈一凡"}) == set()
    assert stands(small, small.deal("1-101").id) == set()


def test_drafts_taken_back_stay_open_beside_the_one_drafted_anew(estate: Estate) -> None:
    estate.carried_to(UnitState.DRAFTED)
    deal = estate.deal("1-101").id
    out(estate, PaperKind.CONTRACT, "RG1")
    undo(estate)
    day = estate.today
    first = {(PaperKind.CONTRACT, "RG1", 1, Duty.RETURN)}
    assert stands(estate, deal) == first
    estate.later(days=1)
    draft(estate)
    assert stands(estate, deal) == first
    assert [one.since for one in void_papers(estate.desk(), estate.now, deal)] == [day]
    correct(estate, {"name": "陈一凡"})
    assert stands(estate, deal) == first | {(PaperKind.CONTRACT, "RG1", 2, Duty.SIGN_AGAIN)}
    old = next(one for one in void_papers(estate.desk(), estate.now, deal) if one.copy == 1)
    settle(estate.desk(), SettleRequest(old.paper, "first", old.copy), estate.later(seconds=1))
    assert stands(estate, deal) == {(PaperKind.CONTRACT, "RG1", 2, Duty.SIGN_AGAIN)}
    undo(estate)
    draft(estate)
    assert stands(estate, deal) == {(PaperKind.CONTRACT, "RG1", 2, Duty.RETURN)}
    settle(estate.desk(), SettleRequest(old.paper, "second", 2), estate.later(seconds=1))
    assert stands(estate, deal) == set()


def undo(estate: Estate) -> None:
    estate.step(signing.undo_draft, who="office")


def draft(estate: Estate) -> None:
    """Draft the contract again and print it."""
    estate.step(signing.draft, who="office")
    out(estate, PaperKind.CONTRACT, "RG1", reason="重新草签")


def card_of(estate: Estate) -> Any:
    return estate.read(select(customer.c.revision).where(customer.c.id == estate.customers["陈一帆"]))


def measured(estate: Estate, area: str) -> None:
    asked = kept(estate, "1-101", measured_area=Decimal(area), measured_inner=Decimal("80.10"))
    deeds.keep_unit(estate.desk(), asked, estate.later(seconds=1))


def test_a_home_measured_anew_is_settled_anew(estate: Estate) -> None:
    estate.carried_to(UnitState.SIGNED)
    deal = estate.deal("1-101").id
    measured(estate, "100.20")
    print_all(estate)
    assert stands(estate, deal) == set()
    measured(estate, "100.40")
    assert {(one[0], one[3]) for one in stands(estate, deal)} == {
        (PaperKind.SETTLEMENT, Duty.SIGN_AGAIN), (PaperKind.MEASURING, Duty.SIGN_AGAIN),
        (PaperKind.COSTS, Duty.ISSUE_AGAIN),
    }  # fmt: skip
    measured(estate, "100.20")
    assert stands(estate, deal) == set()


def test_the_surveys_list_measures_anew_as_a_hand_does(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    measured(small, "100.20")
    out(small, PaperKind.MEASURING, "MJ1")
    header = ["楼栋", "房号", "建筑面积", "套内面积", "实测建筑面积", "实测套内面积"]
    imported(small.desk(), [["1号楼", "101", 100.0, 80.0, 100.4, 80.3]], header, small.later(seconds=1))
    void = void_papers(small.desk(), small.later(seconds=1))
    assert [(one.kind, one.step) for one in void] == [(PaperKind.MEASURING, Step.EDIT_ESTATE)]


def test_a_contract_that_is_only_drafted_is_printed_anew_with_what_the_estate_corrected(small: Estate) -> None:
    small.carried_to(UnitState.DRAFTED)
    deal = small.deal("1-101").id
    again = {(PaperKind.CONTRACT, "contract-1", 1, Duty.ISSUE_AGAIN)}
    print_all(small)
    desk = small.desk()
    deeds.keep_unit(desk, kept(small, "1-101", note="角部"), small.later(seconds=1))
    deeds.keep_building(desk, deeds.BuildingRequest(1, "1号楼", "二期", {}), small.later(seconds=1))
    assert stands(small, deal) == set()
    deeds.keep_building(desk, deeds.BuildingRequest(1, "1幢", "二期", {}), small.later(seconds=1))
    assert stands(small, deal) == again
    deeds.keep_building(desk, deeds.BuildingRequest(1, "1号楼", "二期", {}), small.later(seconds=1))
    assert stands(small, deal) == set()
    deeds.keep_unit(desk, kept(small, "1-101", facing="东南"), small.later(seconds=1))
    assert stands(small, deal) == again
    small.sign()
    assert stands(small, deal) == set()


def test_the_sellers_new_name_is_printed_in_the_contracts_that_are_not_signed_yet(small: Estate) -> None:
    small.carried_to(UnitState.DRAFTED)
    out(small, PaperKind.CONTRACT, "RG1")
    asked = deeds.ProjectRequest("云栖花园", "云栖置业有限公司", "", None, {}, {})
    deeds.keep_project(small.desk(), asked, small.later(seconds=1))
    assert stands(small, small.deal("1-101").id) == set()
    deeds.keep_project(small.desk(), replace(asked, developer="云栖置业集团有限公司"), small.later(seconds=1))
    assert [one[3] for one in stands(small, small.deal("1-101").id)] == [Duty.ISSUE_AGAIN]
    last = small.told(Step.EDIT_ESTATE)[-1]
    assert last.before == {"developer": "云栖置业有限公司"}
