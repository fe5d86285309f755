"""Binds papers and scans into one PDF: pages in their order, a sheet laid over each, bookmarks beside them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pypdfium2

from salescenter.domain.papers.scan_faults import ScanRefused
from salescenter.ui.kit.pdfium import LOCK, Size


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        count = len(document)
        document.close()
    return count


def bound(parts: Sequence[tuple[str, bytes]], over: Callable[[Sequence[Size]], bytes]) -> bytes:
    """Return the pages of all parts (name, PDF) as one; `over` makes a PDF of one sheet for each of their sizes.

    Of the parts nothing comes along but their pages. Refuses (`ScanRefused`) a part whose pages cannot be taken.
    """
    with LOCK:
        whole = pypdfium2.PdfDocument.new()
        for name, pdf in parts:
            _take(whole, name, pdf)
        sizes = [whole.get_page_size(at) for at in range(len(whole))]
        sheets = pypdfium2.PdfDocument(over(sizes))
        for at in range(len(whole)):
            page = whole[at]
            page.insert_obj(sheets.page_as_xobject(at, whole).as_pageobject())
            page.gen_content()
            page.close()
        out = io.BytesIO()
        whole.save(out)
        sheets.close()
        whole.close()
    return out.getvalue()


def _take(whole: pypdfium2.PdfDocument, name: str, pdf: bytes) -> None:
    try:
        part = pypdfium2.PdfDocument(pdf)
        whole.import_pages(part)
        part.close()
    except pypdfium2.PdfiumError as trouble:
        raise ScanRefused(name=name, why="damaged") from trouble
