"""What nobody at a desk reads from a server as it stands: ID numbers, passwords, answers; tried from outside."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, text

from salescenter.data import customer_phones
from salescenter.data.customers import customer
from salescenter.data.history import history
from salescenter.data.server_rights.accounts import GROUP
from salescenter.data.server_rights.grants import HIDDEN
from salescenter.data.server_rights.scripts import LATE
from salescenter.data.tables import metadata
from salescenter.domain.masks import STARS, mask_id, mask_phone
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.scan import ScanFile, ScanForm
from salescenter.domain.phones import clean_phone
from salescenter.domain.refusals import NotFound, NotYours, UnderAge, WrongPassword
from salescenter.domain.units import Step
from salescenter.services import customers, people
from salescenter.services.customer_card import card
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.customers import CustomerChange, find
from salescenter.services.deals import opening
from salescenter.services.papers import archive
from salescenter.services.papers.contracts import subscription_paper
from salescenter.services.papers.example import example_paper
from salescenter.services.papers.scans import ScanRequest, attach, scan_data, scans
from salescenter.services.papers.trials import candidates
from salescenter.services.reception_rules import Contact
from salescenter.services.todo import TodoKind, todos
from salescenter.services.visits import VisitRequest, register
from tests.domain.test_scans import PNG
from tests.houses import Estate
from tests.services.server.guarded_house import WORD, desk_of, house, psql, refused, seen, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

NUMBER, BORN = "11010519491231002X", date(1949, 12, 31)
MASKED = mask_id(NUMBER)


@pytest.fixture(scope="module")
def owned(house: Estate) -> Estate:
    """A customer of each of two consultants, both with the same number."""
    for who, name, phone in (("a", "甲客", "13900000001"), ("b", "乙客", "13900000002")):
        house.customers[name] = known(house, name, phone, who)
    return house


def known(estate: Estate, name: str, phone: str, who: str, number: str = NUMBER, born: date = BORN) -> int:
    said = {
        "project_id": 1, "name": name, "phone_shown": mask_phone(phone), "sex": "female", "created": estate.now, "consent_at": estate.now,
        "id_kind": "resident", "id_number": number, "id_reversed": number[::-1], "birth": born,
        "owner_id": estate.people[who].id, "owned_since": estate.today, "won_by": "visit",
        "protected_until": estate.today + timedelta(days=30),
    }
    estate.put(insert(customer).values(said))
    key = int(estate.read(select(customer.c.id).where(customer.c.name == name))[0])
    with estate.house.engine.begin() as line:
        customer_phones.add(line, [(key, 0, clean_phone(phone))])
    return key


def kept(estate: Estate, number: int) -> tuple[object, ...]:
    """What stands in the customer's row, as the owner of the tables reads it."""
    stmt = select(customer.c.id_number, customer.c.birth, customer.c.sex, customer.c.note)
    return tuple(estate.read(stmt.where(customer.c.id == number)))


def looks(estate: Estate, number: int) -> int:
    """How often somebody looked behind the masks of a customer."""
    told = select(history.c.id).where(history.c.customer_id == number, history.c.step == Step.REVEAL)
    return len(estate.all(told))


# --- refused


def test_every_column_is_everybodys_to_read_or_named_as_hidden(house: Estate) -> None:
    asked = text("SELECT has_column_privilege(:group, :table, :column, 'SELECT')")
    with house.house.engine.connect() as line:
        refused_ = {
            (table.name, column.name)
            for table in metadata.tables.values()
            for column in table.columns
            if not line.scalar(asked, {"group": GROUP, "table": table.name, "column": column.name})
        }
    assert refused_ == {
        ("person", "password"), ("customer", "id_number"), ("customer", "id_reversed"), ("customer", "birth"),
        ("customer_phone", "digits"), ("phone_tail", "tail"), ("phone_tail", "customer_id"),
        ("paper", "pdf"), ("paper", "said"), ("answered", "key"), ("answered", "deed"), ("answered", "answer"), ("answered", "at"),
        ("paper_words", "words"), ("paper_words", "grams"), ("scan_bytes", "data"),
        ("unit", "floor_total"),
    }
    assert {(table, column) for table, columns in HIDDEN.items() for column in columns} == refused_


