"""PDFium for more than one thread: it knows of none, so whoever calls it holds its one lock."""

from __future__ import annotations

import hashlib
import io
import re
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
        return _closed(under)


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
        return _closed(whole)


def parted(pdf: bytes, counts: Sequence[int]) -> bytes:
    """Return a PDF of papers of so many pages, each beginning on a fresh sheet where both sides of a sheet are printed.
    """
    with LOCK:
        document, at = pypdfium2.PdfDocument(pdf), 0
        for count in counts[:-1]:
            at += count
            if count % 2:
                document.new_page(*document.get_page_size(at - 1), index=at).close()
                at += 1
        return _closed(document)


def pages_from(pdf: bytes, first: int) -> bytes:
    """Return a PDF without the pages before `first` (from 1)."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        rest = pypdfium2.PdfDocument.new()
        rest.import_pages(document, list(range(first - 1, len(document))))
        document.close()
        return _closed(rest)


def written(document: pypdfium2.PdfDocument) -> bytes:
    """Return a document's bytes, the same for the same pages."""
    out = io.BytesIO()
    document.save(out)
    with out.getbuffer() as pdf:
        settle(pdf)
    return out.getvalue()


def _closed(document: pypdfium2.PdfDocument) -> bytes:
    pdf = written(document)
    document.close()
    return pdf


_IDENTITY = re.compile(rb"/ID\s*\[<([0-9A-F]{32})><([0-9A-F]{32})>\]\s*>>\s*startxref\s+\d+\s+%%EOF\s*\Z")
_HOUR = re.compile(rb"/CreationDate\(D:(\d{14})[^)]*\)/Creator\(PDFium\)")


_TAIL = 1_000
"""Bytes at the end of a file in which its last identifier stands."""


def settle(pdf: memoryview) -> None:
    """Take from a PDF what PDFium has from clock and chance: the hour it began a file, and file identifiers.

    An identifier becomes the digest of the rest; the first one stays where the file had it before (14.4).
    """
    hour, found = _HOUR.search(pdf), _IDENTITY.search(pdf, max(len(pdf) - _TAIL, 0))
    if hour:
        pdf[slice(*hour.span(1))] = b"19700101000000"
    if found:
        mine = [found.span(at) for at in ((1, 2) if found[1] == found[2] else (2,))]
        for place in mine:
            pdf[slice(*place)] = bytes(32)
        identity = hashlib.sha256(pdf).hexdigest()[:32].upper().encode()
        for place in mine:
            pdf[slice(*place)] = identity
