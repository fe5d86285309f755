"""Tables of the house's people."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, String, Table

from salescenter.data.schema import key, metadata

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
