"""Tables of the archive: the words of printed papers."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from salescenter.data.schema import Id, metadata

paper_words = Table(
    "paper_words",
    metadata,
    Column("paper_id", Id, ForeignKey("paper.id"), primary_key=True, autoincrement=False),
    Column("words", String, nullable=False),  # as `domain.papers.words` keeps them
    Column("grams", String, nullable=False),  # every two letters that follow each other, with blanks between
)
