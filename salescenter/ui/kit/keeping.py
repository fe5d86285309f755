"""The house's archive as the keeper of papers: whatever leaves through a preview is kept there as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from salescenter.domain.papers.check import ISSUED, PaperKind
from salescenter.domain.papers.filling_text import filling_text
from salescenter.domain.papers.sheets import SheetUse
from salescenter.services.leaving import tell_left
from salescenter.services.papers import archive
from salescenter.services.papers.again import overtaken, repeats
from salescenter.services.papers.archive import BatchRequest, PrintRequest
from salescenter.services.printing.copies import recipients
from salescenter.services.work import Desk
from salescenter.ui.kit.paper import Paper


@dataclass(frozen=True, slots=True)
class HouseKeeper:
    """Keeps every numbered paper of the house, and jobs of them."""

    desk: Desk
    now: Callable[[], datetime]

    def concerns(self, paper: Paper) -> bool:
        """Whatever has a number of its own is kept; lists and pictures are not."""
        return bool(paper.parts) or (bool(paper.number) and paper.kind in ISSUED)

    @property
    def by(self) -> str:
        """The name of whoever is at the desk."""
        return self.desk.who.name

    def copies(self, paper: Paper) -> tuple[str, ...]:
        """As the house's distribution list has it today; of a job each paper stands alone."""
        return () if paper.parts else recipients(self.desk, paper.kind, self.now().date())

    def before(self, paper: Paper) -> int:
        """How often it was printed; of a job, how many of its papers were."""
        if paper.parts:
            return sum(self.before(part) > 0 for part in paper.parts)
        return archive.printed_before(self.desk, paper.kind, paper.number)

    def keep(self, paper: Paper, key: str) -> None:
        """Keep it; all papers of a job in one transaction."""
        asked, sheet = tuple(_asked(paper)), paper.leaving.sheet
        if sheet is not None and sheet.use is SheetUse.NEXT:
            archive.keep_on_sheets(self.desk, BatchRequest(asked, key, sheet), self.now())
        elif paper.parts:
            archive.keep_all(self.desk, BatchRequest(asked, key, sheet), self.now())
        else:
            archive.keep(self.desk, replace(asked[0], key=key, sheet=sheet), self.now())

    def tell(self, paper: Paper) -> None:
        """Tell the history of a list or a picture."""
        tell_left(self.desk, paper.kind, paper.name, self.now())

    def again(self, paper: Paper, reason: str) -> Paper:
        """Mark it; it says what its last print said, unless a change overtook that; a void receipt says so."""
        from salescenter.ui.kit.reprinting import marked  # noqa: PLC0415  loaded when papers are made
        from salescenter.ui.kit.stationery import receipt  # noqa: PLC0415

        now, count = self.now(), self.before(paper)
        if paper.kind == PaperKind.RECEIPT:
            made = receipt(self.desk, paper.number, now, reason)
            return replace(made, unit=paper.unit, deal=paper.deal, title=paper.title)
        if not count:
            return replace(paper, reason=reason)
        return marked(self._as_issued(paper, now), count, reason, now)

    def _as_issued(self, paper: Paper, now: datetime) -> Paper:
        """Return what a reprint of a paper repeats: its last print, else the paper as it reads now."""
        from salescenter.ui.kit.archived import as_kept  # noqa: PLC0415

        if paper.kept or paper.key in overtaken(self.desk, now, paper.deal):
            return paper
        kept = archive.last_print(self.desk, paper.kind, paper.number, now)
        if kept is None or not repeats(kept, paper.says):
            return paper
        return replace(as_kept(self.desk, kept), title=paper.title)


def _asked(paper: Paper) -> Iterator[PrintRequest]:
    """What is kept of a paper, or of each paper of a job that leaves, with what it says to a form."""
    leaving = paper.leaving
    for one, sheets in zip_longest(paper.those(leaving.parts), leaving.sheets, fillvalue=1):
        assert isinstance(one, Paper)
        yield PrintRequest(
            one.kind, one.number, one.name, one.pdf, unit=one.unit, deal=one.deal, reason=one.reason or paper.reason,
            copies=leaving.copies, form=leaving.form, sheets=sheets, said=filling_text(one.says) if one.says else "",
        )  # fmt: skip
