"""Coming in: a file is opened once for everybody, a server by each person with their own name and password."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import URL

from salescenter.data.engine import address, plain
from salescenter.domain.refusals import FieldMalformed, PasswordNeeded, WrongPassword
from salescenter.domain.server_address import is_server
from salescenter.services.house import House, LoginName, Named, open_house
from salescenter.services.work import Desk


def as_person(where: str, login: str, password: str) -> URL:
    """Return the address of a server for one person; an account in the address itself goes first."""
    url = address(where)
    if url.get_backend_name() == "sqlite":
        raise FieldMalformed(field="where", value=where, why="not-a-server")
    return url.set(username=url.username or login or None, password=url.password or password or None)


@dataclass(frozen=True, slots=True)
class Met:
    """What an open house tells: its projects and people; the desk, where somebody was let in."""

    projects: tuple[Named, ...]
    people: tuple[LoginName, ...]
    desk: Desk | None = None


def meet(
    house: House | None, where: str, login: str | None = None, password: str = ""
) -> tuple[House | None, Met | None]:
    """Open the house and let somebody in; without a login nobody, and nothing where a server asks first who comes."""
    try:
        house = enter(house, where, login or "", password)
    except (PasswordNeeded, WrongPassword):
        if login is not None:
            raise
        return None, None
    desk = house.log_in(login, password) if login is not None else None
    return house, Met(house.projects(), house.people(), desk)


def enter(house: House | None, where: str, login: str = "", password: str = "") -> House:
    """Return the open house for whoever comes: the one at hand, or a server's opened anew as this person."""
    if not is_server(where) or not login:
        return house or open_house(where)
    url = as_person(where, login, password)
    if house is not None and (house.url.username, house.url.password) == (url.username, url.password):
        return house
    opened = open_house(url.render_as_string(hide_password=False))
    if house is not None:
        house.close()
    return opened


def join(where: str) -> tuple[House | None, str]:
    """Open what was named for the first time on this PC, with the address to remember: no password, nobody's account.

    A server that wants to know first who comes is there, too: the log-in tells it.
    """
    if not is_server(where):
        return open_house(where), where
    url = address(where)
    kept = plain(url, account=url.password is None)
    try:
        return open_house(where.strip()), kept
    except (PasswordNeeded, WrongPassword):
        if url.password is not None:
            raise
        return None, kept
