"""Scans of signed papers on both engines: attached, shown again, taken out by a manager, missed when they do not come."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, insert, select, update

from salescenter.data.archive import scan_bytes
from salescenter.data.estate import setting
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.scan import ScanFile, ScanForm
from salescenter.domain.papers.scan_faults import ScanRefused, ScanTooLarge
from salescenter.domain.refusals import NotFound, NotYours, ReasonMissing
from salescenter.domain.units import Step
from salescenter.services.papers import scans
from salescenter.services.papers.scans import ScanRequest, TakeOutRequest
from salescenter.services.todo import TodoKind, todos
from tests.domain.test_scans import PNG, pdf
from tests.services.reception_house import Reception
from tests.services.test_archive import CONTRACT, printed, sold

__all__ = ["sold"]


def request(deal: int, *files: bytes, kind: PaperKind = PaperKind.CONTRACT, number: str = CONTRACT) -> ScanRequest:
    named = tuple(ScanFile(f"scan-{at}", data) for at, data in enumerate(files))
    return ScanRequest(deal, kind, number, named)


def attach(here: Reception, asked: ScanRequest, who: str = "boss") -> scans.Attached:
    return scans.attach(here.desk(who), asked, here.later(minutes=1))


def waiting(here: Reception, who: str = "boss") -> list[tuple[int, date]]:
    found = todos(here.desk(who), here.now)
    return [(one.number, one.due) for one in found if one.kind is TodoKind.SCAN_MISSING]


def test_pages_that_came_back_are_kept_and_shown_as_they_are(both: Reception, sold: dict[str, int]) -> None:
    assert attach(both, request(sold["deal"], pdf(3), PNG)) == scans.Attached(2, 4)
    rows = scans.scans(both.desk(), sold["deal"]), scans.scans(both.desk("boss"), sold["deal"])
    assert rows[0] == ()
    assert [(row.name, row.form, row.pages, row.by) for row in rows[1]] == [
        ("scan-0", ScanForm.PDF, 3, "经理"), ("scan-1", ScanForm.PNG, 1, "经理"),
    ]
    assert scans.scan_data(both.desk("boss"), rows[1][1].id, both.now) == (ScanForm.PNG, PNG)
    told = both.told(Step.PRINT_PAPER.value)[-1]
    assert (told["subject"], told["deal_id"]) == ("scan", sold["deal"])


def test_all_files_are_kept_or_none(both: Reception, sold: dict[str, int]) -> None:
    with pytest.raises(ScanRefused):
        attach(both, request(sold["deal"], PNG, b"MZ"))
    assert scans.scans(both.desk("boss"), sold["deal"]) == ()


def test_the_same_file_is_kept_once(both: Reception, sold: dict[str, int]) -> None:
    attach(both, request(sold["deal"], PNG))
    with pytest.raises(ScanRefused) as refused:
        attach(both, request(sold["deal"], PNG))
    assert refused.value.details["why"] == "kept-already"
    attach(both, request(sold["deal"], PNG, kind=PaperKind.RECEIPT, number="0000001"))


def test_a_file_beyond_the_houses_limit_is_refused(both: Reception, sold: dict[str, int]) -> None:
    rule = {"project_id": 1, "name": "scan_megabytes", "since": date(2026, 1, 1), "value": 1}
    with both.house.engine.connect().execution_options(writes=True) as line, line.begin():
        line.execute(insert(setting).values(rule))
    with pytest.raises(ScanTooLarge) as refused:
        attach(both, request(sold["deal"], PNG + b"\0" * 1_000_000))
    assert refused.value.details == {"name": "scan-0", "size": 1.0, "most": 1}


def test_a_scan_is_of_a_paper_of_that_deal(both: Reception, sold: dict[str, int]) -> None:
    with pytest.raises(NotFound):
        attach(both, request(sold["other"], PNG))


def test_only_who_opens_the_paper_opens_its_scan(both: Reception, sold: dict[str, int]) -> None:
    attach(both, request(sold["deal"], PNG))
    (row,) = scans.scans(both.desk("a"), sold["deal"])
    assert scans.scan_data(both.desk("a"), row.id, both.now)[1] == PNG
    with pytest.raises(NotYours):
        scans.scan_data(both.desk("front"), row.id, both.now)
    (looked,) = both.told(Step.REVEAL.value)
    assert (looked["subject"], looked["subject_id"], looked["deal_id"]) == ("scan", row.id, sold["deal"])
    with pytest.raises(NotYours):
        attach(both, request(sold["deal"], pdf(1)), "front")


def test_bytes_that_no_longer_fit_their_hash_are_not_shown(both: Reception, sold: dict[str, int]) -> None:
    attach(both, request(sold["deal"], PNG))
    with both.house.engine.connect().execution_options(writes=True) as line, line.begin():
        line.execute(update(scan_bytes).values(data=b"another"))
    with pytest.raises(NotFound):
        scans.scan_data(both.desk("boss"), scans.scans(both.desk("boss"), sold["deal"])[0].id, both.now)


def test_a_scan_put_in_the_wrong_place_is_taken_out_with_a_reason(both: Reception, sold: dict[str, int]) -> None:
    attach(both, request(sold["deal"], PNG))
    (row,) = scans.scans(both.desk("boss"), sold["deal"])
    for who, reason, refusal in (("a", "放错", NotYours), ("boss", " ", ReasonMissing)):
        with pytest.raises(refusal):
            scans.take_out(both.desk(who), TakeOutRequest(row.id, reason), both.later(minutes=1))
    scans.take_out(both.desk("boss"), TakeOutRequest(row.id, "放错"), both.later(minutes=1))
    assert scans.scans(both.desk("boss"), sold["deal"]) == ()
    with both.house.engine.connect() as line:
        assert line.scalar(select(func.count()).select_from(scan_bytes)) == 0
    assert both.told(Step.APPROVE.value)[-1]["after"] == {"reason": "放错"}
    with pytest.raises(NotFound):
        scans.take_out(both.desk("boss"), TakeOutRequest(row.id, "放错"), both.later(minutes=1))


def test_a_signed_contract_that_was_printed_waits_for_its_scan(both: Reception, sold: dict[str, int]) -> None:
    assert waiting(both) == []
    printed(both, "contract", CONTRACT)
    assert waiting(both) == waiting(both, "a") == [(sold["deal"], date(2026, 3, 8))]
    assert waiting(both, "front") == []
    attach(both, request(sold["deal"], PNG))
    assert waiting(both) == []
