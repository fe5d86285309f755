"""Three ways to begin, each with the form it needs and the progress it makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSizePolicy, QStackedLayout, QWidget

from salescenter.domain.money import Rounding
from salescenter.i18n import spoken, tr
from salescenter.ui import first_run
from salescenter.ui.first_run.cards import WayCard
from salescenter.ui.kit.buttons import FilledButton, LinkButton, OutlinedButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label, TitleLabel
from salescenter.ui.kit.lane import Runner, Ticket
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.options import SAMPLE
from salescenter.ui.kit.panel import Panel, column, hold, row, scrolled
from salescenter.ui.kit.terms import ROUNDINGS, rounding_words
from salescenter.ui.kit.waiting import ProgressPanel

if TYPE_CHECKING:
    from salescenter.ui.first_run.making import Made

WIDTH = 640
LEAST_PASSWORD = 6


@dataclass(frozen=True, slots=True)
class NewDatabase:
    """What a new database is made from."""

    project: str
    developer: str
    manager: str
    login: str
    password: str
    rounding: Rounding
    where: str


@dataclass(frozen=True, slots=True)
class FirstRunDoors:
    """Where the page leads. lane: where databases are made; back: to the log-in, None where there is none.

    made: called with the open house and where it lies; no house for a server that asks first who comes.
    """

    lane: Runner
    now: Callable[[], datetime]
    made: Callable[[Made], None]
    language: Callable[[str], None]
    back: Callable[[], object] | None = None


class FirstRunPage(QWidget):
    """The three ways as cards; the chosen one opens its form in their place."""

    def __init__(self, folder: Path, doors: FirstRunDoors) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setWindowTitle(tr("Sales centre"))
        self._folder, self._doors = folder, doors
        self._making: Ticket | None = None
        self.banner = Banner(closable=True)
        self.form = FormGrid(2)
        self.where = LineEdit()
        self._progress = ProgressPanel(tr("Making the sample estate …"), cancel=self._stop)
        self._faces = QStackedLayout()
        for face in (self._ways(), self._new(), self._existing(), hold(column(self._progress, None))):
            self._faces.addWidget(face)
        self._faces.currentChanged.connect(self._as_tall_as_shown)
        self._as_tall_as_shown(0)
        body = hold(column(self._heading(), self.banner, self._faces, None, gap=14))
        body.setMaximumWidth(WIDTH)
        middle = row(None, body, None)
        middle.setContentsMargins(24, 48, 24, 24)
        middle.setStretch(1, 100)
        self.setLayout(column(scrolled(hold(middle)), gap=0))
        self.resize(1180, 760)
        self.form.finished.connect(self.make)

    def show_ways(self) -> None:
        """Show the three ways."""
        self._faces.setCurrentIndex(0)
        self._first.setFocus()

    def _as_tall_as_shown(self, at: int) -> None:
        """What is not shown asks for no height: the ways would scroll for the sake of a form."""
        for place in range(self._faces.count()):
            if (face := self._faces.widget(place)) is not None:
                tall = QSizePolicy.Policy.Preferred if place == at else QSizePolicy.Policy.Ignored
                face.setSizePolicy(QSizePolicy.Policy.Preferred, tall)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._first.setFocus()

    def show_new(self) -> None:
        """Show the form of a new database."""
        self._faces.setCurrentIndex(1)
        self.form.field("project").editor.setFocus()

    def show_existing(self) -> None:
        """Show the field for an existing database."""
        self._faces.setCurrentIndex(2)
        self.where.setFocus()

    def make_sample(self) -> None:
        """Make the sample and open it."""
        self.banner.hide()
        self._faces.setCurrentIndex(3)
        self._progress.setFocus()
        where, now = self._folder / SAMPLE, self._doors.now()
        self._making = self._doors.lane.pursue(
            lambda ticket: first_run.sample(where, ticket, now), self._doors.made, owner=self,
            progress=self._progress.show_progress, refused=self.refuse)

    def make(self) -> None:
        """Make the new database, if its form is well filled."""
        if not self.form.check() or not self._passwords_agree():
            return
        values = self.form.values()
        asked = NewDatabase(
            values["project"], values["developer"], values["manager"], values["login"], values["password"],
            Rounding(values["rounding"]), values["where"])
        self._doors.lane.run(lambda: first_run.new_house(asked), self._doors.made, owner=self, refused=self.refuse)

    def open_existing(self) -> None:
        """Open the database that was named."""
        where = self.where.value()
        if self.existing.check():
            self.banner.hide()
            self._doors.lane.run(lambda: first_run.other_house(where), self._doors.made, owner=self,
                                 refused=self.refuse)

    def refuse(self, trouble: Exception) -> None:
        """Show why not; what was typed stays."""
        self.banner.explain(trouble)
        if self._faces.currentIndex() == 3:
            self.show_ways()

    def _stop(self) -> None:
        if self._making is not None:
            self._making.cancel()
        self.show_ways()

    def _passwords_agree(self) -> bool:
        password, again = self.form.value("password"), self.form.value("again")
        if password and len(password) < LEAST_PASSWORD:
            self.form.field("password").set_error(tr("At least {count} characters.", count=LEAST_PASSWORD))
        elif password != again:
            self.form.field("again").set_error(tr("The two do not agree."))
        else:
            return True
        return False

    def _heading(self) -> QWidget:
        other, words = ("en", "English") if spoken() == "zh_CN" else ("zh_CN", "中文")
        text = Label(tr("Everything stays on this PC until you share it."), "muted")
        languages = LinkButton(words, lambda: self._doors.language(other))
        return hold(row(hold(column(TitleLabel(tr("Welcome to the sales centre")), text, gap=2)), None, languages))

    def _ways(self) -> QWidget:
        self._first = WayCard(
            "sample", tr("Try the sample"),
            tr("A fictional estate with a year of visits, deals and receipts. Nothing in it is real."),
            self.make_sample)
        ways = column(
            self._first,
            WayCard("database", tr("Make a new database here"),
                    tr("For a project that starts on this PC; other PCs can join later through PostgreSQL."),
                    self.show_new),
            WayCard("folder", tr("Open an existing one"), tr("A file of this program, or the address of a server."),
                    self.show_existing),
            gap=12)
        if self._doors.back is not None:
            ways.addWidget(LinkButton(tr("Back to the log-in"), self._doors.back), 0, Qt.AlignmentFlag.AlignLeft)
        ways.addStretch(1)
        return hold(ways)

    def _new(self) -> QWidget:
        form = self.form
        form.add("project", tr("Project name"), LineEdit(), required=True)
        form.add("developer", tr("Developer"), LineEdit())
        form.add("manager", tr("Your name"), LineEdit(), required=True, hint=tr("You become the sales manager."))
        form.add("login", tr("Log-in name"), LineEdit(), required=True)
        form.add("password", tr("Password"), _password(), hint=tr("May be left empty on a PC only you use."))
        form.add("again", tr("Password again"), _password())
        roundings = ComboBox([(one.value, rounding_words(one)) for one in ROUNDINGS])
        form.add("rounding", tr("Totals are rounded"), roundings, required=True,
                 hint=tr("As the price list of your city does."))
        form.add("where", tr("Database file"), LineEdit(str(self._folder / "salescenter.db")), required=True)
        form.put(rounding=Rounding.TO_YUAN.value)
        panel = Panel(tr("A new database"))
        panel.put(form, row(FilledButton(tr("Make it"), self.make, key="Ctrl ⏎"),
                            OutlinedButton(tr("Back"), self.show_ways), None))
        return hold(column(panel, None))

    def _existing(self) -> QWidget:
        form = self.existing = FormGrid(1)
        form.add("where", tr("Database file or address"), self.where, required=True,
                 hint=tr("For a server: postgresql://server/database; who you are is asked at the log-in."))
        form.finished.connect(self.open_existing)
        panel = Panel(tr("Open an existing database"))
        panel.put(form, row(FilledButton(tr("Open"), self.open_existing, key="Ctrl ⏎"),
                            OutlinedButton(tr("Choose a file …"), self._choose),
                            OutlinedButton(tr("Back"), self.show_ways), None))
        return hold(column(panel, None))

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Open an existing database"), str(self._folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.where.put)
        dialog.open()


def _password() -> LineEdit:
    edit = LineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    return edit
