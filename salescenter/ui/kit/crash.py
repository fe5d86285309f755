"""What happens when the program itself is wrong: a log, a report that can be copied, and the program goes on."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from salescenter.domain.errors import Refusal, Weather
from salescenter.i18n import tr
from salescenter.ui.kit.editors import NoteEdit
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.sheet import Sheet

log = logging.getLogger("salescenter.crash")
LOG_BYTES, LOGS_KEPT = 1_000_000, 3


class CrashHandler(QObject):
    """Catches what nobody caught, on any thread; shows one report at a time.

    A Refusal or Weather that nobody answered for is no bug: it goes to `refuse`, where the shell set one.
    """

    _caught = Signal(object)  # an exception, brought to the screen's thread

    def __init__(self, logfile: Path, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._logfile, self._now = logfile, now
        self.refuse: Callable[[Exception], None] | None = None
        self._sheet: Sheet | None = None
        self._caught.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Begin to log into the file and to catch."""
        write_log_to(self._logfile)
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._hook(args.exc_type, args.exc_value, args.exc_traceback)

    def show(self, trouble: BaseException) -> None:
        """Show an exception: in words where it is an answer, as a report where it is a bug."""
        if isinstance(trouble, Refusal | Weather) and self.refuse is not None:
            self.refuse(trouble)
            return
        log.error("a bug", exc_info=trouble)
        if self._sheet is None:
            self._sheet = crash_sheet(report(trouble, self._now()), self._logfile, QApplication.activeWindow())
            self._sheet.finished.connect(self._closed)
            self._sheet.open()

    def _hook(self, kind: type[BaseException], trouble: BaseException | None, _trace: TracebackType | None) -> None:
        if kind is KeyboardInterrupt:
            QApplication.quit()
        elif trouble is not None:
            self._caught.emit(trouble)

    def _closed(self) -> None:
        self._sheet = None


def write_log_to(file: Path) -> None:
    """Log warnings and worse into a file of at most a megabyte, three older ones kept; a full disk is no trouble."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)


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
