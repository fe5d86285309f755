"""What stands beside the grid while it looks back: a unit as it stood, and the list of what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from salescenter.domain.grid_figures import Difference, moves
from salescenter.domain.money import Money
from salescenter.domain.units import UnitState
from salescenter.i18n import tr, trn
from salescenter.ui.floorplan.card_widgets import Line, LinesTable
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.kit import formats
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.labels import ElidedLabel, MutedLabel
from salescenter.ui.kit.panel import Card, column, hold, scrolled
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.terms import state_words

MOVES, TABLE = 116, 140
"""Pixels at least of what went where, and of the list of changed units: three lines of each with their headings."""


class PastCard(Card):
    """How the chosen unit stood at the moment shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.title, self.facts = ElidedLabel("", "title"), FactsTable()
        self._note = MutedLabel("", wrap=True)
        self.put(self.title, self._note, self.facts, None)

    def show_unit(self, estate: Estate, unit: int, name: str, moment: datetime, *, private: bool) -> None:
        """Show one unit (index) as it stood."""
        cells = estate.cells
        self.title.say(name)
        self._note.setText(tr("As it stood on {moment}.", moment=f"{moment:%Y-%m-%d %H:%M}"))
        buyer = "" if private else cells.buyer[unit]
        facts = [
            Fact(tr("State"), state_words(UnitState(estate.states[unit])), strong=True),
            Fact(tr("Buyer"), buyer),
            Fact(tr("Price a ㎡"), formats.money(Money(cells.unit_price[unit])) if cells.unit_price[unit] else ""),
            Fact(tr("Total price"), formats.money(Money(cells.total[unit])) if cells.total[unit] else ""),
            Fact(tr("Quoted"), trn("{count} time", "{count} times", count=cells.quoted[unit]) if cells.quoted[unit]
                 else ""),
        ]
        self.facts.show_facts([fact for fact in facts if fact.value])


class Changes(Card):
    """What changed between two dates: how many went from where to where, and each unit."""

    picked = Signal(int)  # unit id

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title, self.moves = ElidedLabel("", "headline"), LinesTable(figures=(1,))
        columns: Sequence[Column[Difference]] = (
            Column(tr("Unit"), lambda one: one.code, width=86),
            Column(tr("Before"), lambda one: _state(one.state[0]), width=76),
            Column(tr("After"), lambda one: _state(one.state[1]), width=76),
            Column(tr("Price ±"), _price_change, Kind.MONEY, 92, spare=True),
        )
        self.table: RecordTable[Difference] = RecordTable(columns, now=room.now, key=lambda one: one.id)
        self.table.picked.connect(lambda one: self.picked.emit(one.id) if one is not None else None)
        self.body.setContentsMargins(0, 0, 0, 0)
        head = column(self._title, self.moves, gap=8)
        head.setContentsMargins(16, 14, 16, 4)
        above = scrolled(hold(head))  # both lists keep a part of a low window
        above.setMinimumHeight(MOVES)
        self.table.setMinimumHeight(TABLE)
        self.put(above, self.table)
        self.body.setStretchFactor(self.table, 1)

    def show_found(self, title: str, found: Sequence[Difference]) -> None:
        """Show what was found."""
        self._title.say(title)
        counted = sorted(moves(found).items(), key=lambda move: -move[1])
        lines = [Line((f"{_state(old)} → {_state(new)}", formats.count(count))) for (old, new), count in counted]
        self.moves.show_lines(lines or [Line((tr("No unit changed its state."),))])
        self.table.set_rows(list(found))


def _state(state: int | None) -> str:
    return formats.NOTHING if state is None else state_words(UnitState(state))


def _price_change(one: Difference) -> Money | None:
    return Money(one.total[1] - one.total[0]) if one.total[0] != one.total[1] and None not in one.state else None
