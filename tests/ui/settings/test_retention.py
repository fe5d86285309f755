"""The archive's terms on their section: what is kept for how long, read only."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, update

from salescenter.data.estate import setting
from salescenter.data.papers import paper
from salescenter.domain.papers.check import PaperKind
from salescenter.i18n import tr
from salescenter.services.papers import archive, retention
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.retention import RetentionSection
from salescenter.ui.settings.terms_by_kind import TermSheet
from tests.ui.sampled import NOW, Sampled


def shown(qtbot: QtBot, here: Sampled, page: SettingsPage) -> RetentionSection:
    """The section, once it shows what the archive holds."""
    found = page.section("retention")
    assert isinstance(found, RetentionSection)
    rows = list(retention.terms(here.desk, NOW))
    qtbot.waitUntil(lambda: found.table.rows() == rows, timeout=30_000)
    return found


def test_terms_are_shown_with_what_holds_them_and_what_is_over_is_marked(
    qtbot: QtBot, here: Sampled, page: SettingsPage
) -> None:
    for kind in ("quotation", "grid"):
        archive.keep(here.desk, archive.PrintRequest(kind, f"{kind}-1", "一", b"%PDF"), NOW)
    rule = {"project_id": here.desk.project, "name": "keep_office", "since": NOW.date(), "value": 1}
    with here.house.engine.connect().execution_options(writes=True) as line, line.begin():
        line.execute(insert(setting).values(rule))
        line.execute(update(paper).where(paper.c.number == "grid-1").values(at=NOW - timedelta(days=900)))
    section = shown(qtbot, here, page)
    said = {section._says(one): section._tone(one) for one in section.table.rows()}
    assert said[tr("may be destroyed")] == "warning"
    assert said[""] == "muted"
    assert section.table.rows()[0].year == (NOW - timedelta(days=900)).year
    assert section.main is None


def test_a_kinds_years_are_set_from_its_line_and_what_undercuts_the_law_is_refused_with_the_rule(
    qtbot: QtBot, here: Sampled, page: SettingsPage, window: QWidget
) -> None:
    section = shown(qtbot, here, page)
    kinds = section.kinds
    kinds.table.select_key(PaperKind.RECEIPT)
    QTest.keyClick(kinds.table, Qt.Key.Key_Return)
    sheet = window.findChildren(TermSheet)[-1]
    assert sheet.form is not None
    years = sheet.form.field("years").editor
    QTest.keyClicks(years, "29")
    QTest.keyClick(years, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "至少保管 30 年" in sheet.banner.text() + sheet.form.field("years").error()
    sheet.form.put(years=31)
    sheet.press_main()
    row = next(one for one in kinds.table.rows() if one.kind is PaperKind.RECEIPT)
    assert (row.years, row.own) == (31, True)
    kinds.table.select_key(PaperKind.DESTRUCTION)
    assert not kinds.button.isEnabled()
