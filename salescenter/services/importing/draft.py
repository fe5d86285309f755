"""A unit list from file to draft: everything read, checked and added up, nothing written yet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from salescenter.domain import addresses
from salescenter.domain.addresses import Door, building, building_key, estate_prefix, stair
from salescenter.domain.columns import Kind
from salescenter.domain.columns import UnitField as F
from salescenter.domain.import_terms import BadRow, Skipped, Stage
from salescenter.domain.money import Money, Rounding
from salescenter.domain.recognition import SAMPLE, Because, ColumnMapping, recognise
from salescenter.domain.refusals import ColumnsMissing, NoHeader
from salescenter.domain.sheet_values import Unreadable, Why
from salescenter.domain.units import PriceBasis, Use
from salescenter.services.importing import unit_columns as read
from salescenter.services.importing.body import Body, body_of, in_rows, unprinted
from salescenter.services.importing.headers import Header, find_header, header_from, no_header
from salescenter.services.importing.reader import Book, Sheet, read_book
from salescenter.services.importing.rows import UnitRow
from salescenter.services.importing.totals import Totals, add_up, makes, priced_fen
from salescenter.services.importing.unit_columns import UnitColumns
from salescenter.services.importing.watch import UNWATCHED, Watch, many_rows


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user chose by hand; everything left out is found by the program.

    header_row: as the spreadsheet counts, from 1; 0 says that the sheet has none, None lets it be found. taught: column
    number to field ("" for nothing), `by_hand` when the user said so just now and wants it remembered. building: the
    name for lists that name none.
    """

    sheet: str = ""
    header_row: int | None = None
    taught: Mapping[str, str] = field(default_factory=dict)
    building: str = ""
    by_hand: bool = False


FREE = Choice()
"""Nothing chosen by hand."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet with its header and what its columns are taken for."""

    book: str
    sheet: Sheet
    header: Header
    mapping: ColumnMapping


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit list as it would be stored.

    bad: rows that cannot be taken; flagged: what is kept but wants a look; skipped: total, note and repeated header
    rows; building_assumed: the list names no building and this name was given to it.
    """

    source: str
    sheet: str
    header_row: int
    title: str
    mapping: ColumnMapping
    rows: tuple[UnitRow, ...]
    bad: tuple[BadRow, ...]
    flagged: tuple[BadRow, ...]
    skipped: tuple[Skipped, ...]
    totals: Totals
    estate: str
    building_assumed: str


def find(book: Book, kind: Kind, choice: Choice = FREE, watch: Watch = UNWATCHED) -> Found:
    """Find the sheet, its header and its columns; refuses with NoHeader where no sheet has one."""
    watch.step(0, 1, Stage.READ)
    candidates = [
        (sheet, header)
        for sheet in book.sheets
        if choice.sheet in ("", sheet.name) and (header := _header(sheet, kind, choice)) is not None
    ]
    if not candidates:
        raise NoHeader(path=book.name, kind=kind.value, sheets=tuple(sheet.name for sheet in book.sheets))
    sheet, header = max(candidates, key=lambda one: (not one[0].hidden, one[1].known, len(one[0].rows)))
    thinned = sheet.rows[header.body :: max(1, len(sheet.rows) // (4 * SAMPLE))]
    columns = list(zip(*thinned, strict=True)) or [() for _ in header.names]
    because = Because.BY_HAND if choice.by_hand else Because.REMEMBERED
    return Found(book.name, sheet, header, recognise(kind, header.names, columns).recall(choice.taught, because))


def _header(sheet: Sheet, kind: Kind, choice: Choice) -> Header | None:
    if choice.header_row is None or choice.header_row > len(sheet.rows):
        return find_header(sheet, kind)
    if choice.header_row == 0:
        return no_header(sheet) if sheet.rows else None
    return header_from(sheet, kind, choice.header_row - 1)


def draft_units(path: Path, choice: Choice = FREE, watch: Watch = UNWATCHED) -> UnitDraft:
    """Read a unit list from a file; refuses with SheetUnreadable, NoHeader, ColumnsMissing or Stopped."""
    return units_of(find(read_book(path), Kind.UNITS, choice, watch), choice, watch)


def units_of(found: Found, choice: Choice = FREE, watch: Watch = UNWATCHED) -> UnitDraft:
    """Read and check the units of a sheet that was found."""
    if found.mapping.lacking():
        raise ColumnsMissing(fields=found.mapping.lacking())
    body = body_of(found.sheet, found.header, found.mapping, F.NUMBER)
    columns = UnitColumns(body)
    read.fill_in(columns)
    mapping = _settle_basis(columns)
    with many_rows():
        rows, assumed, estate = _rows(columns, found, choice, watch)
        _check(columns, rows)
    stopped = {bad.row for bad in columns.bad}
    kept = tuple(row for row in rows if row.row not in stopped) if stopped else tuple(rows)
    header = found.header
    return UnitDraft(
        source=found.book, sheet=found.sheet.name, header_row=header.shown_row, title=header.title,
        mapping=mapping,
        rows=kept,
        bad=in_rows(columns.bad),
        flagged=in_rows((*columns.flagged, *unprinted(body))),
        skipped=body.skipped,
        totals=add_up(kept),
        estate=estate,
        building_assumed=assumed,
    )  # fmt: skip


def _settle_basis(columns: UnitColumns) -> ColumnMapping:
    """A column called just 单价 is counted on the inner area where that alone makes the list's own totals."""
    mapping = columns.body.mapping
    cells = columns.body.cells
    if F.INNER_PRICE in cells or not {F.GROSS_PRICE, F.INNER, F.TOTAL} <= cells.keys():
        return mapping
    price, inner, gross, total = (
        UnitColumns(_first(columns.body, 200)).read(which) for which in (F.GROSS_PRICE, F.INNER, F.GROSS, F.TOTAL)
    )
    by_inner, by_gross = _products(price, inner, total), _products(price, gross, total)
    if by_inner <= by_gross or by_inner < len(price) * 0.8:
        return mapping
    cells[F.INNER_PRICE] = cells.pop(F.GROSS_PRICE)
    column = mapping.at(F.GROSS_PRICE)
    assert column is not None
    return mapping.with_(column.index, F.INNER_PRICE, Because.PRODUCT_AGREES)


