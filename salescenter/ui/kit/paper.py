"""A finished paper as every screen hands it on: what it is called, its PDF, and who keeps it when it leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from salescenter.domain.papers.receipt import Reprint

if TYPE_CHECKING:  # what a form is nobody needs to know before the first paper
    from salescenter.domain.papers.filling import Filling
    from salescenter.domain.papers.overlay import Calibration
    from salescenter.domain.papers.printing import Sides
    from salescenter.domain.papers.sheets import OnSheet


@dataclass(frozen=True, slots=True)
class OnForm:
    """The same papers as they go on a pre-printed form: its mark and name, and what they say.

    `set` makes the PDF of papers for a printer put right so, and says on which sides of a sheet its pages stand; it
    runs in the papers lane. copies: how many of the form each takes; parts: which of a job's papers go on it, by their
    places, () the one paper.
    """

    mark: str
    name: str
    said: Sequence[Filling]
    set: Callable[[Calibration, Sequence[Filling]], tuple[bytes, Sides]]
    copies: Callable[[Sequence[Filling]], tuple[int, ...]]
    parts: tuple[int, ...] = ()

    def reprinted(self, count: int, reason: str) -> OnForm:
        """The same as a reprint that says so."""
        mark = Reprint(count, reason)
        return replace(self, said=tuple(replace(one, reprint=mark) for one in self.said))


@dataclass(frozen=True, slots=True)
class Leaving:
    """How a paper leaves this time: for whom a copy is printed, on which form (its mark), on which numbered sheet.

    parts: which papers of a job leave, by their places, () all of them; sheets: how many of the form each takes.
    """

    copies: tuple[str, ...] = ()
    form: str = ""
    sheet: OnSheet | None = None
    parts: tuple[int, ...] = ()
    sheets: tuple[int, ...] = ()


AS_IT_IS = Leaving()
"""On plain paper, for nobody in particular."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One printed paper, or a job of several.

    kind: the paper's key ("receipt", "contract", ...); number: its own number, "" where it has none;
    title: said above the preview and offered as file name, in the reader's language; pdf: the whole file.
    unit, deal: what it is about, found by its number where they are not said; reason: why it is printed again;
    parts: the single papers of a job; again: makes the same paper once more as a reprint with a reason, where
    the keeper cannot do that from the paper alone; on_forms: how it goes on each pre-printed form it can go on;
    notice: what whoever prints it must know first, in words; leaving: how it leaves this time; says: what it says to
    forms, whether the house has any or not; kept: it was opened from the archive and says what it said then.
    """

    kind: str
    number: str
    title: str
    pdf: bytes
    unit: int | None = None
    deal: int | None = None
    reason: str = ""
    parts: tuple[Paper, ...] = ()
    again: Callable[[str], Paper] | None = None
    on_forms: tuple[OnForm, ...] = ()
    notice: str = ""
    leaving: Leaving = AS_IT_IS
    says: Filling | None = None
    kept: bool = False

    @property
    def name(self) -> str:
        """Title and number as one, the number once."""
        return self.title if self.number in self.title else f"{self.title} {self.number}"

    @property
    def key(self) -> tuple[str, str]:
        """Kind and number, by which the archive knows it."""
        return self.kind, self.number

    def those(self, places: Sequence[int]) -> tuple[Paper, ...]:
        """The papers of a job in some places, all where none is named; the one paper where it is no job."""
        return tuple(self.parts[at] for at in places) if places else self.parts or (self,)


class Keeper(Protocol):
    """Whoever keeps papers that leave the house; everything but `concerns` and `by` runs in a lane."""

    @property
    def by(self) -> str:
        """The name of whoever prints."""
        ...

    def concerns(self, paper: Paper) -> bool:
        """Say whether papers like this one are kept."""
        ...

    def copies(self, paper: Paper) -> tuple[str, ...]:
        """Say for whom the house prints copies of such a paper; empty is one, for nobody in particular."""
        ...

    def before(self, paper: Paper) -> int:
        """Say how often it was printed before."""
        ...

    def keep(self, paper: Paper, key: str) -> None:
        """Keep it; the same key keeps it once. Refuses with ReasonMissing what was printed before without one."""
        ...

    def tell(self, paper: Paper) -> None:
        """Tell the history that a paper left the house that is kept nowhere."""
        ...

    def again(self, paper: Paper, reason: str) -> Paper:
        """Return it as the reprint that it would be now, marked with which one it is and why."""
        ...
