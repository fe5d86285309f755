"""Several desks at once, in threads and in processes of their own: one wins, the others are told, nothing is half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from salescenter.data.deals import deal
from salescenter.data.payments import closed_day
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import MoreThanDue, NotAllowedNow, RefundTooLarge, TakenMeanwhile
from salescenter.domain.units import Step, UnitState
from salescenter.services.deals import changing, opening
from salescenter.services.deals.requests import ChangeUnitRequest, Payment, Terms
from salescenter.services.payments.lists import CloseDayRequest, close_day
from salescenter.services.payments.receipts import ReceiveRequest, RefundRequest, deal_row, receive, receive_for, refund
from tests.houses import DEPOSIT, Estate, yuan

ROOT = Path(__file__).resolve().parents[2]
PAID = Payment(DEPOSIT, Method.CARD, "陈一帆")
T = TypeVar("T")


def at_once(deeds: Sequence[Callable[[], T]]) -> list[T | Refusal | Weather]:
    """Do all of them at the same moment; each gives its answer or its refusal."""
    line = Barrier(len(deeds))

    def run(deed: Callable[[], T]) -> T | Refusal | Weather:
        line.wait(timeout=60)
        try:
            return deed()
        except (Refusal, Weather) as said:
            return said

    with ThreadPoolExecutor(len(deeds)) as desks:
        return list(desks.map(run, deeds))


def won(answers: Sequence[Any]) -> list[Any]:
    return [one for one in answers if not isinstance(one, Refusal | Weather)]


def lost(answers: Sequence[Any]) -> list[Any]:
    return [one for one in answers if isinstance(one, Refusal | Weather)]


def test_of_six_desks_after_one_unit_exactly_one_sells_it(estate: Estate) -> None:
    who = ("a", "b", "lead", "boss", "a", "b")
    asked = [estate.asked(paid=PAID, consultants=estate.seller(one)) for one in who]
    now = estate.later(seconds=1)
    answers = at_once([
        lambda one=one, said=said: opening.subscribe(estate.desk(one), said, now)  # type: ignore[misc]
        for one, said in zip(who, asked, strict=True)
    ])  # fmt: skip
    assert len(won(answers)) == 1
    winner = estate.people[who[answers.index(won(answers)[0])]].name
    for one in lost(answers):
        assert isinstance(one, TakenMeanwhile)
        assert (one.details["by"], one.details["at"], one.details["step"]) == (winner, now, Step.SUBSCRIBE)
    assert len(estate.all(select(deal))) == 1
    assert len(estate.receipts()) == 1
    assert estate.broken() == []


def test_desks_after_different_units_all_sell(estate: Estate) -> None:
    codes = ("1-101", "1-102", "1-103", "1-201", "1-202")
    asked = [estate.asked(code, paid=PAID) for code in codes]
    answers = at_once([
        lambda said=said: opening.subscribe(estate.desk("a"), said, estate.now) for said in asked  # type: ignore[misc]
    ])  # fmt: skip
    assert lost(answers) == []
    assert sorted(one.receipt_number for one in won(answers)) == [f"A000000{n}" for n in range(1, 6)]
    assert sorted(one.number for one in won(answers)) == [f"RG20260000{n}" for n in range(1, 6)]
    assert estate.broken() == []


def test_one_press_arriving_twice_at_the_same_moment_happens_once(estate: Estate) -> None:
    asked = estate.asked(paid=PAID, key="press-1")
    first, second = at_once([lambda: opening.subscribe(estate.desk("a"), asked, estate.now)] * 2)
    assert first == second
    assert lost([first]) == []
    assert len(estate.receipts()) == 1
    assert estate.broken() == []


def test_money_for_one_deal_at_several_desks_never_pays_more_than_is_due(estate: Estate) -> None:
    estate.carried_to(UnitState.SIGNED)
    asked = ReceiveRequest(estate.deal("1-101").id, MoneyKind.PRICE, Method.CARD, yuan(300_000), "陈一帆")
    answers = at_once([lambda: receive(estate.desk("cash"), asked, estate.now)] * 6)
    assert len(won(answers)) == 3
    assert {type(one) for one in lost(answers)} == {MoreThanDue}
    assert estate.dues()[1] == ("price", 980_000, 900_000)
    assert estate.broken() == []


def test_refunds_at_several_desks_never_give_back_more_than_came_in(estate: Estate) -> None:
    estate.carried_to(UnitState.SUBSCRIBED)
    estate.close()
    asked = RefundRequest(estate.deal("1-101").id, yuan(8_000), Method.CASH, "陈一帆", "退款")
    answers = at_once([lambda: refund(estate.desk("cash"), asked, estate.now)] * 5)
    assert len(won(answers)) == 2
    assert {type(one) for one in lost(answers)} == {RefundTooLarge}
    assert estate.broken() == []


def test_two_buyers_change_to_the_same_unit_and_one_does(estate: Estate) -> None:
    for code in ("1-101", "1-103"):
        estate.subscribe(code)
    asked = [
        ChangeUnitRequest(*estate.seen(code), *estate.seen("1-102"), Terms(deposit=DEPOSIT), "换房")
        for code in ("1-101", "1-103")
    ]
    answers = at_once([
        lambda said=said: changing.change_unit(estate.desk(), said, estate.now) for said in asked  # type: ignore[misc]
    ])  # fmt: skip
    assert len(won(answers)) == 1
    assert [type(one) for one in lost(answers)] == [TakenMeanwhile]
    assert estate.broken() == []


def test_a_day_is_closed_only_over_money_that_is_written(small_on_server: Estate) -> None:
    estate = small_on_server
    estate.carried_to(UnitState.SIGNED)
    asked = ReceiveRequest(estate.deal("1-101").id, MoneyKind.PRICE, Method.CARD, yuan(1_000), "陈一帆")
    written, closing = Event(), Event()

    def take() -> None:
        with estate.desk("cash").working(estate.now) as work:
            receive_for(work, deal_row(work, asked.deal), asked)
            written.set()
            closing.wait(timeout=60)

    def close() -> None:
        written.wait(timeout=60)
        closing.set()
        close_day(estate.desk("boss"), CloseDayRequest(estate.today), estate.now)

    assert lost(at_once([take, close])) == []
    kept = estate.read(select(closed_day))
    assert (kept.count, kept.total) == (2, yuan(21_000))


# --- processes of their own


def url(estate: Estate) -> str:
    return estate.house.url.render_as_string(hide_password=False)


def racer(estate: Estate, who: str, where: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.services.racer", url(estate), who, "1-101", *([where] if where else [])]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_of_two_programs_after_one_unit_exactly_one_sells_it(estate: Estate) -> None:
    racers = {who: racer(estate, who) for who in ("a", "b")}
    for process in racers.values():
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = {who: process.communicate(timeout=120)[0].strip() for who, process in racers.items()}
    (winner,) = [who for who, word in said.items() if word == "won"]
    (loser,) = set(said) - {winner}
    assert said[loser] == f"taken-meanwhile {estate.people[winner].name}"
    assert len(estate.receipts()) == 1
    assert estate.broken() == []


LATE = {"sqlite": "INSERT INTO receipt ", "postgresql": "FROM customer"}
"""The last statement a deed can be met before; all that it writes on a server goes with the commit."""


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
@pytest.mark.parametrize("where", ["FROM setting", "late", "commit", "answer"])
def test_a_program_killed_in_mid_deed_leaves_all_of_it_or_nothing(estate: Estate, where: str) -> None:
    process = racer(estate, "a", LATE[estate.house.engine.dialect.name] if where == "late" else where)
    process.communicate("go\n", timeout=120)
    assert process.returncode == -signal.SIGKILL
    done = where == "answer"
    assert estate.state("1-101") is (UnitState.SUBSCRIBED if done else UnitState.FOR_SALE)
    assert len(estate.receipts()) == int(done)
    assert len(estate.told(Step.SUBSCRIBE)) == int(done)
    assert estate.broken() == []
    again = estate.asked(paid=PAID, key="press-a")  # the user starts the program anew and presses again
    if done:
        assert opening.subscribe(estate.desk("a"), again, estate.now).receipt_number == "A0000001"
        with pytest.raises(NotAllowedNow):
            estate.subscribe()
    else:
        assert opening.subscribe(estate.desk("a"), again, estate.now).number == "RG202600001"
    assert len(estate.receipts()) == 1
    assert estate.broken() == []
