"""What the forms for one unit or many at once share: the units, one key, the deed in the lane, the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from salescenter.domain.units import Step
from salescenter.i18n import listed, trn
from salescenter.services.release import BatchDone, Seen
from salescenter.ui.floorplan.batch import Chosen
from salescenter.ui.kit.labels import Label, MutedLabel
from salescenter.ui.kit.notices import offer_undo
from salescenter.ui.kit.performing import work_on
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import NARROW, Sheet
from salescenter.ui.kit.terms import step_words

Undo = Callable[[BatchDone], BatchDone]
"""What takes a batch back, given how it was done; runs in the lane."""


class BatchSheet(Sheet):
    """What all these forms share: the units, the key made once, the deed in the lane, the answer, the way back."""

    step: Step
    wide = NARROW

    def __init__(self, room: Room) -> None:
        super().__init__(step_words(self.step), width=self.wide)
        self.room, self.key = room, str(uuid4())
        self.units: tuple[Chosen, ...] = ()
        self.says = MutedLabel("", wrap=True)

    def take(self, units: Sequence[Chosen]) -> None:
        """Ask about these units."""
        self.units = tuple(units)
        self.put(Label(_named(units), "strong", wrap=True), self.says)
        self.build()
        self.resize(self.sizeHint())
        if len(units) == 1:
            work_on(self.room, self, units[0].id)

    def build(self) -> None:
        """Put the fields in."""
        raise NotImplementedError

    def carry_out(self, deed: Callable[[], BatchDone], undo: Undo) -> None:
        """Do it in the lane; refused, the sheet stays with the reason."""
        self.busy()
        self.room.lane.run(deed, lambda done: self._done(done, undo), owner=self, refused=self.refuse,
                           after=lambda: self.busy(False))  # fmt: skip

    def seen(self, units: Sequence[Chosen], revision: int | None = None) -> tuple[Seen, ...]:
        """Return units as the screen saw them, or as they are at a later revision."""
        return tuple(Seen(one.id, one.revision if revision is None else revision) for one in units)

    def _done(self, done: BatchDone, undo: Undo) -> None:
        host, room = self.parentWidget(), self.room
        room.changed()
        self.finish(done)
        if host is not None:
            said = trn("{step}: {count} unit.", "{step}: {count} units.", count=done.count, step=step_words(self.step))
            offer_undo(host, said, lambda: _take_back(host, room, lambda: undo(done)))


def _take_back(host: QWidget, room: Room, undo: Callable[[], BatchDone]) -> None:
    room.lane.run(undo, lambda _: room.changed(), owner=host, refused=room.refuse)


def _named(units: Sequence[Chosen]) -> str:
    """Name the units: the codes of a few, else how many."""
    if len(units) <= 4:
        return listed(one.code for one in units)
    return trn("{count} unit: {first} … {last}", "{count} units: {first} … {last}", count=len(units),
               first=units[0].code, last=units[-1].code)  # fmt: skip
