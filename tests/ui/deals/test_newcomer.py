"""A buyer nobody knew, registered within the form of a deal: nothing typed is lost, nobody is registered twice."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from salescenter.domain.refusals import DatabaseAway
from salescenter.domain.units import Step, UnitState
from salescenter.services.customers import CustomerKept, NewCustomer, register
from salescenter.services.work import Desk
from salescenter.ui.deals import people
from salescenter.ui.deals.people import BuyersEdit
from tests.ui.deals.sheets import BUYER, buyers_of, opened
from tests.ui.hands import presses, types
from tests.ui.rooms import Later, make_room
from tests.ui.sampled import NOW, Sampled


def test_what_is_typed_of_a_new_buyer_is_there_again_and_must_be_registered_or_left(
    here: Sampled, window: QWidget
) -> None:
    unit = here.unit(UnitState.FOR_SALE).id
    sheet = opened(here, window, Step.SUBSCRIBE, unit)
    editor = buyers_of(sheet)
    editor.newcomer.begin(BUYER)
    types(editor.newcomer.form.field("name").editor, "欧阳青")
    editor.newcomer.form.put(consent=True)
    sheet.reject()
    again = buyers_of(opened(here, window, Step.SUBSCRIBE, unit))
    assert again.newcomer.isVisible()
    typed = again.newcomer.form.values()
    assert (typed["name"], typed["phone"], typed["consent"]) == ("欧阳青", BUYER, True)
    assert "暂不" in again.problem()
    again.newcomer.button.click()
    assert [one.name for one in again.chosen] == ["欧阳青"]
    assert not again.problem()


def test_a_new_buyer_who_cannot_be_registered_now_is_sent_under_the_same_key_again(
    here: Sampled, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys: list[str] = []

    def away_at_first(desk: Desk, asked: NewCustomer, now: datetime) -> CustomerKept:
        keys.append(asked.key)
        if len(keys) == 1:
            raise DatabaseAway(why="timeout")
        return register(desk, asked, now)

    monkeypatch.setattr(people, "register", away_at_first)
    later = Later()
    editor = BuyersEdit(make_room(here.desk, lambda: NOW, tmp_path / "drafts", here.asked, later), "已告知")
    editor.setParent(window)
    editor.newcomer.begin(BUYER)
    editor.newcomer.form.put(name="欧阳青", consent=True)
    for _ in range(2):  # impatience
        presses(editor.newcomer, Qt.Key.Key_Return)
    later.answer_all()
    assert ([type(one) for one in here.asked.refused], len(keys), editor.chosen) == ([DatabaseAway], 1, [])
    editor.newcomer.button.click()
    later.answer_all()
    assert keys[1:] == keys[:1]
    assert [one.name for one in editor.chosen] == ["欧阳青"]
