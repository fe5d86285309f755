"""A deal's whole file (全卷): every paper printed for it as it was, signed copies, what customers brought, a cover."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from salescenter.data.types import CHINA
from salescenter.domain.papers.access import may_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.cover import CoverPaper, Filed
from salescenter.domain.papers.received import Document
from salescenter.domain.staff import demand
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.services.papers.house import Wish, house_paper
from salescenter.services.papers.received import Brought, documents
from salescenter.services.papers.scans import ScanRow, scans
from salescenter.services.papers.search import HeldPaper, held
from salescenter.services.papers.titles import document_words, paper_words
from salescenter.services.work import Desk, Work, deed


@dataclass(frozen=True, slots=True)
class FilePart:
    """One paper of a file: the archive's id of its newest print, none where it was never printed; its signed copies.

    document, whose: of what a customer brought, whose copies stand in place of signed ones.
    """

    kind: PaperKind
    number: str
    day: date | None
    paper: int | None
    scans: tuple[ScanRow, ...]
    destroyed: bool = False
    document: Document | None = None
    whose: str = ""

    @property
    def name(self) -> str:
        """What it is called in bookmarks."""
        return f"{self.called()} {self.number if self.document is None else self.whose}".rstrip()

    def called(self, lang: str | None = None) -> str:
        """What kind of paper it is, in the contents."""
        return paper_words(self.kind, lang) if self.document is None else document_words(self.document, lang)


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file to be bound: its cover, whose contents still want their pages, and its parts in their order."""

    cover: CoverPaper
    parts: tuple[FilePart, ...]


@dataclass(frozen=True, slots=True)
class FileTaken:
    """A deal's file leaves the house: of how many pages and parts."""

    deal: int
    pages: int
    parts: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class FileTold:
    """The history knows."""

    deal: int


def whole_file(desk: Desk, deal_id: int, now: datetime) -> WholeFile:
    """Gather a deal's file, of kinds the role may open; refuses who may not export, and deals too young for a cover."""
    demand(desk.who.role, Step.EXPORT)
    cover = house_paper(desk, Wish(PaperKind.COVER, deal_id, now.date()), now)
    assert isinstance(cover, CoverPaper)
    signed = scans(desk, deal_id)
    papers = [_part(one, signed) for one in held(desk, deal_id) if one.kind is not PaperKind.COVER]
    brought = documents(desk, deal_id) if may_open(desk.who.role, PaperKind.RECEIVED) else ()
    return WholeFile(cover, (*papers, *(_copies(one) for one in brought if one.copies)))


def _part(one: HeldPaper, signed: tuple[ScanRow, ...]) -> FilePart:
    day = one.last.astimezone(CHINA).date() if one.last else None
    mine = tuple(scan for scan in signed if (scan.kind, scan.number) == (one.kind, one.number))
    return FilePart(one.kind, one.number, day, None if one.destroyed else one.paper, mine, one.destroyed)


def _copies(one: Brought) -> FilePart:
    day = one.copies[-1].at.astimezone(CHINA).date()
    return FilePart(PaperKind.RECEIVED, one.number, day, None, one.copies, document=one.document, whose=one.name)


def with_pages(file: WholeFile, pages: list[int | None]) -> CoverPaper:
    """Return the cover whose contents say on which page each part begins; without one it was never printed."""
    lang = file.cover.head.lang
    contents = tuple(
        Filed(part.called(lang), part.number, part.day, str(page or ""), _note(part, lang))
        for part, page in zip(file.parts, pages, strict=True)
    )
    return replace(file.cover, contents=contents)


def _note(part: FilePart, lang: str) -> str:
    if part.document is not None:
        return part.whose
    if part.scans:
        return tr("signed copy, pages: {count}", context="paper", lang=lang, count=sum(one.pages for one in part.scans))
    if part.destroyed:
        return tr("destroyed", context="paper", lang=lang)
    return "" if part.paper is not None else tr("not printed", context="paper", lang=lang)


@deed(Step.EXPORT, FileTold)
def record_file(work: Work, asked: FileTaken) -> FileTold:
    """Tell the history that a deal's file left the house; refuses who may not export."""
    work.note(Step.EXPORT, "deal-file", asked.deal, deal=asked.deal, after={"pages": asked.pages, "parts": asked.parts})
    return FileTold(asked.deal)
