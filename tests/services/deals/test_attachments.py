"""What the house wants on file as it was signed before a contract is signed or filed (附件齐全)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, update

from salescenter.data.archive import scan
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.sale_refusals import AttachmentMissing
from salescenter.domain.units import Step, UnitState
from salescenter.services import card
from salescenter.services.deals import signing
from tests.houses import Estate

BEFORE = {Step.SIGN: (UnitState.DRAFTED, "scan_to_sign", PaperKind.SUBSCRIPTION),
          Step.FILE: (UnitState.SIGNED, "scan_to_file", PaperKind.CONTRACT)}  # fmt: skip


def go_on(estate: Estate, step: Step) -> Any:
    return estate.sign() if step is Step.SIGN else estate.step(signing.file, who="title")


def put_on_file(estate: Estate, kind: PaperKind) -> None:
    estate.put(insert(scan).values(
        project_id=1, deal_id=estate.deal("1-101").id, kind=kind.value, number="x", name="a.png", form="png", pages=1,
        size=1, sha256=kind.value, at=estate.now, by_id=1,
    ))  # fmt: skip


def why_not(estate: Estate, step: Step) -> Exception | None:
    shown = card.card(estate.desk(), estate.unit("1-101").id, estate.now)
    return next(offer.refusal for offer in shown.offers if offer.step is step)


@pytest.mark.parametrize("step", BEFORE)
def test_a_contract_goes_on_only_with_the_signed_paper_on_file(estate: Estate, step: Step) -> None:
    state, rule, kind = BEFORE[step]
    estate.carried_to(state)
    estate.rule(rule, True)
    (other,) = (paper for _, _, paper in BEFORE.values() if paper is not kind)
    put_on_file(estate, other)
    with pytest.raises(AttachmentMissing) as refused:
        go_on(estate, step)
    assert refused.value.details == {"step": step, "paper": kind}
    assert isinstance(why_not(estate, step), AttachmentMissing)
    put_on_file(estate, kind)
    assert why_not(estate, step) is None
    assert go_on(estate, step).deal


@pytest.mark.parametrize("step", BEFORE)
def test_a_scan_that_was_taken_out_is_not_on_file(small: Estate, step: Step) -> None:
    state, rule, kind = BEFORE[step]
    small.carried_to(state)
    small.rule(rule, True)
    put_on_file(small, kind)
    small.put(update(scan).values(gone=small.now, why="错放"))
    with pytest.raises(AttachmentMissing):
        go_on(small, step)


def test_a_house_that_asks_for_no_scan_signs_and_files_without(small: Estate) -> None:
    assert small.carried_to(UnitState.FILED).state == UnitState.FILED
