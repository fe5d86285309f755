"""The program works through the doors of a server: every person by their own log-in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select, update

from salescenter.data.customers import customer
from salescenter.data.estate import unit
from salescenter.data.history import history
from salescenter.data.papers import paper
from salescenter.data.payments import receipt_book
from salescenter.data.server_rights import accounts
from salescenter.data.visits import visit
from salescenter.domain.led_out import RoleChanged
from salescenter.domain.loans import LoanKind
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.filling_text import filling_text, read_filling
from salescenter.domain.papers.form_faults import SheetMissing
from salescenter.domain.papers.receipt_fields import receipt_filling
from salescenter.domain.papers.sheets import OnSheet, SheetUse
from salescenter.domain.plans import STANDARD
from salescenter.domain.prices import Discount, DiscountKind, building_group
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import BelowFloorPrice, NotYours
from salescenter.domain.sale_refusals import AnnexOfOthers
from salescenter.domain.schedules import PlanKind
from salescenter.domain.staff import DISCOUNT_LIMIT, Role
from salescenter.domain.units import Step, UnitState
from salescenter.services import offers, people, release
from salescenter.services.check import broken
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.deals import closing, holds, opening, signing
from salescenter.services.deals.holds import HoldRequest
from salescenter.services.deals.requests import (
    Closed,
    CloseRequest,
    ExtendRequest,
    Loan,
    Payment,
    SignRequest,
    StepRequest,
    Terms,
)
from salescenter.services.estate import deeds
from salescenter.services.house import open_house
from salescenter.services.papers import archive
from salescenter.services.papers.archive import BatchRequest, PrintRequest, last_prints, prints_as_they_were
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.sheets import used_sheets
from salescenter.services.payments import receipts
from salescenter.services.payments.receipts import ReceiveRequest
from salescenter.services.people import PersonRequest
from salescenter.services.quotations import QuoteRequest, quote
from salescenter.services.reception_rules import Contact
from salescenter.services.server.preparing import prepare
from salescenter.services.taking_back import TakeBackRequest, take_back
from salescenter.services.visits import VisitRequest, register
from salescenter.services.work import Deed, Desk
from tests.houses import DEPOSIT, NOON, Estate, kept, yuan
from tests.services.histories import Life
from tests.services.reception_house import NEEDS
from tests.services.server.guarded_house import EachAlone, desk_of, house, opened, refused, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


def test_a_whole_sale_goes_through_the_doors_each_person_by_their_own(house: Estate) -> None:
    with ExitStack() as open_:
        desks = {login: open_.enter_context(desk_of(house, login)) for login in ("a", "office", "cash", "title")}
        number, seen = house.seen("1-101")
        took = holds.hold(desks["a"], HoldRequest(number, seen, house.now + timedelta(days=1), "考虑中"), house.now)
        asked = house.asked("1-101", paid=Payment(DEPOSIT, Method.CARD, "陈一帆"), key="sale-1")
        assert asked.seen == took.revision
        sold = opening.subscribe(desks["a"], asked, house.now)
        assert sold.receipt
        assert opening.subscribe(desks["a"], asked, house.now) == sold
        paid = ReceiveRequest(sold.deal, MoneyKind.PRICE, Method.TRANSFER, yuan(1_000), "陈一帆")
        receipts.receive(desks["cash"], paid, house.now)
        signing.draft(desks["office"], StepRequest(*house.seen("1-101")), house.now)
        signing.sign(desks["office"], SignRequest(*house.seen("1-101"), "YX-1"), house.now)
        signing.file(desks["title"], StepRequest(*house.seen("1-101")), house.now)
    assert house.state("1-101") is UnitState.FILED
    with house.house.engine.connect() as line:
        assert broken(line) == []


@pytest.mark.parametrize("keep_back", [True, False])
@pytest.mark.parametrize("end", [closing.give_back, closing.forfeit, closing.cancel], ids=lambda deed: deed.step)
def test_a_unit_whose_deal_ended_is_kept_back_or_offered_again_through_the_doors(
    house: Estate, end: Deed[CloseRequest, Closed], keep_back: bool
) -> None:
    begin = house.reserve if end is closing.give_back else house.subscribe
    begin("1-102")
    with desk_of(house, "boss") as desk:
        end(desk, CloseRequest(*house.seen("1-102"), "客户要求", keep_back=keep_back), house.now)
        assert house.state("1-102") is (UnitState.NOT_RELEASED if keep_back else UnitState.FOR_SALE)
        if keep_back:
            release.release(desk, release.ReleaseRequest((release.Seen(*house.seen("1-102")),)), house.now)
    assert house.state("1-102") is UnitState.FOR_SALE
    house.put(update(unit).where(unit.c.code == "1-102").values(flags=0))  # a cancelled deal's price is reviewed first


def test_a_receipt_goes_on_the_next_sheet_of_a_book_through_the_door_of_whoever_takes_the_money(house: Estate) -> None:
    house.put(update(receipt_book).values(form="m1"))
    with desk_of(house, "a") as seller, desk_of(house, "cash") as cashier:
        paid = Payment(DEPOSIT, Method.CARD, "陈一帆")
        opening.subscribe(seller, house.asked("1-203", paid=paid, key="sale-sheet"), house.now)
        number, book = house.receipts()[-1][0], house.read(select(receipt_book))
        said = filling_text(receipt_filling(receipt_paper(cashier, number, house.now)))
        paper = PrintRequest("receipt", number, "收据", b"%PDF", form="m1", said=said)
        archive.keep(cashier, paper, house.now)
        again = replace(paper, reason="卡纸")
        with pytest.raises(SheetMissing):
            archive.keep(seller, again, house.now)
        on_next = BatchRequest((again,), sheet=OnSheet(SheetUse.NEXT, book.id, book.next))
        with pytest.raises(NotYours):
            archive.keep_on_sheets(seller, on_next, house.now)
        archive.keep_on_sheets(cashier, on_next, house.now)
        assert house.read(select(receipt_book)).next == book.next + 1
        assert [one.receipt for one in used_sheets(cashier)] == [number]
        kept = archive.last_print(seller, "receipt", number, house.now)
        assert kept is not None
        assert kept.said == read_filling(said)
    shift = "UPDATE receipt_book SET next = next + 1"
    refused(house, "a", opened(house, "a", Step.PRINT_PAPER), shift)
    refused(house, "cash", opened(house, "cash", Step.PRINT_PAPER), shift)
    with house.house.engine.connect() as line:
        assert broken(line) == []


def test_a_consultant_behind_the_doors_meets_a_buildings_floor_and_the_age_of_the_borrower(house: Estate) -> None:
    group, limits = building_group(1), {Role.CONSULTANT: Decimal("0.5")}
    less = (Discount("九折", DiscountKind.RATE, Decimal("0.93")),)
    loan = Loan(LoanKind.COMMERCIAL, yuan(500_000), 20, Decimal("0.03"))
    with desk_of(house, "boss") as boss, desk_of(house, "a") as desk:
        kept = offers.OffersRequest((), limits, house.today, floors={group: Decimal("0.95")})
        offers.keep(boss, kept, house.now)
        with pytest.raises(BelowFloorPrice) as refused_:
            opening.subscribe(desk, house.asked("1-103", terms=Terms(less, deposit=DEPOSIT)), house.now)
        terms = Terms(plan=STANDARD[PlanKind.MORTGAGE], loans=(loan,), deposit=DEPOSIT)
        asked = QuoteRequest(house.unit("1-103").id, terms, house.customers["陈一帆"])
        said = quote(desk, asked, house.today).warning
        offers.keep(boss, offers.OffersRequest((), DISCOUNT_LIMIT, house.today, floors={}), house.now)
    assert refused_.value.details["of"] == "1号楼"
    assert said is not None
    assert (said.details["longest"], house.state("1-103")) == (0, UnitState.FOR_SALE)


@pytest.mark.parametrize("who", ["a", "front", "lead"])
def test_a_registration_is_taken_back_through_the_doors(house: Estate, who: str) -> None:
    """Whoever took it takes it back, with the customer it made; a visit of another day no step takes off the record."""
    asked = VisitRequest(Contact.VISIT, CustomerFacts("谢一", ("13911112222",), "female"), channel="路过", answers=NEEDS,
                         consultant=house.people["a"].id, follow_up=house.today)  # fmt: skip
    with desk_of(house, who) as desk:
        came = register(desk, asked, house.now)
        done = take_back(desk, TakeBackRequest(came.visit, "登记错人"), house.now)
    assert (done.customer, done.gone) == (came.customer, True)
    assert house.all(select(visit).where(visit.c.id == came.visit)) == []
    assert house.all(select(customer).where(customer.c.id == came.customer)) == []


def test_a_visit_of_another_day_stays_whatever_is_sent_to_the_server(house: Estate) -> None:
    asked = VisitRequest(Contact.VISIT, CustomerFacts("谢二", ("13911113333",), "male"), channel="路过", answers=NEEDS,
                         consultant=house.people["a"].id)  # fmt: skip
    with desk_of(house, "front") as desk:
        came = register(desk, asked, house.now)
    door = f"SELECT doors.enter({house.people['front'].id}, '{Step.TAKE_BACK_VISIT}')"
    gone = f"DELETE FROM visit WHERE id = {came.visit}"
    house.put(update(visit).where(visit.c.id == came.visit).values(day=house.today - timedelta(days=1)))
    refused(house, "front", door, "DELETE FROM rota_event", gone)
    refused(house, "front", f"SELECT doors.enter({house.people['front'].id}, '{Step.REGISTER_VISIT}')", gone)


@pytest.fixture
def living(house: Estate) -> Iterator[Estate]:
    """The house once more, whose people come and go; afterwards everybody is again what the first one says."""
    url = house.house.url.set(database="life")
    prepare(url, None, 1, NOON)
    twin = open_house(url.render_as_string(hide_password=False))
    alone = EachAlone(twin, house.people, house.customers, house.now)
    for login in house.people:  # whoever has come in stays in, and yet may do nothing once off the list
        alone.desk(login).engine.connect().close()
    yield alone
    for engine in (twin.engine, *EachAlone.engines.values()):
        engine.dispose()
    with house.house.engine.begin() as line:
        accounts.refresh(line)


def test_no_deed_of_a_random_life_writes_beyond_its_doors(living: Estate) -> None:
    """It keeps to the server's own clock, which says how long a hold may be; sixty presses stay within its grace."""
    life = Life(living, Random(1), pauses=(1, 2, 5))
    life.live(60)
    assert life.wrong == [], "\n".join(life.log)
    assert life.acknowledged


