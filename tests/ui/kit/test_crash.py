"""A bug is logged and reported, never silent, and the program goes on; an answer is never taken for a bug."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from salescenter.domain.refusals import NoPrice
from salescenter.ui.kit.crash import CrashHandler, LateLog
from salescenter.ui.kit.crash_report import crash_sheet, report
from tests.ui.hands import clicks

NOW = datetime(2026, 3, 1, 9, 41, tzinfo=UTC)


@pytest.fixture
def handler(tmp_path: Path, qapp: QApplication) -> Iterator[CrashHandler]:
    hooks, handlers = (sys.excepthook, threading.excepthook), list(logging.getLogger().handlers)
    made = CrashHandler(tmp_path, lambda: NOW)
    made.install()
    yield made
    sys.excepthook, threading.excepthook = hooks
    for added in set(logging.getLogger().handlers) - set(handlers):
        logging.getLogger().removeHandler(added)
        added.close()
    if made._sheet is not None:
        made._sheet.close()


def thrown() -> ValueError:
    try:
        int("wrong floor")
    except ValueError as trouble:
        return trouble
    raise AssertionError


def test_a_bug_is_logged_and_shown(handler: CrashHandler, tmp_path: Path) -> None:
    handler.show(thrown())
    assert handler._sheet is not None
    assert handler._sheet.isVisible()
    assert "wrong floor" in (tmp_path / "log" / "salescenter.log").read_text("utf-8")


def test_only_one_report_stands_at_a_time(handler: CrashHandler) -> None:
    handler.show(thrown())
    first = handler._sheet
    handler.show(thrown())
    assert handler._sheet is first
    assert first is not None
    first.reject()
    assert handler._sheet is None
    handler.show(thrown())
    assert handler._sheet is not None


def test_an_answer_nobody_took_is_said_as_an_answer(handler: CrashHandler) -> None:
    refused: list[Exception] = []
    handler.refuse = refused.append
    trouble = NoPrice(unit="3-1201")
    handler.show(trouble)
    assert refused == [trouble]
    assert handler._sheet is None


def test_what_nobody_caught_is_caught_on_any_thread(handler: CrashHandler, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ValueError("aside")

    with qtbot.capture_exceptions() as _:
        sys.excepthook = handler._hook
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: handler._sheet is not None)


def test_the_report_names_the_place_and_can_be_copied(qtbot: QtBot, tmp_path: Path) -> None:
    text = report(thrown(), NOW)
    assert "2026-03-01 09:41" in text
    assert "test_crash.py" in text
    sheet = crash_sheet(text, tmp_path / "log", None)
    sheet.show()
    clicks(next(b for b in sheet.findChildren(QPushButton) if b.text() == "复制报告"))
    assert QGuiApplication.clipboard().text() == text
    sheet.close()


def test_a_log_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    log = LateLog(tmp_path / "file" / "salescenter.log")
    log.emit(logging.LogRecord("x", logging.ERROR, "x", 1, "wrong", (), None))
    log.close()
    assert (tmp_path / "file").read_text() == "in the way"


def test_no_log_is_opened_while_all_is_well(handler: CrashHandler, tmp_path: Path) -> None:
    logging.getLogger("salescenter").info("all is well")
    assert not (tmp_path / "log").exists()
    logging.getLogger("salescenter").warning("something is odd")
    assert "something is odd" in (tmp_path / "log" / "salescenter.log").read_text("utf-8")
