"""The page at the door while its server is away, and when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from salescenter.data.visits import visit
from salescenter.domain.errors import Refusal
from salescenter.domain.refusals import CannotWrite, DatabaseAway, FieldMissing
from salescenter.domain.waiting import CHOICES, Choice
from salescenter.i18n import tr
from salescenter.services import visits, words
from salescenter.services.reception_rules import Contact
from salescenter.services.waiting import merging
from salescenter.services.waiting.shelf import KnownReception, Shelf
from salescenter.services.work import Desk
from salescenter.ui.kit.buttons import Button, OutlinedButton
from salescenter.ui.kit.homecoming import Homecoming
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.room import Room
from salescenter.ui.reception import page as page_module
from salescenter.ui.reception.page import ReceptionPage
from salescenter.ui.reception.waiting_sheet import CHOSEN, WaitingSheet
from tests.services.reception_house import Reception, open_reception
from tests.ui.rooms import Asked, make_room

PHONE, OTHER = "13800135521", "13900135522"
SERVER = "postgresql://10.0.0.5/salescenter"


@dataclass(slots=True)
class Place:
    """A page with a shelf, and a switch for the weather."""

    house: Reception
    room: Room
    page: ReceptionPage
    asked: Asked
    shelf: Shelf
    qtbot: QtBot

    def go_away(self) -> None:
        self.room.bulletin.away_since = self.house.now
        self.room.bulletin.away.emit(self.house.now)

    def come_back(self) -> None:
        self.room.bulletin.away_since = None
        self.room.bulletin.away.emit(None)

    def fill(self, name: str = "陈一凡", phone: str = PHONE, **more: object) -> None:
        self.page.form.finding.put(phone)
        offered = words.dictionaries(self.room.desk)
        said = {field: offered[field][:1] for field in ("product", "area")}
        self.page.form.put(name=name, sex="female", channel="路过", **(said | more))

    def on_record(self) -> list[tuple[int, int]]:
        with self.house.house.engine.connect() as connection:
            rows = connection.execute(select(visit.c.consultant_id, visit.c.registered_by).order_by(visit.c.id))
            return [(row[0], row[1]) for row in rows]

    def person(self, name: str) -> int:
        return self.house.people[name].id

    def lines(self) -> list[tuple[str, str]]:
        return [(line.title, line.badges[0].text) for line in self.page.day.visits.lines()]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Reception]:
    made = open_reception(tmp_path / "house.db")
    made.sign_in("a", "b", "c")
    yield made
    made.house.close()


@pytest.fixture
def place(house: Reception, qtbot: QtBot, tmp_path: Path) -> Place:
    return open_place(house, qtbot, tmp_path)


def open_place(house: Reception, qtbot: QtBot, folder: Path, *, away: bool = False) -> Place:
    asked, shelf = Asked(), Shelf(folder / "waiting", SERVER, "云栖花园")
    room = make_room(house.desk(), lambda: house.now, folder / "drafts", asked, waiting=shelf)
    if away:
        room.bulletin.away_since = house.now
    page = ReceptionPage(room)
    Homecoming(room, shelf, page)
    qtbot.addWidget(page)
    page.resize(1300, 700)
    with qtbot.waitExposed(page):
        page.show()
    return Place(house, room, page, asked, shelf, qtbot)


def test_a_visit_is_kept_here_shown_as_waiting_and_goes_in_when_the_server_is_back(place: Place) -> None:
    place.go_away()
    assert place.page.alone.note.text().startswith("接待照常")
    assert "按最后的轮排" in place.page.alone.note.accessibleName()
    place.page.rota.list.opened.emit(place.person("a"))
    assert place.page.main.text() == "登记并交给顾问甲"
    place.fill(consultant=place.person("a"))
    place.page.register()
    assert place.lines() == [("陈一凡", "待上传")]
    assert place.page.form.value("name") == ""
    assert place.on_record() == []
    place.come_back()
    assert place.on_record() == [(place.person("a"), place.person("front"))]
    assert (place.shelf.waiting(), place.lines()) == ((), [("陈*", "首访")])
    assert not place.page.alone.note.isVisible()
    assert "在本机等待的 1 条登记已入册。" in place.asked.said


def test_who_receives_must_be_chosen_and_the_rota_knows_who_was_given_one_here(place: Place) -> None:
    place.go_away()
    place.fill()
    place.page.register()
    assert place.page.form.field("consultant").error() == "请选择由谁接待：在轮排里选，或在表中选客户点名的顾问。"
    assert place.shelf.waiting() == ()
    place.page.next_in_rota()
    assert place.page.main.text() == "登记并交给顾问甲"
    place.page.register()
    (one,) = place.shelf.waiting()
    assert (one.consultant_name, one.by_hand) == ("顾问甲", True)
    assert [line.title for line in place.page.rota.list.lines()] == ["顾问乙", "顾问丙", "顾问甲"]
    place.house.later(seconds=1)
    place.fill("李娜", OTHER, consultant=place.person("c"))  # she asked for them
    place.page.register()
    assert [one.by_hand for one in place.shelf.waiting()] == [True, False]


def test_a_known_customer_goes_to_their_own_consultant_without_being_asked(place: Place) -> None:
    known = place.house.visit("陈一凡", PHONE, consultant=place.person("c"))
    place.page.show_argument(known.customer)
    place.go_away()
    place.page.register()
    (one,) = place.shelf.waiting()
    assert (one.asked.consultant, one.asked.customer, one.by_hand) == (place.person("c"), known.customer, False)


def test_a_visit_sent_when_the_line_broke_is_kept_under_the_same_key_and_is_there_once(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    def lost(desk: Desk, asked: visits.VisitRequest, now: datetime) -> None:
        sent.append(asked.key)
        visits.register(desk, asked, now)
        raise DatabaseAway(why="the line broke")

    monkeypatch.setattr(page_module, "register", lost)
    place.fill()
    place.page.register()
    assert isinstance(place.asked.refused[-1], DatabaseAway)
    place.go_away()
    place.page.next_in_rota()
    place.page.register()
    assert [one.key for one in place.shelf.waiting()] == sent
    place.come_back()
    assert (len(place.on_record()), place.shelf.waiting()) == (1, ())


def test_a_conflict_is_shown_in_a_sheet_and_decided_there(place: Place) -> None:
    place.house.visit("王芳", PHONE)
    place.go_away()
    place.fill(consultant=place.person("b"))
    place.page.register()
    place.come_back()
    assert (place.page.day.open.text(), place.page.day.open.isVisible()) == ("处理 1 条待定登记 …", True)
    place.page.day.open.click()
    sheet = place.page.findChild(WaitingSheet)
    assert sheet is not None
    (only,) = place.page.alone.mine.open()
    offered = {button.text() for button in sheet.findChildren(OutlinedButton)}
    assert {"是同一人", "是其家人"} <= offered
    place.page.alone.mine.settle(only, Choice.RELATIVE)
    (only,) = place.page.alone.mine.open()  # the family belongs to 顾问甲
    assert "这是 顾问甲 的客户" in " ".join(label.text() for label in sheet.findChildren(Label))
    place.page.alone.mine.settle(only, Choice.HELPED)
    assert (place.shelf.waiting(), len(place.on_record()), sheet.isVisible()) == ((), 2, False)
    assert not place.page.day.open.isVisible()


def test_a_visit_the_house_refuses_can_be_forgotten_by_a_person_only(place: Place) -> None:
    place.go_away()
    place.fill("", "", consultant=place.person("b"), peer=True)
    place.page.register()
    place.come_back()
    (only,) = place.page.alone.mine.open()
    assert only.refusal.details["field"] == "name"
    place.page.alone.mine.forget(only.visit.key)
    assert (place.shelf.waiting(), place.page.day.open.isVisible()) == ((), False)


def no_room(*_: object, **__: object) -> None:
    raise CannotWrite(path="/waiting", why="磁盘已满")


@pytest.mark.parametrize("way", ["forget", "settle"])
def test_a_decision_that_cannot_be_written_says_why_and_the_visit_waits_on(
    place: Place, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    place.house.visit("王芳", PHONE)
    place.go_away()
    name, phone = ("", "") if way == "forget" else ("陈一凡", PHONE)
    place.fill(name, phone, consultant=place.person("b"), peer=way == "forget")
    place.page.register()
    place.come_back()
    place.page.day.open.click()
    sheet = place.page.findChild(WaitingSheet)
    assert sheet is not None
    monkeypatch.setattr(Shelf, way, no_room)
    wanted = tr("Forget it: no visit, or registered anew") if way == "forget" else tr(CHOSEN[Choice.RELATIVE])
    (button,) = (one for one in sheet.findChildren(Button) if one.text().startswith(wanted))
    button.click()
    assert "磁盘已满" in sheet.banner.text()
    assert sheet.isVisible()
    assert len(place.shelf.waiting()) == 1


def demand_district(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the house refuse a visit for a field it did not ask for when the visit was taken."""
    def lacks(*_: object) -> None:
        raise FieldMissing(field="district")

    monkeypatch.setattr(merging, "bring_in", lacks)


