"""Papers on the tour: the preview that opened is looked at, kept as PDF, and closed."""

from __future__ import annotations

from salescenter.tour.album import Album
from salescenter.tour.robot import Robot
from salescenter.ui.kit.preview import Preview


def previews(robot: Robot) -> list[Preview]:
    """The previews on the screen, oldest first."""
    return [w for w in robot.app.topLevelWidgets() if isinstance(w, Preview) and w.isVisible()]


def take(robot: Robot, album: Album, *kinds: str) -> None:
    """Wait for papers of these kinds, look at each, keep its PDF, close its preview."""
    for kind in kinds:
        preview = _wait_for(robot, kind)
        preview.raise_()
        preview.activateWindow()
        robot.settle(150)
        album.see_window(f"preview-{kind}", preview)
        album.keep(kind, preview.paper.pdf)
        preview.close()
        robot.settle(60)


def _wait_for(robot: Robot, kind: str) -> Preview:
    robot.until(lambda: any(p.paper.kind == kind for p in previews(robot)), f"the {kind} in a preview")
    return next(p for p in previews(robot) if p.paper.kind == kind)
