"""Binds finished pages into one PDF: fonts embedded once, equal pages in, equal bytes out."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reportlab.pdfbase import pdfdoc

from salescenter.domain.papers.words import Pdf
from salescenter.print.archival import Properties, conform
from salescenter.print.embed import embed
from salescenter.print.fonts import PLAIN, font_file
from salescenter.print.page import Page, Used
from salescenter.print.stream import Stream

A4 = (595.28, 841.89)
A3 = (841.89, 1190.55)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG as it is, its width and height in dots, and of how many colours (1 grey, 3 red, green, blue)."""

    jpeg: bytes
    width: int
    height: int
    colours: int


@dataclass(slots=True)
class Book:
    """Pages of one or more papers, to become one PDF."""

    pages: list[Page] = field(default_factory=list)
    used: Used = field(default_factory=lambda: defaultdict(set))
    forms: dict[Hashable, tuple[str, Page]] = field(default_factory=dict)
    pictures: dict[Picture, str] = field(default_factory=dict)

    def page(self, width: float, height: float) -> Page:
        """Begin the next page (points)."""
        page = Page(width, height, self.used)
        self.pages.append(page)
        return page

    def form(self, key: Hashable, size: tuple[float, float], draw: Callable[[Page], None]) -> str:
        """Return the name of a drawing that many pages share; it is drawn when its key is first asked for."""
        if key not in self.forms:
            self.forms[key] = (f"X{len(self.forms)}", Page(*size, self.used))
            draw(self.forms[key][1])
        return self.forms[key][0]

    def picture(self, picture: Picture) -> str:
        """Return the name by which pages draw a picture; each is put into the file once."""
        return self.pictures.setdefault(picture, f"P{len(self.pictures)}")

    def pdf(self, title: str, author: str, made: datetime, lang: str = "zh_CN") -> Pdf:
        """Return the PDF with its words; title, author, date and language are its properties, from the paper alone."""
        doc: Any = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=(1, 5), lang=lang.replace("_", "-"))
        conform(doc, Properties(title, author, made, lang))
        fonts = pdfdoc.PDFDictionary(
            {font_file(name).tag: embed(doc, font_file(name), self.used[name]) for name in sorted(self.used)}
        )
        fonts = doc.Reference(fonts)
        forms = {name: _form(doc, drawing, fonts) for name, drawing in self.forms.values()}
        forms |= {name: _picture(doc, picture) for picture, name in self.pictures.items()}
        resources = doc.Reference(pdfdoc.PDFDictionary({"Font": fonts, "XObject": pdfdoc.PDFDictionary(forms)}))
        for page in self.pages:
            doc.addPage(_page(doc, page, resources))
        return Pdf(doc.GetPDFData(None), self.words())

    def words(self) -> str:
        """Return what is written on the pages, in the order it was drawn, a line for each text."""
        drawings = [*(drawing for _, drawing in self.forms.values()), *self.pages]
        return "\n".join(text for drawing in drawings for text in drawing.said).translate(PLAIN)


def _form(doc: Any, drawing: Page, fonts: Any) -> Any:
    return doc.Reference(Stream(zlib.compress(drawing.content().encode("ascii")), {
        "Type": "/XObject", "Subtype": "/Form", "BBox": pdfdoc.PDFArray([0, 0, drawing.width, drawing.height]),
        "Resources": pdfdoc.PDFDictionary({"Font": fonts}), "Filter": "/FlateDecode",
    }))


def _picture(doc: Any, picture: Picture) -> Any:
    return doc.Reference(Stream(picture.jpeg, {
        "Type": "/XObject", "Subtype": "/Image", "Width": picture.width, "Height": picture.height,
        "ColorSpace": "/DeviceGray" if picture.colours == 1 else "/DeviceRGB", "BitsPerComponent": 8,
        "Filter": "/DCTDecode",
    }))


def _page(doc: Any, page: Page, resources: Any) -> Any:
    content = page.content().encode("ascii")
    doc.updateSignature(content)
    sheet = pdfdoc.PDFPage()
    sheet.pagewidth, sheet.pageheight = page.width, page.height
    sheet.Resources = resources
    sheet.Contents = Stream(zlib.compress(content), {"Filter": "/FlateDecode"})
    return sheet
