"""Phones of customers behind a server's doors: whole only to who told the history, found by role; tried from outside."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from salescenter.data.customer_phones import first_phone
from salescenter.data.customers import customer, customer_phone, phone_tail
from salescenter.data.history import history
from salescenter.data.staff import person
from salescenter.data.visits import visit
from salescenter.domain.masks import mask_phone
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.form import FormPaper
from salescenter.domain.receipts import Method
from salescenter.domain.refusals import NotYours
from salescenter.domain.report_periods import Span
from salescenter.domain.units import Step
from salescenter.services import customers
from salescenter.services.customer_card import card
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.customers import CustomerChange, find
from salescenter.services.deals import opening, signing
from salescenter.services.deals.requests import Payment, SignRequest, StepRequest
from salescenter.services.importing.visit_store import _known_people
from salescenter.services.papers.house import Wish, house_paper
from salescenter.services.papers.receipts import receipt_paper, untold_receipt
from salescenter.services.past_visits import PastVisit, record_past
from salescenter.services.reception_rules import Contact
from salescenter.services.reports.listings import ListAsked, ListKind
from salescenter.services.reports.lists import figure_list
from salescenter.services.taking_back import TakeBackRequest, take_back
from salescenter.services.visits import VisitRequest, register
from tests.houses import DEPOSIT, PEOPLE, Estate
from tests.services.owned import known
from tests.services.server.guarded_house import desk_of, house, opened, psql, refused, seen, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

MINE, OTHERS = "13987650001", "13987650002"


@pytest.fixture(scope="module")
def owned(house: Estate) -> Estate:
    """A customer of each of two consultants, one of them in the supervisor's team."""
    house.put(update(person).where(person.c.login.in_(("lead", "a"))).values(team="一组"))
    for who, name, phone in (("a", "甲客", MINE), ("b", "乙客", OTHERS)):
        house.customers[name] = known(house, name, phone, house.people[who].id)
    return house


def somebody(estate: Estate, name: str, phone: str, who: str = "a") -> int:
    """A customer whom only one test knows."""
    return known(estate, name, phone, estate.people[who].id)


def phones(estate: Estate, number: int) -> list[str]:
    """A customer's phones as they stand, the first one first."""
    c = customer_phone.c
    return [row[0] for row in estate.all(select(c.digits).where(c.customer_id == number).order_by(c.position, c.id))]


def tails(estate: Estate, number: int) -> set[str]:
    return {row[0] for row in estate.all(select(phone_tail.c.tail).where(phone_tail.c.customer_id == number))}


def looks(estate: Estate, subject: str, number: int) -> list[int]:
    """Who looked behind the masks of something, in the order of it."""
    h = history.c
    told = select(h.person_id).where(h.subject == subject, h.subject_id == number, h.step == Step.REVEAL)
    return [int(row[0]) for row in estate.all(told.order_by(h.id))]


# --- from outside


READINGS = (
    "SELECT digits FROM customer_phone", "SELECT * FROM customer_phone", "SELECT p FROM customer_phone AS p",
    "SELECT 1 FROM customer_phone WHERE digits LIKE '139%'", "SELECT id FROM customer_phone ORDER BY digits",
    "SELECT tail FROM phone_tail", "SELECT count(*) FROM phone_tail", "SELECT customer_id FROM phone_tail",
    "COPY customer_phone (digits) TO STDOUT", "UPDATE customer_phone SET position = position RETURNING digits",
    "UPDATE customer_phone SET digits = digits", "DELETE FROM phone_tail",
    "INSERT INTO phone_tail VALUES ('1', 1) ON CONFLICT (tail, customer_id) DO NOTHING",
)  # fmt: skip


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("login", ["guest", "cash", "front", "a", "boss"])
def test_nobody_reads_phones_as_they_stand(owned: Estate, login: str, reading: str) -> None:
    refused(owned, login, reading)


