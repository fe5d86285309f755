"""On a server everybody reads their own customers, visits, deals and money, their team's, or all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update

from salescenter.data.customers import customer
from salescenter.data.scope import SEEN
from salescenter.data.server_rights.grants import HIDDEN
from salescenter.data.server_rights.watches import quoted
from salescenter.data.staff import person
from salescenter.data.tables import metadata
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.received import Document
from salescenter.domain.papers.scan import ScanFile, ScanForm
from salescenter.domain.papers.words import Pdf
from salescenter.domain.refusals import NotFound, NotYours
from salescenter.domain.units import Step
from salescenter.services import upkeep
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.house import open_house
from salescenter.services.papers import archive
from salescenter.services.papers.received import Bringing, bring, brought_by
from salescenter.services.papers.scans import ScanRequest, TakeOutRequest, attach, scan_data, scans, take_out
from salescenter.services.papers.search import PaperSearch, papers
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import VisitRequest, register
from tests.domain.test_scans import PNG
from tests.houses import Estate, found
from tests.pair import Member
from tests.services.owned import OF_EACH, WHO_SEES, desk_in_file, with_two_sales
from tests.services.server.guarded_house import EachAlone, desk_of, house, opened, psql, refused, seen, server

__all__ = ["house", "server"]

READ = sorted(
    table for table in SEEN if HIDDEN.get(table, frozenset()) < {column.name for column in metadata.tables[table].columns}
)
"""Tables of which a server lets anything at all be read."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


@pytest.fixture(scope="module")
def owned(house: Estate) -> Estate:
    """Two consultants' sales on the server."""
    return with_two_sales(house, desk_of)


@pytest.fixture(scope="module")
def owned_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """The same in a file."""
    estate = found(tmp_path_factory.mktemp("owned") / "house.db")
    yield with_two_sales(estate, desk_in_file)
    estate.house.close()


@pytest.mark.parametrize("table", OF_EACH)
def test_a_consultant_sees_their_own_a_supervisor_the_team_others_all(owned: Estate, table: str) -> None:
    assert {login: seen(owned, login, OF_EACH[table]) for login in WHO_SEES} == WHO_SEES


def test_a_file_shows_everybody_just_what_a_server_shows(house: Estate, server: Member, owned_file: Estate) -> None:
    server.order("CREATE DATABASE alike TEMPLATE life")
    where = house.house.url.set(database="alike").render_as_string()
    alike = with_two_sales(Estate(open_house(where), house.people, dict(house.customers), house.now), desk_of)
    for table in READ:
        many = f"SELECT count(*) FROM {table}"
        for login in WHO_SEES:
            with owned_file.desk(login).reading() as line:
                assert {line.scalar(text(many))} == seen(alike, login, many), (table, login)
    alike.house.close()


@pytest.mark.parametrize("table", READ)
def test_nothing_of_another_consultants_sale_is_read_in_any_table(owned: Estate, table: str) -> None:
    shown = quoted(one.name for one in metadata.tables[table].columns if one.name not in HIDDEN.get(table, ()))
    everything = f"SELECT string_agg(concat_ws(' ', {shown}), ' ') FROM {table}"
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


def test_nobody_finds_by_its_words_what_they_may_not_open(owned: Estate) -> None:
    for who, name in (("a", "甲客"), ("b", "乙客")):
        with desk_of(owned, who) as desk:
            number = owned.deal("1-102" if who == "a" else "1-103").number
            pdf = Pdf(b"%PDF", f"认购书 买受人 {name} 13900000002")
            archive.keep(desk, archive.PrintRequest("subscription", number, "认购书", pdf), owned.now)
    for who, of in (("a", {"甲*"}), ("b", {"乙*"}), ("lead", {"甲客"}), ("cash", {"甲客", "乙客"}), ("front", set())):
        with desk_of(owned, who) as desk:
            found = papers(desk, PaperSearch("受人"))
        assert {row.customer for row in found} == of
        assert {row.says for row in found} == {
            f"…认购书 买受人 {name} 139****0002" for name in of
        }
    asked = "SELECT words FROM doors.papers_with(1, '{受人}', '{subscription}', 0, 9999999999999, 9)"
    assert seen(owned, "front", asked) == set()
    assert len(seen(owned, "a", asked)) == 1


