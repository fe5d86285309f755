"""The window of a PC that began while its server was away: reception alone, until somebody can log in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, NoReturn

from PySide6.QtCore import QTimer

from salescenter.domain.refusals import DatabaseAway
from salescenter.domain.staff import NOBODY
from salescenter.i18n import tr
from salescenter.services.waiting.alone import OpenShelf, desk_of_nobody, open_shelf
from salescenter.ui import reception
from salescenter.ui.kit import drafts
from salescenter.ui.kit.lane import Runner
from salescenter.ui.kit.premises import Doors, Premises
from salescenter.ui.kit.room import Bulletin
from salescenter.ui.kit.topbar import Link
from salescenter.ui.shell import Shell

AGAIN = 10_000
"""Milliseconds from one look whether the server is back to the next; each takes up to ten seconds itself."""


class Ways(NamedTuple):
    """What the window does for reception alone.

    log_in: the log-in page; speak, wear: another language, light or dark; reach: try the server (in a lane); stand: put
    the shell into the window, since a page opened before that has not the keys.
    """

    log_in: Callable[[], object]
    speak: Callable[[str], object]
    wear: Callable[[bool], object]
    reach: Callable[[], object]
    stand: Callable[[Shell], object]


def way(
    trouble: Exception, where: str, folder: Path, project: str, receive_at: Callable[[OpenShelf], object]
) -> Callable[[], object] | None:
    """Return the way to reception without the house; None where this PC does not know its form, or it is no weather."""
    shelf = open_shelf(where, folder, project) if isinstance(trouble, DatabaseAway) else None
    return None if shelf is None else lambda: receive_at(shelf)


def receive(
    shelf: OpenShelf, where: str, folder: Path, lanes: tuple[Runner, Runner], now: Callable[[], datetime],
    bug: Callable[[BaseException], None], ways: Ways,
) -> None:
    """Open reception for whoever sits there, and try again and again whether the server is back."""
    bulletin = Bulletin()
    bulletin.away_since = now()
    lane, _ = lanes

    def back(_: object) -> None:
        knock.stop()
        shell.bar.show_link(Link.ON_LAN, 1)
        shell.banner.say(
            tr("The server answers again."),
            tr("Register what is typed here, then log in: what was received meanwhile goes in by itself."),
            "accent", ways.log_in, tr("Log in"),
        )  # fmt: skip

    def look() -> None:
        knock.look()

    premises = Premises(
        desk_of_nobody(tr("Nobody is logged in")), shelf.project, (reception.PAGE,), *lanes, now, _find, look, bug,
        bulletin, drafts.of(folder, where, NOBODY), Doors(ways.log_in, ways.speak, ways.wear, ways.log_in),
        waiting=shelf,
    )  # fmt: skip
    shell = Shell(premises)
    bulletin.setParent(shell)
    knock = _Knock(shell, lane, ways.reach, back)
    shell.bar.show_link(Link.AWAY, 1)
    shell.banner.say(
        tr("The server does not answer, so nobody can log in yet."),
        tr("Whoever comes is received here all the same. Log in once it is back; it is tried again by itself."),
        "warning", knock.now,
    )  # fmt: skip
    ways.stand(shell)
    shell.open_page(reception.PAGE.key)


class _Knock(QTimer):
    """Tries the server (`reach`, in a lane) time and again, and at once when asked; `back` when it answers."""

    def __init__(
        self, shell: Shell, lane: Runner, reach: Callable[[], object], back: Callable[[object], None]
    ) -> None:
        super().__init__(shell)
        self._shell, self._lane, self._reach, self._back = shell, lane, reach, back
        self._under_way = self._asked = False
        self.setInterval(AGAIN)
        self.timeout.connect(self.look)
        self.start()

    def now(self) -> None:
        """Try now, and say what came of it."""
        self._asked = True
        self._shell.status.say(tr("Asking the server …"))
        self.look()

    def look(self) -> None:
        """Try, unless that is under way."""
        if not self._under_way:
            self._under_way = True
            self.stop()
            self._lane.run(self._reach, self._back, owner=self, refused=self._in_vain, after=self._answered)

    def _answered(self) -> None:
        self._under_way = False
        self.start()
        if self._asked:
            self._shell.status.say("")

    def _in_vain(self, _: object) -> None:
        if self._asked:
            self._shell.status.say(tr("It does not answer yet; it is tried again by itself."))
        self._asked = False


def _find(_text: str) -> NoReturn:
    raise DatabaseAway
