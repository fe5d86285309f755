"""The people of the house: their roles, and the steps and limits each role carries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from salescenter.domain.refusals import NotYours
from salescenter.domain.units import Step


class Role(StrEnum):
    """What a person is in the house."""

    RECEPTIONIST = "receptionist"  # 前台
    CONSULTANT = "consultant"  # 置业顾问
    SUPERVISOR = "supervisor"  # 销售主管
    MANAGER = "manager"  # 销售经理
    CASHIER = "cashier"  # 收银
    BACK_OFFICE = "back-office"  # 内勤
    TITLE_CLERK = "title-clerk"  # 权证
    PLANNER = "planner"  # 策划
    VIEWER = "viewer"  # 只读


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the house."""

    id: int
    name: str
    role: Role
    team: str = ""


NOBODY = 0
"""The id in place of a person's before anybody logged in."""


_T = Step
_FRONT = frozenset({_T.REGISTER_VISIT, _T.TAKE_BACK_VISIT, _T.FOLLOW_UP, _T.QUOTE, _T.PRINT_PAPER})
_CONSULTANT = _FRONT | {_T.HOLD, _T.RESERVE, _T.SUBSCRIBE, _T.DRAFT, _T.END_HOLD, _T.CHANGE_BUYER}
_SUPERVISOR = _CONSULTANT | {
    _T.EXTEND_HOLD,
    _T.EXTEND_SIGNING,
    _T.ARRANGE_ROTA,
    _T.REASSIGN_CUSTOMER,
    _T.SEE_REPORTS,
    _T.CHANGE_UNIT,
    _T.REVEAL,
}
_BACK_OFFICE = frozenset(
    {
        _T.QUOTE,
        _T.SUBSCRIBE,
        _T.EXTEND_SIGNING,
        _T.DRAFT,
        _T.UNDO_DRAFT,
        _T.SIGN,
        _T.FILE,
        _T.UNDO_FILING,
        _T.CHANGE_BUYER,
        _T.CHANGE_UNIT,
        _T.IMPORT,
        _T.EXPORT,
        _T.EDIT_ESTATE,
        _T.EDIT_TEMPLATES,
        _T.PRINT_PAPER,
        _T.DESTROY_PAPERS,
        _T.KEEP_PAPERS,
        _T.REVEAL,
        _T.SEE_REPORTS,
        _T.REGISTER_VISIT,
        _T.TAKE_BACK_VISIT,
        _T.FOLLOW_UP,
        _T.RECEIVE_MONEY,
        _T.RESERVE,
    }
)

MAY: dict[Role, frozenset[Step]] = {
    Role.RECEPTIONIST: frozenset(
        {_T.REGISTER_VISIT, _T.TAKE_BACK_VISIT, _T.FOLLOW_UP, _T.ARRANGE_ROTA, _T.PRINT_PAPER}
    ),
    Role.CONSULTANT: _CONSULTANT,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.MANAGER: frozenset(Step),
    Role.CASHIER: frozenset(
        {
            _T.RECEIVE_MONEY,
            _T.VOID_RECEIPT,
            _T.REFUND,
            _T.CLOSE_DAY,
            _T.PRINT_PAPER,
            _T.EXPORT,
            _T.SEE_REPORTS,
        }
    ),
    Role.BACK_OFFICE: _BACK_OFFICE,
    Role.TITLE_CLERK: frozenset({_T.FILE, _T.UNDO_FILING, _T.HAND_OVER, _T.PRINT_PAPER, _T.REVEAL}),
    Role.PLANNER: frozenset(
        {_T.RELEASE, _T.WITHDRAW, _T.SET_PRICE, _T.IMPORT, _T.EDIT_ESTATE, _T.SEE_REPORTS, _T.SEE_FLOOR_PRICE}
    ),
    Role.VIEWER: frozenset({_T.SEE_REPORTS}),
}


class Scope(StrEnum):
    """Whose customers, visits, deals and money of these a role sees."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


SCOPE: dict[Role, Scope] = {
    role: {Role.CONSULTANT: Scope.OWN, Role.SUPERVISOR: Scope.TEAM}.get(role, Scope.ALL) for role in Role
}
"""Customers that are nobody's are everybody's to win."""

DISCOUNT_LIMIT: dict[Role, Decimal] = {
    Role.CONSULTANT: Decimal("0.99"),
    Role.SUPERVISOR: Decimal("0.97"),
    Role.MANAGER: Decimal("0.90"),
}
"""The lowest price a role may grant, as a share of the list price; a role not named may grant none."""


def may(role: Role, step: Step) -> bool:
    """Say whether a role includes a step."""
    return step in MAY[role]


def demand(role: Role, step: Step) -> None:
    """Refuse a step that is not the role's; the remedy names who may."""
    if not may(role, step):
        raise NotYours(step=step, role=role, who=tuple(r for r in Role if step in MAY[r]))