def test_a_scan_is_given_to_whoever_may_open_its_paper(owned: Estate) -> None:
    sale = owned.deal("1-103")
    with desk_of(owned, "b") as desk:
        asked = ScanRequest(sale.id, PaperKind.SUBSCRIPTION, sale.number, (ScanFile("scan.png", PNG),))
        before = scans(desk, sale.id)
        attach(desk, asked, owned.now)
        (row,) = set(scans(desk, sale.id)) - set(before)
        assert scan_data(desk, row.id, owned.now) == (ScanForm.PNG, PNG)
        with pytest.raises(NotYours):
            take_out(desk, TakeOutRequest(row.id, "放错"), owned.now)
    for login in ("a", "front"):
        assert seen(owned, login, f"SELECT doors.scan_data({row.id})") == {None}
    refused(owned, "b", f"SELECT doors.enter({owned.people['b'].id}, 'print-paper')", "DELETE FROM scan_bytes")
    with desk_of(owned, "boss") as boss:
        take_out(boss, TakeOutRequest(row.id, "放错"), owned.now)
        assert row not in scans(boss, sale.id)


def test_a_customers_document_is_given_to_who_sells_to_them_and_who_sees_numbers_whole(owned: Estate) -> None:
    sale, whose = owned.deal("1-103"), owned.customers["乙客"]
    brought = Bringing(sale.id, Document.IDENTITY, whose, (ScanFile("card.png", PNG),))
    for login, refusal in (("a", NotFound), ("front", NotYours), ("cash", NotYours)):
        with desk_of(owned, login) as desk, pytest.raises(refusal):
            bring(desk, brought, owned.now)
    with desk_of(owned, "b") as desk:
        bring(desk, brought, owned.now)
        ((_, row),) = brought_by(desk, whose)
        assert scan_data(desk, row.id, owned.now) == (ScanForm.PNG, PNG)
    with desk_of(owned, "title") as desk:
        assert scan_data(desk, row.id, owned.now) == (ScanForm.PNG, PNG)
    for login in ("a", "front", "cash"):  # nor to who tells the history, and asks past the program
        with desk_of(owned, login) as desk, desk.working(owned.now) as work:
            work.note(Step.REVEAL, "scan", row.id)
        assert seen(owned, login, f"SELECT doors.scan_data({row.id})") == {None}


def _written(number: int, owner: int, family: int | str = "NULL") -> str:
    """The order that writes a customer by hand; of one that stands already it does nothing."""
    said: dict[str, object] = {
        c.name: {"str": "''", "bool": "false", "dict": "'{}'"}.get(c.type.python_type.__name__, "1")
        for c in customer.c if not c.nullable
    } | {"id": number, "project_id": 1, "owner_id": owner, "family_id": family}  # fmt: skip
    return f"INSERT INTO customer ({', '.join(said)}) VALUES ({', '.join(map(str, said.values()))}) ON CONFLICT DO NOTHING"


@pytest.mark.parametrize("family", [False, True])
def test_writing_down_a_colleagues_customer_or_family_shows_nobody_of_it(owned: Estate, family: bool) -> None:
    mine = owned.people["a"].id
    theirs = int(owned.read(select(customer.c.id).where(customer.c.owner_id == owned.people["b"].id))[0])
    orders = [_written(theirs, mine)]
    if family:
        orders = [_written(88_000, mine, theirs), "UPDATE customer SET revision = revision WHERE id = 88000"]
    with psql(owned, "a") as line:
        for order in (opened(owned, "a", Step.REGISTER_VISIT), *orders):
            line.execute(order.encode())
        assert line.execute(f"SELECT id FROM customer WHERE id = {theirs}".encode()).fetchall() == []
        line.rollback()


def test_naming_the_key_a_colleague_is_just_writing_shows_nobody_of_theirs(owned: Estate) -> None:
    a, b = owned.people["a"].id, owned.people["b"].id
    with psql(owned, "b") as theirs, psql(owned, "a") as mine, ThreadPoolExecutor(1) as beside:
        for line, login in ((theirs, "b"), (mine, "a")):
            line.execute(opened(owned, login, Step.REGISTER_VISIT).encode())
        theirs.execute(_written(88_100, b).encode())
        waits = beside.submit(mine.execute, _written(88_100, a).encode())
        while not owned.all(text(f"SELECT 1 FROM pg_locks WHERE pid = {mine.info.backend_pid} AND NOT granted")):
            pass
        theirs.commit()
        assert waits.result().rowcount == 0
        assert mine.execute(b"SELECT owner_id FROM customer WHERE id = 88100").fetchall() == []
        mine.rollback()
    owned.put(delete(customer).where(customer.c.id == 88_100))
