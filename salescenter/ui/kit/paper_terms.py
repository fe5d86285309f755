"""Words of templates: what the law wants of them, the deals they are tried on, how their versions stand."""

from __future__ import annotations

from salescenter.domain.papers.needs import Unmet
from salescenter.domain.papers.template_faults import (
    BoxesTooFew,
    LawUnmet,
    NotTried,
    NoVersionHolds,
    PartsTooFew,
    PledgesTooFew,
    SeatsTooFew,
    VersionDone,
)
from salescenter.domain.papers.versions import Sample, Standing
from salescenter.i18n import mark, tr

NEEDS: dict[str, str] = {
    "seller": mark("the seller's name"), "seller-address": mark("the seller's address"),
    "buyers": mark("the buyers' names and ID numbers"), "buyers-address": mark("the buyers' addresses"),
    "home": mark("which home it is, and its planned use"), "areas": mark("gross, inner and shared area"),
    "land": mark("how the land was acquired"), "permit": mark("the presale permit"),
    "completed": mark("the title certificate of the completed building"),
    "way": mark("whether it is sold before or after completion"),
    "price-way": mark("how the price is counted"), "price": mark("the total price"),
    "payment": mark("the way of payment"), "pay-when": mark("when is paid"),
    "deposit": mark("the deposit"), "sign-by": mark("until when the contract is to be signed"),
    "handover": mark("day and conditions of handover"),
    "fittings": mark("fittings and equipment"),
    "supplies": mark("water, power, heat, gas, communication, roads, green"),
    "shared-buildings": mark("whose the shared buildings are"),
    "area-difference": mark("how an area difference is settled"),
    "title": mark("registration of the title"), "disputes": mark("how disputes are settled"),
    "default": mark("what a breach costs"), "late-payment": mark("what late payment costs"),
    "late-handover": mark("what late handover costs"), "warranty": mark("the warranty"),
}  # fmt: skip
"""What the law wants, by `Need.code`."""

SAMPLES: dict[Sample, str] = {
    Sample.ONE_OFF: mark("one-off payment"), Sample.INSTALMENTS: mark("instalments"),
    Sample.MORTGAGE: mark("loan"), Sample.SEVERAL: mark("several buyers"), Sample.COMPANY: mark("company as buyer"),
    Sample.PARKING: mark("parking space"), Sample.MORTGAGED: mark("mortgaged building"),
}  # fmt: skip

STANDINGS: dict[Standing, str] = {
    Standing.DRAFT: mark("draft"), Standing.TRIED: mark("tried, to be approved"), Standing.TO_COME: mark("from {day}"),
    Standing.IN_FORCE: mark("in force"), Standing.REPLACED: mark("replaced"), Standing.WITHDRAWN: mark("withdrawn"),
}  # fmt: skip

TEMPLATE_FAULTS: dict[type[Exception], tuple[str, str]] = {
    NotTried: (
        mark("The version was not tried on: {samples}."),
        mark("Look at its paper on each of these deals (Try it on a deal, F7), then approve it.")),
    LawUnmet: (
        mark("The law wants more than this version says: {needs}."),
        mark("Write what is missing into the text and keep it as a new version; what would be empty is filled in under "
             "Project and Contract clauses.")),
    NoVersionHolds: (
        mark("No version of “{template}” would be in force."),
        mark("Have another version approved for today first; the shipped text can be kept as a version too.")),
    BoxesTooFew: (
        mark("{amount} ({money}) has more figures than the boxes of this form: {boxes}."),
        mark("Add boxes to the template, or write the amount in words there; no figure is left out.")),
    SeatsTooFew: (
        mark("The form has places for {seats} buyers, and there are {buyers}."),
        mark("Let the template say its buyers with each (#each), or name all in one place; nobody is left out.")),
    PartsTooFew: (
        mark("The form has lines for {seats} instalments, and there are {parts}."),
        mark("Put the schedule's table (@付款计划) in the place of these lines, or add lines; none is left out.")),
    PledgesTooFew: (
        mark("The form has places for {seats} mortgages, and there are {pledges}."),
        mark("Let the template say them with each (#each), or add places; none is left out.")),
    VersionDone: (
        mark("{by} approved or withdrew version {version} at {at}."),
        mark("Keep the text as a new version and have that approved.")),
}
"""Why a template cannot be approved, withdrawn or printed: the sentence and the remedy."""


def sample_words(one: Sample) -> str:
    """Name a kind of deal."""
    return tr(SAMPLES[one])


def unmet_words(one: Unmet) -> str:
    """Say what the law wants, by name and law, and what the template lacks."""
    want = tr(NEEDS[one.code])
    if one.empty:
        return tr("{want} ({law}): “{field}” would be empty", want=want, law=one.law, field=one.field)
    if one.field:
        return tr("{want} ({law}): no place; write {field}", want=want, law=one.law, field=_tag(one.field))
    return tr("{want} ({law}): the text does not say it", want=want, law=one.law)


def _tag(field: str) -> str:
    return f"{{{{{field}}}}}"
