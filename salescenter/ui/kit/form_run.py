"""The papers of a preview on their way to a form: those that fit it go, the others stay for plain paper."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from salescenter.domain.papers.form_faults import DoesNotFitForm
from salescenter.domain.papers.overlay import Calibration
from salescenter.domain.papers.printing import Sides
from salescenter.i18n import tr, trn
from salescenter.ui.kit.paper import OnForm, Paper
from salescenter.ui.kit.pdfium import joined
from salescenter.ui.kit.words import refusal_words


@dataclass(frozen=True, slots=True)
class FormRun:
    """What goes on a form: its file and sides, which papers of the job by their places, and why others do not.

    copies: of the form, for each paper that goes.
    """

    pdf: bytes
    sides: Sides
    copies: tuple[int, ...]
    parts: tuple[int, ...] = ()
    left: tuple[str, ...] = ()


def run_on_form(paper: Paper, form: OnForm, right: Calibration) -> FormRun:
    """Lay papers on a form as they read now; of a job those that do not fit are left out, and named.

    Refuses (`DoesNotFitForm`) one paper that does not fit, and a job of which none does.
    """
    now = next((one for one in paper.on_forms if one.mark == form.mark), form)  # it may be a reprint since then
    try:
        return FormRun(*now.set(right, now.said), now.copies(now.said), now.parts)
    except DoesNotFitForm:
        left = {at: why for at in range(len(now.said)) if (why := _why_not(now, at, right))}
        if len(left) == len(now.said):
            raise
    fits = [at for at in range(len(now.said)) if at not in left]
    said = [now.said[at] for at in fits]
    names = tuple(f"{paper.parts[now.parts[at]].name}: {why}" for at, why in left.items())
    return FormRun(*now.set(right, said), now.copies(said), tuple(now.parts[at] for at in fits), names)


def _why_not(form: OnForm, at: int, right: Calibration) -> str:
    try:
        form.set(right, form.said[at : at + 1])
    except DoesNotFitForm as trouble:
        return refusal_words(trouble)[0]
    return ""


def left_of(job: Paper, gone: Collection[tuple[str, str]]) -> Paper:
    """Return a job without the papers (kind and number) that left; needs one that stays."""
    places = {at: new for new, at in enumerate(at for at, one in enumerate(job.parts) if one.key not in gone)}
    parts, remake = tuple(job.parts[at] for at in places), job.again
    again = (lambda reason: left_of(remake(reason), gone)) if remake is not None else None
    forms = tuple(one for form in job.on_forms if (one := _among(form, places)).said)
    return replace(job, title=papers_words(len(parts)), pdf=joined([one.pdf for one in parts]), parts=parts,
                   again=again, notice="", on_forms=forms)


def _among(form: OnForm, places: dict[int, int]) -> OnForm:
    kept = [(said, places[at]) for said, at in zip(form.said, form.parts, strict=True) if at in places]
    return replace(form, said=tuple(said for said, _ in kept), parts=tuple(at for _, at in kept))


def papers_words(count: int) -> str:
    """Call a job by how many papers it has."""
    return trn("{count} paper", "{count} papers", count=count)


def form_words(form: OnForm, among: int) -> str:
    """Call a form, and say of how many papers of a job, where it is not all."""
    return form.name if len(form.said) == among else tr("{form} ({count})", form=form.name, count=len(form.said))
