"""Every file is PDF/A-2u: what ISO 19005-2 asks for at level U, looked up in the bytes one by one.

These files passed veraPDF when it was run over them by hand (docs/decisions/0029); it is too heavy for every run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from io import BytesIO
from struct import unpack_from
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from salescenter.domain.papers.receipt_fields import receipt_filling
from salescenter.domain.papers.starting_form import starting_form
from salescenter.print.archival import srgb_profile
from salescenter.print.book import A4, Book
from salescenter.print.fonts import Face
from salescenter.print.overlay import calibration_sheet_pdf, overlay_pdf
from salescenter.print.page import Ink
from salescenter.print.report import report_pdf
from tests.domain.test_overlay import SCAN
from tests.print import examples
from tests.print.test_papers import PAPERS
from tests.print.test_report import DOTS
from tests.print.test_report import paper as report_paper

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
FORBIDDEN = ("/Encrypt", "/JavaScript", "/EmbeddedFiles", "/OpenAction", "/AA", "/XFA", "/ExtGState", "/SMask", "/Group",
             "/LZWDecode", "/DeviceCMYK", "/Pattern", "/Shading", "/Annots", "/PresSteps", "/Alternates", "/OPI", "/PS")
MARKING = {b"BT", b"ET", b"Tm", b"Tc", b"Tf", b"TJ", b"rg", b"RG", b"g", b"w", b"m", b"l", b"S", b"re", b"f", b"q", b"Q",
           b"cm", b"Do", b"W", b"n", b"c", b"s", b"INLINE IMAGE"}
"""All operators our pages use: text, grey and sRGB, lines, curves, rectangles, forms, pictures and the mask of a code."""


def _rare() -> bytes:
    """Letters of every font in the chain, many beyond U+FFFF."""
    book = Book()
    page = book.page(*A4)
    for at, face in enumerate(Face):
        page.text(50, 700 - 40 * at, "欧阳䶮𬭚㛃𠀀𠀡𠁁é㎡", Ink(face, 12))
    return bytes(book.pdf("生僻字", examples.HOUSE, examples.MADE))


def _filled(*, whole: bool) -> bytes:
    form = replace(starting_form("x"), picture=SCAN)
    return overlay_pdf(form, receipt_filling(examples.receipt()), whole=whole)


OTHERS: dict[str, Callable[[], bytes]] = {
    "rare": _rare, "overlay": lambda: _filled(whole=False), "whole-form": lambda: _filled(whole=True),
    "check-sheet": lambda: calibration_sheet_pdf((2410, 933), examples.MADE, "zh_CN"),
    "report": lambda: report_pdf(report_paper(DOTS)),
}
"""What is no paper of its own kind: letters few names have, forms printed beforehand, a chart."""


@cache
def _file(name: str) -> bytes:
    if name in OTHERS:
        return OTHERS[name]()
    make, pdf = PAPERS[name]
    return pdf(make())


every_file = pytest.mark.parametrize("name", [*PAPERS, *OTHERS])


@every_file
def test_the_frame_of_the_file_is_as_asked(name: str) -> None:
    pdf = _file(name)
    head, mark, _ = pdf.split(b"\n", 2)
    assert re.fullmatch(rb"%PDF-1\.[0-7]", head)
    assert mark[:1] == b"%"
    assert all(byte > 127 for byte in mark[1:5])
    assert re.search(rb"/ID\s*\[<[0-9a-f]{32}><[0-9a-f]{32}>\]", pdf)
    plain = re.sub(rb"stream\n.*?\nendstream", b"", pdf, flags=re.DOTALL)
    assert [entry for entry in FORBIDDEN if re.search(rf"{entry}\b".encode(), plain)] == []
    for found in re.finditer(rb"^(\d{10}) 00000 n $", pdf, re.MULTILINE):
        assert re.match(rb"\d+ 0 obj\n", pdf[int(found[1]):])


@every_file
def test_every_stream_is_as_long_as_it_says_and_ends_on_a_line_of_its_own(name: str) -> None:
    pdf = _file(name)
    streams = list(re.finditer(rb"/Length (\d+)[^>]*(?:>>[^>]*)*?>>\nstream\n", pdf))
    assert len(streams) == pdf.count(b"\nendstream\nendobj")
    assert all(pdf[found.end() + int(found[1]):].startswith(b"\nendstream\nendobj") for found in streams)


@every_file
def test_the_properties_stand_in_the_file_twice_and_alike(name: str) -> None:
    reader = PdfReader(BytesIO(_file(name)), strict=True)
    stream: Any = reader.root_object["/Metadata"]
    assert "/Filter" not in stream
    xmp = ET.fromstring(stream.get_data().decode())
    said = {element.tag.rpartition("}")[2]: "".join(element.itertext()) for element in xmp.iter()}
    info: Any = reader.trailer["/Info"]
    assert (said["part"], said["conformance"]) == ("2", "U")
    assert said["title"] == info["/Title"]
    assert said.get("creator", "") == info.get("/Author", "")
    assert (said["Producer"], said["CreatorTool"]) == (info["/Producer"], info["/Creator"])
    day = datetime.fromisoformat(said["CreateDate"])
    assert said["ModifyDate"] == said["CreateDate"]
    assert info["/CreationDate"] == info["/ModDate"] == f"{day:D:%Y%m%d%H%M%S}+08'00'"
    assert set(info) <= {"/Title", "/Author", "/Producer", "/Creator", "/CreationDate", "/ModDate"}


@every_file
def test_its_colours_are_defined_and_its_pages_use_no_others(name: str) -> None:
    reader = _read(name)
    intents: Any = reader.root_object["/OutputIntents"]
    (intent,) = intents
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"]["/N"] == 3
    assert intent["/DestOutputProfile"].get_data() == srgb_profile()
    drawn = [(operands, operator) for page in range(len(reader.pages)) for operands, operator in _drawn(name, page)]
    assert {operator for _, operator in drawn} <= MARKING
    assert all(operands["settings"]["/IM"] for operands, operator in drawn if operator == b"INLINE IMAGE")


@every_file
def test_every_glyph_is_embedded_has_its_width_and_says_what_letter_it_is(name: str) -> None:
    for tag, (font, used) in _used(name).items():
        (descendant,) = (one.get_object() for one in font["/DescendantFonts"])
        assert re.fullmatch(r"/[A-Z]{6}\+\S+", font["/BaseFont"]), tag
        program = descendant["/FontDescriptor"]["/FontFile2"].get_data()
        places, widths, meaning = _places(descendant), _widths(descendant), _meaning(font)
        assert used
        for cid in used:
            assert places[cid] > 0  # 0 is the box that stands for a missing glyph
            assert abs(widths.get(cid, 1000) - _advance(program, places[cid])) <= 1
            assert meaning[cid] not in ("", "\0", "\ufeff", "\ufffe")
            assert not "\ue000" <= meaning[cid] <= "\uf8ff"


def test_what_an_author_or_a_title_holds_does_not_break_the_properties() -> None:
    book = Book()
    book.page(*A4).text(50, 50, "字")
    made = datetime(2026, 2, 24, 15, 42)  # noqa: DTZ001
    for author in ("", "A & B <置业>"):
        reader = PdfReader(BytesIO(book.pdf("<认购> & 𬭚", author, made)))
        stream: Any = reader.root_object["/Metadata"]
        assert ET.fromstring(stream.get_data().decode()).find(f".//{RDF}Alt/{RDF}li").text == "<认购> & 𬭚"  # type: ignore[union-attr]


def test_the_profile_is_srgb() -> None:
    profile = srgb_profile()
    assert unpack_from(">I4xI4s4s4s", profile) == (len(profile), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    assert profile[36:40] == b"acsp"
    tags = {name: (at, size) for name, at, size in _tags(profile)}
    assert set(tags) == {b"desc", b"cprt", b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"}
    assert all(at % 4 == 0 and at + size <= len(profile) for at, size in tags.values())
    primaries = [unpack_from(">3i", profile, tags[name][0] + 8) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
    white = unpack_from(">3i", profile, tags[b"wtpt"][0] + 8)
    assert all(abs(sum(one) - whole) <= 12 for one, whole in zip(zip(*primaries, strict=True), white, strict=True))
    at, size = tags[b"gTRC"]
    steps = unpack_from(f">{(size - 12) // 2}H", profile, at + 12)
    assert (steps[0], steps[-1]) == (0, 65535)
    assert steps[len(steps) // 2] == pytest.approx(0.2140 * 65535, rel=0.005)  # half of the signal, a fifth of the light


def _tags(profile: bytes) -> Iterator[tuple[bytes, int, int]]:
    (count,) = unpack_from(">I", profile, 128)
    for at in range(count):
        yield unpack_from(">4sII", profile, 132 + 12 * at)


@cache
def _read(name: str) -> PdfReader:
    return PdfReader(BytesIO(_file(name)))


@cache
def _drawn(name: str, number: int) -> list[tuple[Any, bytes]]:
    """The operators of a page and of the drawings it shares with others."""
    reader = _read(name)
    page: Any = reader.pages[number]
    forms = [one.get_object() for one in page["/Resources"].get("/XObject", {}).values()]
    streams = [page["/Contents"].get_object(), *(one for one in forms if one["/Subtype"] == "/Form")]
    return [operation for stream in streams for operation in ContentStream(stream, reader).operations]


def _used(name: str) -> dict[str, tuple[Any, set[int]]]:
    """Each font by its name in the pages, with the glyphs drawn from it."""
    used: dict[str, tuple[Any, set[int]]] = {}
    for number, page in enumerate(_read(name).pages):
        fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
        now: set[int] = set()
        for operands, operator in _drawn(name, number):
            if operator == b"Tf":
                now = used.setdefault(operands[0], (fonts[operands[0]].get_object(), set()))[1]
            elif operator == b"TJ":
                for text in (one.original_bytes for one in operands[0] if hasattr(one, "original_bytes")):
                    now.update(unpack_from(f">{len(text) // 2}H", text))
    return used


def _places(descendant: Any) -> tuple[int, ...]:
    data = descendant["/CIDToGIDMap"].get_data()
    return unpack_from(f">{len(data) // 2}H", data)


def _widths(descendant: Any) -> dict[int, int]:
    flat = list(descendant["/W"])
    return {cid: row[0] for cid, row in zip(flat[::2], flat[1::2], strict=True)}


def _meaning(font: Any) -> dict[int, str]:
    lines = re.findall(rb"^<([0-9A-F]{4})> <([0-9A-F]+)>$", font["/ToUnicode"].get_data(), re.MULTILINE)
    pairs = [(int(cid, 16), bytes.fromhex(said.decode()).decode("utf-16-be")) for cid, said in lines]
    return {cid: said for cid, said in pairs if cid}


def _advance(program: bytes, place: int) -> float:
    """The width the font program itself gives a glyph, in thousandths of the size."""
    tables = {program[at:at + 4]: unpack_from(">I", program, at + 8)[0]
              for at in range(12, 12 + 16 * unpack_from(">H", program, 4)[0], 16)}
    em = unpack_from(">H", program, tables[b"head"] + 18)[0]
    width: int = unpack_from(">H", program, tables[b"hmtx"] + 4 * place)[0]
    return float(width * 1000 / em)