@pytest.mark.parametrize("login", [login for login, *_ in PEOPLE])
def test_no_table_and_no_history_tells_a_whole_phone_to_anybody(owned: Estate, login: str) -> None:
    columns = (
        "SELECT attrelid::regclass::text, string_agg(quote_ident(attname), ', ') FROM pg_attribute JOIN pg_class "
        "ON pg_class.oid = attrelid WHERE relkind IN ('r', 'v', 'm') AND attnum > 0 AND NOT attisdropped AND "
        "relnamespace::regnamespace::text IN ('public', 'doors', 'finding') AND "
        "has_schema_privilege(relnamespace, 'USAGE') AND has_column_privilege(attrelid, attnum, 'SELECT') GROUP BY 1"
    )
    with psql(owned, login) as line:
        readable = {str(table): str(names) for table, names in line.execute(columns.encode())}
        said = {
            table: str(line.execute(f"SELECT concat_ws(' ', {names}) FROM {table}".encode()).fetchall())
            for table, names in readable.items()
        }
    assert {"customer", "customer_phone", "history"} <= said.keys()
    assert [table for table, words in said.items() if MINE in words or OTHERS in words] == []


@pytest.mark.parametrize("login", ["guest", "cash", "front", "a", "boss"])
def test_functions_tell_masks_and_of_another_consultants_nothing(owned: Estate, login: str) -> None:
    mine, other = owned.customers["甲客"], owned.customers["乙客"]
    line = f"SELECT doors.phone_line(id) FROM customer_phone WHERE customer_id = {mine}"
    assert seen(owned, login, f"SELECT doors.phone({mine})") == seen(owned, login, line) == {mask_phone(MINE)}
    assert seen(owned, login, f"SELECT doors.phone({other})") == {None if login == "a" else mask_phone(OTHERS)}


@pytest.mark.parametrize("login", ["guest", "cash", "front", "a", "title"])
def test_nobody_gets_a_list_of_phones_who_did_not_tell_of_it(owned: Estate, login: str) -> None:
    one = f"SELECT digits FROM doors.phones_listed(1, ARRAY[{owned.customers['甲客']}::bigint])"
    assert seen(owned, login, one) == set()


ASKED = ("9876", "876500", "0001", MINE)


@pytest.mark.parametrize(("login", "found"), [
    ("front", (2, 2, 1, 1)), ("boss", (2, 2, 1, 1)), ("a", (1, 1, 1, 1)), ("b", (1, 1, 0, 0)),
    ("cash", (0, 0, 1, 1)), ("title", (0, 0, 1, 1)), ("guest", (0, 0, 1, 1)), ("plan", (0, 0, 1, 1)),
])  # fmt: skip
def test_who_registers_finds_by_any_part_and_others_by_what_they_see(
    owned: Estate, login: str, found: tuple[int, ...]
) -> None:
    both = {owned.customers["甲客"], owned.customers["乙客"]}
    with desk_of(owned, login) as desk:
        assert tuple(len({hint.id for hint in find(desk, text, 99)} & both) for text in ASKED) == found


@pytest.mark.parametrize("part", ["", "1", "39", "%", "398765000"])
def test_shorter_or_longer_parts_find_nothing_for_who_does_not_register(owned: Estate, part: str) -> None:
    asked = f"SELECT * FROM doors.with_phone_part(1, '{part}', '139****0001', 99)"
    assert seen(owned, "cash", asked) == set()


def test_whole_numbers_are_recognised_for_who_registers_or_imports(owned: Estate) -> None:
    asked = f"SELECT digits FROM doors.having_phones(1, ARRAY['{MINE}', '{OTHERS}', '1398765'])"
    for login, found in (("front", {MINE, OTHERS}), ("plan", {MINE, OTHERS}), ("a", {MINE}), ("cash", set()),
                         ("guest", set()), ("title", set())):  # fmt: skip
        assert seen(owned, login, asked) == found


def test_nobody_makes_a_number_unfindable_but_within_the_step_that_keeps_customers(owned: Estate) -> None:
    mine = owned.customers["甲客"]
    gone = f"SELECT doors.forget_tails({mine}, ARRAY(SELECT id FROM customer_phone WHERE customer_id = {mine}))"
    for login in ("a", "front", "cash", "b"):
        seen(owned, login, gone)
    with psql(owned, "b") as line:  # who has the step, but does not see the customer
        line.execute(opened(owned, "b", Step.REGISTER_VISIT).encode())
        line.execute(f"SELECT doors.forget_tails({mine}, ARRAY(SELECT id FROM customer_phone))".encode())
        line.commit()
    assert MINE in tails(owned, mine)


