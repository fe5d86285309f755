"""Tables of archive as the first version made them (written by tools/first_migration.py)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def make() -> None:
    """Make them, each after those it points at."""
    op.create_table(
        "scan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("deal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gone", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("destruction_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_scan_by_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_scan_customer_id")),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_scan_deal_id")),
        sa.ForeignKeyConstraint(["destruction_id"], ["destruction.id"], name=op.f("fk_scan_destruction_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_scan_project_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["scan.id"], name=op.f("fk_scan_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
    )
    op.create_index(op.f("ix_scan_customer_id"), "scan", ["customer_id"], unique=False)
    op.create_index(op.f("ix_scan_deal_id"), "scan", ["deal_id"], unique=False)
    op.create_table(
        "paper_words",
        sa.Column(
            "paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("grams", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_words_paper_id")),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_paper_words")),
    )
    op.create_table(
        "scan_bytes",
        sa.Column("scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_scan_bytes_scan_id")),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_scan_bytes")),
    )
