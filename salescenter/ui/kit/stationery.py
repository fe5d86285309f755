"""Papers as they leave: on plain paper, and, where the house has forms printed beforehand for them, on a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.overlay import AS_IT_IS, Calibration
from salescenter.domain.papers.printing import Sides
from salescenter.domain.papers.receipt import ReceiptPaper
from salescenter.domain.papers.receipt_fields import as_said, receipt_filling
from salescenter.domain.papers.run_on import copies_of
from salescenter.i18n import listed, tr
from salescenter.print.overlay import overlay_run_pdf
from salescenter.print.receipt import receipt_pdf
from salescenter.services.papers.again import overtaken
from salescenter.services.papers.archive import KeptPrint, last_print
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.stationery import FormRow, every_form, form_marked, forms_of
from salescenter.services.work import Desk
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.paper import OnForm, Paper


@dataclass(frozen=True, slots=True)
class ForForms:
    """One paper that may go on forms: what it says to them (None: nothing), and on which it went before (its mark)."""

    says: Filling | None
    went_on: str = ""


def receipt(desk: Desk, number: str, now: datetime, reason: str = "") -> Paper:
    """Gather and set a receipt; one printed again for a reason says what it said. Runs in the papers lane."""
    value, kept = receipt_paper(desk, number, now, reason=reason), None
    if value.reprint is not None and reason:
        kept = last_print(desk, PaperKind.RECEIPT, number, now)
        if kept is not None and kept.key not in overtaken(desk, now, kept.deal):
            value = as_it_said(value, kept)
    says, title = receipt_filling(value), tr("Receipt {number}", number=number)
    there, notice = on_forms(desk, [ForForms(says, kept.form if kept is not None else "")], title)
    return Paper("receipt", number, title, receipt_pdf(value), reason=reason, on_forms=there, notice=notice, says=says)


def as_it_said(value: ReceiptPaper, kept: KeptPrint) -> ReceiptPaper:
    """Return a receipt as a print of it read, where that is known."""
    return as_said(value, kept.said) if kept.said is not None else value


def on_forms(desk: Desk, papers: Sequence[ForForms], title: str) -> tuple[tuple[OnForm, ...], str]:
    """Say on which forms papers can go, each form with those that go on it, and what to know of that.

    A receipt goes on the form it went on before, else on that of its book; any other paper on every form the house has
    for its kind, the one it went on before first. What no form ever had a place for goes on none.
    """
    known = {row.mark: row for row in every_form(desk)}
    told = [one.says for one in papers if one.says is not None]
    of_books = forms_of(desk, [said.number for said in told if said.kind is PaperKind.RECEIPT])
    places: dict[str, list[int]] = {}
    for at, one in enumerate(papers):
        for mark in _forms_for(one, known, of_books):
            places.setdefault(mark, []).append(at)
    there = tuple(_on(desk, known[mark], papers, those, title) for mark, those in places.items())
    return there, _notice(papers, known, of_books, there)


def _forms_for(paper: ForForms, known: Mapping[str, FormRow], of_books: Mapping[str, str]) -> tuple[str, ...]:
    if paper.says is None:
        return ()
    there = {row.mark for row in known.values() if row.in_use and row.kind is paper.says.kind}
    if paper.says.kind is PaperKind.RECEIPT:
        wanted = (paper.went_on, of_books.get(paper.says.number, ""))
        return next(((mark,) for mark in wanted if mark in there), ())
    return tuple(sorted(there, key=lambda mark: (mark != paper.went_on, [*known].index(mark))))


def _notice(papers: Sequence[ForForms], known: Mapping[str, FormRow], of_books: Mapping[str, str],
            there: Sequence[OnForm]) -> str:  # fmt: skip
    """Name forms that are gone; and say that of several receipts not all go on one form."""
    def gone(marks: Iterable[str]) -> str:
        lost = {mark for mark in marks if mark and not (mark in known and known[mark].in_use)}
        return listed(sorted(known[mark].name if mark in known else mark for mark in lost))

    if before := gone(one.went_on for one in papers):
        return tr("It was printed on the form “{form}”, which the house does not keep any more.", form=before)
    if books := gone(of_books.values()):
        return tr("Its book prints on the form “{form}”, which the house does not keep any more: this is plain "
                  "paper. Give the book another form under Receipt books.", form=books)  # fmt: skip
    mine = [one for one in there if one.said[0].kind is PaperKind.RECEIPT]
    count = sum(len(one.said) for one in mine)
    if not mine or (len(mine) == 1 and count == len(papers)):
        return ""
    return tr("{count} of these papers belong on a form ({forms}): “On the form” prints those, the others stay here.",
              count=count, forms=listed(sorted(one.name for one in mine)))  # fmt: skip


def _on(desk: Desk, row: FormRow, papers: Sequence[ForForms], places: Sequence[int], title: str) -> OnForm:
    def laid(right: Calibration, papers: Sequence[Filling]) -> tuple[bytes, Sides]:
        form = form_marked(desk, row.mark)
        return overlay_run_pdf(form, papers, title, right), Sides.LONG if form.both else Sides.ONE

    def copies(papers: Sequence[Filling]) -> tuple[int, ...]:
        form = form_marked(desk, row.mark)
        return tuple(copies_of(form, one) for one in papers)

    said = tuple(says for at in places if (says := papers[at].says) is not None)
    return OnForm(row.mark, row.name, said, laid, copies, tuple(places) if len(papers) > 1 else ())


def calibration(memory: Drafts, printer: str, mark: str) -> Calibration:
    """Return how a printer of this PC is put right for the form of a mark; untouched where nobody did it yet."""
    return _read(memory.of_this_pc().recall(_key(printer, mark)))


def keep_calibration(memory: Drafts, printer: str, mark: str, right: Calibration) -> None:
    """Remember for this PC how a printer is put right for the form of a mark, whatever it is called."""
    said = {"x": right.x, "y": right.y, "across": right.across, "down": right.down}
    memory.of_this_pc().keep(_key(printer, mark), said)


def _key(printer: str, mark: str) -> str:
    return f"form-{printer}-{mark}"


def _read(found: Mapping[str, object]) -> Calibration:
    parts = [found.get(name) for name in ("x", "y", "across", "down")]
    known = [float(part) for part in parts if isinstance(part, int | float)]
    return Calibration(*known) if len(known) == len(parts) else AS_IT_IS