@pytest.mark.parametrize("order", [
    "INSERT INTO customer_phone (customer_id, position, digits, shown, well_formed) VALUES ({}, 1, '1', '*', true)",
    "INSERT INTO phone_tail VALUES ('0002', {})",
])  # fmt: skip
def test_nobody_puts_a_number_to_a_colleagues_customer_or_learns_so_that_it_is_theirs(
    owned: Estate, order: str
) -> None:
    refused(owned, "a", opened(owned, "a", Step.REGISTER_VISIT), order.format(owned.customers["乙客"]))


# --- told, and then whole


def test_a_look_tells_phones_whole_and_leaves_a_line(owned: Estate) -> None:
    number = somebody(owned, "丙客", "13987650003")
    asked = f"SELECT doors.phone({number})"
    for login in ("a", "boss", "office"):
        with desk_of(owned, login) as desk:
            assert customers.reveal(desk, number, owned.now).phones == ("13987650003",)
        assert seen(owned, login, asked) == {"13987650003"}
    assert looks(owned, "customer", number) == [owned.people[login].id for login in ("a", "boss", "office")]
    with desk_of(owned, "front") as desk, pytest.raises(NotYours):
        customers.reveal(desk, number, owned.now)
    assert seen(owned, "front", asked) == seen(owned, "cash", asked) == {"139****0003"}


def test_a_list_of_phones_is_whole_for_who_told_that_they_look_at_it(owned: Estate) -> None:
    asked = ListAsked(ListKind.CONTACTS, Span(owned.today, owned.today), "visit")
    with desk_of(owned, "guest") as desk:
        masked = {str(line.cells[2]) for line in figure_list(desk, asked, owned.now).lines}
    assert {"139****0001", "139****0002"} <= masked
    assert not any(phone.isdigit() for phone in masked)
    before = looks(owned, "list", 1)
    with desk_of(owned, "lead") as desk:
        whole = {str(line.cells[2]) for line in figure_list(desk, asked, owned.now).lines}
    assert MINE in whole
    assert OTHERS not in whole
    with desk_of(owned, "boss") as desk:
        whole = {str(line.cells[2]) for line in figure_list(desk, asked, owned.now).lines}
    assert {MINE, OTHERS} <= whole
    assert looks(owned, "list", 1) == [*before, owned.people["lead"].id, owned.people["boss"].id]


def test_a_consultant_who_tells_of_a_list_gets_no_phones_for_it(owned: Estate) -> None:
    with desk_of(owned, "a") as desk, desk.working(owned.now) as work:
        work.note(Step.REVEAL, "list", 1)
    one = f"SELECT digits FROM doors.phones_listed(1, ARRAY[{owned.customers['甲客']}::bigint])"
    assert seen(owned, "a", one) == set()


def test_a_receipt_says_its_payers_phone_whole_and_the_history_tells_it(owned: Estate) -> None:
    number = owned.customers["丁客"] = somebody(owned, "丁客", "13987650004")
    paid = Payment(DEPOSIT, Method.CARD, "丁客")
    parties = {"buyers": owned.buyer("丁客"), "consultants": owned.seller("a")}
    with desk_of(owned, "a") as desk:
        opening.subscribe(desk, owned.asked("1-101", paid=paid, **parties), owned.now)
    receipt = owned.receipts()[-1][0]
    with desk_of(owned, "cash") as desk:
        assert untold_receipt(desk, receipt, owned.now).phone == "139****0004"
        assert looks(owned, "customer", number) == []
        assert receipt_paper(desk, receipt, owned.now).phone == "13987650004"
    assert looks(owned, "customer", number) == [owned.people["cash"].id]


# --- kept


def test_a_phone_that_was_not_typed_anew_stays_as_it_is(owned: Estate) -> None:
    number = somebody(owned, "戊客", "13987650005")
    for changed, left in (
        ({"note": "要高层"}, ["13987650005"]),
        ({"phones": ("139****0005", "13987650105")}, ["13987650005", "13987650105"]),
        ({"phones": ("13987650105", "13987650005")}, ["13987650105", "13987650005"]),
        ({"phones": ("13987650205", "139****0005")}, ["13987650205", "13987650005"]),
    ):
        with desk_of(owned, "a") as desk:
            customers.change(desk, CustomerChange(number, card(desk, number, owned.today).seen, changed), owned.now)
            shown = card(desk, number, owned.today)
        assert phones(owned, number) == left
        assert tuple(phone.text for phone in shown.phones) == tuple(map(mask_phone, left))
        assert owned.read(select(customer.c.phone_shown).where(customer.c.id == number))[0] == mask_phone(left[0])
    assert {"0205", "0005"} <= tails(owned, number)
    assert "0105" not in tails(owned, number)
    assert len(tails(owned, number)) == len({"13987650205"[at:] for at in range(9)} | {"13987650005"[at:] for at in range(9)})