READINGS = (
    "SELECT password FROM person", "SELECT * FROM person", "SELECT answer FROM answered", "SELECT * FROM answered",
    "SELECT id_number FROM customer", "SELECT id_reversed FROM customer", "SELECT birth FROM customer",
    "SELECT pdf FROM paper", "SELECT said FROM paper", "SELECT words FROM paper_words", "SELECT grams FROM finding.paper", "SELECT * FROM customer", "SELECT c FROM customer AS c", "SELECT 1 FROM customer WHERE id_number LIKE '1%'",
    "SELECT id FROM customer ORDER BY birth", "COPY customer (id_number) TO STDOUT",
    "UPDATE customer SET revision = revision RETURNING id_number", "UPDATE customer SET id_number = id_number",
)  # fmt: skip


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("login", ["a", "front", "boss"])
def test_nobody_reads_hidden_columns_from_outside(owned: Estate, login: str, reading: str) -> None:
    refused(owned, login, reading)


def test_a_server_masks_as_the_program_does(house: Estate) -> None:
    numbers = (NUMBER, "110105491231002", "E12345678", "12345", "1234", "12", "1", "", "91430100MA0SAMPLE1")
    with psql(house, "a") as line:
        for number in numbers:
            assert line.execute("SELECT doors.masked(%s)", (number,)).fetchone() == (mask_id(number),)


def test_from_outside_a_number_is_masked_and_anothers_is_none_at_all(owned: Estate) -> None:
    mine, other = owned.customers["甲客"], owned.customers["乙客"]
    assert seen(owned, "a", f"SELECT doors.id_number({mine})") == {MASKED}
    assert seen(owned, "a", f"SELECT doors.birth({mine})") == {None}
    for function in ("id_number", "birth", "age"):
        assert seen(owned, "a", f"SELECT doors.{function}({other})") == {None}
    assert seen(owned, "front", f"SELECT doors.id_number({other})") == {MASKED}


# --- looked at, and told


def told(estate: Estate, login: str, number: int) -> str:
    return (
        "INSERT INTO history (project_id, at, person_id, pc, step, subject, subject_id, customer_id) VALUES "
        f"(1, (extract(epoch FROM now()) * 1000)::bigint, {estate.people[login].id}, '', 'reveal', 'customer', "
        f"{number}, {number})"
    )


def test_a_line_that_could_still_be_taken_back_shows_nothing(owned: Estate) -> None:
    mine = owned.customers["甲客"]
    for around in (("", ""), ("SAVEPOINT s", "RELEASE s"), ("SAVEPOINT s", "ROLLBACK TO s")):
        with psql(owned, "a") as line:
            line.execute(f"SELECT doors.enter({owned.people['a'].id}, '')".encode())
            for order in (around[0], told(owned, "a", mine), around[1]):
                if order:
                    line.execute(order.encode())
            assert line.execute(f"SELECT doors.id_number({mine})".encode()).fetchone() == (MASKED,)
            line.rollback()


def test_a_receptionist_who_tells_the_history_sees_no_more_for_it(owned: Estate) -> None:
    mine = owned.customers["甲客"]
    with psql(owned, "front") as line:
        line.execute(f"SELECT doors.enter({owned.people['front'].id}, '')".encode())
        line.execute(told(owned, "front", mine).encode())
        line.commit()
    assert seen(owned, "front", f"SELECT doors.id_number({mine})") == {MASKED}
    with desk_of(owned, "front") as desk, pytest.raises(NotYours):
        customers.reveal(desk, mine, owned.now)


