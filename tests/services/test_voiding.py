"""Papers that no longer count: found after each change of a deal, open until they are settled, on either engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from salescenter.domain.papers.check import PaperKind, Verdict, check_value, code_text
from salescenter.domain.papers.voiding import ENDINGS, VOIDED, Duty, duty_after
from salescenter.domain.receipts import Method
from salescenter.domain.refusals import NotFound
from salescenter.domain.units import Step, UnitState
from salescenter.i18n import speak
from salescenter.services import release
from salescenter.services.deals import changing, closing, signing
from salescenter.services.deals.requests import ChangeBuyersRequest, ChangeUnitRequest, Terms
from salescenter.services.papers import archive
from salescenter.services.papers.archive import PrintRequest
from salescenter.services.papers.checking import Earlier, Standing, check_paper
from salescenter.services.papers.titles import duty_words
from salescenter.services.papers.voiding import SettleRequest, VoidPaper, settle, void_papers
from salescenter.services.payments import receipts
from salescenter.services.payments.receipts import RefundRequest
from salescenter.services.todo import TodoKind, todos
from tests.houses import DEPOSIT, Estate, yuan


def out(estate: Estate, kind: PaperKind, number: str, code: str = "1-101", reason: str = "") -> int:
    """Print a paper of a deal: it is out."""
    asked = PrintRequest(kind, number, number, b"%PDF", deal=estate.deal(code).id, unit=estate.unit(code).id, reason=reason)
    return archive.keep(estate.desk(), asked, estate.later(seconds=1)).paper


def void(estate: Estate, who: str = "boss") -> list[tuple[PaperKind, str, Duty, Step]]:
    return [(one.kind, one.number, one.duty, one.step) for one in found(estate, who)]


def found(estate: Estate, who: str = "boss") -> tuple[VoidPaper, ...]:
    return void_papers(estate.desk(who), estate.later(seconds=1))


def test_after_a_cancellation_every_paper_that_is_out_is_to_be_taken_back(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    out(small, PaperKind.SUBSCRIPTION, "RG202600001")
    out(small, PaperKind.CONTRACT, "YX-1-101")
    out(small, PaperKind.DUNNING, "CK20260302-1")
    assert void(small) == []
    small.close()
    assert void(small) == [
        (PaperKind.SUBSCRIPTION, "RG202600001", Duty.RETURN, Step.CANCEL),
        (PaperKind.CONTRACT, "YX-1-101", Duty.RETURN, Step.CANCEL),
    ]


def test_the_buyer_keeps_the_receipt_of_the_money_given_back(small: Estate) -> None:
    small.subscribe()
    out(small, PaperKind.RECEIPT, "A0000001")
    small.close()
    asked = RefundRequest(small.deal("1-101").id, DEPOSIT, Method.TRANSFER, "陈一帆", "退房")
    refunded = receipts.refund(small.desk(), asked, small.later(seconds=1))
    out(small, PaperKind.RECEIPT, refunded.number)
    assert [one[1] for one in void(small)] == ["A0000001"]


def test_after_a_change_of_unit_the_receipts_are_issued_again_and_the_agreement_signed_again(small: Estate) -> None:
    small.subscribe()
    out(small, PaperKind.SUBSCRIPTION, "RG202600001")
    out(small, PaperKind.RECEIPT, "A0000001")
    asked = ChangeUnitRequest(*small.seen("1-101"), *small.seen("1-102"), Terms(deposit=DEPOSIT), "换楼层")
    changing.change_unit(small.desk(), asked, small.later(seconds=1))
    assert [(kind, duty) for kind, _, duty, _ in void(small)] == [
        (PaperKind.SUBSCRIPTION, Duty.SIGN_AGAIN), (PaperKind.RECEIPT, Duty.ISSUE_AGAIN),
    ]


def test_after_a_change_of_buyers_what_is_printed_anew_counts_again(small: Estate) -> None:
    small.subscribe()
    out(small, PaperKind.SUBSCRIPTION, "RG202600001")
    asked = ChangeBuyersRequest(*small.seen("1-101"), small.buyer("李娜"), reason="更名")
    changing.change_buyers(small.desk(), asked, small.later(seconds=1))
    ((kind, _, duty, step),) = void(small)
    assert (kind, duty, step) == (PaperKind.SUBSCRIPTION, Duty.SIGN_AGAIN, Step.CHANGE_BUYER)
    assert found(small)[0].buyer == "李娜"
    out(small, PaperKind.SUBSCRIPTION, "RG202600001", reason="更名重签")
    assert void(small) == []


def test_the_code_of_a_paper_signed_again_says_which_of_its_sheets_count(small: Estate) -> None:
    small.subscribe()
    number, total = "RG202600001", small.deal("1-101").total.fen
    secret = archive.secret(small.desk(), small.now)
    code = code_text(PaperKind.SUBSCRIPTION, number, total, check_value(PaperKind.SUBSCRIPTION, number, total, secret))

    def said() -> tuple[Verdict, Standing, Earlier | None]:
        checked = check_paper(small.desk(), code, small.later(seconds=1))
        assert checked.known is not None
        return checked.verdict, checked.known.standing, checked.earlier

    out(small, PaperKind.SUBSCRIPTION, number)
    out(small, PaperKind.SUBSCRIPTION, number, reason="财务")
    assert said() == (Verdict.GENUINE, Standing.COUNTS, None)
    asked = ChangeBuyersRequest(*small.seen("1-101"), small.buyer("李娜"), reason="更名")
    changing.change_buyers(small.desk(), asked, small.later(seconds=1))
    assert said() == (Verdict.GENUINE, Standing.RECALLED, None)
    for reason in ("更名重签", "财务"):
        out(small, PaperKind.SUBSCRIPTION, number, reason=reason)
        assert said() == (Verdict.GENUINE, Standing.COUNTS, Earlier(2, Step.CHANGE_BUYER, small.now.date()))


def test_a_draft_taken_back_leaves_its_contract_void(small: Estate) -> None:
    small.carried_to(UnitState.DRAFTED)
    out(small, PaperKind.CONTRACT, "RG202600001")
    small.step(signing.undo_draft, who="office")
    assert [one[0] for one in void(small)] == [PaperKind.CONTRACT]


def test_a_voided_receipt_is_to_be_taken_back(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    taken = small.receive(amount=1_000)
    out(small, PaperKind.RECEIPT, taken.number)
    receipts.void(small.desk(), receipts.VoidRequest(taken.receipt, "写错"), small.later(seconds=1))
    assert void(small) == [(PaperKind.RECEIPT, taken.number, Duty.RETURN, Step.VOID_RECEIPT)]


def test_a_proof_of_full_payment_is_taken_back_once_a_receipt_it_counts_on_is_countered(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    taken = small.receive(amount=1_000)
    for kind, number in ((PaperKind.CLEARED, "FQ20260302-1"), (PaperKind.SETTLEMENT, "JS20260302-1"),
                         (PaperKind.STATEMENT, "DZ20260302-1")):
        out(small, kind, number)
    assert void(small) == []
    receipts.void(small.desk(), receipts.VoidRequest(taken.receipt, "退票"), small.later(seconds=1))
    assert [(kind, duty) for kind, _, duty, _ in void(small)] == [
        (PaperKind.CLEARED, Duty.RETURN), (PaperKind.SETTLEMENT, Duty.SIGN_AGAIN),
    ]
    out(small, PaperKind.CLEARED, "FQ20260302-1", reason="补交后重开")
    assert [one[0] for one in void(small)] == [PaperKind.SETTLEMENT]


def test_what_new_buyers_must_sign_or_hold_is_named_and_what_stays_good_is_not(small: Estate) -> None:
    small.subscribe()
    kinds = (PaperKind.SETTLEMENT, PaperKind.MEASURING, PaperKind.COSTS, PaperKind.CLEARED, PaperKind.HANDOVER,
             PaperKind.CHECKLIST, PaperKind.COVER, PaperKind.RECEIPT, PaperKind.DUNNING)  # fmt: skip
    for at, kind in enumerate(kinds):
        out(small, kind, f"A-{at}")
    asked = ChangeBuyersRequest(*small.seen("1-101"), small.buyer("李娜"), reason="更名")
    changing.change_buyers(small.desk(), asked, small.later(seconds=1))
    again = dict.fromkeys(kinds[:2], Duty.SIGN_AGAIN) | dict.fromkeys(kinds[2:-1], Duty.ISSUE_AGAIN)
    assert {kind: duty for kind, _, duty, _ in void(small)} == again


def test_a_quotation_is_void_when_the_price_is_set_anew_while_it_holds(small: Estate) -> None:
    small.later(seconds=1)
    asked = PrintRequest(PaperKind.QUOTATION, "ZY1", "置业计划", b"%PDF", unit=small.unit("1-102").id)
    archive.keep(small.desk(), asked, small.now)
    archive.keep(small.desk(), replace(asked, kind=PaperKind.SELECTION, number="XF20260302-2"), small.now)
    prices = release.PriceRequest((release.NewPrice(*small.seen("1-102"), yuan(9_000)),), "调价")
    release.set_prices(small.desk(), prices, small.later(seconds=1))
    assert [one[0] for one in void(small)] == [PaperKind.QUOTATION, PaperKind.SELECTION]
    small.later(days=5)
    assert void(small) == []


def test_what_is_settled_is_open_no_longer_until_the_paper_goes_out_again(small: Estate) -> None:
    small.carried_to(UnitState.DRAFTED)
    paper = out(small, PaperKind.CONTRACT, "RG202600001")
    small.step(signing.undo_draft, who="office")
    settle(small.desk("cash"), SettleRequest(paper, "once"), small.later(seconds=1))
    assert void(small) == []
    assert small.told(Step.PRINT_PAPER)[-1].after == {"kind": "contract", "number": "RG202600001", "copy": 1}
    small.step(signing.draft, who="office")
    out(small, PaperKind.CONTRACT, "RG202600001", reason="重新草签")
    small.step(signing.undo_draft, who="office")
    assert len(void(small)) == 1


def test_nobody_settles_a_paper_that_was_never_printed(small: Estate) -> None:
    with pytest.raises(NotFound):
        settle(small.desk(), SettleRequest(99), small.now)


def test_what_is_open_stands_among_the_to_dos_and_one_deals_on_its_card(small: Estate) -> None:
    speak("zh_CN")
    small.subscribe()
    out(small, PaperKind.SUBSCRIPTION, "RG202600001")
    deal = small.deal("1-101").id
    small.close(closing.forfeit)
    (todo,) = [one for one in todos(small.desk(), small.now) if one.kind is TodoKind.VOID_PAPER]
    assert (todo.about, todo.detail, todo.page, todo.argument) == ("1-101", "收回：认购书 RG202600001", "deals", deal)
    assert [one.deal for one in void_papers(small.desk(), small.now, deal)] == [deal]
    assert void_papers(small.desk(), small.now, deal + 1) == ()


def test_a_role_sees_only_papers_it_may_open(small: Estate) -> None:
    small.subscribe()
    out(small, PaperKind.SUBSCRIPTION, "RG202600001")
    small.close()
    assert void(small, "front") == []


def test_both_engines_find_the_same(small_on_server: Estate) -> None:
    small_on_server.subscribe()
    paper = out(small_on_server, PaperKind.SUBSCRIPTION, "RG202600001")
    small_on_server.close()
    assert [one.paper for one in found(small_on_server)] == [paper]
    settle(small_on_server.desk(), SettleRequest(paper, "once"), small_on_server.later(seconds=1))
    assert found(small_on_server) == ()


def test_every_ending_takes_back_agreement_contract_and_receipts() -> None:
    for step in ENDINGS:
        for kind in (PaperKind.SUBSCRIPTION, PaperKind.CONTRACT, PaperKind.RECEIPT):
            assert duty_after(step, kind) is not None
    assert duty_after(Step.SIGN, PaperKind.SUBSCRIPTION) is None
    assert all(duty_words(duty, kind, "1") for duties in VOIDED.values() for kind, duty in duties.items())


def test_a_months_old_ending_is_still_open(small: Estate) -> None:
    small.subscribe()
    out(small, PaperKind.SUBSCRIPTION, "RG202600001")
    small.close()
    day = small.today
    small.now += timedelta(days=90)
    assert [one.since for one in found(small)] == [day]
