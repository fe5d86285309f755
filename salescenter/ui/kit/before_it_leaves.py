"""What is to be done before a paper leaves: who signs and seals where, and for whom the copies are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from salescenter.domain.papers.signing import Deed, Hand, Signature
from salescenter.i18n import mark, tr
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.paper_search import Found, find_in

_HANDS: dict[Hand, str] = {
    Hand.BUYERS: mark("every buyer"), Hand.CUSTOMER: mark("customer"), Hand.SELLER: mark("seller"),
    Hand.CASHIER: mark("cashier"), Hand.ACCOUNTS: mark("accounts"), Hand.APPROVERS: mark("all who approve"),
    Hand.HANDLER: mark("whoever handles it"), Hand.RECEIVER: mark("whoever receives it"),
}  # fmt: skip
_DEEDS: dict[Deed, str] = {
    Deed.SIGN: mark("{who} signs"), Deed.SEAL: mark("{who}: company seal"),
    Deed.CONTRACT_SEAL: mark("{who}: contract seal"), Deed.FINANCE_SEAL: mark("{who}: finance seal"),
    Deed.ACROSS: mark("{who}: seal across the edges of all pages"),
}  # fmt: skip

Place = tuple[Signature, Found | None]
"""A signature and where it stands, None where it is not found or is on every page."""


def places(pdf: bytes, needed: Sequence[Signature]) -> tuple[Place, ...]:
    """Find where each signature stands: the last place of the first of its words that is there; runs in a lane."""
    return tuple((one, _last(pdf, one.place)) for one in needed)


def _last(pdf: bytes, words: Sequence[str]) -> Found | None:
    found = (find_in(pdf, one) for one in words)
    return next((places_[-1] for places_ in found if places_), None)


def signature_words(one: Signature) -> str:
    """Say a signature: every buyer signs."""
    return tr(_DEEDS[one.deed], who=tr(_HANDS[one.hand]))


class BeforeItLeaves(QFrame):
    """Two quiet lines under the bar; a place to sign is a link that shows it."""

    def __init__(self, show: Callable[[Found], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "topbar")
        self._show = show
        self.copies = ChipGroup(multi=True)
        self.copies.setAccessibleName(tr("For whom a copy is printed"))
        self._copies = QWidget()
        self._places = QWidget()
        across = row(Label(tr("A copy for"), "muted"), self.copies)
        across.setStretch(1, 1)
        self._copies.setLayout(across)
        self._flow = FlowLayout(self._places, gap=8)
        self._put(Label(tr("Before it leaves"), "muted"))
        for line in (self._copies, self._places):
            line.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 12, 4)
        layout.setSpacing(4)
        layout.addWidget(self._copies)
        layout.addWidget(self._places)
        self.hide()

    def offer_copies(self, copies: Sequence[str]) -> None:
        """Offer a copy for each of these, all chosen."""
        self.copies.set_choices([(one, one) for one in copies])
        self.copies.put(tuple(copies))
        self._copies.setVisible(bool(copies))
        self._appear()

    def show_places(self, found: Sequence[Place]) -> None:
        """Show who signs where."""
        for one, place in found:
            words = signature_words(one)
            if place is None:
                self._put(Label(words))
            else:
                said = tr("{what} (page {page})", what=words, page=place.page + 1)
                self._put(LinkButton(said, partial(self._show, place)))
        self._places.setVisible(bool(found))
        self._appear()

    def _put(self, piece: QWidget) -> None:
        """Put a piece into the line; words stand on the same line as the links."""
        piece.setMinimumHeight(LinkButton("Ag").sizeHint().height())
        self._flow.addWidget(piece)

    def _appear(self) -> None:
        self.setVisible(not self._copies.isHidden() or not self._places.isHidden())
