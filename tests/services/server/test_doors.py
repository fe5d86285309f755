"""A server holds every person to the house's rules: tried from outside, with a consultant's own name and password."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import datetime, timedelta

import psycopg
import pytest
from sqlalchemy import select

from salescenter.data.server_rights.accounts import GROUP, group_of
from salescenter.data.server_rights.grants import UNWATCHED
from salescenter.data.server_rights.openings import ANY_STEP
from salescenter.data.server_rights.watches import Watch, watches
from salescenter.data.staff import person
from salescenter.data.tables import metadata
from salescenter.data.types import CHINA
from salescenter.domain.doors import ALSO, WRITES, Write
from salescenter.domain.refusals import FieldMalformed, LoginTaken
from salescenter.domain.staff import MAY, Role, may
from salescenter.domain.units import Step
from salescenter.services import people
from tests.cluster import do_without, programs
from tests.houses import PEOPLE, Estate
from tests.services.server.guarded_house import WORD, desk_of, house, psql, refused, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


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


def test_the_servers_own_program_with_a_consultants_password_gets_no_further(house: Estate) -> None:
    """psql, as somebody would sit down to it: every order is refused, each by the server's own right, and nothing shown."""
    url, orders = house.house.url, (*WRITINGS, "SELECT password FROM person", "SELECT id_number FROM customer")
    script = "\\set VERBOSITY sqlstate\n" + ";\n".join(orders) + ";\n"
    command = [str((programs() or do_without()) / "psql"), "-XAtq", "-h", str(url.host), "-p", str(url.port), "-U", "a"]
    said = subprocess.run([*command, str(url.database)], input=script, env=os.environ | {"PGPASSWORD": WORD}, check=True,
                          capture_output=True, text=True)  # fmt: skip
    assert (said.stdout, said.stderr.splitlines()) == ("", ["ERROR:  42501"] * len(orders))


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


@pytest.mark.parametrize("login", [login for login, _, _ in PEOPLE])
def test_a_step_opens_to_each_role_just_what_it_writes_and_the_right_to_each_of_them(house: Estate, login: str) -> None:
    """Each step of each role, each way of writing: the door is open and the right is there, or neither helps."""
    role = house.people[login].role
    asks = {watch: (", ".join(f"'{one}'" for one in watch.words), watch.table.name, watch.way) for watch in watches()}
    rights = {watch: f"has_any_column_privilege('{table}', '{way}')" if way != "DELETE" else
              f"has_table_privilege('{table}', 'DELETE')" for watch, (_, table, way) in asks.items()}  # fmt: skip
    question = "SELECT " + ", ".join(
        f"coalesce(doors.is_open(ARRAY[{words}]), false) AND {rights[watch]}" for watch, (words, _, _) in asks.items()
    )
    with psql(house, login) as line:
        for step in Step:
            line.execute(opened(house, login, step).encode())
            said = line.execute(question.encode()).fetchone()
            line.rollback()
            writes = {ANY_STEP, *WRITES.get(step, ())} if may(role, step) else set()
            assert said is not None
            wrong = [
                watch.name for watch, is_open in zip(asks, said, strict=True)
                if is_open != (bool(writes & set(watch.words)) and may_write(role, watch))
            ]  # fmt: skip
            assert wrong == [], step


def may_write(role: Role, watch: Watch) -> bool:
    """Prices belong to whoever sets prices, through whatever door."""
    same = (one for one in watches() if (one.table, one.way) == (watch.table, watch.way))
    return any(
        word == ANY_STEP or any(word in WRITES.get(step, ()) and may(role, ALSO.get(Write(word), step)) for step in MAY[role])
        for one in same for word in one.words
    )  # fmt: skip


def test_every_table_is_watched_or_nobodys_to_write() -> None:
    watched = {watch.table.name for watch in watches()}
    assert set(metadata.tables) - watched == {*UNWATCHED, "seal", "clock", "allocation"}


# --- with the owner's rights nobody's path is followed

_OWNERS = b"SELECT proname, coalesce(proconfig[1], ''), prosrc FROM pg_proc WHERE prosecdef AND pronamespace = 'doors'::regnamespace"
_BARE = re.compile(r"(?<![(.\w<>])(?:(?<!SET paid )(?<!ERRCODE )[<>]?=|<>|[<>+]|&&|@>|\|\|)(?!\w)|::(?!pg_catalog)|(?<![.\w])pg_(?!catalog)\w+\(")


def test_a_function_with_the_owners_rights_sets_its_path_or_spells_out_what_it_means(house: Estate) -> None:
    with psql(house, "boss") as line:
        found = [(str(name), str(path), str(source)) for name, path, source in line.execute(_OWNERS)]
    bare = {name: source for name, path, source in found if not path.startswith("search_path=pg_catalog")}
    assert set(bare) == {"is_open", "lay", "me", "step", "opened"}
    assert {name: _BARE.findall(source) for name, source in bare.items() if _BARE.search(source)} == {}
    assert _BARE.search("x OPERATOR(pg_catalog.=) y AND pid = 1")
    assert _BARE.search("pid OPERATOR(pg_catalog.=) pg_backend_pid()")
