"""Whatever a kind of paper offers a form stands on it to a tenth of a millimetre, for every kind there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest

from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.deal_fields import deal_filling, letter_filling
from salescenter.domain.papers.filling import Catalogue, Filling
from salescenter.domain.papers.form_fields import CATALOGUES, filling_of
from salescenter.domain.papers.overlay import PLACES, Calibration, FormField, OverlayForm, demand_sound_form
from salescenter.domain.papers.overlay_file import form_file, read_form_file
from salescenter.domain.papers.receipt import Reprint
from salescenter.print.overlay import overlay_pdf, pieces
from tests.print import examples, reading

TENTH = 72 / 254
SIDE, ACROSS = 4200, 6
FITS = {PaperKind.CONTRACT, PaperKind.SUBSCRIPTION, PaperKind.RECEIPT}


def origins(pdf: bytes) -> Iterator[tuple[str, float, float]]:
    """Every letter with where it begins, in 0.1 mm from the upper left corner of the paper."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    high, text = page.get_size()[1], page.get_textpage()
    x, y = pypdfium2.raw.c_double(), pypdfium2.raw.c_double()
    for at in range(text.count_chars()):
        pypdfium2.raw.FPDFText_GetCharOrigin(text, at, x, y)
        yield chr(pypdfium2.raw.FPDFText_GetUnicode(text, at)), x.value / TENTH, (high - y.value) / TENTH
    document.close()


def names(offered: Catalogue) -> list[str]:
    return [name for group in offered.groups().values() for name in group]


def spread(kind: PaperKind, sources: list[str]) -> OverlayForm:
    """A form with every field at a place of its own, 70 mm wide, rows of 4 mm."""
    offered = CATALOGUES[kind]
    fields = []
    for at, source in enumerate(sources):
        boxes, rows = offered.is_boxes(source), offered.is_row(source)
        fields.append(FormField(
            source, 7 + 690 * (at % ACROSS), 101 + 173 * (at // ACROSS), 680, size=60, places=PLACES if boxes else "",
            rows=2 if rows else 1, step=41 if rows else 0,
        ))  # fmt: skip
    return OverlayForm("全", SIDE, SIDE, tuple(fields), kind=kind)


def said(kind: PaperKind) -> Filling:
    """A paper whose every field says its own name, two rows a list."""
    offered = CATALOGUES[kind]
    return Filling(
        kind, "0001", "单据", "示例置业有限公司", datetime(2026, 2, 24, tzinfo=UTC), "zh_CN",
        fields={name: name for group in offered.fields.values() for name in group},
        rows={name: (f"甲{name}", f"乙{name}") for group in offered.rows.values() for name in group},
        amounts={name: Money.yuan("60015.84") for group in offered.boxes.values() for name in group},
    )  # fmt: skip


@pytest.mark.parametrize("kind", CATALOGUES)
def test_every_field_of_every_paper_stands_where_its_form_says(kind: PaperKind) -> None:
    offered, right = names(CATALOGUES[kind]), Calibration(12.0, -7.0, 1.01, 0.99)
    for begin in range(0, len(offered), 100):
        form = spread(kind, offered[begin : begin + 100])
        demand_sound_form(form)
        found = list(origins(overlay_pdf(form, said(kind), right)))
        for piece in pieces(form, said(kind)):
            x, y = right.place(piece.x, piece.y)
            assert any(letter == piece.text[0] and abs(x - at) <= 0.5 and abs(y - down) <= 0.5
                       for letter, at, down in found), (kind, piece)


@pytest.mark.parametrize("kind", CATALOGUES)
def test_a_form_of_every_paper_comes_back_from_its_file(kind: PaperKind) -> None:
    form = spread(kind, names(CATALOGUES[kind])[:100])
    assert read_form_file(form_file(form)) == form


@pytest.mark.parametrize("kind", CATALOGUES)
def test_no_name_is_offered_twice(kind: PaperKind) -> None:
    assert len(set(names(CATALOGUES[kind]))) == len(names(CATALOGUES[kind]))


def test_an_agreement_says_its_days_in_parts_its_price_without_yuan_and_each_buyer_alone() -> None:
    filling = deal_filling(examples.subscription(about=examples.terms(2, signed=None)))
    assert [filling.fields[f"签约期限·{part}"] for part in "年月日"] == ["2026", "03", "03"]
    assert filling.fields["签订日期"] == filling.fields["签订日期·年"] == ""
    assert filling.fields["总价大写·不含元整"] == "贰佰叁拾肆万零肆佰捌拾贰"
    assert filling.fields["买受人2·姓名"] == "𬭚小明"
    assert filling.fields["买受人3·姓名"] == ""
    assert filling.rows["付款计划·款项"] == ("定金", "首付余款", "商业贷款")
    assert "".join(filling.answers("总价·数位格", PLACES)) == "¥贰叁肆零肆捌贰零零"
    assert filling.answers("装修价款·数位格", PLACES) == ("",) * len(PLACES), "nothing is not written as nought"


def test_a_contract_that_is_not_signed_says_so_on_its_form_too() -> None:
    form = spread(PaperKind.CONTRACT, ["编号"])
    drafted, signed = (deal_filling(examples.contract(draft=one)) for one in (True, False))
    assert "草签" in reading.words(overlay_pdf(form, drafted))
    assert reading.words(overlay_pdf(form, signed)) == "HT2026-0123"


def test_a_reprint_of_any_paper_says_so_on_its_form() -> None:
    filling = replace(letter_filling(examples.letter(PaperKind.CLEARED)), reprint=Reprint(2, "客户遗失"))
    assert "第2次重印：客户遗失" in reading.words(overlay_pdf(spread(PaperKind.CLEARED, ["编号"]), filling))


def test_a_paper_that_no_form_can_be_made_for_says_nothing_to_one() -> None:
    assert filling_of(examples.cover()) is None
    assert filling_of(examples.quotation()) is None
