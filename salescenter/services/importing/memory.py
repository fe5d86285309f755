"""Remembers, for sheets with the same headers, how the user corrected their columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from salescenter.data.estate import import_mapping
from salescenter.data.record import upsert
from salescenter.domain.columns import Kind
from salescenter.domain.recognition import ColumnMapping
from salescenter.domain.units import Step
from salescenter.services.work import Desk, Work


def taught(desk: Desk, mapping: ColumnMapping) -> Mapping[str, str]:
    """Return what the user taught for sheets with these headers: column number to field; empty where nothing."""
    with desk.reading() as connection:
        kept = connection.scalar(
            select(import_mapping.c.mapping).where(
                import_mapping.c.project_id == desk.project,
                import_mapping.c.kind == mapping.kind.value,
                import_mapping.c.fingerprint == mapping.fingerprint,
            )
        )
    return dict(kept or {})


def keep_taught(desk: Desk, mapping: ColumnMapping, now: datetime, *, within: Work | None = None) -> None:
    """Keep a mapping that was corrected by hand, inside work that is open or in work of its own."""
    if not mapping.by_hand:
        return
    if within is not None:
        _keep(within, mapping)
        return
    with desk.working(now, step=Step.IMPORT) as work:
        _keep(work, mapping)


def _keep(work: Work, mapping: ColumnMapping) -> None:
    stmt = upsert(work.connection, import_mapping).values(
        project_id=work.project,
        kind=Kind(mapping.kind).value,
        fingerprint=mapping.fingerprint,
        mapping=mapping.taught(),
    )
    work.connection.execute(
        stmt.on_conflict_do_update(
            index_elements=["project_id", "kind", "fingerprint"], set_={"mapping": stmt.excluded.mapping}
        )
    )
