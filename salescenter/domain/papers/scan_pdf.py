"""Looks into a PDF somebody brings: how many pages it has, and whether anything in it acts by itself or is hidden.

Only what is written is looked at, nothing is run: the objects of the file and those packed into object streams, with
names as a reader understands them (#4A is J). What seems to be the inside of a stream may be none to a reader (a stream
begun in a remark, an object within another's bytes), so all names are sought there, too, but those so short that a
picture's bytes spell them by chance.
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

_SHORT = frozenset({b"JS", b"XFA"})
"""Chance writes these among the bytes of a picture; a script is named in full beside the first."""

_HIDING = frozenset({b"DecodeParms", b"DP"})
"""Names of what shuffles the bytes of a packed stream (7.4.4.4)."""

_STREAM = re.compile(rb"stream(?:\r\n|\n|\r)(.*?)\r?\n?endstream", re.DOTALL)
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]+)")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_LEAF = re.compile(rb"/Type\s*/Page(?![A-Za-z#])")
_NUMBERED = re.compile(rb"\s*\d+\s+\d+\s")
"""How the inside of an object stream begins: an object's number and its place (7.5.7)."""


def pages_of(name: str, data: bytes) -> int:
    """Count the pages of a PDF; refuses (`ScanRefused`) what is cut off, locked, acts by itself or carries files."""
    if b"%%EOF" not in data[-2048:]:
        raise ScanRefused(name=name, why="cut-off")
    pages = demand_quiet(name, data)
    if not pages:
        raise ScanRefused(name=name, why="no-pages")
    return pages


def demand_quiet(name: str, data: bytes) -> int:
    """Refuse (`ScanRefused`) a PDF that is locked, acts by itself or carries files; return how many pages it tells."""
    _refuse_any(name, {said for _, said in _names(data)} - _SHORT)
    pages = 0
    for written in (_STREAM.sub(b"stream endstream", data), *_packed_objects(name, data)):
        _refuse_any(name, {said for _, said in _names(written)})
        pages += len(_LEAF.findall(written))
    return pages


def _refuse_any(name: str, names: set[bytes]) -> None:
    for found, why in ((ACTING, "acts"), (CARRYING, "carries-files"), (frozenset({b"Encrypt"}), "locked")):
        if names & found:
            raise ScanRefused(name=name, why=why)


def _names(written: bytes) -> Iterator[tuple[int, bytes]]:
    """Each name with the place behind it, as a reader understands it."""
    for found in _NAME.finditer(written):
        said = found[1]
        yield found.end(), _HEX.sub(lambda it: bytes.fromhex(it[1].decode()), said) if b"#" in said else said


def _packed_objects(name: str, data: bytes) -> Iterator[bytes]:
    """The insides of those streams that hold objects."""
    for behind, said in _names(data):
        stream = _STREAM.search(data, behind) if said == b"ObjStm" else None
        if stream:
            yield _unpacked(name, data[data.rfind(b"obj", 0, behind):stream.start()], stream[1])


def _unpacked(name: str, head: bytes, packed: bytes) -> bytes:
    names = [said for _, said in _names(head)]
    filters = [said for said in names if said.endswith(b"Decode") or said == b"Crypt"]
    if (b"Filter" in names and filters != [b"FlateDecode"]) or _HIDING.intersection(names):
        raise ScanRefused(name=name, why="packed")
    unpacked = _inflated(name, packed) if filters else packed
    if not _NUMBERED.match(unpacked):
        raise ScanRefused(name=name, why="damaged")
    return unpacked


def _inflated(name: str, packed: bytes) -> bytes:
    try:
        unpacked = zlib.decompressobj().decompress(packed, MOST_UNPACKED)
    except zlib.error as trouble:
        raise ScanRefused(name=name, why="damaged") from trouble
    if len(unpacked) == MOST_UNPACKED:
        raise ScanRefused(name=name, why="packed")
    return unpacked