def test_what_a_registration_says_newly_is_added_and_taken_back_and_never_told_whole(owned: Estate) -> None:
    number = somebody(owned, "己客", "13987650006")
    facts = CustomerFacts("己客", ("13987650006", "13987650106"))
    with desk_of(owned, "front") as desk:
        came = register(desk, VisitRequest(Contact.CALL_IN, facts, channel="路过"), owned.now)
        assert (came.customer, phones(owned, number)) == (number, ["13987650006", "13987650106"])
        take_back(desk, TakeBackRequest(came.visit, "登记错人"), owned.now)
    assert phones(owned, number) == ["13987650006"]
    assert "0106" not in tails(owned, number)
    said = str(owned.all(select(history.c.before, history.c.after)))
    assert "1398765" not in said


def test_a_colleagues_customer_is_met_by_a_whole_number_and_gets_what_is_new(owned: Estate) -> None:
    number = somebody(owned, "庚客", "13987650007", "b")
    facts = CustomerFacts("庚客", ("13987650007", "13987650107"))
    with desk_of(owned, "a") as desk:
        came = register(desk, VisitRequest(Contact.VISIT, facts, channel="路过"), owned.now)
    assert (came.customer, phones(owned, number)) == (number, ["13987650007", "13987650107"])
    with desk_of(owned, "a") as desk:
        assert find(desk, "13987650107") == ()


def test_a_ledger_is_laid_over_the_customers_that_are_there(owned: Estate) -> None:
    number = somebody(owned, "辛客", "13987650008")
    row = PastVisit(owned.now - timedelta(days=9), name="辛客", phone="13987650008")
    with desk_of(owned, "plan") as desk:
        with desk.reading() as line:
            assert _known_people(line, 1, ["13987650008"]) == {"13987650008": number}
        with desk.working(owned.now, step=Step.IMPORT) as work:
            assert record_past(work, [row]).people == (number,)
    assert owned.all(select(visit.c.id).where(visit.c.customer_id == number, visit.c.at == row.at))


def test_the_owner_of_the_house_reads_everything(owned: Estate) -> None:
    stmt = select(first_phone).select_from(customer).where(customer.c.id == owned.customers["甲客"])
    assert owned.read(stmt)[0] == MINE


def test_a_new_phone_beside_another_that_ends_alike_is_found_and_gone_alone(owned: Estate) -> None:
    number = somebody(owned, "壬客", "13987650009")
    owned.put(insert(customer_phone).values(customer_id=number, digits="13787650009", shown="137****0009", position=1))
    with desk_of(owned, "a") as desk:
        shown = card(desk, number, owned.today)
        asked = CustomerChange(number, shown.seen, {"phones": ("137****0009",)})
        customers.change(desk, asked, owned.now)
    assert phones(owned, number) == ["13787650009"]
    assert {"0009", "87650009"} <= tails(owned, number)
    assert not {"13987650009", "987650009"} & tails(owned, number)


def test_the_list_for_the_registry_says_phones_whole_to_who_makes_it_and_the_history_tells_it(owned: Estate) -> None:
    owned.customers["癸客"] = somebody(owned, "癸客", "13987650010")
    parties = {"buyers": owned.buyer("癸客"), "consultants": owned.seller("a")}
    paid = Payment(DEPOSIT, Method.CARD, "癸客")
    with desk_of(owned, "a") as desk:
        opening.subscribe(desk, owned.asked("1-203", paid=paid, **parties), owned.now)
    with desk_of(owned, "office") as desk:
        signing.draft(desk, StepRequest(*owned.seen("1-203")), owned.now)
        signing.sign(desk, SignRequest(*owned.seen("1-203"), "YX-10"), owned.now)
        before = looks(owned, "list", 1)
        paper = house_paper(desk, Wish(PaperKind.FILING, 1, owned.today), owned.now)
    assert isinstance(paper, FormPaper)
    assert "13987650010" in {cell for row in paper.sections[1].rows for cell in row.cells}
    assert looks(owned, "list", 1) == [*before, owned.people["office"].id]