def test_a_visit_the_house_refuses_is_mended_in_the_form_and_what_was_typed_stands_there_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The house demands by now what this PC did not know of; nothing of the visit is typed a second time."""
    demand_district(monkeypatch)
    place.go_away()
    place.fill(consultant=place.person("b"), note="想看顶楼", party=2)
    place.page.register()
    place.come_back()
    place.page.day.open.click()
    sheet = place.page.findChild(WaitingSheet)
    assert sheet is not None
    assert "居住区域为必填项。" in [label.text() for label in sheet.findChildren(Label)]
    back = next(one for one in sheet.findChildren(OutlinedButton) if one.text() == "放回登记表")
    place.page.form.put(name="李娜")
    back.click()
    assert sheet.banner.text().startswith("登记表中已填有其他人")
    place.page.form.start_anew()
    back.click()
    assert not sheet.isVisible()
    (waiting,) = place.shelf.waiting()
    assert place.page.form.request(waiting.key, "") == waiting.asked
    place.page.register()
    assert [consultant for consultant, _ in place.on_record()] == [place.person("b")]
    assert place.shelf.waiting() == (waiting,)  # until somebody lets go of it


def test_what_another_took_down_is_mended_by_them_and_shown_whole_to_nobody_else(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at one desk, one after the other: what waits is brought in by either, and read whole by who took it."""
    demand_district(monkeypatch)
    place.go_away()
    place.fill(consultant=place.person("b"))
    place.page.register()
    (kept,) = place.shelf.waiting()
    place.shelf.put(replace(kept, taker=place.person("a"), taker_name="甲"))
    place.come_back()
    place.page.day.open.click()
    sheet = place.page.findChild(WaitingSheet)
    assert sheet is not None
    said = [label.text() for label in sheet.findChildren(Label)]
    assert "甲 登记的，由其本人放回登记表修改。" in said
    assert not any("陈一凡" in text or PHONE in text for text in said)
    assert "放回登记表" not in [one.text() for one in sheet.findChildren(OutlinedButton)]


