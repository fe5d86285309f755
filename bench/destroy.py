"""Papers past their years on a file and on a server behind its rights: looked through, put on a list, destroyed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert, text

from bench.figure import Figure
from salescenter.data.archive import paper_words
from salescenter.data.engine import address
from salescenter.data.estate import setting
from salescenter.data.papers import paper
from salescenter.data.server_rights import accounts
from salescenter.data.types import CHINA
from salescenter.domain.papers.destruction import MOST_LISTED
from salescenter.domain.papers.words import grams, kept_words
from salescenter.services import approvals
from salescenter.services.approvals import Decision
from salescenter.services.papers.destruction import CarryOut, Proposal, carry_out, propose
from salescenter.services.papers.past_years import past_years
from salescenter.services.server.preparing import give_account, prepare
from salescenter.services.work import Desk
from tests.houses import NOON, PEOPLE, Estate, found
from tests.pair import guarded
from tests.services.server.guarded_house import HASH, WORD, desk_of

NAME = "destroy"
PAPERS = {"small": 10_000, "full": 60_000}
PAGES = bytes(range(256)) * 8
"""The bytes of a paper; a real one has some 50,000, which are read and written nowhere here."""
LIMITS = {"looked through": 3.0, f"a list of {MOST_LISTED:,} proposed": 3.0, "carried out": 5.0}
"""Seconds somebody waits before a window with its progress, however many papers there are."""
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class _Hall:
    """Whoever proposes and carries out, who approves, and the time in their house."""

    office: Desk
    boss: Desk
    now: datetime


def measure(size: str) -> list[Figure]:
    """Destroy one full list on each database."""
    papers = PAPERS.get(size, PAPERS["full"])
    figures = []
    for name, hall in (("file", _on_file), ("server", _on_server)):
        with hall(papers) as here:
            for what, seconds in _taken(here).items():
                figures.append(Figure(f"{papers:,} papers on a {name}: {what}, s", seconds, limit=LIMITS[what]))
    return figures


def _taken(here: _Hall) -> dict[str, float]:
    """Seconds each step takes; that all of the list goes is looked at, too."""
    looked, listed, done = LIMITS
    taken: dict[str, float] = {}

    def timed(what: str, work: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        result = work()
        taken[what] = time.perf_counter() - begun
        return result

    old = timed(looked, lambda: past_years(here.office, here.now))
    chosen = Proposal(tuple(one.key for one in old[:MOST_LISTED]), "已过保管期限")
    one = timed(listed, lambda: propose(here.office, chosen, here.now))
    approvals.decide(here.boss, Decision(approvals.waiting(here.boss)[-1].id, granted=True), here.now)
    gone = timed(done, lambda: carry_out(here.office, CarryOut(one.list, "审计"), here.now))
    if gone.papers != len(chosen.chosen):
        raise RuntimeError(f"{gone.papers} of {len(chosen.chosen)} papers went")
    return taken


@contextmanager
def _on_file(papers: int) -> Iterator[_Hall]:
    with TemporaryDirectory() as folder:
        estate = _filled(Path(folder) / "house.db", papers)
        desks = {login: Desk(estate.house.engine, estate.people[login], 1) for login in ("office", "boss")}
        yield _Hall(desks["office"], desks["boss"], estate.now)
        estate.house.close()


@contextmanager
def _on_server(papers: int) -> Iterator[_Hall]:
    with ExitStack() as stack:
        server = stack.enter_context(guarded())
        server.let_in("host all all 127.0.0.1/32 scram-sha-256")
        server.order("CREATE DATABASE house TEMPLATE template0")
        where = f"postgresql://sales@127.0.0.1:{server.port}/house"
        estate = _filled(where, papers)
        prepare(address(where), None, 1, NOON)
        give_account(address(where), "boss", WORD)
        with estate.house.engine.begin() as line:
            for login, _, _ in PEOPLE[1:]:
                accounts.set_password(line, estate.people[login].id, login, WORD, HASH)
        with estate.house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
            line.execute(text("VACUUM ANALYZE"))
        office, boss = (stack.enter_context(desk_of(estate, login)) for login in ("office", "boss"))
        yield _Hall(office, boss, estate.now)
        estate.house.close()


def _filled(where: str | Path, papers: int) -> Estate:
    """A house that keeps its slips for a year, and has printed so many evenly over the last four."""
    estate = found(where)
    estate.now = datetime.now(CHINA)
    estate.put(insert(setting).values(project_id=1, name="keep_office", since=date(2025, 1, 1), value=1))
    for first in range(0, papers, _AT_ONCE):
        rows = [_row(at, papers, estate.now) for at in range(first, first + _AT_ONCE)]
        with estate.house.engine.connect().execution_options(writes=True) as line, line.begin():
            ids = line.scalars(insert(paper).returning(paper.c.id, sort_by_parameter_order=True), rows).all()
            said = [kept_words(f"置业计划书 {row['number']} 客户 陈晓{chr(0x4E00 + one % 3000)} 云栖置业有限公司")
                    for one, row in zip(ids, rows, strict=True)]  # fmt: skip
            line.execute(insert(paper_words), [
                {"paper_id": one, "words": words, "grams": " ".join(sorted(grams(words)))}
                for one, words in zip(ids, said, strict=True)
            ])
    return estate


def _row(at: int, papers: int, now: datetime) -> dict[str, Any]:
    return {"project_id": 1, "kind": "quotation", "number": f"ZY{at:07}", "title": "置业计划书", "copy": 1,
            "reason": "", "sha256": "0" * 64, "at": now - timedelta(days=1460) * (1 - at / papers), "by_id": 1,
            "pdf": PAGES}  # fmt: skip
