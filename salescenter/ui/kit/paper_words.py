"""What the house's papers are called on the screen."""

from __future__ import annotations

from salescenter.services.papers.titles import paper_words

__all__ = ["paper_words"]
