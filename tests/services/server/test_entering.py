"""Joining a server by its address and coming in with one's own name and password; nothing secret stays on the PC."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from salescenter.data import limits, patience
from salescenter.data.engine import address
from salescenter.domain.refusals import NoSuchDatabase, PasswordNeeded, ServerSilent, WrongPassword
from salescenter.services import grid
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.server.entering import enter, join, meet
from salescenter.services.server.preparing import give_account, prepare
from salescenter.ui.kit import preferences
from tests.houses import NOON
from tests.pair import Member, guarded
from tests.rush.cable import Cable, cable

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")
HOUSE = NewHouse("云栖花园", "沈知行", "shen", "open sesame")


@pytest.fixture(scope="module")
def server() -> Iterator[Member]:
    """A server with a house that asks everybody for their own password."""
    with guarded() as one:
        one.let_in("host all all 127.0.0.1/32 scram-sha-256")
        owner = address(f"postgresql://sales@127.0.0.1:{one.port}/house")
        prepare(owner, HOUSE, 1, NOON)
        give_account(owner, "shen", "open sesame")
        yield one


@pytest.fixture
def where(server: Member) -> str:
    return f"postgresql://127.0.0.1:{server.port}/house"


def test_a_server_is_joined_by_its_address_alone_and_the_log_in_does_the_rest(where: str) -> None:
    assert join(where) == (None, where)
    assert meet(None, where) == (None, None)
    house, met = meet(None, where, "shen", "open sesame")
    assert house is not None
    assert met is not None
    assert met.desk is not None
    assert met.desk.who.name == "沈知行"
    assert [one.name for one in met.projects] == ["云栖花园"]
    again, _ = meet(house, where, "shen", "open sesame")
    assert again is house
    assert meet(house, where)[0] is house
    house.close()


@pytest.fixture
def far(server: Member) -> Iterator[Cable]:
    """A cable to the server; a short one, until the test makes it longer."""
    with cable("127.0.0.1", server.port) as laid:
        yield laid


def test_coming_in_takes_four_round_trips_to_be_let_in_and_five_for_the_house(server: Member, far: Cable) -> None:
    """Encrypted or not?, the name, two for the password; then one greeting, and whether it is a house, which projects
    and people it has, and who has come. Where it is encrypted one more, and TCP asks once before all of them."""
    house, met = meet(None, f"postgresql://127.0.0.1:{far.port}/house", "shen", "open sesame")
    assert house is not None
    assert met is not None
    assert met.desk is not None
    assert far.trips == 4 + 5
    grid.cells(met.desk)
    assert far.trips == 4 + 5 + 1
    house.engine.dispose()
    before = far.trips
    grid.cells(met.desk)
    assert far.trips - before == 4 + 1 + 1  # a line laid anew: let in, the greeting, the question
    house.close()


def test_a_server_so_far_away_that_the_usual_time_to_come_in_is_too_short_is_come_into(
    far: Cable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.CONNECT, "connect_timeout", 2)  # the least there is
    far.delay = 0.3
    house, met = meet(None, f"postgresql://127.0.0.1:{far.port}/house", "shen", "open sesame")
    assert house is not None
    assert met is not None
    assert patience.door_of(house.engine).is_far
    house.engine.dispose()
    far.delay = 0.0
    assert [one.name for one in house.projects()] == ["云栖花园"]
    assert not patience.door_of(house.engine).is_far  # near again: a dead one is given up soon
    house.close()


def test_a_first_server_that_stands_still_is_passed_over_for_the_second(
    server: Member, far: Cable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its PC takes the call and says nothing, as behind a cable that is out: each line laid anew waits, but comes in."""
    monkeypatch.setitem(limits.CONNECT, "connect_timeout", 2)
    far.freeze()
    where = f"postgresql://127.0.0.1:{far.port},127.0.0.1:{server.port}/house?target_session_attrs=read-write"
    house, met = meet(None, where, "shen", "open sesame")
    assert house is not None
    assert met is not None
    assert [one.name for one in met.projects] == ["云栖花园"]
    assert far.trips > 0
    assert not patience.door_of(house.engine).is_far
    house.close()
    far.cut()
    far.thaw()


def test_each_person_comes_in_over_a_connection_of_their_own(where: str) -> None:
    house = enter(None, where, "shen", "open sesame")
    with house.engine.connect() as line:
        assert line.exec_driver_sql("SELECT current_user").scalar() == "shen"
    house.close()


def test_who_does_not_know_the_password_does_not_come_in_and_the_house_stays_open(where: str) -> None:
    house, _ = meet(None, where, "shen", "open sesame")
    for login, password in (("shen", "guess"), ("nobody", "guess"), ("", "guess"), ("shen", "")):
        with pytest.raises((WrongPassword, PasswordNeeded)):
            meet(house, where, login, password)
    assert house is not None
    assert house.projects()
    house.close()


def test_a_password_in_the_address_is_used_once_and_not_kept(where: str, tmp_path: Path) -> None:
    house, kept = join(where.replace("//", "//shen:open%20sesame@"))
    assert house is not None
    house.close()
    assert kept == where
    preferences.save(tmp_path, preferences.Preferences(database=where.replace("//", "//shen:open%20sesame@")))
    assert "sesame" not in (tmp_path / preferences.FILE).read_text("utf-8")
    assert preferences.load(tmp_path).database == where.replace("//", "//shen@")


def test_an_account_that_needs_no_password_stays_in_the_address(server: Member) -> None:
    where = f"postgresql://sales@127.0.0.1:{server.port}/house"
    house, kept = join(where)
    assert house is not None
    assert kept == where
    house.close()


def test_what_is_wrong_with_the_address_is_said_when_it_is_typed(where: str) -> None:
    with pytest.raises(ServerSilent):
        join("postgresql://127.0.0.1:1/house")
    with pytest.raises(WrongPassword):
        join(where.replace("//", "//shen:guess@"))
    with pytest.raises(NoSuchDatabase):
        join(where.replace("//", "//shen:open%20sesame@").replace("/house", "/elsewhere"))


def test_a_file_is_opened_once_for_everybody(tmp_path: Path) -> None:
    path = str(tmp_path / "house.db")
    make_house(path, HOUSE).close()
    house, kept = join(path)
    assert kept == path
    same, met = meet(house, path, "shen", "open sesame")
    assert same is house
    assert met is not None
    assert met.desk is not None
    with pytest.raises(WrongPassword):
        meet(house, path, "", "")
    assert house is not None
    house.close()
