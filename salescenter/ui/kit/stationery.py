"""Papers as they leave: on plain paper, and, where the house has forms printed beforehand for them, on a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.form_fields import filling_of
from salescenter.domain.papers.overlay import AS_IT_IS, Calibration
from salescenter.domain.papers.printing import Sides
from salescenter.domain.papers.receipt import ReceiptPaper, Reprint
from salescenter.domain.papers.receipt_fields import as_said, receipt_filling
from salescenter.i18n import listed, tr
from salescenter.print.overlay import overlay_run_pdf
from salescenter.print.receipt import receipt_pdf
from salescenter.services.papers.archive import KeptPrint
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.stationery import FormRow, every_form, form_marked, forms, forms_of
from salescenter.services.work import Desk
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.paper import OnForm, Paper


def receipt(desk: Desk, number: str, now: datetime, reason: str = "", kept: KeptPrint | None = None) -> Paper:
    """Gather and set a receipt; one printed before (`kept`) as it read then, on its form. Runs in the papers lane."""
    value = receipt_paper(desk, number, now, reason=reason)
    title = tr("Receipt {number}", number=number)
    if kept is not None and kept.said is not None:
        value = as_said(value, kept.said)
        there, notice = forms_again(desk, replace(kept, said=receipt_filling(value)), title)
    else:
        mark = forms_of(desk, (number,)).get(number, "")
        there, notice = receipts_on_form(desk, [value], [mark], title)
    return Paper("receipt", number, title, receipt_pdf(value), reason=reason, on_forms=there, notice=notice)


def receipts_on_form(
    desk: Desk, values: Sequence[ReceiptPaper], marks: Sequence[str], title: str
) -> tuple[tuple[OnForm, ...], str]:
    """Say how receipts go on the form of their book, or why they do not; `marks`: the form of each, "" plain paper."""
    on = {mark for mark in marks if mark}
    if not on:
        return (), ""
    known = {one.mark: one for one in every_form(desk)}
    names = [known[mark].name if mark in known else mark for mark in on]
    if len(set(marks)) > 1:
        return (), tr("{count} of these receipts belong on a form ({forms}); choose them alone to print on it.",
                      count=sum(map(bool, marks)), forms=listed(sorted(names)))  # fmt: skip
    row = known.get(on.pop())
    if row is None or not row.in_use:
        return (), tr("Its book prints on the form “{form}”, which the house does not keep any more: this is plain "
                      "paper. Give the book another form under Receipt books.", form=names[0])  # fmt: skip
    return (_on(desk, row, [receipt_filling(value) for value in values], title),), ""


def forms_again(desk: Desk, kept: KeptPrint, title: str) -> tuple[tuple[OnForm, ...], str]:
    """Say on which forms a print of the archive can go again, the one it went on first; and what to know of that.

    A receipt whose form was withdrawn goes on that of its book. What no form ever had a place for goes on none.
    """
    if kept.said is None:
        return (), ""
    rows = [row for row in every_form(desk) if row.kind is kept.kind]
    there = {row.mark: row for row in sorted(rows, key=lambda row: row.mark != kept.form) if row.in_use}
    left = next((row.name for row in rows if row.mark == kept.form and not row.in_use), "")
    notice = tr("It was printed on the form “{form}”, which the house does not keep any more.", form=left)
    if kept.kind is PaperKind.RECEIPT:
        mark = kept.form if kept.form in there else forms_of(desk, (kept.number,)).get(kept.number, "")
        there = {mark: there[mark]} if mark in there else {}
    return tuple(_on(desk, row, (kept.said,), title) for row in there.values()), notice if left else ""


def on_forms(
    desk: Desk, values: Sequence[object], title: str, reprints: Sequence[Reprint | None] = ()
) -> tuple[OnForm, ...]:
    """Say on which forms papers of one kind, no receipts, can go: every form the house has for them.

    `reprints`: of each paper, which reprint it is; left out where all are printed for the first time.
    """
    there = forms(desk)
    said = [filling for value in values if (filling := filling_of(value)) is not None] if there else []
    kinds = {one.kind for one in said}
    if len(said) < len(values) or len(kinds) != 1:
        return ()
    marked = [replace(one, reprint=mark) for one, mark in zip_longest(said, reprints)]
    return tuple(_on(desk, row, marked, title) for row in there if row.kind in kinds)


def _on(desk: Desk, row: FormRow, said: Sequence[Filling], title: str) -> OnForm:
    def laid(right: Calibration, papers: Sequence[Filling]) -> tuple[bytes, Sides]:
        form = form_marked(desk, row.mark)
        return overlay_run_pdf(form, papers, title, right), Sides.LONG if form.both else Sides.ONE

    return OnForm(row.mark, row.name, said, laid)


def words_on_form(paper: Paper, form: OnForm, right: Calibration) -> tuple[bytes, Sides]:
    """Return what goes on a form, and on which sides, as the paper reads now: it may be a reprint since then."""
    return form.set(right, paper.on_forms[0].said if paper.on_forms else form.said)


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
