"""A subscription agreement (认购书) as it will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from salescenter.domain.papers.check import PaperKind, code_text
from salescenter.domain.papers.contract import sound_template
from salescenter.domain.papers.deal import Terms
from salescenter.domain.papers.fields import field_values
from salescenter.domain.templates import left_empty

NEEDED = ("出卖人", "买受人", "房号", "总价", "总价大写", "定金", "定金大写", "签约期限")
"""Without these an agreement is no pre-contract (民法典 art. 495) that could be held against anybody."""


@dataclass(frozen=True, slots=True)
class SubscriptionPaper:
    """Everything on a subscription; `template` is the text in force, with the fields of a contract."""

    number: str
    terms: Terms
    template: str
    made: datetime
    title: str = "商品房认购书"
    check: str = ""

    def code(self) -> str:
        """What its QR code says."""
        return code_text(PaperKind.SUBSCRIPTION, self.number, self.terms.price.total.fen, self.check)

    def left_empty(self) -> tuple[str, ...]:
        """Return the needed fields that this subscription would print empty; none is as it should be."""
        return left_empty(sound_template(self.template), field_values(self.terms, self.number), NEEDED)
