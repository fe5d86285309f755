"""The rota at the left of reception: whose turn it is, who is busy, who is away, and what may happen to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from salescenter.domain.rota import Away, Happening, RotaKind, RotaRule, Status
from salescenter.i18n import mark, tr
from salescenter.services import rota
from salescenter.services.rota import RotaKept, RotaLine, RotaRequest, RotaView
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import OutlinedButton, QuietButton
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.lines import Line, LineList
from salescenter.ui.kit.panel import Panel, column, hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.switch_row import SwitchRow

AWAYS: dict[Away, str] = {
    Away.LUNCH: mark("at lunch"), Away.TOILET: mark("in the washroom"), Away.ERRAND: mark("on an errand"),
    Away.SURVEY: mark("surveying the market"), Away.FAIR: mark("at a fair"), Away.LEAVE: mark("on leave"),
    Away.DAY_OFF: mark("day off"), Away.PRIVATE: mark("private business"),
}

NOBODY_HERE = mark("Nobody has signed in yet. Sign in whoever is here, and the rota begins.")
NOBODY_AT_ALL = mark("No consultant works here yet. The manager adds them in the settings; then they sign in here.")
NOT_KNOWN = mark("The database went away before the rota was seen on this PC. Choose in the form who receives.")


class RotaPanel(Panel):
    """The board of visitors or of callers; Enter or the menu says what happened to somebody."""

    changed = Signal()
    chosen = Signal(int)  # who receives, chosen by hand while the server is away

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._view = RotaView(RotaKind.VISIT, room.now().date())
        self._called: tuple[int, datetime] | None = None
        self._since: datetime | None = None  # the server is away, and this is how the rotas stood then
        self._known: dict[RotaKind, RotaView] = {}
        self._stand: Callable[[RotaView], RotaView] = lambda view: view
        self._as_of = Label("", "hint", wrap=True)
        self._as_of.hide()
        self._make_head()
        self._make_buttons()
        self.list = LineList(tr("Rota"), actions=self._actions)
        self.list.opened.connect(self._opened)
        self._nobody = Label("", "muted", wrap=True)
        inside = column(self._nobody, self.list)
        inside.setStretchFactor(self.list, 1)
        inside.addStretch(0)  # what is over when everybody stands there
        board = hold(inside)
        self.put(row(self._title, None, self._kinds, gap=4), self._as_of, board)
        self.put(row(self.call, self.skip, None), row(self.sign_in, None))
        self.body.setStretchFactor(board, 1)

    def _make_head(self) -> None:
        self._title = Label(tr("Rota"), "headline")
        self._kinds = SwitchRow(
            [(RotaKind.VISIT, tr("Visits", context="rota")), (RotaKind.CALL, tr("Calls", context="rota"))]
        )
        self._kinds.put([RotaKind.VISIT])
        self._kinds.edited.connect(self.reload)

    def _make_buttons(self) -> None:
        self.call = OutlinedButton(tr("Call the next"), self.call_next, key="F9")
        self.skip = QuietButton(tr("Not there"), self._skip)
        self.skip.setToolTip(tr("Whoever was called is not there: the turn is lost and the next one is called."))
        self.skip.hide()
        self.sign_in = OutlinedButton(tr("Sign in …"), self._offer_sign_in)

    # --- what is shown

    def say_title(self, said: bool) -> None:
        """Leave the title out where a switch above says it."""
        self._title.setVisible(said)

    def be_alone(self, since: datetime | None, stand: Callable[[RotaView], RotaView]) -> None:
        """While the server is away the rota is shown as it `stand`s from then on; who receives is chosen by hand."""
        self._since, self._stand = since, stand
        self._as_of.setVisible(since is not None and bool(self._known))
        if since is not None:
            at = formats.moment(since, self._room.now())
            self._as_of.setText(tr("As it stood at {at}. Enter hands the visitor to somebody.", at=at))
        self.sign_in.setEnabled(since is None)
        self.reload()

    def reload(self) -> None:
        """Ask for the board as it stands now."""
        kind = (self._kinds.value() or (RotaKind.VISIT,))[0]
        now = self._room.now()
        if self._since is not None:
            self._draw(self._stand(self._known.get(kind) or RotaView(kind, now.date())))
            return
        self._room.lane.run(lambda: rota.board(self._room.desk, now, kind), self.show_view, owner=self)

    def show_view(self, view: RotaView) -> None:
        """Show a board."""
        self._known[view.kind] = view
        self._draw(view)

    def _draw(self, view: RotaView) -> None:
        self._view = view
        now = self._room.now()
        if self._called is not None and (view.next is None or view.next.person != self._called[0]):
            self._called = None
        self.list.set_lines([line_of(line, now, self._call_of(line)) for line in view.lines])
        self.list.setVisible(bool(view.lines))
        self.list.setMaximumHeight(max(40, self.list.wanted_height()))
        nobody = NOBODY_HERE if view.absent else NOBODY_AT_ALL
        self._nobody.setText(tr(nobody if self._since is None or view.kind in self._known else NOT_KNOWN))
        self._nobody.setVisible(not view.lines)
        self.call.setEnabled(view.next is not None)
        self.sign_in.setVisible(bool(view.absent))
        self.skip.setVisible(self._called is not None and self._since is None)

    @property
    def is_known(self) -> bool:
        """Whether a board was read since this window stands."""
        return bool(self._known)

    def view(self) -> RotaView:
        """Return what is shown."""
        return self._view

    def show_kind(self, kind: RotaKind) -> None:
        """Show the rota a form of this kind takes its consultant from."""
        if self._kinds.value() != (kind,):
            self._kinds.put([kind])
            self.reload()

    # --- what is done

    def call_next(self) -> None:
        """F9: say whose turn it is, here and at the foot of the window; nothing is used up by calling."""
        turn = self._view.next
        if turn is None:
            self._room.say(tr("Nobody on the rota is free."))
            return
        self._called = (turn.person, self._room.now())
        if self._since is not None:
            self.chosen.emit(turn.person)
        self._room.say(tr("Called: {name}", name=turn.name))
        self._draw(self._view)

    def happened(self, person: int, what: Happening, away: Away | None = None) -> None:
        """Put on record what happened to somebody."""
        kind = self._view.kind
        asked = RotaRequest(person, what, kind, away)
        now = self._room.now()
        self._room.lane.run(lambda: rota.happen(self._room.desk, asked, now), self._done, owner=self,
                            refused=self._room.refuse)

    def _done(self, kept: RotaKept) -> None:
        del kept
        self.reload()
        self.changed.emit()

    def _skip(self) -> None:
        if self._called is not None:
            person, self._called = self._called[0], None
            self.happened(person, Happening.SKIPPED)

    def _call_of(self, line: RotaLine) -> datetime | None:
        return self._called[1] if self._called is not None and self._called[0] == line.person else None

    def _offer_sign_in(self) -> None:
        menu = QMenu(self)
        for person, name in self._view.absent:
            menu.addAction(name).triggered.connect(
                lambda _=False, person=person: self.happened(person, Happening.SIGN_IN)
            )
        if len(self._view.absent) > 1:
            menu.addSeparator()
            menu.addAction(tr("All of them")).triggered.connect(self.sign_in_all)
        menu.popup(self.sign_in.mapToGlobal(self.sign_in.rect().bottomLeft()))

    def sign_in_all(self) -> None:
        """Sign in everybody who is not on the board yet, in the order listed."""
        for person, _ in self._view.absent:
            self.happened(person, Happening.SIGN_IN)

    def _opened(self, person: int) -> None:
        if self._since is not None:
            self.chosen.emit(person)
        else:
            self.list.show_menu(self.list.visualRect(self.list.currentIndex()).center())

    def _actions(self, person: int) -> Sequence[tuple[str, Callable[[], object]]]:
        if self._since is not None:
            return [(tr("Receives this visitor"), partial(self.chosen.emit, person))]
        line = self._view.line(person)
        happenings = offered(line) if line is not None else []
        return [(words, partial(self.happened, person, what, away)) for words, what, away in happenings]


def offered(line: RotaLine) -> list[tuple[str, Happening, Away | None]]:
    """Return what may happen to somebody as they stand now, the likeliest first."""
    found: list[tuple[str, Happening, Away | None]] = []
    if line.serving:
        found.append((tr("The customer has gone"), Happening.DONE, None))
    if line.status is Status.AWAY:
        found.append((tr("Is back"), Happening.BACK, None))
    if line.status is Status.OFF:
        return [(tr("Signs in again"), Happening.SIGN_IN, None)]
    if line.place:
        found.append((tr("Called and not there: turn lost"), Happening.SKIPPED, None))
    if line.status is not Status.AWAY:
        found += [(tr("Away: {why}", why=tr(words)), Happening.AWAY, away) for away, words in AWAYS.items()]
    found.append((tr("Grant a make-up turn"), Happening.GRANTED, None))
    found.append((tr("Did not ask “first visit?”: next turn lost"), Happening.FAULT, None))
    found.append((tr("Signs out"), Happening.SIGN_OUT, None))
    return found


def line_of(line: RotaLine, now: datetime, called: datetime | None) -> Line:
    """Write one person of the board."""
    lead = str(line.place) if line.place else "—"
    if line.owed and line.place:
        lead = tr("+", context="a make-up turn is owed")
    ground = "main" if line.place == 1 else ""
    return Line(line.person, line.name, lead, ringed=True, right=_right(line, now, called), ground=ground,
                faint=line.place == 0)


def _right(line: RotaLine, now: datetime, called: datetime | None) -> str:
    if called is not None:
        return tr("called {at}", at=formats.moment(called, now))
    if line.status is Status.SERVING:
        return tr("receiving · {since}", since=formats.moment(line.since, now))
    if line.status is Status.AWAY and line.away is not None:
        made_up = line.away in RotaRule().made_up
        return tr("{why} · made up", why=tr(AWAYS[line.away])) if made_up else tr(AWAYS[line.away])
    if line.status is Status.OFF:
        return tr("signed out")
    parts = [tr("next", context="rota")] if line.place == 1 else []
    parts += [tr("owed {count}", count=line.owed)] if line.owed else []
    parts += [tr("{count} today", count=line.taken)] if line.taken else []
    return " · ".join(parts)
