"""What is said when a sale cannot go on for what belongs to it: an annex and its home, a paper on file."""

from __future__ import annotations

from salescenter.domain.sale_refusals import AnnexBound, AnnexOfOthers, AttachmentMissing, HasAnnexes, NotAnAnnex
from salescenter.i18n import mark

SALE_FAULTS: dict[type[Exception], tuple[str, str]] = {
    AnnexBound: (
        mark("{unit} belongs to {home} and goes with it: {home} is “{state}”, and would have to be “{needed}”."),
        mark("Carry {home} on first, for the same buyers, or unbind {unit} in the estate.")),
    AnnexOfOthers: (
        mark("{unit} belongs to {home} and goes only to those who have that home; it is with {by}."),
        mark("Name the buyers of {home}, ask {by}, or unbind {unit} in the estate.")),
    NotAnAnnex: (
        mark("{unit} ({use}) is bound to no home: only parking spaces and storage rooms are."),
        mark("Leave the home empty.")),
    HasAnnexes: (
        mark("{unit} stays a home while other units go with it: {annexes}."),
        mark("Unbind them in the estate first.")),
    AttachmentMissing: (
        mark("“{step}” waits for the signed paper “{paper}”: no scan of it is on file for this deal."),
        mark("Print it, have it signed, and add its scan to the deal's file under Papers.")),
}  # fmt: skip
"""The sentence and the remedy of each class, as in `words`."""
