"""The payment plans a house starts with; a project replaces them by its own setting."""

from __future__ import annotations

from decimal import Decimal

from salescenter.domain.loans import LoanKind
from salescenter.domain.money import ZERO
from salescenter.domain.schedules import DueBase, DueRule, Plan, PlanKind, PlanLine

AT_SUBSCRIPTION = DueRule(DueBase.SUBSCRIPTION)
AT_SIGNING = DueRule(DueBase.SIGNING)
AT_RELEASE = DueRule(DueBase.LOAN_RELEASE)

DEPOSIT = PlanLine("deposit", None, ZERO, AT_SUBSCRIPTION, deposit=True)  # 定金
_DOWN = PlanLine("down-payment", None, None, AT_SIGNING, includes_deposit=True)  # 首付款, takes what no bank lends


def _lent(kind: LoanKind) -> PlanLine:
    return PlanLine(f"loan-{kind}", None, None, AT_RELEASE, loan=kind)


STANDARD: dict[PlanKind, Plan] = {
    PlanKind.ONE_OFF: Plan(
        PlanKind.ONE_OFF,
        (DEPOSIT, PlanLine("price", None, None, DueRule(DueBase.SIGNING, days=7), includes_deposit=True)),
    ),
    PlanKind.INSTALMENTS: Plan(
        PlanKind.INSTALMENTS,
        (
            DEPOSIT,
            PlanLine("instalment-1", Decimal("0.30"), None, AT_SIGNING, includes_deposit=True),
            PlanLine("instalment-2", Decimal("0.30"), None, DueRule(DueBase.SIGNING, months=3)),
            PlanLine("instalment-3", None, None, DueRule(DueBase.SIGNING, months=6)),
        ),
    ),
    PlanKind.MORTGAGE: Plan(PlanKind.MORTGAGE, (DEPOSIT, _DOWN, _lent(LoanKind.COMMERCIAL))),
    PlanKind.PROVIDENT: Plan(PlanKind.PROVIDENT, (DEPOSIT, _DOWN, _lent(LoanKind.PROVIDENT))),
    PlanKind.COMBINED: Plan(PlanKind.COMBINED, (DEPOSIT, _DOWN, _lent(LoanKind.PROVIDENT), _lent(LoanKind.COMMERCIAL))),
}
