"""The trade's words for the fields of registration sheets and kinds of contact; papers and screens say them alike."""

from __future__ import annotations

from salescenter.i18n import mark, tr

_FIELDS = {
    "phone": mark("Phone"), "name": mark("Name"), "sex": mark("Sex"), "age": mark("Age"),
    "district": mark("Home district"), "channel": mark("Channel"), "introducer": mark("Introducer"),
    "party": mark("People"), "product": mark("Layout wanted"), "area": mark("Area wanted"),
    "budget": mark("Price wanted"), "floor": mark("Floor wanted"), "concern": mark("Concerns"),
    "resistance": mark("Objections"), "purpose": mark("Purpose"), "family": mark("Household"),
    "job": mark("Occupation"),
    "payment": mark("Payment"), "level": mark("Intent"), "asked": mark("Questions"),
    "consultant": mark("Consultant"), "follow-up": mark("Next follow-up"), "note": mark("Remark"),
    "consent": mark("Consent"), "id_number": mark("ID number"), "birth": mark("Born"), "address": mark("Address"),
    "contact": mark("Contact"), "guardian": mark("Guardian"), "workplace": mark("Works in"),
    "outcome": mark("What came of it"),
}

_CONTACTS = {"visit": mark("Visit"), "call-in": mark("Call in"), "call-out": mark("Call out")}

_SHEETS = {
    "visit": mark("Visit registration"), "call-in": mark("Call registration"),
    "call-out": mark("Outgoing call registration"),
}

_SEXES = {"male": mark("Male"), "female": mark("Female")}

CONTEXT = "registration"


def field_words(field: str, lang: str | None = None) -> str:
    """Name a field of a registration sheet; one the house's ledger brought along stays as it is."""
    return tr(_FIELDS[field], context=CONTEXT, lang=lang) if field in _FIELDS else field


def contact_words(kind: str, lang: str | None = None) -> str:
    """Name a kind of contact: 来访, 来电, 去电."""
    return tr(_CONTACTS[kind], context=CONTEXT, lang=lang) if kind in _CONTACTS else kind


def sheet_words(kind: str, lang: str | None = None) -> str:
    """Name a registration sheet: 来访登记表."""
    return tr(_SHEETS[kind], context=CONTEXT, lang=lang)


def sex_words(sex: str, lang: str | None = None) -> str:
    """Say a sex; nothing where it is not known."""
    return tr(_SEXES[sex], context=CONTEXT, lang=lang) if sex in _SEXES else ""