def test_looking_behind_the_mask_leaves_a_line_each_time(owned: Estate) -> None:
    mine = known(owned, "己客", "13900000007", "a")  # whoever has looked sees the number for a while
    other = known(owned, "庚客", "13900000008", "b")
    for login, number in (("a", mine), ("boss", other), ("office", mine)):
        before = looks(owned, number)
        with desk_of(owned, login) as desk:
            assert customers.reveal(desk, number, owned.now).id_number == NUMBER
        assert looks(owned, number) == before + 1
    with desk_of(owned, "a") as desk, pytest.raises(NotFound):
        customers.reveal(desk, other, owned.now)


# --- the program goes on


def test_the_card_is_masked_and_says_the_age(owned: Estate) -> None:
    with desk_of(owned, "front") as desk:
        shown = card(desk, owned.customers["甲客"], owned.today)
    assert (shown.id_number, shown.birth) == (MASKED, None)
    assert shown.age == owned.today.year - 1950 + (owned.today >= date(owned.today.year, 12, 31))


@pytest.mark.parametrize(("said", "who"), [
    ("002X", {"甲客"}), (NUMBER, {"甲客"}), ("1231002X", set()), ("2X", set()), ("9X", set()),
])  # fmt: skip
def test_a_number_is_found_by_its_end_or_whole_never_bit_by_bit(owned: Estate, said: str, who: set[str]) -> None:
    with desk_of(owned, "a") as desk:
        assert {hint.name for hint in find(desk, said, limit=99)} & {"甲客", "乙客"} == who


def test_what_is_changed_or_added_leaves_the_number_as_it_was(owned: Estate) -> None:
    mine = known(owned, "丙客", "13900000003", "a")
    with desk_of(owned, "a") as desk:
        shown = card(desk, mine, owned.today)
        customers.change(desk, CustomerChange(mine, shown.seen, {"note": "要高层"}), owned.now)
    assert kept(owned, mine) == (NUMBER, BORN, "female", "要高层")
    with desk_of(owned, "front") as desk:
        facts = CustomerFacts("丙客", ("13900000003",), id_number="110105197001010016", level="B")
        register(desk, VisitRequest(Contact.CALL_IN, facts, consent="同意", channel="路过"), owned.now)
    assert kept(owned, mine)[:3] == (NUMBER, BORN, "female")


def test_the_history_never_holds_a_whole_number(owned: Estate) -> None:
    mine = known(owned, "丁客", "13900000004", "a")
    with desk_of(owned, "a") as desk:
        shown = card(desk, mine, owned.today)
        asked = CustomerChange(mine, shown.seen, {"id_kind": "passport", "id_number": "E12345678"})
        customers.change(desk, asked, owned.now)
    assert kept(owned, mine)[0] == "E12345678"
    found = owned.read(select(history.c.before, history.c.after).where(history.c.customer_id == mine))
    assert "12345" not in str(found)
    assert "E1*****78" in str(found)
    assert MASKED in str(found)


def test_a_child_without_a_guardian_buys_nothing_though_the_day_is_not_said(owned: Estate) -> None:
    born = owned.today.replace(year=owned.today.year - 10, day=1)
    owned.customers["小客"] = known(owned, "小客", "13900000005", "a", f"110105{born:%Y%m%d}0010", born)
    parties = {"buyers": owned.buyer("小客"), "consultants": owned.seller("a")}
    with desk_of(owned, "a") as desk, pytest.raises(UnderAge) as no:
        opening.subscribe(desk, owned.asked("1-202", **parties), owned.now)
    assert no.value.details["birth"] == STARS