def test_a_space_goes_with_the_home_of_ones_own_customers_and_with_a_colleagues_only_through_them(house: Estate) -> None:
    small, nothing = Terms(deposit=yuan(10_000)), {"paid": None}
    with desk_of(house, "plan") as planner:
        deeds.keep_unit(planner, kept(house, "P-001", bound_to="1-202"), house.now)
    opening.subscribe(house.desk("b"), house.asked("1-202", consultants=house.seller("b"), **nothing), house.now)
    asked = house.asked("P-001", terms=small, consultants=house.seller("a"), **nothing)
    with desk_of(house, "a") as desk, pytest.raises(AnnexOfOthers) as refusal:
        opening.subscribe(desk, asked, house.now)
    assert refusal.value.details["by"] == ("何雨",)
    with desk_of(house, "b") as desk:
        assert opening.subscribe(desk, replace(asked, consultants=house.seller("b")), house.now).deal


@pytest.mark.parametrize("become", [Role.VIEWER, Role.PLANNER, Role.RECEPTIONIST])
def test_whose_role_changed_at_an_open_desk_is_told_so_and_what_they_did_before_is_still_answered(
    house: Estate, become: Role
) -> None:
    house.subscribe("1-201")
    house.later(seconds=1)
    asked = ExtendRequest(*house.seen("1-201"), sign_by=house.today + timedelta(days=12), reason="客户要求", key=f"longer-{become}")
    one = house.people["office"]
    try:
        with desk_of(house, "office") as desk:
            first = signing.extend_signing(desk, asked, house.now)
            people.keep(house.desk(), PersonRequest(one.name, "office", become, id=one.id), house.now)
            assert signing.extend_signing(desk, asked, house.now) == first
            again = replace(asked, seen=first.revision, key=f"longer-still-{become}")
            with pytest.raises(RoleChanged) as refusal:
                signing.extend_signing(desk, again, house.now)
    finally:
        people.keep(house.desk(), PersonRequest(one.name, "office", one.role, id=one.id), house.now)
        closing.forfeit(house.desk(), CloseRequest(*house.seen("1-201"), "客户要求"), house.now)
    assert refusal.value.details == {"name": one.name, "role": become, "was": one.role}


