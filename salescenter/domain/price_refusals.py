"""Why a price, or the loan that pays it, cannot stand, beyond what the limits of a person say."""

from __future__ import annotations

from salescenter.domain.errors import Refusal


class AboveListPrice(Refusal):
    """The price is above the one on the list 标价 (price, listed): nothing may be taken beyond the tag."""

    code = "above-list-price"


class DownPaymentTooSmall(Refusal):
    """A loan leaves less to pay than the least down payment 最低首付 (field, amount, down, least, share, most).

    `field` is the loan's kind and the name of its field, `most` the largest loan that is possible there.
    """

    code = "down-payment-too-small"


class TooOldForLoan(Refusal):
    """A loan runs beyond the age lenders go to 年龄加年限 (field, name, age, years, limit, longest).

    A warning unless the house refuses it; `longest` is the longest term in years, 0 where no loan is possible.
    """

    code = "too-old-for-loan"
