"""Looking a PostgreSQL server over: what it is and has, read by a few questions, judged by one table of checks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from salescenter.data.engine import open_engine
from salescenter.data.plain_order import IN_ORDER, NAME_OF_ORDER
from salescenter.data.server_clock import steady
from salescenter.data.server_rights.server_log import KEPT_OUT
from salescenter.data.weather import weather
from salescenter.domain.refusals import NoSuchDatabase

LEAST_VERSION = 130000
CONNECTIONS_PER_DESK = 3
"""One at work, one listening, one for papers and figures."""

SPARE = 10
"""Connections kept free: the server's own reserve, a backup, whoever looks after it."""

CLOCK_SECONDS = 60
"""The server's clock decides; a desk that differs more shows wrong times."""

MAINTENANCE = "postgres"
"""The database every server has, asked where the house's own is not made yet."""


class Grade(StrEnum):
    """What a finding means for the house."""

    GOOD = "good"
    ADVICE = "advice"      # better mended, nothing is lost meanwhile
    MISSING = "missing"    # the house works, but a promise of it does not hold
    BLOCKING = "blocking"  # a house cannot stand here


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its code, what it means, and what was found, for the sentence."""

    code: str
    grade: Grade
    found: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found; `exists`: the house's database is there."""

    exists: bool
    findings: tuple[Finding, ...]

    def worst(self) -> Grade:
        """Return the gravest of the grades."""
        return max((one.grade for one in self.findings), key=list(Grade).index, default=Grade.GOOD)


@dataclass(frozen=True, slots=True)
class _Facts:
    """Everything the checks ask for; `said` holds the server's settings, "" where a version has none."""

    exists: bool
    desks: int
    said: dict[str, str]
    encoding: str
    collation: str
    in_order: bool
    stale_collation: bool
    seconds: int
    encrypted: bool
    superuser: bool
    may_create: bool
    standbys: int
    archived: int
    failed: int
    open_doors: int
    backed_up: bool


def survey(url: URL, desks: int, now: datetime) -> Survey:
    """Look a server over for a house of so many desks; raises what keeps us from it. now: as it is asked for."""
    began = steady()

    def ours() -> float:
        return now.timestamp() + steady() - began  # a slow way in makes no clock wrong

    try:
        return _looked_over(url, desks, ours, exists=True)
    except NoSuchDatabase:
        return _looked_over(url.set(database=MAINTENANCE), desks, ours, exists=False)


def _looked_over(url: URL, desks: int, ours: Callable[[], float], *, exists: bool) -> Survey:
    engine = open_engine(url)
    try:
        with weather(engine), engine.connect() as line:
            facts = _facts(engine, line, desks, ours, exists=exists)
    finally:
        engine.dispose()
    return Survey(exists, tuple(found for look in _LOOKS if (found := look(facts)) is not None))


# --- asking

_WRITERS: dict[str, frozenset[str]] = {
    "log_statement": frozenset({"none", "ddl"}),
    "log_min_duration_statement": frozenset({"-1"}),
    "log_min_duration_sample": frozenset({"-1"}),
    "log_transaction_sample_rate": frozenset({"0"}),
    "log_min_messages": frozenset({"debug1", "info", "notice", "warning", "error", "log", "fatal", "panic"}),
    "auto_explain.log_min_duration": frozenset({"-1"}),
    "pgaudit.log": frozenset({"", "none"}),
}
"""What of a server writes statements that went well into its log, and how it says that it doesn't."""

_SETTINGS = (
    "server_version_num", "server_version", "max_connections", "superuser_reserved_connections", "ssl",
    "password_encryption", "listen_addresses", "archive_mode", "archive_command", "archive_library", "fsync",
    "full_page_writes", "synchronous_commit", "lc_messages", "log_destination", *KEPT_OUT, *_WRITERS,
)  # fmt: skip