def test_a_visit_nobody_can_read_is_told_of_and_stays(house: Reception, qtbot: QtBot, tmp_path: Path) -> None:
    torn = tmp_path / "waiting" / "k0.visit.json"
    torn.parent.mkdir()
    torn.write_bytes(b'{"version": 1, "na')
    place = open_place(house, qtbot, tmp_path)
    told = place.page.day.unread
    assert (told.isVisible(), told.toolTip()) == (True, str(torn))
    assert told.text() == "本机有 1 条登记读不出来：请问明是谁登记的，重新登记。"
    assert torn.exists()


def test_the_slip_of_a_waiting_visit_says_that_it_is_provisional(place: Place) -> None:
    place.go_away()
    place.fill(consultant=place.person("b"))
    place.page.register()
    place.page.print_page()
    place.page.day.visits.opened.emit(place.shelf.waiting()[0].key)
    first, second = place.asked.papers
    assert (first.title, first.number, first.pdf) == ("来访登记表（临时）", "", second.pdf)


def test_nobody_is_looked_up_meanwhile_and_enter_goes_on_with_the_form(place: Place) -> None:
    place.house.visit("陈一凡", PHONE)
    place.go_away()
    finding = place.page.form.finding
    finding.line.setText("138")
    finding.line.textEdited.emit("138")
    assert (finding.list.lines(), finding._note.text()) == ((), "现在无法查找老客户；按回车继续填写本表。")
    finding.enter()
    assert finding.phone() == "138"


