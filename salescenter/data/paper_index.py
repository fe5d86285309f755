"""The index behind the words of papers: each engine's own, beside the tables, fed by them and never read from outside.

Both hold every two letters that follow each other, so that two characters of Chinese are found as quickly as twenty: on
SQLite FTS5 over the column of grams (its own trigrams find nothing of two), on a server an inverted index (GIN) over
them as an array, in a schema of its own that only the house's functions read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from salescenter.data.archive import paper_words
from salescenter.data.server_rights.scripts import run
from salescenter.data.types import millis

INDEX = "paper_find"
"""The virtual table of SQLite; what it keeps stands in tables whose names begin so."""

SCHEMA = "finding"
"""Where a server keeps the same."""

_ON_FILE = (
    f"""CREATE VIRTUAL TABLE {INDEX} USING fts5(
        grams, content='{paper_words.name}', content_rowid='paper_id', detail='none', tokenize='ascii')""",
    f"""CREATE TRIGGER {INDEX}_adds AFTER INSERT ON {paper_words.name} BEGIN
        INSERT INTO {INDEX} (rowid, grams) VALUES (NEW.paper_id, NEW.grams); END""",
    f"""CREATE TRIGGER {INDEX}_drops AFTER DELETE ON {paper_words.name} BEGIN
        INSERT INTO {INDEX} ({INDEX}, rowid, grams) VALUES ('delete', OLD.paper_id, OLD.grams); END""",
    f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')",
)

_ON_SERVER = (
    f"CREATE SCHEMA {SCHEMA}",
    f"CREATE TABLE {SCHEMA}.paper (id bigint PRIMARY KEY, grams text[] NOT NULL)",
    f"INSERT INTO {SCHEMA}.paper SELECT paper_id, string_to_array(grams, ' ') FROM {paper_words.name}",
    f"CREATE INDEX paper_grams ON {SCHEMA}.paper USING gin (grams)",
    f"""
CREATE FUNCTION {SCHEMA}.follow() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO {SCHEMA}.paper VALUES (NEW.paper_id, string_to_array(NEW.grams, ' '));
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM {SCHEMA}.paper WHERE id = OLD.paper_id;
    ELSE
        TRUNCATE {SCHEMA}.paper;
    END IF;
    RETURN NULL;
END $$
""",
    f"""CREATE TRIGGER {INDEX}_follows AFTER INSERT OR DELETE ON {paper_words.name}
        FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.follow()""",
    f"""CREATE TRIGGER {INDEX}_empties AFTER TRUNCATE ON {paper_words.name}
        FOR EACH STATEMENT EXECUTE FUNCTION {SCHEMA}.follow()""",
)


def put_up(connection: Connection) -> None:
    """Make the index of a database that has none, of all words that are there."""
    if connection.scalar(_STANDS[connection.dialect.name]):
        return
    if connection.dialect.name == "postgresql":
        run(connection, _ON_SERVER)
    else:
        for order in _ON_FILE:
            connection.exec_driver_sql(order)


_STANDS = {
    "sqlite": text(f"SELECT 1 FROM sqlite_master WHERE name = '{INDEX}'"),
    "postgresql": text(f"SELECT to_regnamespace('{SCHEMA}') IS NOT NULL"),
}


@dataclass(frozen=True, slots=True)
class WordsSought:
    """Grams that all must be there, of papers of these kinds and of a time; the newest so many."""

    project: int
    grams: frozenset[str]
    kinds: Sequence[str]
    first: datetime | None
    last: datetime | None
    most: int


def drop_traces(connection: Connection) -> None:
    """Take out of a file's index what its deleted words left behind: FTS5 only marks them until it merges.

    A server's index follows its table, and its place is cleared by the server's own vacuum.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")


def find(connection: Connection, sought: WordsSought) -> dict[int, str]:
    """Return the words of papers that have the grams, by the paper's id, the newest first.

    A server tells of those that the person may open, and no others. Grams may stand apart: look again at the words.
    """
    server = connection.dialect.name == "postgresql"
    asked: dict[str, Any] = {
        "project": sought.project, "most": sought.most,
        "first": millis(sought.first) if sought.first else 0,
        "last": millis(sought.last) if sought.last else _NEVER,
        "grams": sorted(sought.grams) if server else " ".join(f'"{gram}"' for gram in sorted(sought.grams)),
        "kinds": list(sought.kinds) if server else f",{','.join(sought.kinds)},",
    }
    return {row[0]: row[1] for row in connection.execute(_FIND[connection.dialect.name], asked)}


_NEVER = 1 << 60
_FIND = {
    "sqlite": text(f"""
        SELECT p.id, w.words FROM {INDEX} AS f
        JOIN paper AS p ON p.id = f.rowid JOIN {paper_words.name} AS w ON w.paper_id = f.rowid
        WHERE {INDEX} MATCH :grams AND p.project_id = :project AND instr(:kinds, ',' || p.kind || ',')
        AND p.at >= :first AND p.at < :last ORDER BY f.rowid DESC LIMIT :most"""),
    "postgresql": text("SELECT id, words FROM doors.papers_with(:project, :grams, :kinds, :first, :last, :most)"),
}
