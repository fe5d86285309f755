"""Tables of customers as the first version made them (written by tools/first_migration.py)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def make() -> None:
    """Make them, each after those it points at."""
    op.create_table(
        "phone_tail",
        sa.Column("tail", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("tail", "customer_id", name=op.f("pk_phone_tail")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "spelling",
        sa.Column("text", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("text", "customer_id", name=op.f("pk_spelling")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("pinyin", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("initials", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("phone_shown", sa.String(), nullable=False),
        sa.Column("id_kind", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("id_reversed", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("birth", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("guardian", sa.String(), nullable=False),
        sa.Column("family_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("owned_since", sa.Integer(), nullable=True),
        sa.Column("protected_until", sa.Integer(), nullable=True),
        sa.Column("won_by", sa.String(), nullable=False),
        sa.Column("last_contact", sa.Integer(), nullable=True),
        sa.Column("last_seen", sa.BigInteger(), nullable=True),
        sa.Column("last_kind", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("consent_at", sa.BigInteger(), nullable=True),
        sa.Column("consent_text", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["customer.id"], name=op.f("fk_customer_family_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_customer_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_customer_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_customer_family_id"), "customer", ["family_id"], unique=False)
    op.create_index("ix_customer_id_number", "customer", ["id_number"], unique=False)
    op.create_index("ix_customer_id_reversed", "customer", ["project_id", "id_reversed"], unique=False)
    op.create_index("ix_customer_initials", "customer", ["project_id", "initials"], unique=False)
    op.create_index("ix_customer_last_seen", "customer", ["project_id", "last_seen"], unique=False)
    op.create_index("ix_customer_name", "customer", ["project_id", "name"], unique=False)
    op.create_index(op.f("ix_customer_owner_id"), "customer", ["owner_id"], unique=False)
    op.create_index("ix_customer_pinyin", "customer", ["project_id", "pinyin"], unique=False)
    op.create_index("ix_customer_revision", "customer", ["project_id", "revision"], unique=False)
    op.create_table(
        "customer_phone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digits", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("well_formed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_phone_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_phone")),
    )
    op.create_index(op.f("ix_customer_phone_customer_id"), "customer_phone", ["customer_id"], unique=False)
    op.create_index(op.f("ix_customer_phone_digits"), "customer_phone", ["digits"], unique=False)
