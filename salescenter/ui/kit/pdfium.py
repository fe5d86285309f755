"""PDFium for more than one thread: it knows of none, so whoever calls it holds its one lock."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from threading import RLock

import pypdfium2

LOCK = RLock()

Size = tuple[float, float]
"""Width and height of a page in points."""


def laid_over(pdf: bytes, sheets: Callable[[Sequence[Size]], bytes]) -> bytes:
    """Lay a sheet over each page; `sheets` makes a PDF with one page for each size asked for, in their order."""
    with LOCK:
        under = pypdfium2.PdfDocument(pdf)
        sizes = [under.get_page_size(number) for number in range(len(under))]
        kinds = list(dict.fromkeys(sizes))
        over = pypdfium2.PdfDocument(sheets(kinds))
        drawings = [over.page_as_xobject(number, under) for number in range(len(kinds))]
        for number, size in enumerate(sizes):
            page = under[number]
            page.insert_obj(drawings[kinds.index(size)].as_pageobject())
            page.gen_content()
            page.close()
        over.close()
        return _written(under)


def page_sizes(pdf: bytes) -> list[Size]:
    """Return the size of each page."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        sizes = [document.get_page_size(number) for number in range(len(document))]
        document.close()
        return sizes


def joined(pdfs: Sequence[bytes], *, turned: bool = False) -> bytes:
    """Return one PDF of all pages; `turned` begins each on a fresh sheet where both sides of a sheet are printed."""
    with LOCK:
        whole = pypdfium2.PdfDocument.new()
        for pdf in pdfs:
            if turned and len(whole) % 2:
                whole.new_page(*whole.get_page_size(len(whole) - 1))
            one = pypdfium2.PdfDocument(pdf)
            whole.import_pages(one)
            one.close()
        return _written(whole)


def pages_from(pdf: bytes, first: int) -> bytes:
    """Return a PDF without the pages before `first` (from 1)."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        rest = pypdfium2.PdfDocument.new()
        rest.import_pages(document, list(range(first - 1, len(document))))
        document.close()
        return _written(rest)


def _written(document: pypdfium2.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
