"""What keeps a paper or document beyond its years: the marks that stand, a way to set one, and one to lift it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.staff import may
from salescenter.i18n import mark, tr
from salescenter.services.papers.keep_marks import STEP, KeepMark, KeepRequest, LiftRequest, keep_beyond, lift, marks
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.panel import hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.scan_lines import clear
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.why_sheet import WhySheet

REASONS = (mark("A lawsuit"), mark("An inspection"), mark("A complaint"))
"""Why papers are kept longer, picked by eye; anything else is typed."""

ONE, DEAL = "one", "deal"


@dataclass(frozen=True, slots=True)
class Bearer:
    """What may bear a mark: a paper or a customer's document by kind and number, its deal, and what it is called."""

    kind: PaperKind
    number: str
    deal: int | None
    title: str


def one_words(kind: PaperKind) -> str:
    """Say that the mark is this one's alone."""
    return tr("This document") if kind is PaperKind.RECEIVED else tr("This paper")


class KeepMarks(QWidget):
    """The marks of what is shown; whoever may keep papers sets and lifts them here, and `changed()` is told."""

    def __init__(self, room: Room, changed: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.room, self._may = room, may(room.desk.who.role, STEP)
        self._changed = changed or (lambda: self.show_bearer(self._bearer))
        self._bearer: Bearer | None = None
        self._taken: frozenset[str] = frozenset()
        self.title, self.lines = SectionLabel(tr("Kept beyond its years")), QVBoxLayout()
        self.lines.setSpacing(2)
        self.set_one = LinkButton(tr("Keep beyond its years …"), self._ask_why)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addLayout(self.lines)
        layout.addLayout(row(self.set_one, None))
        self.hide()

    def show_bearer(self, bearer: Bearer | None) -> None:
        """Look up what keeps another paper; none where nothing is left to keep."""
        self._bearer = bearer
        self.hide()
        if bearer is not None:
            desk = self.room.desk
            self.room.lane.run(lambda: marks(desk, bearer.kind, bearer.number),
                               lambda found: self.show_marks(bearer, found) if bearer is self._bearer else None,
                               owner=self, refused=self.room.refuse)  # fmt: skip

    def show_marks(self, bearer: Bearer, found: Sequence[KeepMark], *, own: bool = False) -> None:
        """Show what keeps it; its `own` mark alone where that of the deal is said elsewhere."""
        self._bearer = bearer
        self._taken = frozenset(DEAL if one.whole_deal else ONE for one in found)
        shown = [one for one in found if not (own and one.whole_deal)]
        clear(self.lines)
        for one in shown:
            self.lines.addWidget(mark_line(self.room, one, bearer.kind, self._changed))
        self.title.setVisible(bool(shown) and not own)
        free = {ONE} if own or bearer.deal is None else {ONE, DEAL}
        self.set_one.setVisible(self._may and bool(free - self._taken))
        self.set_one.setAccessibleName(f"{self.set_one.text()} {bearer.title}")
        self.setVisible(bool(shown) or not self.set_one.isHidden())

    def _ask_why(self) -> None:
        if self._bearer is not None:
            KeepSheet(self.room, self._bearer, self._taken, self._changed).stand_over(self.window())


def mark_line(room: Room, one: KeepMark, kind: PaperKind, changed: Callable[[], None]) -> QWidget:
    """Make the lines of a mark that stands: what it keeps and why, who set it when; lifted by whoever may."""
    inside = QVBoxLayout()
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(0)
    what = tr("All papers of this deal") if one.whole_deal else one_words(kind)
    inside.addWidget(Label(tr("{what}: {reason}", what=what, reason=one.reason), "warning", wrap=True))
    since = formats.moment(one.at, room.now())
    lifting = LinkButton(tr("Lift …"))
    lifting.clicked.connect(lambda: ask_lift(room, one.id, one.reason, changed, lifting))
    lifting.setVisible(may(room.desk.who.role, STEP))
    said = Label(tr("{name}, since {moment}", name=one.by, moment=since), "muted")
    inside.addLayout(row(said, None, lifting))
    return hold(inside)


class KeepSheet(Sheet):
    """Asks what is kept, this paper or all of its deal, whichever is not kept yet, and why."""

    def __init__(self, room: Room, bearer: Bearer, taken: frozenset[str], done: Callable[[], None]) -> None:
        super().__init__(tr("Keep beyond its years"), width=500, subtitle=bearer.title)
        self._place, self._bearer, self._done, self._key = room, bearer, done, uuid4().hex
        form = FormGrid(columns=1)
        offered = [(ONE, one_words(bearer.kind)), *([(DEAL, tr("All papers of this deal"))] if bearer.deal else [])]
        what = [(key, words) for key, words in offered if key not in taken]
        form.add("what", tr("What"), ChipGroup(what), required=True)
        form.add("why", tr("Why"), ChipGroup([(one, tr(one)) for one in REASONS]))
        form.add("reason", tr("In words"), LineEdit(), required=True)
        form.changed.connect(lambda name: form.put(reason=tr(form.value("why"))) if name == "why" else None)
        form.put(what=what[0][0])
        self.put_form(form)
        said = tr("No list destroys it while the mark stands, whatever its years say. It can be lifted again.")
        self.put(Label(said, "muted", wrap=True), None)
        self.main_action(tr("Keep it"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        said, one, desk, now = self.form.values(), self._bearer, self._place.desk, self._place.now()
        asked = KeepRequest(one.kind, one.number, said["reason"], whole_deal=said["what"] == DEAL, key=self._key)
        self.busy()

        def done(_: object) -> None:
            self.finish()
            self._done()

        self._place.lane.run(lambda: keep_beyond(desk, asked, now), done, owner=self, refused=self.refuse)


class LiftSheet(WhySheet):
    """Asks why a mark is lifted; `reason` is why it was set."""

    def __init__(self, reason: str, told: Callable[[str], object]) -> None:
        super().__init__(tr("Lift the mark"), reason, told)
        form = FormGrid(columns=1)
        form.add("reason", tr("What is over?"), LineEdit(), required=True)
        self.put_form(form)
        self.put(Label(tr("From then on the papers' own years count."), "muted", wrap=True), None)
        self.main_action(tr("Lift it"), self.press)


def ask_lift(room: Room, number: int, reason: str, done: Callable[[], None], owner: QWidget) -> None:
    """Ask why a mark (its id) is lifted, and lift it; `reason` is why it was set."""
    key = uuid4().hex

    def lift_it(why: str) -> None:
        desk, now, asked = room.desk, room.now(), LiftRequest(number, why, key)
        room.lane.run(lambda: lift(desk, asked, now), lambda _: done(), owner=owner, refused=room.refuse)

    LiftSheet(reason, lift_it).stand_over(owner.window())
