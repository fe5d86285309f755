"""One's own looks on this PC: language, light or dark, the colours of cells; and one's own password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QColorDialog, QPushButton, QSizePolicy, QWidget

from salescenter.domain.units import UnitState
from salescenter.i18n import LANGUAGES, mark, spoken, tr
from salescenter.services import people
from salescenter.ui.kit import cell_colours, theme
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.cell_colours import CellTheme, Chosen
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import Panel, column, row
from salescenter.ui.kit.password import PasswordEdit
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.topbar import LANGUAGE_NAMES
from salescenter.ui.kit.words import state_letter, state_words
from salescenter.ui.settings.section import SectionView

THEMES: dict[CellTheme, str] = {
    CellTheme.TRADE: mark("As the trade paints them"),
    CellTheme.COLOUR_BLIND: mark("Safe for colour-blind eyes"),
    CellTheme.OFFICIAL: mark("As official boards"),
}


class LooksSection(SectionView):
    """Everything here is worn at once and remembered for this user of this PC."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("Language and looks", context="settings"),
            tr("How the program looks to you on this PC; nobody else is affected."),
        )
        self.language = ChipGroup([(one, LANGUAGE_NAMES[one]) for one in LANGUAGES])
        self.mode = ChipGroup([(False, tr("Light")), (True, tr("Dark"))])
        self.language.edited.connect(lambda: room.looks.language(str(self.language.value())))
        self.mode.edited.connect(lambda: room.looks.dark(bool(self.mode.value())))
        screen = Panel(tr("Screen"))
        screen.put(column(Label(tr("Language"), "section"), self.language, gap=4),
                   column(Label(tr("Light or dark"), "section"), self.mode, gap=4))  # fmt: skip
        self.put(screen, self._cells(), self._password())
        theme.changed.connect(self._show)

    def load(self) -> None:
        """Show what is worn."""
        self._show()

    def choose(self, chosen: Chosen) -> None:
        """Wear another choice of cell colours."""
        self.room.looks.cells(chosen)
        if cell_colours.chosen() != chosen:  # nobody remembers it, as in a room of its own
            cell_colours.choose(chosen)

    def edit(self, state: UnitState) -> QColorDialog:
        """Open the choice of a colour for a state's cells."""
        dialog = QColorDialog(QColor(cell_colours.worn()[state].ground), self.window())
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setWindowTitle(state_words(state))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(partial(self.paint, state))
        dialog.open()
        return dialog

    def paint(self, state: UnitState, colour: QColor) -> None:
        """Give a state's cells another ground; the letters on it are made to be read."""
        now = cell_colours.chosen()
        self.choose(Chosen(now.theme, {**now.edited, state: colour.name().upper()}))

    def _cells(self) -> Panel:
        panel = Panel(tr("Colours of cells"))
        self.themes = ChipGroup([(one.value, tr(words)) for one, words in THEMES.items()])
        self.themes.edited.connect(lambda: self.choose(Chosen(CellTheme(self.themes.value()))))
        self.swatches = {state: Swatch(state, partial(self.edit, state)) for state in UnitState}
        cells = QWidget()
        flow = FlowLayout(cells)
        for swatch in self.swatches.values():
            flow.addWidget(swatch)
        self.own = OutlinedButton(tr("Back to the theme's colours"), self._forget)
        words = tr("Press a cell to give its state another colour; its words are made dark or light so that they can "
                   "be read.")  # fmt: skip
        panel.put(self.themes, Label(words, "muted", wrap=True), cells, row(self.own, None))
        return panel

    def _forget(self) -> None:
        self.choose(Chosen(cell_colours.chosen().theme))

    def _password(self) -> Panel:
        panel = Panel(tr("My password"))
        self.secret = self.form(columns=3)
        self.secret.add("old", tr("Old password"), PasswordEdit(), hint=tr("empty where none was set"))
        hint = tr("at least {least} characters, or none", least=people.LEAST_PASSWORD)
        self.secret.add("password", tr("New password"), PasswordEdit(), hint=hint)
        self.secret.add("again", tr("New password again"), PasswordEdit())
        self.secret.finished.connect(self._set_password)
        panel.put(self.secret, row(FilledButton(tr("Change my password"), self._set_password), None))
        return panel

    def _set_password(self) -> None:
        said = self.secret.values()
        if said["password"] != said["again"]:
            self.secret.field("again").set_error(tr("This is not the same password."))
            return
        desk, now = self.room.desk, self.room.now()
        self.send(
            lambda: people.change_own_password(desk, said["old"], said["password"], now),
            tr("Your password is changed."), lambda _: self.secret.clear(),
        )  # fmt: skip

    def _show(self) -> None:
        chosen = cell_colours.chosen()
        self.language.put(spoken())
        self.mode.put(theme.tokens().dark)
        self.themes.put(chosen.theme.value)
        self.own.setEnabled(bool(chosen.edited))
        for swatch in self.swatches.values():
            swatch.update()


class Swatch(QPushButton):
    """A cell as the grid paints it: ground, letter, the state's word."""

    def __init__(self, state: UnitState, pressed: Callable[[], object]) -> None:
        super().__init__()
        self._state = state
        self.setAccessibleName(state_words(state))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.clicked.connect(lambda: pressed())  # noqa: PLW0108  `checked` is not passed on

    def sizeHint(self) -> QSize:
        return QSize(120, 46)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = cell_colours.worn()[self._state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(theme.colour("text") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.ground))
        painter.drawRoundedRect(box, 5, 5)
        if look.hatched:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_hatching(look.ink))
            painter.drawRoundedRect(box, 5, 5)
        painter.setPen(QColor(look.ink))
        words = box.adjusted(10, 0, -10, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, state_words(self._state))
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, state_letter(self._state))
        painter.end()


def _hatching(ink: str) -> QBrush:
    faint = QColor(ink)
    faint.setAlpha(40)
    return QBrush(faint, Qt.BrushStyle.BDiagPattern)
