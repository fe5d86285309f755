"""Tables of reception: visits and calls, follow-ups, the rota, the house's own dictionaries."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, UniqueConstraint

from salescenter.data.schema import key, link, metadata
from salescenter.data.types import Day, Moment

visit = Table(
    "visit",
    metadata,
    key(),
    link("project_id", "project"),
    link("customer_id", "customer", index=True),
    Column("kind", String, nullable=False),  # visit | call-in | call-out
    Column("at", Moment, nullable=False),
    Column("day", Day, nullable=False),
    Column("first", Boolean, nullable=False),  # first contact of its kind
    Column("complete", Boolean, nullable=False, default=True),  # has the six fields that win a customer (判客)
    Column("peer", Boolean, nullable=False, default=False),  # 踩盘、市调、中介: no customer, counted nowhere
    link("consultant_id", "person", optional=True),
    link("registered_by", "person"),
    Column("channel", String, nullable=False, default=""),  # 认知渠道
    Column("party", Integer, nullable=False, default=1),  # how many people came
    Column("level", String, nullable=False, default=""),
    Column("answers", JSON, nullable=False, default=dict),  # field of the registration sheet -> answer(s)
    Column("note", String, nullable=False, default=""),
    Index("ix_visit_day", "project_id", "day", "kind"),
    Index("ix_visit_consultant", "consultant_id", "day"),
    sqlite_autoincrement=True,  # a key is never given twice: the history goes on naming what was taken back
)

follow_up = Table(
    "follow_up",
    metadata,
    key(),
    link("project_id", "project"),
    link("customer_id", "customer", index=True),
    link("person_id", "person"),
    Column("due", Day, nullable=False),
    Column("what", String, nullable=False, default=""),
    Column("done_at", Moment),
    Column("outcome", String, nullable=False, default=""),
    Column("effective", Boolean, nullable=False, default=False),  # no answer and power-off are not effective
    Index("ix_follow_up_due", "project_id", "due"),
    sqlite_autoincrement=True,  # a key is never given twice: the history goes on naming what was taken back
)

rota_event = Table(
    "rota_event",
    metadata,  # the rota is folded from these (domain.rota)
    key(),
    link("project_id", "project"),
    link("person_id", "person"),
    Column("day", Day, nullable=False),
    Column("at", Moment, nullable=False),
    Column("rota", String, nullable=False, default="visit"),  # visit | call
    Column("kind", String, nullable=False),
    Column("detail", String, nullable=False, default=""),  # away: why; sign-in: late
    Column("counts", Boolean, nullable=False, default=True),  # false outside the rota's hours
    link("visit_id", "visit", optional=True),
    Index("ix_rota_event_day", "project_id", "day"),
)

word = Table(
    "word",
    metadata,  # the user's own dictionaries
    key(),
    link("project_id", "project"),
    Column("dictionary", String, nullable=False),  # channel, district, job, concern, ...
    Column("text", String, nullable=False),
    Column("position", Integer, nullable=False, default=0),
    Column("active", Boolean, nullable=False, default=True),
    UniqueConstraint("project_id", "dictionary", "text"),
)
