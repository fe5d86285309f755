"""Walking the grid in its visual order, over holes, stairs and buildings."""

from __future__ import annotations

from salescenter.ui.floorplan.drawing import Drawing, draw
from salescenter.ui.floorplan.plan import lay_out
from salescenter.ui.floorplan.walk import Way, end_of_row, neighbour, page_from
from tests.ui.floorplan import made_up

LAYOUT, CELLS = made_up.estate()
CODES = list(CELLS.code)


def drawing(*buildings: int) -> Drawing:
    return draw(lay_out(LAYOUT, CELLS, buildings), 68)


def step(code: str, way: Way, on: Drawing | None = None) -> str:
    return CODES[neighbour(on or drawing(), CODES.index(code), way)]


def test_right_goes_on_to_the_next_stair_and_left_comes_back() -> None:
    assert step("1-1-803", Way.RIGHT) == "1-2-801"
    assert step("1-2-801", Way.LEFT) == "1-1-803"


def test_right_of_the_last_stair_goes_on_to_the_next_building() -> None:
    on = drawing()
    last = end_of_row(on, CODES.index("1-1-801"), last=True)
    reached = neighbour(on, last, Way.RIGHT)
    assert CELLS.building[last] == 1
    assert CELLS.building[reached] == 2


def test_up_passes_a_floor_that_does_not_exist() -> None:
    assert step("1-1-503", Way.DOWN) == "1-1-303"  # there is no fourth floor
    assert step("1-1-303", Way.UP) == "1-1-503"


def test_the_eye_keeps_its_column_past_a_narrower_floor() -> None:
    on = drawing(1)
    start = CODES.index("1-1-103")
    place = on.plan.place(start)
    assert place is not None
    goal = on.cell(place)[0] + 30
    mezzanine = neighbour(on, start, Way.UP, goal)
    assert CODES[mezzanine] == "1-1-M01"
    assert CODES[neighbour(on, mezzanine, Way.UP, goal)] == "1-1-203"


def test_at_the_edge_of_the_estate_one_stays() -> None:
    on = drawing(3)
    top = next(on.plan.shown())
    assert neighbour(on, top, Way.UP) == top
    assert neighbour(on, end_of_row(on, top, last=False), Way.LEFT) == top


def test_every_unit_can_be_reached_by_arrows_from_the_first() -> None:
    on = drawing()
    reached = {next(on.plan.shown())}
    border = list(reached)
    while border:
        unit = border.pop()
        fresh = {neighbour(on, unit, way) for way in Way} - reached
        reached |= fresh
        border += fresh
    assert reached == set(range(len(CELLS)))


def test_home_and_end_are_the_ends_of_the_floor_across_stairs() -> None:
    on = drawing()
    here = CODES.index("1-1-803")
    assert CODES[end_of_row(on, here, last=False)] == "1-1-801"
    assert CODES[end_of_row(on, here, last=True)] == "1-2-804"


def test_a_page_down_moves_by_rows() -> None:
    on = drawing(3)
    assert CODES[page_from(on, CODES.index("3-1-902"), 3)] == "3-1-602"
    assert CODES[page_from(on, CODES.index("3-1-602"), -3)] == "3-1-902"
