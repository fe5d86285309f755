"""Destroying papers on a server: only what a list names that a second person approved, by its own door, and no more."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update

from salescenter.data.archive import paper_words
from salescenter.data.estate import setting
from salescenter.data.papers import paper
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.received import Document
from salescenter.domain.papers.scan import ScanFile
from salescenter.domain.refusals import NotYours
from salescenter.domain.units import Step
from salescenter.services import approvals
from salescenter.services.approvals import Decision
from salescenter.services.check import broken
from salescenter.services.papers import archive, destruction
from salescenter.services.papers.archive import PrintRequest
from salescenter.services.papers.destruction import CarryOut, Proposal
from salescenter.services.papers.keep_marks import KeepRequest, LiftRequest, keep_beyond, lift
from salescenter.services.papers.kept import kept
from salescenter.services.papers.received import Bringing, bring, documents
from salescenter.services.papers.scans import TakeOutRequest, take_out
from tests.domain.test_scans import PNG
from tests.houses import Estate
from tests.services.server.guarded_house import desk_of, house, opened, refused, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


@pytest.fixture(scope="module")
def old(house: Estate) -> Estate:
    """Two quotations of three years ago, in a house that keeps them for one."""
    with desk_of(house, "office") as office:
        for number in ("ZY-1", "ZY-2"):
            archive.keep(office, PrintRequest("quotation", number, "置业计划书", b"%PDF of old"), house.now)
    house.put(update(paper).values(at=house.now - timedelta(days=1100)))
    house.put(insert(setting).values(project_id=1, name="keep_office", since=date(2025, 1, 1), value=1))
    return house


def test_a_list_is_proposed_approved_and_carried_out_each_by_their_own_door(old: Estate) -> None:
    with desk_of(old, "a") as consultant, pytest.raises(NotYours):
        destruction.propose(consultant, Proposal((("quotation", "ZY-1"),), "期满"), old.now)
    with desk_of(old, "office") as office:
        listed = destruction.propose(office, Proposal((("quotation", "ZY-1"),), "期满"), old.now)
        empty = f"UPDATE paper SET pdf = '', destruction_id = {listed.list} WHERE number = "
        door, print_ = opened(old, "office", Step.DESTROY_PAPERS), opened(old, "office", Step.PRINT_PAPER)
        refused(old, "office", door, f"{empty}'ZY-1'")  # not approved yet
        for login in ("a", "cash", "front"):
            refused(old, login, opened(old, login, Step.DESTROY_PAPERS), f"{empty}'ZY-1'")
        mine = f"UPDATE approval SET granted = true, decided_at = 1, decided_by = {old.people['boss'].id}"
        refused(old, "office", door, mine)
        with desk_of(old, "boss") as boss:
            wish = approvals.waiting(boss)[-1].id
            approvals.decide(boss, Decision(wish, granted=True), old.now)
        refused(old, "office", door, f"{empty}'ZY-2'")  # on no list
        refused(old, "office", door, empty.replace("''", "'x'") + "'ZY-1'")
        refused(old, "office", door, empty.replace("pdf = ''", "pdf = '', said = 'x'") + "'ZY-1'")
        refused(old, "office", print_, f"{empty}'ZY-1'")
        refused(old, "office", door, "DELETE FROM paper_words")
        refused(old, "office", door, "DELETE FROM paper")
        refused(old, "office", door, "UPDATE paper SET sha256 = ''")
        done = destruction.carry_out(office, CarryOut(listed.list, "审计"), old.now)
    assert (done.papers, done.prints) == (1, 1)
    ours = paper.c.number.in_(("ZY-1", "ZY-2"))
    kept = old.all(select(paper.c.number, paper.c.pdf).where(ours).order_by(paper.c.number))
    assert [(row.number, len(row.pdf)) for row in kept] == [("ZY-1", 0), ("ZY-2", 11)]
    words = select(paper.c.number).join(paper_words, paper_words.c.paper_id == paper.c.id).where(ours)
    assert [row.number for row in old.all(words)] == ["ZY-2"]
    with old.house.engine.connect() as line:
        assert broken(line) == []
    with desk_of(old, "boss") as boss, boss.reading() as line:
        assert broken(line) == []


def test_what_is_marked_to_be_kept_is_emptied_through_no_door_and_marks_name_who_set_them(old: Estate) -> None:
    with desk_of(old, "office") as office, desk_of(old, "boss") as boss:
        archive.keep(office, PrintRequest("quotation", "ZY-3", "置业计划书", b"%PDF of old"), old.now)
        old.put(update(paper).where(paper.c.number == "ZY-3").values(at=old.now - timedelta(days=1100)))
        listed = destruction.propose(office, Proposal((("quotation", "ZY-3"),), "期满"), old.now)
        approvals.decide(boss, Decision(approvals.waiting(boss)[-1].id, granted=True), old.now)
        mark = keep_beyond(boss, KeepRequest(PaperKind.QUOTATION, "ZY-3", "诉讼"), old.now).mark
        keeps, destroys = opened(old, "office", Step.KEEP_PAPERS), opened(old, "office", Step.DESTROY_PAPERS)
        me, other = old.people["office"].id, old.people["boss"].id
        refused(old, "office", destroys,
                f"UPDATE paper SET pdf = '', destruction_id = {listed.list} WHERE number = 'ZY-3'")  # fmt: skip
        lifting = f"UPDATE keep_mark SET lifted_at = 1, lifted_by = {{}} WHERE id = {mark}"
        refused(old, "office", keeps, lifting.format(other))
        refused(old, "office", destroys, lifting.format(me))
        refused(old, "a", opened(old, "a", Step.KEEP_PAPERS), lifting.format(old.people["a"].id))
        refused(old, "office", keeps, f"UPDATE keep_mark SET reason = '' WHERE id = {mark}")
        refused(old, "office", keeps, "DELETE FROM keep_mark")
        refused(old, "office", keeps, "INSERT INTO keep_mark (project_id, kind, number, reason, by_id, at, lifted_why)"
                f" VALUES (1, 'quotation', 'ZY-1', 'x', {other}, 1, '')")  # fmt: skip
        assert destruction.carry_out(office, CarryOut(listed.list, "审计"), old.now).stayed == 1
        lift(office, LiftRequest(mark, "结案"), old.now)
        refused(old, "office", keeps, lifting.format(me))


def test_a_customers_document_that_is_marked_is_taken_out_through_no_door(old: Estate) -> None:
    sale = old.subscribe("1-101")
    with desk_of(old, "boss") as boss:
        shared = Bringing(sale.deal, Document.ELIGIBILITY, None, (ScanFile("card.png", PNG),))
        bring(boss, shared, old.now)
        (one,) = [one for one in documents(boss, sale.deal) if one.copies]
        mark = keep_beyond(boss, KeepRequest(PaperKind.RECEIVED, one.number, "诉讼"), old.now).mark
        assert [row.id for row in kept(boss, old.now) if row.lifted is None] == [mark]
        door = opened(old, "boss", Step.APPROVE)
        refused(old, "boss", door, f"UPDATE scan SET gone = 1 WHERE id = {one.copies[0].id}")
        lift(boss, LiftRequest(mark, "结案"), old.now)
        take_out(boss, TakeOutRequest(one.copies[0].id, "放错"), old.now)


def test_a_server_runs_what_a_desk_asks_at_once_and_compiles_none_of_it(old: Estate) -> None:
    with desk_of(old, "office") as office, office.reading() as line:
        assert line.exec_driver_sql("SHOW jit").scalar() == "off"


def test_a_manager_grants_nothing_they_asked_for_and_nothing_in_anothers_name(old: Estate) -> None:
    with desk_of(old, "boss") as boss:
        listed = destruction.propose(boss, Proposal((("quotation", "ZY-2"),), "期满"), old.now)
        wish = approvals.waiting(boss)[-1].id
    door, me, other = opened(old, "boss", Step.APPROVE), old.people["boss"].id, old.people["office"].id
    for who in (me, other):
        refused(old, "boss", door,
                f"UPDATE approval SET granted = true, decided_at = 1, decided_by = {who} WHERE id = {wish}")  # fmt: skip
    assert listed.papers == 1
