"""The words of the trade for every enum of the domain, in the reader's language."""

from __future__ import annotations

from salescenter.domain.money import Rounding
from salescenter.domain.staff import Role
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr
from salescenter.unit_words import basis_words, flag_letter, flag_words, state_letter, state_words, use_words

__all__ = [
    "ROUNDINGS", "basis_words", "flag_letter", "flag_words", "role_words", "rounding_words", "state_letter",
    "state_words", "step_words", "use_words",
]

STEPS: dict[Step, str] = {
    Step.RELEASE: mark("Release"),
    Step.WITHDRAW: mark("Withdraw"),
    Step.HOLD: mark("Hold"),
    Step.EXTEND_HOLD: mark("Extend the hold"),
    Step.END_HOLD: mark("End the hold"),
    Step.RESERVE: mark("Reserve"),
    Step.GIVE_BACK: mark("Return the deposit"),
    Step.SUBSCRIBE: mark("Subscribe"),
    Step.EXTEND_SIGNING: mark("Put off signing"),
    Step.DRAFT: mark("Draft the contract"),
    Step.UNDO_DRAFT: mark("Undo the draft"),
    Step.SIGN: mark("Sign"),
    Step.FILE: mark("File"),
    Step.UNDO_FILING: mark("Undo the filing"),
    Step.HAND_OVER: mark("Hand over"),
    Step.CANCEL: mark("Cancel the deal"),
    Step.FORFEIT: mark("Forfeit"),
    Step.CHANGE_UNIT: mark("Change unit"),
    Step.CHANGE_BUYER: mark("Change buyers"),
    Step.QUOTE: mark("Quotation"),
    Step.SET_PRICE: mark("Set prices"),
    Step.SET_FLAG: mark("Set flags"),
    Step.RECEIVE_MONEY: mark("Receive money"),
    Step.VOID_RECEIPT: mark("Void a receipt"),
    Step.REFUND: mark("Refund"),
    Step.CLOSE_DAY: mark("Close the day"),
    Step.APPROVE: mark("Approve"),
    Step.REGISTER_VISIT: mark("Register a visit"),
    Step.TAKE_BACK_VISIT: mark("Take a registration back"),
    Step.FOLLOW_UP: mark("Follow up"),
    Step.ARRANGE_ROTA: mark("Arrange the rota"),
    Step.REASSIGN_CUSTOMER: mark("Reassign customers"),
    Step.IMPORT: mark("Import"),
    Step.EXPORT: mark("Export"),
    Step.EDIT_ESTATE: mark("Edit the estate"),
    Step.EDIT_SETTINGS: mark("Change settings"),
    Step.EDIT_TEMPLATES: mark("Edit contract templates"),
    Step.APPROVE_TEMPLATE: mark("Approve and withdraw contract templates"),
    Step.PRINT_PAPER: mark("Print"),
    Step.DESTROY_PAPERS: mark("Destroy papers"),
    Step.KEEP_PAPERS: mark("Keep papers beyond their years"),
    Step.SEE_REPORTS: mark("See reports"),
    Step.REVEAL: mark("See full phone and ID numbers"),
    Step.SEE_FLOOR_PRICE: mark("See floor prices"),
}

ROLES: dict[Role, str] = {
    Role.RECEPTIONIST: mark("Receptionist"), Role.CONSULTANT: mark("Consultant"),
    Role.SUPERVISOR: mark("Supervisor"), Role.MANAGER: mark("Sales manager"), Role.CASHIER: mark("Cashier"),
    Role.BACK_OFFICE: mark("Back office"), Role.TITLE_CLERK: mark("Title clerk"),
    Role.PLANNER: mark("Planner"), Role.VIEWER: mark("Viewer"),
}

ROUNDINGS: dict[Rounding, str] = {
    Rounding.TO_FEN: mark("To the fen"), Rounding.TO_YUAN: mark("To the yuan"),
    Rounding.DOWN_TO_YUAN: mark("Down to the yuan"),
}


def step_words(step: Step) -> str:
    """Name a step as its button does."""
    return tr(STEPS[step])


def role_words(role: Role) -> str:
    """Name a role of the house."""
    return tr(ROLES[role])


def rounding_words(rounding: Rounding) -> str:
    """Name how totals are rounded."""
    return tr(ROUNDINGS[rounding])