_DATABASE = text(f"""
SELECT pg_encoding_to_char(d.encoding) AS encoding, {NAME_OF_ORDER} AS collation, {IN_ORDER} AS in_order,
       r.rolsuper AS superuser,
       r.rolsuper OR (r.rolcreatedb AND r.rolcreaterole) AS may_create,
       coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted,
       (SELECT count(*) FROM pg_stat_replication) AS standbys,
       (SELECT archived_count FROM pg_stat_archiver) AS archived,
       (SELECT failed_count FROM pg_stat_archiver WHERE last_failed_time > coalesce(last_archived_time, '-infinity'))
           AS failed,
       extract(epoch FROM clock_timestamp()) AS at
FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user
""")


def _facts(engine: Engine, line: Connection, desks: int, ours: Callable[[], float], *, exists: bool) -> _Facts:
    settings = text("SELECT name, setting FROM pg_settings WHERE name = ANY(:names)")
    said = dict.fromkeys(_SETTINGS, "") | {row[0]: row[1] for row in line.execute(settings, {"names": list(_SETTINGS)})}
    row = line.execute(_DATABASE).one()
    seconds = round(float(row.at) - ours())
    return _Facts(
        exists=exists, desks=desks, said=said, encoding=row.encoding, collation=row.collation, in_order=row.in_order,
        stale_collation=bool(_asked(engine, _STALE, False)), seconds=seconds,
        encrypted=row.encrypted, superuser=row.superuser, may_create=row.may_create, standbys=row.standbys,
        archived=row.archived or 0, failed=row.failed or 0, open_doors=int(_asked(engine, _OPEN_DOORS, 0)),
        backed_up=exists and bool(_asked(engine, _BACKED_UP, False)),
    )  # fmt: skip


_STALE = """
SELECT count(*) > 0 FROM pg_database WHERE datname = current_database()
AND datcollversion IS DISTINCT FROM pg_database_collation_actual_version(oid)
"""
_OPEN_DOORS = """
SELECT count(*) FROM pg_hba_file_rules WHERE auth_method IN ('trust', 'password')
AND type <> 'local' AND address NOT IN ('127.0.0.1', '::1', 'localhost')
"""
_BACKED_UP = "SELECT count(*) > 0 FROM setting WHERE name = 'last-backup'"
"""Asked apart: an older server, a person without the right or a database without tables has no answer."""


def _asked(engine: Engine, question: str, otherwise: object) -> Any:
    with suppress(DBAPIError), engine.connect() as line:
        return line.exec_driver_sql(question).scalar()
    return otherwise


# --- judging


def _version(facts: _Facts) -> Finding:
    grade = Grade.GOOD if int(facts.said["server_version_num"] or 0) >= LEAST_VERSION else Grade.BLOCKING
    return Finding("version", grade, (("found", facts.said["server_version"]),))


def _database(facts: _Facts) -> Finding | None:
    if facts.exists:
        return None
    return Finding("no-database", Grade.GOOD) if facts.may_create else Finding("no-right", Grade.BLOCKING)


def _encoding(facts: _Facts) -> Finding | None:
    if not facts.exists:
        return None
    return Finding("encoding", Grade.GOOD if facts.encoding == "UTF8" else Grade.BLOCKING, (("found", facts.encoding),))


def _collation(facts: _Facts) -> Finding | None:
    """Names are found by ranges of characters, which only the plain order of characters keeps."""
    if not facts.exists:
        return None
    if facts.in_order and facts.stale_collation:
        return Finding("collation-stale", Grade.MISSING, (("found", facts.collation),))
    return Finding("collation", Grade.GOOD if facts.in_order else Grade.BLOCKING, (("found", facts.collation),))


def _clock(facts: _Facts) -> Finding:
    grade = Grade.GOOD if abs(facts.seconds) <= CLOCK_SECONDS else Grade.MISSING
    return Finding("clock", grade, (("seconds", abs(facts.seconds)),))


