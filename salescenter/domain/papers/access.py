"""Who may open which paper: papers carry ID numbers and telephones, so a role sees those of its own work."""

from __future__ import annotations

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.refusals import NotYours
from salescenter.domain.staff import MAY, Role
from salescenter.domain.units import Step

_SALE = frozenset({Step.SUBSCRIBE, Step.FILE})
_MONEY = frozenset({Step.RECEIVE_MONEY, Step.FILE, Step.SIGN})
_TITLE = frozenset({Step.FILE, Step.HAND_OVER})

OPENED_BY: dict[PaperKind, frozenset[Step]] = {
    PaperKind.RECEIPT: frozenset({Step.RECEIVE_MONEY, Step.SUBSCRIBE, Step.FILE}),
    PaperKind.SUBSCRIPTION: frozenset({Step.SUBSCRIBE, Step.SIGN, Step.FILE, Step.RECEIVE_MONEY}),
    PaperKind.CONTRACT: frozenset({Step.DRAFT, Step.SIGN, Step.FILE, Step.RECEIVE_MONEY}),
    PaperKind.QUOTATION: frozenset({Step.QUOTE}),
    PaperKind.REGISTRATION: frozenset({Step.REGISTER_VISIT}),
    PaperKind.GRID: frozenset({Step.SEE_REPORTS, Step.QUOTE}),
    PaperKind.LISTING: frozenset({Step.SEE_REPORTS}),
    **dict.fromkeys((PaperKind.DUNNING, PaperKind.CLEARED, PaperKind.STATEMENT, PaperKind.SETTLEMENT), _MONEY),
    **dict.fromkeys((PaperKind.SWAP, PaperKind.RENAMING, PaperKind.WITHDRAWAL, PaperKind.FORFEITURE,
                     PaperKind.DISCOUNT, PaperKind.COSTS, PaperKind.SELECTION), _SALE),
    **dict.fromkeys((PaperKind.RESCISSION, PaperKind.SUPPLEMENT, PaperKind.CHECKLIST, PaperKind.PERFORMANCE,
                     PaperKind.COVER), _MONEY | _SALE),
    **dict.fromkeys((PaperKind.HANDOVER, PaperKind.MEASURING, PaperKind.FILING, PaperKind.LENDING,
                     PaperKind.LABELS), _TITLE),
    PaperKind.DESTRUCTION: frozenset({Step.DESTROY_PAPERS}),
    PaperKind.RECEIVED: frozenset({Step.SUBSCRIBE, Step.REVEAL}),  # who sells, and who sees ID numbers whole
}  # fmt: skip
"""A role that takes one of these steps may open a printed paper of the kind."""


def may_open(role: Role, kind: PaperKind) -> bool:
    """Say whether a role may open papers of a kind."""
    return Step.PRINT_PAPER in MAY[role] and bool(OPENED_BY[kind] & MAY[role])


def kinds_for(role: Role) -> tuple[PaperKind, ...]:
    """Return the kinds of paper a role may open."""
    return tuple(kind for kind in PaperKind if may_open(role, kind))


def demand_open(role: Role, kind: PaperKind) -> None:
    """Refuse to open a paper that is not the role's; the remedy names who may."""
    if not may_open(role, kind):
        raise NotYours(step=Step.PRINT_PAPER, role=role, who=tuple(one for one in Role if may_open(one, kind)))
