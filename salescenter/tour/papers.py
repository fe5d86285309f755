"""Papers on the tour: the preview that opened is looked at, kept as PDF, and closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from salescenter.tour.album import Album
from salescenter.tour.robot import Robot, TourFailed
from salescenter.ui.kit.preview import Preview


def previews(robot: Robot) -> list[Preview]:
    """The previews on the screen, oldest first."""
    return [w for w in robot.app.topLevelWidgets() if isinstance(w, Preview) and w.isVisible()]


def take(robot: Robot, album: Album, *kinds: str) -> None:
    """Wait for papers of these kinds, look at each, keep its PDF, close its preview."""
    for kind in kinds:
        preview = _wait_for(robot, kind)
        robot.settle(150)
        album.see_window(f"preview-{kind}", preview)
        issue(robot, preview, album.paper_file(kind))
        preview.close()
        robot.settle(60)


def _wait_for(robot: Robot, kind: str) -> Preview:
    robot.until(lambda: any(p.paper.kind == kind for p in previews(robot)), f"the {kind} in a preview")
    return next(p for p in previews(robot) if p.paper.kind == kind)


def issue(robot: Robot, preview: Preview, file: Path) -> None:
    """Press Ctrl+S, paste where the PDF goes, and see it there; whatever is issued is also kept by the house."""
    robot.key(Qt.Key.Key_S, ctrl=True, at=preview)
    save_to(robot, file)


def save_to(robot: Robot, file: Path) -> None:
    """Paste into the dialog where the PDF goes, and see it there."""
    robot.until(lambda: isinstance(robot.window(), QFileDialog), "the dialog that asks where to save")
    line = robot.the(QLineEdit, "the file's name in the dialog")
    line.setFocus()
    robot.paste(str(file.absolute()))
    robot.key(Qt.Key.Key_Return)
    robot.until(file.exists, f"{file.name} on the disk")
    if not file.read_bytes().startswith(b"%PDF"):
        raise TourFailed(f"{file.name} is not a PDF")
    robot.settle(100)
