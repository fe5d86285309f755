"""Templates of papers: kept in versions, tried on deals, approved for a day, withdrawn; a contract keeps its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from salescenter.data.history import history
from salescenter.domain.errors import Refusal
from salescenter.domain.papers.contract import ContractPaper, filled, template_faults
from salescenter.domain.papers.needs import COMPLETED, PRESALE, SUBSCRIPTION
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.domain.papers.template_faults import LawUnmet, NotTried, NoVersionHolds, VersionDone
from salescenter.domain.papers.versions import Sample
from salescenter.domain.refusals import FieldMalformed, NotYours, ReasonMissing
from salescenter.domain.units import Step
from salescenter.print.contract import contract_pdf
from salescenter.print.subscription import subscription_pdf
from salescenter.services.deals import signing
from salescenter.services.papers import template_versions as versions
from salescenter.services.papers.contracts import contract_paper
from salescenter.services.papers.example import example_paper
from salescenter.services.papers.template_versions import (
    ApproveRequest,
    TemplateKept,
    TemplateRequest,
    TriedRequest,
    WithdrawRequest,
    shipped,
)
from salescenter.services.papers.trials import Candidate, candidates, gaps_now
from tests.houses import Estate
from tests.services.reception_house import NINE, Reception
from tests.template_life import answer_project, approved, try_all

TODAY = NINE.date()
TEXT = shipped(PRESALE)
OTHER = TEXT + "\n补充：另行约定。\n"


def kept(here: Reception, text: str = TEXT, since: date = TODAY, kind: str = PRESALE) -> TemplateKept:
    answer_project(here.house.engine)
    return approved(here.desk("boss"), kind, text, since, here.later(seconds=1))


def drafted(here: Reception, text: str = TEXT, kind: str = PRESALE) -> TemplateKept:
    return versions.keep_template(here.desk("boss"), TemplateRequest(kind, "草稿", text), here.later(seconds=1))


def approve(here: Reception, template: int, since: date = TODAY) -> versions.VersionStands:
    return versions.approve(here.desk("boss"), ApproveRequest(template, since), here.later(seconds=1))


def withdraw(here: Reception, template: int, reason: str = "城市换了新文本") -> versions.VersionStands:
    return versions.withdraw(here.desk("boss"), WithdrawRequest(template, reason), here.later(seconds=1))


def text_on(here: Reception, day: date, kind: str = PRESALE) -> str:
    with here.house.engine.connect() as connection:
        return versions.in_force(connection, 1, kind, day).text


def told(here: Reception | Estate, step: Step) -> list[Any]:
    with here.house.engine.connect() as connection:
        return list(connection.scalars(select(history.c.after).where(history.c.step == step.value).order_by(history.c.id)))


def test_the_shipped_template_holds_until_the_house_approves_its_own(reception: Reception) -> None:
    kept(reception, OTHER, TODAY + timedelta(days=10))
    assert text_on(reception, TODAY + timedelta(days=9)) == TEXT
    assert text_on(reception, TODAY + timedelta(days=10)) == OTHER
    assert text_on(reception, TODAY + timedelta(days=10), COMPLETED) == shipped(COMPLETED)


def test_a_draft_is_used_by_nobody_until_it_is_tried_and_approved(both: Reception) -> None:
    answer_project(both.house.engine)
    made = drafted(both, OTHER)
    with pytest.raises(NotTried) as refused:
        approve(both, made.template)
    assert refused.value.details["samples"] == tuple(Sample)
    try_all(both.desk("boss"), PRESALE, made.template, both.now)
    assert text_on(both, TODAY) == TEXT
    assert approve(both, made.template).holds == made.version
    assert text_on(both, TODAY) == OTHER
    after = told(both, Step.APPROVE_TEMPLATE)
    assert after == [{"kind": PRESALE, "version": 1, "since": TODAY.isoformat()}]


def test_each_keeping_is_a_new_version_and_says_who_drafted_and_approved_it(reception: Reception) -> None:
    assert [kept(reception).version, drafted(reception, OTHER).version] == [1, 2]
    rows = versions.templates(reception.desk("boss"), PRESALE)
    assert [(row.version, row.since) for row in rows] == [(2, None), (1, TODAY), (0, None)]
    boss = reception.people["boss"].name
    assert [(row.drafted.by if row.drafted else "", row.approved.by if row.approved else "") for row in rows] == [
        (boss, ""), (boss, boss), ("", ""),
    ]  # fmt: skip


def test_of_two_versions_of_one_day_the_later_holds(reception: Reception) -> None:
    kept(reception)
    kept(reception, OTHER)
    assert text_on(reception, TODAY) == OTHER


def test_a_version_is_approved_once_and_not_for_a_day_gone_by(reception: Reception) -> None:
    answer_project(reception.house.engine)
    made = drafted(reception)
    try_all(reception.desk("boss"), PRESALE, made.template, reception.now)
    with pytest.raises(FieldMalformed):
        approve(reception, made.template, TODAY - timedelta(days=1))
    approve(reception, made.template)
    with pytest.raises(VersionDone):
        approve(reception, made.template)
    with pytest.raises(VersionDone):
        versions.tried(reception.desk("boss"), TriedRequest(made.template, Sample.COMPANY), reception.now)


def test_what_the_law_wants_keeps_a_version_from_approval_by_name(reception: Reception) -> None:
    answer_project(reception.house.engine)
    made = drafted(reception, TEXT.replace("{{交付日期}}", "另行通知的日期"))
    try_all(reception.desk("boss"), PRESALE, made.template, reception.now)
    with pytest.raises(LawUnmet) as refused:
        approve(reception, made.template)
    needs = refused.value.details["needs"]
    assert isinstance(needs, tuple)
    assert [(one.code, one.field, one.empty) for one in needs] == [("handover", "交付日期", False)]


def test_what_the_project_never_answered_is_missing_too(reception: Reception) -> None:
    gaps = gaps_now(reception.desk("boss"), PRESALE, TEXT, TODAY)
    assert {(gap.code, gap.field, gap.empty) for gap in gaps} == {
        ("seller", "出卖人", True), ("seller-address", "出卖人地址", True), ("land", "土地取得方式", True),
    }  # fmt: skip


@pytest.mark.parametrize("kind", [PRESALE, COMPLETED, SUBSCRIPTION])
def test_the_shipped_texts_say_all_the_law_wants(reception: Reception, kind: str) -> None:
    answer_project(reception.house.engine)
    assert gaps_now(reception.desk("boss"), kind, shipped(kind), TODAY) == ()


def test_withdrawing_says_which_version_holds_then(both: Reception) -> None:
    kept(both)
    second = kept(both, OTHER)
    assert withdraw(both, second.template).holds == 1
    assert text_on(both, TODAY) == TEXT
    with pytest.raises(VersionDone):
        withdraw(both, second.template)


def test_the_last_version_of_the_house_is_not_withdrawn(reception: Reception) -> None:
    only = kept(reception)
    with pytest.raises(NoVersionHolds):
        withdraw(reception, only.template)
    later = kept(reception, OTHER, TODAY + timedelta(days=3))
    with pytest.raises(NoVersionHolds):  # nothing would hold for three days
        withdraw(reception, only.template)
    assert withdraw(reception, later.template).holds == 1


def test_a_draft_is_withdrawn_with_a_reason_and_the_shipped_text_goes_on(reception: Reception) -> None:
    made = drafted(reception)
    with pytest.raises(ReasonMissing):
        withdraw(reception, made.template, " ")
    assert withdraw(reception, made.template).holds == 0
    assert versions.templates(reception.desk("boss"), PRESALE)[0].reason == "城市换了新文本"


def test_a_faulty_template_is_refused_and_nothing_is_kept(reception: Reception) -> None:
    wrong = "第一行\n{{#if 贷款种类}}\n{{没有这个}}\n"
    assert {(fault.line, fault.code) for fault in template_faults(wrong)} == {(2, "not-closed")}
    with pytest.raises(Refusal):
        drafted(reception, wrong)
    assert len(versions.templates(reception.desk("boss"), PRESALE)) == 1


def test_only_who_may_edit_templates_keeps_one_and_only_who_may_approves_it(reception: Reception) -> None:
    with pytest.raises(NotYours):
        versions.keep_template(reception.desk("a"), TemplateRequest(PRESALE, "x", TEXT), reception.now)
    made = drafted(reception)
    with pytest.raises(NotYours):
        versions.approve(reception.desk("a"), ApproveRequest(made.template, TODAY), reception.now)


@pytest.mark.parametrize("sample", Sample)
@pytest.mark.parametrize("kind", [PRESALE, COMPLETED, SUBSCRIPTION])
def test_a_template_is_tried_on_a_made_up_deal_of_each_kind(reception: Reception, kind: str, sample: Sample) -> None:
    found = example_paper(reception.desk("boss"), kind, shipped(kind), NINE, Candidate(sample))
    if isinstance(found, SubscriptionPaper):
        assert kind == SUBSCRIPTION
        assert subscription_pdf(found)
    else:
        assert isinstance(found, ContractPaper)
        assert found.draft
        assert ("现售" in found.edition) is (kind == COMPLETED)
        assert contract_pdf(found)


@pytest.mark.parametrize(
    ("sample", "condition"),
    [(Sample.MORTGAGE, "付款方式=贷款"), (Sample.COMPANY, "买受人证件类型=营业执照"), (Sample.PARKING, "规划用途=车位"),
     (Sample.SEVERAL, "共有"), (Sample.MORTGAGED, "抵押"), (Sample.INSTALMENTS, "付款方式=分期")],
)  # fmt: skip
def test_a_paragraph_of_one_kind_of_deal_stands_only_in_its_papers(
    reception: Reception, sample: Sample, condition: str
) -> None:
    text = f"{{{{#if {condition}}}}}\n只此一种\n{{{{/if}}}}\n"
    for one in Sample:
        paper = example_paper(reception.desk("boss"), PRESALE, text, NINE, Candidate(one))
        assert isinstance(paper, ContractPaper)
        said = "".join(line.text for line in filled(text, paper.terms, paper.number))
        assert ("只此一种" in said) is (one is sample)


def test_a_contract_keeps_the_version_it_was_drafted_from(small: Estate) -> None:
    answer_project(small.house.engine)
    deal = small.subscribe()
    small.step(signing.draft)
    approved(small.desk(), PRESALE, OTHER, small.today, small.later(seconds=1))
    assert contract_paper(small.desk(), deal.deal, small.now).template == TEXT
    small.sign()
    assert contract_paper(small.desk(), deal.deal, small.now).template == TEXT


def test_a_contract_drafted_anew_is_made_from_the_version_of_that_day(small: Estate) -> None:
    answer_project(small.house.engine)
    deal = small.subscribe()
    first = approved(small.desk(), PRESALE, OTHER, small.today, small.later(seconds=1))
    small.step(signing.draft)
    newer = approved(small.desk(), PRESALE, TEXT + "\n第三版。\n", small.today, small.later(seconds=1))
    versions.withdraw(small.desk(), WithdrawRequest(first.template, "有误"), small.later(seconds=1))
    assert contract_paper(small.desk(), deal.deal, small.now).template == OTHER
    assert newer.version == 2


def test_the_newest_real_deal_of_each_kind_is_offered_before_the_made_up_one(small: Estate) -> None:
    deal = small.subscribe()
    offered = candidates(small.desk(), PRESALE)
    of_one = [one.deal for one in offered if one.sample is Sample.ONE_OFF]
    assert of_one[-1] is None
    assert deal.deal in [one.deal for one in offered]
    assert [one.sample for one in offered if one.deal is None] == list(Sample)
