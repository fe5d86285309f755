"""The bar below the grid: the time slider, two dates to compare, the key of a scale, zoom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QSlider, QToolTip, QWidget

from salescenter.domain.grid_scales import ColourBy, Shades
from salescenter.i18n import tr
from salescenter.ui.floorplan.grounds import SCALE_FIRST, grounds
from salescenter.ui.kit import cell_colours, formats, theme
from salescenter.ui.kit.buttons import PickButton, QuietButton
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.labels import Label, MutedLabel
from salescenter.ui.kit.panel import column, hold, row

REST = 90
"""Milliseconds the slider must rest until the past is read."""

STEP = 700
"""Milliseconds each moment stays while the past is played."""


class ScaleKey(QWidget):
    """The steps of a scale and the values they stand for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by, self._shades = ColourBy.STATE, Shades(bytearray(), ())
        self.setFixedHeight(34)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_scale(self, by: ColourBy, shades: Shades) -> None:
        """Show a scale; colours by state need no key."""
        self._by, self._shades = by, shades
        self.setVisible(by is not ColourBy.STATE and bool(shades.ends))
        self.setAccessibleName("; ".join(self._ranges()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 4, 34)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Tell the whole range of each step."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), "\n".join(self._ranges()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a swatch with its least value for each step in use, and the greatest of all at the end."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        colours = grounds(theme.tokens(), cell_colours.chosen().theme, self._by).cells
        left = 2
        for (step, _, _), said, wide in zip(self._shades.ends, self._said(), self._widths(), strict=True):
            look = colours[SCALE_FIRST + step]
            box = QRectF(left, 7, wide - 2, 20)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.ground))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(look.ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)
            left += wide
        painter.end()

    def _ranges(self) -> list[str]:
        say = _SAY.get(self._by, str)
        return [say(low) if low == high else f"{say(low)} – {say(high)}" for _, low, high in self._shades.ends]

    def _said(self) -> list[str]:
        say, ends = _SAY.get(self._by, str), self._shades.ends
        last = len(ends) - 1
        return [f"{say(low)}–{say(high)}" if at == last and low != high else say(low)
                for at, (_, low, high) in enumerate(ends)]  # fmt: skip

    def _widths(self) -> list[int]:
        size = QFontMetrics(self._font())
        return [size.horizontalAdvance(said) + 12 for said in self._said()]

    def _font(self) -> QFont:
        font = numbers(self.font())
        font.setPixelSize(11)
        return font


