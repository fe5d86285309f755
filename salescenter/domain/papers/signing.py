"""Who must sign and seal which paper before it leaves (签字、盖章), and the words that stand at those places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from salescenter.domain.papers.check import PaperKind


class Hand(StrEnum):
    """Who signs or seals."""

    BUYERS = "buyers"          # 全体买受人
    CUSTOMER = "customer"      # 客户
    SELLER = "seller"          # 出卖人
    CASHIER = "cashier"        # 收款人
    ACCOUNTS = "accounts"      # 财务
    APPROVERS = "approvers"    # 审批人
    HANDLER = "handler"        # 经办人
    RECEIVER = "receiver"      # 接收人


class Deed(StrEnum):
    """What is put on the paper."""

    SIGN = "sign"                    # 签字
    SEAL = "seal"                    # 公章
    CONTRACT_SEAL = "contract-seal"  # 合同专用章
    FINANCE_SEAL = "finance-seal"    # 财务专用章
    ACROSS = "across"                # 骑缝章


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's signature or seal; `place`: words of the paper that stand there, "" every page's edge."""

    hand: Hand
    deed: Deed
    place: tuple[str, ...] = ()


_S, _H, _D, _K = Signature, Hand, Deed, PaperKind
_BUYERS = _S(_H.BUYERS, _D.SIGN, ("买受人（签", "买受人", "Buyer"))
_SEAL = _S(_H.SELLER, _D.SEAL, ("出卖人（盖章）", "盖章", "(seal)"))
_HANDLER = _S(_H.HANDLER, _D.SIGN, ("经办人", "经办"))
_APPROVED = (_S(_H.CUSTOMER, _D.SIGN, ("申请人", "原买受人")), _HANDLER, _S(_H.APPROVERS, _D.SIGN, ("签字",)))
_RECEIVED = (_S(_H.HANDLER, _D.SIGN, ("移交人",)), _S(_H.RECEIVER, _D.SIGN, ("接收人",)))

SIGNED: dict[PaperKind, tuple[Signature, ...]] = {
    _K.RECEIPT: (
        _S(_H.CASHIER, _D.SIGN, ("收款员", "收款人", "Cashier")),
        _S(_H.ACCOUNTS, _D.FINANCE_SEAL, ("收款单位", "Received by")),
    ),
    _K.SUBSCRIPTION: (_BUYERS, _S(_H.SELLER, _D.CONTRACT_SEAL, _SEAL.place), _S(_H.HANDLER, _D.SIGN, ("销售", "经办"))),
    _K.CONTRACT: (_BUYERS, _S(_H.SELLER, _D.CONTRACT_SEAL, _SEAL.place), _S(_H.SELLER, _D.ACROSS)),
    _K.SUPPLEMENT: (_BUYERS, _S(_H.SELLER, _D.CONTRACT_SEAL, _SEAL.place), _S(_H.SELLER, _D.ACROSS)),
    _K.RESCISSION: (_BUYERS, _S(_H.SELLER, _D.CONTRACT_SEAL, _SEAL.place)),
    _K.REGISTRATION: (_S(_H.CUSTOMER, _D.SIGN, ("客户（签字）", "Customer (signature)")),),
    _K.DUNNING: (_SEAL,), _K.CLEARED: (_SEAL,), _K.STATEMENT: (_SEAL,), _K.HANDOVER: (_SEAL,),
    **dict.fromkeys((_K.SWAP, _K.RENAMING, _K.WITHDRAWAL, _K.FORFEITURE, _K.DISCOUNT), _APPROVED),
    _K.SETTLEMENT: (_BUYERS, _S(_H.ACCOUNTS, _D.SIGN, ("财务", "Accounts"))),
    _K.MEASURING: (_BUYERS,),
    _K.SELECTION: (_S(_H.CUSTOMER, _D.SIGN, ("客户", "Customer")), _S(_H.HANDLER, _D.SIGN, ("销控", "control desk"))),
    _K.FILING: _RECEIVED, _K.LENDING: _RECEIVED,
}  # fmt: skip
"""What each kind needs; a kind that is not here leaves without a signature."""


def signatures(kind: str) -> tuple[Signature, ...]:
    """Return what a kind of paper needs before it leaves; a paper the house does not know needs nothing."""
    return SIGNED.get(PaperKind(kind), ()) if kind in frozenset(PaperKind) else ()
