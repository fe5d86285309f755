"""The first page of a new PC: try the sample, make a database here, or open one that exists."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salescenter.ui.first_run.making import Fresh, Made
    from salescenter.ui.first_run.page import NewDatabase
    from salescenter.ui.kit.lane import Ticket

# Jobs for the lane; what makes databases is imported there, so that the page stands before SQLAlchemy is loaded.


def sample(where: Path, ticket: Ticket, now: datetime) -> Fresh:
    """Make the sample estate at a place, replacing what lies there when it is whole."""
    from salescenter.ui.first_run import making

    return making.sample(where, ticket, now)


def new_house(asked: NewDatabase) -> Fresh:
    """Make an empty database with its first manager."""
    from salescenter.ui.first_run import making

    return making.new_house(asked)


def other_house(where: str) -> Made:
    """Open a database that exists."""
    from salescenter.ui.first_run import making

    return making.other_house(where)
