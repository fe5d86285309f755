"""Reads a Word file (.docx) into plain lines: numbering written out, underlined gaps as blanks, tables as rows.

Only the parts that hold words are unpacked, each up to a size; a file that carries a program, or that declares
entities, is refused. Nothing in it is run, fetched or followed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from salescenter.domain.papers.form_tables import ABOVE, BESIDE
from salescenter.domain.refusals import FormUnreadable
from salescenter.services.papers.word_numbers import Numbering
from salescenter.services.papers.word_runs import BLANK, Look, W, paragraph_words, text_boxes

PAGE = "{{@换页}}"
LARGEST_PART = 32 * 2**20
"""Bytes one part may unpack to: twenty pages take less than one megabyte of them."""

_INSIDE = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
"""What only wraps paragraphs, rows and cells."""

_TITLES = frozenset({"title", "标题"})
_PAYMENT = (re.compile("期|款项|付款|比例"), re.compile("金额|应付|款额"), re.compile("日期|时间|期限"))
"""What the head of a payment schedule (附件四) names."""

_UNRULED = frozenset({"none", "nil"})


def word_lines(path: Path) -> list[str]:
    """Return the lines of a Word file in the language of templates; refuses with FormUnreadable (path, why)."""
    try:
        with ZipFile(path) as parts:
            names = frozenset(parts.namelist())
            _demand_plain(path, names)
            body = _part(path, parts, "word/document.xml").find(f"{W}body")
            styles = _part(path, parts, "word/styles.xml") if "word/styles.xml" in names else None
            numbers = _part(path, parts, "word/numbering.xml") if "word/numbering.xml" in names else None
            notes = _part(path, parts, "word/footnotes.xml") if "word/footnotes.xml" in names else None
    except (BadZipFile, ET.ParseError, NotImplementedError, EOFError, zlib.error) as trouble:
        raise FormUnreadable(path=str(path), why="damaged") from trouble
    except RuntimeError as trouble:  # what zipfile says of a part that is locked
        raise FormUnreadable(path=str(path), why="password") from trouble
    return list(_Words(styles, numbers, notes).lines(body)) if body is not None else []


def _demand_plain(path: Path, names: frozenset[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FormUnreadable(path=str(path), why="macros")
    if "word/document.xml" not in names:
        raise FormUnreadable(path=str(path), why="no-words")


def _part(path: Path, parts: ZipFile, name: str) -> ET.Element:
    with parts.open(name) as part:
        data = part.read(LARGEST_PART + 1)  # what the directory says about the size proves nothing
    if len(data) > LARGEST_PART:
        raise FormUnreadable(path=str(path), why="too-large")
    if b"<!DOCTYPE" in data or b"<\0!\0D\0O\0C" in data or b"\0<\0!\0D\0O\0C" in data:
        raise FormUnreadable(path=str(path), why="damaged")  # Word declares no entities: a bomb does
    return ET.fromstring(data)


class _Words:
    """Walks the body in its order."""

    def __init__(self, styles: ET.Element | None, numbers: ET.Element | None, notes: ET.Element | None) -> None:
        self._names: dict[str, str] = {}
        lists: dict[str, ET.Element] = {}
        lined: set[str] = set()
        for style in styles.iter(f"{W}style") if styles is not None else ():
            key, name, counted = style.get(f"{W}styleId", ""), style.find(f"{W}name"), style.find(f"{W}pPr/{W}numPr")
            self._names[key] = name.get(f"{W}val", "").lower() if name is not None else ""
            if counted is not None:
                lists[key] = counted
            line = style.find(f"{W}rPr/{W}u")
            if line is not None and line.get(f"{W}val", "single") != "none":
                lined.add(key)
        self._ruled = _ruled_styles(styles)
        self._lists, self._look = lists, Look(frozenset(lined), _notes(notes, frozenset(lined)))
        self._numbering = Numbering(numbers)
        self._begun, self._joined = False, ""

    def lines(self, body: ET.Element) -> Iterator[str]:
        """Return the lines of everything in a body, cell or text box."""
        for piece in body:
            if piece.tag == f"{W}p":
                yield from self._whole(piece)
            elif piece.tag == f"{W}tbl":
                yield from self._table(piece)
            elif piece.tag in _INSIDE:
                yield from self.lines(piece)

    def _whole(self, paragraph: ET.Element) -> Iterator[str]:
        """A paragraph, the text boxes that hang at it, a new page; one that a reviewer joined to the next waits."""
        look, begun = paragraph.find(f"{W}pPr"), self._begun
        said = self._joined + self._paragraph(paragraph)
        self._joined = said if look is not None and look.find(f"{W}rPr/{W}del") is not None else ""
        if self._joined:
            return
        if look is not None and look.find(f"{W}pageBreakBefore") is not None and begun:
            yield PAGE
        yield from said.split("\n")
        for box in text_boxes(paragraph):
            yield from self.lines(box)
        section = look.find(f"{W}sectPr") if look is not None else None
        if section is not None and _begins_page(section):
            yield PAGE

    def _paragraph(self, paragraph: ET.Element) -> str:
        said = paragraph_words(paragraph, self._look)
        if not said:
            return ""
        look = paragraph.find(f"{W}pPr")
        head = "# " if not self._begun and self._is_title(look) else ""
        self._begun = True
        return f"{head}{self._number(look)}{said}"

    def _is_title(self, look: ET.Element | None) -> bool:
        if look is None:
            return False
        centred, style = look.find(f"{W}jc"), look.find(f"{W}pStyle")
        named = self._names.get(style.get(f"{W}val", ""), "") if style is not None else ""
        return named in _TITLES or (centred is not None and centred.get(f"{W}val") == "center")

    def _number(self, look: ET.Element | None) -> str:
        if look is None:
            return ""
        style = look.find(f"{W}pStyle")
        counted = look.find(f"{W}numPr")
        if counted is None and style is not None:
            counted = self._lists.get(style.get(f"{W}val", ""))
        return self._numbering.next(counted) if counted is not None else ""

    def _table(self, table: ET.Element) -> Iterator[str]:
        rows = [list(self._cells(row)) for row in _inner(table, "tr") if not _is_struck(row)]
        if rows and all(any(word.search(cell or "") for cell in rows[0]) for word in _PAYMENT):
            yield "{{@付款计划}}"
            return
        width = max(map(len, rows), default=0)
        parted = "\t" if len(rows) > 1 and self._is_ruled(table) else "\u3000"
        for count, row in enumerate(rows):
            yield from _row(row, parted, is_below=count > 0 and width > 1)

    def _is_ruled(self, table: ET.Element) -> bool:
        """Whether lines are drawn between its cells: one without only puts things side by side, as signatures."""
        drawn = [side.get(f"{W}val", "") for side in table.iterfind(f"{W}tblPr/{W}tblBorders/*")]
        if not drawn:
            style = table.find(f"{W}tblPr/{W}tblStyle")
            bordered = next(table.iter(f"{W}tcBorders"), None) is not None
            return bordered or (style is not None and style.get(f"{W}val", "") in self._ruled)
        return any(line not in _UNRULED for line in drawn)

    def _cells(self, row: ET.Element) -> Iterator[str | None]:
        """The cells of a row; behind one as wide as several columns a sign for each column more."""
        for cell in _inner(row, "tc"):
            yield self._cell(cell)
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            more = int(span.get(f"{W}val", "1")) - 1 if span is not None else 0
            yield from [BESIDE] * more

    def _cell(self, cell: ET.Element) -> str | None:
        """The words of a cell; None for one that only goes on with the cell above."""
        above = cell.find(f"{W}tcPr/{W}vMerge")
        if above is not None and above.get(f"{W}val", "continue") == "continue":
            return None
        return "\n".join(line for line in self.lines(cell) if line)


def _row(row: list[str | None], parted: str, *, is_below: bool) -> Iterator[str]:
    """A row as one line: an empty cell behind words, or in a row of nothing else below a head, is a blank.

    In a table with rules each cell keeps its column, also one before the words; one that goes on with the one above
    says so.
    """
    cells = [cell for cell in row if cell not in (None, BESIDE)]
    told = [cell for cell in cells if cell]
    is_ruled = parted == "\t"
    row = row if is_ruled else [cell for cell in row if cell not in (None, BESIDE)]
    if len(told) == 1 and len(cells) == 1 and None not in row:
        yield from told[0].split("\n")
    elif told or (is_below and cells):
        first = row.index(told[0]) if told else 0
        said = [ABOVE if cell is None else cell.replace("\n", "　") or BLANK for cell in row[first:]]
        before = [ABOVE if cell is None else "" for cell in row[:first]]
        yield parted.join([*before, *said] if is_ruled else filter(None, said))


def _ruled_styles(styles: ET.Element | None) -> frozenset[str]:
    """The styles of tables that draw lines, of their own or after another style."""
    ruled: set[str] = set()
    for style in styles.iter(f"{W}style") if styles is not None else ():
        after = style.find(f"{W}basedOn")
        drawn = [side.get(f"{W}val", "") for side in style.iterfind(f"{W}tblPr/{W}tblBorders/*")]
        inherits = not drawn and after is not None and after.get(f"{W}val", "") in ruled
        if inherits or any(line not in _UNRULED for line in drawn):
            ruled.add(style.get(f"{W}styleId", ""))
    return frozenset(ruled)


def _inner(parent: ET.Element, name: str) -> Iterator[ET.Element]:
    """The rows of a table or the cells of a row, also those a content control wraps."""
    for piece in parent:
        if piece.tag == f"{W}{name}":
            yield piece
        elif piece.tag in _INSIDE:
            yield from _inner(piece, name)


def _is_struck(row: ET.Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _begins_page(section: ET.Element) -> bool:
    kind = section.find(f"{W}type")
    return kind is None or kind.get(f"{W}val") != "continuous"


def _notes(notes: ET.Element | None, lined: frozenset[str]) -> dict[str, str]:
    """The footnotes by number, but for the lines Word draws above them."""
    found = notes.iterfind(f"{W}footnote") if notes is not None else ()
    words = Look(lined)
    return {
        note.get(f"{W}id", ""): "".join(paragraph_words(line, words) for line in note.iterfind(f"{W}p")).strip()
        for note in found if note.get(f"{W}type") is None
    }  # fmt: skip
