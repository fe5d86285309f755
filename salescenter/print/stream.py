"""A stream of a PDF written as files that are kept must be: its length exact, a line end before its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportlab.pdfbase import pdfdoc


class Stream(pdfdoc.PDFObject):  # type: ignore[misc]
    """Bytes as they are, packed or not, with the entries of their dictionary."""

    __RefOnly__ = 1

    def __init__(self, data: bytes, entries: Mapping[str, object]) -> None:
        self._data = data
        self._entries = entries

    def format(self, document: Any) -> bytes:
        """Write it; reportlab's own stream has no line end before `endstream` (ISO 19005-2, 6.1.7)."""
        head = pdfdoc.PDFDictionary({**self._entries, "Length": len(self._data)})
        return b"".join([head.format(document), b"\nstream\n", self._data, b"\nendstream\n"])
