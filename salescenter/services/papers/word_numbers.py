"""The numbers Word counts itself and no text holds: 第三条, （二）, 1.2, ④."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_CHINESE = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Write a number from 1 to 999 as articles are counted: 十, 二十一, 一百零三."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{_CHINESE[hundreds]}百" if hundreds else ""
    if tens:
        middle = ("" if tens == 1 and not hundreds else _CHINESE[tens]) + "十"
    else:
        middle = "零" if hundreds and ones else ""
    return head + middle + (_CHINESE[ones] if ones or not number else "")


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    pairs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    said = ""
    for value, sign in pairs:
        count, number = divmod(number, value)
        said += sign * count
    return said


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str, "decimalZero": "{:02}".format, "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled, "chineseCounting": chinese, "chineseCountingThousand": chinese,
    "japaneseCounting": chinese, "ideographDigital": chinese, "taiwaneseCounting": chinese,
    "lowerLetter": _letters, "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman, "upperRoman": lambda number: _roman(number).upper(),
    "bullet": lambda _: "", "none": lambda _: "",
}  # fmt: skip
"""How Word's number formats are written; any other is written in figures."""


@dataclass(frozen=True, slots=True)
class _Level:
    write: Callable[[int], str]
    pattern: str
    start: int


class Numbering:
    """Counts the lists of one file; each list has nine levels, a higher one begins the lower ones anew."""

    def __init__(self, part: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        if part is None:
            return
        for abstract in part.findall(f"{W}abstractNum"):
            levels = {_value(one, "ilvl"): _level(one) for one in abstract.findall(f"{W}lvl")}
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for one in part.findall(f"{W}num"):
            self._lists[one.get(f"{W}numId", "")] = _said(one, "abstractNumId", "")

    def next(self, counted: Element) -> str:
        """Return the number of the next paragraph of a list (its numPr); "" for one that counts nothing."""
        name, depth = self._lists.get(_said(counted, "numId", ""), ""), _figure(_said(counted, "ilvl", "0"))
        levels = self._levels.get(name, {})
        if depth not in levels or not 0 <= depth < 9:
            return ""
        counts = self._counts.setdefault(name, [0] * 9)
        counts[depth] = counts[depth] + 1 if counts[depth] else levels[depth].start
        counts[depth + 1:] = [0] * (8 - depth)
        said = _PLACE.sub(lambda place: _write(levels, counts, int(place[1]) - 1), levels[depth].pattern)
        return f"{said}　" if said.endswith(("条", "章")) else said


def _write(levels: dict[int, _Level], counts: list[int], depth: int) -> str:
    level = levels.get(depth)
    return level.write(counts[depth] or level.start) if level else ""


def _level(one: Element) -> _Level:
    kind, pattern = _said(one, "numFmt", "decimal"), _said(one, "lvlText", "")
    return _Level(FORMATS.get(kind, str), "" if kind == "bullet" else pattern, _figure(_said(one, "start", "1")))


def _said(inside: Element, name: str, default: str) -> str:
    found = inside.find(f"{W}{name}")
    return found.get(f"{W}val", default) if found is not None else default


def _value(one: Element, name: str) -> int:
    return _figure(one.get(f"{W}{name}", "0"))


def _figure(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 0
