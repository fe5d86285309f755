"""The font program that goes into a PDF: the drawn glyphs of a font file as a TrueType font of their own, packed.

What one paper says another of its kind says too, so glyphs are packed in runs and a run that was packed before is put
into the next paper as it is, for deflate's blocks may follow each other (RFC 1951, 3.2.4).
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from struct import pack, unpack_from
from sys import byteorder
from typing import Any, NamedTuple

_COPIED = ("cvt ", "fpgm", "prep")
_ALL = 0xFFFFFFFF
_MAGIC = 0xB1B0AFBA  # OpenType, head: checksumAdjustment
_RUN = 512
"""Glyphs of a file whose numbers are alike but for the rest by this are packed together."""


class Program(NamedTuple):
    """A font program: which glyph of the file stands at each place, the packed bytes, and their length unpacked."""

    order: list[int]
    packed: bytes
    length: int


class Glyph(NamedTuple):
    """An outline padded to four bytes, its sum of words, its entry in `hmtx`."""

    data: bytes
    checksum: int
    metric: bytes


class Outlines(dict[int, Glyph]):
    """The glyphs of a font file by their numbers, cut out when first asked for."""

    def __init__(self, face: Any) -> None:
        super().__init__()
        start, length = face.get_table_pos("glyf")
        self.face = face
        self.run = lru_cache(maxsize=256)(self._run)
        self._all = memoryview(face._ttf_data)[start:start + length]
        self._hmtx, (self._advances,) = face.get_table("hmtx"), unpack_from(">H", face.get_table("hhea"), 34)

    def __missing__(self, glyph: int) -> Glyph:
        begin, end = self.face.glyphPos[glyph:glyph + 2]
        data = _padded(bytes(self._all[begin:end]))
        made = self[glyph] = Glyph(data, _sum(data), self._metric(glyph))
        return made

    def _metric(self, glyph: int) -> bytes:
        """A glyph's entry as the file has it, in its own units; the last advance holds for all behind it."""
        last = min(glyph, self._advances - 1)
        beside = 4 * last + 2 if last == glyph else 4 * self._advances + 2 * (glyph - self._advances)
        return bytes(self._hmtx[4 * last:4 * last + 2] + self._hmtx[beside:beside + 2])

    def _run(self, glyphs: tuple[int, ...]) -> bytes:
        return _packed(b"".join(self[glyph].data for glyph in glyphs))


def program(outlines: Outlines, cids: Iterable[int]) -> Program:
    """Make the program with glyph 0 and the asked glyphs, in rising order; no glyph of our fonts is made of others."""
    order = [0, *(cid for cid in cids if cid)]
    runs = [outlines.run(tuple(run)) for _, run in groupby(order, key=lambda glyph: glyph // _RUN)]
    return Program(order, *_assembled(outlines.face, [outlines[glyph] for glyph in order], runs))


def _assembled(face: Any, glyphs: Sequence[Glyph], runs: Sequence[bytes]) -> tuple[bytes, int]:
    """Return the packed program and its length; the tables stand in the order of their names."""
    tables = _tables(face, glyphs)
    sums = {tag: _sum(data) for tag, data in tables.items() if tag != "glyf"}
    sums["glyf"] = sum(glyph.checksum for glyph in glyphs) & _ALL
    head = _directory({tag: (sums[tag], len(tables[tag])) for tag in sorted(tables)})
    left = _MAGIC - _sum(head) - sum(sums.values()) & _ALL
    tables["head"] = _patched(tables["head"], 8, pack(">L", left))
    before = head + b"".join(tables[tag] for tag in sorted(tables) if tag < "glyf")
    after = b"".join(tables[tag] for tag in sorted(tables) if tag > "glyf")
    adler = zlib.adler32(after, zlib.adler32(tables["glyf"], zlib.adler32(before)))
    packed = b"".join([b"\x78\x9c", _packed(before), *runs, _packed(after, zlib.Z_FINISH), pack(">L", adler)])
    return packed, len(before) + len(tables["glyf"]) + len(after)


def _tables(face: Any, glyphs: Sequence[Glyph]) -> dict[str, bytes]:
    count = len(glyphs)
    tables = {tag: _padded(face.get_table(tag)) for tag in _COPIED if tag in face.table}
    tables["glyf"] = b"".join(glyph.data for glyph in glyphs)
    tables["loca"] = pack(f">{count + 1}L", *accumulate((len(glyph.data) for glyph in glyphs), initial=0))
    tables["hmtx"] = b"".join(glyph.metric for glyph in glyphs)
    tables["hhea"] = _padded(_patched(face.get_table("hhea"), 34, pack(">H", count)))
    tables["maxp"] = _padded(_patched(face.get_table("maxp"), 4, pack(">H", count)))
    tables["head"] = _padded(_patched(_patched(face.get_table("head"), 50, pack(">H", 1)), 8, bytes(4)))
    return tables


def _directory(tables: dict[str, tuple[int, int]]) -> bytes:
    """The head of the program: where each table of a sum and a length begins."""
    power = len(tables).bit_length() - 1
    wide = 16 << power
    at = 12 + 16 * len(tables)
    out = [pack(">lHHHH", 0x00010000, len(tables), wide, power, 16 * len(tables) - wide)]
    for tag, (checksum, length) in tables.items():
        out.append(pack(">4sLLL", tag.encode("ascii"), checksum, at, length))
        at += length
    return b"".join(out)


def _packed(data: bytes, end: int = zlib.Z_FULL_FLUSH) -> bytes:
    """Deflate by itself, so that whatever block may stand before it."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(data) + deflate.flush(end)


def _sum(padded: bytes) -> int:
    words = array("I", padded)
    if byteorder == "little":
        words.byteswap()
    return sum(words) & _ALL


def _padded(table: bytes) -> bytes:
    return table + b"\0" * (-len(table) % 4)


def _patched(table: bytes, at: int, new: bytes) -> bytes:
    return table[:at] + new + table[at + len(new):]
