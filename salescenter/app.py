"""The composition root: settings, database, lanes, pages; the only place that builds things.

Start-up is measured: until the log-in page is painted nothing but Qt and a few small modules may be imported, so
everything else is imported where it is first needed, or warmed up in the lanes while the name is typed.
"""

from __future__ import annotations

import builtins
import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salescenter.i18n import speak, tr
from salescenter.ui.kit import display, preferences
from salescenter.ui.kit.display import tell
from salescenter.ui.kit.options import SAMPLE, Options, data_folder, options_of, plain_window

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from salescenter.services.house import House
    from salescenter.services.server.door import OnThisPc
    from salescenter.services.server.entering import Met
    from salescenter.services.waiting.alone import OpenShelf
    from salescenter.services.work import Desk
    from salescenter.ui.first_run.making import Made
    from salescenter.ui.first_run.page import FirstRunPage
    from salescenter.ui.kit.backup_watch import BackupWatch
    from salescenter.ui.kit.crash import CrashHandler
    from salescenter.ui.kit.lane import Lane
    from salescenter.ui.kit.premises import Premises
    from salescenter.ui.kit.pulse import Pulse
    from salescenter.ui.kit.room import Bulletin
    from salescenter.ui.kit.tie import Tie
    from salescenter.ui.login.lock import Lock
    from salescenter.ui.login.page import LoginPage
    from salescenter.ui.shell import Shell


def main(arguments: list[str]) -> int:
    """Open the window; whatever asks for more than the window goes to the command line's own reader."""
    if (options := plain_window(arguments)) is not None:
        return run(options)
    gc.enable()
    from salescenter import cli

    return cli.main(arguments)


def run(asked: Options | Namespace) -> int:
    """Show the program until it is closed; returns the exit code."""
    options = asked if isinstance(asked, Options) else options_of(asked)
    folder = options.folder or data_folder()
    known = preferences.load(folder)
    if options.lang or known.language:
        speak(options.lang or known.language)
    if hopeless := display.trouble():
        if not options.demo:
            return tell(*hopeless)
        from salescenter.tour.run import off_screen

        return off_screen(options.lang, hopeless[0])
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as missing:
        return tell(tr(display.NO_LIBRARY, library=str(missing)), tr(display.NO_LIBRARY_REMEDY))
    builtins.__import__ = PLAIN_IMPORT  # PySide6 puts a slower one in its place
    if hopeless := display.library_trouble():
        return tell(*hopeless)
    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication(["salescenter", "-style", "fusion"])
    programme = Programme(app, options, folder, known)
    programme.begin()
    code = app.exec() if programme.frame.isVisible() else 0
    programme.end()
    return programme.code or code


