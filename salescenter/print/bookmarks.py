"""Puts bookmarks into a PDF of the house's own binding, and what makes it fit to be kept for good, at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salescenter.print.archival import Properties, packed_srgb, said, xmp
from salescenter.print.revision import Written, appended, one, stream, text, written

_PAGES, _KIDS = re.compile(rb"/Pages (\d+) 0 R"), re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_INTENT = ("<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1)"
           " /DestOutputProfile {} 0 R >>")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline (ISO 32000-1, 12.3.3): its words, the page it opens (from 0), and the lines below it."""

    title: str
    page: int
    below: tuple[Bookmark, ...] = ()


def with_bookmarks(pdf: bytes, marks: Sequence[Bookmark], about: Properties) -> bytes:
    """Return the PDF with an outline, opened beside its pages, and with properties and colours of its own.

    It is PDF/A-2u where each of its pages is. They must hang from one list and its last version end in a plain table,
    as PDFium writes them. Raises ValueError where they do not.
    """
    before = written(pdf)
    info, meta, intent, profile, outline = range(before.size, before.size + 5)
    properties = " ".join(f"/{name} {text(value)}" for name, value in said(about).items())
    shown = (f" /Outlines {outline} 0 R /PageMode /UseOutlines /Metadata {meta} 0 R /OutputIntents [{intent} 0 R]"
             f" /Lang ({about.lang.replace('_', '-')}) ")
    objects = {
        before.root: b"<<" + before.entries(before.root) + shown.encode() + b">>",
        info: f"<< {properties} >>".encode(),
        meta: stream(xmp(about).encode(), "/Type /Metadata /Subtype /XML"),
        intent: _INTENT.format(profile).encode(),
        profile: stream(packed_srgb(), "/N 3 /Filter /FlateDecode"),
    }
    return appended(before, {**objects, **dict(_outline(marks, _pages(before), outline))}, info)


def _pages(before: Written) -> list[int]:
    """The object of each page."""
    tree = int(one(_PAGES.search(before.entries(before.root)))[1])
    return [int(number) for number in _REFERENCE.findall(one(_KIDS.search(before.entries(tree)))[1])]


def _outline(marks: Sequence[Bookmark], pages: Sequence[int], number: int) -> Iterator[tuple[int, bytes]]:
    """Yield the outline's object and those of its lines, numbered on from `number`."""
    firsts, behind = _numbered(marks, number + 1)
    yield number, f"<< /Type /Outlines {_ends(firsts)} /Count {len(marks)} >>".encode()
    yield from _lines(marks, pages, number, firsts)
    assert behind > number


def _numbered(marks: Sequence[Bookmark], number: int) -> tuple[list[int], int]:
    """The number of each line, those below it following it; and the next that is free."""
    firsts = []
    for mark in marks:
        firsts.append(number)
        _, number = _numbered(mark.below, number + 1)
    return firsts, number


def _lines(marks: Sequence[Bookmark], pages: Sequence[int], parent: int, own: Sequence[int]
           ) -> Iterator[tuple[int, bytes]]:
    for at, (mark, number) in enumerate(zip(marks, own, strict=True)):
        below, _ = _numbered(mark.below, number + 1)
        beside = [f"/Prev {own[at - 1]} 0 R"] if at else []
        beside += [f"/Next {own[at + 1]} 0 R"] if at + 1 < len(own) else []
        inside = [_ends(below), f"/Count -{len(below)}"] if below else []
        said = [f"/Title {text(mark.title)} /Parent {parent} 0 R", *beside, *inside,
                f"/Dest [{pages[mark.page]} 0 R /XYZ null null null]"]  # fmt: skip
        yield number, f"<< {' '.join(said)} >>".encode()
        yield from _lines(mark.below, pages, number, below)


def _ends(numbers: Sequence[int]) -> str:
    return f"/First {numbers[0]} 0 R /Last {numbers[-1]} 0 R" if numbers else ""
