"""What holds for every paper: it prints, says its story, stays within its sheet, and is the same bytes again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from salescenter.domain.papers.check import PaperKind
from salescenter.print.batch import DRAW, AnyPaper, batch_pdf, draw, house_pdf
from salescenter.print.book import Book
from salescenter.print.contract import contract_pdf
from salescenter.print.grid_sheet import grid_pdf
from salescenter.print.listing import listing_pdf
from salescenter.print.quotation import quotation_pdf
from salescenter.print.receipt import receipt_pdf
from salescenter.print.registration import registration_pdf
from salescenter.print.subscription import subscription_pdf
from tests.print import examples, reading
from tests.print.harsh import worst

Case = tuple[Callable[[], AnyPaper], Callable[..., bytes]]
PAPERS: dict[str, Case] = {
    "receipt": (examples.receipt, receipt_pdf),
    "receipt-en": (lambda: examples.receipt(lang="en", method="Transfer"), receipt_pdf),
    "subscription": (examples.subscription, subscription_pdf),
    "subscription-four": (lambda: examples.subscription(about=examples.terms(4)), subscription_pdf),
    "contract": (examples.contract, contract_pdf),
    "contract-completed": (
        lambda: examples.contract(template=examples.template("contract_completed"), about=examples.terms(4)),
        contract_pdf,
    ),
    "quotation": (examples.quotation, quotation_pdf),
    "quotation-en": (lambda: examples.quotation("en"), quotation_pdf),
    "registration": (examples.registration, registration_pdf),
    "registration-en": (lambda: examples.registration("en"), registration_pdf),
    "listing": (examples.listing, listing_pdf),
    "grid": (examples.grid, grid_pdf),
    "letter": (examples.letter, house_pdf),
    "letter-en": (lambda: examples.letter(PaperKind.STATEMENT, "en"), house_pdf),
    "agreement": (lambda: examples.letter(PaperKind.RESCISSION, buyers=4), house_pdf),
    "form": (examples.form, house_pdf),
    "form-wide": (lambda: examples.form(landscape=True, opinions=()), house_pdf),
    "cover": (examples.cover, house_pdf),
    "labels": (examples.labels, house_pdf),
    "grid-tall": (lambda: examples.grid(2, 33, size="A4"), grid_pdf),
}
every_paper = pytest.mark.parametrize(("make", "pdf"), PAPERS.values(), ids=PAPERS)


def test_every_value_that_can_be_printed_has_an_example() -> None:
    assert {type(make()) for make, _ in PAPERS.values()} == set(DRAW)


@every_paper
def test_the_same_value_gives_the_same_bytes(make: Callable[[], AnyPaper], pdf: Callable[..., bytes]) -> None:
    assert pdf(make()) == pdf(make())


@every_paper
def test_nothing_leaves_its_sheet_lies_on_another_crosses_its_frame_or_is_cut(
    make: Callable[[], AnyPaper], pdf: Callable[..., bytes]
) -> None:
    assert reading.astray(pdf(make())) == []


@every_paper
def test_nor_does_anything_at_its_worst(make: Callable[[], AnyPaper], pdf: Callable[..., bytes]) -> None:
    """Nine buyers, forty instalments, seven items, names of thirty letters, amounts of thirteen places."""
    assert reading.astray(pdf(worst(make()))) == []


@pytest.mark.parametrize("name", ["contract", "contract-completed", "subscription"])
def test_no_page_ends_with_a_heading_and_none_says_nothing_but_whose_turn_it_is_to_sign(name: str) -> None:
    make, pdf = PAPERS[name]
    for value in (make(), worst(make())):
        for page in reading.pages(pdf(value))[1:]:
            body = [line for line in page.split("\r\n") if not re.search(r"第 \d+ 页|编号：|^商品房认购书$", line)]
            assert not re.match("第[一二三四五六七八九十]+[章条]　", body[-1]), body[-1]
            assert [line for line in body if not re.search("签字|盖章|签订时间|签订地点|[年月]　|法定代表人", line)]


@every_paper
def test_the_file_carries_its_own_title_author_and_date(
    make: Callable[[], AnyPaper], pdf: Callable[..., bytes]
) -> None:
    about = PdfReader(BytesIO(pdf(make()))).metadata
    assert about is not None
    assert about.author == examples.HOUSE
    assert about.title
    assert str(about["/CreationDate"]) == "D:20260224154200+08'00'"
    assert "reportlab" not in str(about.title).lower()


@every_paper
def test_every_letter_reads_back(make: Callable[[], AnyPaper], pdf: Callable[..., bytes]) -> None:
    said = reading.words(pdf(make()))
    assert said
    assert not re.search("[\ue000-\uf8ff\ufffd\x00]", said)


@every_paper
def test_all_text_is_set_in_embedded_fonts(make: Callable[[], AnyPaper], pdf: Callable[..., bytes]) -> None:
    pages: Any = PdfReader(BytesIO(pdf(make()))).pages
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in descendant.get_object()["/FontDescriptor"]
            assert "/ToUnicode" in font.get_object()


def test_papers_of_all_kinds_print_as_one_job_each_with_its_own_page_numbers() -> None:
    kinds = [make() for make, _ in PAPERS.values()]
    alone = []
    for paper in kinds:
        book = Book()
        draw(book, paper)
        alone.append(len(book.pages))
    job = batch_pdf(kinds, "一批单据", examples.HOUSE, datetime(2026, 2, 24))  # noqa: DTZ001
    texts = reading.pages(job)
    assert len(texts) == sum(alone)
    assert "第2页共2页" in "".join(texts[3].split())
    assert job == batch_pdf(kinds, "一批单据", examples.HOUSE, datetime(2026, 2, 24))  # noqa: DTZ001
