"""Correcting a buyer's card: the printed papers that will say otherwise are named before it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.voiding import Duty
from salescenter.services.customer_card import card
from salescenter.services.customers import reveal
from salescenter.services.papers import archive
from salescenter.services.papers.archive import PrintRequest
from salescenter.services.papers.voiding import void_papers
from salescenter.ui.customers.edit_sheet import EditSheet
from tests.services.reception_house import Reception, open_reception
from tests.services.test_find import build, sell
from tests.ui.rooms import Asked, make_room


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Reception]:
    """A customer of consultant a, who bought and holds an agreement."""
    found = open_reception(tmp_path / "house.db")
    found.sign_in("a")
    found.visit("陈一凡", "13800135521")
    with found.house.engine.begin() as connection:
        deal = sell(connection, build(connection)["3-1-1201"], 1, found.people["a"].id, "RG1")
    asked = PrintRequest("subscription", "RG1", "认购书", b"%PDF", deal=deal)
    archive.keep(found.desk("boss"), asked, found.later(seconds=1))
    found.later(seconds=1)
    yield found
    found.house.close()


def test_papers_with_the_old_name_are_named_before_it_is_saved(house: Reception, qtbot: QtBot, tmp_path: Path) -> None:
    desk = house.desk("boss")
    shown, whole = card(desk, 1, house.now.date()), reveal(desk, 1, house.now)
    sheet = EditSheet(make_room(desk, lambda: house.now, tmp_path / "drafts", Asked()), shown, whole)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.fields.put(note="要高层，朝南")
    sheet.foretell()
    assert sheet.voids.isHidden()
    QTest.keyClicks(sheet.fields.field("name").editor, "A")
    qtbot.waitUntil(sheet.voids.isVisible, timeout=60_000)
    assert "收回并重新签订：认购书 RG1" in sheet.voids.accessibleName()
    sheet.fields.put(name="陈一凡")
    sheet.foretell()
    assert sheet.voids.isHidden()
    sheet.fields.put(name="陈一帆")
    sheet.press_main()
    papers = void_papers(desk, house.now)
    assert [(one.kind, one.duty, one.buyer) for one in papers] == [("subscription", Duty.SIGN_AGAIN, "陈一帆")]
