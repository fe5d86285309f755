"""What is said of a price, or of the loan that pays it, that cannot stand."""

from __future__ import annotations

from salescenter.domain.price_refusals import AboveListPrice, DownPaymentTooSmall, TooOldForLoan
from salescenter.i18n import mark

PRICE_FAULTS: dict[type[Exception], tuple[str, str]] = {
    AboveListPrice: (
        mark("The price {price} is above the list price {listed}: nothing may be taken beyond the tag."),
        mark("Change the discount, or have the list price changed first.")),
    DownPaymentTooSmall: (
        mark("At least {share} of the price, {least}, is paid down; this loan leaves {down}."),
        mark("The largest loan possible is {most}.")),
    TooOldForLoan: (
        mark("{name} is {age}: a loan of {years} years runs beyond the age of {limit}."),
        mark("The longest term in years: {longest}.")),
}  # fmt: skip
"""The sentence and the remedy of each class, as in `words`."""
