"""What a measurement gives, and how it reads as a line of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

COLUMNS = ("bench", "what", "measured", "peer", "ratio", "limit", "")


class Figure(NamedTuple):
    """One figure; a plain tuple of these five serves as well.

    what: what was measured and its unit ("first paint, ms"); value: what we took; peer: what the peer took in the
    same run, None without one; ratio: value against peer, best as the median of pairs; limit: the most the ratio
    may be, or the most the value may be where there is no ratio; None where the figure is only told.
    """

    what: str
    value: float
    peer: float | None = None
    ratio: float | None = None
    limit: float | None = None

    @property
    def within(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        if self.limit is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.limit

    def cells(self, bench: str) -> tuple[str, ...]:
        """The figure as texts under `COLUMNS`."""
        limit = "" if self.limit is None else f"<= {_short(self.limit)}{'' if self.ratio is None else 'x'}"
        ratio = "" if self.ratio is None else f"{_short(self.ratio)}x"
        return bench, self.what, _short(self.value), _short(self.peer), ratio, limit, VERDICTS[self.within]

    def facts(self, bench: str) -> dict[str, Any]:
        """The figure for a JSON file."""
        return {"bench": bench, **self._asdict(), "within": self.within}


VERDICTS = {True: "ok", False: "OVER", None: ""}


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Set texts under the columns; the first two stand left, figures right."""
    lines = [COLUMNS, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(text.ljust(width) if at < 2 or at == 6 else text.rjust(width)
                  for at, (text, width) in enumerate(zip(line, widths, strict=True))).rstrip()
        for line in lines
    )


def _short(value: float | None) -> str:
    """Three significant digits, or whole numbers from a hundred up."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
