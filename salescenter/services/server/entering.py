"""Coming in: a file is opened once for everybody, a server by each person with their own name and password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from hmac import compare_digest

from sqlalchemy import func, select
from sqlalchemy.engine import URL

from salescenter.data.engine import address, plain
from salescenter.data.server_clock import Clock
from salescenter.data.staff import person
from salescenter.domain.refusals import DatabaseAway, FieldMalformed, PasswordNeeded, WrongPassword
from salescenter.domain.server_address import is_server
from salescenter.services.house import House, LoginName, Named, open_house
from salescenter.services.server.door import OnThisPc
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
    house: House | None, where: str, login: str | None = None, password: str = "", door: OnThisPc | None = None,
    *, locked: Desk | None = None,
) -> tuple[House | None, Met | None]:
    """Open the house and let somebody in; without a login nobody, and nothing where a server asks first who comes.

    `door` keeps what failed at a server's door, and makes whoever failed wait. `locked`: the desk that is left locked
    here; the same person goes on there while the server is away.
    """
    counted = door if login is not None and is_server(where) else None
    try:
        with _counting(counted, login or ""):
            opened = enter(house, where, login or "", password)
        projects = opened.projects()
        first = projects[0].id if projects else None
        desk = opened.log_in(login, password, first) if login is not None else None
    except (PasswordNeeded, WrongPassword):
        if login is not None:
            raise
        return None, None
    except DatabaseAway as away:
        if house is None or locked is None:
            raise
        with _counting(counted, login or ""):
            _demand_the_same(house.url, login or "", password, away)
        return house, Met((), (), locked)
    if counted is not None and desk is not None:
        counted.passed(desk, login or "")
    return opened, Met(projects, opened.people(), desk)


def _demand_the_same(url: URL, login: str, password: str, away: DatabaseAway) -> None:
    """Compare with what the server, which is away now, asked for when the house was opened; else tell that it is."""
    if not url.password or url.username != login:
        raise away
    if not compare_digest(url.password.encode(), password.encode()):
        raise WrongPassword(login=login)


def _counting(door: OnThisPc | None, login: str) -> AbstractContextManager[None]:
    return nullcontext() if door is None else door.counting(login)


@contextmanager
def beside(desk: Desk, login: str, password: str, door: OnThisPc | None = None) -> Iterator[Desk]:
    """Let a second person work for a moment at somebody's desk; whoever sits there stays logged in.

    On a server that knows its people the second one has a connection of their own, so that it sees who works there.
    """
    own = _own_account(desk)
    if not own:
        yield _same_desk(House(desk.engine, desk.engine.url, Clock(desk.engine)).log_in(login, password), desk)
        return
    url = desk.engine.url.set(username=login, password=password or None)
    with _counting(door, login):
        house = open_house(url.render_as_string(hide_password=False))
    try:
        yield _same_desk(house.log_in(login, password), desk)
    finally:
        house.close()


def _same_desk(second: Desk, desk: Desk) -> Desk:
    return replace(second, project=desk.project, pc=desk.pc)


def _own_account(desk: Desk) -> bool:
    """Say whether the one who sits here came in under their own name of the server."""
    if desk.engine.dialect.name == "sqlite":
        return False
    with desk.reading() as line:
        return bool(line.scalar(select(person.c.login == func.session_user()).where(person.c.id == desk.who.id)))


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
