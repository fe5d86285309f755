"""What a change makes of papers that are out: taken back, made and signed again, or exchanged (单据失效规则)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.receipts import PRICE_KINDS, MoneyKind
from salescenter.domain.units import Step, UnitState


class Duty(StrEnum):
    """What is to be done about a paper that is out and no longer counts."""

    RETURN = "return"            # 收回
    SIGN_AGAIN = "sign-again"    # 收回重签
    ISSUE_AGAIN = "issue-again"  # 收回换开


_K, _D = PaperKind, Duty
_ENDED = {_K.SUBSCRIPTION: _D.RETURN, _K.CONTRACT: _D.RETURN, _K.RECEIPT: _D.RETURN, _K.SUPPLEMENT: _D.RETURN,
          _K.CLEARED: _D.RETURN, _K.HANDOVER: _D.RETURN, _K.SETTLEMENT: _D.RETURN, _K.MEASURING: _D.RETURN}  # fmt: skip

_RENAMED = {_K.SUBSCRIPTION: _D.SIGN_AGAIN, _K.CONTRACT: _D.SIGN_AGAIN, _K.SUPPLEMENT: _D.SIGN_AGAIN,
            _K.RECEIPT: _D.ISSUE_AGAIN, _K.CLEARED: _D.ISSUE_AGAIN, _K.HANDOVER: _D.ISSUE_AGAIN,
            _K.CHECKLIST: _D.ISSUE_AGAIN, _K.COVER: _D.ISSUE_AGAIN, _K.COSTS: _D.ISSUE_AGAIN,
            _K.SETTLEMENT: _D.SIGN_AGAIN, _K.MEASURING: _D.SIGN_AGAIN}  # fmt: skip

VOIDED: dict[Step, dict[PaperKind, Duty]] = {
    Step.SUBSCRIBE: {_K.RECEIPT: _D.ISSUE_AGAIN},
    Step.CANCEL: _ENDED,
    Step.FORFEIT: _ENDED,
    Step.GIVE_BACK: _ENDED,
    Step.CHANGE_UNIT: {**_ENDED, _K.SUBSCRIPTION: _D.SIGN_AGAIN, _K.CONTRACT: _D.SIGN_AGAIN,
                       _K.RECEIPT: _D.ISSUE_AGAIN, _K.CHECKLIST: _D.ISSUE_AGAIN, _K.COVER: _D.ISSUE_AGAIN,
                       _K.COSTS: _D.ISSUE_AGAIN},
    Step.CHANGE_BUYER: _RENAMED,
    Step.UNDO_DRAFT: {_K.CONTRACT: _D.RETURN},
    Step.VOID_RECEIPT: {_K.RECEIPT: _D.RETURN, _K.CLEARED: _D.RETURN, _K.SETTLEMENT: _D.SIGN_AGAIN,
                        _K.HANDOVER: _D.ISSUE_AGAIN, _K.COSTS: _D.ISSUE_AGAIN, _K.RESCISSION: _D.SIGN_AGAIN},
    Step.SET_PRICE: {_K.QUOTATION: _D.ISSUE_AGAIN, _K.SELECTION: _D.ISSUE_AGAIN},
    Step.REGISTER_VISIT: _RENAMED,
    Step.EDIT_ESTATE: {_K.SETTLEMENT: _D.SIGN_AGAIN, _K.MEASURING: _D.SIGN_AGAIN, _K.COSTS: _D.ISSUE_AGAIN,
                       _K.CONTRACT: _D.ISSUE_AGAIN},
}  # fmt: skip
"""Step -> the papers it makes void and what is due then; a paper not named keeps its worth.

A subscription turns early money into the deposit: the receipt of that alone is exchanged for one that says so (转定金).
"""

ENDINGS = frozenset({Step.CANCEL, Step.FORFEIT, Step.GIVE_BACK, Step.CHANGE_UNIT})
"""Steps after which the deal itself is over."""

RESTS_ON: dict[PaperKind, frozenset[MoneyKind]] = {
    _K.CLEARED: PRICE_KINDS,
    _K.SETTLEMENT: PRICE_KINDS | {MoneyKind.AREA_DIFFERENCE, MoneyKind.COLLECTED},
    _K.HANDOVER: PRICE_KINDS,
    _K.COSTS: PRICE_KINDS,
    _K.RESCISSION: frozenset(MoneyKind),
}
"""Which money a paper counts as received: once a receipt of it is countered, what was printed since is wrong.

A statement of account is of its day, and the next one shows the counter-entry beside the receipt: it is not asked back.
"""

_WHO = frozenset({"name", "id_kind", "id_number", "guardian"})
_ABOUT = frozenset({"sex", "birth", "phones", "address"})
_NAME, _CARD = frozenset({"name"}), frozenset({"name", "id_kind", "id_number"})

SAYS: dict[PaperKind, frozenset[str]] = {
    _K.CONTRACT: _WHO | _ABOUT, _K.SUBSCRIPTION: _CARD, _K.CLEARED: _CARD, _K.SETTLEMENT: _CARD, _K.MEASURING: _CARD,
    _K.COSTS: _CARD, _K.SUPPLEMENT: _NAME, _K.RECEIPT: _NAME, _K.HANDOVER: _NAME, _K.CHECKLIST: _NAME,
    _K.COVER: _NAME,
}  # fmt: skip
"""What a paper says of its buyers, by the names of their card, that must be right for the paper to count."""

_MEASURED = frozenset({"measured_area", "measured_inner"})

CONTRACT_SAYS: dict[str, frozenset[str]] = {
    "unit": frozenset({"use", "facing", "floor_sale", "type_id", "type", "permit_id", "permit"}),
    "unit_type": frozenset({"name"}),
    "building": frozenset({"name", "facts"}),
    "permit": frozenset({"number"}),
    "project": frozenset({"name", "developer", "seller", "estate", "handover"}),
}
"""What a contract says of the estate, by what the history calls it and the names of its form or of a list."""


def duty_after(step: Step, kind: PaperKind) -> Duty | None:
    """Say what a step asks about papers of a kind; none where they stay good."""
    return VOIDED.get(step, {}).get(kind)


def duty_corrected(kind: PaperKind, fields: Collection[str], state: UnitState) -> Duty | None:
    """Say what is due once fields of a buyer's card read otherwise than the paper; none where it stays good.

    Who somebody is must be right in every paper. Where they live and how they are reached makes no signed contract
    void (they tell it by the contract's article on service), but one that is only drafted is printed anew.
    """
    said = SAYS.get(kind, frozenset()).intersection(fields)
    if said & _WHO:
        return duty_after(Step.REGISTER_VISIT, kind)
    return Duty.ISSUE_AGAIN if said and state is UnitState.DRAFTED else None


def duty_edited(kind: PaperKind, subject: str, fields: Collection[str], state: UnitState) -> Duty | None:
    """Say what is due once facts of a unit, its building, permit or project read otherwise than the paper.

    Papers that count on the measured area are made again. A contract that is only drafted is printed anew with whatever
    it says otherwise; a signed one binds as it is, whoever renames a building or moves the seller's office.
    """
    if kind is PaperKind.CONTRACT:
        concerned = state is UnitState.DRAFTED and CONTRACT_SAYS.get(subject, frozenset()).intersection(fields)
    else:
        concerned = subject == "unit" and _MEASURED.intersection(fields)
    return duty_after(Step.EDIT_ESTATE, kind) if concerned else None
