"""The printed paper beside a template: made anew while it is written, of one of the deals it is tried on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.papers.versions import Sample
from salescenter.i18n import tr
from salescenter.print.batch import batch_pdf
from salescenter.services.papers.example import MADE_UP, example_paper
from salescenter.services.papers.trials import Candidate
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.lane import Trouble
from salescenter.ui.kit.paper_search import Found, find_in
from salescenter.ui.kit.paper_terms import sample_words
from salescenter.ui.kit.preview import PaperView
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.words import refusal_words
from salescenter.ui.settings.blank_walk import POINTER

READABLE = 0.8
"""How large the page is shown at least while a blank on it is pointed at; 1 is life-size."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A text to be tried: of which kind, and what it is called; `keeps` where it is a kept version being tried."""

    kind: str
    text: str
    keeps: bool = False


class TrialPane(QWidget):
    """A choice of deals above, the paper below; `tried` is sent when somebody looks at the paper of a kept version."""

    tried = Signal(object)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._candidates: tuple[Candidate, ...] = (MADE_UP,)
        self._done: frozenset[Sample] = frozenset()
        self._wanted: Trial | None = None
        self._busy = False
        self.view: PaperView | None = None
        self.deal = ComboBox()
        self.deal.setAccessibleName(tr("Deal to try it on"))
        self.deal.edited.connect(lambda: self.show_trial(self._last))
        self.says = Label("", "muted", wrap=True)
        self._last: Trial | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.deal)
        self._column.addWidget(self.says)
        self._column.addStretch(1)

    def offer(self, candidates: tuple[Candidate, ...], done: frozenset[Sample]) -> None:
        """Offer these deals, ticked where the version was tried on their kind."""
        chosen, self._candidates, self._done = self.chosen(), candidates, done
        self.deal.set_choices([(at, self._words(one)) for at, one in enumerate(candidates)])
        self.deal.put(candidates.index(chosen) if chosen in candidates else 0)

    def show_trial(self, trial: Trial | None) -> None:
        """Make the paper of a text; what comes while one is being made waits, the newest alone."""
        self._last = trial
        if trial is None or not self.isVisible():
            return
        self._wanted = trial
        if not self._busy:
            self._make()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the paper; it is made anew when somebody looks again."""
        if self.view is not None:
            self.view.close_document()
            self._column.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self.view = None
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_trial(self._last)

    def chosen(self) -> Candidate:
        """Return the deal that is chosen."""
        at = self.deal.value()
        return self._candidates[at] if isinstance(at, int) and at < len(self._candidates) else MADE_UP

    def _words(self, one: Candidate) -> str:
        real = f"{one.room} · {one.number}" if one.deal is not None else tr("made-up deal")
        return f"{sample_words(one.sample)} · {real}{' ✓' if one.sample in self._done else ''}"

    def _make(self) -> None:
        trial, on, desk, now = self._wanted, self.chosen(), self._room.desk, self._room.now()
        assert trial is not None
        self._wanted, self._busy = None, True

        def made() -> tuple[bytes, tuple[Found, ...]]:
            pdf = batch_pdf([example_paper(desk, trial.kind, trial.text, now, on)], "", "", now)
            return pdf, find_in(pdf, POINTER) if POINTER in trial.text else ()

        self._room.papers.run(made, self._shower(trial, on), owner=self, refused=self._refuse, after=self._next)

    def _shower(self, trial: Trial, on: Candidate) -> Callable[[tuple[bytes, tuple[Found, ...]]], None]:
        def show(made: tuple[bytes, tuple[Found, ...]]) -> None:
            if not self.isVisible():
                return
            self.says.hide()
            self._show(*made)
            if trial.keeps and on.sample not in self._done:
                self.tried.emit(on.sample)

        return show

    def _show(self, pdf: bytes, pointed: tuple[Found, ...]) -> None:
        if self.view is None:
            self.view = PaperView(pdf)
            self._column.insertWidget(self._column.count() - 1, self.view, 1000)
        else:
            stood = self.view.verticalScrollBar().value()
            self.view.show_document(pdf)
            self.view.verticalScrollBar().setValue(stood)
        self.view.show()
        if pointed:
            self.view.enlarge(READABLE)
            self.view.mark_found(pointed[:1], 0)
        else:
            self.view.fit_width()

    def _refuse(self, trouble: Trouble) -> None:
        if self.view is not None:
            self.view.hide()
        self.says.say(" ".join(refusal_words(trouble)), "error")
        self.says.show()

    def _next(self) -> None:
        self._busy = False
        if self._wanted is not None:
            self._make()
