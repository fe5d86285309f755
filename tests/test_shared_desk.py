"""A desk that several people share: locked, opened again, taken over by somebody else, left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salescenter.app import Programme
from salescenter.data.engine import address
from salescenter.domain.led_out import TakenOffTheList
from salescenter.domain.staff import Role
from salescenter.services.house import open_house
from salescenter.services.new_house import NewHouse
from salescenter.services.people import PersonRequest, keep
from salescenter.services.server.door import FILE
from salescenter.services.server.preparing import give_account, prepare
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.sheet import Sheet
from tests.houses import NOON
from tests.pair import guarded
from tests.test_app import Start, house, log_in, no_hooks_left, one_page, start
from tests.ui.hands import types

__all__ = ["house", "no_hooks_left", "one_page", "start"]


def two_people(house: Path) -> None:
    """Let a second person join, with a password of their own."""
    with_house = open_house(house)
    boss = with_house.log_in("shen", "secret1")
    keep(boss, PersonRequest("林晓", "lin", Role.CONSULTANT, password="secret2"), NOON)
    with_house.close()


def types_at(programme: Programme, login: str, password: str, qtbot: QtBot) -> None:
    page = programme.login
    assert page is not None
    page.name.setText(login)
    page.password.setText(password)
    page.enter.click()
    qtbot.waitUntil(lambda: programme.login is None or page.trouble.isVisible())


def half_filled(programme: Programme) -> tuple[Sheet, LineEdit]:
    assert programme.shell is not None
    sheet, form, note = Sheet("认购"), FormGrid(), LineEdit()
    form.add("note", "备注", note)
    sheet.put_form(form)
    form.keep_draft(programme.shell.room.drafts, "half-filled")
    sheet.stand_over(programme.frame)
    types(note, "abc")
    return sheet, note


def test_a_locked_desk_is_opened_by_its_own_password_with_everything_in_its_place(
    start: Start, house: Path, qtbot: QtBot
) -> None:
    programme = start(database=str(house))
    log_in(programme, qtbot)
    shell = programme.shell
    sheet, note = half_filled(programme)
    assert shell is not None
    shell._premises.doors.switch_user()
    assert not shell.isVisible()
    assert not sheet.isVisible()
    types_at(programme, "shen", "wrong", qtbot)
    assert not shell.isVisible()
    types_at(programme, "shen", "secret1", qtbot)
    assert programme.shell is shell
    assert shell.isVisible()
    assert sheet.isVisible()
    assert note.text() == "abc"


def test_somebody_else_takes_over_and_meets_nothing_of_the_one_before(start: Start, house: Path, qtbot: QtBot) -> None:
    two_people(house)
    programme = start(database=str(house))
    log_in(programme, qtbot)
    before = programme.shell
    assert before is not None
    sheet, _ = half_filled(programme)
    before._premises.doors.switch_user()
    with qtbot.waitSignals([before.destroyed, sheet.destroyed]):
        types_at(programme, "lin", "secret2", qtbot)
    shell = programme.shell
    assert shell is not None
    assert shell.room.desk.who.name == "林晓"
    assert [window for window in QApplication.topLevelWidgets() if window.isVisible()] == [programme.frame]
    assert shell.room.drafts.recall("half-filled") == {}
    shell._premises.doors.switch_user()
    types_at(programme, "shen", "secret1", qtbot)
    assert programme.shell is not None
    assert programme.shell.room.drafts.recall("half-filled") == {"note": "abc"}


def test_whoever_was_taken_off_the_list_is_led_out_from_under_the_cover_too(
    start: Start, house: Path, qtbot: QtBot
) -> None:
    two_people(house)
    programme = start(database=str(house))
    log_in(programme, qtbot)
    shell = programme.shell
    assert shell is not None
    shell._premises.doors.switch_user()
    shell._premises.doors.led_out(TakenOffTheList(name="沈知行"))
    assert programme.shell is None
    assert programme.login is not None
    assert "沈知行" in programme.login.trouble.text()


@pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")
def test_a_desk_that_locked_itself_is_opened_by_the_same_person_while_the_server_is_away(
    start: Start, qtbot: QtBot
) -> None:
    """Reception goes on meanwhile, so whoever sits there must get back to it; nobody else does, and guesses count."""
    with guarded() as server:
        server.let_in("host all all 127.0.0.1/32 scram-sha-256")
        owner = address(f"postgresql://sales@127.0.0.1:{server.port}/house")
        prepare(owner, NewHouse("云栖花园", "沈知行", "shen", "secret1"), 1, NOON)
        give_account(owner, "shen", "secret1")
        programme = start(database=f"postgresql://127.0.0.1:{server.port}/house")
        log_in(programme, qtbot)
        shell = programme.shell
        assert shell is not None
        shell._premises.doors.switch_user()
        server.stop()
        types_at(programme, "lin", "secret1", qtbot)
        assert "没有应答" in programme.login.trouble.text()  # type: ignore[union-attr]
        for _ in range(3):
            types_at(programme, "shen", "guess", qtbot)
            assert not shell.isVisible()
        assert not programme.login.enter.isEnabled()  # type: ignore[union-attr]
        (programme._folder / FILE).unlink()  # the pause is over
        programme.login.enter.setEnabled(True)  # type: ignore[union-attr]
        types_at(programme, "shen", "secret1", qtbot)
        assert programme.shell is shell
        assert shell.isVisible()


def test_the_page_says_how_long_the_next_try_waits(start: Start, house: Path, qtbot: QtBot) -> None:
    programme = start(database=str(house))
    assert programme.login is not None
    for _ in range(3):
        types_at(programme, "shen", "wrong", qtbot)
    assert programme.login.enter.text() == "0:05 后可再试"
    assert not programme.login.enter.isEnabled()