def _connections(facts: _Facts) -> Finding:
    there = int(facts.said["max_connections"])
    needed = facts.desks * CONNECTIONS_PER_DESK + SPARE
    found = (("found", there), ("needed", needed), ("desks", facts.desks))
    return Finding("connections", Grade.GOOD if there >= needed else Grade.MISSING, found)


def _tls(facts: _Facts) -> Finding:
    return Finding("tls", Grade.GOOD if facts.said["ssl"] == "on" else Grade.MISSING)


def _listens(facts: _Facts) -> Finding:
    said = facts.said["listen_addresses"] or "localhost"
    here = {one.strip() for one in said.split(",")} <= {"localhost", "127.0.0.1", "::1"}
    return Finding("listen", Grade.MISSING if here else Grade.GOOD, (("found", said),))


def _doors(facts: _Facts) -> Finding:
    grade = Grade.MISSING if facts.open_doors else Grade.GOOD
    return Finding("doors", grade, (("count", facts.open_doors),))


def _passwords(facts: _Facts) -> Finding:
    said = facts.said["password_encryption"]
    return Finding("passwords", Grade.GOOD if said == "scram-sha-256" else Grade.MISSING, (("found", said),))


def _durable(facts: _Facts) -> Finding:
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if facts.said[name] == "off"]
    return Finding("durable", Grade.MISSING if off else Grade.GOOD, (("found", ", ".join(off)),))


def _backup(facts: _Facts) -> Finding:
    """Anything that was seen to work counts: the log shipped away, or the program's own backup."""
    shipping = facts.said["archive_mode"] in ("on", "always")
    if shipping and facts.failed:
        return Finding("backup-failing", Grade.MISSING, (("count", facts.failed),))
    if shipping and facts.archived:
        return Finding("backup-archive", Grade.GOOD, (("count", facts.archived),))
    if facts.backed_up:
        return Finding("backup-program", Grade.GOOD)
    return Finding("backup-unproved" if shipping else "backup-none", Grade.MISSING, (("count", facts.standbys),))


def _messages(facts: _Facts) -> Finding | None:
    """Why somebody is not let in is told apart by the server's words, in English or in Chinese as UTF-8."""
    said = facts.said["lc_messages"]
    known = said in ("", "C", "POSIX") or said.lower().startswith(("en", "c.", "zh_cn.utf"))
    return None if known else Finding("messages", Grade.ADVICE, (("found", said),))


def _log(facts: _Facts) -> Finding | None:
    """A statement holds names and numbers of customers whole, and so does what an error tells of a row."""
    if not facts.exists:
        return None  # set as it is made
    lacking = ", ".join(f"{name} = {said}" for name, said in KEPT_OUT.items() if facts.said[name] != said)
    return Finding("log-errors" if lacking else "log", Grade.MISSING if lacking else Grade.GOOD, (("found", lacking),))


def _log_of_all(facts: _Facts) -> Finding | None:
    """Whoever keeps the server wanted these, so they are theirs to change."""
    found = [f"{name} = {facts.said[name]}" for name, quiet in _WRITERS.items() if facts.said[name] not in quiet | {""}]
    return Finding("log-statements", Grade.MISSING, (("found", ", ".join(found)),)) if found else None


def _log_in_columns(facts: _Facts) -> Finding | None:
    """Such files hold what an error tells of a row, however briefly errors are told."""
    found = [one for one in ("csvlog", "jsonlog") if one in facts.said["log_destination"]]
    return Finding("log-details", Grade.ADVICE, (("found", ", ".join(found)),)) if found else None


_LOOKS: tuple[Callable[[_Facts], Finding | None], ...] = (
    _version, _database, _encoding, _collation, _clock, _connections, _listens, _tls, _doors, _passwords, _durable,
    _backup, _messages, _log, _log_of_all, _log_in_columns,
)  # fmt: skip
"""What is looked at, in the order it is told."""