def test_a_subscription_is_printed_whole_and_told_and_an_example_is_not(owned: Estate) -> None:
    mine = known(owned, "戊客", "13900000006", "a")
    owned.customers["戊客"] = mine
    parties = {"buyers": owned.buyer("戊客"), "consultants": owned.seller("a")}
    with desk_of(owned, "a") as desk:
        register(desk, VisitRequest(Contact.CALL_IN, CustomerFacts(), customer=mine, channel="路过"), owned.now)
        sold = opening.subscribe(desk, owned.asked("1-203", **parties), owned.now)
        real = next(one for one in candidates(desk, "subscription") if one.deal == sold.deal)
        example = example_paper(desk, "subscription", "", owned.now, real)
        assert MASKED in {buyer.id_number for buyer in example.terms.buyers}
        before = looks(owned, mine)
        paper = subscription_paper(desk, sold.deal, owned.now)
        request = archive.PrintRequest("subscription", paper.number, "认购书", b"%PDF whole", deal=sold.deal)
        number = archive.keep(desk, request, owned.now).paper
        assert archive.as_it_was(desk, number, owned.now) == b"%PDF whole"
    assert [buyer.id_number for buyer in paper.terms.buyers] == [NUMBER]
    assert looks(owned, mine) == before + 1


def test_the_to_dos_that_ask_for_printed_papers_go_on(house: Estate) -> None:
    for login in ("office", "a", "boss"):
        with desk_of(house, login) as desk:
            assert TodoKind.SCAN_MISSING not in {one.kind for one in todos(desk, house.now)}


def looked(estate: Estate, about: str, number: int) -> list[int]:
    """Who looked at a paper or a scan, in the order of it."""
    h = history.c
    told_ = select(h.person_id).where(h.subject == about, h.subject_id == number, h.step == Step.REVEAL)
    return [int(row[0]) for row in estate.all(told_.order_by(h.id))]


def says(estate: Estate, login: str, about: str, number: int, ago: int = 0) -> str:
    """A line of the history, told so many milliseconds ago, of a look at a paper or a scan."""
    return (
        "INSERT INTO history (project_id, at, person_id, pc, step, subject, subject_id) VALUES (1, (extract(epoch "
        f"FROM now()) * 1000)::bigint - {ago}, {estate.people[login].id}, '', 'reveal', '{about}', {number})"
    )


def issued(estate: Estate, name: str, phone: str, code: str) -> tuple[int, str, int]:
    """A consultant's sale and its agreement; printed by the back office, so that no line about it is the consultant's.

    Returns the deal, its number and the paper's id.
    """
    estate.customers[name] = known(estate, name, phone, "a")
    parties = {"buyers": estate.buyer(name), "consultants": estate.seller("a")}
    with desk_of(estate, "a") as desk:
        register(desk, VisitRequest(Contact.CALL_IN, CustomerFacts(), customer=estate.customers[name], channel="路过"),
                 estate.now)  # fmt: skip
        sold = opening.subscribe(desk, estate.asked(code, **parties), estate.now)
    with desk_of(estate, "office") as desk:
        asked = archive.PrintRequest("subscription", sold.number, "认购书", b"%PDF whole", deal=sold.deal)
        return sold.deal, sold.number, archive.keep(desk, asked, estate.now).paper


def test_from_outside_a_paper_of_ones_own_deal_is_given_only_to_who_told_that_they_look(owned: Estate) -> None:
    _, _, number = issued(owned, "辛客", "13900000011", "1-101")
    pdf, said = f"SELECT doors.paper_pdf({number})", f"SELECT doors.paper_said({number})"
    for login in ("a", "boss", "lead", "cash", "front", "plan", "b"):
        assert seen(owned, login, pdf) == seen(owned, login, said) == {None}, login
    assert seen(owned, "office", said) == {""}
    assert seen(owned, "office", pdf) == {b"%PDF whole"}  # whose printing the history tells
    with desk_of(owned, "a") as desk:
        assert archive.as_it_was(desk, number, owned.now) == b"%PDF whole"
    assert looked(owned, "paper", number) == [owned.people["a"].id]
    assert seen(owned, "a", pdf) == {b"%PDF whole"}
    assert seen(owned, "boss", pdf) == {None}  # it was another who told


