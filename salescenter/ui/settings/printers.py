"""Printers: which paper goes to which printer and tray on this PC, and for whom the house prints copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from salescenter.domain.papers.access import kinds_for
from salescenter.domain.papers.check import ISSUED, PaperKind
from salescenter.domain.papers.printing import Way
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import listed, tr
from salescenter.services.papers.titles import paper_words
from salescenter.services.printing import copies
from salescenter.services.printing.spooler import Printer
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import Panel, hold
from salescenter.ui.kit.printer_strip import PrinterStrip
from salescenter.ui.kit.printing_words import sides_words, size_words, tray_words
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.way_fields import WayFields
from salescenter.ui.kit.ways import ALL, keep_way, ways
from salescenter.ui.settings.section import SectionView

SUGGESTED = ("客户", "财务", "备案", "银行", "存档")
"""For whom houses print copies; anything else is typed."""


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of paper ("" all others): its way on this PC, and for whom the house prints it."""

    kind: str
    way: Way | None
    copies: tuple[str, ...]

    @property
    def words(self) -> str:
        """What the kind is called."""
        return paper_words(PaperKind(self.kind)) if self.kind else tr("All other papers")


class PrintersSection(SectionView):
    """The kinds in a list; the chosen one's way and copies below it."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("Printers", context="settings"),
            tr("Which paper goes to which printer and tray holds for this PC alone, whoever works at it. For whom "
               "copies are printed holds for the whole house."),
        )  # fmt: skip
        self.printers = PrinterStrip()
        self.table: RecordTable[KindRow] = RecordTable(_columns(), now=room.now, key=lambda one: one.kind)
        self.table.setMinimumHeight(280)
        self.way_form = self.form(columns=4)
        self.way = WayFields(self.way_form, none=tr("not set"))
        self.copies_form = self.form(columns=1)
        self.copies_form.add("copies", tr("A copy for"), LineEdit(),
                             hint=tr("names, with a comma between; empty is one copy"))
        self._may = may(room.desk.who.role, Step.EDIT_SETTINGS)
        self.copies_form.setEnabled(self._may)
        self.chosen = Label("", "headline")
        suggested = FlowLayout(gap=6)
        for name in SUGGESTED:
            suggested.addWidget(LinkButton(f"+ {name}", partial(self.add_copy, name)))
        self.names = hold(suggested)
        self.names.setEnabled(self._may)
        panel = Panel()
        panel.put(self.printers, self.table, self.chosen, self.way_form, self.copies_form, self.names)
        self.put(panel)
        self.table.picked.connect(self._pick)
        self.main_action(tr("Keep for this paper"), self.keep)

    def load(self) -> None:
        """Look up the printers, the ways of this PC and the lists of the house."""
        spooler, desk, today = self.room.printing().house.spooler, self.room.desk, self.room.now().date()
        self.fetch(lambda: copies.lists(desk, today), self._show)
        self.room.papers.run(spooler.printers, self._offer, owner=self, refused=self.banner.refuse)

    def add_copy(self, name: str) -> None:
        """Put one more name on the list that is shown."""
        self.copies_form.put(copies=listed((*_names(self.copies_form.value("copies")), name)))

    def keep(self) -> None:
        """Keep the way here, and the list in the house where it changed."""
        one = self.table.current()
        if one is None or not self.check():
            return
        keep_way(self.room.drafts, one.kind, self.way.value())
        names = _names(self.copies_form.value("copies"))
        if not one.kind or names == one.copies or not self._may:
            self.renewed(tr("Kept for this PC."))
            return
        desk, now, kind, key = self.room.desk, self.room.now(), PaperKind(one.kind), self.key
        self.send(lambda: copies.keep(desk, kind, names, now, key), tr("Kept for this PC and in the house."))

    def _show(self, lists: dict[str, tuple[str, ...]]) -> None:
        kept = ways(self.room.drafts)
        kinds = [kind.value for kind in kinds_for(self.room.desk.who.role) if kind in ISSUED]
        self.table.set_rows([KindRow(kind, kept.get(kind), lists.get(kind, ())) for kind in (ALL, *kinds)])
        if self.table.current() is None:
            self.table.select_key(ALL)
        self._pick(self.table.current())

    def _offer(self, found: tuple[Printer, ...]) -> None:
        self.way.offer(found)
        self.printers.show_printers(found)
        self._pick(self.table.current())

    def _pick(self, one: KindRow | None) -> None:
        if one is None:
            return
        self.chosen.say(one.words)
        self.way.put(one.way)
        self.copies_form.put(copies=listed(one.copies))
        for piece in (self.copies_form, self.names):
            piece.setVisible(bool(one.kind))


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in re.split(r"[,，、;；\s]+", text) if name))


def _printer(one: KindRow) -> str | None:
    return one.way.printer if one.way else None


def _columns() -> Sequence[Column[KindRow]]:
    return [
        Column(tr("Paper"), lambda one: one.words, width=190),
        Column(tr("Printer"), _printer, width=140, grows=280, tip=lambda one: _printer(one) or ""),
        Column(tr("Tray"), lambda one: tray_words(one.way.tray) if one.way and one.way.tray else None, width=110,
               spare=True),
        Column(tr("Sides"), lambda one: sides_words(one.way.sides) if one.way else None, width=90, spare=True),
        Column(tr("Paper size"), lambda one: size_words(one.way.size) if one.way and one.way.size else None, width=100,
               spare=True),
        Column(tr("Copies for"), lambda one: listed(one.copies), spare=True),
    ]
