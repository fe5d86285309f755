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

from salescenter.domain.refusals import FormUnreadable
from salescenter.services.papers.word_numbers import Numbering

LARGEST_PART = 32 * 2**20
"""Bytes one part may unpack to: twenty pages take less than one megabyte of them."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SILENT = ("del", "moveFrom", "pPr", "rPr", "pict", "drawing", "object", "instrText")
_SKIPPED = frozenset({_FALLBACK, *(f"{W}{name}" for name in _SILENT)})
_SQUARES = frozenset({"F0A8", "F06F", "F071", "F0FE", "F052", "F0A3", "00A8", "2610"})
"""Characters of Wingdings that are a box to tick."""

_WIDE = {" ": "_", "\u00a0": "_", "\u3000": "__", "\t": "_" * 8}
_LINED = re.compile(r"[ \u00a0\u3000\t]{2,}|^[ \u00a0\u3000\t]+$|\t|\u3000")
_UNITS = re.compile(r"[\s\u00a0\u3000年月日时元％%平方米]*")
_SHORT = re.compile(r"(?<!_)_{1,2}(?!_)")
_TITLES = frozenset({"title", "标题"})
_PAYMENT = (re.compile("期|款项|付款|比例"), re.compile("金额|应付|款额"), re.compile("日期|时间|期限"))
"""What the head of a payment schedule (附件四) names."""


def word_lines(path: Path) -> list[str]:
    """Return the lines of a Word file in the language of templates; refuses with FormUnreadable (path, why)."""
    try:
        with ZipFile(path) as parts:
            names = frozenset(parts.namelist())
            _demand_plain(path, names)
            body = _part(path, parts, "word/document.xml").find(f"{W}body")
            styles = _part(path, parts, "word/styles.xml") if "word/styles.xml" in names else None
            numbers = _part(path, parts, "word/numbering.xml") if "word/numbering.xml" in names else None
    except (BadZipFile, ET.ParseError, NotImplementedError, EOFError, zlib.error) as trouble:
        raise FormUnreadable(path=str(path), why="damaged") from trouble
    except RuntimeError as trouble:  # what zipfile says of a part that is locked
        raise FormUnreadable(path=str(path), why="password") from trouble
    return list(_Words(styles, numbers).lines(body)) if body is not None else []


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

    def __init__(self, styles: ET.Element | None, numbers: ET.Element | None) -> None:
        self._names: dict[str, str] = {}
        lists: dict[str, ET.Element] = {}
        for style in styles.iter(f"{W}style") if styles is not None else ():
            key, name, counted = style.get(f"{W}styleId", ""), style.find(f"{W}name"), style.find(f"{W}pPr/{W}numPr")
            self._names[key] = name.get(f"{W}val", "").lower() if name is not None else ""
            if counted is not None:
                lists[key] = counted
        self._lists = lists
        self._numbering = Numbering(numbers)
        self._begun = False

    def lines(self, body: ET.Element) -> Iterator[str]:
        """Return the lines of everything in a body or cell."""
        for piece in body:
            if piece.tag == f"{W}p":
                yield from self._paragraph(piece).split("\n")
            elif piece.tag == f"{W}tbl":
                yield from self._table(piece)
            elif piece.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
                yield from self.lines(piece)

    def _paragraph(self, paragraph: ET.Element) -> str:
        said = _SHORT.sub("___", "".join(_runs(paragraph))).strip("\n").rstrip()
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
        rows = [["".join(self.lines(cell)) for cell in row.iter(f"{W}tc")] for row in table.findall(f"{W}tr")]
        if rows and all(any(word.search(cell) for cell in rows[0]) for word in _PAYMENT):
            yield "{{@付款计划}}"
            return
        yield from ("　".join(filter(None, row)) for row in rows)


def _runs(inside: ET.Element) -> Iterator[str]:
    for piece in inside:
        if piece.tag == f"{W}r":
            yield _run(piece)
        elif piece.tag not in _SKIPPED:
            yield from _runs(piece)


def _run(run: ET.Element) -> str:
    said = "".join(map(_sign, run))
    line = run.find(f"{W}rPr/{W}u")
    if line is None or line.get(f"{W}val", "single") == "none" or not _UNITS.fullmatch(said):
        return said.replace("\t", "　")
    return _LINED.sub(lambda gap: "".join(_WIDE[one] for one in gap[0]), said)


def _sign(piece: ET.Element) -> str:
    if piece.tag == f"{W}t":
        return piece.text or ""
    if piece.tag == f"{W}sym":
        return "□" if piece.get(f"{W}char", "").upper() in _SQUARES else ""
    if piece.tag == f"{W}br" and piece.get(f"{W}type") == "page":
        return "\n{{@换页}}\n"
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}.get(piece.tag, "")
