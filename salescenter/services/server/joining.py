"""What the settings ask of a server: look it over, prepare it, move this desk's house there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import URL

from salescenter.data.engine import plain
from salescenter.domain.staff import demand
from salescenter.domain.units import Step
from salescenter.services.server.entering import as_person
from salescenter.services.server.moving import Move, Tell, move, quiet
from salescenter.services.server.preparing import Prepared, prepare
from salescenter.services.server.survey import Survey, survey
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class Server:
    """A server as somebody typed it; the password is kept in no file."""

    where: str
    login: str = ""
    password: str = ""
    desks: int = 30

    def url(self) -> URL:
        """Return the whole address; refuses a file."""
        return as_person(self.where, self.login, self.password)


def is_on_server(desk: Desk) -> bool:
    """Say whether this desk's house is on a server already."""
    return desk.engine.dialect.name != "sqlite"


def where_is(desk: Desk) -> str:
    """Return where this desk's house is, without any password."""
    return plain(desk.engine.url)


def look(desk: Desk, server: Server, now: datetime) -> Survey:
    """Look a server over, writing nothing."""
    demand(desk.who.role, Step.EDIT_SETTINGS)
    return survey(server.url(), server.desks, now)


def make_ready(desk: Desk, server: Server, now: datetime) -> Prepared:
    """Make the database, its tables and the group of the desks where they are missing."""
    demand(desk.who.role, Step.EDIT_SETTINGS)
    return prepare(server.url(), None, server.desks, now)


def move_house(desk: Desk, server: Server, now: datetime, tell: Tell = quiet) -> Move:
    """Move this desk's house to the server; what `tell` raises stops it and nothing was switched."""
    demand(desk.who.role, Step.EDIT_SETTINGS)
    where = server.url().render_as_string(hide_password=False)
    return move(Path(str(desk.engine.url.database)), where, now, tell)