def _first(body: Body, count: int) -> Body:
    cells = {which: found[:count] for which, found in body.cells.items()}
    return Body(body.sheet, body.header, body.mapping, body.rows[:count], cells, ())


def _products(prices: Sequence[Money | None], areas: Sequence[int | None], totals: Sequence[Money | None]) -> int:
    triples = zip(prices, areas, totals, strict=True)
    return sum(1 for price, area, total in triples if price and area and total and makes(price.fen * area, total.fen))


def _rows(columns: UnitColumns, found: Found, choice: Choice, watch: Watch) -> tuple[list[UnitRow], str, str]:
    whole, default_use = len(columns), _use_of(found)
    uses = [use or default_use for use in columns.read(F.USE)]
    doors = read.doors(columns)
    buildings, assumed, estate = _buildings(columns, doors, found, choice)
    stairs = _stairs(columns, doors, buildings)
    watch.step(whole // 4, whole, Stage.CHECK)
    floors = read.floors(columns, doors, uses)
    homes = list(zip(buildings, stairs, strict=True))
    numbers = read.numbers(doors, homes, floors)
    places = read.places(homes, numbers, floors, columns.read(F.PLACE))
    watch.step(whole // 2, whole, Stage.CHECK)
    gross, inner, shared = _areas(columns)
    bases, prices, stated, lumps = _prices(columns, gross, inner)
    filed = _filed(columns, gross)
    watch.step(whole * 3 // 4, whole, Stage.CHECK)
    rows = list(map(UnitRow._make, zip(
        [row + 1 for row in columns.body.rows], columns.text(F.PHASE), buildings, stairs, floors,
        _sale_floors(columns, floors), numbers, places, columns.text(F.TYPE), uses, columns.text(F.FACING),
        gross, inner, shared, columns.read(F.MEASURED_GROSS), columns.read(F.MEASURED_INNER), bases, prices, stated,
        lumps, filed, read.amounts(columns, F.FLOOR_TOTAL), columns.text(F.PERMIT), read.handovers(columns),
        [bool(yes) for yes in columns.read(F.MORTGAGED)], columns.text(F.NOTE),
        columns.text(F.BOUND_TO), strict=True,
    )))  # fmt: skip
    watch.step(whole, whole, Stage.CHECK)
    return rows, assumed, estate


def _areas(columns: UnitColumns) -> tuple[list[int], list[int], list[int]]:
    """Return gross, inner and shared areas; a shared one that is not written is what the others leave."""
    gross = [area or 0 for area in columns.read(F.GROSS)]
    inner = [area or 0 for area in columns.read(F.INNER)]
    shared = [
        area if area is not None else (g - i if g and i and g >= i else 0)
        for area, g, i in zip(columns.read(F.SHARED), gross, inner, strict=True)
    ]
    return gross, inner, shared


def _sale_floors(columns: UnitColumns, floors: Sequence[addresses.Floor]) -> list[str]:
    said = columns.text(F.SALE_FLOOR)
    return [sale or floor.label for sale, floor in zip(said, floors, strict=True)]


_NAMED_BUILDING = re.compile(r"[\dA-Za-z一二三四五六七八九十]{1,4}(?:#楼|号楼|栋|幢|座|#)")


def _buildings(
    columns: UnitColumns, doors: Sequence[Door], found: Found, choice: Choice
) -> tuple[list[str], str, str]:
    """Return each unit's building, the name given where the list has none, and the estate's name where it leads."""
    said = [
        name or door.building or building(door.lead) for name, door in zip(columns.text(F.BUILDING), doors, strict=True)
    ]
    estate = estate_prefix(sorted(set(said))) if all(said) else ""
    if estate:
        return [name.removeprefix(estate) for name in said], "", estate
    if all(said):
        return said, "", ""
    named = (_NAMED_BUILDING.search(text) for text in (found.header.title, found.sheet.name, found.book))
    assumed = choice.building or next((match[0] for match in named if match), "1栋")
    return [name or assumed for name in said], assumed, ""


def _stairs(columns: UnitColumns, doors: Sequence[Door], buildings: Sequence[str]) -> list[str]:
    said = zip(columns.text(F.STAIR), doors, buildings, strict=True)
    return [name or door.stair or _led_stair(door, of) for name, door, of in said]


def _led_stair(door: Door, of: str) -> str:
    """The number before a door's dash is the stair, unless it is the building once more."""
    return "" if door.lead in ("", building_key(of)) else stair(door.lead)


def _use_of(found: Found) -> Use:
    """What a list without a column for the use is about: told by its title, its sheet, or the word for the number."""
    column = found.mapping.at(F.NUMBER)
    for said in (found.header.title, found.sheet.name, column.header if column else ""):
        try:
            use = addresses.use(said)
        except Unreadable:
            continue
        if use is not None:
            return use
    return Use.HOME


_Prices = tuple[list[PriceBasis], list[Money], list[Money | None], list[Money | None]]


def _prices(columns: UnitColumns, gross: Sequence[int], inner: Sequence[int]) -> _Prices:
    """Return basis, unit price, the list's own total, and the total that stands by itself, for each unit."""
    by_gross, by_inner = read.amounts(columns, F.GROSS_PRICE), read.amounts(columns, F.INNER_PRICE)
    stated = read.amounts(columns, F.TOTAL)
    bases, prices, lumps = [], [], []
    nothing = Money()
    for g, i, gross_area, inner_area, total in zip(by_gross, by_inner, gross, inner, stated, strict=True):
        if g is not None and (gross_area or i is None):
            basis, price, area = PriceBasis.GROSS, g, gross_area
        elif i is not None:
            basis, price, area = PriceBasis.INNER, i, inner_area
        else:
            basis, price, area = (PriceBasis.LUMP if total else PriceBasis.GROSS), nothing, 0
        bases.append(basis)
        prices.append(price)
        lumps.append(None if total is None or makes(area * price.fen, total.fen) else total)
    return bases, prices, stated, lumps


def _filed(columns: UnitColumns, gross: Sequence[int]) -> list[Money | None]:
    totals = read.amounts(columns, F.FILED_TOTAL)
    if F.FILED_PRICE not in columns.body.cells:
        return totals
    prices = read.amounts(columns, F.FILED_PRICE)
    return [
        total or (Money(priced_fen(area, price.fen, Rounding.TO_FEN)) if price and area else None)
        for total, price, area in zip(totals, prices, gross, strict=True)
    ]


def _check(columns: UnitColumns, rows: Sequence[UnitRow]) -> None:
    """List doors that stand twice, totals that no rounding gives, inner areas above the gross one."""
    entries = range(len(rows))
    first: dict[tuple[str, str, str], int] = {}
    for i, row in zip(entries, rows, strict=True):
        key = (building_key(row.building), addresses.stair_key(row.stair), row.number)
        known = first.setdefault(key, i)
        if known != i and row.number:
            columns.bad.append(columns.body.bad(i, F.NUMBER, Why.TWICE, row.number, str(rows[known].row)))
    for i, row in zip(entries, rows, strict=True):
        if row.lump is not None and row.product:
            product = Money((row.product + 50) // 100)
            columns.flagged.append(columns.body.bad(i, F.TOTAL, Why.TOTAL_DIFFERS, str(row.stated), str(product)))
        if row.inner_cents > row.gross_cents > 0:
            columns.flagged.append(columns.body.bad(i, F.INNER, Why.INNER_ABOVE_GROSS, f"{row.inner_cents / 100:.2f}"))
