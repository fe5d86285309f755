"""Receipts as they leave: on plain paper, and, where their book has a form, on that form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from salescenter.domain.papers.overlay import AS_IT_IS, Calibration, OverlayForm
from salescenter.i18n import tr
from salescenter.print.overlay import overlay_pdf
from salescenter.print.receipt import receipt_pdf
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.stationery import form_of_receipt
from salescenter.services.work import Desk
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.paper import OnForm, Paper


def receipt(desk: Desk, number: str, now: datetime, reason: str = "") -> Paper:
    """Gather and set a receipt; runs in the papers lane."""
    value = receipt_paper(desk, number, now, reason=reason)
    form = form_of_receipt(desk, number)
    title = tr("Receipt {number}", number=number)
    on_form = OnForm(form.name, lambda right: overlay_pdf(form, value, right)) if form is not None else None
    return Paper("receipt", number, title, receipt_pdf(value), reason=reason, on_form=on_form)


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
