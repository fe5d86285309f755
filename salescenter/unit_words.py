"""The trade's words and letters for what a unit is: its state, its flags, its use; screens and lists say them alike."""

from __future__ import annotations

from salescenter.domain.units import Flag, PriceBasis, UnitState, Use
from salescenter.i18n import listed, mark, spoken, tr

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

USES: dict[Use, str] = {
    Use.HOME: mark("Home"), Use.SHOP: mark("Shop"), Use.PARKING: mark("Parking"), Use.STORAGE: mark("Storage"),
}

BASES: dict[PriceBasis, str] = {
    PriceBasis.GROSS: mark("Construction area"), PriceBasis.INNER: mark("Inner area"),
    PriceBasis.LUMP: mark("Lump sum"),
}


def state_words(state: UnitState) -> str:
    """Name a state: `For sale`, `待售`."""
    return tr(STATES[state][0])


def state_letter(state: UnitState) -> str:
    """Return the letter that tells a state without its colour: `S`, `售`."""
    return _LETTERS[state] if spoken() == "zh_CN" else STATES[state][1]


def flag_words(flags: Flag) -> str:
    """Name one flag or several: `Mortgaged, Show flat`."""
    return listed(tr(FLAGS[one][0]) for one in Flag if one in flags)


def flag_letter(flag: Flag) -> str:
    """Return the one sign a flag shows in a cell: `抵`, `查`, `样`."""
    return FLAGS[flag][2 if spoken() == "zh_CN" else 1]


def use_words(use: Use) -> str:
    """Name what a unit may be used for."""
    return tr(USES[use])


def basis_words(basis: PriceBasis) -> str:
    """Name what the unit price is counted on."""
    return tr(BASES[basis])
