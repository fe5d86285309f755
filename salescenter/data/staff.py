"""Tables of the house's people."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, PrimaryKeyConstraint, String, Table

from salescenter.data.schema import Id, key, metadata
from salescenter.data.types import Moment

person = Table(
    "person",
    metadata,
    key(),
    Column("name", String, nullable=False),
    Column("login", String, nullable=False, unique=True),
    Column("role", String, nullable=False),  # domain.staff.Role
    Column("team", String, nullable=False, default=""),
    Column("phone", String, nullable=False, default=""),
    Column("password", String, nullable=False, default=""),  # Argon2 hash; empty while none is set
    Column("active", Boolean, nullable=False, default=True),
)

failed_log_in = Table(
    "failed_log_in",
    metadata,  # in a row; gone after one that did not fail
    Column("person_id", Id, nullable=False),  # 0 (domain.log_in.UNKNOWN): nobody of the house, so no foreign key
    Column("pc", String, nullable=False),
    Column("count", Integer, nullable=False),
    Column("untold", Integer, nullable=False),  # not in the history yet
    Column("last", Moment, nullable=False),
    PrimaryKeyConstraint("person_id", "pc"),
)
