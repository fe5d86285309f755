"""The sheet of a call (来电登记表) asks for less than that of a visit, and its fields stand together all the same."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from salescenter.services.reception_rules import Contact
from salescenter.ui.reception.sheet_form import SheetForm
from tests.ui.reception.conftest import Door

LAST = 2
"""Lines at the foot that may end before the right edge: the ticks, and in a visit what stands before its companions."""


def lines(form: SheetForm) -> list[list[QRect]]:
    """Return where the fields that are shown stand, line by line."""
    found: dict[int, list[QRect]] = {}
    for field in form._fields.values():
        if field.isVisible():
            found.setdefault(field.y(), []).append(field.geometry())
    return [found[top] for top in sorted(found)]


def holes(form: SheetForm) -> list[list[int]]:
    """Return the pixels left free in a line: before its first field, between two, behind the last."""
    gap, width = form._grid.horizontalSpacing(), form.width()
    found = []
    for line in lines(form)[:-LAST]:
        edges = [(box.left() - gap, box.right() + 1) for box in line]
        ends = [0, *(right for _, right in edges)]
        starts = [*(left for left, _ in edges), width]
        free = [max(0, start - end) for start, end in zip(starts, ends, strict=True)]
        if any(one > gap + 2 for one in free):
            found.append(free)
    return found


@pytest.mark.parametrize("width", [851, 1300])
@pytest.mark.parametrize("kind", [Contact.CALL_IN, Contact.CALL_OUT])
def test_the_form_of_a_call_has_no_holes_where_a_visit_has_fields(door: Door, width: int, kind: Contact) -> None:
    door.page.resize(width, 700)
    door.page._choose_kind(kind)
    QApplication.processEvents()
    form = door.page.form
    assert len(lines(form)) > LAST + 4
    assert holes(form) == []


def test_a_visit_stands_as_before_when_a_call_was_only_tried(door: Door) -> None:
    form = door.page.form
    door.page._choose_kind(Contact.VISIT)
    QApplication.processEvents()
    before = lines(form)
    door.page._choose_kind(Contact.CALL_IN)
    QApplication.processEvents()
    assert lines(form) != before
    door.page._choose_kind(Contact.VISIT)
    QApplication.processEvents()
    assert lines(form) == before
    assert len(form._pieces) == len([field for field in form._fields.values() if not field.isHidden()])


def test_enter_walks_the_call_in_the_order_in_which_it_is_read(door: Door) -> None:
    door.page._choose_kind(Contact.CALL_IN)
    QApplication.processEvents()
    form = door.page.form
    shown = [field for field in form._fields.values() if field.isVisible()]
    assert shown == sorted(shown, key=lambda field: (field.y(), field.x()))
