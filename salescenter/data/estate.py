"""Tables of the estate: project, phase, permit, building, stair, unit type, unit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from salescenter.data.schema import Id, key, link, metadata
from salescenter.data.types import Day, Fen, Moment, SquareMetres
from salescenter.domain.money import Money

project = Table(
    "project",
    metadata,
    key(),
    Column("name", String, nullable=False, unique=True),
    Column("developer", String, nullable=False, default=""),  # 出卖人
    Column("address", String, nullable=False, default=""),  # 坐落
    Column("rounding", String, nullable=False, default="fen"),  # domain.money.Rounding
    Column("facts", JSON, nullable=False, default=dict),  # what contracts cite: land right, licences, escrow account
)

setting = Table(
    "setting",
    metadata,
    key(),
    link("project_id", "project"),
    Column("name", String, nullable=False),
    Column("since", Day, nullable=False),  # in force from this day
    Column("value", JSON, nullable=False),
    UniqueConstraint("project_id", "name", "since"),
)

phase = Table(
    "phase",
    metadata,
    key(),
    link("project_id", "project", index=True),
    Column("name", String, nullable=False),
    UniqueConstraint("project_id", "name"),
)

permit = Table(
    "permit",
    metadata,  # 预售许可证
    key(),
    link("project_id", "project", index=True),
    Column("number", String, nullable=False),
    Column("issued", Day, nullable=False),
    Column("kind", String, nullable=False, default="presale"),  # presale 预售 | completed 现售
    UniqueConstraint("project_id", "number"),
)

building = Table(
    "building",
    metadata,
    key(),
    link("project_id", "project", index=True),
    link("phase_id", "phase", optional=True),
    Column("name", String, nullable=False),  # 3号楼
    Column("short", String, nullable=False, default=""),  # 3, the first part of a unit's code
    Column("position", Integer, nullable=False, default=0),
    Column("facts", JSON, nullable=False, default=dict),  # structure, floors above and below, handover day
    UniqueConstraint("project_id", "name"),
)

stair = Table(
    "stair",
    metadata,  # 单元
    key(),
    link("building_id", "building", index=True),
    Column("name", String, nullable=False),
    Column("position", Integer, nullable=False, default=0),
    UniqueConstraint("building_id", "name"),
)

unit_type = Table(
    "unit_type",
    metadata,  # 户型
    key(),
    link("project_id", "project", index=True),
    Column("name", String, nullable=False),
    Column("rooms", Integer, nullable=False, default=0),
    Column("halls", Integer, nullable=False, default=0),
    Column("baths", Integer, nullable=False, default=0),
    Column("picture", LargeBinary),
    UniqueConstraint("project_id", "name"),
)

unit = Table(
    "unit",
    metadata,
    key(),
    link("project_id", "project"),
    link("building_id", "building"),
    link("stair_id", "stair"),
    link("type_id", "unit_type", optional=True),
    link("permit_id", "permit", optional=True),
    Column("code", String, nullable=False),  # 3-1-1201, unique in the project
    Column("number", String, nullable=False),  # 1201, what the door says
    Column("floor", Integer, nullable=False),  # natural order; basements below zero, mezzanines between x10
    Column("floor_natural", String, nullable=False, default=""),
    Column("floor_sale", String, nullable=False, default=""),
    Column("place", Integer, nullable=False),  # column within the stair, from 0
    Column("use", String, nullable=False, default="home"),
    Column("facing", String, nullable=False, default=""),  # 朝向
    Column("area", SquareMetres, nullable=False, default=Decimal(0)),  # 建筑面积
    Column("inner", SquareMetres, nullable=False, default=Decimal(0)),  # 套内
    Column("shared", SquareMetres, nullable=False, default=Decimal(0)),  # 分摊
    Column("measured_area", SquareMetres),
    Column("measured_inner", SquareMetres),
    Column("basis", String, nullable=False, default="gross"),  # domain.units.PriceBasis
    Column("unit_price", Fen, nullable=False, default=Money()),
    Column("list_total", Fen, nullable=False, default=Money()),  # 标准总价
    Column("filed_total", Fen),  # 备案价, the ceiling
    Column("floor_total", Fen),  # 底价
    Column("note", String, nullable=False, default=""),
    Column("bound_to", Id),  # 随房: the home this annex goes with; no foreign key, a home may be made after it
    # what only a deed changes
    Column("state", Integer, nullable=False, default=0),
    Column("flags", Integer, nullable=False, default=0),
    Column("since", Day, nullable=False, default=date.min),  # day the state began
    Column("until", Moment),  # end of a hold or small deposit, day to sign by
    Column("released", Day),  # first released
    Column("quoted", Integer, nullable=False, default=0),
    Column("deal_id", Id),  # the living deal
    Column("total", Fen, nullable=False, default=Money()),  # the deal's total, else the list total
    Column("buyer", String, nullable=False, default=""),  # first buyer's name while a deal lives
    Column("revision", BigInteger, nullable=False, default=0),  # last deed that changed it: what a claim compares
    Column("touched", BigInteger, nullable=False, default=0),  # last news that binds nobody: quoted, money received
    UniqueConstraint("project_id", "code"),
    Index("ix_unit_revision", "project_id", "revision"),
    Index("ix_unit_touched", "project_id", "touched"),
    Index("ix_unit_visual", "building_id", "stair_id", "floor", "place"),
    Index("ix_unit_until", "project_id", "state", "until"),
    Index("ix_unit_bound_to", "bound_to"),
)

unit_moment = Table(
    "unit_moment",
    metadata,  # how each unit stood, from each change on
    key(),
    link("unit_id", "unit"),
    Column("at", Moment, nullable=False),
    Column("state", Integer, nullable=False),
    Column("flags", Integer, nullable=False),
    Column("unit_price", Fen, nullable=False),
    Column("total", Fen, nullable=False),
    Column("buyer", String, nullable=False, default=""),
    Column("until", Moment),
    Column("quoted", Integer, nullable=False, default=0),
    Index("ix_unit_moment_then", "unit_id", "at"),
)

stock = Table(
    "stock",
    metadata,  # 货量: how many units stand alike, kept in the deed's own transaction
    Column("project_id", Id, nullable=False),
    Column("building_id", Id, nullable=False),
    Column("type_id", Id, nullable=False),  # 0 for none
    Column("use", String, nullable=False),
    Column("state", Integer, nullable=False),  # as written: a hold that has run out is still here as held
    Column("in_batch", Boolean, nullable=False),  # was ever released (推盘)
    Column("count", Integer, nullable=False, default=0),
    Column("area", BigInteger, nullable=False, default=0),  # hundredths of a square metre
    Column("fen", BigInteger, nullable=False, default=0),
    PrimaryKeyConstraint("project_id", "building_id", "type_id", "use", "state", "in_batch"),
    sqlite_with_rowid=False,
)

import_mapping = Table(
    "import_mapping",
    metadata,  # what the user taught an import
    key(),
    link("project_id", "project"),
    Column("kind", String, nullable=False),  # units | visits
    Column("fingerprint", String, nullable=False),
    Column("mapping", JSON, nullable=False),
    UniqueConstraint("project_id", "kind", "fingerprint"),
)
