"""Puts a font into a PDF: only the drawn glyphs, as one two-byte font whose text can be extracted again.

reportlab's own TrueType embedding cuts a Chinese text into subsets of 256 letters and writes a wrong ToUnicode
beyond U+FFFF; here the code in the page is the glyph's own number, so a page never switches subsets and every
letter of the standard list extracts as itself.
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections.abc import Iterable
from sys import byteorder
from typing import Any

from reportlab.pdfbase import pdfdoc

from salescenter.print.fonts import PLAIN, FontFile
from salescenter.print.program import Program, program
from salescenter.print.stream import Stream

_SYMBOLIC = 4


def embed(doc: Any, file: FontFile, texts: Iterable[str]) -> Any:
    """Add a font with the letters of these texts to a document; return the reference pages name it by."""
    letters = "".join(set("".join(texts))).translate(PLAIN)
    codes = sorted(set(map(ord, letters)))
    name = _name(file, codes)
    cids = sorted({file.glyphs[code] for code in codes})
    made = program(file.outlines, cids)
    descendant = pdfdoc.PDFDictionary({
        "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": f"/{name}",
        "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
        "FontDescriptor": _descriptor(doc, file, name, made), "DW": "1000", "W": _widths(file, codes),
        "CIDToGIDMap": doc.Reference(_stream(_map(made.order))),
    })
    font = pdfdoc.PDFDictionary({
        "Type": "/Font", "Subtype": "/Type0", "BaseFont": f"/{name}", "Encoding": "/Identity-H",
        "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant)]),
        "ToUnicode": doc.Reference(_stream(_to_unicode(file, codes))),
    })
    return doc.Reference(font)


def _name(file: FontFile, codes: list[int]) -> str:
    """The subset's name: six capitals that the letters decide, so that equal papers are equal bytes."""
    digest = hashlib.sha256("".join(map(chr, codes)).encode()).digest()
    return f"{''.join(chr(65 + byte % 26) for byte in digest[:6])}+{file.face.name.decode('latin-1')}"


def _stream(content: bytes) -> Stream:
    return Stream(zlib.compress(content), {"Filter": "/FlateDecode"})


def _descriptor(doc: Any, file: FontFile, name: str, made: Program) -> Any:
    face = file.face
    return doc.Reference(pdfdoc.PDFDictionary({
        "Type": "/FontDescriptor", "FontName": f"/{name}", "Flags": _SYMBOLIC, "ItalicAngle": 0,
        "Ascent": face.ascent, "Descent": face.descent, "CapHeight": face.capHeight, "StemV": face.stemV,
        "FontBBox": pdfdoc.PDFArray([round(edge) for edge in face.bbox]),
        "FontFile2": doc.Reference(Stream(made.packed, {"Filter": "/FlateDecode", "Length1": made.length})),
    }))


def _widths(file: FontFile, codes: list[int]) -> str:
    """The /W array: only glyphs that are not a full em wide."""
    odd = {file.glyphs[code]: file.width(chr(code)) for code in codes}
    return "[" + " ".join(f"{cid} [{wide}]" for cid, wide in sorted(odd.items()) if wide != 1000) + "]"


def _map(order: list[int]) -> bytes:
    """CIDToGIDMap: a glyph's own number to its place in the embedded font."""
    places = array("H", bytes(2 * (max(order) + 1)))
    for place, glyph in enumerate(order):
        places[glyph] = place
    if byteorder == "little":
        places.byteswap()
    return places.tobytes()


def _to_unicode(file: FontFile, codes: list[int]) -> bytes:
    lines = [f"<{file.glyphs[code]:04X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for code in codes]
    blocks = [lines[at:at + 100] for at in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end""".encode("ascii")
