"""What the tour leaves behind: numbered pictures, papers, and tour.json with the keys, clicks and time of each step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from salescenter.domain.refusals import CannotWrite
from salescenter.tour.robot import Robot, TourFailed


@dataclass
class Stop:
    """One step of the tour: what a person did, how many key presses and clicks it took, how long."""

    name: str
    keys: int = 0
    clicks: int = 0
    milliseconds: int = 0
    pictures: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)


class Album:
    """Collects the stops of a tour in a folder."""

    def __init__(self, folder: Path, robot: Robot, language: str) -> None:
        self.folder, self.robot, self.language = folder, robot, language
        self.stops: list[Stop] = []
        self._pictures = self._papers = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for old in (*folder.glob("[0-9][0-9][0-9]-*.png"), *folder.glob("paper-[0-9][0-9]-*.pdf")):
                old.unlink()
            self.write()
        except OSError as trouble:
            raise CannotWrite(path=str(folder), why=trouble.strerror or "") from trouble

    @contextmanager
    def stop(self, name: str) -> Iterator[None]:
        """Do one step; what it failed at is told by its name."""
        stop = Stop(name)
        self.stops.append(stop)
        keys, clicks, began = self.robot.keys, self.robot.clicks, perf_counter()
        try:
            yield
        except TourFailed as failed:
            self.see("failed")
            raise TourFailed(f"{name}: {failed}") from failed
        finally:
            stop.keys, stop.clicks = self.robot.keys - keys, self.robot.clicks - clicks
            stop.milliseconds = round((perf_counter() - began) * 1000)
            self.write()

    def see(self, name: str) -> None:
        """Take a picture of the screen."""
        self._save(name, self.robot.picture())

    def see_picture(self, name: str, picture: QPixmap) -> None:
        """Keep a picture that was put together elsewhere."""
        self._save(name, picture)

    def _save(self, name: str, picture: QPixmap) -> None:
        self._pictures += 1
        file = f"{self._pictures:03d}-{name}.png"
        if not picture.save(str(self.folder / file)):
            raise TourFailed(f"the picture {file} could not be written")
        self.stops[-1].pictures.append(file)

    def see_window(self, name: str, window: QWidget) -> None:
        """Take a picture of one window alone."""
        self.robot.rest(window)
        self._save(name, window.grab())

    def paper_file(self, name: str) -> Path:
        """Name the file the next paper is issued to."""
        self._papers += 1
        file = f"paper-{self._papers:02d}-{name}.pdf"
        self.stops[-1].papers.append(file)
        return self.folder / file

    def write(self) -> None:
        """Write tour.json."""
        told = {"language": self.language, "steps": [asdict(stop) for stop in self.stops]}
        (self.folder / "tour.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
