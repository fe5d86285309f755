"""What is taken as a scan: by what a file is, not by its name; whole, quiet, and with nothing hidden in it."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from salescenter.domain.papers.scan import Looked, ScanFile, ScanForm, look
from salescenter.domain.papers.scan_faults import ScanRefused
from salescenter.print.book import A4, Book

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def pdf(pages: int = 2) -> bytes:
    book = Book()
    for at in range(pages):
        book.page(*A4).text(50, 700, f"第{at}页")
    return bytes(book.pdf("扫描", "", MADE))


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


HEAD = chunk(b"IHDR", (1).to_bytes(4, "big") * 2 + bytes((8, 0, 0, 0, 0)))
PNG = b"\x89PNG\r\n\x1a\n" + HEAD + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
JPEG = b"\xff\xd8\xff\xc0" + bytes((0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0)) + b"\xff\xda" + bytes(10) + b"\xff\xd9"


INKS = JPEG.replace(bytes((1, 1, 0x11, 0)), bytes((4, 1, 0x11, 0)))
"""A JPEG of four inks, as printing houses scan."""
THUMB = b"\xff\xd8\xff\xe1" + bytes((0, 6)) + b"ab\xff\xd9" + JPEG[2:]
"""One with a small picture in its head, which ends where the large one has not begun."""


def why(data: bytes) -> str:
    with pytest.raises(ScanRefused) as refused:
        look(ScanFile("scan.pdf", data))
    return str(refused.value.details["why"])


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def two_pages() -> PdfWriter:
    return PdfWriter(clone_from=BytesIO(pdf()))


@pytest.mark.parametrize(
    ("data", "looked"),
    [(pdf(3), Looked(ScanForm.PDF, 3)), (PNG, Looked(ScanForm.PNG, 1)), (JPEG, Looked(ScanForm.JPEG, 1)),
     (INKS, Looked(ScanForm.JPEG, 1)), (JPEG + b"what a telephone writes on", Looked(ScanForm.JPEG, 1)),
     (THUMB, Looked(ScanForm.JPEG, 1))],
    ids=["pdf", "png", "jpeg", "four inks", "more behind it", "a thumbnail"],
)  # fmt: skip
def test_a_scan_is_what_its_bytes_say(data: bytes, looked: Looked) -> None:
    assert look(ScanFile("anything.exe", data)) == looked


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"), (b"MZ\x90\0 a program", "no-scan"), (b"PK\x03\x04 a package", "no-scan"),
        (PNG[:-10], "cut-off"), (PNG[:40] + b"?" + PNG[41:], "cut-off"), (JPEG[:-2], "cut-off"),
        (THUMB[:-2], "cut-off"),
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xd9", "no-picture"), (pdf()[:-200], "cut-off"), (b"%PDF-1.4 %%EOF", "no-pages"),
    ],
)  # fmt: skip
def test_what_is_no_whole_scan_is_refused(data: bytes, said: str) -> None:
    assert why(data) == said


def test_a_pdf_that_runs_something_is_refused() -> None:
    acting = two_pages()
    acting.add_open_action(JavaScript("app.alert('hello')"))
    assert why(written(acting)) == "acts"


def test_a_pdf_that_carries_a_file_is_refused() -> None:
    carrying = two_pages()
    carrying.add_attachment("bill.exe", b"MZ")
    assert why(written(carrying)) == "carries-files"


def test_a_locked_pdf_is_refused() -> None:
    locked = two_pages()
    locked.encrypt("word", algorithm="RC4-128")
    assert why(written(locked)) == "locked"


def test_a_name_written_in_figures_is_understood() -> None:
    acting = two_pages()
    acting.add_open_action(JavaScript("app.alert('hello')"))
    data = written(acting)
    assert why(data.replace(b"/JavaScript", b"/#4aava#53cript").replace(b"/JS", b"/#4AS")) == "acts"


SCRIPT = b"/OpenAction << /S /JavaScript /JS (app.alert) >>"


@pytest.mark.parametrize(
    "written",
    [b"%%stream\n %s\n%%endstream\n", b"%%>>stream\r %s\n%%endstream\n", b"/X (>>\nstream\n) %s /Y (\nendstream)",
     b"/X << >>\nstream\n %s endstream\n"],
    ids=["in a remark", "behind a remark", "between strings", "in no stream"],
)  # fmt: skip
def test_a_script_between_what_only_looks_like_a_stream_is_found(written: bytes) -> None:
    assert why(pdf() + b"9 0 obj << /Type /Catalog %s >> endobj\n%%%%EOF" % (written % SCRIPT)) == "acts"


def test_an_object_hidden_within_another_ones_bytes_is_found() -> None:
    assert why(pdf() + b"8 0 obj << >> stream\n9 0 obj << %s >> endobj\nendstream endobj\n%%%%EOF" % SCRIPT) == "acts"


def test_what_is_packed_into_an_object_stream_is_looked_into() -> None:
    inside = b"1 0 << /S /JavaScript >>"
    shuffled = b"".join(b"\0" + inside[at:at + 3] for at in range(0, len(inside), 3))
    for head, packed, said in (
        (b"/Filter /FlateDecode", zlib.compress(inside), "acts"),
        (b"/Filter [/FlateDecode]", zlib.compress(inside), "acts"),
        (b"/Filt#65r /FlateDecode", zlib.compress(inside), "acts"),
        (b"", inside, "acts"),
        (b"/Filter [/ASCII85Decode /FlateDecode]", b"?", "packed"),
        (b"/Filter [/FlateDecode /ASCIIHexDecode]", zlib.compress(inside.hex().encode()), "packed"),
        (b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 3 >>", zlib.compress(shuffled), "packed"),
        (b"/Filter 7 0 R", zlib.compress(inside), "packed"),
        (b"/Filter /FlateDecode", b"not packed at all", "damaged"),
        (b"/Filter /FlateDecode", zlib.compress(shuffled), "damaged"),
    ):
        for begin in (b"9 0 obj", b"9 0\nobj", b"%stream\n9 0 obj"):
            hidden = b"%s << /Type /ObjStm %s >> stream\n%s\nendstream endobj\n" % (begin, head, packed)
            assert why(pdf() + hidden + b"%%EOF") == said


def test_the_bytes_of_a_picture_say_nothing() -> None:
    writer = two_pages()
    noise = DecodedStreamObject()
    noise.set_data(b"noise /JS /XFA noise")
    writer.pages[0][NameObject("/Extra")] = writer._add_object(noise)
    assert isinstance(writer.pages[0], DictionaryObject)
    assert look(ScanFile("scan.pdf", written(writer))).pages == 2
