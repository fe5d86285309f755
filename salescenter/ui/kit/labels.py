"""Labels in the few sizes and tones the program speaks in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose property changed; at one it never saw it looks anyway."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def put_look(widget: QWidget, look: str) -> None:
    """Give a widget a look of the style sheet, if it has another."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        restyle(widget)


class Label(QLabel):
    """A text in a look of the style sheet: title, headline, strong, section, muted, hint, error, warning, accent."""

    def __init__(self, text: str = "", look: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> None:
        super().__init__(text, parent)
        self.setProperty("look", look)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)

    def say(self, text: str, look: str | None = None) -> None:
        """Change the words, and the look if another is given."""
        self.setText(text)
        if look is not None:
            put_look(self, look)


class TitleLabel(Label):
    """The title of a page or card: 18 px bold."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "title", parent)


class SectionLabel(Label):
    """The label above a section: 12 px muted."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "section", parent)


class MutedLabel(Label):
    """A remark."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> None:
        super().__init__(text, "muted", parent, wrap=wrap)


class ElidedLabel(Label):
    """A text that gives way: cut with an ellipsis where it does not fit, whole in the tooltip; `explain` says more."""

    def __init__(self, text: str = "", look: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", look, parent)
        self._whole, self._more = text, ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.say(text)

    def say(self, text: str, look: str | None = None) -> None:
        self._whole = text
        super().say(text, look)
        self._fit()

    def explain(self, more: str) -> None:
        """Say more about the text when the mouse rests on it."""
        self._more = more
        self._fit()

    def whole(self) -> str:
        """Return the text as it was given."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def _fit(self) -> None:
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 24))
        self.setText(cut)
        self.setToolTip("\n".join(filter(None, [self._whole if cut != self._whole else "", self._more])))


class Badge(Label):
    """A word on a tinted ground; tone: neutral, accent, warning, danger."""

    def __init__(self, text: str, tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, "badge", parent)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: str) -> None:
        """Change the tint."""
        self.setProperty("tone", tone)
        restyle(self)
