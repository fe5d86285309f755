"""serve-setup: look a PostgreSQL server over and prepare it for a house; what is missing is said with its remedy."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from getpass import getpass
from typing import TypeVar

from sqlalchemy.engine import URL

from salescenter.data.engine import address, plain
from salescenter.data.types import CHINA
from salescenter.domain.refusals import FieldMalformed, FieldMissing, PasswordNeeded
from salescenter.i18n import tr
from salescenter.services.new_house import NewHouse
from salescenter.services.server.preparing import give_account, prepare
from salescenter.services.server.survey import Finding, Grade, survey
from salescenter.ui.kit.server_findings import MADE, finding_words, label_words

T = TypeVar("T")
ENDS: dict[Grade, int] = {Grade.GOOD: 0, Grade.ADVICE: 0, Grade.MISSING: 1, Grade.BLOCKING: 2}
"""The exit code for the gravest thing found."""

SIGNS: dict[Grade, str] = {Grade.GOOD: "+", Grade.ADVICE: "o", Grade.MISSING: "!", Grade.BLOCKING: "x"}


def run_serve_setup(asked: Namespace) -> int:
    """Print what the server is and has; without `--dry-run` also make what is missing."""
    url = served(asked.url)
    wanted = _wanted(asked)
    found = with_password(url, lambda at: survey(at, asked.desks, datetime.now(CHINA)))
    if asked.dry_run or found[1].worst() is Grade.BLOCKING:
        _tell(found[1].findings)
        print(tr("nothing was written"))
        return ENDS[found[1].worst()]
    if wanted is not None:
        wanted = replace(wanted, password=_secret(wanted.login))
    done = prepare(found[0], wanted, asked.desks, datetime.now(CHINA))
    if asked.login and wanted is None:
        give_account(found[0], asked.login, _secret(asked.login))
    _tell(done.survey.findings)
    for one in done.made:
        print(tr(MADE[one]))
    print(tr("{address} is ready", address=plain(url)) if done.made else tr("nothing to do: all was there"))
    return ENDS[done.survey.worst()]


def served(text: str) -> URL:
    """Read the address of a server; refuses a file."""
    url = address(text)
    if url.get_backend_name() == "sqlite":
        raise FieldMalformed(field="database", value=text, why="not-a-server")
    return url


def with_password(url: URL, ask: Callable[[URL], T]) -> tuple[URL, T]:
    """Do something with an address; where the server wants a password that nobody gave, ask at the keyboard."""
    try:
        return url, ask(url)
    except PasswordNeeded:
        if not sys.stdin.isatty():
            raise
        whole = _typed(url)
        return whole, ask(whole)


def with_password_typed(where: str) -> str:
    """Return a server's address with the password that is asked for at the keyboard; it is for this run alone."""
    return _typed(address(where)).render_as_string(hide_password=False)


def _typed(url: URL) -> URL:
    return url.set(password=getpass(tr("Password of {login} on the server: ", login=url.username or "")))


def _wanted(asked: Namespace) -> NewHouse | None:
    """The house to found; none where a file is to be moved there."""
    if not asked.project:
        return None
    for field in ("manager", "login"):
        if not getattr(asked, field):
            raise FieldMissing(field=field)
    return NewHouse(asked.project, asked.manager, asked.login, developer=asked.developer)


def _secret(login: str) -> str:
    """A new password, typed unseen, or the first line of what is piped in; never on the command line."""
    if sys.stdin.isatty():
        return getpass(tr("New password of {login}: ", login=login))
    return sys.stdin.readline().rstrip("\r\n")


def tell_open_log(url: URL) -> None:
    """Say of a database that was just made what its server's log would tell, where its maker may not keep it silent."""
    _tell([one for one in survey(url, 1, datetime.now(CHINA)).findings if one.code == "log-errors"])


def _tell(findings: Iterable[Finding]) -> None:
    for one in findings:
        sentence, remedy = finding_words(one)
        print(f"{SIGNS[one.grade]} {label_words(one)}: {sentence}")
        if remedy:
            print(f"    {remedy}")
