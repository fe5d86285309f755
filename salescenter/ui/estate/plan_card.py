"""The card beside the preview: what would be made, what it adds up to, what wants an answer, and the one action."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.money import Rounding
from salescenter.i18n import listed, tr, trn
from salescenter.import_words import field_words
from salescenter.services.importing.plan import ImportPlan
from salescenter.services.importing.visit_store import VisitPlan
from salescenter.ui.estate.checking import Checked, Plan
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import FilledButton, LinkButton
from salescenter.ui.kit.editors import Tick
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import Card, column, row, scrolled
from salescenter.ui.kit.terms import rounding_words

WIDTH = 336


class PlanCard(Card):
    """`go` is pressed to carry the plan out; `round_so(Rounding)` to take over the list's own rounding."""

    go = Signal()
    round_so = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._headline = Label("", "headline", wrap=True)
        self._made, self._sums = FactsTable(), FactsTable()
        self._sums_title = SectionLabel(tr("List totals by rounding"))
        self._notices = QVBoxLayout()
        self._notices.setSpacing(8)
        self._shown: list[Banner] = []
        self._round = LinkButton("", self._take_rounding)
        self._suggested: Rounding | None = None
        self.leave_out = Tick("", told=lambda _: self._allow())
        self.button = FilledButton(tr("Import"), self.go.emit, key="Ctrl ⏎")
        self._checked: Checked | None = None
        inside = QWidget()
        pieces = (self._headline, self._made, self._sums_title, self._sums, row(self._round, None), self._notices)
        lines = column(*pieces, None, gap=12)
        lines.setContentsMargins(0, 0, 12, 0)  # the scroll bar stands beside the figures
        inside.setLayout(lines)
        self.put(scrolled(inside), self.leave_out, self.button)

    def show_checked(self, checked: Checked, *, may_round: bool) -> None:
        """Show what an import would do, or what keeps it from being understood."""
        self._checked = checked
        planned = checked.plan
        self._headline.say(_headline(checked))
        self._made.show_facts(made_facts(planned) if planned else ())
        self._made.setVisible(planned is not None)
        units = planned if isinstance(planned, ImportPlan) else None
        self._sums.show_facts(sum_facts(units) if units else ())
        for piece in (self._sums, self._sums_title):
            piece.setVisible(units is not None)
        self._suggest(units, may_round=may_round)
        self._say(notices(checked))
        rows = len({bad.row for bad in checked.bad})
        self.leave_out.setText(trn("Leave the bad row out", "Leave the {count} bad rows out", count=rows))
        self.leave_out.setVisible(rows > 0)
        self.leave_out.setChecked(False)
        self.button.setText(_action(planned))
        self._allow()

    def notices(self) -> list[str]:
        """Return the sentences shown."""
        return [banner.text() for banner in self._shown]

    def _say(self, told: list[tuple[str, str, str]]) -> None:
        for banner in self._shown:
            self._notices.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self._shown = [Banner(text, remedy, tone) for text, remedy, tone in told]
        for banner in self._shown:
            self._notices.addWidget(banner)

    def _suggest(self, units: ImportPlan | None, *, may_round: bool) -> None:
        suggested = units.draft.totals.suggested if units else None
        self._suggested = suggested if units and may_round and suggested is not units.rounding else None
        self._round.setVisible(self._suggested is not None)
        if self._suggested is not None:
            words = rounding_words(self._suggested)
            self._round.setText(tr("Round this project's totals so: {rounding}", rounding=words))

    def _take_rounding(self) -> None:
        if self._suggested is not None:
            self.round_so.emit(self._suggested)

    def _allow(self) -> None:
        planned = self._checked.plan if self._checked else None
        stopped = bool(self._checked and self._checked.bad) and not self.leave_out.isChecked()
        self.button.setEnabled(planned is not None and not planned.empty and not stopped)


def _headline(checked: Checked) -> str:
    if checked.no_header and checked.plan is None:
        return tr("No header was found")
    if checked.plan is None:
        return tr("A column is still missing")
    if checked.plan.empty and not checked.bad:
        return tr("Nothing would change")
    return tr("What will be made")


def _action(planned: Plan | None) -> str:
    if planned is None:
        return tr("Import")
    if isinstance(planned, VisitPlan):
        lines = len(planned.visits) - planned.repeated
        return trn("Put {count} line on record", "Put {count} lines on record", count=lines)
    if planned.new:
        return trn("Import {count} unit", "Import {count} units", count=len(planned.new) + len(planned.changed))
    return trn("Change {count} unit", "Change {count} units", count=len(planned.changed))