def test_a_page_opened_while_the_server_is_away_offers_what_this_pc_remembers(
    place: Place, qtbot: QtBot, tmp_path: Path
) -> None:
    known = place.shelf.known()
    assert known.required[Contact.VISIT.value] == ("phone", "name", "sex", "channel", "product", "area")
    place.shelf.know(KnownReception(known.words, known.people, {"visit": ("name",)}, known.consent))
    other = open_place(place.house, qtbot, tmp_path, away=True)
    assert other.page.alone.note.isVisible()
    told = [label.text() for label in other.page.findChildren(QLabel) if label.isVisible()]
    assert "数据库断开之前，本机还没有读到轮排。请在表单里选定由谁接待。" in told
    assert "现在无法查找老客户。请在表单里选定由谁接待。" in other.page.alone.note.accessibleName()
    assert "等待数据库，恢复后自动加载今天的列表。" in told  # of today nothing is known, not that nobody came
    assert not any("0 批" in text for text in told)
    other.page.form.put(name="陈一凡", consultant=place.person("b"))
    other.page.register()
    assert [one.consultant_name for one in other.shelf.waiting()] == ["顾问乙"]
    assert other.page.rota.list.lines() == ()


def test_a_full_disk_is_said_and_the_form_stays(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise CannotWrite(path="x", why="disk full")

    monkeypatch.setattr(Shelf, "put", full)
    place.go_away()
    place.fill(consultant=place.person("b"))
    place.page.register()
    assert place.page.form.value("name") == "陈一凡"
    assert "disk full" in place.page.banner.text()


def test_a_name_no_paper_can_print_is_named_in_the_form_and_not_kept(place: Place) -> None:
    place.go_away()
    place.fill("陈\U0003106c凡", consultant=place.person("b"))
    place.page.register()
    assert place.shelf.waiting() == ()
    assert place.page.form.value("name") == "陈\U0003106c凡"
    said = place.page.form.field("name").error() + place.page.banner.text()
    assert "U+3106C" in said


def test_a_house_in_a_file_of_this_pc_shows_nothing_of_all_this(qtbot: QtBot, tmp_path: Path) -> None:
    house = open_reception(tmp_path / "house.db")
    asked = Asked()
    room = make_room(house.desk(), lambda: house.now, tmp_path / "drafts", asked)
    page = ReceptionPage(room)
    qtbot.addWidget(page)
    page.show()
    room.bulletin.away_since = house.now
    room.bulletin.away.emit(house.now)
    assert (page.alone.since, page.alone.note.isVisible(), page.alone.mine.waiting()) == (None, False, ())
    assert page.day.open.isHidden()
    house.house.close()


def test_every_conflict_has_a_button_for_each_decision() -> None:
    assert {choice for choices in CHOICES.values() for choice in choices} == set(CHOSEN) == set(Choice)
    assert all(issubclass(kind, Refusal) for kind in CHOICES)


def test_what_was_typed_before_the_program_ended_is_there_again_while_the_server_is_away(
    place: Place, qtbot: QtBot, tmp_path: Path
) -> None:
    known = place.house.visit("陈一凡", PHONE, consultant=place.person("c"))
    place.page.show_argument(known.customer)
    place.page.form.put(note="看三房")
    place.page.form.keep_now()
    other = open_place(place.house, qtbot, tmp_path, away=True)
    assert (other.page.form.value("note"), other.page.form.finding.customer()) == ("看三房", None)
    other.page.form.keep_now()
    other.come_back()
    taken = other.page.form.finding.customer()
    assert taken is not None
    assert (taken.id, other.page.form.value("note")) == (known.customer, "看三房")
