"""The editor of a template: its lines numbered, its fields in colour, faulty lines marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from salescenter.domain.papers.form_tables import tables_parted
from salescenter.domain.papers.whole_lines import whole_lines
from salescenter.domain.templates import Fault
from salescenter.ui.kit import theme

_TAG = re.compile(r"\{\{[^{}\n]*\}\}|_{3,}")
_HEAD = re.compile(r"^#\s.*$|^第[一二三四五六七八九十百]+[章条].*$")


class TemplateEdit(QPlainTextEdit):
    """Plain text; `edited` is sent at each change by the user, `pointed` (where) when a place is clicked."""

    edited = Signal()
    pointed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._faults: tuple[Fault, ...] = ()
        self._filling = False
        self._numbers = _Numbers(self)
        self._colours = _Colours(self)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._tell)
        self.blockCountChanged.connect(lambda _: self._make_room())
        self.updateRequest.connect(self._scrolled)
        theme.changed.connect(self._redraw)
        self._make_room()

    def put(self, text: str) -> None:
        """Show another text, from its beginning."""
        self._filling = True
        self.setPlainText(text)
        self._filling = False
        self.show_faults(())

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Mark the lines with faults, each fault's own place stronger."""
        self._faults = tuple(faults)
        marks = []
        for fault in faults:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._at(fault)
            mark.format.setBackground(theme.colour("danger_soft"))
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.setExtraSelections(marks)
        self._numbers.update()

    def go_to(self, fault: Fault) -> None:
        """Put the cursor where the fault is."""
        self.setTextCursor(self._at(fault))
        self.centerCursor()
        self.setFocus()

    def insert(self, tag: str) -> None:
        """Write a tag at the cursor."""
        self.insertPlainText(tag)
        self.setFocus()

    def replace(self, start: int, end: int, text: str) -> None:
        """Write over a stretch of the text (offsets as Python counts) as one step that can be undone."""
        cursor = self._stretch(start, end)
        cursor.insertText(text)

    def replace_all(self, pieces: Sequence[tuple[int, int, str]]) -> None:
        """Write over several stretches as one step that can be undone."""
        whole = QTextCursor(self.document())
        whole.beginEditBlock()
        for start, end, text in sorted(pieces, reverse=True):
            self._stretch(start, end).insertText(text)
        whole.endEditBlock()

    def show_place(self, start: int, end: int) -> None:
        """Select a stretch and bring it to the middle; where nothing stands, the letter behind it."""
        self.setTextCursor(self._stretch(start, max(end, start + 1)))
        self.centerCursor()

    def _stretch(self, start: int, end: int) -> QTextCursor:
        text = self.toPlainText()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_wide(text[:start]))
        cursor.setPosition(_wide(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def faulty_lines(self) -> frozenset[int]:
        """Return the lines with faults, from 1."""
        return frozenset(fault.line for fault in self._faults)

    def margin(self) -> int:
        """Return how wide the numbers stand, in pixels."""
        return self.fontMetrics().horizontalAdvance("8") * max(3, len(str(self.blockCount()))) + 18

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste a text with each sentence in one line, wherever the page it was copied from broke it."""
        if source.hasText():
            self.insertPlainText(tables_parted(whole_lines(source.text().replace("\r\n", "\n"))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+T parts two cells of a table: Tab alone goes to the next field, as in every form."""
        if event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.insertPlainText("\t")
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click is told with its place, as Python counts; a stretch that was drawn over is not."""
        super().mouseReleaseEvent(event)
        cursor = self.textCursor()
        if event.button() == Qt.MouseButton.LeftButton and not cursor.hasSelection():
            before = self.toPlainText().encode("utf-16-le")[:2 * cursor.position()]
            self.pointed.emit(len(before.decode("utf-16-le", "ignore")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        box = self.contentsRect()
        self._numbers.setGeometry(QRect(box.left(), box.top(), self.margin(), box.height()))

    def paint_numbers(self, painter: QPainter, box: QRect) -> None:
        """Write the numbers of the lines in sight."""
        painter.fillRect(box, theme.colour("grey_soft"))
        block, faulty = self.firstVisibleBlock(), self.faulty_lines()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= box.bottom():
            high, number = self.blockBoundingRect(block).height(), block.blockNumber() + 1
            if top + high >= box.top():
                painter.setPen(theme.colour("danger" if number in faulty else "muted"))
                place = QRect(0, round(top), self._numbers.width() - 8, self.fontMetrics().height())
                painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(number))
            top, block = top + high, block.next()

    def _at(self, fault: Fault) -> QTextCursor:
        block = self.document().findBlockByNumber(fault.line - 1)
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.Right, n=min(fault.column - 1, max(0, block.length() - 1)))
        return cursor

    def _tell(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _make_room(self) -> None:
        self.setViewportMargins(self.margin(), 0, 0, 0)

    def _scrolled(self, box: QRect, down: int) -> None:
        if down:
            self._numbers.scroll(0, down)
        else:
            self._numbers.update(0, box.y(), self._numbers.width(), box.height())

    def _redraw(self) -> None:
        self._colours.dress()
        self.show_faults(self._faults)


class _Numbers(QWidget):
    """The strip of line numbers."""

    def __init__(self, editor: TemplateEdit) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.margin(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._editor.font())
        self._editor.paint_numbers(painter, event.rect())
        painter.end()


class _Colours(QSyntaxHighlighter):
    """Fields in the accent's colour, headings bold."""

    def __init__(self, editor: TemplateEdit) -> None:
        super().__init__(editor.document())
        self.dress()

    def dress(self) -> None:
        """Take the colours worn now."""
        self._tag, self._head = QTextCharFormat(), QTextCharFormat()
        self._tag.setForeground(theme.colour("accent_text"))
        self._head.setFontWeight(QFont.Weight.Bold)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if _HEAD.match(text):
            self.setFormat(0, len(text), self._head)
        for found in _TAG.finditer(text):
            self.setFormat(_wide(text[:found.start()]), _wide(found[0]), self._tag)


def _wide(text: str) -> int:
    """How many units Qt counts a text as; a rare character is two."""
    return len(text.encode("utf-16-le")) // 2
