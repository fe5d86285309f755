"""The page of papers: what was printed, what is kept longer, the print centre, a job of many, the check of one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.labels import TitleLabel
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.room import Room
from salescenter.ui.papers.centre_view import CentreView
from salescenter.ui.papers.check_view import CheckView
from salescenter.ui.papers.job_view import JobView
from salescenter.ui.papers.kept_view import KeptView
from salescenter.ui.papers.printed_view import PrintedView

_View = PrintedView | CentreView | JobView | CheckView | KeptView


class PapersPage(QWidget):
    """A view behind each chip, asked for its rows when it is shown; marks are listed for whoever may set them."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        keeps = may(room.desk.who.role, Step.KEEP_PAPERS)
        self.chips = ChipGroup(
            [("printed", tr("Printed papers")), ("centre", tr("Print centre")), ("job", tr("Print many")),
             ("check", tr("Check a paper")), *([("kept", tr("Kept longer"))] if keeps else [])]
        )  # fmt: skip
        self.chips.in_one_line()
        self.printed, self.job, self.check = PrintedView(room), JobView(room), CheckView(room)
        self.centre = CentreView(room)
        self._views: dict[str, _View] = {
            "printed": self.printed, "centre": self.centre, "job": self.job, "check": self.check,
        }  # fmt: skip
        if keeps:
            self._views["kept"] = KeptView(room)
        self.stack = QStackedWidget()
        for view in self._views.values():
            self.stack.addWidget(view)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 0)
        head.addLayout(row(TitleLabel(tr("Papers")), self.chips, None, gap=14))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.stack, 1)
        self.printed.scanned.connect(self._check)
        self.chips.edited.connect(lambda: self.show_view(str(self.chips.value() or "printed")))
        begins_in(self, self.stack.currentWidget)
        self.show_view("printed")

    def show_view(self, name: str) -> None:
        """Show one of the views."""
        self.chips.put(name)
        view = self._views[name]
        self.stack.setCurrentWidget(view)
        view.load()

    def _check(self, code: str) -> None:
        self.show_view("check")
        self.check.code.put(code)
        self.check.check_now()

    def show_argument(self, argument: object) -> None:
        """Show a view by its name, a job of a kind, the papers of a deal by its id, or those found by a text."""
        if isinstance(argument, PaperKind):
            self.chips.put("job")
            self.stack.setCurrentWidget(self.job)
            self.job.show_kind(argument)
            return
        if argument in self._views:
            self.show_view(str(argument))
            return
        self.show_view("printed")
        if isinstance(argument, int):
            self.printed.show_deal(argument)
        else:
            self.printed.show_text(str(argument))

    def status(self) -> str:
        """Say what is shown."""
        return self._shown().status()

    def print_page(self) -> None:
        """F8: what the view shown prints."""
        self._shown().print_it()

    def main_step(self) -> None:
        """F6: the same."""
        self._shown().print_it()

    def load(self) -> None:
        """Look the list shown up again."""
        self._shown().load()

    def back(self) -> bool:
        """Esc: from the papers of one deal to all."""
        return self.stack.currentWidget() is self.printed and self.printed.back()

    def _shown(self) -> _View:
        return self._views[str(self.chips.value() or "printed")]
