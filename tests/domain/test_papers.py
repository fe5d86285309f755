"""Papers as values: fields that all lead somewhere, codes that only the house can make."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.money import ZERO
from salescenter.domain.papers.check import PaperKind, ReadBack, Verdict, check_value, code_text, read_back
from salescenter.domain.papers.contract import template_faults
from salescenter.domain.papers.deal import Buyer
from salescenter.domain.papers.fields import CLAUSES, FIELDS, FROM_BUYER, FROM_TERMS, NEEDED, field_values
from salescenter.domain.refusals import TemplateFaulty
from salescenter.print.contract import contract_pdf
from tests.print import examples

SECRET = b"house"


@given(st.sampled_from(list(PaperKind)), st.text("SJ2026-收:0123456789", min_size=1, max_size=20), st.integers(-10**14, 10**14))
def test_a_code_reads_back_as_what_it_said(kind: PaperKind, number: str, fen: int) -> None:
    code = code_text(kind, number, fen, check_value(kind, number, fen, SECRET))
    assert read_back(code, SECRET) == ReadBack(Verdict.GENUINE, kind, number, fen)
    assert read_back(f" {code}\n", SECRET).verdict is Verdict.GENUINE
    assert read_back(code, b"other house").verdict is Verdict.ALTERED


@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_an_amount_changed_on_paper_is_found_out(fen: int, more: int) -> None:
    check = check_value(PaperKind.RECEIPT, "SJ1", fen, SECRET)
    forged = code_text(PaperKind.RECEIPT, "SJ1", fen + more, check)
    assert read_back(forged, SECRET) == ReadBack(Verdict.ALTERED, PaperKind.RECEIPT, "SJ1", fen + more)


@pytest.mark.parametrize("text", ["", "hello", "SC1:R:1", "SC1:Z:1:2:AAAAAAAA", "SC1:R:1:two:AAAAAAAA", "SC2:R:1:2:A"])
def test_what_is_not_our_code_is_unreadable(text: str) -> None:
    assert read_back(text, SECRET) == ReadBack(Verdict.UNREADABLE)


def test_each_kind_of_paper_has_letters_of_its_own() -> None:
    assert len({code_text(kind, "1", 0, "A").split(":")[1] for kind in PaperKind}) == len(PaperKind)


def test_a_typed_code_may_be_in_small_letters() -> None:
    code = code_text(PaperKind.RECEIPT, "7", 100, check_value(PaperKind.RECEIPT, "7", 100, SECRET))
    assert read_back(code.lower(), SECRET).verdict is Verdict.GENUINE


def test_every_field_leads_to_a_place_in_the_terms() -> None:
    terms = examples.terms()
    for place in FROM_TERMS.values():
        attrgetter(place)(terms)
    for place in FROM_BUYER.values():
        attrgetter(place)(Buyer("甲"))


def test_every_field_there_is_has_a_value_and_every_value_a_field() -> None:
    assert set(field_values(examples.terms(), "HT1")) >= set(FIELDS) - {"按套内计价", "按建面计价", "按套计价"}
    assert set(field_values(examples.terms(), "HT1")) <= set(FIELDS)
    assert set(NEEDED) <= set(FIELDS) | set(FROM_BUYER)


def test_a_project_answers_a_clause_once_and_over_the_default() -> None:
    terms = replace(examples.terms(), clauses={"逾期付款日数": "60"})
    assert field_values(terms)["逾期付款日数"] == "60"
    assert field_values(examples.terms())["逾期付款日数"] == CLAUSES["逾期付款日数"]


def test_no_money_is_said_as_nothing_and_struck() -> None:
    terms = examples.terms()
    assert field_values(replace(terms, price=replace(terms.price, deposit=ZERO)))["定金"] == ""


@pytest.mark.parametrize("name", ["contract_presale", "contract_completed", "subscription"])
def test_the_shipped_templates_are_without_fault(name: str) -> None:
    assert template_faults(examples.template(name)) == ()


def test_a_template_with_an_unknown_field_is_caught_before_it_is_saved() -> None:
    (fault,) = template_faults("第一条\n单价{{单介}}元")
    assert (fault.line, fault.column, fault.code, fault.what) == (2, 3, "unknown-field", "单介")


@pytest.mark.parametrize("text", ["{{#if 贷款}}", "第一条\n{{单介}}", "{{@没有}}"])
def test_a_template_with_a_fault_is_refused_and_never_printed_with_a_gap(text: str) -> None:
    with pytest.raises(TemplateFaulty) as refused:
        contract_pdf(examples.contract(template=text))
    assert refused.value.details["faults"] == template_faults(text)
