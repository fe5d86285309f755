"""What all tables share: the metadata, the key column, and the words of foreign keys."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only for INTEGER PRIMARY KEY


def key() -> Column[int]:
    """Make the primary key column."""
    return Column("id", Id, primary_key=True)


def link(name: str, target: str, *, optional: bool = False, index: bool = False) -> Column[int]:
    """Make a foreign key column to `target.id`."""
    return Column(name, Id, ForeignKey(f"{target}.id"), nullable=optional, index=index)
