"""A server's door: what fails there is kept on this PC, makes whoever failed wait, and is told when somebody is in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from salescenter.data.engine import address
from salescenter.data.history import history
from salescenter.domain.refusals import CannotWrite, LogInWaits, WrongPassword
from salescenter.domain.staff import Role
from salescenter.services import people
from salescenter.services.failed_log_ins import FAILED
from salescenter.services.new_house import NewHouse
from salescenter.services.people import PersonRequest
from salescenter.services.server.door import OnThisPc
from salescenter.services.server.entering import beside, meet
from salescenter.services.server.preparing import give_account, prepare
from tests.houses import NOON
from tests.pair import guarded

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")
SECRET = "open sesame"


@pytest.fixture(scope="module")
def where() -> Iterator[str]:
    """A server that asks everybody for their own password: a manager, and a consultant."""
    with guarded() as server:
        server.let_in("host all all 127.0.0.1/32 scram-sha-256")
        owner = address(f"postgresql://sales@127.0.0.1:{server.port}/house")
        prepare(owner, NewHouse("云栖花园", "沈知行", "shen", SECRET), 1, NOON)
        give_account(owner, "shen", SECRET)
        house, met = meet(None, f"postgresql://127.0.0.1:{server.port}/house", "shen", SECRET)
        assert house is not None
        assert met is not None
        assert met.desk is not None
        people.keep(met.desk, PersonRequest("林晓", "lin", Role.CONSULTANT, password=SECRET), NOON)
        house.close()
        give_account(owner, "lin", SECRET)
        yield f"postgresql://127.0.0.1:{server.port}/house"


class Pc:
    """One PC with its clock and its file."""

    def __init__(self, folder: Path, where: str) -> None:
        self.now, self._folder, self._where = NOON, folder, where

    def door(self) -> OnThisPc:
        return OnThisPc(self._folder / "kept" / "failed.json", self._tells, frozenset({"shen", "lin"}))

    def _tells(self) -> datetime:
        return self.now

    def fails(self, login: str = "lin", times: int = 1) -> dict[str, Any]:
        for _ in range(times):
            with pytest.raises(WrongPassword) as refused:
                meet(None, self._where, login, "guess", self.door())
        return refused.value.details

    def comes(self, login: str) -> list[Any]:
        """Come in, and return the newest lines of the history about failures."""
        house, met = meet(None, self._where, login, SECRET, self.door())
        assert house is not None
        assert met is not None
        with house.engine.connect() as line:
            rows = list(line.execute(select(history).where(history.c.step == FAILED).order_by(history.c.id.desc())))
        house.close()
        return rows


@pytest.fixture
def pc(tmp_path: Path, where: str) -> Pc:
    return Pc(tmp_path, where)


def test_the_wait_grows_at_a_server_s_door_too_and_outlives_the_program(pc: Pc) -> None:
    assert pc.fails(times=2) == {"login": "lin"}
    assert pc.fails() == {"login": "lin", "wait": 5}
    with pytest.raises(LogInWaits) as waits:
        pc.comes("lin")
    assert waits.value.details == {"wait": 5}
    pc.now += timedelta(seconds=5)
    assert pc.comes("lin")
    assert pc.fails(times=2) == {"login": "lin"}


def test_what_failed_is_told_by_whoever_comes_in_next_and_only_once(pc: Pc, where: str) -> None:
    pc.fails(times=2)
    pc.fails("open sesame")
    (unknown, known), more = pc.comes("shen")[:2], pc.comes("shen")
    assert {known.after["count"], unknown.after["count"]} == {1, 2}
    assert 0 in {known.subject_id, unknown.subject_id}
    assert known.person_id == unknown.person_id
    assert len([row for row in more if row.id > max(known.id, unknown.id)]) == 0


def test_the_file_holds_no_password_and_no_name_that_was_not_offered(pc: Pc) -> None:
    pc.fails("geheim, in the wrong field")
    pc.fails("lin")
    kept = pc.door().file.read_text("utf-8")
    assert "geheim" not in kept
    assert "guess" not in kept
    assert "lin" in kept


def test_a_manager_who_comes_in_lifts_the_pauses_of_that_pc(pc: Pc) -> None:
    pc.fails(times=3)
    pc.comes("shen")
    assert pc.comes("lin")


def test_a_damaged_file_keeps_nobody_out_and_a_closed_folder_lets_nobody_guess_on(pc: Pc) -> None:
    pc.door().file.parent.mkdir()
    pc.door().file.write_text("[1, 2", "utf-8")
    assert pc.fails() == {"login": "lin"}
    pc.door().file.unlink()
    pc.door().file.mkdir()
    with pytest.raises(CannotWrite):
        meet(None, pc._where, "lin", "guess", pc.door())


def test_a_second_person_works_beside_over_a_connection_of_their_own(pc: Pc, where: str) -> None:
    house, met = meet(None, where, "lin", SECRET, pc.door())
    assert house is not None
    assert met is not None
    assert met.desk is not None
    with beside(met.desk, "shen", SECRET, pc.door()) as second:
        assert (second.who.name, second.pc, second.project) == ("沈知行", met.desk.pc, met.desk.project)
        with second.reading() as line:
            assert line.exec_driver_sql("SELECT current_user").scalar() == "shen"
    for _ in range(3):
        with pytest.raises(WrongPassword), beside(met.desk, "shen", "guess", pc.door()):
            raise AssertionError("nobody comes in")
    with pytest.raises(LogInWaits), beside(met.desk, "shen", SECRET, pc.door()):
        raise AssertionError("nobody comes in")
    assert met.desk.who.name == "林晓"
    house.close()