_SAY: dict[ColourBy, Callable[[int], str]] = {
    ColourBy.PRICE: lambda fen: formats.count((fen + 50) // 100), ColourBy.UNSOLD: str, ColourBy.QUOTED: str,
}


class TimeBar(QWidget):
    """Any past moment by a slider, played through, or two dates side by side."""

    moment_wanted = Signal(object)      # datetime, None for now
    two_wanted = Signal(object)         # (date, date), None to compare no more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = self._now = datetime.now().astimezone()
        self.compare = QuietButton(tr("Two dates"), self._toggle_two)
        self.compare.setToolTip(tr("Compare two dates"))
        self._one, self._two = self._any_moment(), self._two_dates()
        self._two.hide()
        self.setLayout(row(self._one, self._two, self.compare, gap=8))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._tell)
        self._playing = QTimer(self)
        self._playing.setInterval(STEP)
        self._playing.timeout.connect(self._play_on)
        self.slider.valueChanged.connect(self._slid)

    def _any_moment(self) -> QWidget:
        self.label = Label(tr("Now"), "strong")
        self.label.setMinimumWidth(76)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 0)
        self.slider.setAccessibleName(tr("Past moments"))
        self.slider.setMinimumWidth(72)
        self.play = QuietButton("▶", self._play)
        self.play.setAccessibleName(tr("Play the past"))
        self.play.setToolTip(tr("Play the past"))
        return hold(row(self.label, self.play, self.slider, gap=6))

    def _two_dates(self) -> QWidget:
        self.earlier, self.later = DayEdit(self._today), DayEdit(self._today)
        for field, name in ((self.earlier, tr("Earlier date")), (self.later, tr("Later date"))):
            field.setFixedWidth(116)
            field.setAccessibleName(name)
            field.edited.connect(self._two_edited)
        return hold(row(self.earlier, MutedLabel("→"), self.later, None, gap=6))

    def offer(self, first: datetime | None, now: datetime) -> None:
        """Offer the moments from the first one known until now, a day a step."""
        self._now, self._first = now, first.astimezone(now.tzinfo) if first else now
        days = max(0, (now.date() - self._first.date()).days)
        self.slider.blockSignals(True)
        at_end = self.slider.value() == self.slider.maximum()
        self.slider.setRange(0, days)
        self.slider.setPageStep(7)
        if at_end:
            self.slider.setValue(days)
        self.slider.blockSignals(False)
        self.setEnabled(bool(days))

    def moment(self) -> datetime | None:
        """Return the moment chosen, None for now: the end of a day, the present moment on the last."""
        if self.slider.value() >= self.slider.maximum():
            return None
        return self.end_of(self._first.date() + timedelta(days=self.slider.value()))

    def end_of(self, day: date) -> datetime:
        """Return the last moment of a day on the house's clock, no later than now."""
        return min(self._now, datetime.combine(day, time(23, 59, 59), self._now.tzinfo))

    def back_to_now(self) -> None:
        """Show the present again."""
        self._playing.stop()
        if not self._two.isHidden():
            self._toggle_two()
        self.slider.setValue(self.slider.maximum())
        self._rest.stop()
        self._tell()

    def _slid(self) -> None:
        moment = self.moment()
        self.label.say(tr("Now") if moment is None else formats.day(moment.date(), self._now.date()))
        self._rest.start()

    def _tell(self) -> None:
        self.moment_wanted.emit(self.moment())

    def _play(self) -> None:
        if self._playing.isActive():
            self._playing.stop()
            return
        if self.moment() is None:
            self.slider.setValue(0)
        self._playing.start()

    def _play_on(self) -> None:
        """Go on by a thirtieth of the time, at least a day."""
        step = max(1, self.slider.maximum() // 30)
        self.slider.setValue(min(self.slider.maximum(), self.slider.value() + step))
        if self.slider.value() == self.slider.maximum():
            self._playing.stop()

    def _toggle_two(self) -> None:
        comparing = self._two.isHidden()
        self._two.setVisible(comparing)
        self._one.setVisible(not comparing)
        self.compare.setText(tr("Now") if comparing else tr("Two dates"))
        self.compare.setToolTip(tr("Back to now") if comparing else tr("Compare two dates"))
        if not comparing:
            self.two_wanted.emit(None)
            return
        self._playing.stop()
        self.earlier.put(max(self._first.date(), self._today() - timedelta(days=30)))
        self.later.put(self._today())
        self._two_edited()

    def _two_edited(self) -> None:
        earlier, later = self.earlier.value(), self.later.value()
        if earlier is not None and later is not None:
            self.two_wanted.emit((min(earlier, later), max(earlier, later)))

    def _today(self) -> date:
        return self._now.date()


class ZoomBar(QWidget):
    """Smaller, larger, everything in sight."""

    stepped = Signal(int)
    fitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        smaller, larger = PickButton("−", lambda: self.stepped.emit(-1)), PickButton("+", lambda: self.stepped.emit(1))
        for button, name, key in ((smaller, tr("Smaller"), "−"), (larger, tr("Larger"), "+")):
            button.setFixedWidth(30)
            button.setAccessibleName(name)
            button.setToolTip(f"{name}  {key}")
        fit = PickButton(tr("All in sight"), self.fitted.emit)
        fit.setToolTip(f"{tr('All in sight')}  Ctrl+0")
        self.setLayout(row(smaller, fit, larger, gap=4))


class FootBar(QFrame):
    """The bar below the grid; the key of a scale stands in a line of its own, for it may be long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.time, self.zoom, self.key = TimeBar(), ZoomBar(), ScaleKey()
        line = row(self.time, None, self.zoom, gap=12)
        line.setStretch(0, 8)
        both = column(self.key, line, gap=0)
        both.setContentsMargins(12, 4, 8, 4)
        self.setLayout(both)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
