"""The archive's terms on their section: what is kept for how long, read only."""

from __future__ import annotations

from datetime import timedelta

from pytestqt.qtbot import QtBot
from sqlalchemy import insert, update

from salescenter.data.estate import setting
from salescenter.data.papers import paper
from salescenter.i18n import tr
from salescenter.services.papers import archive, retention
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.retention import RetentionSection
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
