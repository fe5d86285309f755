"""Tables of the archive: the words of printed papers, and scans of what was signed or brought by customers."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table

from salescenter.data.as_seen import AsSeen
from salescenter.data.schema import Id, key, link, metadata
from salescenter.data.types import Moment

paper_words = Table(
    "paper_words",
    metadata,
    Column("paper_id", Id, ForeignKey("paper.id"), primary_key=True, autoincrement=False),
    Column("words", String, nullable=False),  # as `domain.papers.words` keeps them
    Column("grams", String, nullable=False),  # every two letters that follow each other, with blanks between
)

scan = Table(
    "scan",
    metadata,  # a signed paper as it came back, or a document a customer brought, one row for each file
    key(),
    link("project_id", "project"),
    link("deal_id", "deal", index=True),
    Column("kind", String, nullable=False),
    Column("number", String, nullable=False),  # of the paper that was signed, or of the document's place in the deal
    Column("document", String, nullable=False, default=""),  # of what a customer brought (papers.received.Document)
    link("customer_id", "customer", optional=True, index=True),  # whose document it is, where it is one person's
    Column("name", String, nullable=False),  # of the file
    Column("form", String, nullable=False),  # pdf | jpeg | png
    Column("pages", Integer, nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("sha256", String, nullable=False),
    Column("at", Moment, nullable=False),
    link("by_id", "person"),
    Column("gone", Moment),  # when its bytes were taken out again
    Column("why", String, nullable=False, default=""),
    link("replaces_id", "scan", optional=True),  # it and what stood at its place before it are replaced by this one
    link("destruction_id", "destruction", optional=True),  # the list under which they were destroyed
)

scan_bytes = Table(
    "scan_bytes",
    metadata,  # apart from `scan`, so that no list ever walks through them
    Column("scan_id", Id, ForeignKey("scan.id"), primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)


class ScanBytes(AsSeen):
    """A scan's bytes; a server gives them to whoever may open its paper and told the history, else none."""

    inherit_cache = True
    name = "scan_data"
    type = LargeBinary()


scan_as_seen = ScanBytes(scan_bytes.c.data, scan_bytes.c.scan_id).label("data")
