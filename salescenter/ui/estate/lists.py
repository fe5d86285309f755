"""The lists of the estate page: buildings, units, unit types, permits, phases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from salescenter.i18n import mark, tr, trn
from salescenter.services.estate.views import BuildingLine, PermitLine, PhaseLine, TypeLine, UnitLine
from salescenter.ui.kit import formats
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.terms import basis_words, flag_words, use_words

Now = Callable[[], datetime]

PERMIT_KINDS = {"presale": mark("Presale"), "completed": mark("Sale of finished homes")}


def building_table(now: Now, empty: EmptyState) -> RecordTable[BuildingLine]:
    """Buildings with their sums."""
    return RecordTable(
        (
            Column(tr("Building"), lambda one: one.name, tip=_phase),
            Column(tr("Phase"), lambda one: one.phase or None, width=56, tone=lambda _: "muted", spare=True),
            Column(tr("Unit count"), lambda one: one.units, Kind.COUNT, 56, total=True),
            Column(tr("Area ㎡"), lambda one: one.area, Kind.AREA, 84, total=True, spare=True),
            Column(tr("List total"), lambda one: one.total, Kind.MONEY, 124, total=True, spare=True),
            Column(tr("Still lacking"), _lacking, Kind.BADGE, 86, tip=_lacking_tip),
        ),
        now=now,
        key=lambda one: one.id,
        empty=empty,
    )


def _phase(one: BuildingLine) -> str:
    return one.phase


def _lacking(one: BuildingLine) -> Mark | None:
    if one.permitted < one.units:
        return Mark(tr("permit"), "warning")
    return Mark(tr("price"), "warning") if one.priced < one.units else None


def _lacking_tip(one: BuildingLine) -> str:
    told = [
        trn("{count} unit has no permit and cannot be released.",
            "{count} units have no permit and cannot be released.", count=one.units - one.permitted)
        if one.permitted < one.units else "",
        trn("{count} unit has no price.", "{count} units have no price.", count=one.units - one.priced)
        if one.priced < one.units else "",
    ]  # fmt: skip
    return "\n".join(filter(None, told))


def unit_table(now: Now, empty: EmptyState) -> RecordTable[UnitLine]:
    """The units of a building."""
    return RecordTable(
        (
            Column(tr("Stair"), lambda one: one.stair or None, width=58, tone=lambda _: "muted", spare=True),
            Column(tr("Floor"), lambda one: one.floor_sale, width=54),
            Column(tr("Room"), lambda one: one.number, width=66),
            Column(tr("State"), lambda one: one.state, Kind.STATE, 92),
            Column(tr("Unit type"), lambda one: one.type or None, width=76, spare=True),
            Column(tr("Area ㎡"), lambda one: one.area or None, Kind.AREA, 80, total=True, tip=_inner, spare=True),
            Column(tr("Unit price"), lambda one: one.unit_price or None, Kind.MONEY, 88, tip=_basis, spare=True),
            Column(tr("List total"), lambda one: one.list_total or None, Kind.MONEY, 114, total=True),
            Column(tr("Remarks"), _remarks, tone=lambda _: "muted", spare=True),
        ),
        now=now,
        key=lambda one: one.id,
        empty=empty,
    )


def _inner(one: UnitLine) -> str:
    return tr("Inner area {area}", area=formats.area(one.inner, unit=True)) if one.inner else ""


def _basis(one: UnitLine) -> str:
    return tr("Priced by: {basis}", basis=basis_words(one.basis))


def _remarks(one: UnitLine) -> str | None:
    said = (one.facing, use_words(one.use) if one.use != "home" else "", flag_words(one.flags), one.note)
    return " · ".join(filter(None, said)) or None


def type_table(now: Now, empty: EmptyState) -> RecordTable[TypeLine]:
    """Unit types."""
    return RecordTable(
        (
            Column(tr("Unit type"), lambda one: one.name, width=180),
            Column(tr("Rooms"), lambda one: one.rooms, Kind.COUNT, 80),
            Column(tr("Halls"), lambda one: one.halls, Kind.COUNT, 80),
            Column(tr("Baths"), lambda one: one.baths, Kind.COUNT, 80),
            Column(tr("Unit count"), lambda one: one.units, Kind.COUNT, 90, total=True),
            Column(tr("Picture"), _picture, Kind.BADGE, 110),
        ),
        now=now,
        key=lambda one: one.id,
        empty=empty,
    )


def _picture(one: TypeLine) -> Mark | None:
    return Mark(tr("there"), "accent") if one.has_picture else None


def permit_table(now: Now, empty: EmptyState) -> RecordTable[PermitLine]:
    """Permits."""
    return RecordTable(
        (
            Column(tr("Permit"), lambda one: one.number, width=280),
            Column(tr("Issued"), lambda one: one.issued, Kind.DAY, 110),
            Column(tr("Kind of sale"), lambda one: tr(PERMIT_KINDS.get(one.kind, one.kind)), width=180),
            Column(tr("Units covered"), lambda one: one.units, Kind.COUNT, 120, total=True),
        ),
        now=now,
        key=lambda one: one.id,
        empty=empty,
    )


def phase_table(now: Now, empty: EmptyState) -> RecordTable[PhaseLine]:
    """Phases."""
    return RecordTable(
        (
            Column(tr("Phase"), lambda one: one.name, width=280),
            Column(tr("Buildings"), lambda one: one.buildings, Kind.COUNT, 110, total=True),
        ),
        now=now,
        key=lambda one: one.id,
        empty=empty,
    )
