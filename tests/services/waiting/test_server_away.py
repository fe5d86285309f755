"""Reception against a real server that is stopped: what was taken meanwhile goes in after a restart, by somebody else."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from salescenter.data.visits import visit
from salescenter.domain.refusals import DatabaseAway
from salescenter.domain.rota import Happening
from salescenter.services.house import open_house
from salescenter.services.visits import register
from salescenter.services.waiting.merging import bring_all
from salescenter.services.waiting.shelf import shelf_of
from tests.pair import guarded
from tests.services.reception_house import Reception, open_reception
from tests.services.waiting.test_merging import OTHER, taken

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


def test_visits_taken_while_the_server_was_stopped_go_in_after_a_restart_whoever_is_there(tmp_path: Path) -> None:
    with guarded() as server:
        here = open_reception(server.url)
        here.sign_in("a", "b")
        shelf = shelf_of(here.desk(), tmp_path, "云栖花园")
        assert shelf is not None
        first = replace(taken(here, "k1", 10, "a"), server=shelf.server)
        sent = register(here.desk(), first.asked, first.at)  # and the answer is lost with the server
        server.stop("fast")  # this throw-away server writes nothing through
        with pytest.raises(DatabaseAway):
            register(here.desk(), first.asked, first.at)
        facts = replace(first.asked.facts, name="李娜", phones=(OTHER,))
        second = replace(taken(here, "k2", 20, "b", facts=facts), server=shelf.server)
        for one in (first, second):
            shelf.put(one)
        assert bring_all(here.desk(), shelf, here.now).broke
        here.house.close()
        server.start()
        later = Reception(open_house(server.url), here.people, here.later(hours=1))
        again = shelf_of(later.desk("lead"), tmp_path, "云栖花园")
        assert again is not None
        brought = bring_all(later.desk("lead"), again, later.now)
        assert brought.registered[0] == sent
        assert (len(brought.registered), brought.open, again.waiting()) == (2, (), ())
        with later.house.engine.connect() as connection:
            told = connection.execute(select(visit.c.at, visit.c.registered_by).order_by(visit.c.id)).all()
        front = here.people["front"].id
        assert [tuple(row) for row in told] == [(first.at, front), (second.at, front)]
        later.happen("a", Happening.DONE)
        assert later.next() == "顾问甲"
        later.house.close()
