"""Sets the control grid (销控表) on A4 or A3 as it looks: buildings side by side, never a cell cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from salescenter.domain.papers.grid_sheet import GridBuilding, GridCell, GridFloor, GridPaper, LegendEntry
from salescenter.print.book import A3, A4, Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, shortened, words
from salescenter.print.page import GREY, MM, Colour, Ink, Page, colour, wide
from salescenter.print.watermark import draw_watermark
from salescenter.watermark_words import watermark

_SIZES = {"A4": A4, "A3": A3}
_MARGIN, _FOOT = 12 * MM, 8 * MM
_GAP, _LABEL, _NAME, _STAIRS = 5 * MM, 8 * MM, 6 * MM, 4.4 * MM
_ASIDE = 15 * MM
_NAME_INK, _SMALL_INK, _LONGEST_NAME = Ink(Face.SANS_BOLD, 11), Ink(Face.SANS, 8, GREY), 60 * MM
_LINE: Colour = (0.82, 0.84, 0.87)


@dataclass(frozen=True, slots=True)
class _Scale:
    """How large a cell is drawn, in points."""

    width: float
    height: float

    @property
    def area(self) -> float:
        """The area of a cell, square points."""
        return self.width * self.height

    @property
    def size(self) -> float:
        """The size of a room number."""
        return min(9.5, self.height * 0.33, self.width * 0.19)

    @property
    def lines(self) -> int:
        """How many lines fit under the number."""
        return max(0, int((self.height - self.size * 1.5) / (self.size * 1.02)))


def grid_pdf(paper: GridPaper) -> bytes:
    """Return the grid as a PDF."""
    book = Book()
    draw_grid(book, paper)
    return book.pdf(paper.title, paper.house, paper.made, paper.lang)


_SCALES = tuple(
    _Scale(width * MM, height * MM)
    for width in (24, 22, 20, 18, 16, 14.5, 13, 12, 11)
    for height in (13, 12.4, 11, 9.8, 8.6, 7.5, 6.6)
)


def draw_grid(book: Book, paper: GridPaper) -> None:
    """Add the grid to a book."""
    plan = _best_plan(paper)
    pages = list(plan.pages(paper.buildings)) or [[]]
    for at, placed in enumerate(pages, start=1):
        page = book.page(plan.width, plan.height)
        _head(page, paper)
        for x, y, building in placed:
            _building(page, building, plan.scale, _MARGIN + x, plan.height - _MARGIN - plan.head - y)
        _foot(page, paper, at, len(pages))


Placed = tuple[float, float, GridBuilding]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A way to lay out the sheets: which way up, how large the cells, how deep the head."""

    width: float
    height: float
    head: float
    scale: _Scale

    @property
    def measure(self) -> float:
        return self.width - 2 * _MARGIN

    @property
    def depth(self) -> float:
        return self.height - 2 * _MARGIN - self.head - _FOOT

    def pages(self, buildings: Sequence[GridBuilding]) -> Iterator[list[Placed]]:
        """Place buildings from the left, shelf under shelf; the next never stands before the last."""
        page: list[Placed] = []
        x = y = shelf = 0.0
        for building in (part for whole in buildings for part in _cut(whole, self)):
            width, height = _size(building, self.scale)
            if x and x + width > self.measure + 0.01:
                x, y, shelf = 0.0, y + shelf + _GAP, 0.0
            if page and y + height > self.depth + 0.01:
                yield page
                page, x, y, shelf = [], 0.0, 0.0, 0.0
            page.append((x, y, building))
            x, shelf = x + width + _GAP, max(shelf, height)
        if page:
            yield page


def _best_plan(paper: GridPaper) -> _Plan:
    """The fewest sheets that can still be read, then the largest cells; the sheet may stand either way up."""
    short, long = _SIZES[paper.size]
    plans = [_Plan(width, height, _head_depth(paper, width), scale)
             for width, height in ((long, short), (short, long)) for scale in _SCALES]
    return min(plans, key=lambda plan: (sum(1 for _ in plan.pages(paper.buildings)), -plan.scale.area))


def _columns(building: GridBuilding) -> int:
    return sum(stair.columns for stair in building.stairs)


