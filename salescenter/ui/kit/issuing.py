"""One paper on its way out of the house: kept first, then handed on, so that no second original can exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from salescenter.i18n import mark, tr
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.paper import AS_IT_IS, Keeper, Leaving, Paper
from salescenter.ui.kit.why_sheet import WhySheet

REASONS = (
    mark("The customer lost it"),
    mark("The printer spoiled it"),
    mark("A copy for the accounts"),
    mark("A copy for the bank"),
    mark("Exchanged after a change"),
)
"""Why papers are printed again, picked by eye; anything else is typed."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What is made ready before a paper is kept, and taken back where it is not."""

    make: Callable[[bytes], object]
    back: Callable[[], object]


class Issuing:
    """Sends a paper out: keeps it where it must be kept, then hands its bytes on.

    What was kept but did not come out (the printer was away) is handed on again without being kept twice.
    """

    def __init__(self, paper: Paper, keeper: Keeper | None) -> None:
        self.paper = paper
        self._house = keeper
        self._keeper = keeper if keeper is not None and keeper.concerns(paper) else None
        self._key = uuid4().hex
        self._waiting: tuple[str, tuple[int, ...]] | None = None  # what was kept and is not out: its form and parts

    def is_kept(self) -> bool:
        """Say whether this paper is one that is kept."""
        return self._keeper is not None

    def before(self) -> int:
        """How often it was printed before; runs in a lane."""
        return self._keeper.before(self.paper) if self._keeper is not None else 0

    def send(self, hand_on: Callable[[bytes], object], leaving: Callable[[], Leaving] = lambda: AS_IT_IS,
             ready: Ready | None = None) -> None:
        """Keep the paper as it leaves, or tell of it, and hand it on; runs in a lane.

        Refuses with ReasonMissing what needs a reason first, with SheetMissing what then needs a sheet; nothing is kept
        of what `leaving` refuses.
        """
        how = leaving()
        if ready is not None:
            ready.make(self.paper.pdf)
        try:
            self._keep(how)
        except BaseException:
            if ready is not None:
                ready.back()
            raise
        hand_on(self.paper.pdf)
        self._key, self._waiting = uuid4().hex, None

    def _keep(self, how: Leaving) -> None:
        if self._keeper is None and self._house is not None:
            self._house.tell(self.paper)
        if self._keeper is not None and self._waiting != (how.form, how.parts):
            self._key = uuid4().hex if self._waiting is not None else self._key
            self._keeper.keep(replace(self.paper, leaving=how), self._key)
            self._waiting = (how.form, how.parts)

    def again(self, reason: str) -> Paper:
        """Return the paper as a reprint with a reason; runs in a lane."""
        if self._keeper is None:
            return self.paper
        remake = self.paper.again
        return remake(reason) if remake is not None else self._keeper.again(self.paper, reason)


class ReasonSheet(WhySheet):
    """Asks why a paper is printed again; `told(reason)` goes on."""

    def __init__(self, paper: Paper, told: Callable[[str], object]) -> None:
        super().__init__(tr("Print again"), paper.name, told)
        self.put_form(reason_form())
        self.put(None)
        self.main_action(tr("Mark and print"), self.press)


def reason_form() -> FormGrid:
    """Ask for a reason: picked by eye, or typed."""
    form = FormGrid(columns=1)
    form.add("why", tr("Why is it printed again?"), ChipGroup([(one, tr(one)) for one in REASONS]))
    form.add("reason", tr("In words, as the mark will say it"), LineEdit(), required=True)
    form.changed.connect(lambda name: form.put(reason=tr(form.value("why"))) if name == "why" else None)
    return form
