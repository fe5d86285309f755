"""What one paragraph of a Word file says: gaps to be filled as blanks, boxes as □, fields and controls as they ask.

A control or form field that still shows its hint is a blank; one that offers words is a choice of them. What a
reviewer struck out, what is hidden, and what Word only keeps for older programs, is not said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOXED = f"{W}txbxContent"
_SILENT = ("del", "moveFrom", "pPr", "rPr", "pict", "drawing", "object", "instrText")
_SKIPPED = frozenset({_FALLBACK, *(f"{W}{name}" for name in _SILENT)})
_SQUARES = {
    "wingdings": frozenset({0x6F, 0x70, 0x71, 0x72, 0xA8, 0xFD, 0xFE}),
    "wingdings 2": frozenset({0x2A, 0x30, 0x52, 0x53, 0x54, 0xA3}),
}
"""Characters of a font of signs that are a box to tick, empty or ticked."""

BLANK, DAY, BOX = "________", "____年__月__日", "□"
_WIDE = {
    " ": "_", "\u00a0": "_", "\u2002": "_", "\u2003": "__", "\u2004": "_", "\u2005": "_", "\u3000": "__",
    "\t": BLANK,
}  # fmt: skip
_GAPS = "".join(_WIDE).replace("\t", "")
_LINED = re.compile(rf"[{_GAPS}\t]{{2,}}|^[{_GAPS}\t]+$|[\t\u2003\u3000]")
_UNITS = re.compile(rf"[\s{_GAPS}年月日时元％%平方米]*")
_SHORT = re.compile(r"(?<!_)_{1,2}(?!_)")


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph needs to know of the file: styles that underline, footnotes by their number."""

    lined: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)


def paragraph_words(paragraph: Element, look: Look) -> str:
    """Return the words of a paragraph, its line breaks as such; "" where it says nothing."""
    tabs = paragraph.iterfind(f"{W}pPr/{W}tabs/{W}tab")
    leader = any(tab.get(f"{W}leader") in ("underscore", "heavy") for tab in tabs)
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    is_lined = style is not None and style.get(f"{W}val") in look.lined
    pieces = list(_Reading(look, is_lined, leader).pieces(paragraph))
    return _SHORT.sub("___", "".join(pieces)).strip("\n").rstrip()


def text_boxes(inside: Element) -> Iterator[Element]:
    """Return the text boxes that hang at a paragraph, each once though Word keeps it in two ways."""
    if next(inside.iter(_BOXED), None) is None:  # as at nearly all of them
        return
    for piece in inside:
        if piece.tag == _BOXED:
            yield piece
        elif piece.tag != _FALLBACK:
            yield from text_boxes(piece)


class _Reading:
    """Reads runs in their order; a form field begins in one run and ends in another."""

    def __init__(self, look: Look, is_lined: bool, leader: bool) -> None:
        self._look, self._is_lined, self._leader = look, is_lined, leader
        self._asked: list[str | None] = []
        self._told: list[str] = []

    def pieces(self, inside: Element) -> Iterator[str]:
        for piece in inside:
            if piece.tag == f"{W}r":
                yield self._field_or(piece)
            elif piece.tag == f"{W}sdt":
                yield self._control(piece)
            elif piece.tag not in _SKIPPED:
                yield from self.pieces(piece)

    def _control(self, control: Element) -> str:
        look, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        said = "".join(self.pieces(content)) if content is not None else ""
        if look is None or (look.find(f"{W}showingPlcHdr") is None and said.strip()):
            return said if look is None or look.find(f"{_W14}checkbox") is None else BOX
        return _asks(look)

    def _field_or(self, run: Element) -> str:
        """Return what a run says, or at the end of a form field what that one asks."""
        mark = run.find(f"{W}fldChar")
        if mark is None:
            said = self._run(run)
            if any(one is not None for one in self._asked):
                self._told.append(said)
                return ""
            return said
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            data = mark.find(f"{W}ffData")
            self._asked.append(_asked_by(data) if data is not None else None)
        elif kind == "end" and self._asked:
            return self._ended(self._asked.pop())
        return ""

    def _ended(self, asks: str | None) -> str:
        if asks is None:
            return ""
        told, self._told = "".join(self._told), []
        return told if told.strip() and asks == BLANK else asks

    def _run(self, run: Element) -> str:
        look = run.find(f"{W}rPr")
        if look is not None and look.find(f"{W}vanish") is not None:
            return ""
        font = _sign_font(look)
        said = "".join(self._sign(piece, font) for piece in run)
        if not self._underlined(look) or not _UNITS.fullmatch(said):
            return said.replace("\t", BLANK if self._leader else "　")
        return _LINED.sub(lambda gap: "".join(_WIDE[one] for one in gap[0]), said)

    def _underlined(self, look: Element | None) -> bool:
        if look is None:
            return self._is_lined
        line, style = look.find(f"{W}u"), look.find(f"{W}rStyle")
        if line is not None:
            return line.get(f"{W}val", "single") != "none"
        return self._is_lined or (style is not None and style.get(f"{W}val") in self._look.lined)

    def _sign(self, piece: Element, font: str) -> str:
        name = piece.tag.removeprefix(W)
        if name == "t":
            said = piece.text or ""
            return "".join(_square(ord(one), font) for one in said) if font and said.strip() else said
        if name == "sym":
            return _square(int(piece.get(f"{W}char", "0"), 16), piece.get(f"{W}font", "").lower())
        if name == "footnoteReference":
            note = self._look.notes.get(piece.get(f"{W}id", ""), "")
            return f"（注：{note}）" if note else ""
        if name == "br" and piece.get(f"{W}type") == "page":
            return "\n{{@换页}}\n"
        if name == "ruby":
            return "".join(base.text or "" for base in piece.iterfind(f"{W}rubyBase/{W}r/{W}t"))
        return _SIGNS.get(name, "")


_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _sign_font(look: Element | None) -> str:
    fonts = look.find(f"{W}rFonts") if look is not None else None
    name = fonts.get(f"{W}ascii", "").lower() if fonts is not None else ""
    return name if name in _SQUARES else ""


def _square(code: int, font: str) -> str:
    """Return □ for a box to tick of a font of signs, "" for its other signs; 0xF0A8 and 0xA8 are the same."""
    if code == 0x2610:
        return BOX
    return BOX if code & 0xFF in _SQUARES.get(font, _SQUARES["wingdings"]) else ""


def _asks(look: Element) -> str:
    """What a content control asks that nobody answered."""
    for kind, asks in _CONTROLS.items():
        found = look.find(kind)
        if found is not None:
            return asks(found)
    return BLANK


def _words_of(offered: Element) -> str:
    words = (one.get(f"{W}displayText") or one.get(f"{W}value") for one in offered.iterfind(f"{W}listItem"))
    return _choices([word for word in words if word])


def _choices(words: list[str]) -> str:
    return "".join(f"【{word}】" for word in words) if len(words) > 1 else BLANK


_CONTROLS: dict[str, Callable[[Element], str]] = {
    f"{_W14}checkbox": lambda _: BOX, f"{W}date": lambda _: DAY,
    f"{W}dropDownList": _words_of, f"{W}comboBox": _words_of, f"{W}picture": lambda _: "",
}  # fmt: skip


def _asked_by(data: Element) -> str:
    """What a form field of the older kind asks."""
    if data.find(f"{W}checkBox") is not None:
        return BOX
    return _choices([one.get(f"{W}val", "") for one in data.iterfind(f"{W}ddList/{W}listEntry")])
