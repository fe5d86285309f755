"""What a paper says to a form as a text, kept with the paper so that a reprint says what the first one said."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.filling import Filling

_PLAIN = ("number", "title", "house", "lang", "draft")


def filling_text(said: Filling) -> str:
    """Write it down without the marks of a day: which reprint it is and whether it is void is known anew each time."""
    kept = {
        **{name: getattr(said, name) for name in _PLAIN}, "kind": said.kind.value, "made": said.made.isoformat(),
        "fields": dict(said.fields), "rows": {name: list(texts) for name, texts in said.rows.items()},
        "amounts": {name: amount.fen for name, amount in said.amounts.items()},
    }  # fmt: skip
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def read_filling(text: str) -> Filling:
    """Read it again; amounts are kept as fen."""
    kept: dict[str, Any] = json.loads(text)
    return Filling(
        **{name: kept[name] for name in _PLAIN},
        kind=PaperKind(kept["kind"]), made=datetime.fromisoformat(kept["made"]), fields=kept["fields"],
        rows={name: tuple(texts) for name, texts in kept["rows"].items()},
        amounts={name: Money(fen) for name, fen in kept["amounts"].items()},
    )  # fmt: skip
