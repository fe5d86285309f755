"""A server holds every person to the house's rules: tried from outside, with a consultant's own name and password."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import ClassVar

import psycopg
import pytest
from sqlalchemy import Engine, insert, select, update

from salescenter.data.customers import customer, customer_phone, phone_tail
from salescenter.data.engine import address, open_engine
from salescenter.data.server_rights import accounts
from salescenter.data.server_rights.accounts import GROUP, group_of
from salescenter.data.server_rights.grants import UNWATCHED
from salescenter.data.server_rights.rows import SEEN
from salescenter.data.server_rights.watches import watches
from salescenter.data.staff import person
from salescenter.data.tables import metadata
from salescenter.data.types import CHINA
from salescenter.data.visits import visit
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import FieldMalformed, LoginTaken
from salescenter.domain.staff import Role, may
from salescenter.domain.units import Step, UnitState
from salescenter.services import people, upkeep
from salescenter.services.check import broken
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.deals import holds, opening, signing
from salescenter.services.deals.holds import HoldRequest
from salescenter.services.deals.requests import Payment, SignRequest, StepRequest
from salescenter.services.house import hashed, open_house
from salescenter.services.payments import receipts
from salescenter.services.payments.receipts import ReceiveRequest
from salescenter.services.reception_rules import Contact
from salescenter.services.server.preparing import give_account, prepare
from salescenter.services.visits import VisitRequest, register
from salescenter.services.work import Desk
from tests.houses import DEPOSIT, NOON, PEOPLE, Estate, found, yuan
from tests.pair import Member, guarded
from tests.services.histories import Life

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")
WORD = "open sesame"
HASH = hashed(WORD)


@pytest.fixture(scope="module")
def server() -> Iterator[Member]:
    """A server that asks everybody but its owner for a password."""
    with guarded() as one:
        one.let_in("host all all 127.0.0.1/32 scram-sha-256")
        yield one


@pytest.fixture(scope="module")
def house(server: Member) -> Iterator[Estate]:
    """The house on it, prepared, with an account for everybody; seen by the server's owner."""
    server.order("CREATE DATABASE house TEMPLATE template0")
    where = f"postgresql://sales@127.0.0.1:{server.port}/house"
    estate = found(where)
    estate.now = datetime.now(CHINA)
    prepare(address(where), None, 1, NOON)
    give_account(address(where), "boss", WORD)
    with estate.house.engine.begin() as line:
        for login, _, _ in PEOPLE[1:]:
            accounts.set_password(line, estate.people[login].id, login, WORD, HASH)
    estate.house.close()
    server.order("CREATE DATABASE life TEMPLATE house")
    yield estate
    estate.house.close()


@contextmanager
def desk_of(estate: Estate, login: str) -> Iterator[Desk]:
    """A desk whose connection is this person's own."""
    at = estate.house.url.set(username=login, password=WORD).render_as_string(hide_password=False)
    house = open_house(at)
    try:
        yield house.log_in(login, WORD)
    finally:
        house.close()


