"""Receipts as they leave: on plain paper, and, where their book has a form, on that form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from salescenter.domain.papers.overlay import AS_IT_IS, Calibration, OverlayForm
from salescenter.domain.papers.receipt import ReceiptPaper
from salescenter.i18n import listed, tr
from salescenter.print.overlay import overlay_run_pdf
from salescenter.print.receipt import receipt_pdf
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.stationery import form_kept, forms_of
from salescenter.services.work import Desk
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.paper import OnForm, Paper


def receipt(desk: Desk, number: str, now: datetime, reason: str = "") -> Paper:
    """Gather and set a receipt; runs in the papers lane."""
    value = receipt_paper(desk, number, now, reason=reason)
    name = forms_of(desk, (number,)).get(number, "")
    title = tr("Receipt {number}", number=number)
    on_form, notice = run_on_form(desk, [value], [name], title)
    return Paper("receipt", number, title, receipt_pdf(value), reason=reason, on_form=on_form, notice=notice)


def run_on_form(
    desk: Desk, values: Sequence[ReceiptPaper], names: Sequence[str], title: str
) -> tuple[OnForm | None, str]:
    """Say how receipts go on the form of their book, or why they do not; `names`: the form of each, "" plain paper."""
    on = {name for name in names if name}
    if not on:
        return None, ""
    if len(set(names)) > 1:
        return None, tr("{count} of these receipts belong on a form ({forms}); choose them alone to print on it.",
                        count=sum(map(bool, names)), forms=listed(sorted(on)))  # fmt: skip
    form = form_kept(desk, name := on.pop())
    if form is None:
        return None, tr("Its book prints on the form “{form}”, which the house does not keep any more: this is plain "
                        "paper. Give the book another form under Receipt books.", form=name)  # fmt: skip
    return OnForm(name, lambda right: overlay_run_pdf(form, values, title, right)), ""


def words_on_form(paper: Paper, right: Calibration) -> bytes:
    """Return what goes on the form of a paper that has one, by a printer put right so; runs in the papers lane."""
    assert paper.on_form is not None
    return paper.on_form.pdf(right)


def calibration(memory: Drafts, printer: str, form: str) -> Calibration:
    """Return how a printer of this PC is put right for a form; untouched where nobody did it yet."""
    return _read(memory.of_this_pc().recall(_key(printer, form)))


def keep_calibration(memory: Drafts, printer: str, form: OverlayForm, right: Calibration) -> None:
    """Remember for this PC how a printer is put right for a form."""
    said = {"x": right.x, "y": right.y, "across": right.across, "down": right.down}
    memory.of_this_pc().keep(_key(printer, form.name), said)


def _key(printer: str, form: str) -> str:
    return f"form-{printer}-{form}"


def _read(found: Mapping[str, object]) -> Calibration:
    parts = [found.get(name) for name in ("x", "y", "across", "down")]
    known = [float(part) for part in parts if isinstance(part, int | float)]
    return Calibration(*known) if len(known) == len(parts) else AS_IT_IS
