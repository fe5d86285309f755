"""Prices: how totals are rounded, the discounts offered in their order, how deep each role may go alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from salescenter.domain.money import Money, Rounding
from salescenter.domain.prices import Discount, DiscountKind, building_group, phase_group
from salescenter.domain.staff import MAY, Role
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr
from salescenter.services import offers, settings
from salescenter.services.estate.views import EstateView, overview
from salescenter.services.offers import Offers, OffersRequest
from salescenter.services.settings import RoundingRequest
from salescenter.ui.kit.buttons import OutlinedButton, QuietButton
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.editors import LineEdit, MoneyEdit, PercentEdit
from salescenter.ui.kit.form import DRAFT_AFTER, FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.words import role_words, rounding_words
from salescenter.ui.settings.section import SectionView

KINDS: dict[DiscountKind, str] = {
    DiscountKind.RATE: mark("Percent of the price"),
    DiscountKind.AMOUNT_OFF: mark("Off the total"),
    DiscountKind.UNIT_PRICE_OFF: mark("Off each square metre"),
    DiscountKind.FIXED_TOTAL: mark("A fixed total"),
}

SELLING = tuple(role for role in Role if Step.SUBSCRIBE in MAY[role])
"""Roles that agree on prices."""


class PricesSection(SectionView):
    """Rounding is kept when it is chosen; discounts and limits from their day on."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("Prices and discounts", context="settings"),
            tr("Discounts are applied in this order; a price beyond a role's limit needs a manager's leave. "
               "Deals agreed before keep their price."),
        )  # fmt: skip
        self.rounding = ChipGroup([(how.value, rounding_words(how)) for how in Rounding])
        self.rounding.edited.connect(self._round)
        round_panel = Panel(tr("Rounding of totals"))
        round_panel.put(Label(tr("Shenzhen's tables drop the rest of a yuan, Hunan's keep the fen."), "muted"),
                        self.rounding)  # fmt: skip
        self.offers = OfferList(room)
        offer_panel = Panel(tr("Discounts offered"))
        offer_panel.put(self.offers, row(OutlinedButton(tr("Add a discount"), self.offers.add), None))
        self.limits = self.form(columns=max(2, len(SELLING)))
        for role in SELLING:
            self.limits.add(f"limit-{role}", role_words(role), PercentEdit(), required=True)
        limit_panel = Panel(tr("Lowest price a role may grant alone"))
        words = tr("Of the list price; 100% grants no discount.")
        limit_panel.put(Label(words, "muted"), self.limits)
        self.floors = self.form(columns=4)
        self.floor_panel = Panel(tr("Floor price of a phase or building"))
        words = tr("Of the list price; empty: none. The highest counts, the house's and the unit's own among them.")
        self.floor_panel.put(Label(words, "muted", wrap=True), self.floors)
        self.groups: tuple[str, ...] = ()
        self.since = self.form(columns=3)
        self.since.add("since", tr("In force from"), DayEdit(lambda: room.now().date()), required=True)
        self.put(round_panel, offer_panel, limit_panel, self.floor_panel, self.since)
        self.main_action(tr("Keep discounts and limits"), self._keep)
        self.keep_drafts(limits=self.limits, offers=self.offers, floors=self.floors)

    def load(self) -> None:
        """Look up what is in force."""
        desk, today = self.room.desk, self.room.now().date()
        self.fetch(
            lambda: (offers.offers_of(desk, today), overview(desk)), lambda found: self._show(*found)
        )

    def _show(self, found: Offers, estate: EstateView) -> None:
        self.rounding.put(estate.project.rounding.value)
        self._show_floors(found, estate)
        self.offers.put(found.offers)
        self.limits.put(**{f"limit-{role}": found.limits.get(role, Decimal(1)) for role in SELLING})
        self.since.put(since=self.room.now().date())

    def _show_floors(self, found: Offers, estate: EstateView) -> None:
        """A field for each phase and building; those that came to the estate since are added behind."""
        groups = {phase_group(one.id): one.name for one in estate.phases}
        groups |= {building_group(one.id): one.name for one in estate.buildings}
        for group in [one for one in groups if one not in self.groups]:
            self.floors.add(group, groups[group], PercentEdit())
        self.groups = tuple(groups)
        self.floors.put(**{group: found.floors.get(group) for group in groups})
        self.floor_panel.setVisible(bool(groups))

    def _round(self) -> None:
        asked, desk, now = RoundingRequest(Rounding(self.rounding.value()), self.key), self.room.desk, self.room.now()
        self.send(lambda: settings.round_totals(desk, asked, now), tr("The rounding is kept."), of=())

    def _keep(self) -> None:
        if not (self.offers.check() and self.check()):
            return
        limits = {role: self.limits.value(f"limit-{role}") for role in SELLING}
        floors = {group: self.floors.value(group) for group in self.groups}
        floors = {group: rate for group, rate in floors.items() if rate is not None}
        asked = OffersRequest(self.offers.value(), limits, self.since.value("since"), self.key, floors)
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: offers.keep(desk, asked, now), tr("Discounts and limits are kept."))


