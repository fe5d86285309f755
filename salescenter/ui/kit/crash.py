"""What happens when the program itself is wrong: a log, a report that can be copied, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from traceback import format_exception
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.led_out import LOG_IN_AGAIN

if TYPE_CHECKING:
    from salescenter.ui.kit.sheet import Sheet

log = logging.getLogger("salescenter.crash")
LOG_BYTES, LOGS_KEPT = 1_000_000, 3
FAILED = 1
"""The exit code where nobody sits there and the program itself was wrong."""


class CrashHandler(QObject):
    """Catches what nobody caught, on any thread; shows one report at a time.

    A Refusal or Weather that nobody answered for is no bug: it goes to `refuse`, where the shell set one.
    `alone`: nobody sits there who could read a report; it goes to stderr, and the program ends with FAILED.
    """

    _caught = Signal(object)  # an exception, brought to the screen's thread

    def __init__(self, folder: Path, now: Callable[[], datetime], *, alone: bool = False) -> None:
        super().__init__()
        self._logfile = folder / "log" / "salescenter.log"
        self._now, self._alone = now, alone
        self.refuse: Callable[[Exception], None] | None = None
        self._sheet: Sheet | None = None
        self._caught.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Begin to log into the file and to catch."""
        logging.getLogger().addHandler(LateLog(self._logfile))
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._hook(args.exc_type, args.exc_value, args.exc_traceback)

    def show(self, trouble: BaseException) -> None:
        """Show an exception: in words where it is an answer, as a report where it is a bug."""
        if isinstance(trouble, Refusal | Weather) and self.refuse is not None:
            self.refuse(trouble)
            return
        if isinstance(trouble, LOG_IN_AGAIN):  # the log-in stands there already
            return
        log.error("a bug", exc_info=trouble)
        if self._alone:
            print("".join(format_exception(trouble)), file=sys.stderr)
            QApplication.exit(FAILED)
        elif self._sheet is None:
            from salescenter.ui.kit.crash_report import crash_sheet, report  # noqa: PLC0415  loaded by a bug alone

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


class LateLog(logging.Handler):
    """Opens its file with the first warning, not before: at most a megabyte, three older ones kept.

    A disk that is full or a folder that cannot be written is no trouble: nothing is logged then.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(logging.WARNING)
        self._file = file
        self._open: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._open = self._open or self._opened()
        except OSError:
            return
        self._open.emit(record)

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
        super().close()

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler  # noqa: PLC0415  brings the network with it

        self._file.parent.mkdir(parents=True, exist_ok=True)
        opened = RotatingFileHandler(self._file, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
        opened.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        return opened
