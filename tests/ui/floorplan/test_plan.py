"""Every unit has one place on the plan, at every zoom, and the pixel there leads back to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescenter.ui.floorplan.drawing import draw, fitting
from salescenter.ui.floorplan.plan import EMPTY, Plan, arrange, lay_out, wrapped
from salescenter.ui.floorplan.zoom import LADDER, LARGEST, SMALLEST, Level, metrics, step_from
from tests.ui.floorplan import made_up

LAYOUT, CELLS = made_up.estate()


def plan(*buildings: int) -> Plan:
    return lay_out(LAYOUT, CELLS, buildings)


def test_every_unit_is_drawn_once() -> None:
    assert sorted(plan().shown()) == list(range(len(CELLS)))


def test_a_chosen_building_is_drawn_alone() -> None:
    shown = set(plan(2).shown())
    assert shown == {i for i, building in enumerate(CELLS.building) if building == 2}
    outside = next(i for i in range(len(CELLS)) if i not in shown)
    assert plan(2).place(outside) is None


@pytest.mark.parametrize("width", [*LADDER, 7, 21, 39, 57, 107])
def test_the_middle_of_every_cell_leads_back_to_its_unit(width: int) -> None:
    drawing = draw(plan(), width)
    for unit in range(len(CELLS)):
        place = drawing.plan.place(unit)
        assert place is not None
        x, y, w, h = drawing.cell(place)
        assert drawing.unit_at(x + w // 2, y + h // 2) == unit


@pytest.mark.parametrize("width", LADDER)
def test_no_two_buildings_overlap_and_all_lie_within_the_drawing(width: int) -> None:
    drawing = draw(plan(), width, averages=True)
    for on in drawing.placed:
        assert on.x >= 0
        assert on.y >= 0
        assert on.x + on.w <= drawing.width
        assert on.y + on.h <= drawing.height
        assert list(drawing.within(on.x, on.y, on.x + on.w - 1, on.y + on.h - 1)) == [on]


def test_a_hole_in_a_ragged_floor_holds_nobody() -> None:
    drawing = draw(plan(1), 68)
    on = drawing.placed[0]
    m = drawing.metrics
    top_floor = on.block.slabs[0].row(0)
    assert top_floor[2] == EMPTY
    assert drawing.unit_at(on.lefts[0] + 2 * m.pitch_x + 5, on.top + 5) == EMPTY


def test_the_mezzanine_stands_between_its_floors() -> None:
    labels = [row.floor.sale for row in plan(1).blocks[0].rows]
    assert labels[-3:] == ["2", "M", "1"]


def test_a_long_row_of_parking_is_wrapped_into_rows_of_equal_length() -> None:
    block = plan(8).blocks[0]
    assert (block.slabs[0].columns, len(block.rows)) == (20, 10)
    assert [row.part for row in block.rows] == list(range(10))
    assert wrapped(12) == 12


def test_both_floor_names_are_shown_only_where_they_differ() -> None:
    assert {block.building.id for block in plan().blocks if block.two_floors} == {1, 2, 5}


def test_what_a_cell_says_grows_with_the_zoom() -> None:
    levels = [metrics(width).level for width in LADDER]
    assert levels == sorted(levels)
    assert set(levels) == set(Level)


@pytest.mark.parametrize("width", range(SMALLEST, LARGEST + 1))
def test_every_line_of_text_lies_within_its_cell(width: int) -> None:
    m = metrics(width)
    if m.level >= Level.NUMBER:
        assert m.lines[-1] < m.cell_h
        assert m.lines[0] >= m.number_px * 7 // 10
        assert all(below - above >= m.small_px for above, below in zip(m.lines, m.lines[1:], strict=False))


def test_the_zoom_ladder_stops_at_its_ends() -> None:
    assert step_from(LARGEST, 1) == LARGEST
    assert step_from(SMALLEST, -1) == SMALLEST
    assert step_from(60, 1) == 68
    assert step_from(60, -1) == 58
    assert step_from(2, 100) == LARGEST


@given(st.integers(300, 2500), st.integers(200, 1500))
@settings(max_examples=25, deadline=None)
def test_fitting_shows_all_and_one_step_more_would_not(width: int, height: int) -> None:
    best = fitting(plan(), width, height)
    whole = draw(plan(), best)
    assert best == SMALLEST or (whole.width <= width and whole.height <= height)
    if best < LARGEST:
        more = draw(plan(), best + 1)
        assert more.width > width or more.height > height


@given(st.integers(0, 3000), st.integers(0, 2000), st.integers(0, 900), st.integers(0, 700))
@settings(max_examples=60, deadline=None)
def test_a_band_catches_exactly_the_cells_it_touches(left: int, top: int, width: int, height: int) -> None:
    drawing = draw(plan(), 68)
    right, bottom = left + width, top + height

    def touched(unit: int) -> bool:
        place = drawing.plan.place(unit)
        assert place is not None
        x, y, w, h = drawing.cell(place)
        return x <= right and x + w > left and y <= bottom and y + h > top

    assert sorted(drawing.units_in(left, top, right, bottom)) == [i for i in range(len(CELLS)) if touched(i)]


@given(st.lists(st.tuples(st.integers(50, 2000), st.integers(50, 1500)), max_size=30))
@settings(max_examples=50, deadline=None)
def test_every_building_stands_on_exactly_one_shelf_in_order(sizes: list[tuple[int, int]]) -> None:
    shelves = arrange(sizes)
    assert [block for shelf in shelves for stack in shelf for block in stack] == list(range(len(sizes)))
