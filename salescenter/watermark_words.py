"""The watermark on whatever leaves the house as a file: who took it and when, in one sentence everywhere."""

from __future__ import annotations

from datetime import datetime

from salescenter.i18n import tr


def watermark(who: str, at: datetime, lang: str | None = None) -> str:
    """Return the sentence, in the file's language or else in the screen's."""
    return tr("Exported by {who} on {at}", who=who, at=f"{at:%Y-%m-%d %H:%M}", lang=lang)
