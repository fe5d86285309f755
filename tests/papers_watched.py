"""Looks at every page any test prints: no letter unreadable, on another, off its sheet or line, no number or table cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import pytest

from salescenter.print.book import Book
from salescenter.print.page import Page
from salescenter.print.sheet import Block, Frame, Sheet
from tests.print.reading import Column, opened, page_faults

MARGIN = 6.0
"""Points that a paper set by a sheet keeps from its edges; marks stand in its margin. A form is as wide as it is."""


class Made(NamedTuple):
    """A PDF, and of its pages those no test has looked at in this process, each with where its text is set."""

    pdf: bytes
    pages: tuple[tuple[int, Column | None], ...]


_columns: dict[int, tuple[Page, Column]] = {}
_seen: set[int] = set()
_made: list[Made] = []


@pytest.fixture(scope="session", autouse=True)
def papers_are_watched() -> Iterator[None]:
    """Remember what is printed, and where sheets set their text."""
    lay, pdf = Sheet.lay, Book.pdf
    Sheet.lay, Book.pdf = _laying(lay), _printing(pdf)  # type: ignore[method-assign, assignment]
    yield
    Sheet.lay, Book.pdf = lay, pdf  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def sound_papers(papers_are_watched: None) -> Iterator[None]:
    """Look at what a test printed when it is over."""
    _made.clear()
    yield
    found = [fault for one in _made[:] for fault in faults(one)]
    _made.clear()
    if found:
        pytest.fail(f"a paper has letters unreadable, on others, cut, or beyond their sheet or line: {found[:40]}")


def faults(made: Made) -> list[str]:
    """Name the letters of a paper's new pages that stand where none may, or cannot be read."""
    with opened(made.pdf) as document:
        return [one for at, column in made.pages for one in page_faults(document[at], MARGIN if column else 0, column)]


def _laying(lay: Callable[[Sheet, Iterable[Block]], None]) -> Callable[[Sheet, Iterable[Block]], None]:
    def laid(sheet: Sheet, blocks: Iterable[Block]) -> None:
        lay(sheet, blocks)
        for page in sheet.pages:
            _columns[id(page)] = (page, _column(sheet.frame))

    return laid


def _column(frame: Frame) -> Column:
    return Column(frame.left, frame.bottom, frame.width - frame.right, frame.height - frame.top)


def _printing(pdf: Callable[..., Any]) -> Callable[..., Any]:
    def printed(book: Book, *told: Any, **more: Any) -> Any:
        made = pdf(book, *told, **more)
        shared = tuple(drawing.content() for _, drawing in book.forms.values())
        new = tuple((at, _columns.pop(id(page), (page, None))[1]) for at, page in enumerate(book.pages) if _is_new(page, shared))
        if new:
            _made.append(Made(bytes(made), new))
        return made

    return printed


def _is_new(page: Page, shared: tuple[str, ...]) -> bool:
    key = hash((page.width, page.height, page.content(), shared))
    new = key not in _seen
    _seen.add(key)
    return new
