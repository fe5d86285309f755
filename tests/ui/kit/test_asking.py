"""The sheet that asks for leave: granted at this desk with a password, or from the manager's own PC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from salescenter.data.deals import approval
from salescenter.data.staff import person
from salescenter.domain.refusals import NeedsApproval, ReasonMissing
from salescenter.domain.staff import Role
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.services import approvals
from salescenter.services.approvals import ApprovalRequest, Decision
from salescenter.services.house import House, hashed
from salescenter.ui.kit.asking import AskSheet, ask_approval
from salescenter.ui.kit.one_deed import OneDeed
from salescenter.ui.kit.room import Room
from tests.houses import Estate, small, sqlite_model
from tests.ui.rooms import Asked, make_room

__all__ = ["small", "sqlite_model"]

SECRET = "open sesame"


class Deed(OneDeed):
    """A sheet whose deed a manager's leave would open."""

    def __init__(self, room: Room, unit: int) -> None:
        super().__init__(room, Step.SUBSCRIBE)
        self.pressed, self._unit = 0, unit
        self.main_action("认购", self._press)

    def _press(self) -> None:
        self.pressed += 1

    def wanted(self, trouble: Exception) -> tuple[ApprovalRequest, str] | None:
        if not isinstance(trouble, NeedsApproval):
            return None
        return ApprovalRequest(self._unit, Step.SUBSCRIBE, {"fen": 1}), "1-101"


class Place:
    """A consultant's desk with that sheet open, and the request for leave over it."""

    def __init__(self, qtbot: QtBot, small: Estate, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        small.put(update(person).where(person.c.login == "boss").values(password=hashed(SECRET)))
        monkeypatch.setattr(House, "now", lambda _: small.now)
        self.house = small
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.room = make_room(small.desk("a"), self._now, folder / "drafts", Asked())
        self.deed = Deed(self.room, small.unit("1-101").id)
        self.deed.stand_over(self.window)

    def _now(self) -> datetime:
        return self.house.now

    def asks(self, note: str = "老客户") -> AskSheet:
        wanted = self.deed.wanted(NeedsApproval(step=Step.SUBSCRIBE, approver=Role.MANAGER))
        assert wanted is not None
        sheet = ask_approval(self.room, self.deed, *wanted)
        sheet.why.put(note=note)
        return sheet

    def signs(self, sheet: AskSheet, password: str = SECRET) -> None:
        sheet.who.put(login="boss", password=password)
        sheet.who.changed.emit("login")
        sheet.press_main()


@pytest.fixture
def place(qtbot: QtBot, small: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    made = Place(qtbot, small, tmp_path, monkeypatch)
    yield made
    made.deed.reject()


def test_a_password_typed_here_grants_it_and_the_sheet_beneath_goes_on(place: Place) -> None:
    sheet = place.asks()
    assert sheet.press.text() == tr("Ask")
    sheet.who.put(login="boss")
    sheet.who.changed.emit("login")
    assert sheet.press.text() == "当面批准"
    place.signs(sheet)
    assert place.deed.pressed == 1
    assert not sheet.isVisible()
    (row,) = place.house.all(select(approval))
    assert row.granted
    assert place.room.desk.who.name == "林晓"


def test_a_wrong_password_is_wiped_and_the_next_try_is_counted_down(place: Place) -> None:
    sheet = place.asks()
    for _ in range(3):
        place.signs(sheet, "guess")
        assert sheet.who.value("password") == ""
    assert sheet.press.text() == "0:05 后可再试"
    assert not sheet.press.isEnabled()
    assert place.deed.pressed == 0


def test_no_draft_ever_holds_the_password(place: Place) -> None:
    sheet = place.asks()
    sheet.who.put(login="boss", password=SECRET)
    sheet.reject()
    kept = [file.read_text("utf-8") for file in place.room.drafts._folder.rglob("*.json")]
    assert not [text for text in kept if SECRET in text or "boss" in text]


def test_what_is_granted_on_the_manager_s_pc_goes_on_here_by_itself(place: Place) -> None:
    sheet = place.asks()
    sheet.press_main()
    assert sheet.banner.text() == "已提交审批。"
    (row,) = approvals.waiting(place.house.desk())
    approvals.decide(place.house.desk(), Decision(row.id, granted=True), place.house.now)
    place.room.bulletin.stirred.emit()
    assert place.deed.pressed == 1
    assert not sheet.isVisible()


def test_what_is_declined_says_by_whom_and_why_and_may_be_asked_again(place: Place) -> None:
    sheet = place.asks("老客户")
    sheet.press_main()
    (row,) = approvals.waiting(place.house.desk())
    approvals.decide(place.house.desk(), Decision(row.id, granted=False, note="；太低"), place.house.now)
    sheet._again.timeout.emit()
    assert sheet.banner.text() == "沈知行未批准。"
    assert sheet.press.isEnabled()
    sheet.press_main()
    assert len(approvals.waiting(place.house.desk())) == 1


def test_the_way_to_ask_is_offered_where_leave_would_help_and_only_there(place: Place) -> None:
    place.deed.refuse(ReasonMissing(step=Step.SUBSCRIBE))
    assert place.deed._way_out is None
    place.deed.refuse(NeedsApproval(step=Step.SUBSCRIBE, approver=Role.MANAGER))
    assert place.deed._way_out is not None
    assert place.deed._way_out.isVisible()
    place.deed._way_out.click()
    assert place.deed.findChild(AskSheet) is not None
    place.deed.refuse(ReasonMissing(step=Step.SUBSCRIBE))
    assert not place.deed._way_out.isVisible()
