"""No deed saves a name that no paper could print, whatever it is the name of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from salescenter.domain.refusals import NoGlyph
from salescenter.domain.rota import Happening
from salescenter.domain.staff import Role
from salescenter.services import people
from salescenter.services.customer_card import card
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.customers import CustomerChange, NewCustomer, change, register
from salescenter.services.follow_ups import FollowUpDone, PlanFollowUp, Postpone
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.people import PersonRequest
from salescenter.services.printable import check_request
from salescenter.services.reception_rules import Contact
from salescenter.services.rota import RotaRequest
from salescenter.services.visits import VisitRequest
from tests.services.reception_house import Reception


@dataclass(frozen=True)
class _Line:
    name: str


@dataclass(frozen=True)
class _Asked:
    lines: tuple[_Line, ...] = ()
    count: int = 3
    key: str = ""
    password: str = ""


def test_a_text_at_any_depth_is_looked_at_and_its_own_field_is_named() -> None:
    check_request(_Asked((_Line("欧阳䶮"), _Line("O'Neil")), key="\x07", password="☃😀"))
    with pytest.raises(NoGlyph) as refused:
        check_request(_Asked((_Line("欧阳䶮"), _Line("王😀明"))))
    assert refused.value.details == {"character": "😀", "codepoint": "U+1F600", "field": "name"}


def test_a_note_for_the_screen_takes_every_letter_but_nothing_that_no_database_keeps(both: Reception) -> None:
    number = register(both.desk(), NewCustomer(CustomerFacts("陈晓明", ("13800000001",), note="爱笑😀")), both.now).id
    assert card(both.desk("boss"), number, both.now.date()).note == "爱笑😀"
    now = card(both.desk("boss"), number, both.now.date()).seen
    change(both.desk("boss"), CustomerChange(number, now, {"note": "下周来👍🏻"}), both.later(minutes=1))
    assert card(both.desk("boss"), number, both.now.date()).note == "下周来👍🏻"
    for letter in ("\x00", "\ud83d"):
        with pytest.raises(NoGlyph) as refused:
            check_request(CustomerFacts(note=f"a{letter}"))
        assert refused.value.details["field"] == "note"
    for printed in (CustomerFacts(name="陈😀"), CustomerChange(1, 1, {"name": "陈😀"}), VisitRequest(Contact.VISIT, note="😀")):
        with pytest.raises(NoGlyph):
            check_request(printed)


def test_what_came_of_a_follow_up_and_an_absence_take_every_letter() -> None:
    for asked in (
        PlanFollowUp(1, date(2026, 3, 2), "送花🌸"), FollowUpDone(1, "已接通", "很满意😀", next_what="回访😀"),
        Postpone(1, date(2026, 3, 2), "出差✈️"), RotaRequest(1, Happening.AWAY, note="午饭🍜"),
    ):  # fmt: skip
        check_request(asked)


def test_a_colleague_whose_name_cannot_print_does_not_join(both: Reception) -> None:
    with pytest.raises(NoGlyph) as refused:
        people.keep(both.desk("boss"), PersonRequest("孙\U0003106c", "sun", Role.CASHIER), both.now)
    assert (refused.value.details["codepoint"], refused.value.details["field"]) == ("U+3106C", "name")
    assert "sun" not in [one.login for one in people.people(both.desk("boss"))]


def test_a_house_whose_project_cannot_print_is_not_begun(tmp_path: Path) -> None:
    with pytest.raises(NoGlyph) as refused:
        make_house(tmp_path / "house.db", NewHouse("云栖😀", "张经理", "boss"))
    assert refused.value.details["field"] == "project"
    assert not (tmp_path / "house.db").exists()
