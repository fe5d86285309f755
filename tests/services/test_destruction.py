"""Papers destroyed at the end of their years, on both engines: proposed by one, approved by another, gone for good."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update

from salescenter.data.archive import paper_words, scan_bytes
from salescenter.data.deals import approval, deal
from salescenter.data.papers import destruction, destruction_line, keep_mark, paper
from salescenter.data.payments import closed_day, receipt
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.destruction import ListState, NotApproved, NothingToDestroy, PaperDestroyed
from salescenter.domain.papers.retention import Held
from salescenter.domain.papers.scan import ScanFile
from salescenter.domain.refusals import ChangedMeanwhile, FieldMissing, NotYours, Oneself, ReasonMissing
from salescenter.domain.staff import Person, Role
from salescenter.domain.units import Step
from salescenter.services import approvals, check
from salescenter.services.approvals import Decision
from salescenter.services.papers import archive, scans
from salescenter.services.papers import destruction as destroying
from salescenter.services.papers.checking import check_paper
from salescenter.services.papers.destruction import CarryOut, Destroyed, Proposal, Proposed
from salescenter.services.papers.gone import laws, same_print
from salescenter.services.papers.house import Wish, house_paper
from salescenter.services.papers.past_years import past_years
from salescenter.services.papers.search import PaperSearch, papers
from tests.domain.test_scans import PNG
from tests.services.reception_house import NINE, Reception
from tests.services.test_archive import printed, sold
from tests.services.test_retention import closed, write

__all__ = ["sold"]
RECEIPT = ("receipt", "0000001")
ON_FILE = pytest.mark.parametrize("both", ["sqlite"], indirect=True)
"""What is said once for both engines."""
LATER = datetime(2057, 3, 1, 9, 0, tzinfo=CHINA)
"""Thirty years after the deal of the receipt ended, and a little more."""


@pytest.fixture
def old(both: Reception, sold: dict[str, int]) -> Reception:
    """A receipt, printed twice and scanned, of a deal that ended thirty years ago; the books of its day are closed."""
    office = insert(person).values(name="内勤", login="office", role=Role.BACK_OFFICE.value).returning(person.c.id)
    with both.house.engine.connect().execution_options(writes=True) as line, line.begin():
        both.people["office"] = Person(int(line.scalar(office) or 0), "内勤", Role.BACK_OFFICE)
    printed(both)
    printed(both, reason="客户遗失")
    scans.attach(both.desk("boss"), scans.ScanRequest(
        sold["deal"], PaperKind.RECEIPT, "0000001", (ScanFile("a", PNG),)), both.now)  # fmt: skip
    write(both, closed(sold["deal"], both.now.date()), _day_closed(both))
    both.now = LATER
    return both


def _day_closed(here: Reception) -> object:
    day = date(2026, 2, 24)
    return insert(closed_day).values(project_id=1, person_id=1, day=day, at=here.now, total=Money(0), count=0)


def propose(here: Reception, *keys: tuple[str, str], who: str = "office") -> Proposed:
    return destroying.propose(here.desk(who), Proposal(keys or (RECEIPT,), "已过保管期限"), here.now)


def decide(here: Reception, *, granted: bool = True) -> None:
    waits = approvals.waiting(here.desk("boss"))[-1]
    approvals.decide(here.desk("boss"), Decision(waits.id, granted=granted, note="同意"), here.now)


def destroy(here: Reception, number: int, who: str = "office", **more: str) -> Destroyed:
    return destroying.carry_out(here.desk(who), CarryOut(number, "审计 李", **more), here.now)


def left(here: Reception) -> tuple[int, int, int]:
    """How many papers have bytes, how many words, and how many scans bytes."""
    with here.house.engine.connect() as line:
        full = line.scalar(select(func.count()).select_from(paper).where(func.length(paper.c.pdf) > 0))
        words, data = (line.scalar(select(func.count()).select_from(one)) for one in (paper_words, scan_bytes))
    return full or 0, words or 0, data or 0



def test_a_paper_past_its_years_goes_with_its_words_and_scans_and_what_it_was_stays(old: Reception) -> None:
    listed = propose(old)
    assert (listed.papers, listed.prints, listed.scans) == (1, 2, 1)
    decide(old)
    assert left(old) == (2, 2, 1)
    assert destroy(old, listed.list) == Destroyed(listed.list, listed.number, 1, 2, 1, 0)
    assert left(old) == (0, 0, 0)
    assert papers(old.desk("boss"), PaperSearch("receipt 0000001")) == ()
    rows = papers(old.desk("boss"), PaperSearch("0000001"))
    assert [(row.copy, len(row.sha256), row.by, row.gone.listed if row.gone else "") for row in rows] == [
        (2, 64, "经理", listed.number), (1, 64, "经理", listed.number),
    ]  # fmt: skip
    assert scans.scans(old.desk("boss"), rows[0].deal or 0) == ()
    assert not broken(old)


def broken(here: Reception) -> list[str]:
    """Which of the laws about papers kept and destroyed do not hold."""
    return [one.law for one in check.check(here.desk("boss")) if one.law in laws()]


@ON_FILE
def test_nothing_of_a_destroyed_paper_is_left_in_the_file(old: Reception) -> None:
    file = Path(str(old.house.engine.url.database))
    printed(old, "receipt", "0000009", title="蓝湖湾")
    write(old, update(paper).where(paper.c.number == "0000009").values(at=NINE))
    said = [f"%PDF receipt {number}".encode() for number in ("0000001", "0000009")] + ["蓝湖湾".encode()]

    def found() -> list[bool]:
        held = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
        return [one in held for one in said]

    assert found() == [True, True, True]
    listed = propose(old, RECEIPT, ("receipt", "0000009"))
    decide(old)
    assert destroy(old, listed.list).papers == 2
    write(old, update(paper).where(paper.c.number == "0000009").values(title=""))  # what it is called stays
    with old.house.engine.connect() as line:
        line.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert found() == [False, False, False]


def test_a_code_still_proves_what_it_was_and_a_copy_is_compared_by_its_fingerprint(old: Reception) -> None:
    boss, copy = old.desk("boss"), b"%PDF receipt 0000001 "
    assert check_paper(boss, "0000001", old.now).gone is None
    listed = propose(old)
    decide(old)
    destroy(old, listed.list)
    gone = check_paper(boss, "0000001", old.now).gone
    assert gone is not None
    assert (gone.listed, gone.by, gone.on) == (listed.number, "内勤", old.now.date())
    prints = [same_print(boss, PaperKind.RECEIPT, "0000001", data) for data in (copy, copy + "客户遗失".encode(), b"x")]
    assert prints == [1, 2, None]
    with pytest.raises(PaperDestroyed) as said:
        archive.as_it_was(boss, papers(boss, PaperSearch("0000001"))[0].id, old.now)
    assert said.value.details == {"number": "0000001", "listed": listed.number, "on": old.now.date()}


@ON_FILE
def test_nobody_approves_their_own_list_and_without_approval_nothing_goes(old: Reception) -> None:
    mine = propose(old, who="boss")
    with pytest.raises(Oneself):
        decide(old)
    with pytest.raises(NotApproved):
        destroy(old, mine.list, "boss")
    decide(old, granted=False)
    with pytest.raises(NotApproved):
        destroy(old, mine.list)
    assert left(old) == (2, 2, 1)
    assert destroying.lists(old.desk("office"))[0].state is ListState.DECLINED
    assert propose(old).papers == 1  # a declined list holds nothing


@ON_FILE
def test_who_may_not_destroy_proposes_nothing_carries_out_nothing_and_sees_no_list(old: Reception) -> None:
    listed = propose(old)
    decide(old)
    for login in ("a", "front", "lead"):
        with pytest.raises(NotYours):
            propose(old, who=login)
        with pytest.raises(NotYours):
            destroy(old, listed.list, login)
        with pytest.raises(NotYours):
            destroying.lists(old.desk(login))
        with pytest.raises(NotYours):
            past_years(old.desk(login), old.now)
    assert left(old) == (2, 2, 1)


@ON_FILE
def test_a_list_needs_a_reason_something_on_it_and_somebody_who_watches(old: Reception) -> None:
    with pytest.raises(ReasonMissing):
        destroying.propose(old.desk("office"), Proposal((RECEIPT,), "  "), old.now)
    with pytest.raises(NothingToDestroy):
        propose(old, ("receipt", "0000002"))
    listed = propose(old)
    decide(old)
    with pytest.raises(FieldMissing):
        destroying.carry_out(old.desk("office"), CarryOut(listed.list, " "), old.now)
    assert left(old) == (2, 2, 1)


def marked(deal_id: int | None = None, kind: str = "receipt", number: str = "0000001") -> object:
    return insert(keep_mark).values(
        project_id=1, deal_id=deal_id, kind=kind, number=number, reason="诉讼", by_id=1, at=LATER)  # fmt: skip


LIFTED = update(keep_mark).values(lifted_at=LATER, lifted_by=1, lifted_why="结案")
STAYS = {
    Held.MARKED: (marked(), LIFTED),
    Held.DAY: (delete(closed_day), None),
    Held.DEAL: (update(deal).values(living=True), update(deal).values(living=False)),
    Held.MONEY: (update(deal).values(ending=Step.CANCEL.value), update(deal).values(ending=Step.FORFEIT.value)),
    Held.LATER: (update(paper).where(paper.c.copy == 2).values(at=LATER), update(paper).values(at=NINE)),
}
"""Why papers stay: what makes it so, and what takes it back."""


def test_what_must_stay_is_left_out_and_what_must_stay_by_the_day_it_would_go_stays(old: Reception) -> None:
    office = old.desk("office")
    for why, (made_so, taken_back) in STAYS.items():
        back = _day_closed(old) if taken_back is None else taken_back
        write(old, made_so)
        assert {one.key: one.stays for one in past_years(office, old.now)} == {RECEIPT: why}
        with pytest.raises(NothingToDestroy):
            propose(old)
        write(old, back)
        listed = propose(old)
        decide(old)
        write(old, made_so)
        assert destroy(old, listed.list) == Destroyed(listed.list, listed.number, 0, 0, 0, 1)
        assert left(old) == (2, 2, 1)
        with old.house.engine.connect() as line:
            mine = destruction_line.c.destruction_id == listed.list
            assert line.scalar(select(destruction_line.c.stays).where(mine)) == why.value
        write(old, back)
    assert not broken(old)


def test_money_of_nobodys_deal_that_was_not_given_back_keeps_its_receipt(old: Reception) -> None:
    with old.house.engine.connect() as line:
        like = dict(line.execute(select(receipt)).mappings().first() or {})
    write(old, insert(receipt).values(like | {"id": 77, "number": "0000007", "serial": 7, "deal_id": None}))
    printed(old, number="0000007")
    write(old, update(paper).where(paper.c.number == "0000007").values(at=NINE))
    assert {one.number: one.stays for one in past_years(old.desk("office"), old.now)} == {
        "0000001": None, "0000007": Held.MONEY,
    }
    listed = propose(old)
    assert listed.papers == 1
    value = house_paper(old.desk("office"), Wish(PaperKind.DESTRUCTION, listed.list, old.now.date()), old.now)
    assert "0000007" in repr(value)
    assert "未销毁：款项未结清" in repr(value)
    decide(old, granted=False)
    write(old, insert(receipt).values(
        like | {"id": 78, "number": "0000008", "serial": 8, "deal_id": None, "counters_id": 77}))  # fmt: skip
    assert {one.stays for one in past_years(old.desk("office"), old.now)} == {None}


@ON_FILE
def test_a_paper_stands_on_one_list_at_a_time_and_a_list_is_carried_out_once(old: Reception) -> None:
    listed = propose(old)
    assert [one.stays for one in past_years(old.desk("office"), old.now)] == [Held.LISTED]
    with pytest.raises(NothingToDestroy):
        propose(old)
    decide(old)
    first = destroy(old, listed.list, key="pressed-once")
    assert destroy(old, listed.list, key="pressed-once") == first
    with pytest.raises(ChangedMeanwhile):
        destroy(old, listed.list)


def test_what_breaks_in_the_middle_leaves_every_paper_whole(old: Reception, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = propose(old)
    decide(old)

    class PulledPlugError(RuntimeError):
        pass

    def pulled(_: object) -> None:
        raise PulledPlugError

    monkeypatch.setattr(destroying, "drop_traces", pulled)
    with pytest.raises(PulledPlugError):
        destroy(old, listed.list)
    assert left(old) == (2, 2, 1)
    assert destroying.lists(old.desk("office"))[0].state is ListState.APPROVED
    assert not broken(old)
    monkeypatch.undo()
    assert destroy(old, listed.list).prints == 2


@ON_FILE
def test_the_check_finds_a_paper_emptied_beside_any_list_and_one_that_only_seems_gone(old: Reception) -> None:
    listed = propose(old)
    write(old, update(paper).where(paper.c.copy == 1).values(pdf=b""))
    assert broken(old) == ["a paper that is kept has its bytes and its hash"]
    write(old, update(paper).values(destruction_id=listed.list), delete(scan_bytes))
    assert broken(old) == [
        "a destroyed paper has neither bytes nor words left",
        "a destroyed paper has neither bytes nor words left",
        "a paper is destroyed only under an approved list that names it",
        "a paper is destroyed only under an approved list that names it",
        "a scan that is kept has its bytes, and one that is gone has none",
    ]


@ON_FILE
def test_the_history_of_the_deal_and_the_list_itself_tell_what_went(old: Reception) -> None:
    listed = propose(old)
    decide(old)
    destroy(old, listed.list)
    told = [(one["subject"], one["after"]) for one in old.told(Step.DESTROY_PAPERS.value)]
    assert [subject for subject, _ in told] == ["approval", "destroyed-paper", "destruction"]
    assert told[1][1] == {"kind": "receipt", "number": "0000001", "prints": 2, "scans": 1}
    value = house_paper(old.desk("office"), Wish(PaperKind.DESTRUCTION, listed.list, old.now.date()), old.now)
    words = repr(value)
    assert value.head.number == listed.number
    for said in ("扫描件 1 份", "XH20570301", "0000001", "RG202600001", "收据", "30 年", "内勤", "经理", "同意", "审计 李", "已销毁"):
        assert said in words, said


@ON_FILE
def test_a_list_is_kept_for_good(old: Reception) -> None:
    listed = propose(old)
    printed(old, "destruction", listed.number)
    old.now = datetime(2400, 1, 2, tzinfo=CHINA)
    assert {one.kind for one in past_years(old.desk("office"), old.now)} == {PaperKind.RECEIPT}


@ON_FILE
def test_approval_ids_of_lists_are_their_own(old: Reception) -> None:
    """A grant for one list opens no other."""
    printed(old, "receipt", "0000009")
    write(old, update(paper).where(paper.c.number == "0000009").values(at=NINE))
    first, second = propose(old), propose(old, ("receipt", "0000009"))
    decide(old)
    with pytest.raises(NotApproved):
        destroy(old, first.list)
    assert destroy(old, second.list).papers == 1
    with old.house.engine.connect() as line:
        used = select(approval.c.used).join(destruction, destruction.c.approval_id == approval.c.id)
        assert line.scalars(used.order_by(destruction.c.id)).all() == [False, True]
