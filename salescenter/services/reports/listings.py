"""What a list behind a figure is: columns, lines, and sums that equal the figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from salescenter.domain.masks import mask_name
from salescenter.domain.money import Money
from salescenter.domain.report_periods import Span
from salescenter.domain.units import UnitState, Use
from salescenter.i18n import mark
from salescenter.services.reports.stock import Group

Cell = str | int | date | datetime | Money | Decimal | StrEnum | UnitState | bool | None
"""What stands in a list: the screen, the paper and Excel each write it by its type. Areas are Decimal square metres."""


class ListKind(StrEnum):
    """Which list; the value names it in the history of exports."""

    NET_SIGNED = "net-signed"      # 净签约: signed, and what was taken back
    DEALS = "deals"                # one daily figure of deals: subscribed, signed, cancelled ...
    BATCH = "batch"                # 去化率: every unit released, and whether it is sold
    CONTRACTS = "contracts"        # 回款率 of contracts, 在途: contracts alive, paid and open
    DUES = "dues"                  # what fell due in the period
    DUES_SO_FAR = "dues-so-far"    # 回款率 of what is due: everything due by the last day
    ARREARS = "arrears"            # of it, what is still owing
    RECEIPTS = "receipts"          # 收款: price money in and back
    UNITS = "units"                # 货值: units by state, type, building
    CONTACTS = "contacts"          # visits and calls
    HOLDS = "holds"                # 预留
    COHORT = "cohort"              # customers first met in the period


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which units a list of units shows; None, and no uses, let every value through."""

    state: UnitState | None = None
    type: int | None = None
    uses: frozenset[Use] = frozenset()
    building: int | None = None
    in_batch: bool | None = None

    def fits(self, group: Group) -> bool:
        """Say whether a group of units is shown."""
        pairs = (
            (self.state, group.state),
            (self.type, group.type),
            (self.building, group.building),
            (self.in_batch, group.in_batch),
        )
        fits = all(wanted is None or wanted == found for wanted, found in pairs)
        return fits and (not self.uses or group.use in self.uses)


@dataclass(frozen=True, slots=True)
class ListAsked:
    """A list to open: its kind, the period, and what narrows it.

    figure: the daily figure (deals, contacts) or the stage (cohort); part: `p:7`, `b:3`, `u:home`, "" for all;
    until: the last day of the whole period a part of it was opened from: what is alive and paid is judged by its end.
    """

    kind: ListKind
    span: Span
    figure: str = ""
    part: str = ""
    units: Chosen = Chosen()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: key, heading (marked English), and whether its cells are added up."""

    key: str
    heading: str
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; `unit` and `deal` lead to where it can be looked at, 0 where there is none."""

    cells: tuple[Cell, ...]
    unit: int = 0
    deal: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A list behind a figure."""

    asked: ListAsked
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    sums: tuple[Cell, ...]  # one a column, None where nothing is added up

    def sum(self, key: str) -> Cell:
        """Return the sum of a column."""
        return self.sums[[column.key for column in self.columns].index(key)]


def listing(asked: ListAsked, columns: Sequence[Column], lines: Sequence[Line]) -> Listing:
    """Put a list together and add its columns up."""
    sums = tuple(
        add_up([line.cells[i] for line in lines], COLUMN_ZERO[column.key]) if column.summed else None
        for i, column in enumerate(columns)
    )
    return Listing(asked, tuple(columns), tuple(lines), sums)


def add_up(cells: Sequence[Cell], zero: Cell) -> Cell:
    """Add up money, areas or counts; empty cells count nothing."""
    if isinstance(zero, Money):
        return Money.sum(cell for cell in cells if isinstance(cell, Money))
    if isinstance(zero, Decimal):
        return sum((cell for cell in cells if isinstance(cell, Decimal)), zero)
    return sum(cell for cell in cells if isinstance(cell, int))


COUNT = Column("count", mark("Unit count"), summed=True)
SOLD = Column("sold", mark("Sold"), summed=True)
AREA = Column("area", mark("Area ㎡"), summed=True)
SOLD_AREA = Column("sold_area", mark("Sold area ㎡"), summed=True)
AMOUNT = Column("amount", mark("Amount"), summed=True)
SOLD_AMOUNT = Column("sold_amount", mark("Sold amount"), summed=True)
PAID = Column("paid", mark("Paid"), summed=True)
OPEN = Column("open", mark("Still owing"), summed=True)
TIMES = Column("count", mark("Times"), summed=True)
PEOPLE = Column("party", mark("People"))
DAY = Column("day", mark("Day"))
DUE_DAY = Column("day", mark("Due on"))
SIGNED_DAY = Column("day", mark("Signed on"))
MOMENT = Column("at", mark("When"))
NUMBER = Column("number", mark("Number"))
UNIT = Column("unit", mark("Unit"))
BUILDING = Column("building", mark("Building"))
TYPE = Column("type", mark("Type"))
USE = Column("use", mark("Use"))
STATE = Column("state", mark("State"))
BUYER = Column("buyer", mark("Buyer"))
CUSTOMER = Column("buyer", mark("Customer"))
PHONE = Column("phone", mark("Phone"))
CONSULTANT = Column("consultant", mark("Consultant"))
WHAT = Column("what", mark("What"))
ITEM = Column("item", mark("Item"))
KIND = Column("kind", mark("Kind"))
METHOD = Column("method", mark("Paid by"))
PAYER = Column("payer", mark("Payer"))
CHANNEL = Column("channel", mark("Channel"))
REASON = Column("reason", mark("Reason"))
LEVEL = Column("level", mark("Level"))
OVERDUE = Column("overdue", mark("Days overdue"))

COLUMN_ZERO: dict[str, Cell] = {
    "count": 0, "sold": 0, "area": Decimal(0), "sold_area": Decimal(0), "amount": Money(), "sold_amount": Money(),
    "paid": Money(), "open": Money(), "visited": 0, "held": 0, "subscribed": 0, "signed": 0,
}
"""What a summed column starts from."""


@dataclass(frozen=True, slots=True)
class Names:
    """How names and phones are shown: whole, or masked for those who may not see them.

    first_phones: gives customers' first phones whole, asked for once a list; None where phones stay masked.
    """

    reveal: bool
    first_phones: Callable[[Iterable[int]], Mapping[int, str]] | None = None

    def name(self, name: str) -> str:
        """Show a customer's name."""
        return name if self.reveal else mask_name(name)

    def phones(self, shown: Mapping[int, str]) -> Mapping[int, str]:
        """Show the first phones of customers, given by their keys and masked."""
        return shown if self.first_phones is None else {**shown, **self.first_phones(shown)}
