"""Marks that keep papers beyond their years, on both engines: set and lifted with a reason, heeded by every list."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from salescenter.data.papers import keep_mark
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.destruction import NothingToDestroy, PaperDestroyed
from salescenter.domain.papers.retention import Held
from salescenter.domain.refusals import ChangedMeanwhile, NotFound, NotYours, ReasonMissing
from salescenter.domain.units import Step
from salescenter.services.papers.keep_marks import KeepMark, KeepRequest, LiftRequest, keep_beyond, lift, marks
from salescenter.services.papers.past_years import past_years
from salescenter.services.papers.retention import terms
from tests.services.reception_house import Reception
from tests.services.test_archive import printed, sold
from tests.services.test_destruction import decide, destroy, old, propose

__all__ = ["old", "sold"]


R = PaperKind.RECEIPT


def keep(here: Reception, number: str = "0000001", kind: PaperKind = R, *, whole_deal: bool = False) -> int:
    asked = KeepRequest(kind, number, " 诉讼 ", whole_deal)
    return keep_beyond(here.desk("office"), asked, here.now).mark


def stays(here: Reception) -> dict[str, Held | None]:
    return {one.number: one.stays for one in past_years(here.desk("office"), here.now)}


@pytest.mark.parametrize("whole_deal", [False, True])
def test_what_is_marked_stays_until_the_mark_is_lifted(old: Reception, whole_deal: bool) -> None:
    office = old.desk("office")
    mark = keep(old, whole_deal=whole_deal)
    assert marks(old.desk("boss"), R, "0000001") == (
        KeepMark(mark, "" if whole_deal else "0000001", "诉讼", "内勤", old.now),
    )
    assert stays(old) == {"0000001": Held.MARKED}
    assert {one.held for one in terms(office, old.now)} == {Held.MARKED}
    with pytest.raises(NothingToDestroy):
        propose(old)
    lift(office, LiftRequest(mark, "结案"), old.now)
    assert marks(office, R, "0000001") == ()
    assert stays(old) == {"0000001": None}
    named = ("", "") if whole_deal else ("receipt", "0000001")
    assert [row["after"] for row in old.told(Step.KEEP_PAPERS.value)] == [
        {"kind": named[0], "number": named[1], "reason": "诉讼"}, {"reason": "结案"},
    ]  # fmt: skip
    with old.house.engine.connect() as line:
        row = line.execute(select(keep_mark)).one()
    assert (row.lifted_why, row.lifted_by, row.lifted_at) == ("结案", old.people["office"].id, old.now)


def test_a_mark_set_after_the_list_was_approved_is_heeded_when_it_is_carried_out(old: Reception) -> None:
    listed = propose(old)
    decide(old)
    keep(old, whole_deal=True)
    assert destroy(old, listed.list).stayed == 1


def test_a_mark_is_not_set_twice_nor_lifted_twice_nor_either_without_a_reason(old: Reception) -> None:
    office = old.desk("office")
    mark = keep(old)
    with pytest.raises(ChangedMeanwhile, match="keep-mark"):
        keep(old)
    keep(old, whole_deal=True)
    with pytest.raises(ReasonMissing):
        lift(office, LiftRequest(mark, " "), old.now)
    lift(office, LiftRequest(mark, "结案"), old.now)
    with pytest.raises(ChangedMeanwhile):
        lift(office, LiftRequest(mark, "结案"), old.now)
    with pytest.raises(ReasonMissing):
        keep_beyond(office, KeepRequest(R, "0000001", ""), old.now)
    with pytest.raises(NotFound):
        lift(office, LiftRequest(99, "结案"), old.now)


def test_only_what_there_is_can_be_kept_and_only_by_whose_work_it_is(old: Reception) -> None:
    printed(old, "listing", "LB-1", deal=None)
    with pytest.raises(NotFound):
        keep(old, "LB-1", PaperKind.LISTING, whole_deal=True)
    with pytest.raises(NotFound):
        keep(old, "LB-2", PaperKind.LISTING)
    keep(old, "LB-1", PaperKind.LISTING)
    for who in ("a", "lead", "front"):
        with pytest.raises(NotYours):
            keep_beyond(old.desk(who), KeepRequest(R, "0000001", "诉讼"), old.now)
    listed = propose(old)
    decide(old)
    destroy(old, listed.list)
    with pytest.raises(PaperDestroyed):
        keep(old)