def _aside(building: GridBuilding) -> float:
    return _ASIDE if any(floor.aside for floor in building.floors) else 0.0


def _size(building: GridBuilding, scale: _Scale) -> tuple[float, float]:
    width = _LABEL + _columns(building) * scale.width + (len(building.stairs) - 1) * _GAP / 2 + _aside(building)
    name = wide(building.name, _NAME_INK) + wide(building.note, _SMALL_INK) + 8
    return max(width, min(name, _LONGEST_NAME)), _NAME + _STAIRS + len(building.floors) * scale.height


def _cut(building: GridBuilding, plan: _Plan) -> Iterator[GridBuilding]:
    """Cut a building that is larger than a page: by floors, and by columns, its name on each part."""
    floors = max(1, int((plan.depth - _NAME - _STAIRS) / plan.scale.height + 0.001))
    room = plan.measure - _LABEL - _aside(building) - (len(building.stairs) - 1) * _GAP / 2
    for part in _by_columns(building, max(1, int(room / plan.scale.width))):
        for at in range(0, max(1, len(part.floors)), floors):
            yield replace(part, floors=part.floors[at:at + floors])


def _by_columns(building: GridBuilding, most: int) -> Iterator[GridBuilding]:
    if _columns(building) <= most:
        yield building
        return
    first = 0
    for stair in building.stairs:
        for at in range(0, stair.columns, most):
            taken = min(most, stair.columns - at)
            start = first + at
            floors = tuple(
                replace(floor, cells=tuple(
                    replace(cell, column=cell.column - start) for cell in floor.cells
                    if start <= cell.column < start + taken))
                for floor in building.floors
            )
            yield replace(building, stairs=(replace(stair, columns=taken),),
                          floors=tuple(floor for floor in floors if floor.cells))
        first += stair.columns


# --- drawing


def _building(page: Page, building: GridBuilding, scale: _Scale, left: float, top: float) -> None:
    width, _ = _size(building, scale)
    name = shortened(building.name, _NAME_INK, width - wide(building.note, _SMALL_INK) - 8)
    page.text(left + 2, top - _NAME + 5, name, _NAME_INK)
    page.text(left + 6 + wide(name, _NAME_INK), top - _NAME + 5, building.note, _SMALL_INK)
    lefts = _lefts(building, scale, left + _LABEL)
    at = 0
    for stair in building.stairs:
        middle = (lefts[at] + lefts[at + stair.columns - 1] + scale.width) / 2
        name = shortened(stair.name, _SMALL_INK, stair.columns * scale.width)
        page.centred(middle, top - _NAME - _STAIRS + 4, name, _SMALL_INK)
        at += stair.columns
    top -= _NAME + _STAIRS
    for floor in building.floors:
        _floor(page, floor, scale, left, lefts, top)
        top -= scale.height


def _lefts(building: GridBuilding, scale: _Scale, left: float) -> list[float]:
    """Left edge of each column; stairs stand a little apart."""
    edges = []
    for stair in building.stairs:
        edges += [left + at * scale.width for at in range(stair.columns)]
        left += stair.columns * scale.width + _GAP / 2
    return edges


def _floor(page: Page, floor: GridFloor, scale: _Scale, left: float, lefts: list[float], top: float) -> None:
    middle = top - scale.height / 2 - 2.5
    fitted(page, left, middle, _LABEL - 3, floor.label, Ink(Face.SANS, 7.5, GREY), "right")
    for cell in floor.cells:
        if cell.column < len(lefts):
            _cell(page, cell, scale, lefts[cell.column], top)
    if floor.aside:
        x = lefts[-1] + scale.width + 3
        fitted(page, x, middle, _ASIDE - 4, floor.aside, Ink(Face.SANS, 7, GREY))


