"""What ends somebody's work at a desk while they are logged in: no page answers it, the log-in does."""

from __future__ import annotations

from salescenter.domain.errors import Refusal


class TakenOffTheList(Refusal):
    """The person left the house while a desk still worked under their name (name)."""

    code = "taken-off-the-list"


class RoleChanged(Refusal):
    """The person was given another role since they logged in at this desk (name, role, was)."""

    code = "role-changed"


LOG_IN_AGAIN = (TakenOffTheList, RoleChanged)
