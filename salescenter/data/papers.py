"""Tables of papers: contract templates with versions, and every paper as it was printed."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from salescenter.data.as_seen import AsSeen
from salescenter.data.schema import key, link, metadata
from salescenter.data.types import Day, Moment

template = Table(
    "template",
    metadata,
    key(),
    link("project_id", "project"),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", String, nullable=False),
    Column("since", Day),  # in force from, once it is approved
    Column("tried", JSON, nullable=False, default=list),  # the sample deals it was tried on (papers.versions.Sample)
    link("drafted_by", "person", optional=True),
    Column("drafted_at", Moment),
    link("approved_by", "person", optional=True),
    Column("approved_at", Moment),
    link("withdrawn_by", "person", optional=True),
    Column("withdrawn_at", Moment),
    Column("reason", String, nullable=False, default=""),  # why it was withdrawn
    UniqueConstraint("project_id", "kind", "version"),
)

paper = Table(
    "paper",
    metadata,
    key(),
    link("project_id", "project"),
    link("deal_id", "deal", optional=True, index=True),
    link("unit_id", "unit", optional=True, index=True),
    Column("kind", String, nullable=False),
    Column("number", String, nullable=False),
    Column("title", String, nullable=False),
    Column("copy", Integer, nullable=False),  # 1 is the original, later ones are reprints
    Column("reason", String, nullable=False, default=""),
    Column("sha256", String, nullable=False),
    Column("at", Moment, nullable=False),
    link("by_id", "person"),
    Column("pdf", LargeBinary, nullable=False),  # last, so that a list of papers never walks through their bytes
    UniqueConstraint("kind", "number", "copy"),
    Index("ix_paper_at", "project_id", "at"),
)


class PaperPdf(AsSeen):
    """A paper as it was printed; a server gives it to whoever may open its kind and told the history, else none."""

    inherit_cache = True
    name = "paper_pdf"
    type = LargeBinary()


pdf_as_seen = PaperPdf(paper.c.pdf, paper.c.id).label("pdf")
