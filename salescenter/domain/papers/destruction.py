"""Destroying papers whose years are over (销毁): what a list is in its life, and why it is refused."""

from __future__ import annotations

from enum import StrEnum

from salescenter.domain.errors import Refusal

MOST_LISTED = 2_000
"""So many numbers one list names at most: two people are to look through it."""


class ListState(StrEnum):
    """Where a list of destruction (销毁清册) is."""

    WAITING = "waiting"    # 待审批
    APPROVED = "approved"  # 已批准, not carried out yet
    DECLINED = "declined"  # 未批准
    DONE = "done"          # 已销毁


class PaperDestroyed(Refusal):
    """What is asked for was destroyed when its years were over (number, listed: the list's number, on)."""

    code = "paper-destroyed"


class NothingToDestroy(Refusal):
    """Nothing of what was chosen may be destroyed today."""

    code = "nothing-to-destroy"


class KeptByMark(Refusal):
    """A mark keeps the paper or document until it is lifted (number, why)."""

    code = "kept-by-mark"


class NotApproved(Refusal):
    """The list was not approved by a second person (number)."""

    code = "list-not-approved"
