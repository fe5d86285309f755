"""A newcomer brings a city's form nobody has seen, by the guide: pasted, walked, tried, approved by another, signed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from salescenter.app import Programme
from salescenter.data.types import CHINA
from salescenter.domain.papers.blanks import find_blanks, put_in
from salescenter.domain.papers.fields import field_values
from salescenter.domain.papers.form_tables import ABOVE, BESIDE
from salescenter.domain.papers.guesses import HIGH, by_hand, propose, tagged
from salescenter.domain.templates import fill, read_template
from salescenter.domain.units import UnitState
from salescenter.i18n import tr
from salescenter.services.house import open_house
from salescenter.services.papers.contracts import contract_paper, deal_numbered
from salescenter.services.papers.form_file import open_form
from salescenter.tour.grid_stops import canvas, code_in, go_to_grid, open_unit, state_of
from salescenter.tour.lan_stops import log_out, open_section
from salescenter.tour.papers import previews
from salescenter.tour.robot import Robot
from salescenter.tour.selling_stops import sheet
from salescenter.ui.kit import preferences
from salescenter.ui.kit.crash import CrashHandler
from salescenter.ui.kit.options import Options
from salescenter.ui.kit.rail import RailButton
from salescenter.ui.settings.templates import TemplatesSection
from tests.domain.city_forms.reading import in_word
from tests.domain.newcomer_form import newcomer_form
from tests.once import once
from tests.print.reading import pages
from tests.ui.sampled import small_house

K = Qt.Key
CLERK, MANAGER = "xuning", "manager"
NUMBER = "YX2026900077"
UNSEEN = frozenset({"出卖人邮编"})
"""What is not proposed for this form, and so stays with the pen."""

_EVERY_PAGE = re.compile(r"^(?:第 ?\d+ ?页|商品房买卖合同（预售） *合同编号)")


@pytest.fixture
def robot(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Robot]:  # fmt: skip
    """The program, the back office at its log-in."""
    monkeypatch.setattr(CrashHandler, "install", lambda _: None)  # it would hook into the whole process
    house = shutil.copyfile(once(tmp_path_factory, "small-sample.db", small_house), tmp_path / "house.db")
    known = preferences.load(tmp_path)._replace(database=str(house), login=CLERK)
    programme = Programme(qapp, Options(folder=tmp_path), tmp_path, known)
    qtbot.addWidget(programme.frame)
    programme.begin()
    programme.frame.resize(1366, 768)
    hand = Robot(qapp)
    hand.until(lambda: hand.every(QLineEdit), "the log-in")
    yield hand
    programme.end()


def enter(robot: Robot, login: str) -> None:
    line = robot.the(QLineEdit, "the name at the log-in")
    robot.click(line)
    robot.key(K.Key_A, ctrl=True)
    robot.write(login)
    robot.key(K.Key_Return, times=2)
    robot.until(lambda: robot.every(RailButton), "the rail")


def templates(robot: Robot) -> TemplatesSection:
    open_section(robot, tr("Contract templates", context="settings"))
    section = robot.the(TemplatesSection, "the contract templates")
    robot.until(section.editor.toPlainText, "the text in force")
    return section


def walk(robot: Robot, section: TemplatesSection, right: tuple[str, ...], *, is_open: bool = False) -> None:
    """Take the sure ones, leave the unknown ones to the pen, and answer what is likely as somebody who reads it would."""
    if not is_open:
        robot.press(tr("Fill the blanks"))
    proposed = propose(section.editor.toPlainText())
    asked = [tag for one, tag in zip(proposed, right, strict=True) if one.tag and one.sure < HIGH]
    robot.key(K.Key_Return, shift=True)
    robot.key(K.Key_Delete, ctrl=True)
    for tag in asked:
        here = section.walk.current()
        assert here is not None
        robot.key(K.Key_Return if here.tag == tag else K.Key_Delete)
    assert section.walk.current() is None
    robot.key(K.Key_Escape)


def keep_and_try(robot: Robot, section: TemplatesSection) -> None:
    robot.press(tr("Keep as a new version …"))
    robot.write("本市文本")
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: section.versions.chosen().name == "本市文本", "the draft")
    robot.key(K.Key_F7)
    deals = section.trial.deal
    for _ in range(deals.count()):
        robot.until(lambda: section.trial.chosen().sample in section.versions.chosen().tried, "the paper of this deal")
        robot.key(K.Key_Down, at=deals)
    assert not section.versions.chosen().untried()


def approve(robot: Robot, section: TemplatesSection) -> None:
    waits = tr("Version {version} waits for approval: choose it above.", version=1)
    robot.until(lambda: section.versions.life.whole().startswith(waits), waits)
    section.version.setFocus()
    robot.key(K.Key_Up, at=section.version)
    robot.until(section.versions.approve.isVisible, "the draft that waits for approval")
    robot.press(tr("Approve …"))
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: section.versions.chosen().approved, "the approval")


def sign(robot: Robot, code: str) -> str:
    """Draft and sign the contract of a home; return what the signed paper says, no blanks between its words."""
    step(robot, code, UnitState.DRAFTED)
    return step(robot, code, UnitState.SIGNED, NUMBER)


def step(robot: Robot, code: str, after: UnitState, number: str = "") -> str:
    open_unit(robot, code)
    robot.key(K.Key_F6)
    over = sheet(robot)
    robot.write(number)
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: not over.isVisible(), over.windowTitle())
    robot.until(lambda: previews(robot), "the contract in a preview")
    preview = previews(robot)[0]
    lines = "\n".join(pages(preview.paper.pdf)).splitlines()
    robot.key(K.Key_Escape, at=preview)
    robot.until(lambda: state_of(canvas(robot), code) is after, f"{code} {after}")
    return "".join("".join(line for line in lines if not _EVERY_PAGE.search(line)).split())


def told(file: Path, text: str, right: tuple[str, ...]) -> list[list[str]]:
    """What the form says of the deal where each blank has what belongs there, or is left to the pen: line by line, cells."""
    house = open_house(file)
    desk = house.log_in(MANAGER, "")
    terms = contract_paper(desk, deal_numbered(desk, NUMBER), datetime.now(CHINA)).terms
    house.close()
    blanks = zip(find_blanks(text), right, strict=True)
    keyed = put_in(text, [(one, tagged(tag) if tag else by_hand(text, one)) for one, tag in blanks])
    lines = [line.text.split("\t") for line in fill(read_template(keyed), field_values(terms, NUMBER))]
    return [["".join(cell.split()) for cell in line if cell not in (BESIDE, ABOVE)] for line in lines]


def open_word(robot: Robot, section: TemplatesSection, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press the button and choose the file: the dialog itself is the system's."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    robot.press(tr("From a text or Word file …"))
    robot.until(section.walk.isVisible, "the first blank")


def test_a_word_file_with_wide_cells_becomes_the_signed_contract_of_a_deal(
    robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, right = in_word(tmp_path / "form.docx", "chengpu")
    enter(robot, CLERK)
    section = templates(robot)
    open_word(robot, section, path, monkeypatch)
    walk(robot, section, right, is_open=True)
    keep_and_try(robot, section)
    log_out(robot)
    enter(robot, MANAGER)
    approve(robot, templates(robot))
    said = sign(robot, code_in(go_to_grid(robot), UnitState.SUBSCRIBED))
    lines = told(tmp_path / "house.db", open_form(path), right)
    assert [cell for line in lines for cell in line if cell not in said] == []
    assert not any(odd in said for odd in (BESIDE, ABOVE, "%%", "元元", "__", "{{"))
    assert robot.keys < 120
    assert robot.clicks < 20


def test_a_form_nobody_has_seen_becomes_the_signed_contract_of_a_deal(robot: Robot, tmp_path: Path) -> None:
    text, right = newcomer_form()
    right = tuple("" if tag in UNSEEN else tag for tag in right)
    enter(robot, CLERK)
    section = templates(robot)
    robot.click(section.editor.viewport())
    robot.paste(text)
    walk(robot, section, right)
    keep_and_try(robot, section)
    log_out(robot)
    enter(robot, MANAGER)
    approve(robot, templates(robot))
    said = sign(robot, code_in(go_to_grid(robot), UnitState.SUBSCRIBED))
    assert ["".join(cells) for cells in told(tmp_path / "house.db", text, right) if "".join(cells) not in said] == []
    assert not any(twice in said for twice in ("号楼号楼", "单元单元", "%%", "元元", "__", "{{"))
    assert robot.keys < 120
    assert robot.clicks < 20