class Programme:
    """One run of the program: a frame whose face is the log-in, the first run, or the shell."""

    def __init__(self, app: QApplication, options: Options, folder: Path, known: preferences.Preferences) -> None:
        from salescenter.ui.kit.frame import Frame

        self._app, self._options, self._folder, self._known = app, options, folder, known
        self.code = 0
        self.frame = Frame(known.window, self._closed)
        self.login: LoginPage | None = None
        self.shell: Shell | None = None
        self._house: House | None = None
        self._desk: Desk | None = None
        self._projects: dict[int, str] = {}
        self._lanes: tuple[Lane, Lane] | None = None
        self._crash: CrashHandler | None = None
        self._watch: BackupWatch | None = None
        self._lock: Lock | None = None
        self._where = options.database or (str(folder / SAMPLE) if options.demo else known.database)

    def begin(self) -> None:
        """Show the first face."""
        from salescenter.ui.kit import fonts, theme

        fonts.dress(self._app)
        first = not self._where or (self._options.demo and (self._options.fresh or not Path(self._where).exists()))
        theme.wear(self._app, dark=self._known.dark, whole=first)
        self._open_folder()
        if self.code:
            return
        if not first:
            self.show_login()
        elif self._options.demo:
            self._show_first_run().make_sample()
        else:
            self._show_first_run()

    def show_login(self) -> LoginPage:
        """Show the log-in page of the database at hand."""
        from salescenter.ui.login.page import LoginDoors, LoginPage

        self.code, same = 0, self._where == self._known.database
        page = LoginPage(self._known.project if same else "", self._known.login if same else "",
                         LoginDoors(self._log_in, self._show_first_run, self._speak, self._painted))
        self._leave_shell()
        self.login = page
        self.frame.face(page)
        return page

    def _show_first_run(self) -> FirstRunPage:
        from salescenter.ui.first_run.page import FirstRunDoors, FirstRunPage

        back = self.show_login if self._where and self._known.database else None
        page = FirstRunPage(self._folder, FirstRunDoors(self._start_lanes()[0], _now, self._made, self._speak, back))
        self._leave_shell()
        self.frame.face(page)
        return page

    def _leave_shell(self) -> None:
        if self.shell is not None:
            self.shell.stage.close_windows()
        if self._lock is not None:
            self._lock.leave()
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        if self._crash is not None:
            self._crash.refuse = None
        self.login = self.shell = None

    def _cover_page(self) -> LoginPage:
        from salescenter.ui.login.lock import cover_page

        self.login = cover_page(self._known, self._desk, self._log_in, self.show_login)
        return self.login

    def _show_trouble(self, trouble: Exception) -> None:
        from salescenter import reception_alone
        from salescenter.ui.kit.words import refusal_words
        from salescenter.ui.login.trouble import TroublePage

        self.code = tell(*refusal_words(trouble))
        if display.is_seen() and not self._options.stop_after:
            self._leave_shell()
            alone = reception_alone.way(trouble, self._where, self._folder, self._known.project, self._receive_alone)
            self.frame.face(TroublePage(*refusal_words(trouble), self.show_login, self._show_first_run, alone))
        else:
            self.frame.close()

    def _receive_alone(self, shelf: OpenShelf) -> None:
        from salescenter import reception_alone

        self.code, self._desk = 0, None
        ways = reception_alone.Ways(self.show_login, self._speak, self._wear, self._meet, self._stand)
        reception_alone.receive(shelf, self._where, self._folder, self._start_lanes(), _now, self._bug, ways)

    def _stand(self, shell: Shell) -> None:
        self.login, self.shell = None, shell
        if self._crash:
            self._crash.refuse = shell.answer
        self.frame.face(shell)

    def _show_shell(self, desk: Desk) -> None:
        from salescenter.services import grid
        from salescenter.ui.kit import cell_choice
        from salescenter.ui.kit.backup_watch import BackupWatch
        from salescenter.ui.kit.lane import when_quiet
        from salescenter.ui.kit.pulse import Pulse
        from salescenter.ui.kit.room import Bulletin
        from salescenter.ui.login.lock import Lock
        from salescenter.ui.pages import first_area
        from salescenter.ui.shell import Shell

        cell_choice.wear_known(self._known)
        lane, _ = self._start_lanes()
        bulletin = Bulletin(self.frame)
        pulse = Pulse(lambda since, broke: grid.news(desk, since, after_break=broke), lane, bulletin)

        def look() -> None:
            pulse.look()
            watch.look()

        self._leave_shell()
        self._lock = self._lock or Lock(self.frame, self._cover_page)
        shell = Shell(self._premises(desk, bulletin, look))
        watch = self._watch = BackupWatch(desk, lane, self._now, shell.status.show_backup, shell.refuse, shell)
        tie = self._join(shell, desk, pulse, bulletin)
        self._desk = desk
        self._stand(shell)
        self._lock.guard(desk, lane, self._now)
        tie.start()  # before anything is loaded: what is committed in between is news
        shell.open_page(first_area(desk.who.role, shell.rail.buttons))
        pulse.look()
        gc.freeze()  # what stands now stays: it need not be looked through again and again
        if self._options.stop_after == "grid":
            when_quiet(lane, self.frame, self._seen)

    def _premises(self, desk: Desk, bulletin: Bulletin, look: Callable[[], None]) -> Premises:
        from salescenter.ui.kit import cell_choice, drafts, late
        from salescenter.ui.kit.premises import Doors, Premises
        from salescenter.ui.pages import PAGES

        project = self._projects.get(desk.project, self._known.project)
        return Premises(
            desk, project, PAGES, *self._start_lanes(), self._now, lambda text: late.find(desk, text), look, self._bug,
            bulletin, drafts.of(self._folder, self._where, desk.who.id),
            Doors(lambda: self._lock and self._lock.cover(), self._speak, self._wear, self.show_login, self._led_out,
                  lambda chosen: self._remember(**cell_choice.wear(chosen))), lambda: late.keeper(desk, self._now),
            late.shelf(desk, self._folder, project), door=self._door())

    def _join(self, shell: Shell, desk: Desk, pulse: Pulse, bulletin: Bulletin) -> Tie:
        from salescenter.ui.kit.tie import Tie

        shell.bar.offer_projects(list(self._projects.items()), lambda one: self._show_shell(desk.on(one)))
        return Tie(desk, pulse, bulletin, shell, self._now, shell)

    def _painted(self) -> None:
        """The first window stands: load the fonts that are left, and open the database while the name is typed."""
        from salescenter.ui.kit import fonts, late, theme

        if self._options.stop_after == "login":
            self._seen()
            return
        lane, _ = self._start_lanes()
        lane.run(self._meet, self._learned, owner=self.frame, refused=self._show_trouble)
        lane.run(lambda: late.load(late.SERVICES), self._warm_up, owner=self.frame)
        late.in_turn(lambda: theme.wear(self._app, dark=self._known.dark), fonts.load_the_rest)

    def _warm_up(self, _: object) -> None:
        """While the name is typed, import the shell, and later what the first paper and the first search will want."""
        from salescenter.ui.kit import late

        late.load_on_screen(late.SHELL)
        if not self._options.stop_after:
            late.when_nobody_waits(self._start_lanes()[1], self.frame)

    def _seen(self) -> None:
        """For measuring: what was waited for is on the screen, as soon as what waits to be painted is."""
        self._app.sendPostedEvents()
        print("painted", flush=True)
        self._app.quit()

    def _log_in(self, login: str, password: str) -> None:
        assert self.login is not None
        self.login.busy(True)
        locked = self._desk if self._lock and self._lock.closed else None
        refused = self._show_trouble if self._options.stop_after else self._not_in
        self._start_lanes()[0].run(lambda: self._meet(login, password, locked), lambda met: self._entered(met, login),
                                   owner=self.login, refused=refused)

    def _entered(self, met: Met | None, login: str) -> None:
        if not self._projects:
            self._learned(met)
        self._remember(login=login)
        assert met and met.desk  # noqa: PT018  whoever gave a name was let in, or refused
        if self._lock and self._lock.opens_to(met.desk, self._desk):
            self.login = None
        else:
            self._show_shell(met.desk)

    def _not_in(self, trouble: Exception) -> None:
        from salescenter.ui.kit.words import refusal_words

        wait = getattr(trouble, "details", {}).get("wait", 0)
        (self.login or self.show_login()).refuse(*refusal_words(trouble), wait=wait)

    def _led_out(self, trouble: Exception) -> None:
        self.show_login()
        self._not_in(trouble)

    def _meet(self, login: str | None = None, password: str = "", locked: Desk | None = None) -> Met | None:
        """Open the database once, a server for each who comes, and let them in; runs in the lane."""
        from salescenter.services.server.entering import meet

        self._house, met = meet(self._house, self._where, login, password, self._door(), locked=locked)
        return met

    def _door(self) -> OnThisPc:
        from salescenter.services.server import door

        return door.OnThisPc(self._folder / door.FILE, _now, frozenset(one[0] for one in self._known.people))

    def _learned(self, met: Met | None) -> None:
        from salescenter.ui.login import people as people_offered

        if met is None:
            return
        self._projects, listed = {one.id: one.name for one in met.projects}, people_offered.listed(met.people)
        self._remember(database=self._where, people=listed, project=next(iter(self._projects.values()), ""))
        if self.login is not None:
            self.login.show_project(self._known.project)
            people_offered.offer(self.login, listed)
        if self._options.stop_after == "grid":
            self._log_in(listed[0][0], "")

    def _made(self, made: Made) -> None:
        self._close_house()
        (self._house, self._where), self._projects = made, {}
        sample = Path(self._where).name == SAMPLE
        self._known = self._known._replace(database=self._where, login="manager" if sample else "")
        self.show_login()

    def _speak(self, language: str) -> None:
        """Say everything in another language, with what was typed kept."""
        from salescenter.ui.kit.form import keep_all

        speak(language)
        self._remember(language=language)
        keep_all(self.frame)
        if self.shell is not None and self._desk is not None:
            self._show_shell(self._desk)
        elif self.login is not None or self.shell is not None:
            self.show_login()
        else:
            self._show_first_run()

    def _wear(self, dark: bool) -> None:
        from salescenter.ui.kit import theme

        theme.wear(self._app, dark=dark)
        self._remember(dark=dark)

    def end(self) -> None:
        """Finish what is under way and let go of the database."""
        self._leave_shell()
        for lane in self._lanes or ():
            lane.close()
        self._close_house()

    def _start_lanes(self) -> tuple[Lane, Lane]:
        if self._lanes is None:
            from salescenter.ui.kit import lanes

            self._lanes, self._crash = lanes.start(self.frame, self._folder, _now, alone=bool(self._options.stop_after))
        return self._lanes

    def _open_folder(self) -> None:
        """Demand a folder that can be written: drafts, preferences and the sample live there."""
        if why := preferences.closed(self._folder, self._known):
            from salescenter.domain.refusals import CannotWrite

            self._app.processEvents()
            self._show_trouble(CannotWrite(path=str(self._folder), why=why))

    def _remember(self, **changes: Any) -> None:
        self._known = self._known._replace(**changes)
        preferences.save(self._folder, self._known)

    def _bug(self, trouble: BaseException) -> None:
        if self._crash:
            self._crash.show(trouble)

    def _now(self) -> Any:
        """This moment on the clock that decides: the house's; before it is open, this PC's."""
        return _now() if self._house is None else self._house.now()

    def _close_house(self) -> None:
        if self._house is not None:
            self._house.close()
            self._house = None

    def _closed(self) -> None:
        if not self.code:
            self._remember(window=self.frame.place())
        self._leave_shell()
        self._app.quit()


PLAIN_IMPORT = builtins.__import__


def _now() -> Any:
    """This moment on the house's clock."""
    from datetime import datetime

    from salescenter.data.types import CHINA

    return datetime.now(CHINA)
