"""The words of the trade for every enum of the domain, in the reader's language."""

from __future__ import annotations

from salescenter.domain.money import Rounding
from salescenter.domain.staff import Role
from salescenter.domain.units import Flag, PriceBasis, Step, UnitState, Use
from salescenter.i18n import mark, spoken, tr

STATES: dict[UnitState, tuple[str, str]] = {
    UnitState.NOT_RELEASED: (mark("Not released"), "N"),
    UnitState.FOR_SALE: (mark("For sale"), "S"),
    UnitState.HELD: (mark("Held"), "H"),
    UnitState.RESERVED: (mark("Reserved"), "R"),
    UnitState.SUBSCRIBED: (mark("Subscribed"), "U"),
    UnitState.DRAFTED: (mark("Drafted"), "D"),
    UnitState.SIGNED: (mark("Signed"), "G"),
    UnitState.FILED: (mark("Filed"), "F"),
    UnitState.HANDED_OVER: (mark("Handed over"), "K"),
}
"""Each state's word and the letter a cell shows; the Chinese letters are 未售留订认草签备交."""

_LETTERS = dict(zip(UnitState, "未售留订认草签备交", strict=True))

FLAGS: dict[Flag, tuple[str, str, str]] = {
    Flag.MORTGAGED: (mark("Mortgaged"), "M", "抵"),
    Flag.PRICE_REVIEW: (mark("Price under review"), "P", "价"),
    Flag.SEIZED: (mark("Seized"), "X", "查"),
    Flag.SHOW_FLAT: (mark("Show flat"), "★", "样"),
    Flag.CHANGE_PENDING: (mark("Change pending"), "C", "变"),
    Flag.AREA_REVIEW: (mark("Area under review"), "A", "面"),
    Flag.LOCKED: (mark("Locked"), "L", "锁"),
}

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
    Step.FOLLOW_UP: mark("Follow up"),
    Step.ARRANGE_ROTA: mark("Arrange the rota"),
    Step.REASSIGN_CUSTOMER: mark("Reassign customers"),
    Step.IMPORT: mark("Import"),
    Step.EXPORT: mark("Export"),
    Step.EDIT_ESTATE: mark("Edit the estate"),
    Step.EDIT_SETTINGS: mark("Change settings"),
    Step.EDIT_TEMPLATES: mark("Edit contract templates"),
    Step.PRINT_PAPER: mark("Print"),
    Step.SEE_REPORTS: mark("See reports"),
    Step.REVEAL: mark("See full phone and ID numbers"),
    Step.SEE_FLOOR_PRICE: mark("See floor prices"),
}

USES: dict[Use, str] = {
    Use.HOME: mark("Home"), Use.SHOP: mark("Shop"), Use.PARKING: mark("Parking"), Use.STORAGE: mark("Storage"),
}

BASES: dict[PriceBasis, str] = {
    PriceBasis.GROSS: mark("Construction area"), PriceBasis.INNER: mark("Inner area"),
    PriceBasis.LUMP: mark("Lump sum"),
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


def state_words(state: UnitState) -> str:
    """Name a state: `For sale`, `待售`."""
    return tr(STATES[state][0])


def state_letter(state: UnitState) -> str:
    """Return the letter that tells a state without its colour: `S`, `售`."""
    return _LETTERS[state] if spoken() == "zh_CN" else STATES[state][1]


def step_words(step: Step) -> str:
    """Name a step as its button does."""
    return tr(STEPS[step])


def flag_words(flags: Flag) -> str:
    """Name one flag or several: `Mortgaged, Show flat`."""
    return tr(", ").join(tr(FLAGS[one][0]) for one in Flag if one in flags)


def flag_letter(flag: Flag) -> str:
    """Return the one sign a flag shows in a cell: `抵`, `查`, `样`."""
    return FLAGS[flag][2 if spoken() == "zh_CN" else 1]


def use_words(use: Use) -> str:
    """Name what a unit may be used for."""
    return tr(USES[use])


def basis_words(basis: PriceBasis) -> str:
    """Name what the unit price is counted on."""
    return tr(BASES[basis])


def role_words(role: Role) -> str:
    """Name a role of the house."""
    return tr(ROLES[role])


def rounding_words(rounding: Rounding) -> str:
    """Name how totals are rounded."""
    return tr(ROUNDINGS[rounding])
