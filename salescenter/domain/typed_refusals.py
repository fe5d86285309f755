"""Why a text that was typed is not kept: it is longer than any paper has room for."""

from __future__ import annotations

from salescenter.domain.errors import Refusal


class TextTooLong(Refusal):
    """A text has more letters than its papers print legibly (field, letters, most)."""

    code = "text-too-long"
