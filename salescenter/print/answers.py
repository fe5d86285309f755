"""Answers of a form side by side in frames: a label and what was said, so many on each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salescenter.domain.papers.registration import Answer
from salescenter.print.page import Colour
from salescenter.print.sheet import Block
from salescenter.print.table import Cell, Grid, table

_PALE: Colour = (0.955, 0.96, 0.965)


def answers_block(answers: Sequence[Answer], measure: float, across: int = 3, label: float = 0.13) -> Block:
    """Set answers, `across` on a line; `label` is the share of the width each label takes, a wide answer its line."""
    value = (1 - across * label) / across
    grid = Grid(tuple(share * measure for share in (label, value) * across), size=9.5, least=24, inset=3)
    return table(grid, [], list(_lines(answers, 2 * across)), after=5)


def _lines(answers: Sequence[Answer], columns: int) -> Iterator[list[Cell | str]]:
    line: list[Cell | str] = []
    for answer in answers:
        if answer.wide and line:
            yield _filled(line, columns)
            line = []
        span = columns - 1 if answer.wide else 1
        line += [Cell(answer.label, "centre", ground=_PALE), Cell(answer.value, span=span)]
        if answer.wide or len(line) == columns:
            yield line
            line = []
    if line:
        yield _filled(line, columns)


def _filled(line: list[Cell | str], columns: int) -> list[Cell | str]:
    return [*line, Cell("", span=columns - len(line))] if len(line) < columns else line
