"""The font program in a paper is a sound TrueType font with the outlines of the file it was cut from."""

from __future__ import annotations

import zlib
from itertools import pairwise
from struct import unpack_from

import pytest

from salescenter.print.fonts import CHAIN, FILES, Face, font_file
from salescenter.print.program import program

LETTERS = "合同编号：0123456789，。（）éüŪ"


def _tables(font: bytes) -> dict[bytes, tuple[int, int, int]]:
    return {tag: (checksum, at, length) for tag, checksum, at, length in
            (unpack_from(">4sLLL", font, 12 + 16 * entry) for entry in range(unpack_from(">H", font, 4)[0]))}


def _sum(data: bytes) -> int:
    words: tuple[int, ...] = unpack_from(f">{len(data) // 4}L", data)
    return sum(words) & 0xFFFFFFFF


@pytest.mark.parametrize("name", FILES)
def test_every_table_begins_where_it_says_and_adds_up_to_its_sum(name: str) -> None:
    file = font_file(name)
    cids = sorted({file.glyphs[ord(letter)] for letter in LETTERS if ord(letter) in file.glyphs})
    made = program(file.outlines, cids)
    font = zlib.decompress(made.packed)
    assert len(font) == made.length
    assert _sum(font) == 0xB1B0AFBA
    for tag, (checksum, at, length) in _tables(font).items():
        data = font[at:at + length]
        data = data[:8] + bytes(4) + data[12:] if tag == b"head" else data
        assert _sum(data) == checksum, tag
    assert set(cids) <= set(made.order)
    assert made.order[0] == 0


@pytest.mark.parametrize("face", Face)
def test_each_outline_is_the_files_own(face: Face) -> None:
    file = font_file(CHAIN[face][0])
    made = program(file.outlines, sorted(file.glyphs[ord(letter)] for letter in "合同é"))
    font = zlib.decompress(made.packed)
    tables = _tables(font)
    places = unpack_from(f">{len(made.order) + 1}L", font, tables[b"loca"][1])
    cut = [font[tables[b"glyf"][1] + begin:tables[b"glyf"][1] + end] for begin, end in pairwise(places)]
    assert cut == [file.outlines[glyph].data for glyph in made.order]


@pytest.mark.parametrize("name", FILES)
def test_no_glyph_of_our_fonts_is_made_of_others(name: str) -> None:
    face = font_file(name).face
    outlines = face.get_table("glyf")
    drawn = [begin for begin, end in pairwise(face.glyphPos) if end > begin]
    assert drawn
    assert not any(outlines[begin] & 0x80 for begin in drawn)  # a negative number of contours


def test_a_run_of_glyphs_packed_before_gives_the_same_bytes() -> None:
    file = font_file(CHAIN[Face.SERIF][0])
    cids = sorted(file.glyphs[ord(letter)] for letter in "认购书合同收据")
    first = program(file.outlines, cids)
    file.outlines.run.cache_clear()
    assert program(file.outlines, cids) == first


@pytest.mark.parametrize("name", FILES)
def test_each_glyph_is_as_wide_as_a_paper_says_whatever_units_its_file_counts_in(name: str) -> None:
    file = font_file(name)
    drawn = [letter for letter in sorted(file.letters) if ord(letter) in file.glyphs and file.width(letter)]
    wide = {letter: unpack_from(">H", file.outlines[file.glyphs[ord(letter)]].metric)[0] for letter in drawn}
    em = file.face.unitsPerEm
    assert len(wide) > 500
    assert [letter for letter in drawn if abs(wide[letter] * 1000 / em - file.width(letter)) > 1] == []
