"""The fonts papers are set in: read once a process, asked through a chain so that a rare name still prints."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFace

from salescenter.domain.printed_letters import BLANKS, LOOKS_LIKE, UNSEEN
from salescenter.domain.refusals import NoGlyph
from salescenter.print.program import Outlines

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "fonts"


class Face(StrEnum):
    """What a text is set in: Song for the body of a paper, Hei for headings and figures."""

    SERIF = "serif"            # 宋
    SERIF_BOLD = "serif-bold"
    SANS = "sans"              # 黑
    SANS_BOLD = "sans-bold"


_SONG, _HEI, _LAST = "serif-r-gbk+tgh.ttf", "sans-r-gbk+tgh.ttf", ("fb-lxgw.ttf", "fb-hanaA.ttf")
CHAIN: dict[Face, tuple[str, ...]] = {
    Face.SERIF: (_SONG, *_LAST),
    Face.SERIF_BOLD: ("serif-b-tgh.ttf", _SONG, *_LAST),
    Face.SANS: (_HEI, _SONG, *_LAST),
    Face.SANS_BOLD: ("sans-b-tgh.ttf", _HEI, _SONG, *_LAST),
}
"""Which file is asked first, and which are asked when it has no such character."""

FILES = sorted({file for chain in CHAIN.values() for file in chain})

# Private characters that stand for a mark or digit set narrower or wider; a page draws the plain glyph, moved.
CLOSERS = "，。、；：！？）》」』】〕〗〉”’％"
OPENERS = "（《「『【〔〖〈“‘"
HALF = {chr(0xE000 + at): letter for at, letter in enumerate(CLOSERS[:-1] + OPENERS)}
FIGURE = {chr(0xE080 + int(digit)): digit for digit in "0123456789"}
THIN = chr(0xE090)
"""Stands for the space between a Chinese letter and a Latin one or a figure; reads back as nothing."""
THIN_WIDTH = 90
"""Thousandths of an em: the most that common readers of a PDF do not take for a blank in the words."""
_PLAIN = HALF | FIGURE | LOOKS_LIKE | dict.fromkeys(BLANKS, " ") | dict.fromkeys([THIN, *UNSEEN], "")
PLAIN = str.maketrans(_PLAIN)
FIGURES = str.maketrans({digit: alias for alias, digit in FIGURE.items()})
"""`text.translate(FIGURES)` sets digits of equal width, so that columns of numbers line up."""


LACKING = "\ufffd"
"""Stands for every character a file cannot draw; no code of a page has it."""


class Codes(dict[int, str]):
    """Code point to what stands for it between `<` and `>` in a page: four hexadecimal digits, perhaps moved."""

    def __init__(self, file: FontFile) -> None:
        super().__init__()
        self._file = file

    def __missing__(self, code: int) -> str:
        alias = chr(code)
        if alias not in self._file.letters:
            return LACKING
        plain = alias.translate(PLAIN)
        digits = f"{self._file.glyphs[ord(plain)]:04X}" if plain else ""
        if alias in FIGURE:
            spare = self._file.figure - self._file.width(plain)
            digits = f">{-(spare // 2)}<{digits}>{spare // 2 - spare}<"
        elif alias == THIN:
            digits = f">{-THIN_WIDTH}<"
        elif alias in HALF:
            digits = f">500<{digits}" if plain in OPENERS else f"{digits}>500<"
        self[code] = digits
        return digits


class FontFile:
    """One font file: what it can draw, how wide (thousandths of the size), and how a page names it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tag = f"F{FILES.index(name)}"
        self.face = TTFontFace(str(FOLDER / name))
        self.glyphs: dict[int, int] = self.face.charToGlyph
        self.face.glyphToChar = {}  # megabytes that only shaping would ask for
        self.outlines = Outlines(self.face)
        own = [code for code in self.glyphs if code > 0x1F and not 0xE000 <= code <= 0xF8FF]
        aliases = {*HALF, *FIGURE, THIN, *BLANKS, *UNSEEN} if ord("。") in self.glyphs else set()
        alike = {letter for letter, plain in LOOKS_LIKE.items() if ord(plain) in self.glyphs}
        self.letters = frozenset(map(chr, own)) | aliases | alike
        self.codes = Codes(self)
        self.figure = max((self.width(digit) for digit in "0123456789" if ord(digit) in self.glyphs), default=0)

    def width(self, letter: str) -> int:
        """Return the advance of one character, in thousandths of the size."""
        if letter in HALF:
            return self.width(HALF[letter]) - 500
        if letter in FIGURE:
            return self.figure
        if letter == THIN:
            return THIN_WIDTH
        plain = letter.translate(PLAIN)
        return round(self.face.charWidths[ord(plain)]) if plain else 0


@cache
def font_file(name: str) -> FontFile:
    """Read a font file, once a process (up to 100 ms each: never for every paper)."""
    return FontFile(name)


class Widths(dict[str, int]):
    """Piece of text to its width in thousandths of the size; a letter is looked up once and remembered."""

    def __init__(self, face: Typeface) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, piece: str) -> int:
        if len(piece) != 1:
            return sum(map(self.__getitem__, piece))
        ((file, letter),) = self._face.runs(piece)
        wide = self[piece] = file.width(letter)
        return wide


class Typeface:
    """A face with its chain: measures text and says which file draws which piece of it."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.main = font_file(CHAIN[face][0])
        self.widths = Widths(self)

    def runs(self, text: str) -> list[tuple[FontFile, str]]:
        """Cut a text into (file, piece) over the chain; raises NoGlyph for what no file has."""
        if self.main.letters.issuperset(text):
            return [(self.main, text)]
        out: list[tuple[FontFile, str]] = []
        for letter in text:
            file = self._file_for(letter)
            if out and out[-1][0] is file:
                out[-1] = (file, out[-1][1] + letter)
            else:
                out.append((file, letter))
        return out

    def coded(self, text: str) -> list[tuple[FontFile, str, str]]:
        """Cut a text into (file, piece, its codes in a page) over the chain; raises NoGlyph for what no file has."""
        codes = text.translate(self.main.codes)
        if codes.isascii():
            return [(self.main, text, codes)] if text else []
        return [(file, part, part.translate(file.codes)) for file, part in self.runs(text)]

    def width(self, text: str, size: float) -> float:
        """Return the width of a text in points."""
        return self.widths[text] * size / 1000

    def _file_for(self, letter: str) -> FontFile:
        for name in CHAIN[self.face]:
            if letter in font_file(name).letters:
                return font_file(name)
        raise NoGlyph(character=letter, codepoint=f"U+{ord(letter):04X}", field="")


@cache
def typeface(face: Face) -> Typeface:
    """Return a face ready to set, read once a process."""
    return Typeface(face)


def drawn() -> frozenset[str]:
    """Return every character that some font of ours draws; `domain.printed_letters` has them written down."""
    own = frozenset(chr(code) for name in CHAIN[Face.SERIF] for code in font_file(name).glyphs if code > 0x1F)
    return own - frozenset(map(chr, range(0xE000, 0xF900)))
