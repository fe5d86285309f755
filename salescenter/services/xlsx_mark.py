"""The watermark of an Excel workbook: below each sheet, in its header and footer, and in the file's properties."""

from __future__ import annotations

from typing import Any

INK = "#8A93A0"


def mark_workbook(book: Any, words: str, title: str = "", house: str = "") -> None:
    """Mark every sheet of a workbook that is written and not closed yet (xlsxwriter)."""
    look = book.add_format({"font_color": INK, "italic": True})
    said = words.replace("&", "&&")  # Excel reads a single one as an order
    for sheet in book.worksheets():
        below = 0 if sheet.dim_rowmax is None else sheet.dim_rowmax + 2
        sheet.write_string(below, 0, words, look)
        sheet.set_header(f"&R&8{said}")
        sheet.set_footer(f"&L&8{said}&R&8&P / &N")
    book.set_properties({"title": title, "company": house, "comments": words})