class OfferList(QWidget):
    """The discounts as lines; each is moved up and down, or taken away."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.lines: list[OfferLine] = []
        self._keep: Callable[[], None] = lambda: None
        self._forget: Callable[[], None] = lambda: None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAFT_AFTER)
        self._soon.timeout.connect(self.keep_now)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._none = Label(tr("No discount is offered."), "muted")
        self._layout.addWidget(self._none)

    def put(self, offered: tuple[Discount, ...]) -> None:
        """Show discounts."""
        self._show([line_of(one) for one in offered])

    def _show(self, kept: Iterable[KeptLine]) -> None:
        for line in self.lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for one in kept:
            self._add().restore(one)
        self._soon.stop()
        self._none.setVisible(not self.lines)

    def add(self) -> None:
        """Add a line at the end and go to it."""
        self._add().form.field("name").editor.setFocus()
        self._soon.start()

    def _add(self) -> OfferLine:
        line = OfferLine(self._move, self._remove)
        line.form.changed.connect(lambda _: self._soon.start())
        self.lines.append(line)
        self._layout.addWidget(line)
        self._none.hide()
        return line

    # --- what is typed and not kept

    def keep_draft(self, drafts: Drafts, key: str) -> bool:
        """Bring back the lines typed last and keep them from now on; True where there were any."""
        first, typed = self._lines(), drafts.recall(key).get("lines")
        if isinstance(typed, list):
            self._show([KeptLine(*map(str, line)) for line in typed])

        def keep() -> None:
            lines = self._lines()
            drafts.keep(key, {"lines": [list(line) for line in lines]}) if lines != first else drafts.drop(key)

        self._keep, self._forget = keep, lambda: drafts.drop(key)
        return isinstance(typed, list)

    def keep_now(self) -> None:
        """Write the draft at once."""
        self._soon.stop()
        self._keep()

    def drop_draft(self) -> None:
        """Forget the draft."""
        self._soon.stop()
        self._forget()

    def _lines(self) -> list[KeptLine]:
        return [line.kept() for line in self.lines]

    def value(self) -> tuple[Discount, ...]:
        """Return the discounts in their order."""
        return tuple(line.value() for line in self.lines)

    def check(self) -> bool:
        """Say under each field what is wrong; True where nothing is."""
        return not [line for line in self.lines if not line.form.check()]

    def _move(self, line: OfferLine, by: int) -> None:
        at = self.lines.index(line)
        to = at + by
        if 0 <= to < len(self.lines):
            self.lines.insert(to, self.lines.pop(at))
            self._layout.removeWidget(line)
            self._layout.insertWidget(to + 1, line)  # the first place is the words for none
            self._soon.start()

    def _remove(self, line: OfferLine) -> None:
        self.lines.remove(line)
        self._layout.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._none.setVisible(not self.lines)
        self._soon.start()


class KeptLine(NamedTuple):
    """One line as it stands: name, kind, and how much as it is typed."""

    name: str
    kind: str
    worth: str


def line_of(offer: Discount) -> KeptLine:
    """Return a discount as its line says it."""
    percent = offer.kind is DiscountKind.RATE
    worth = PercentEdit().write(offer.value) if percent else MoneyEdit().write(Money.yuan(offer.value))
    return KeptLine(offer.name, offer.kind.value, worth)


class OfferLine(QWidget):
    """One discount: its name, what it does, how much."""

    def __init__(self, move: Callable[[OfferLine, int], None], remove: Callable[[OfferLine], None]) -> None:
        super().__init__()
        self.form = FormGrid(columns=7)
        self.form.add("name", tr("Discount"), LineEdit(), span=2, required=True)
        kinds = ComboBox([(kind.value, tr(words)) for kind, words in KINDS.items()])
        self.form.add("kind", tr("What it does"), kinds, span=3, required=True)
        self.worth = WorthEdit()
        self.form.add("worth", tr("How much"), self.worth, span=2, required=True)
        self.form.changed.connect(lambda name: self._follow() if name == "kind" else None)
        self.form.put(kind=DiscountKind.RATE.value)
        up, down = QuietButton("↑", lambda: move(self, -1)), QuietButton("↓", lambda: move(self, 1))
        away = QuietButton("✕", lambda: remove(self))
        for button, words in ((up, tr("Move up")), (down, tr("Move down")), (away, tr("Take away"))):
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setFixedWidth(33)
        layout = row(self.form, up, down, away, gap=0)
        layout.setStretch(0, 1)
        for button in (up, down, away):
            layout.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(layout)
        self._follow()

    def kept(self) -> KeptLine:
        """Return the line as it stands."""
        return KeptLine(self.form.value("name"), self.form.value("kind"), str(self.worth.kept()))

    def restore(self, kept: KeptLine) -> None:
        """Put back what `kept` gave."""
        self.form.put(name=kept.name, kind=kept.kind)
        self._follow()
        self.worth.restore(kept.worth)

    def value(self) -> Discount:
        """Return the discount as it is typed."""
        return Discount(self.form.value("name"), DiscountKind(self.form.value("kind")), self.form.value("worth"))

    def _follow(self) -> None:
        self.worth.ask(percent=self.form.value("kind") == DiscountKind.RATE)


class WorthEdit(QStackedWidget):
    """What a discount is worth: a percentage or yuan, as its kind asks; `value` is a Decimal (0.98, 5000) or None."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rate, self._yuan = PercentEdit("98%"), MoneyEdit("5,000.00")
        for editor in (self._rate, self._yuan):
            editor.edited.connect(self.edited)
            self.addWidget(editor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._rate)

    def ask(self, *, percent: bool) -> None:
        """Ask for a percentage, or for yuan."""
        asked = self._rate if percent else self._yuan
        self.setCurrentWidget(asked)
        self.setFocusProxy(asked)

    def value(self) -> Decimal | None:
        """Return the share or the yuan."""
        if self.currentWidget() is self._rate:
            return self._rate.read(self._rate.text()) if self._rate.text().strip() else None
        amount = self._yuan.read(self._yuan.text()) if self._yuan.text().strip() else None
        return Decimal(amount.fen) / 100 if amount is not None else None

    def put(self, value: Decimal | None) -> None:
        """Show a share or yuan, as is asked now."""
        self._rate.put(value)
        self._yuan.put(None if value is None else Money.yuan(value))

    def kept(self) -> object:
        """Return the text as it stands."""
        return self._rate.text() if self.currentWidget() is self._rate else self._yuan.text()

    def restore(self, kept: object) -> None:
        """Put back what `kept` gave."""
        for editor in (self._rate, self._yuan):
            editor.setText(str(kept))

    def problem(self) -> str:
        """Say how it is written where it cannot be read."""
        return self._rate.problem() if self.currentWidget() is self._rate else self._yuan.problem()
