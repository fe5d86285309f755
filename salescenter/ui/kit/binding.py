"""Binds papers and scans into one PDF: pages in their order, a sheet laid over each, bookmarks beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from types import TracebackType

import pypdfium2

from salescenter.domain.papers.scan_faults import ScanRefused
from salescenter.ui.kit.pdfium import LOCK, Size, written


class Binding:
    """A file that grows part by part, so that none of its parts is held twice; of them only pages come along."""

    def __init__(self) -> None:
        with LOCK:
            self._whole = pypdfium2.PdfDocument.new()

    def __enter__(self) -> Binding:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with LOCK:
            self._whole.close()

    def add(self, name: str, pdf: bytes, at: int | None = None) -> int:
        """Take in the pages of a PDF, before page `at` (from 0) or behind all others, and return how many they are.

        Refuses (`ScanRefused`) one whose pages cannot be taken.
        """
        with LOCK:
            before = len(self._whole)
            try:
                with closing(pypdfium2.PdfDocument(pdf)) as part:  # under the lock, though its pages cannot be taken
                    self._whole.import_pages(part, index=at)
            except pypdfium2.PdfiumError as trouble:
                raise ScanRefused(name=name, why="damaged") from trouble
            return len(self._whole) - before

    def bound(self, over: Callable[[Sequence[Size]], bytes]) -> bytes:
        """Return all pages as one PDF; `over` makes a PDF of one sheet for each of their sizes."""
        with LOCK:
            sizes = [self._whole.get_page_size(at) for at in range(len(self._whole))]
            sheets = pypdfium2.PdfDocument(over(sizes))
            for at in range(len(self._whole)):
                page = self._whole[at]
                page.insert_obj(sheets.page_as_xobject(at, self._whole).as_pageobject())
                page.gen_content()
                page.close()
            sheets.close()
            return written(self._whole)