def made_facts(planned: Plan) -> tuple[Fact, ...]:
    """What would be made and changed, a line each; lines of nothing are left out but for the main one."""
    lines = _visit_lines(planned) if isinstance(planned, VisitPlan) else _unit_lines(planned)
    shown = [line for line in lines if line[1]] or lines[:1]
    return tuple(
        Fact(label, formats.count(number), strong=at == 0, tone=tone) for at, (label, number, tone) in enumerate(shown)
    )


Line = tuple[str, int, str]


def _unit_lines(planned: ImportPlan) -> list[Line]:
    draft = planned.draft
    return [
        (tr("New units"), len(planned.new), ""),
        (tr("New buildings"), len(planned.buildings), ""),
        (tr("New stairs"), len(planned.stairs), ""),
        (tr("New unit types"), len(planned.types), ""),
        (tr("New phases"), len(planned.phases), ""),
        (tr("Units changed"), len(planned.changed), "accent"),
        (tr("Unchanged units"), planned.unchanged, "muted"),
        (tr("Bound by a deal, kept"), len(planned.bound), "warning"),
        (tr("Here but not in the list, kept"), len(planned.missing), "warning"),
        (tr("Bad rows"), len({bad.row for bad in planned.bad}), "danger"),
        (tr("Rows that want a look"), len({flag.row for flag in draft.flagged}), "warning"),
        (tr("Total and remark rows skipped"), len(draft.skipped), "muted"),
    ]


def _visit_lines(planned: VisitPlan) -> list[Line]:
    draft = planned.draft
    return [
        (tr("New customers"), planned.new, ""),
        (tr("Lines of known customers"), planned.known, ""),
        (tr("On record already"), planned.repeated, "muted"),
        (tr("Bad rows"), len({bad.row for bad in planned.bad}), "danger"),
        (tr("Rows that want a look"), len({flag.row for flag in draft.flagged}), "warning"),
        (tr("Total and remark rows skipped"), len(draft.skipped), "muted"),
    ]


def sum_facts(planned: ImportPlan) -> tuple[Fact, ...]:
    """What the list adds up to under each rounding, the project's own in strong figures."""
    totals = planned.draft.totals
    by_rounding = [
        Fact(rounding_words(how), formats.money(totals.amounts[how]), strong=how is planned.rounding)
        for how in Rounding
    ]
    own = [Fact(tr("The list's own totals"), formats.money(totals.stated))] if totals.stated else []
    areas = [Fact(tr("Construction area"), formats.area(totals.gross, unit=True))]
    if totals.inner:
        areas.append(Fact(tr("Inner area"), formats.area(totals.inner, unit=True)))
    average = Fact(
        tr("Average price"), formats.money(totals.averages[planned.rounding]), tip=tr("Sum of totals ÷ sum of areas")
    )
    return (*by_rounding, *own, *areas, average)


def notices(checked: Checked) -> list[tuple[str, str, str]]:
    """What wants an answer or a look: sentence, remedy, tone."""
    if checked.no_header and checked.plan is None:
        remedy = tr("Say above in which row it stands, or what each column is.")
        return [(tr("No row sounds like the header of such a list."), remedy, "warning")]
    planned = checked.plan
    if planned is None:
        names = listed(map(field_words, checked.found.mapping.lacking()))
        return [(tr("No column says: {names}.", names=names), tr("Choose it above one of the columns."), "warning")]
    return _visit_notices(planned) if isinstance(planned, VisitPlan) else _unit_notices(planned)


def _unit_notices(planned: ImportPlan) -> list[tuple[str, str, str]]:
    assumed = planned.draft.building_assumed
    told: list[tuple[bool, str, str, str]] = [
        (bool(assumed), tr("The list names no building; “{name}” is taken.", name=assumed),
         tr("Write another name above."), "accent"),
        (bool(planned.unknown_permits), tr("Permit not known: {names}.", names=listed(planned.unknown_permits)),
         tr("Enter it in the estate with its day; the units come without it until then."), "warning"),
        (bool(planned.missing),
         trn("{count} unit of these buildings is not in the list.",
             "{count} units of these buildings are not in the list.", count=len(planned.missing)),
         tr("They stay as they are."), "neutral"),
        (bool(planned.bound),
         trn("{count} unit has a living deal.", "{count} units have a living deal.", count=len(planned.bound)),
         tr("Their areas and prices stay as agreed."), "neutral"),
    ]  # fmt: skip
    return [(text, remedy, tone) for on, text, remedy, tone in told if on]


def _visit_notices(planned: VisitPlan) -> list[tuple[str, str, str]]:
    if not planned.unknown_consultants:
        return []
    names = listed(planned.unknown_consultants)
    return [
        (tr("Nobody here is called: {names}.", names=names), tr("Their lines come without a consultant."), "warning")
    ]
