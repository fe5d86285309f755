"""No deed saves a name that no paper could print, whatever it is the name of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from salescenter.domain.refusals import NoGlyph
from salescenter.domain.staff import Role
from salescenter.services import people
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.people import PersonRequest
from salescenter.services.printable import check_request
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
