"""Makes small Word files by hand, with what contract forms have in them."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {NS}><w:abstractNum w:abstractNumId="3">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2．"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>"""


def said(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def lined(text: str) -> str:
    """Say it underlined."""
    return said(text, '<w:u w:val="single"/>')


def paragraph(*runs: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{''.join(runs)}</w:p>"


def counted(text: str, depth: int = 0) -> str:
    return paragraph(said(text), look=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr>')


_MERGED = re.compile(r"(?:\{(\d+|v|\^)\})?(.*)")
RULED = '<w:tblBorders><w:top w:val="single"/><w:insideV w:val="single"/></w:tblBorders>'
"""Lines are drawn between the cells."""


def table(*rows: tuple[str, ...], look: str = "") -> str:
    cells = ("".join(f"<w:tc>{paragraph(said(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def merged(*rows: tuple[str, ...]) -> str:
    """A ruled table with cells as wide as several columns ({2}words) and cells that go on below ({v}words, then {^})."""
    drawn = "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{RULED}</w:tblPr>{drawn}</w:tbl>"


def _cell(told: str) -> str:
    mark, words = _MERGED.fullmatch(told).groups()  # type: ignore[union-attr]
    looks = {"": "", "v": '<w:vMerge w:val="restart"/>', "^": "<w:vMerge/>"}
    look = looks.get(mark or "", f'<w:gridSpan w:val="{mark}"/>')
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{paragraph(said(words))}</w:tc>"


def word_file(path: Path, *pieces: str, extra: dict[str, str] | None = None, head: str = "") -> Path:
    body = f'{head}<w:document {NS}><w:body>{"".join(pieces)}<w:sectPr/></w:body></w:document>'
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": body, "word/numbering.xml": NUMBERING}
    with ZipFile(path, "w", ZIP_DEFLATED) as out:
        for name, text in (parts | (extra or {})).items():
            out.writestr(name, text)
    return path
