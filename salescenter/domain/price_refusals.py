"""Why a price cannot stand, beyond what the limits of a person say."""

from __future__ import annotations

from salescenter.domain.errors import Refusal


class AboveListPrice(Refusal):
    """The price is above the one on the list 标价 (price, listed): nothing may be taken beyond the tag."""

    code = "above-list-price"
