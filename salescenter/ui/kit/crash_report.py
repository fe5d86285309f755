"""The report of a bug: what happened and where, in a window that lets it be copied."""

from __future__ import annotations

import platform
import traceback
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from salescenter.i18n import tr
from salescenter.ui.kit.editors import NoteEdit
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.sheet import Sheet


def report(trouble: BaseException, now: datetime) -> str:
    """Write what whoever mends the program must know; nothing typed into forms is in it."""
    return "\n".join((
        f"{now.isoformat(' ', 'seconds')}  Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        "".join(traceback.format_exception(trouble)).strip(),
    ))


def crash_sheet(text: str, logfile: Path, parent: QWidget | None) -> Sheet:
    """Build the window that says what happened and lets the report be copied."""
    sheet = Sheet(tr("Something went wrong inside the program"), parent, width=720)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    shown = NoteEdit(14)
    shown.setReadOnly(True)
    shown.put(text)
    shown.setAccessibleName(tr("Report"))
    sheet.put(
        Label(tr("The program goes on, and what you typed is kept. Please send this report to whoever looks after it."),
              wrap=True),
        shown,
        Label(tr("It is also in {file}", file=str(logfile)), "hint", wrap=True),
    )
    sheet.main_action(tr("Go on"), sheet.reject)
    sheet.add_action(tr("Copy the report"), lambda: QGuiApplication.clipboard().setText(text))
    return sheet
