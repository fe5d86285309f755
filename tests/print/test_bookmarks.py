"""Bookmarks put into a bound PDF: other readers find them, where they lead, and the pages as they were."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from salescenter.print.archival import Properties, srgb_profile
from salescenter.print.bookmarks import Bookmark, with_bookmarks
from salescenter.print.file_marks import file_marks
from salescenter.ui.kit.binding import Binding
from tests.domain.test_scans import pdf

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ABOUT = Properties("全卷", "云栖置业有限公司", MADE, "zh_CN")
MARKS = (
    Bookmark("封面", 0),
    Bookmark("买卖合同 YX2026", 1, (Bookmark("打印件", 1), Bookmark("签署件", 3))),
    Bookmark("收据 𬭚", 4),
)


@pytest.fixture(scope="module")
def file() -> bytes:
    with Binding() as binding:
        assert [binding.add("b", pdf(2)), binding.add("a", pdf(3), at=0)] == [2, 3]
        whole = binding.bound(lambda sizes: file_marks(sizes, "经理导出", MADE, "zh_CN"))
    return with_bookmarks(whole, MARKS, ABOUT)


def outline(reader: PdfReader, marks: Any) -> list[Any]:
    return [
        outline(reader, one) if isinstance(one, list) else (one.title, reader.get_destination_page_number(one))
        for one in marks
    ]


def test_another_reader_finds_every_bookmark_and_its_page(file: bytes) -> None:
    reader = PdfReader(BytesIO(file), strict=True)
    assert outline(reader, reader.outline) == [
        ("封面", 0), ("买卖合同 YX2026", 1), [("打印件", 1), ("签署件", 3)], ("收据 𬭚", 4),
    ]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creator) == ("全卷", "salescenter")


def test_a_viewer_opens_it_with_the_bookmarks_beside_its_pages(file: bytes) -> None:
    document = pypdfium2.PdfDocument(file)
    assert [(one.level, one.get_title(), one.get_dest().get_index()) for one in document.get_toc()] == [
        (0, "封面", 0), (0, "买卖合同 YX2026", 1), (1, "打印件", 1), (1, "签署件", 3), (0, "收据 𬭚", 4),
    ]
    document.close()


def test_every_page_says_its_number_and_who_took_it_out(file: bytes) -> None:
    said = [page.extract_text() for page in PdfReader(BytesIO(file)).pages]
    assert [text.splitlines()[0] for text in said] == ["第0页", "第1页", "第2页", "第0页", "第1页"]
    assert all(f"第 {at} 页　共 5 页" in text and "经理导出" in text for at, text in enumerate(said, 1))


@pytest.mark.parametrize("width", [160, 227, 300, 595])
def test_a_slip_of_a_till_says_it_too_within_its_edges(width: int) -> None:
    """What stands beyond an edge or on other letters is seen by whatever watches every test's papers."""
    (said,) = [page.extract_text() for page in PdfReader(BytesIO(
        file_marks([(width, 600)], "沈知行于 2026-06-18 10:30 导出", MADE, "zh_CN"))).pages]  # fmt: skip
    assert all(one in said for one in ("沈知行于 2026-06-18 10:30 导出", "第 1 页　共 1 页"))


def test_it_is_kept_for_good_as_its_papers_are(file: bytes) -> None:
    """The rules of PDF/A-2u that binding touches; of its pages nothing else comes along."""
    reader: Any = PdfReader(BytesIO(file), strict=True)
    catalog = reader.root_object
    xmp = catalog["/Metadata"].get_data().decode()
    for said in ("<pdfaid:part>2<", "<pdfaid:conformance>U<", ">全卷<", "2026-03-02T09:00:00+08:00"):
        assert said in xmp
    about = reader.trailer["/Info"]
    assert (about["/Title"], about["/Author"], about["/CreationDate"]) == (
        "全卷", "云栖置业有限公司", "D:20260302090000+08'00'")  # fmt: skip
    assert catalog["/Lang"] == "zh-CN"
    (intent,) = catalog["/OutputIntents"]
    assert intent["/DestOutputProfile"].get_data() == srgb_profile()
    (one, other) = reader.trailer["/ID"]
    assert one == other
    assert len(one) == 16
    assert not re.search(rb"/(Annots|Group|SMask|AA|OpenAction|AcroForm|EmbeddedFiles|Encrypt)\b", file)


def test_the_same_pages_are_bound_to_the_same_bytes() -> None:
    def bound() -> bytes:
        with Binding() as binding:
            binding.add("a", pdf(2))
            return with_bookmarks(binding.bound(lambda sizes: file_marks(sizes, "经理导出", MADE, "zh_CN")),
                                  MARKS[:1], ABOUT)  # fmt: skip

    assert bound() == bound()


def test_what_was_not_bound_here_is_refused() -> None:
    with pytest.raises(ValueError, match="binding"):
        with_bookmarks(b"%PDF-1.7 trailer", MARKS, ABOUT)
