"""Doors: which step may write what, and tell what to the history; a server holds every person to this table."""

from __future__ import annotations

from enum import StrEnum

from salescenter.domain.units import LIFE_STEPS, Step


class Write(StrEnum):
    """A part of the house that is written as a whole."""

    ESTATE = "estate"                # buildings, stairs, permits, layouts, and what a unit is
    PROJECT = "project"              # the project's own facts
    UNIT_LIFE = "unit-life"          # a unit's state, since and until when, its deal
    UNIT_PRICE = "unit-price"        # list, filed and floor price
    UNIT_FLAGS = "unit-flags"        # locks and remarks
    UNIT_NEWS = "unit-news"          # quoted, money received: binds nobody
    HOLD = "hold"
    DEAL_NEW = "deal-new"            # a deal as it is agreed: price, consultants, discounts, schedule
    DEAL = "deal"                    # how far a deal is
    BUYERS = "buyers"
    RECEIPT = "receipt"              # a receipt, its number, what it pays
    BOOK = "receipt-book"
    DAY = "closed-day"
    ASK = "approval-asked"
    DECIDE = "approval-decided"
    GRANT = "approval-used"
    QUOTATION = "quotation"
    CUSTOMER = "customer"
    VISIT = "visit"
    TAKEN_BACK = "taken-back"        # a registration of today and what it made, taken off the record
    FOLLOW_UP = "follow-up"
    ROTA = "rota"
    WORD = "word"
    PAPER = "paper"
    SCAN_GONE = "scan-gone"          # a scan is taken out of the archive again
    DESTRUCTION = "destruction"      # a list of papers to destroy, and the bytes, words and scans that go with it
    KEEP_MARK = "keep-mark"          # what keeps papers beyond their years
    TEMPLATE = "template"
    TEMPLATE_LIFE = "template-life"  # its approval and its withdrawal
    SETTING = "setting"
    SECRET = "secret"                # the secret behind the check values on papers, made when the first is printed
    TAUGHT = "import-mapping"
    PERSON = "person"                # the list of people and their passwords


_W, _T = Write, Step
_ON = frozenset({_W.UNIT_LIFE, _W.DEAL, _W.GRANT})
"""What carries a deal one step on."""

_OPENS = frozenset({_W.UNIT_LIFE, _W.DEAL_NEW, _W.DEAL, _W.BUYERS, _W.HOLD, _W.RECEIPT, _W.GRANT})
_MONEY = frozenset({_W.RECEIPT, _W.UNIT_NEWS, _W.GRANT})

