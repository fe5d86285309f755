"""The frozen rows an import hands on: one unit of a list, one visit of a ledger."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from salescenter.domain.addresses import Floor
from salescenter.domain.money import Money
from salescenter.domain.units import PriceBasis, Use
from salescenter.services.reception_rules import Contact


class UnitRow(NamedTuple):
    """One unit as the list says it; a named tuple, because tens of thousands are made at once.

    Areas are whole hundredths of a square metre, as the database keeps them; 0 where the list is silent. `stated` is
    the total the list writes. `lump` is the total that stands, where unit price times area does not make it
    (no unit price, or another sum under every rounding); it is None where the unit is priced by area. `bound_to` is
    the home an annex goes with, as the list writes it; compared with the estate, the home's code.
    """

    row: int
    phase: str
    building: str
    stair: str
    floor: Floor
    floor_sale: str
    number: str
    place: int
    type: str
    use: Use
    facing: str
    gross_cents: int
    inner_cents: int
    shared_cents: int
    measured_gross: int | None
    measured_inner: int | None
    basis: PriceBasis
    unit_price: Money
    stated: Money | None
    lump: Money | None
    filed_total: Money | None
    floor_total: Money | None
    permit: str
    handover: date | None
    mortgaged: bool
    note: str
    bound_to: str = ""

    @property
    def product(self) -> int:
        """Unit price times the area it is counted on, in hundredths of a fen, before any rounding."""
        return (self.inner_cents if self.basis is PriceBasis.INNER else self.gross_cents) * self.unit_price.fen


class VisitRow(NamedTuple):
    """One visit or call as the ledger says it.

    at: the moment, noon where only the day is written; phones: as digits, malformed ones too; consultant: by name;
    answers: field of the registration sheet -> words.
    """

    row: int
    at: datetime
    kind: Contact
    name: str
    sex: str
    phones: tuple[str, ...]
    id_number: str
    address: str
    party: int
    channel: str
    level: str
    consultant: str
    answers: tuple[tuple[str, tuple[str, ...]], ...]
    note: str
