"""A rate as contracts write late fees: ten-thousandths a day (万分之一)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from salescenter.i18n import mark
from salescenter.ui.kit.editors import FigureEdit


class TenThousandthEdit(FigureEdit):
    """A rate typed in ten-thousandths (`1`, `0.5`, `1‱`); `value` is the share as a Decimal (0.0001) or None."""

    cannot = mark("This cannot be read as a rate; write 1 or 0.5.")

    def read(self, text: str) -> Decimal | None:
        try:
            figure = Decimal(text.strip().removesuffix("‱"))
        except InvalidOperation:
            return None
        return figure / 10_000 if figure.is_finite() and figure >= 0 else None

    def write(self, value: Any) -> str:
        return f"{(value * 10_000).normalize():f}‱"
