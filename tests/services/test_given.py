"""What a customer holds: each paper once, and whether it is valid, replaced, void, or to come back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select, update

from salescenter.data.deals import deal, deal_buyer
from salescenter.data.history import history
from salescenter.data.payments import receipt
from salescenter.domain.money import Money
from salescenter.domain.papers.voiding import Duty
from salescenter.domain.units import Step
from salescenter.services.papers.given import Worth, given_to
from salescenter.services.papers.voiding import SettleRequest, settle
from tests.services.reception_house import NINE, Reception
from tests.services.test_archive import CONTRACT, printed, sold

__all__ = ["sold"]


def buyer(here: Reception, of: int) -> int:
    with here.house.engine.connect() as line:
        return int(line.scalar(select(deal_buyer.c.customer_id).where(deal_buyer.c.deal_id == of)) or 0)


def holds(here: Reception, customer: int, who: str = "boss") -> list[tuple[str, Worth, Duty | None]]:
    return [(one.kind.value, one.worth, one.duty) for one in given_to(here.desk(who), customer, here.now)]


def alter(here: Reception, order: object) -> None:
    with here.house.engine.connect().execution_options(writes=True) as line, line.begin():
        line.execute(order)  # type: ignore[call-overload]


def test_a_customer_holds_what_was_printed_for_their_deal(both: Reception, sold: dict[str, int]) -> None:
    printed(both)
    printed(both, reason="客户遗失")
    printed(both, "subscription", "RG202600001")
    printed(both, "contract", CONTRACT)
    printed(both, "subscription", "RG202600002")
    mine = buyer(both, sold["deal"])
    assert holds(both, mine) == [
        ("contract", Worth.VALID, None), ("receipt", Worth.VALID, None), ("subscription", Worth.SUPERSEDED, None),
    ]
    assert {one.kind.value: one.copies for one in given_to(both.desk("boss"), mine, both.now)}["receipt"] == 2
    other = given_to(both.desk("boss"), buyer(both, sold["other"]), both.now)
    assert [one.number for one in other] == ["RG202600002"]
    assert holds(both, mine, "front") == []


def test_quotations_are_held_by_whom_they_were_made_for(both: Reception, sold: dict[str, int]) -> None:
    printed(both, "quotation", "ZY2026020001")
    assert holds(both, buyer(both, sold["other"])) == [("quotation", Worth.VALID, None)]
    assert holds(both, buyer(both, sold["deal"])) == []


def test_a_voided_receipt_is_to_come_back_and_then_void(both: Reception, sold: dict[str, int]) -> None:
    kept = printed(both)
    values = {
        "project_id": 1, "book_id": 1, "serial": 3, "number": "0000003", "kind": "deposit", "method": "cash",
        "amount": -Money.yuan(20_000), "payer": "陈晓明", "day": date(2026, 3, 3), "at": NINE, "cashier_id": 1,
        "deal_id": sold["deal"], "unit_id": sold["unit"], "counters_id": sold["receipt1"],
    }  # fmt: skip
    alter(both, insert(receipt).values(values))
    mine = buyer(both, sold["deal"])
    assert holds(both, mine) == [("receipt", Worth.BACK, Duty.RETURN)]
    settle(both.desk("boss"), SettleRequest(kept.paper), both.later(minutes=1))
    assert holds(both, mine) == [("receipt", Worth.VOID, None)]


def test_an_ended_deals_papers_are_to_come_back(both: Reception, sold: dict[str, int]) -> None:
    printed(both, "subscription", "RG202600002")
    ended = {"living": False, "ending": Step.FORFEIT.value, "closed": date(2026, 3, 4)}
    alter(both, update(deal).where(deal.c.id == sold["other"]).values(ended))
    assert holds(both, buyer(both, sold["other"])) == [("subscription", Worth.BACK, Duty.RETURN)]


def test_who_left_a_deal_holds_what_was_printed_until_then(both: Reception, sold: dict[str, int]) -> None:
    mine = buyer(both, sold["deal"])
    printed(both, "subscription", "RG202600001")
    told = {"project_id": 1, "at": both.later(minutes=1), "person_id": 1, "step": Step.CHANGE_BUYER.value,
            "subject": "deal", "subject_id": sold["deal"], "deal_id": sold["deal"]}  # fmt: skip
    alter(both, insert(history).values(told))
    alter(both, update(deal_buyer).where(deal_buyer.c.deal_id == sold["deal"]).values(active=False))
    printed(both, "contract", CONTRACT)
    assert [kind for kind, _, _ in holds(both, mine)] == ["subscription"]
