"""A list longer than a form's rows runs on over its pages and over further copies, with sums where it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.money import ZERO, Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.filling import BEFORE, HERE, OWN_AMOUNT, PAGE, PAGES, SO_FAR, SUBTOTAL, Filling
from salescenter.domain.papers.form_fields import CATALOGUES
from salescenter.domain.papers.overlay import FormField, OverlayForm, demand_sound_form
from salescenter.domain.papers.run_on import copies_of, pages_of

KIND, TABLE = PaperKind.PERFORMANCE, "价款履行"
ITEM, DUE = f"{TABLE}·款项", f"{TABLE}·应付"


def paper(lines: int, kind: PaperKind = KIND) -> Filling:
    rows = {ITEM: tuple(f"第{at}期" for at in range(1, lines + 1)), DUE: tuple("1,000.50" for _ in range(lines))}
    return Filling(kind, "LX1", "合同履行一览表", "云栖", datetime(2026, 3, 2, tzinfo=UTC), "zh_CN",
                   {"合同编号": "HT1", "金额": "9,000.00", "金额大写": "玖仟元整"}, rows, {OWN_AMOUNT: Money.yuan(9_000)})  # fmt: skip


def form(*fields: FormField, pages: int = 1) -> OverlayForm:
    return OverlayForm("表", 2100, 2970, fields, kind=KIND, more=(b"",) * (pages - 1))


def column(source: str, rows: int, page: int = 1) -> FormField:
    return FormField(source, 100, 500, 400, rows=rows, step=50, page=page)


def told(form_: OverlayForm, said: Filling, source: str) -> list[tuple[str, ...]]:
    return [page.rows[source] for page in pages_of(form_, said)]


def test_a_list_that_fits_takes_one_copy_and_says_what_it_said() -> None:
    one = form(column(ITEM, 5), FormField("金额", 100, 2000, 400))
    said = paper(5)
    (page,) = pages_of(one, said)
    assert (copies_of(one, said), page.rows, page.fields["金额"]) == (1, said.rows, "9,000.00")
    assert (page.fields[PAGE], page.fields[PAGES]) == ("1", "1")


def test_a_longer_list_goes_on_on_the_next_copy_with_the_head_again_and_the_sum_at_its_end() -> None:
    fields = (column(ITEM, 2), column(DUE, 2), FormField("合同编号", 100, 100, 400), FormField("金额", 100, 2000, 400),
              FormField(OWN_AMOUNT, 100, 2100, 900, places="仟佰拾元角分"), FormField("金额大写", 100, 300, 400))  # fmt: skip
    pages = pages_of(form(*fields), paper(5))
    assert [page.rows[ITEM] for page in pages] == [("第1期", "第2期"), ("第3期", "第4期"), ("第5期",)]
    assert [page.fields["合同编号"] for page in pages] == ["HT1"] * 3
    assert [page.fields["金额"] for page in pages] == ["", "", "9,000.00"]
    assert [page.amounts[OWN_AMOUNT] for page in pages] == [ZERO, ZERO, Money.yuan(9_000)]
    assert [page.fields["金额大写"] for page in pages] == ["玖仟元整"] * 3, "above the list it is part of the head"
    assert [(page.fields[PAGE], page.fields[PAGES]) for page in pages] == [("1", "3"), ("2", "3"), ("3", "3")]


def test_sums_are_carried_forward_where_the_form_asks_for_them() -> None:
    ends = (FormField(DUE + end, 100, 2000 + 50 * at, 400) for at, end in enumerate((BEFORE, HERE, SO_FAR)))
    asks = form(column(ITEM, 2), column(DUE, 2), *ends)
    demand_sound_form(asks)
    said = [tuple(page.fields[DUE + end] for end in (BEFORE, HERE, SO_FAR)) for page in pages_of(asks, paper(5))]
    assert said == [("", "2,001.00", "2,001.00"), ("2,001.00", "2,001.00", "4,002.00"), ("4,002.00", "1,000.50", "")]


def test_a_line_that_sums_up_others_is_not_carried_twice() -> None:
    lent, bank = PaperKind.LENDING, "贷款·序号"
    rows = {bank: ("1", SUBTOTAL, "2", SUBTOTAL), "贷款·贷款额": ("100.00", "100.00", "50.00", "50.00")}
    said = replace(paper(0), kind=lent, rows=rows)
    asks = replace(form(column(bank, 2), column("贷款·贷款额", 2), FormField(f"贷款·贷款额{SO_FAR}", 9, 999, 99),
                        FormField(f"贷款·贷款额{BEFORE}", 9, 1200, 99)), kind=lent)  # fmt: skip
    first, last = pages_of(asks, said)
    assert first.fields[f"贷款·贷款额{SO_FAR}"] == last.fields[f"贷款·贷款额{BEFORE}"] == "100.00"


def test_a_list_goes_on_on_the_forms_own_next_page_first() -> None:
    two = form(column(ITEM, 2), column(ITEM, 3, page=2), FormField("金额", 100, 2000, 400, page=2), pages=2)
    assert told(two, paper(4), ITEM) == [("第1期", "第2期"), ("第3期", "第4期")]
    assert pages_of(two, paper(4))[1].fields["金额"] == "9,000.00"
    assert told(two, paper(7), ITEM) == [("第1期", "第2期"), ("第3期", "第4期", "第5期"), ("第6期", "第7期"), ()]
    assert [page.fields["金额"] for page in pages_of(two, paper(7))[1::2]] == ["", "9,000.00"]


def test_columns_shared_out_over_two_pages_show_the_same_lines() -> None:
    beside = form(column(ITEM, 3), column(DUE, 2, page=2), pages=2)
    assert [len(page.rows[ITEM]) for page in pages_of(beside, paper(5))] == [2, 2, 2, 2, 1, 1]
    assert told(beside, paper(5), ITEM)[::2] == [("第1期", "第2期"), ("第3期", "第4期"), ("第5期",)]


def test_the_same_list_twice_on_a_page_says_the_same_twice() -> None:
    stub = form(column(ITEM, 2), replace(column(ITEM, 2), x=1200))
    assert told(stub, paper(3), ITEM) == [("第1期", "第2期"), ("第3期",)]


@given(st.integers(0, 60), st.lists(st.integers(1, 7), min_size=1, max_size=4))
def test_every_line_stands_once_and_in_its_order_however_many_rows_the_pages_have(lines: int, rows: list[int]) -> None:
    fields = (column(ITEM, count, page) for page, count in enumerate(rows, start=1))
    on = form(*fields, pages=len(rows))
    pages = pages_of(on, paper(lines))
    assert tuple(text for page in pages for text in page.rows[ITEM]) == paper(lines).rows[ITEM]
    assert len(pages) == len(rows) * copies_of(on, paper(lines))


def test_every_kind_with_a_list_offers_where_it_runs_on() -> None:
    for catalogue in CATALOGUES.values():
        assert ("续页" in catalogue.groups()) == bool(catalogue.rows)
        assert catalogue.offers(PAGE) == bool(catalogue.rows)
