"""Words for the codes that stand in the details of a refusal: what is missing, which field, why it cannot be."""

from __future__ import annotations

from salescenter.i18n import mark

CODES: dict[str, str] = {
    # what was sought, or is over
    "unit": mark("unit"), "buyer": mark("buyer"), "customer": mark("customer"), "project": mark("project"),
    "database": mark("database"), "where": mark("database"),
    "deal": mark("deal"), "receipt": mark("receipt"), "person": mark("person"),
    "visit": mark("visit"), "template": mark("template"), "building": mark("building"), "hold": mark("hold"),
    "phase": mark("phase"), "stair": mark("stair"), "unit_type": mark("unit type"), "permit": mark("permit"),
    "schedule-line": mark("schedule line"), "approval": mark("approval"), "follow-up": mark("follow-up"),
    "subscription": mark("subscription"), "contract": mark("contract"), "paper": mark("paper"),
    "closed-day": mark("closed day"),
    "until": mark("the end"), "sign_by": mark("day to sign by"), "settle-area": mark("settling the area"),
    # fields
    "share": mark("share"), "months": mark("months"), "annual_rate": mark("annual rate"), "amount": mark("amount"),
    "pattern": mark("numbering pattern"), "floors": mark("floors"), "stairs": mark("stairs"),
    "numbers": mark("numbers"), "name": mark("name"), "away": mark("reason of absence"), "outcome": mark("outcome"),
    "consultant": mark("consultant"), "consultants": mark("consultants"), "consent": mark("consent"),
    "contract_number": mark("contract number"), "issued": mark("day of issue"), "payer": mark("payer"),
    "filed_total": mark("filed total"), "buyers": mark("buyers"), "day": mark("day"), "kind": mark("kind of money"),
    "approver": mark("approver"), "phone": mark("phone"), "channel": mark("channel"),
    "receipt-book": mark("receipt book"), "clause": mark("clause"), "value": mark("value"), "old": mark("old password"),
    "hold_days_manager": mark("longest hold with a manager's leave"), "digits": mark("digits"),
    "first": mark("first number"), "last": mark("last number"),
    "hours": mark("hours between two backups"), "days": mark("days kept"), "weeks": mark("weeks kept"),
    "product": mark("wanted layout"), "area": mark("area"), "sex": mark("sex"), "login": mark("log-in name"),
    # why not
    "exists": mark("the file already exists"), "no-tables": mark("it holds no tables of this program"),
    "not-positive": mark("it must be above zero"), "negative": mark("it may not be below zero"),
    "too-large": mark("it is too large"), "not-a-number": mark("it is no number"),
    "not-an-amount": mark("it is no amount"), "finer-than-a-fen": mark("it has more than two decimals"),
    "not-an-amount-in-words": mark("these are no amount in words"), "not-whole-yuan": mark("it is not in whole yuan"),
    "does-not-fit-the-boxes": mark("it does not fit the boxes of the form"),
    "unit-price-on-lump-sum": mark("a unit-price discount needs a unit price, and this is a lump sum"),
    "total-and-unit": mark("one is on the total, the other on the unit price"),
    "two-fixed-totals": mark("both set the total"), "own-agreement": mark("the parties agreed on a rule of their own"),
    "by-hand": mark("by hand, as the contract says"), "missing": mark("it is missing"),
    "not-in-plan": mark("the payment plan has no such loan"),
    "twice-of-one-kind": mark("two loans of one kind"), "not-whole": mark("it is not in whole 万"),
    "above-cap": mark("it is above the cap"), "same-door-twice": mark("one door would stand there twice"),
    "numbering-pattern": mark("it is no numbering pattern"), "too-many-units": mark("there would be too many units"),
    "new-unit-reserved": mark("the other unit is reserved"), "name-taken": mark("the name is taken"),
    "signed-near-relatives-only": mark("after signing only near relatives may take over"),
    "has-history": mark("it has a history"), "not-yet": mark("that day has not come yet"),
    "before": mark("that is before the step it follows"), "twice": mark("it stands there twice"),
    "loan-paid-out": mark("the bank has paid out its loan"), "deal-ended": mark("the deal has ended"),
    "special-discount": mark("a special discount was granted for it"), "area-settled": mark("its area is settled"),
    "late-fee-received": mark("a late fee was received for it"), "deal-lives": mark("the deal is still alive"),
    "carried-over": mark("the money was carried over to another unit"),
    "not-receivable": mark("no receipt is written for that"), "not-a-leader": mark("only a supervisor or manager can"),
    "not-a-file": mark("only a database in a file can be copied this way; a server has its own tools"),
    "not-a-url": mark("it is neither a file path nor the address of a PostgreSQL database"),
    "not-a-server": mark("it is not the address of a PostgreSQL server"),
    "server-version": mark("PostgreSQL is too old"), "server-encoding": mark("its encoding is not UTF8"),
    "server-no-right": mark("there is no database and none can be made"),
    "server-collation": mark("its order of characters is not C"),
    "in-use": mark("another program has it open"), "same-file": mark("it is the database itself"),
    "differs": mark("the copy differs from what was copied"),
    "contract-number-taken": mark("another contract has this number"),
    "no-version": mark("it does not say its version"), "schedule-left": mark("it still pays the schedule"),
    # an ID number
    "length": mark("it has neither 18 nor 15 places"), "characters": mark("it holds more than digits and a last X"),
    "province": mark("there is no such province"), "date": mark("there is no such day of birth"),
    "future": mark("the day of birth is to come"), "check": mark("its check digit does not fit"),
    # a sheet
    "encoding": mark("its characters are in no known encoding"), "empty": mark("it is empty"),
    "not-a-table": mark("it holds no table"), "web-page": mark("it is a web page with the name of a sheet"),
    "cannot-open": mark("it cannot be opened"), "password": mark("it is locked with a password"),
    "damaged": mark("it is damaged"),
    # a template
    "unknown-field": mark("there is no such field"), "unknown-block": mark("there is no such block"),
    "unreadable": mark("this cannot be read"), "not-closed": mark("this is not closed"),
    "closes-nothing": mark("this closes nothing"), "not-a-list": mark("this is no list"),
}
"""Code -> marked English; a code without words is shown as it is."""
