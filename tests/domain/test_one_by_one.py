"""Instalments, pledges and days that a form asks line by line, and the deal that does not fit its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from salescenter.domain.money import Money
from salescenter.domain.papers.contract import filled
from salescenter.domain.papers.deal import DueLine, Terms
from salescenter.domain.papers.fields import field_values
from salescenter.domain.papers.template_faults import PartsTooFew, PledgesTooFew
from tests.print.examples import terms as terms_of

PLEDGE: Mapping[str, str] = {"抵押类型": "土地", "抵押权人": "工商银行"}


def in_three() -> Terms:
    lines = (
        DueLine("定金", Money.yuan(20_000), date(2026, 3, 1)), DueLine("首期款", Money.yuan(80_000), date(2026, 3, 8)),
        DueLine("二期款", Money.yuan(50_000), date(2026, 6, 1)), DueLine("尾款", Money.yuan(50_000), None, "封顶"),
    )  # fmt: skip
    terms = terms_of()
    price = replace(terms.price, total=Money.yuan(200_000))
    return replace(terms, price=price, payment=replace(terms.payment, kind="分期", schedule=lines, parts=3))


def said(text: str, terms: Terms) -> str:
    return "\n".join(line.text for line in filled(text, terms, "HT-1"))


def test_the_deposit_is_part_of_the_first_instalment_as_the_number_of_instalments_counts() -> None:
    text = "{{期数}}期：{{付款期1·金额}}元（{{付款期1·大写}}），{{付款期1·日期}}，{{付款期1·比例}}%；{{付款期3·金额}}元，{{付款期3·条件}}"
    assert said(text, in_three()) == "3期：100,000.00元（壹拾万元整），2026年3月8日，50.00%；50,000.00元，封顶"


def test_a_line_that_no_instalment_needs_is_struck() -> None:
    assert said("第4期{{付款期4·金额}}元，{{付款期4·日期}}", in_three()) == "第4期×元，×"


def test_more_instalments_than_the_form_has_lines_for_are_refused_unless_it_says_all_elsewhere() -> None:
    with pytest.raises(PartsTooFew) as refused:
        said("{{付款期1·金额}} {{付款期2·金额}}", in_three())
    assert refused.value.details == {"seats": 2, "parts": 3}
    assert said("{{付款期1·金额?付款方式=贷款}}", in_three()) == "×"  # these lines are not for this deal
    assert "50,000.00" in said("{{付款期1·金额}}\n{{#each 付款期}}{{金额}} {{/each}}", in_three())


def test_a_day_is_said_in_its_parts_and_left_open_where_nobody_signed() -> None:
    terms = replace(terms_of(), handover=date(2027, 6, 3), signed=None)
    assert said("{{交付日期·年}}-{{交付日期·月}}-{{交付日期·日}}", terms) == "2027-6-3"
    assert said("{{签订日期·年}}年{{签订日期·月}}月", terms).strip("　") == "年　　月"
    assert said("{{付清日期·年}}", replace(terms, payment=replace(terms.payment, paid_by=None))) == "×"


def test_pledges_are_said_one_by_one_or_all_in_one_place() -> None:
    other = {"抵押类型": "在建工程", "抵押权人": "建设银行"}
    terms = replace(terms_of(), mortgages=(PLEDGE, other))
    assert said("{{抵押情况1·抵押权人}}/{{抵押情况2·抵押权人}}", terms) == "工商银行/建设银行"
    assert said("{{抵押情况·抵押权人}}", terms) == "工商银行、建设银行"
    with pytest.raises(PledgesTooFew):
        said("{{抵押情况1·抵押权人}}", terms)
    assert field_values(replace(terms, mortgages=()))["抵押情况1·抵押权人"] == ""