def psql(estate: Estate, login: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection from outside the program."""
    url = estate.house.url
    return psycopg.connect(host=url.host, port=url.port, dbname=url.database, user=login, password=WORD)


def refused(estate: Estate, login: str, *orders: str) -> None:
    """Each of them is refused to this person, said in one work with the others before it or alone."""
    with psql(estate, login) as line:
        for order in orders[:-1]:
            line.execute(order.encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            finish(line, orders[-1])
        line.rollback()


def finish(line: psycopg.Connection[tuple[object, ...]], order: str) -> None:
    line.execute(order.encode())
    line.commit()


# --- accounts follow the program


def may_come(estate: Estate, login: str, word: str = WORD) -> bool:
    url = estate.house.url
    try:
        psycopg.connect(host=url.host, port=url.port, dbname=url.database, user=login, password=word).close()
    except psycopg.OperationalError:
        return False
    return True


def groups(estate: Estate, login: str) -> set[str]:
    asked = b"SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid WHERE m.member = to_regrole(quote_ident(%s))"
    with psql(estate, "boss") as line:
        return {str(row[0]) for row in line.execute(asked, (login,))}


def test_somebody_new_comes_in_changes_and_leaves_as_the_list_says(house: Estate) -> None:
    with desk_of(house, "boss") as boss:
        kept = people.keep(boss, people.PersonRequest("秦月", "qin", Role.CONSULTANT, password=WORD), house.now)
        assert may_come(house, "qin")
        assert not may_come(house, "qin", "guess1")
        assert groups(house, "qin") == {GROUP, group_of(Role.CONSULTANT)}
        asked = people.PersonRequest("秦月", "qin.yue", Role.TITLE_CLERK, id=kept.person)
        people.keep(boss, asked, house.now)
        assert not may_come(house, "qin")
        assert may_come(house, "qin.yue")
        assert groups(house, "qin.yue") == {GROUP, group_of(Role.TITLE_CLERK)}
        people.set_password(boss, people.PasswordRequest(kept.person, "another one"), house.now)
        assert not may_come(house, "qin.yue")
        people.let_go(boss, people.LeaveRequest(kept.person, active=False), house.now)
        assert not may_come(house, "qin.yue", "another one")
        people.let_go(boss, people.LeaveRequest(kept.person, active=True), house.now)
        assert may_come(house, "qin.yue", "another one")


def test_what_the_list_refuses_leaves_no_account(house: Estate) -> None:
    with desk_of(house, "boss") as boss, pytest.raises(LoginTaken):
        people.keep(boss, people.PersonRequest("又一", "LEAD", Role.VIEWER, password=WORD), house.now)
    with psql(house, "boss") as line:
        assert line.execute("SELECT count(*) FROM pg_roles WHERE rolname = 'LEAD'").fetchone() == (0,)


@pytest.mark.parametrize("login", ["sales", "pg_monitor", "pg_new", "x" * 64, GROUP])
def test_nobody_of_the_house_gets_hold_of_an_account_of_the_server(house: Estate, login: str) -> None:
    with desk_of(house, "boss") as boss, pytest.raises(FieldMalformed) as no:
        people.keep(boss, people.PersonRequest("某人", login, Role.VIEWER, password=WORD), house.now)
    assert no.value.details["why"] == "account-of-server"
    assert house.read(select(person.c.id).where(person.c.login == login)) is None


def test_nobody_renames_their_own_account(house: Estate) -> None:
    asked = people.PersonRequest("沈知行", "chief", Role.MANAGER, id=house.people["boss"].id)
    with desk_of(house, "boss") as boss, pytest.raises(FieldMalformed) as no:
        people.keep(boss, asked, house.now)
    assert no.value.details["why"] == "own-account"


def test_everybody_changes_their_own_password_and_nobody_anothers(house: Estate) -> None:
    with desk_of(house, "guest") as guest:
        people.change_own_password(guest, WORD, "my own one", house.now)
    assert may_come(house, "guest", "my own one")
    assert not may_come(house, "guest")
    mine, other = house.people["guest"].id, house.people["b"].id
    refused(house, "a", f"SELECT doors.set_password({other}, 'x', NULL)")
    refused(house, "a", f"SELECT doors.keep_account({other}, 'b', NULL)")
    refused(house, "a", f"SELECT doors.put_account({mine}, 'guest', NULL)")
    refused(house, "boss", f"SELECT doors.set_password({house.people['boss'].id}, 'x', 'as typed')")
    with desk_of(house, "boss") as boss:
        people.set_password(boss, people.PasswordRequest(mine, WORD), house.now)


# --- nothing is written but through a door


def opened(estate: Estate, login: str, step: Step | None) -> str:
    return f"SELECT doors.enter({estate.people[login].id}, '{step or ''}')"


WRITINGS = (
    "UPDATE receipt SET amount = 1", "DELETE FROM receipt", "UPDATE history SET after = NULL", "DELETE FROM history",
    "TRUNCATE history", "UPDATE unit SET state = 4 WHERE code = '1-201'", "UPDATE unit SET list_total = 1",
    "UPDATE unit SET unit_price = 1", "UPDATE unit SET total = 1", "UPDATE unit SET flags = 0", "DELETE FROM unit",
    "UPDATE deal SET total = 1", "UPDATE due SET amount = 1", "UPDATE due SET paid = 1", "DELETE FROM deal",
    "INSERT INTO setting (project_id, name, since, value) VALUES (1, 'least_small_deposit', 1, '0')",
    "UPDATE person SET role = 'manager'", "UPDATE receipt_book SET next = 1", "UPDATE approval SET granted = true",
    "UPDATE series SET next = 1", "INSERT INTO tally VALUES (1, 1, 'signed', '', 1, 1, 1)", "UPDATE customer SET note = ''",
    "INSERT INTO answered VALUES ('k', 'd', '{}', 1)", "UPDATE doors.opening SET step = 'release'",
    "INSERT INTO doors.may VALUES ('consultant', 'release')", "DROP SCHEMA doors CASCADE", "CREATE TABLE mine (a int)",
    "ALTER TABLE unit DISABLE TRIGGER ALL", "CREATE ROLE mine", "GRANT salescenter_manager TO a",
)  # fmt: skip


@pytest.mark.parametrize("writing", WRITINGS)
def test_outside_the_program_a_consultant_changes_nothing(house: Estate, writing: str) -> None:
    refused(house, "a", writing)


@pytest.mark.parametrize("step", [Step.HOLD, Step.SUBSCRIBE, Step.QUOTE, Step.REGISTER_VISIT, Step.PRINT_PAPER, None])
def test_a_step_of_their_own_opens_no_other_door(house: Estate, step: Step | None) -> None:
    for writing in ("UPDATE unit SET list_total = 1", "UPDATE receipt SET amount = 1", "DELETE FROM history",
                    "UPDATE person SET role = 'manager'", "UPDATE approval SET granted = true",
                    "INSERT INTO setting (project_id, name, since, value) VALUES (1, 'discount', 1, '0')",
                    "UPDATE unit SET flags = 0", "UPDATE due SET amount = 1"):  # fmt: skip
        refused(house, "a", opened(house, "a", step), writing)


def test_a_step_of_another_role_opens_nothing(house: Estate) -> None:
    refused(house, "a", opened(house, "a", Step.RELEASE), "UPDATE unit SET state = 0 WHERE code = '1-201'")
    refused(house, "a", opened(house, "boss", Step.RELEASE))
    refused(house, "a", opened(house, "a", Step.QUOTE), opened(house, "a", Step.SUBSCRIBE))


def test_a_unit_changes_only_with_its_deal_and_its_history(house: Estate) -> None:
    door = opened(house, "a", Step.SUBSCRIBE)
    refused(house, "a", door, "UPDATE unit SET state = 4 WHERE code = '1-201'")
    refused(house, "a", door, told(house, "a", Step.SUBSCRIBE), "UPDATE unit SET state = 4 WHERE code = '1-201'")
    door = opened(house, "a", Step.HOLD)
    refused(house, "a", door, "UPDATE unit SET state = 2 WHERE code = '1-201'")
    refused(house, "a", door, told(house, "a", Step.HOLD), "UPDATE unit SET state = 6 WHERE code = '1-201'")


def told(estate: Estate, login: str, step: str, who: int = 0, at: str = "now()") -> str:
    number = estate.seen("1-201")[0]
    return (
        "INSERT INTO history (project_id, at, person_id, pc, step, subject, subject_id, unit_id) VALUES "
        f"(1, (extract(epoch FROM {at}) * 1000)::bigint, {who or estate.people[login].id}, '', '{step}', 'unit', 1, "
        f"{number})"
    )


def test_the_history_is_told_by_who_did_it_as_it_is_done(house: Estate) -> None:
    door = opened(house, "a", Step.HOLD)
    refused(house, "a", told(house, "a", Step.HOLD))
    refused(house, "a", door, told(house, "a", Step.SUBSCRIBE))
    refused(house, "a", door, told(house, "a", Step.HOLD, who=house.people["boss"].id))
    refused(house, "a", opened(house, "a", None), told(house, "a", Step.EDIT_SETTINGS))
    with psql(house, "a") as line:
        line.execute(door.encode())
        written = line.execute((told(house, "a", Step.HOLD, at="now() - interval '1 day'") + " RETURNING at").encode())
        said = written.fetchone()
        line.rollback()
    assert said is not None
    assert abs(datetime.fromtimestamp(int(str(said[0])) / 1000, CHINA) - datetime.now(CHINA)) < timedelta(minutes=5)


@pytest.mark.parametrize("login", [login for login, _, _ in PEOPLE])
def test_a_server_opens_each_role_the_steps_the_services_give_it(house: Estate, login: str) -> None:
    role = house.people[login].role
    with psql(house, login) as line:
        for step in Step:
            said = line.execute(opened(house, login, step).encode()).fetchone()
            found = line.execute(b"SELECT doors.step()").fetchone()
            line.rollback()
            assert said == (role.value,)
            assert found == (step.value if may(role, step) else None,)


# --- everybody sees their own


def seen(estate: Estate, login: str, question: str) -> set[object]:
    with psql(estate, login) as line:
        return {row[0] for row in line.execute(question.encode())}


@pytest.fixture(scope="module")
def owned(house: Estate) -> Estate:
    """A customer, a visit, a deal and a receipt each of two consultants, one of them in the supervisor's team."""
    for who, name, phone in (("a", "甲客", "13900000001"), ("b", "乙客", "13900000002")):
        house.customers[name] = known(house, name, phone, house.people[who].id)
    house.put(update(person).where(person.c.login.in_(("lead", "a"))).values(team="一组"))
    for code, who, name in (("1-102", "a", "甲客"), ("1-103", "b", "乙客")):
        paid = Payment(DEPOSIT, Method.CARD, name)
        parties = {"buyers": house.buyer(name), "consultants": house.seller(who)}
        with desk_of(house, who) as desk:
            opening.subscribe(desk, house.asked(code, paid=paid, **parties), house.now)
    return house


def known(estate: Estate, name: str, phone: str, owner: int) -> int:
    """A customer who came once before; returns the key."""
    said = {"project_id": 1, "name": name, "phone": phone, "created": estate.now, "consent_at": estate.now}
    held = {"owned_since": estate.today, "protected_until": estate.today + timedelta(days=30), "won_by": "visit"}
    estate.put(insert(customer).values(said | {"owner_id": owner, "id_kind": "passport", "id_number": f"E{phone}"} | held))
    number = int(estate.read(select(customer.c.id).where(customer.c.name == name))[0])
    estate.put(insert(customer_phone).values(customer_id=number, digits=phone))
    estate.put(insert(phone_tail).values(customer_id=number, tail=phone))
    came = {"kind": "visit", "at": estate.now, "day": estate.today, "first": True, "note": name, "answers": {}}
    estate.put(insert(visit).values(came | {"project_id": 1, "customer_id": number, "consultant_id": owner,
                                            "registered_by": owner}))  # fmt: skip
    return number


OF_EACH = {
    "customer": "SELECT name FROM customer WHERE name IN ('甲客', '乙客')",
    "customer_phone": "SELECT c.name FROM customer_phone p JOIN customer c ON c.id = p.customer_id WHERE digits > '139'",
    "visit": "SELECT c.name FROM visit v JOIN customer c ON c.id = v.customer_id",
    "deal": "SELECT buyer FROM deal d JOIN unit u ON u.id = d.unit_id WHERE buyer IN ('甲客', '乙客')",
    "receipt": "SELECT payer FROM receipt WHERE payer IN ('甲客', '乙客')",
}


@pytest.mark.parametrize("table", OF_EACH)
def test_a_consultant_sees_their_own_a_supervisor_the_team_others_all(owned: Estate, table: str) -> None:
    question = OF_EACH[table]
    assert seen(owned, "a", question) == {"甲客"}
    assert seen(owned, "b", question) == {"乙客"}
    assert seen(owned, "lead", question) == {"甲客"}
    for login in ("boss", "office", "cash", "front", "title"):
        assert seen(owned, login, question) == {"甲客", "乙客"}


@pytest.mark.parametrize("table", sorted(SEEN))
def test_nothing_of_another_consultants_sale_is_read_in_any_table(owned: Estate, table: str) -> None:
    everything = f"SELECT string_agg(t::text, ' ') FROM {table} t"
    for secret in ("13900000002", "20000000931", "乙客"):
        assert secret not in str(seen(owned, "a", everything))


def test_who_left_the_list_sees_nothing_though_the_line_is_open(owned: Estate) -> None:
    with psql(owned, "a") as line:
        owned.put(update(person).where(person.c.login == "a").values(active=False))
        rows = line.execute("SELECT 1 FROM customer WHERE owner_id IS NOT NULL").fetchall()
        owned.put(update(person).where(person.c.login == "a").values(active=True))
    assert rows == []


def test_a_known_phone_is_met_and_nobody_is_registered_twice(owned: Estate) -> None:
    facts = CustomerFacts("乙客", ("13900000002",))
    with desk_of(owned, "a") as mine:
        done = register(mine, VisitRequest(Contact.VISIT, facts, channel="自然到访"), owned.now)
    assert (done.customer, done.owner_name) == (owned.customers["乙客"], "何雨")
    assert seen(owned, "a", OF_EACH["customer"]) == {"甲客"}


# --- and the program works


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


class EachAlone(Estate):
    """The same house, where everybody's desk has a connection of their own."""

    engines: ClassVar[dict[str, Engine]] = {}

    def desk(self, who: str = "boss") -> Desk:
        url = self.house.url.set(username=who, password=WORD)
        return replace(Estate.desk(self, who), engine=self.engines.setdefault(who, open_engine(url)))


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
    life = Life(living, Random(1))
    life.live(30)
    assert life.wrong == [], "\n".join(life.log)
    assert life.acknowledged


def test_a_backup_put_back_holds_everybody_as_before(owned: Estate, server: Member, tmp_path: Path) -> None:
    owned.house.close()
    server.order("CREATE DATABASE again TEMPLATE house")
    where = owned.house.url.set(database="again").render_as_string()
    upkeep.backup(where, tmp_path / "house.dump")
    upkeep.restore(tmp_path / "house.dump", where)
    again = EachAlone(open_house(where), owned.people)
    assert seen(again, "a", OF_EACH["customer"]) == {"甲客"}
    assert seen(again, "boss", OF_EACH["customer"]) == {"甲客", "乙客"}
    assert seen(again, "boss", "SELECT has_database_privilege('pg_monitor', 'again', 'CONNECT')") == {False}
    refused(again, "a", "UPDATE unit SET state = 4")
    again.house.close()


def test_every_table_is_watched_or_nobodys_to_write() -> None:
    watched = {watch.table.name for watch in watches()}
    assert set(metadata.tables) - watched == {*UNWATCHED, "seal", "clock"}
