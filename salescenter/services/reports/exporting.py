"""What leaves the house from the reports is told to the history: who took which figures of which period."""

from __future__ import annotations

from dataclasses import dataclass

from salescenter.domain.report_periods import Span
from salescenter.domain.units import Step
from salescenter.services.work import Work, deed


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """An export: what (`board`, or the value of a list's kind), as which file (png, pdf, xlsx), of which period."""

    what: str
    file: str
    span: Span
    rows: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class ExportTold:
    """The history knows."""

    file: str


@deed(Step.EXPORT, ExportTold)
def record_export(work: Work, asked: ExportRequest) -> ExportTold:
    """Tell the history of an export; refuses who may not."""
    told = {
        "what": asked.what, "file": asked.file, "rows": asked.rows,
        "first": asked.span.first.isoformat(), "last": asked.span.last.isoformat(),
    }
    work.note(Step.EXPORT, "report", work.project, after=told)
    return ExportTold(asked.file)
