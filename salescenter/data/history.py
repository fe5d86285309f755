"""Tables of record: who did what and its seals, answers given, number series, roll-ups, the revision counter."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, String, Table

from salescenter.data.schema import Id, key, link, metadata
from salescenter.data.types import Day, Moment

history = Table(
    "history",
    metadata,  # append-only
    key(),
    Column("project_id", Id, nullable=False),
    Column("at", Moment, nullable=False),
    link("person_id", "person"),
    Column("pc", String, nullable=False, default=""),
    Column("step", String, nullable=False),
    Column("subject", String, nullable=False),  # unit | deal | customer | receipt | setting | ...
    Column("subject_id", Id, nullable=False),
    Column("unit_id", Id),
    Column("deal_id", Id),
    Column("customer_id", Id),
    Column("before", JSON),
    Column("after", JSON),
    Index("ix_history_unit", "unit_id", "at"),
    Index("ix_history_deal", "deal_id", "at"),
    Index("ix_history_at", "project_id", "at"),
    Index("ix_history_customer", "customer_id", "at"),
)

seal = Table(
    "seal",
    metadata,  # append-only: what the history said, hash upon hash (see `domain.seals.Block`)
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("form", Integer, nullable=False),
    Column("first", Id, nullable=False),
    Column("last", Id, nullable=False),
    Column("count", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("previous", String, nullable=False),
    Column("marks", LargeBinary, nullable=False),
    Column("hash", String, nullable=False),
)

answered = Table(
    "answered",
    metadata,  # the same key again returns the first answer
    Column("key", String, primary_key=True),
    Column("deed", String, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)

series = Table(
    "series",
    metadata,  # number series without gaps
    Column("project_id", Id, nullable=False),
    Column("name", String, nullable=False),
    Column("next", Integer, nullable=False),
    PrimaryKeyConstraint("project_id", "name"),
)

tally = Table(
    "tally",
    metadata,  # daily roll-ups, kept in the deed's own transaction
    Column("project_id", Id, nullable=False),
    Column("day", Day, nullable=False),
    Column("figure", String, nullable=False),  # visits, calls, holds, subscribed, signed, received, ...
    Column("part", String, nullable=False, default=""),  # consultant id, building id, channel, ...
    Column("count", Integer, nullable=False, default=0),
    Column("fen", BigInteger, nullable=False, default=0),
    Column("area", BigInteger, nullable=False, default=0),  # hundredths of a square metre
    PrimaryKeyConstraint("project_id", "figure", "part", "day"),
    sqlite_with_rowid=False,
)

clock = Table(
    "clock",
    metadata,  # one row: the revision last given out (SQLite)
    Column("id", Integer, primary_key=True),
    Column("revision", BigInteger, nullable=False),
)
