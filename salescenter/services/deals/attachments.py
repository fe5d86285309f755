"""What has to be on file as it was signed before a contract goes on, where the house asks for it (附件齐全)."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from salescenter.data.archive import scan
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.sale_refusals import AttachmentMissing
from salescenter.domain.units import Step
from salescenter.services.settings import rules_now
from salescenter.services.work import Work

ASKED: dict[Step, tuple[str, PaperKind]] = {
    Step.SIGN: ("scan_to_sign", PaperKind.SUBSCRIPTION),
    Step.FILE: ("scan_to_file", PaperKind.CONTRACT),
}
"""The house rule that asks for a paper before a step, and the paper."""

_ON_FILE = (
    select(scan.c.id)
    .where(scan.c.deal_id == bindparam("deal"), scan.c.kind == bindparam("kind"), scan.c.gone.is_(None))
    .limit(1)
)


def check_attachments(work: Work, deal_id: int, step: Step) -> None:
    """Refuse a step while the signed paper the house asks for before it has no scan in the deal's archive."""
    rule, kind = ASKED[step]
    if not getattr(rules_now(work), rule):
        return
    if work.connection.scalar(_ON_FILE, {"deal": deal_id, "kind": kind.value}) is None:
        raise AttachmentMissing(step=step, paper=kind)