WRITES: dict[Step | None, frozenset[Write]] = {
    _T.RELEASE: frozenset({_W.UNIT_LIFE}),
    _T.WITHDRAW: frozenset({_W.UNIT_LIFE}),
    _T.HOLD: frozenset({_W.UNIT_LIFE, _W.HOLD, _W.GRANT}),
    _T.EXTEND_HOLD: frozenset({_W.UNIT_LIFE, _W.HOLD, _W.GRANT}),
    _T.END_HOLD: frozenset({_W.UNIT_LIFE, _W.HOLD, _W.GRANT}),
    _T.RESERVE: _OPENS,
    _T.SUBSCRIBE: _OPENS,
    _T.CHANGE_UNIT: _OPENS | {_W.UNIT_FLAGS},
    _T.CHANGE_BUYER: _ON | {_W.BUYERS},
    _T.EXTEND_SIGNING: _ON,
    _T.DRAFT: _ON,
    _T.UNDO_DRAFT: _ON,
    _T.SIGN: _ON,
    _T.FILE: _ON,
    _T.UNDO_FILING: _ON,
    _T.HAND_OVER: _ON,
    _T.CANCEL: _ON | {_W.UNIT_FLAGS},
    _T.FORFEIT: _ON,
    _T.GIVE_BACK: _ON,
    _T.QUOTE: frozenset({_W.QUOTATION, _W.UNIT_NEWS, _W.ASK}),
    _T.SET_PRICE: frozenset({_W.UNIT_PRICE, _W.UNIT_FLAGS}),
    _T.SET_FLAG: frozenset({_W.UNIT_FLAGS}),
    _T.RECEIVE_MONEY: _MONEY | {_W.PAPER},  # a receipt printed again takes the next sheet of a book
    _T.VOID_RECEIPT: _MONEY | {_W.ASK},
    _T.REFUND: _MONEY,
    _T.CLOSE_DAY: frozenset({_W.DAY, _W.GRANT}),
    _T.APPROVE: frozenset({_W.DECIDE, _W.SCAN_GONE}),
    _T.REGISTER_VISIT: frozenset({_W.CUSTOMER, _W.VISIT, _W.FOLLOW_UP, _W.ROTA, _W.WORD}),
    _T.TAKE_BACK_VISIT: frozenset({_W.CUSTOMER, _W.TAKEN_BACK}),
    _T.FOLLOW_UP: frozenset({_W.CUSTOMER, _W.VISIT, _W.FOLLOW_UP}),
    _T.REASSIGN_CUSTOMER: frozenset({_W.CUSTOMER}),
    _T.IMPORT: frozenset(
        {_W.ESTATE, _W.UNIT_PRICE, _W.UNIT_FLAGS, _W.TAUGHT, _W.CUSTOMER, _W.VISIT, _W.FOLLOW_UP, _W.WORD}
    ),
    _T.EDIT_ESTATE: frozenset({_W.ESTATE, _W.PROJECT, _W.UNIT_PRICE, _W.UNIT_FLAGS}),
    _T.EDIT_SETTINGS: frozenset({_W.SETTING, _W.PROJECT, _W.BOOK, _W.WORD, _W.PERSON}),
    _T.EDIT_TEMPLATES: frozenset({_W.TEMPLATE, _W.PROJECT}),
    _T.APPROVE_TEMPLATE: frozenset({_W.TEMPLATE_LIFE}),
    _T.PRINT_PAPER: frozenset({_W.PAPER, _W.SECRET}),
    _T.DESTROY_PAPERS: frozenset({_W.DESTRUCTION, _W.ASK, _W.GRANT}),
    _T.KEEP_PAPERS: frozenset({_W.KEEP_MARK}),
    _T.EXPORT: frozenset(),
}
"""The most a step writes; numbers, figures and the history go with each. Who may do the step says `staff.MAY`."""

ALSO: dict[Write, Step] = {Write.UNIT_PRICE: Step.SET_PRICE}
"""Parts that only whoever has this step may write, through whatever door."""

_BESIDE: dict[Step | None, frozenset[str]] = {
    _T.RESERVE: frozenset({_T.RECEIVE_MONEY}),
    _T.SUBSCRIBE: frozenset({_T.RECEIVE_MONEY}),
    _T.QUOTE: frozenset(f"{step}/approval" for step in (*LIFE_STEPS, _T.VOID_RECEIPT, _T.REFUND)),  # leave asked for
    _T.RECEIVE_MONEY: frozenset({_T.PRINT_PAPER}),
    _T.VOID_RECEIPT: frozenset({f"{_T.REFUND}/approval", f"{_T.CLOSE_DAY}/approval"}),  # the same at the till
    _T.EDIT_ESTATE: frozenset({_T.SET_PRICE}),
    _T.IMPORT: frozenset({_T.SET_PRICE}),
    _T.REGISTER_VISIT: frozenset({_T.ARRANGE_ROTA, _T.FOLLOW_UP, _T.EDIT_SETTINGS}),
}
_NOBODYS_STEP = frozenset(
    {
        *(f"{_T.REVEAL}/{what}" for what in ("customer", "list", "paper", "scan")), f"{_T.EDIT_SETTINGS}/person",
        f"{_T.PRINT_PAPER}/paper", "log-in-failed/log-in",
    }
)  # fmt: skip
"""Told without a step: masked data looked at by whose customer it is or who may, in a card or a list; a paper or a scan
by who may open it; one's own password; a paper taken out."""

TELLS: dict[Step | None, frozenset[str]] = {
    step: frozenset({step.value}) | _BESIDE.get(step, frozenset()) for step in WRITES if step
} | {None: _NOBODYS_STEP}
"""What a work may tell the history: steps, or a step about one kind of thing (`step/subject`)."""
