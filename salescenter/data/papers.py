"""Tables of papers: contract templates, papers as printed, lists of what is destroyed, and marks that keep papers."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, LargeBinary, String, Table, UniqueConstraint, func

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

destruction = Table(
    "destruction",
    metadata,  # 销毁清册: kept for good
    key(),
    link("project_id", "project"),
    link("approval_id", "approval", optional=True),  # who proposed it and when, and who answered
    Column("reason", String, nullable=False),
    Column("stayed", JSON, nullable=False, default=dict),  # how many stayed for which reason (retention.Held)
    Column("witness", String, nullable=False, default=""),  # 监销人
    link("done_by", "person", optional=True),
    Column("done_at", Moment),
)

destruction_line = Table(
    "destruction_line",
    metadata,
    key(),
    link("destruction_id", "destruction"),
    link("deal_id", "deal", optional=True),
    Column("kind", String, nullable=False),
    Column("number", String, nullable=False),
    Column("year", Integer, nullable=False),  # the one its term runs from the end of
    Column("years", Integer, nullable=False),  # its term, as the rules said
    Column("prints", Integer, nullable=False),
    Column("scans", Integer, nullable=False),
    Column("stays", String, nullable=False, default=""),  # why it stayed after all when the rest went (retention.Held)
    Index("ix_destruction_line_paper", "destruction_id", "kind", "number"),  # a server looks each paper up that goes
)

keep_mark = Table(
    "keep_mark",
    metadata,  # 暂缓销毁: a deal's papers, or one by its number, stay beyond their years until it is lifted
    key(),
    link("project_id", "project"),
    link("deal_id", "deal", optional=True, index=True),
    Column("kind", String, nullable=False),  # with number "": every paper of the deal
    Column("number", String, nullable=False),
    Column("reason", String, nullable=False),
    link("by_id", "person"),
    Column("at", Moment, nullable=False),
    link("lifted_by", "person", optional=True),
    Column("lifted_at", Moment),
    Column("lifted_why", String, nullable=False, default=""),
    Index("ix_keep_mark_paper", "kind", "number"),
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
    link("destruction_id", "destruction", optional=True),  # the list it was destroyed under: no said, no pdf then
    Column("form", String, nullable=False, default=""),  # the mark of the pre-printed form it went on; plain paper: ""
    Column("sheet", String, nullable=False, default=""),  # the number on that sheet, where the sheets have numbers
    Column("said", String, nullable=False, default=""),  # what it says to a form (`domain.papers.filling_text`)
    Column("pdf", LargeBinary, nullable=False),  # last, so that a list of papers never walks through their bytes
    UniqueConstraint("kind", "number", "copy"),
    Index("ix_paper_at", "project_id", "at"),
)


class PaperPdf(AsSeen):
    """A paper as it was printed; a server gives it to whoever may open its kind and told the history, else none."""

    inherit_cache = True
    name = "paper_pdf"
    type = LargeBinary()


class PaperSaid(AsSeen):
    """What a paper says to a form; a server tells it to whom it gives the paper's bytes, else nothing."""

    inherit_cache = True
    name = "paper_said"
    type = String()


class PaperSays(AsSeen):
    """Whether what a paper says to a form is still there; a server says so to whoever may see its line."""

    inherit_cache = True
    name = "paper_says"
    type = Boolean()


class PaperHasBytes(AsSeen):
    """Whether a paper still has any bytes; a server says so of every paper to whoever may see its line."""

    inherit_cache = True
    name = "paper_has_bytes"
    type = Boolean()


pdf_as_seen = PaperPdf(paper.c.pdf, paper.c.id).label("pdf")
said_as_seen = PaperSaid(paper.c.said, paper.c.id).label("said")
says = PaperSays(paper.c.said != "", paper.c.id)
has_bytes = PaperHasBytes(func.length(paper.c.pdf) > 0, paper.c.id)