def _cell(page: Page, cell: GridCell, scale: _Scale, left: float, top: float) -> None:
    ground, ink = _tints(cell)
    width, height = scale.width - 1.6, scale.height - 1.6
    page.fill(left, top - height, width, height, ground)
    if cell.hatched:
        page.hatch(left, top - height, width, height, _LINE)
    size, room = scale.size, width - 4
    number = Ink(Face.SANS_BOLD, size, ink)
    page.text(left + 2, top - size * 1.08, shortened(cell.number, number, room - size * 0.9), number)
    page.right(left + width - 2, top - size * 1.08, cell.letter, Ink(Face.SANS, size * 0.78, ink))
    small, shown = Ink(Face.SANS, size * 0.82, ink), cell.lines[:scale.lines]
    flags = wide(cell.flags, Ink(Face.SANS_BOLD, size * 0.74)) + 3 if cell.flags else 0.0
    for at, text in enumerate(shown, start=1):
        space = room - flags if at == len(shown) else room
        page.text(left + 2, top - size * (1.12 + at * 0.98), shortened(text, small, space), small)
    if cell.flags:
        page.fill(left + width - flags, top - height, flags, size * 0.98, ink)
        page.text(left + width - flags + 1.5, top - height + size * 0.2, cell.flags,
                  Ink(Face.SANS_BOLD, size * 0.74, ground))


def _tints(cell: GridCell) -> tuple[Colour, Colour]:
    """Ground and text; what does not match the filter is mostly paper."""
    ground, ink = colour(cell.ground), colour(cell.ink)
    if not cell.faded:
        return ground, ink
    return _paler(ground, 0.75), _paler(GREY, 0.35)


def _paler(tint: Colour, much: float) -> Colour:
    red, green, blue = (part + (1 - part) * much for part in tint)
    return red, green, blue


def _head(page: Page, paper: GridPaper) -> None:
    top = page.height - _MARGIN
    fitted(page, _MARGIN, top - 13, page.width / 2 - _MARGIN - 12, paper.title, Ink(Face.SANS_BOLD, 15))
    fitted(page, page.width / 2, top - 12, page.width / 2 - _MARGIN, paper.about, Ink(Face.SANS, 9, GREY), "right")
    for entry, (x, line) in zip(paper.legend, _legend_places(paper, page.width), strict=True):
        _legend(page, entry, x, top - 33 - line * 15)


def _head_depth(paper: GridPaper, width: float) -> float:
    lines = [line for _, line in _legend_places(paper, width)]
    return 44 + 15.0 * max(lines, default=0)


def _legend_places(paper: GridPaper, width: float) -> list[tuple[float, int]]:
    """Where each entry of the legend begins, and on which line."""
    places, x, line = [], _MARGIN, 0
    for entry in paper.legend:
        if x + _legend_width(entry) > width - _MARGIN:
            x, line = _MARGIN, line + 1
        places.append((x, line))
        x += _legend_width(entry)
    return places


def _legend_width(entry: LegendEntry) -> float:
    return 15 + wide(entry.name, Ink(Face.SANS_BOLD, 8.5)) + 4 + wide(entry.said, Ink(Face.SANS, 8.5)) + 14


def _legend(page: Page, entry: LegendEntry, x: float, y: float) -> None:
    page.fill(x, y - 3, 12, 12, colour(entry.ground))
    if entry.hatched:
        page.hatch(x, y - 3, 12, 12, _LINE)
    page.centred(x + 6, y, entry.letter, Ink(Face.SANS, 7.5, colour(entry.ink)))
    page.text(x + 15, y - 0.4, entry.name, Ink(Face.SANS_BOLD, 8.5))
    page.text(x + 19 + wide(entry.name, Ink(Face.SANS_BOLD, 8.5)), y - 0.4, entry.said, Ink(Face.SANS, 8.5, GREY))


def _foot(page: Page, paper: GridPaper, at: int, of: int) -> None:
    small = Ink(Face.SANS, 8, GREY)
    mark = watermark(paper.made_by, paper.made, paper.lang) if paper.made_by else ""
    draw_watermark(page, mark)
    said = mark or f"{paper.made:%Y-%m-%d %H:%M}"
    fitted(page, _MARGIN, _MARGIN - 4, page.width - 2 * _MARGIN - 90, f"{paper.house}    {said}", small)
    page.right(page.width - _MARGIN, _MARGIN - 4, words(paper.lang)("Page {at} of {of}", at=at, of=of), small)
