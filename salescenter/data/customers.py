"""Tables of customers: who they are, how they are found, whose they are."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table

from salescenter.data.schema import Id, key, link, metadata
from salescenter.data.types import Day, Moment

Sought = String().with_variant(String(collation="C"), "postgresql")
"""A text found by its beginning: compared by character code, so that a beginning is a range on both engines."""

customer = Table(
    "customer",
    metadata,
    key(),
    link("project_id", "project"),
    Column("name", Sought, nullable=False),
    Column("pinyin", Sought, nullable=False, default=""),  # chenyifan, for finding
    Column("initials", Sought, nullable=False, default=""),  # cyf
    Column("sex", String, nullable=False, default=""),  # male | female | ""
    Column("kind", String, nullable=False, default="person"),  # person | company
    Column("phone_shown", String, nullable=False, default=""),  # the first phone as everybody may see it
    Column("id_kind", String, nullable=False, default=""),  # resident | passport | licence | other
    Column("id_number", String, nullable=False, default=""),
    Column("id_reversed", Sought, nullable=False, default=""),  # the last digits, said first
    Column("birth", Day),
    Column("address", String, nullable=False, default=""),
    Column("guardian", String, nullable=False, default=""),
    link("family_id", "customer", optional=True, index=True),  # the family's first-registered member
    link("owner_id", "person", optional=True, index=True),  # whose customer
    Column("owned_since", Day),
    Column("protected_until", Day),  # last day of the owner's protection (domain.ownership)
    Column("won_by", String, nullable=False, default=""),  # visit | call: which window renews it
    Column("last_contact", Day),  # last effective follow-up or visit
    Column("last_seen", Moment),  # last visit or call
    Column("last_kind", String, nullable=False, default=""),  # which it was: visit | call-in | call-out
    Column("level", String, nullable=False, default=""),  # 意向级别 A B C D
    Column("consent_at", Moment),  # when personal data consent was given
    Column("consent_text", String, nullable=False, default=""),
    Column("note", String, nullable=False, default=""),
    Column("created", Moment, nullable=False),
    Column("revision", BigInteger, nullable=False, default=0),
    Index("ix_customer_name", "project_id", "name"),
    Index("ix_customer_pinyin", "project_id", "pinyin"),
    Index("ix_customer_initials", "project_id", "initials"),
    Index("ix_customer_id_number", "id_number"),
    Index("ix_customer_id_reversed", "project_id", "id_reversed"),
    Index("ix_customer_last_seen", "project_id", "last_seen"),
    Index("ix_customer_revision", "project_id", "revision"),
    sqlite_autoincrement=True,  # a key is never given twice: the history goes on naming what was taken back
)

customer_phone = Table(
    "customer_phone",
    metadata,
    key(),
    link("customer_id", "customer", index=True),
    Column("position", Integer, nullable=False, default=0),  # the first one first
    Column("digits", String, nullable=False, index=True),
    Column("shown", String, nullable=False, default=""),  # the same behind its mask (domain.masks)
    Column("well_formed", Boolean, nullable=False, default=True),
)

phone_tail = Table(
    "phone_tail",
    metadata,  # every ending of a phone, so any fragment is a prefix
    Column("tail", Sought, nullable=False),
    Column("customer_id", Id, nullable=False),
    PrimaryKeyConstraint("tail", "customer_id"),
    sqlite_with_rowid=False,
)

spelling = Table(
    "spelling",
    metadata,  # further ways a name may be typed: another reading, surname in full with the given name's initials
    Column("text", Sought, nullable=False),
    Column("customer_id", Id, nullable=False),
    PrimaryKeyConstraint("text", "customer_id"),
    sqlite_with_rowid=False,
)
