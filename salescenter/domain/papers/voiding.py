"""What a change of a deal makes of its papers: taken back, made and signed again, or exchanged (单据失效规则)."""

from __future__ import annotations

from enum import StrEnum

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.units import Step


class Duty(StrEnum):
    """What is to be done about a paper that is out and no longer counts."""

    RETURN = "return"            # 收回
    SIGN_AGAIN = "sign-again"    # 收回重签
    ISSUE_AGAIN = "issue-again"  # 收回换开


_K, _D = PaperKind, Duty
_ENDED = {_K.SUBSCRIPTION: _D.RETURN, _K.CONTRACT: _D.RETURN, _K.RECEIPT: _D.RETURN, _K.SUPPLEMENT: _D.RETURN,
          _K.CLEARED: _D.RETURN, _K.HANDOVER: _D.RETURN, _K.SETTLEMENT: _D.RETURN, _K.MEASURING: _D.RETURN}  # fmt: skip

VOIDED: dict[Step, dict[PaperKind, Duty]] = {
    Step.CANCEL: _ENDED,
    Step.FORFEIT: _ENDED,
    Step.GIVE_BACK: _ENDED,
    Step.CHANGE_UNIT: {**_ENDED, _K.SUBSCRIPTION: _D.SIGN_AGAIN, _K.CONTRACT: _D.SIGN_AGAIN,
                       _K.RECEIPT: _D.ISSUE_AGAIN},
    Step.CHANGE_BUYER: {_K.SUBSCRIPTION: _D.SIGN_AGAIN, _K.CONTRACT: _D.SIGN_AGAIN, _K.SUPPLEMENT: _D.SIGN_AGAIN,
                        _K.RECEIPT: _D.ISSUE_AGAIN, _K.CLEARED: _D.ISSUE_AGAIN, _K.HANDOVER: _D.ISSUE_AGAIN,
                        _K.CHECKLIST: _D.ISSUE_AGAIN, _K.COVER: _D.ISSUE_AGAIN, _K.COSTS: _D.ISSUE_AGAIN,
                        _K.SETTLEMENT: _D.SIGN_AGAIN, _K.MEASURING: _D.SIGN_AGAIN},
    Step.UNDO_DRAFT: {_K.CONTRACT: _D.RETURN},
    Step.VOID_RECEIPT: {_K.RECEIPT: _D.RETURN, _K.CLEARED: _D.RETURN, _K.SETTLEMENT: _D.SIGN_AGAIN},
    Step.SET_PRICE: {_K.QUOTATION: _D.ISSUE_AGAIN, _K.SELECTION: _D.ISSUE_AGAIN},
}  # fmt: skip
"""Step -> the papers it makes void and what is due then; a paper not named keeps its worth."""

ENDINGS = frozenset({Step.CANCEL, Step.FORFEIT, Step.GIVE_BACK, Step.CHANGE_UNIT})
"""Steps after which the deal itself is over."""


def duty_after(step: Step, kind: PaperKind) -> Duty | None:
    """Say what a step asks about papers of a kind; none where they stay good."""
    return VOIDED.get(step, {}).get(kind)