# --- papers opened again


def letters(house: Estate, desk: Desk, day: int, count: int) -> list[tuple[str, str]]:
    """So many letters, printed in one job, with what they say."""
    said = Filling(PaperKind.DUNNING, "", "催款函", "云栖", house.now, "zh_CN", {"买受人姓名": "陈一帆"})
    asked = [PrintRequest("dunning", f"CK2026030{day}-{at}", "催款函", b"%PDF" + bytes([at]),
                          said=filling_text(said)) for at in range(count)]  # fmt: skip
    archive.keep_all(desk, BatchRequest(tuple(asked)), house.now)
    return [(one.kind, one.number) for one in asked]


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is said to the server meanwhile."""
    said: list[str] = []

    def hear(_line: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


def test_sixty_papers_are_opened_again_with_no_more_questions_than_two_and_the_history_hears_of_each(
    house: Estate,
) -> None:
    with desk_of(house, "boss") as desk:
        wanted, before = letters(house, desk, 2, 60), looks(house)
        with statements(desk.engine) as few:
            two = last_prints(desk, wanted[:2], house.now)
        with statements(desk.engine) as many:
            found = last_prints(desk, wanted, house.now)
    assert len(many) == len(few)
    assert (len(two), list(found)) == (2, wanted)
    assert {one.pdf for one in found.values()} == {b"%PDF" + bytes([at]) for at in range(60)}
    assert all(one.said is not None and one.said.fields == {"买受人姓名": "陈一帆"} for one in found.values())
    assert looks(house) == before + 62


def looks(house: Estate) -> int:
    """How often the history heard that somebody looks at a print."""
    told = select(func.count()).where(history.c.step == "reveal", history.c.subject == "paper")
    with house.house.engine.connect() as line:
        return line.scalar(told) or 0


def test_what_the_server_shows_a_person_to_none_is_left_out_of_what_they_open_and_kinds_of_others_are_refused(
    house: Estate,
) -> None:
    with desk_of(house, "boss") as boss, desk_of(house, "a") as seller, desk_of(house, "front") as front:
        wanted = letters(house, boss, 3, 2)
        mine = select(paper.c.id).where(paper.c.number.in_([number for _, number in wanted]))
        with house.house.engine.connect() as line:
            ids = list(line.scalars(mine))
        assert prints_as_they_were(seller, ids, house.now) == {}
        with pytest.raises(NotYours):
            last_prints(front, wanted, house.now)
