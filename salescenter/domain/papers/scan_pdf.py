"""Looks into a PDF somebody brings: how many pages it has, and whether anything in it acts by itself or is hidden.

Only what is written is looked at, nothing is run: the objects of the file and those packed into object streams, with
names as a reader understands them (#4A is J). Pictures and fonts are skipped: their bytes mean nothing here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from salescenter.domain.papers.scan_faults import ScanRefused

ACTING = frozenset({
    b"JavaScript", b"JS", b"Launch", b"SubmitForm", b"ImportData", b"Rendition", b"RichMedia", b"Movie", b"Sound",
    b"XFA",
})  # fmt: skip
"""Names of what a reader would run, send or play (ISO 32000-1, 12.6.4)."""

CARRYING = frozenset({b"EmbeddedFile", b"EmbeddedFiles", b"FileAttachment", b"Filespec"})
"""Names of other files inside (7.11.4)."""

MOST_UNPACKED = 50_000_000
"""Bytes of objects a packed stream may hold; a scanner's have thousands."""

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]+)")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_LEAF = re.compile(rb"/Type\s*/Page(?![A-Za-z#])")
_PLAIN_FLATE = re.compile(rb"/Filter\s*(?:\[\s*)?/FlateDecode\s*(?:\]|/|>)")


def pages_of(name: str, data: bytes) -> int:
    """Count the pages of a PDF; refuses (`ScanRefused`) what is cut off, locked, acts by itself or carries files."""
    if b"%%EOF" not in data[-2048:]:
        raise ScanRefused(name=name, why="cut-off")
    pages = 0
    for written in _written(name, data):
        names = {_HEX.sub(lambda it: bytes.fromhex(it[1].decode()), said) for said in _NAME.findall(written)}
        _demand_quiet(name, names)
        pages += len(_LEAF.findall(written))
    if not pages:
        raise ScanRefused(name=name, why="no-pages")
    return pages


def _demand_quiet(name: str, names: set[bytes]) -> None:
    for found, why in ((ACTING, "acts"), (CARRYING, "carries-files"), (frozenset({b"Encrypt"}), "locked")):
        if names & found:
            raise ScanRefused(name=name, why=why)


def _written(name: str, data: bytes) -> Iterator[bytes]:
    """The file without the insides of its streams, then the insides of those streams that hold objects."""
    yield _STREAM.sub(b"stream endstream", data)
    for stream in _STREAM.finditer(data):
        head = data[data.rfind(b" obj", 0, stream.start()):stream.start()]
        if b"ObjStm" in _HEX.sub(lambda it: bytes.fromhex(it[1].decode()), head):
            yield _unpacked(name, head, stream[1])


def _unpacked(name: str, head: bytes, packed: bytes) -> bytes:
    if b"/Filter" not in head:
        return packed
    if not _PLAIN_FLATE.search(head):
        raise ScanRefused(name=name, why="packed")
    try:
        unpacked = zlib.decompressobj().decompress(packed, MOST_UNPACKED)
    except zlib.error as trouble:
        raise ScanRefused(name=name, why="damaged") from trouble
    if len(unpacked) == MOST_UNPACKED:
        raise ScanRefused(name=name, why="packed")
    return unpacked