def test_a_line_about_a_paper_that_could_still_be_taken_back_or_is_old_shows_nothing(owned: Estate) -> None:
    _, _, number = issued(owned, "壬客", "13900000012", "1-102")
    for around in (("", ""), ("SAVEPOINT s", "RELEASE s"), ("SAVEPOINT s", "ROLLBACK TO s")):
        with psql(owned, "a") as line:
            line.execute(f"SELECT doors.enter({owned.people['a'].id}, '')".encode())
            for order in (around[0], says(owned, "a", "paper", number), around[1]):
                if order:
                    line.execute(order.encode())
            assert line.execute(f"SELECT doors.paper_pdf({number})".encode()).fetchone() == (None,)
            line.rollback()
    owned.put(text(says(owned, "a", "paper", number, ago=LATE + 1000)))
    owned.put(text(says(owned, "a", "unit", number)))  # about another thing of this number
    assert seen(owned, "a", f"SELECT doors.paper_pdf({number})") == {None}


def test_telling_gives_nobody_a_paper_that_is_not_theirs_to_open(owned: Estate) -> None:
    _, _, number = issued(owned, "癸客", "13900000013", "1-103")
    for login in ("front", "b"):
        with psql(owned, login) as line:
            line.execute(f"SELECT doors.enter({owned.people[login].id}, '')".encode())
            line.execute(says(owned, login, "paper", number).encode())
            line.commit()
        assert seen(owned, login, f"SELECT doors.paper_pdf({number})") == {None}
    before = looked(owned, "paper", number)
    for login, refusal in (("front", NotYours), ("b", NotFound)):
        with desk_of(owned, login) as desk, pytest.raises(refusal):
            archive.as_it_was(desk, number, owned.now)
    assert looked(owned, "paper", number) == before


def test_a_paper_taken_out_or_printed_again_is_told_and_given(owned: Estate) -> None:
    deal, name, number = issued(owned, "子客", "13900000014", "1-201")
    with desk_of(owned, "a") as desk:
        assert archive.take_out(desk, number, owned.now) == b"%PDF whole"
        again = archive.PrintRequest("subscription", name, "认购书", b"%PDF again", deal=deal, reason="客户遗失")
        other = archive.keep(desk, again, owned.now).paper
    assert seen(owned, "a", f"SELECT doors.paper_pdf({other})") == {b"%PDF again"}
    assert looked(owned, "paper", number) == looked(owned, "paper", other) == []


def test_a_scan_is_given_only_to_who_told_that_they_look(owned: Estate) -> None:
    deal, name, _ = issued(owned, "丑客", "13900000015", "1-S1")
    with desk_of(owned, "office") as desk:
        attach(desk, ScanRequest(deal, PaperKind.SUBSCRIPTION, name, (ScanFile("scan.png", PNG),)), owned.now)
        (row,) = scans(desk, deal)
    data = f"SELECT doors.scan_data({row.id})"
    for login, got in (("a", None), ("boss", None), ("front", None), ("b", None), ("office", PNG)):
        assert seen(owned, login, data) == {got}, login
    with desk_of(owned, "a") as desk:
        assert scan_data(desk, row.id, owned.now) == (ScanForm.PNG, PNG)
    assert looked(owned, "scan", row.id) == [owned.people["a"].id]
    assert seen(owned, "a", data) == {PNG}


def test_the_list_of_people_and_ones_own_password_go_on(house: Estate) -> None:
    with desk_of(house, "boss") as boss:
        assert all(row.has_password for row in people.people(boss) if row.login == "a")
    other = house.people["b"].id
    assert seen(house, "a", f"SELECT doors.hash_of({other})") == {None}
    with desk_of(house, "guest") as guest:
        with pytest.raises(WrongPassword):
            people.change_own_password(guest, "not mine", "another one", house.now)
        people.change_own_password(guest, WORD, "another one", house.now)
    with desk_of(house, "boss") as boss:
        people.set_password(boss, people.PasswordRequest(house.people["guest"].id, WORD), house.now)
