"""Fills sheets with rows: page breaks where they may be, table heads again, and a foot that knows the last page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from salescenter.print.book import A4, Book
from salescenter.print.page import MM, Page


class Row(Protocol):
    """Something of a known height that can be drawn; a page never cuts it."""

    @property
    def height(self) -> float:
        """Height in points, blank above and below included."""
        ...

    def draw(self, page: Page, left: float, top: float) -> None:
        """Draw with the upper left corner at (left, top)."""
        ...


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together: a paragraph's lines, a table, a set of signatures.

    `head` rows come again on each page the block goes on to; `glued` holds the rows that must not be the last
    of a page; a block that `leads` (a heading) stays with the next block's beginning.
    """

    rows: Sequence[Row]
    head: int = 0
    glued: frozenset[int] = frozenset()
    leads: bool = False
    before: float = 0.0
    after: float = 0.0
    new_page: bool = False

    @property
    def holds_the_next(self) -> bool:
        """Whether its last row must not be the last of a page."""
        last = len(self.rows) - 1
        return self.leads or last < self.head or last in self.glued


Draw = Callable[[Page, int, int], None]
"""Draws what every page carries, knowing its number and how many there are."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet's size and margins in points, and what stands in the margins."""

    width: float = A4[0]
    height: float = A4[1]
    left: float = 28 * MM
    right: float = 26 * MM
    top: float = 27 * MM
    bottom: float = 25 * MM
    margins: Draw | None = None

    @property
    def measure(self) -> float:
        """The width text is set in."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """The height text is set in."""
        return self.height - self.top - self.bottom


@dataclass(slots=True)
class Sheet:
    """Lays blocks on pages of one paper, from the top down."""

    book: Book
    frame: Frame
    pages: list[Page] = field(default_factory=list)
    y: float = 0.0

    def lay(self, blocks: Iterable[Block]) -> None:
        """Put all blocks on as many pages as they need, then the margins of each page."""
        self.turn()
        chunk: list[Placed] = []
        for block, before in _spaced(blocks):
            if not chunk and self._has_room(block, before):
                self._draw_whole(block.rows, before)
                continue
            for placed in _placed(block, before):
                chunk.append(placed)
                if not placed.glued:
                    self._put(chunk)
                    chunk = []
        self._put(chunk)
        if self.frame.margins:
            for at, page in enumerate(self.pages, start=1):
                self.frame.margins(page, at, len(self.pages))

    def turn(self) -> None:
        """Begin a page."""
        self.pages.append(self.book.page(self.frame.width, self.frame.height))
        self.y = self.frame.height - self.frame.top

    def _has_room(self, block: Block, before: float) -> bool:
        """Whether a block that need not wait for the next one goes on this page as it is, as most do."""
        if block.new_page or block.holds_the_next:
            return False
        return self.y - before - sum([row.height for row in block.rows]) >= self.frame.bottom

    def _draw_whole(self, rows: Sequence[Row], before: float) -> None:
        page, left, top = self.pages[-1], self.frame.left, self.frame.height - self.frame.top
        y = self.y - before if self.y < top else self.y
        for row in rows:
            row.draw(page, left, y)
            y -= row.height
        self.y = y

    def _put(self, chunk: Sequence[Placed]) -> None:
        if not chunk:
            return
        need = sum(placed.before + placed.row.height for placed in chunk[1:]) + chunk[0].row.height
        top = self.y == self.frame.height - self.frame.top
        if chunk[0].new_page and not top:
            self.turn()
        elif need > self.frame.depth:  # taller than a page: its rows fall where they fall
            for placed in chunk:
                self._draw(placed, self.y - placed.before - placed.row.height < self.frame.bottom)
            return
        elif self.y - chunk[0].before - need < self.frame.bottom - 0.01:
            self._go_on(chunk[0])
        for placed in chunk:
            self._draw(placed, False)

    def _draw(self, placed: Placed, turn: bool) -> None:
        if turn:
            self._go_on(placed)
        if self.y < self.frame.height - self.frame.top:
            self.y -= placed.before
        placed.row.draw(self.pages[-1], self.frame.left, self.y)
        self.y -= placed.row.height

    def _go_on(self, placed: Placed) -> None:
        self.turn()
        for row in placed.head:
            row.draw(self.pages[-1], self.frame.left, self.y)
            self.y -= row.height


class Placed(NamedTuple):
    """A row in the run of all rows: the blank before it, the heads it needs, whether it holds the next one."""

    row: Row
    before: float
    head: Sequence[Row]
    glued: bool
    new_page: bool


def _spaced(blocks: Iterable[Block]) -> Iterator[tuple[Block, float]]:
    """Each block that has rows, with the blank before it."""
    blank = 0.0
    for block in blocks:
        if block.rows:
            yield block, blank + block.before
            blank = block.after
        else:
            blank += block.after


def _placed(block: Block, before: float) -> Iterator[Placed]:
    last = len(block.rows) - 1
    for at, row in enumerate(block.rows):
        yield Placed(
            row,
            before=before if at == 0 else 0.0,
            head=block.rows[:block.head] if at > block.head else (),
            glued=at in block.glued or at < block.head or (block.leads and at == last),
            new_page=block.new_page and at == 0,
        )
