"""Puts a font into a PDF: only the drawn glyphs, as one two-byte font whose text can be extracted again.

reportlab's own TrueType embedding cuts a Chinese text into subsets of 256 letters and writes a wrong ToUnicode
beyond U+FFFF; here the code in the page is the glyph's own number, so a page never switches subsets and every
letter of the standard list extracts as itself.
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections.abc import Iterable, Iterator
from struct import pack, pack_into, unpack_from
from sys import byteorder
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFontMaker

from salescenter.print.fonts import PLAIN, FontFile
from salescenter.print.stream import Stream

_SYMBOLIC = 4
_COPIED = ("cvt ", "fpgm", "prep")


def embed(doc: Any, file: FontFile, letters: Iterable[str]) -> Any:
    """Add a font with these letters to a document; return the reference pages name it by."""
    codes = sorted({ord(letter) for letter in "".join(letters).translate(PLAIN)})
    name = _name(file, codes)
    cids = sorted({file.glyphs[code] for code in codes})
    order, program = _program(file, cids)
    descendant = pdfdoc.PDFDictionary({
        "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": f"/{name}",
        "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
        "FontDescriptor": _descriptor(doc, file, name, program), "DW": "1000", "W": _widths(file, codes),
        "CIDToGIDMap": doc.Reference(_stream(_map(order))),
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


def _stream(content: bytes, level: int = 6, **entries: int) -> Stream:
    return Stream(zlib.compress(content, level), {"Filter": "/FlateDecode", **entries})


def _descriptor(doc: Any, file: FontFile, name: str, program: bytes) -> Any:
    face = file.face
    return doc.Reference(pdfdoc.PDFDictionary({
        "Type": "/FontDescriptor", "FontName": f"/{name}", "Flags": _SYMBOLIC, "ItalicAngle": 0,
        "Ascent": face.ascent, "Descent": face.descent, "CapHeight": face.capHeight, "StemV": face.stemV,
        "FontBBox": pdfdoc.PDFArray([round(edge) for edge in face.bbox]),
        "FontFile2": doc.Reference(_stream(program, 4, Length1=len(program))),
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


def _program(file: FontFile, cids: list[int]) -> tuple[list[int], bytes]:
    """The TrueType program with glyph 0, the asked glyphs and the parts they are composed of, in this order."""
    face = file.face
    outlines = face.get_table("glyf")
    order = [0, *(cid for cid in cids if cid)]
    glyphs = [outlines[face.glyphPos[glyph]:face.glyphPos[glyph + 1]] for glyph in order]
    place = {glyph: at for at, glyph in enumerate(order)}
    at = 0
    while at < len(glyphs):  # the list grows by the parts of composite glyphs
        if glyphs[at] and glyphs[at][0] & 0x80:
            glyphs[at] = _renumbered(glyphs[at], face, outlines, order, glyphs, place)
        at += 1
    return order, _assembled(face, order, glyphs)


def _renumbered(data: bytes, face: Any, outlines: bytes, order: list[int], glyphs: list[bytes],
                place: dict[int, int]) -> bytes:
    changed = bytearray(data)
    for spot in _parts(data):
        part = unpack_from(">H", data, spot)[0]
        if part not in place:
            place[part] = len(order)
            order.append(part)
            glyphs.append(outlines[face.glyphPos[part]:face.glyphPos[part + 1]])
        pack_into(">H", changed, spot, place[part])
    return bytes(changed)


def _parts(data: bytes) -> Iterator[int]:
    """Where in a composite glyph the numbers of its parts stand (OpenType, glyf table)."""
    spot, more = 10, True
    while more:
        flags = unpack_from(">H", data, spot)[0]
        yield spot + 2
        spot += 8 if flags & 1 else 6
        spot += 2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0
        more = bool(flags & 0x20)


def _assembled(face: Any, order: list[int], glyphs: list[bytes]) -> bytes:
    maker = TTFontMaker()
    for tag in _COPIED:
        if tag in face.table:
            maker.add(tag, face.get_table(tag))
    padded = [data + b"\0" * (-len(data) % 4) for data in glyphs]
    offsets = [0]
    for data in padded:
        offsets.append(offsets[-1] + len(data))
    metrics = [round(number) for glyph in order for number in face.hmetrics[glyph]]
    maker.add("glyf", b"".join(padded))
    maker.add("loca", pack(f">{len(offsets)}L", *offsets))
    maker.add("hmtx", b"".join(pack(">Hh", *_signed(metrics[at:at + 2])) for at in range(0, len(metrics), 2)))
    maker.add("hhea", _patched(face.get_table("hhea"), 34, len(order)))
    maker.add("maxp", _patched(face.get_table("maxp"), 4, len(order)))
    maker.add("head", _patched(face.get_table("head"), 50, 1))
    return bytes(maker.makeStream())


def _signed(metric: list[int]) -> tuple[int, int]:
    advance, bearing = metric
    return advance, bearing - 0x10000 if bearing > 0x7FFF else bearing


def _patched(table: bytes, at: int, number: int) -> bytes:
    return table[:at] + pack(">H", number) + table[at + 2:]
