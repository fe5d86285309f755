"""Template: opening a Word file of twenty pages to its blanks with their proposals, beside python-docx reading it.

python-docx gives the words of paragraphs and tables; neither the numbers Word counts by itself nor the underlined gaps
that are blanks. It is needed here only (the extra `dev`); where it is missing the table says so.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bench.figure import Figure
from bench.timing import MS, in_turns, ratio
from salescenter.domain.papers.blanks import find_blanks
from salescenter.domain.papers.guesses import propose
from salescenter.services.papers.form_file import open_form
from salescenter.services.papers.template_versions import shipped

NAME = "template"
ROUNDS = {"small": 5, "full": 31}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}" Target="word/document.xml"/></Relationships>',
}
_TAG = re.compile(r"\{\{[^{}#/@]*\}\}")
MOST = 3.0
"""Times python-docx that opening may take."""

ROWS = 60
"""Rows of the table of instalments at the end."""


def measure(size: str) -> list[Figure]:
    """Measure in turns with python-docx, where it is installed."""
    with TemporaryDirectory() as folder:
        path = _form(Path(folder) / "form.docx")
        blanks = find_blanks(open_form(path))
        rounds = ROUNDS.get(size, ROUNDS["full"])
        what = f"a form of {path.stat().st_size // 1024} KB in Word to its {len(blanks)} blanks"
        found = _beside(f"{what}, ms", lambda: find_blanks(open_form(path)), path, rounds)
        told = _beside("and to what belongs in each, ms", lambda: propose(open_form(path)), path, rounds)
        return [found, told]


def _beside(what: str, ours: Callable[[], object], path: Path, rounds: int) -> Figure:
    peer = _peer(path)
    if peer is None:
        return Figure(f"{what} (python-docx: missing)", min(in_turns({"ours": ours}, rounds)["ours"]) * MS)
    taken = in_turns({"ours": ours, "peer": peer}, rounds)
    times = (min(taken["ours"]) * MS, min(taken["peer"]) * MS)
    return Figure(f"{what} (python-docx)", *times, ratio(taken["ours"], taken["peer"]), MOST)


def _peer(path: Path) -> Callable[[], object] | None:
    """What python-docx does with the same file: every paragraph's and every cell's words."""
    try:
        docx = importlib.import_module("docx")
    except ImportError:
        return None
    return partial(_words, docx.Document, str(path))


def _words(read: Callable[[str], Any], path: str) -> str:
    document = read(path)
    lines = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join((*lines, *cells))


def _form(path: Path) -> Path:
    """Write our own contract as Word does: a paragraph a line, a run for each piece, underlined gaps for its fields."""
    body = "".join(_paragraph(line) for line in shipped("contract_presale").splitlines())
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}{_table()}<w:sectPr/></w:body></w:document>'
    with ZipFile(path, "w", ZIP_DEFLATED) as out:
        for name, text in (_PARTS | {"word/document.xml": document}).items():
            out.writestr(name, text)
    return path


def _paragraph(line: str) -> str:
    words = _TAG.split(line)
    gap = _run(" " * 12, '<w:u w:val="single"/>')
    return f'<w:p><w:pPr><w:jc w:val="both"/></w:pPr>{gap.join(_run(word) for word in words)}</w:p>'


def _run(text: str, look: str = "") -> str:
    font = '<w:rFonts w:eastAsia="宋体"/><w:sz w:val="24"/>'
    return f'<w:r><w:rPr>{font}{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def _table() -> str:
    cells = "".join(f"<w:tc>{_paragraph(word)}</w:tc>" for word in ("第　期", "________元", "____年__月__日", ""))
    return f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * ROWS}</w:tbl>"
