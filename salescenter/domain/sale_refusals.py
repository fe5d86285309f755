"""Why a sale cannot go on for what belongs to it: the home an annex is bound to, a signed paper on file."""

from __future__ import annotations

from salescenter.domain.errors import Refusal


class AnnexBound(Refusal):
    """The home an annex is bound to 随房 is not sold so far itself (unit, home, state: the home's, needed)."""

    code = "annex-bound"


class AnnexOfOthers(AnnexBound):
    """The home an annex is bound to is held for or sold to others than those who want the annex (unit, home, by)."""

    code = "annex-of-others"


class NotAnAnnex(Refusal):
    """Only a parking space or store is bound to a home (field, unit, use)."""

    code = "not-an-annex"


class HasAnnexes(Refusal):
    """Annexes are bound to a home, which has to stay one (field, unit, annexes: their codes)."""

    code = "has-annexes"


class AttachmentMissing(Refusal):
    """The house goes on only when a signed paper is on file as a scan 附件 (step, paper: its kind)."""

    code = "attachment-missing"
