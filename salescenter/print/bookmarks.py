"""Puts bookmarks into a PDF of the house's own binding: appended at its end, as a later version of that file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

_ROOT, _SIZE = re.compile(rb"/Root (\d+) 0 R"), re.compile(rb"/Size (\d+)")
_PAGES, _KIDS = re.compile(rb"/Pages (\d+) 0 R"), re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE, _BEGUN = re.compile(rb"(\d+) 0 R"), re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline (ISO 32000-1, 12.3.3): its words, the page it opens (from 0), and the lines below it."""

    title: str
    page: int
    below: tuple[Bookmark, ...] = ()


def with_bookmarks(pdf: bytes, marks: Sequence[Bookmark], title: str, made: datetime) -> bytes:
    """Return the PDF with an outline, opened beside its pages, and with a title and date of its own.

    Its pages must hang from one list and its last version end in a plain table, as PDFium writes them. Raises
    ValueError where they do not.
    """
    root, size = int(_one(_ROOT, pdf)), int(_one(_SIZE, pdf))
    catalog = _object(pdf, root)
    pages = [int(number) for number in _REFERENCE.findall(_one(_KIDS, _object(pdf, int(_one(_PAGES, catalog)))))]
    info = f"<< /Title {_text(title)} /Creator (salescenter) /CreationDate (D:{made:%Y%m%d%H%M%S}) >>".encode()
    outline = dict(_outline(marks, pages, size + 1))
    shown = catalog + f" /Outlines {size + 1} 0 R /PageMode /UseOutlines ".encode()
    objects = {root: b"<<" + shown + b">>", size: info, **outline}
    return _appended(pdf, objects, root, size)


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
        said = [f"/Title {_text(mark.title)} /Parent {parent} 0 R", *beside, *inside,
                f"/Dest [{pages[mark.page]} 0 R /XYZ null null null]"]  # fmt: skip
        yield number, f"<< {' '.join(said)} >>".encode()
        yield from _lines(mark.below, pages, number, below)


def _ends(numbers: Sequence[int]) -> str:
    return f"/First {numbers[0]} 0 R /Last {numbers[-1]} 0 R" if numbers else ""


def _appended(pdf: bytes, objects: dict[int, bytes], root: int, info: int) -> bytes:
    out, table = bytearray(pdf.rstrip() + b"\n"), [b"xref\n"]
    for number, said in sorted(objects.items()):
        table.append(b"%d 1\n%010d 00000 n \n" % (number, len(out)))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, said)
    begun, size = len(out), max(objects) + 1
    trailer = (size, root, info, int(_one(_BEGUN, pdf)), begun)
    return bytes(out) + b"".join(table) + (
        b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % trailer
    )


def _object(pdf: bytes, number: int) -> bytes:
    """The entries of a dictionary that stands as an object of its own."""
    return _one(re.compile(rb"(?<!\d)%d 0 obj\s*<<(.*?)>>\s*endobj" % number, re.DOTALL), pdf)


def _one(pattern: re.Pattern[bytes], text: bytes) -> bytes:
    found = pattern.search(text)
    if found is None:
        raise ValueError("no PDF of our own binding")
    return found[1]


def _text(words: str) -> str:
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"
