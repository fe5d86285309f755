"""Forms changed and not kept yet, as drafts of whoever designs them, by the form's mark."""

from __future__ import annotations

from salescenter.domain.papers.overlay import OverlayForm
from salescenter.domain.papers.overlay_file import form_text, read_form_text
from salescenter.ui.kit.drafts import Drafts

DRAFTS = "pre-printed-forms"
"""The draft that holds them all."""


class FormDrafts:
    """What is kept of each form that is being changed."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    def all(self) -> dict[str, OverlayForm]:
        """Return every form that was changed and not kept."""
        kept = self._drafts.recall(DRAFTS)
        return {mark: read_form_text(text) for mark, text in kept.items() if isinstance(text, str)}

    def keep(self, mark: str, form: OverlayForm) -> None:
        """Remember a form as it stands now."""
        self._drafts.keep(DRAFTS, {**self._drafts.recall(DRAFTS), mark: form_text(form)})

    def drop(self, mark: str) -> None:
        """Forget it: it was kept, or thrown away."""
        left = {one: text for one, text in self._drafts.recall(DRAFTS).items() if one != mark}
        self._drafts.keep(DRAFTS, left)
