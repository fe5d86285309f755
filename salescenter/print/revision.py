"""A later version of a PDF that PDFium wrote, appended at its end (ISO 32000-1, 7.5.6), with an identity of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*\Z", re.DOTALL)
_ROOT, _SIZE = re.compile(rb"/Root (\d+) 0 R"), re.compile(rb"/Size (\d+)")
_TABLE, _ENTRY = re.compile(rb"xref\s+0 (\d+)\s*?\r?\n"), 20
_OBJECT = re.compile(rb"\d+ 0 obj\s*<<(.*?)>>\s*endobj", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Written:
    """A PDF with one plain table of its objects: where that begins, how many there are, and which is the catalog."""

    pdf: bytes
    begun: int
    size: int
    root: int

    def entries(self, number: int) -> bytes:
        """Return what stands in a dictionary that is an object of its own."""
        table = one(_TABLE.match(self.pdf, self.begun)).end()
        return one(_OBJECT.match(self.pdf, int(self.pdf[table + _ENTRY * number:][:10])))[1]


def written(pdf: bytes) -> Written:
    """Look at the end of a PDF; raises ValueError where it is none of PDFium's."""
    last = one(_TRAILER.search(pdf, max(pdf.rfind(b"trailer"), 0)))
    return Written(pdf, int(last[2]), int(one(_SIZE.search(last[1]))[1]), int(one(_ROOT.search(last[1]))[1]))


def one(found: re.Match[bytes] | None) -> re.Match[bytes]:
    """Return what was found; raises ValueError where nothing was."""
    if found is None:
        raise ValueError("no PDF of our own binding")
    return found


def appended(before: Written, objects: Mapping[int, bytes], info: int) -> bytes:
    """Return the PDF with objects put in place or added, among them its properties; its ID comes from its bytes."""
    out, table, at = [before.pdf, b"\n"], [b"xref\n0 1\n0000000000 65535 f \n"], len(before.pdf) + 1
    for number, said in sorted(objects.items()):
        table.append(b"%d 1\n%010d 00000 n \n" % (number, at))
        out.append(b"%d 0 obj\n%b\nendobj\n" % (number, said))
        at += len(out[-1])
    size, identity = max(before.size, *objects) + 1, _digest(out)
    trailer = (size, before.root, info, before.begun, identity, identity)
    table.append(b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %d /ID [<%b><%b>] >>\n" % trailer)
    table.append(b"startxref\n%d\n%%%%EOF\n" % at)
    return b"".join([*out, *table])


def _digest(pieces: Iterable[bytes]) -> bytes:
    said = hashlib.sha256()
    for piece in pieces:
        said.update(piece)
    return said.hexdigest()[:32].encode()


def stream(data: bytes, entries: str) -> bytes:
    """Return a stream as an object's content."""
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries.encode(), len(data), data)


def text(words: str) -> str:
    """Return words as a PDF writes them (ISO 32000-1, 7.9.2): plain where they are plain, else as UTF-16."""
    plain = words.isascii() and not set(words) & set("()\\")
    return f"({words})" if plain else f"<FEFF{words.encode('utf-16-be').hex().upper()}>"
