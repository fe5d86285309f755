"""No deed saves a name that no paper could print, whatever it is the name of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from salescenter.domain.money import Money
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import NoGlyph
from salescenter.domain.rota import Happening
from salescenter.domain.staff import Role
from salescenter.domain.typed_refusals import TextTooLong
from salescenter.print.receipt import receipt_pdf
from salescenter.services import people
from salescenter.services.customer_card import card
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.customers import CustomerChange, NewCustomer, change, register
from salescenter.services.follow_ups import FollowUpDone, PlanFollowUp, Postpone
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.payments.receipts import ReceiveRequest, VoidRequest
from salescenter.services.people import PersonRequest
from salescenter.services.printable import MOST_LETTERS, check_request, composed
from salescenter.services.reception_rules import Contact
from salescenter.services.rota import RotaRequest
from salescenter.services.visits import VisitRequest
from salescenter.ui.kit.words import refusal_words
from tests.print import examples, reading
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


def test_a_name_typed_in_parts_is_kept_whole(both: Reception) -> None:
    parts, whole = "Ame\u0301lie Nun\u0303ez", "Am\u00e9lie Nu\u00f1ez"
    number = register(both.desk(), NewCustomer(CustomerFacts(parts, ("13800000001",))), both.now).id
    assert card(both.desk("boss"), number, both.now.date()).name == whole
    seen = card(both.desk("boss"), number, both.now.date()).seen
    change(both.desk("boss"), CustomerChange(number, seen, {"name": f"{parts} e\u0301"}), both.later(minutes=1))
    assert card(both.desk("boss"), number, both.now.date()).name == f"{whole} \u00e9"


def test_a_name_copied_out_of_a_pdf_is_kept_in_letters_that_are_found_again(both: Reception) -> None:
    number = register(both.desk(), NewCustomer(CustomerFacts("⾦⽟⽣", ("13800000009",))), both.now).id
    assert card(both.desk("boss"), number, both.now.date()).name == "金玉生"


def test_only_letters_in_parts_are_put_together_and_what_is_whole_stays_the_same_request() -> None:
    parts = _Asked((_Line("e\u0301"), _Line("欧阳䶮")), key="e\u0301")
    made = composed(parts)
    assert made == _Asked((_Line("\u00e9"), _Line("欧阳䶮")), key="e\u0301")
    assert made.lines[1] is parts.lines[1]
    assert composed({"name": ["u\u0308", 3]}) == {"name": ["\u00fc", 3]}
    assert composed("\uf92c e\u0301") == "\uf92c \u00e9", "a compatibility ideograph of an identity card stays"
    whole = _Asked((_Line("\uf92c"),), 4)
    assert composed(whole) is whole


@pytest.mark.parametrize(("asked", "field", "most"), [
    (CustomerFacts("陈" * 61), "name", 60), (CustomerFacts("陈", address="路" * 201), "address", 200),
    (CustomerFacts("陈", note="好" * 1_001), "note", 1_000), (CustomerChange(1, 1, {"guardian": "陈" * 61}), "guardian", 60),
    (ReceiveRequest(1, MoneyKind.PRICE, Method.CARD, Money.yuan(1), "陈", note="备" * 151), "note", 150),
    (ReceiveRequest(1, MoneyKind.PRICE, Method.CARD, Money.yuan(1), "陈" * 81), "payer", 80),
    (VoidRequest(1, "错" * 151), "reason", 150),
])  # fmt: skip
def test_more_letters_than_papers_have_room_for_are_refused_at_their_field(asked: object, field: str, most: int) -> None:
    with pytest.raises(TextTooLong) as refused:
        check_request(asked)
    assert refused.value.details == {"field": field, "letters": most + 1, "most": most}
    said, remedy = refusal_words(refused.value)
    assert str(most) in said
    assert remedy


def test_as_many_letters_as_there_is_room_for_are_read_on_the_receipt_without_a_glass() -> None:
    most = MOST_LETTERS | ReceiveRequest.MOST_LETTERS
    paper = examples.receipt(payer="陈" * most["payer"], slip="8" * most["slip"], remark="备" * most["note"])
    pdf = receipt_pdf(paper)
    assert reading.astray(pdf) == []
    heights = [one.top - one.bottom for one in reading.letters(pdf) if one.letter in "陈备"]
    assert len(heights) >= most["payer"] + most["note"]
    assert min(heights) > 4.5, "points of ink: type of five and a half and above"


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
