"""Ending a deal: cancelled (退房), forfeited (挞定), small deposit given back (退订)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from salescenter.data import money
from salescenter.data.deals import deal
from salescenter.domain.money import ZERO
from salescenter.domain.receipts import MoneyKind
from salescenter.domain.refusals import ReasonMissing, WrongWay
from salescenter.domain.units import SIGNED_STATES, Flag, Step, UnitState
from salescenter.services.deals.claims import Claimed, ask_first, free, parts, take
from salescenter.services.deals.requests import Closed, CloseRequest
from salescenter.services.deals.signing import consultant_of, look_deal
from salescenter.services.owing import count_out
from salescenter.services.settings import rules_now
from salescenter.services.work import Work, deed

FIGURE = {Step.CANCEL: "cancelled", Step.FORFEIT: "forfeited", Step.GIVE_BACK: "given-back"}


@deed(Step.CANCEL, Closed)
def cancel(work: Work, asked: CloseRequest) -> Closed:
    """Cancel a deal; what was received is given back by refunds."""
    return _close(work, asked, Step.CANCEL)


@deed(Step.FORFEIT, Closed)
def forfeit(work: Work, asked: CloseRequest) -> Closed:
    """End a deal its buyer abandoned; the deposit is kept (Civil Code art. 587)."""
    return _close(work, asked, Step.FORFEIT)


@deed(Step.GIVE_BACK, Closed)
def give_back(work: Work, asked: CloseRequest) -> Closed:
    """Give up a small deposit; the money is returned by a refund."""
    return _close(work, asked, Step.GIVE_BACK)


ask_first(cancel, forfeit, give_back)


def _close(work: Work, asked: CloseRequest, step: Step) -> Closed:
    if not asked.reason.strip():
        raise ReasonMissing(step=step)
    unit, row = look_deal(work, asked.unit, asked.seen, step)
    check_no_loan(work, row, step, Step.VOID_RECEIPT)
    end_deal(work, row, step, asked.reason)
    then = UnitState.NOT_RELEASED if asked.keep_back else unit.then
    review = review_flags(work, unit) if step is Step.CANCEL else {}
    took = take(work, unit, **free(unit.row), **review, state=int(then))
    received = money.received_for(work.connection, row.id)
    work.note(
        step,
        "deal",
        row.id,
        unit=unit.id,
        deal=row.id,
        before={"state": int(unit.state)},
        after={"reason": asked.reason, "state": int(then), "received": received.fen},
    )
    count_end(work, unit, row, FIGURE[step])
    return Closed(row.id, unit.id, took.revision, received)


def check_no_loan(work: Work, row: Any, step: Step, instead: Step) -> None:
    """Refuse a change once the bank has paid out its loan (已放款): that money has to go back first."""
    if money.received_for(work.connection, row.id, [MoneyKind.LOAN.value]) > ZERO:
        raise WrongWay(step=step, why="loan-paid-out", instead=instead)


def review_flags(work: Work, unit: Claimed) -> dict[str, int]:
    """Mark the price of a unit given back after a sale as to be approved again (价格待审), where the house says so."""
    if not rules_now(work).review_returned:
        return {}
    return {"flags": unit.row.flags | Flag.PRICE_REVIEW}


def end_deal(work: Work, row: Any, step: Step, reason: str) -> None:
    """Write the end into a deal; its schedule and receipts stay as they are, and nothing more is owed."""
    count_out(work, row)
    work.connection.execute(
        update(deal)
        .where(deal.c.id == row.id)
        .values(living=False, closed=work.today, ending=step.value, reason=reason, revision=work.revision)
    )


def count_end(work: Work, unit: Claimed, row: Any, figure: str) -> None:
    """Count the end of a deal; of a signed one also as a cancelled contract, which 净签约 takes off."""
    of = parts(unit, consultant_of(work, row.id))
    sums = {"count": 1, "fen": row.total.fen, "area": int(unit.row.area * 100)}
    work.count(figure, *of, **sums)
    if unit.state in SIGNED_STATES:
        work.count(f"{figure}-signed", *of, **sums)
