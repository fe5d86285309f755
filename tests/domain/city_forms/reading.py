"""Makes the pasted text or the Word file of a form beside it, and tells what belongs in each of its blanks.

⟨tag⟩ is a blank, ⟨D tag⟩ a day, ⟨P tag⟩ a day with a blank for each part, ⟨N words tag⟩ a word in 【】, ⟨T tag⟩ a box to
tick, ⟨B tag⟩ a row of digit boxes; no tag where no field answers it. A line of cells stands between |; → is a tab. A cell
that begins with {2} is as wide as two columns, {v} goes on below in {^}.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.services.word_files import RULED, lined, merged, paragraph, said, table, word_file

_MARK = re.compile(r"⟨([^⟨⟩]*)⟩")
_PIECE = re.compile(r"(⟨[^⟨⟩]*⟩)")
_STYLED = frozenset("DPNTB")
_LINE: Final = 37
"""Letters of a line of the form that was pasted from pages."""

_BOXED = "仟佰拾万仟佰拾元角分"
_PLACED = ("仟万", "佰万", "拾万", "万", "仟", "佰", "拾", "元", "角", "分")
_SCHEDULED = re.compile(r"\| (?:\{v\})?期次.*\n(?:\|.*\n)+")


def on_pages() -> tuple[str, tuple[str, ...]]:
    """Shenhai's: wide blanks, days in 【】, lines that end where the page did."""
    source = _source("shenhai")
    draws = {"": "＿＿＿＿＿", "P": "【　　】年【　】月【　】日", "T": "□", "D": "＿＿年＿月＿日"}
    return "\n".join(piece for line in source.split("\n") for piece in _broken(line, draws)), _tags(source)


def lined_up(name: str = "yunzhou") -> tuple[str, tuple[str, ...]]:
    """Yunzhou's and the other texts: ruled lines of several lengths, words in 【】, digit boxes, cells parted by tabs."""
    source, lengths = _source(name), (6, 12, 4, 9)
    count = iter(range(10**6))

    def drawn(found: re.Match[str]) -> str:
        style, words, _ = _read(found[1])
        plain = "_" * lengths[next(count) % len(lengths)]
        boxes = "".join(f"__{unit}" for unit in _BOXED)
        return {"D": "____年__月__日", "T": "□", "N": f"【{words}】", "B": boxes}.get(style, plain)

    return _MARK.sub(drawn, source), _tags(source)


def in_word(path: Path, name: str = "daobei") -> tuple[Path, tuple[str, ...]]:
    """Daobei's or Chengpu's, as a Word file: tables, a tab between two things asked, underlined gaps for blanks."""
    source = _source(name)
    pieces, rows = list[str](), list[tuple[str, ...]]()
    for line in (*source.removeprefix("# ").split("\n"), ""):
        if line.startswith("|"):
            rows.append(tuple(_in_cell(cell.strip()) for cell in line.strip("|").split("|")))
            continue
        if rows:
            pieces.append(merged(*rows) if name == "chengpu" else table(*rows, look=RULED))
            rows = []
        pieces.append(paragraph(*map(_run, _PIECE.split(line))))
    return word_file(path, *pieces), _tags(_SCHEDULED.sub("", source))


def _source(name: str) -> str:
    return (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")


def _read(mark: str) -> tuple[str, str, str]:
    """The style of a mark, the words it shows, and what belongs there."""
    style, _, rest = mark.partition(" ")
    if style not in _STYLED:
        return "", "", mark
    words, _, tag = rest.partition(" ") if style == "N" else ("", "", rest)
    return style, words, tag


def _tags(source: str) -> tuple[str, ...]:
    return tuple(tag for mark in _MARK.findall(source) for tag in _belonging(mark))


def _belonging(mark: str) -> tuple[str, ...]:
    style, _, tag = _read(mark)
    parts = {"P": ("年", "月", "日"), "B": _PLACED}.get(style)
    return tuple(f"{tag}·{part}" if tag else "" for part in parts) if parts else (tag,)


def _broken(line: str, draws: dict[str, str]) -> list[str]:
    """A line as a page breaks it: where it is full, but in no blank."""
    whole = [draws[_read(piece[1:-1])[0]] if piece.startswith("⟨") else piece for piece in _PIECE.split(line)]
    lines, last = [""], ""
    for piece in whole:
        parts: list[str] = re.findall("【[^】]*】|[^【]", piece) if not piece.startswith("＿") else [piece]
        for last in parts:
            if len(lines[-1]) + len(last) > _LINE and last not in "，。；：、）":
                lines.append("")
            lines[-1] += last
    return lines


def _in_cell(cell: str) -> str:
    return _MARK.sub(lambda found: "____年__月__日" if found[1].startswith("D") else "", cell)


def _run(piece: str) -> str:
    if not piece.startswith("⟨"):
        return said(piece).replace("→", '</w:t><w:tab/><w:t xml:space="preserve">')
    draws: dict[str, Callable[[], str]] = {
        "D": lambda: lined("     ") + said("年") + lined("   ") + said("月") + lined("   ") + said("日"),
        "T": lambda: said("□"),
    }
    return draws.get(_read(piece[1:-1])[0], lambda: lined("        "))()
