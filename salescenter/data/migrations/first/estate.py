"""Tables of estate as the first version made them (written by tools/first_migration.py)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def make() -> None:
    """Make them, each after those it points at."""
    op.create_table(
        "project",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("developer", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("rounding", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("name", name=op.f("uq_project_name")),
    )
    op.create_table(
        "stock",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("building_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("type_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("in_batch", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "project_id", "building_id", "type_id", "use", "state", "in_batch", name=op.f("pk_stock")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_import_mapping_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("project_id", "kind", "fingerprint", name=op.f("uq_import_mapping_project_id")),
    )
    op.create_table(
        "permit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_permit_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_permit_project_id")),
    )
    op.create_index(op.f("ix_permit_project_id"), "permit", ["project_id"], unique=False)
    op.create_table(
        "phase",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_phase_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_phase_project_id")),
    )
    op.create_index(op.f("ix_phase_project_id"), "phase", ["project_id"], unique=False)
    op.create_table(
        "setting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_setting_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("project_id", "name", "since", name=op.f("uq_setting_project_id")),
    )
    op.create_table(
        "unit_type",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("halls", sa.Integer(), nullable=False),
        sa.Column("baths", sa.Integer(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_unit_type_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_type")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_unit_type_project_id")),
    )
    op.create_index(op.f("ix_unit_type_project_id"), "unit_type", ["project_id"], unique=False)
    op.create_table(
        "building",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("phase_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_building_phase_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_building_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_building_project_id")),
    )
    op.create_index(op.f("ix_building_project_id"), "building", ["project_id"], unique=False)
    op.create_table(
        "stair",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("building_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_stair_building_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stair")),
        sa.UniqueConstraint("building_id", "name", name=op.f("uq_stair_building_id")),
    )
    op.create_index(op.f("ix_stair_building_id"), "stair", ["building_id"], unique=False)
    op.create_table(
        "unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("building_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("type_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("permit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("floor_natural", sa.String(), nullable=False),
        sa.Column("floor_sale", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("facing", sa.String(), nullable=False),
        sa.Column("area", sa.Integer(), nullable=False),
        sa.Column("inner", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.Column("measured_area", sa.Integer(), nullable=True),
        sa.Column("measured_inner", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("list_total", sa.BigInteger(), nullable=False),
        sa.Column("filed_total", sa.BigInteger(), nullable=True),
        sa.Column("floor_total", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("bound_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("released", sa.Integer(), nullable=True),
        sa.Column("quoted", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("buyer", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("touched", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_unit_building_id")),
        sa.ForeignKeyConstraint(["permit_id"], ["permit.id"], name=op.f("fk_unit_permit_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_unit_project_id")),
        sa.ForeignKeyConstraint(["stair_id"], ["stair.id"], name=op.f("fk_unit_stair_id")),
        sa.ForeignKeyConstraint(["type_id"], ["unit_type.id"], name=op.f("fk_unit_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("project_id", "code", name=op.f("uq_unit_project_id")),
    )
    op.create_index("ix_unit_bound_to", "unit", ["bound_to"], unique=False)
    op.create_index("ix_unit_revision", "unit", ["project_id", "revision"], unique=False)
    op.create_index("ix_unit_touched", "unit", ["project_id", "touched"], unique=False)
    op.create_index("ix_unit_until", "unit", ["project_id", "state", "until"], unique=False)
    op.create_index("ix_unit_visual", "unit", ["building_id", "stair_id", "floor", "place"], unique=False)
    op.create_table(
        "unit_moment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("buyer", sa.String(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("quoted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_moment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_moment")),
    )
    op.create_index("ix_unit_moment_then", "unit_moment", ["unit_id", "at"], unique=False)
