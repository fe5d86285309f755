"""A city's contract form on the tour: pasted, its blanks answered by keys, tried on every kind of deal, approved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from salescenter.i18n import tr
from salescenter.tour.album import Album
from salescenter.tour.city_form import city_form
from salescenter.tour.lan_stops import open_section
from salescenter.tour.robot import Robot, TourFailed
from salescenter.ui.settings.templates import TemplatesSection

Act = Callable[[Robot, Album], None]
K = Qt.Key
MANY = "附件十"
"""Annexes whose blanks no deal answers: each is left to the pen as a whole."""

MIDDLE = 30
"""Keys after which a picture is taken."""


def paste(robot: Robot, album: Album) -> None:
    """Paste the city's contract over the text that stands there."""
    open_section(robot, tr("Contract templates", context="settings"))
    section = _section(robot)
    robot.settle(600)
    album.see("templates")
    robot.click(section.editor.viewport())
    robot.paste(city_form())
    robot.until(lambda: section.gaps, "what the law wants of a text full of blanks")
    album.see("template-pasted")


def walk(robot: Robot, album: Album) -> None:
    """Answer all blanks: the sure ones at once, the others one by one, whole annexes left to the pen."""
    section = _section(robot)
    robot.press(tr("Fill the blanks"))
    robot.key(K.Key_F7)
    robot.until(lambda: section.trial.view, "the printed paper beside")
    robot.settle(900)
    album.see("template-blanks")
    robot.key(K.Key_Return, shift=True)
    for keys in range(section.walk.counted()[1]):
        here = section.walk.current()
        if here is None:
            break
        if keys == MIDDLE:
            robot.settle(900)
            album.see("template-walk")
        robot.key(K.Key_Return if here.tag else K.Key_Delete, shift=not here.tag and here.article.startswith(MANY))
    robot.until(lambda: not section.gaps and not section.faults, "a text the law is content with")
    album.see("template-walked")


def approve(robot: Robot, album: Album) -> None:
    """Keep it as a version, look at its paper on every kind of deal, approve it from today on."""
    section = _section(robot)
    robot.key(K.Key_Escape)
    robot.press(tr("Keep as a new version …"))
    robot.write(tr("The city's form"))
    robot.key(K.Key_Return, ctrl=True)
    robot.until(section.versions.approve.isVisible, "a draft that can be approved")
    section.trial.deal.setFocus()
    for _ in range(section.trial.deal.count()):
        robot.until(lambda: section.trial.chosen().sample in section.versions.chosen().tried, "the paper of this deal")
        robot.key(K.Key_Down)
    robot.until(lambda: not section.versions.chosen().untried(), "all kinds of deals to be tried")
    robot.settle(600)
    album.see("template-tried")
    robot.press(tr("Approve …"))
    robot.settle(200)
    album.see("template-approve")
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: section.versions.chosen().approved, "the approval")
    robot.settle(600)
    album.see("template-in-force")


def _section(robot: Robot) -> TemplatesSection:
    found = robot.the(TemplatesSection, "the contract templates")
    if not found.isVisible():
        raise TourFailed("the contract templates are not on the screen")
    return found


STOPS: tuple[tuple[str, Act], ...] = (
    ("paste the city's contract", paste),
    ("answer its blanks", walk),
    ("try and approve it", approve),
)
"""The templates' part of the tour."""
