"""On a pre-printed form every text stands within a tenth of a millimetre of where the form says."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pypdfium2
import pytest

from salescenter.domain.money import Money
from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.form_faults import DoesNotFitForm
from salescenter.domain.papers.overlay import (
    PLACES,
    Calibration,
    FormField,
    OverlayForm,
    Side,
    Type,
    calibrated,
    crosses,
)
from salescenter.domain.papers.receipt import ReceiptLine, Reprint
from salescenter.domain.papers.receipt_fields import receipt_filling
from salescenter.domain.papers.starting_form import starting_form
from salescenter.domain.refusals import FieldMalformed
from salescenter.print.overlay import calibration_sheet_pdf, overlay_pdf, overlay_run_pdf, pieces
from tests.domain.test_overlay import SCAN
from tests.print import examples, reading

TENTH = 72 / 254


def placed(pdf: bytes, letter: str, number: int = 1) -> list[tuple[float, float]]:
    """Where the origins of a letter stand on a page, in 0.1 mm from the upper left corner of the paper."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[number - 1]
    high, text = page.get_size()[1], page.get_textpage()
    found = []
    for at in range(text.count_chars()):
        if chr(pypdfium2.raw.FPDFText_GetUnicode(text, at)) == letter:
            x, y = pypdfium2.raw.c_double(), pypdfium2.raw.c_double()
            pypdfium2.raw.FPDFText_GetCharOrigin(text, at, x, y)
            found.append((x.value / TENTH, (high - y.value) / TENTH))
    document.close()
    return found


def receipt(**changes: Any) -> Filling:
    return receipt_filling(examples.receipt(**changes))


def form(*fields: FormField, **more: Any) -> OverlayForm:
    return OverlayForm("收据", 2410, 933, fields, **more)


def near(found: list[tuple[float, float]], *wanted: tuple[float, float]) -> bool:
    """Say whether places agree to half a tenth of a millimetre."""
    return len(found) == len(wanted) and all(
        abs(a - b) <= 0.5 for one, two in zip(found, wanted, strict=True) for a, b in zip(one, two, strict=True)
    )


def test_a_text_stands_where_the_form_says_to_a_tenth_of_a_millimetre() -> None:
    pdf = overlay_pdf(form(FormField("text", 1234, 567, 500, words="甲")), receipt())
    assert near(placed(pdf, "甲"), (1234, 567))
    assert reading.size(pdf) == pytest.approx((2410 * TENTH, 933 * TENTH), abs=0.01)


def test_a_calibration_moves_and_stretches_the_places() -> None:
    right = Calibration(12.5, -7.0, 1.01, 0.99)
    pdf = overlay_pdf(form(FormField("text", 1000, 500, 500, words="甲")), receipt(), right)
    assert near(placed(pdf, "甲"), (12.5 + 1010, 495 - 7))


SIZES = {"continuous": (2410, 933), "the same turned": (933, 2410), "A4 across": (2970, 2100), "the smallest": (300, 300)}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("right", [Calibration(), Calibration(-23.4, 11.6, 1.013, 0.988)], ids=["as it is", "put right"])
def test_every_corner_of_every_page_is_met_to_half_a_tenth_whatever_the_paper(
    size: tuple[int, int], right: Calibration
) -> None:
    wide, high = size
    left, low = wide - 110, high - 40
    corners = {"甲": (60, 60), "乙": (left, 60), "丙": (60, low), "丁": (left, low), "戊": (123, 157)}
    fields = [FormField("text", x, y, 40, words=word, size=60, page=page)
              for page in (1, 2, 3) for word, (x, y) in corners.items()]
    pdf = overlay_pdf(OverlayForm("收据", wide, high, tuple(fields), more=(b"", b"")), receipt(), right)
    for page in (1, 2, 3):
        for word, place in corners.items():
            assert near(placed(pdf, word, page), right.place(*place)), (page, word)
    assert reading.size(pdf) == pytest.approx((wide * TENTH, high * TENTH), abs=0.01)


def test_boxes_and_rows_move_and_stretch_with_the_printer_put_right() -> None:
    lines = tuple(ReceiptLine(name, Money.yuan("1")) for name in "甲乙丙")
    paper, right = receipt(lines=lines), Calibration(-23.4, 11.6, 1.013, 0.988)
    rows = FormField("line-name", 200, 400, 500, rows=3, step=85)
    boxes = FormField("text", 500, 700, 900, words="丁戊", spacing=55)
    pdf = overlay_pdf(form(rows, boxes), paper, right)
    for row, name in enumerate("甲乙丙"):
        assert near(placed(pdf, name), right.place(200, 400 + 85 * row))
    assert near(placed(pdf, "丁"), right.place(500, 700))


def test_a_text_stands_left_centred_or_right_and_its_letters_apart() -> None:
    wide = 10.5 / TENTH
    fields = [FormField("text", 100, 200 + 100 * at, 800, words=word, side=side)
              for at, (word, side) in enumerate(zip("甲乙丙", Side, strict=True))]
    pdf = overlay_pdf(form(*fields, FormField("text", 100, 600, 800, words="丁戊", spacing=30)), receipt())
    for word, x, y in (("甲", 100, 200), ("乙", 500 - wide / 2, 300), ("丙", 900 - wide, 400), ("丁", 100, 600),
                       ("戊", 130 + wide, 600)):  # fmt: skip
        assert near(placed(pdf, word), (x, y)), word


def test_the_boxes_hold_one_digit_each_in_their_middle() -> None:
    field = FormField("total-boxes", 500, 700, 1100, places=PLACES, type=Type.HEI)
    paper = receipt()
    stood = {piece.text: piece for piece in pieces(form(field), paper)}
    assert "".join(piece.text for piece in pieces(form(field), paper)) == "¥陆零零壹伍捌肆"
    for text, box in (("¥", 3), ("陆", 4), ("肆", 10)):
        piece = stood[text]
        assert piece.x + piece.width / 2 == pytest.approx(500 + 100 * box + 50, abs=0.1)
    with pytest.raises(FieldMalformed):
        overlay_pdf(form(replace(field, places="拾元角分")), paper)


def test_items_stand_row_below_row_and_one_too_many_stands_on_a_second_copy_of_the_form() -> None:
    lines = tuple(ReceiptLine(name, Money.yuan("1")) for name in "甲乙丙")
    paper, field = receipt(lines=lines), FormField("line-name", 200, 400, 500, rows=3, step=85)
    pdf = overlay_pdf(form(field), paper)
    for row, name in enumerate("甲乙丙"):
        assert near(placed(pdf, name), (200, 400 + 85 * row))
    total = FormField("total", 1500, 800, 500)
    pdf = overlay_pdf(form(replace(field, rows=2), FormField("number", 1500, 100, 500), total), paper)
    assert near(placed(pdf, "甲"), (200, 400))
    first, last = reading.pages(pdf)
    assert ("丙" in first, "丙" in last) == (False, True)
    assert paper.number in first
    assert paper.number in last
    assert ("3.00" in first, "3.00" in last) == (False, True)


def test_each_copy_of_a_form_printed_on_both_sides_begins_on_a_sheet_of_its_own() -> None:
    lines = tuple(ReceiptLine(name, Money.yuan("1")) for name in "甲乙丙")
    rows = FormField("line-name", 200, 400, 500, rows=1, step=0)
    front = form(rows, both=True)
    assert [text.strip() for text in reading.pages(overlay_pdf(front, receipt(lines=lines)))] == ["甲", "", "乙", "", "丙"]
    two = form(rows, replace(rows, page=2), more=(b"",), both=True)
    assert [text.strip() for text in reading.pages(overlay_pdf(two, receipt(lines=lines)))] == ["甲", "乙", "丙", ""]


def test_a_long_text_is_set_smaller_down_to_six_points_and_then_refused() -> None:
    def sized(width: int) -> float:
        return next(pieces(form(FormField("text", 0, 100, width, words="甲乙丙丁戊")), receipt())).ink.size

    assert sized(200) == 10.5
    assert 6 <= sized(120) < 7
    with pytest.raises(DoesNotFitForm):
        sized(100)


def test_a_reprint_says_so_on_a_form_that_has_no_place_for_it() -> None:
    said = reading.words(overlay_pdf(starting_form("x"), receipt(reprint=Reprint(2, "客户遗失"))))
    assert "第2次重印：客户遗失" in said


def test_the_whole_form_carries_its_scan_once_and_the_overlay_never() -> None:
    drawn = form(FormField("number", 100, 100, 500), picture=SCAN)
    whole, words = (overlay_pdf(drawn, receipt(), whole=one) for one in (True, False))
    assert whole.count(b"/DCTDecode") == 1
    assert SCAN in whole
    assert b"/DCTDecode" not in words
    assert reading.words(whole) == reading.words(words)


def test_equal_receipts_on_equal_forms_are_equal_bytes() -> None:
    assert overlay_pdf(starting_form("x"), receipt()) == overlay_pdf(starting_form("x"), receipt())


def test_the_check_sheet_of_a_printer_put_right_sends_its_crosses_where_they_come_out_right() -> None:
    size, made = (2410, 933), datetime(2026, 1, 1, tzinfo=UTC)
    meant = crosses(*size)
    right = calibrated(meant, [(x + 23, y - 11) for x, y in meant])
    plain, moved = (strokes(calibration_sheet_pdf(size, made, "zh_CN", one)) for one in (Calibration(), right))
    for x, y in meant:
        assert cross(x, y) in plain
        assert cross(x - 23, y + 11) in moved
    assert "1号十字" in reading.words(calibration_sheet_pdf(size, made, "zh_CN"))


@pytest.mark.parametrize("size", [(2410, 933), (2410, 1400), (1010, 1900), (1000, 500), (800, 600), (400, 400), (4300, 4300)])
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_check_sheet_of_any_size_keeps_its_words_on_the_paper_and_its_crosses_apart(size: tuple[int, int], lang: str) -> None:
    assert reading.astray(calibration_sheet_pdf(size, datetime(2026, 1, 1, tzinfo=UTC), lang), margin=0) == []
    meant = crosses(*size)
    assert calibrated(meant, [(x - 4, y + 3) for x, y in meant]).place(meant[1][0] - 4, meant[1][1] + 3) == pytest.approx(meant[1])


def cross(x: float, y: float) -> str:
    """The level stroke of a cross as the page draws it."""
    at, up, arm = x * TENTH, (933 - y) * TENTH, 50 * TENTH
    return f"{at - arm:.2f} {up:.2f} m {at + arm:.2f} {up:.2f} l"


def strokes(pdf: bytes) -> str:
    found = []
    for part in pdf.split(b"stream\n")[1:]:
        try:
            found.append(zlib.decompressobj().decompress(part))
        except zlib.error:
            continue
    return b"\n".join(found).decode("latin-1")


# --- pages


def test_each_page_carries_its_own_fields_and_every_mark() -> None:
    back = FormField("text", 1234, 567, 500, words="乙", page=2)
    pdf = overlay_pdf(form(FormField("text", 100, 100, 500, words="甲"), back, more=(b"",)),
                      receipt(reprint=Reprint(1, "遗失")))  # fmt: skip
    front, behind = reading.pages(pdf)
    assert ("甲" in front, "乙" in front, "甲" in behind, "乙" in behind) == (True, False, False, True)
    assert all("第1次重印：遗失" in page.replace(" ", "") for page in (front, behind))


def test_the_whole_form_carries_the_scan_of_each_page_that_has_one() -> None:
    pages = form(FormField("number", 100, 100, 500), picture=SCAN, more=(b"", SCAN))
    assert overlay_pdf(pages, receipt(), whole=True).count(b"/DCTDecode") == 1, "the same scan is kept once"
    assert len(reading.pages(overlay_pdf(pages, receipt(), whole=True))) == 3


@pytest.mark.parametrize(("both", "count"), [(True, 7), (False, 6)])
def test_each_paper_of_a_run_begins_on_a_sheet_of_its_own(both: bool, count: int) -> None:
    three = form(FormField("number", 100, 100, 500), more=(b"", b""), both=both)
    pages = reading.pages(overlay_run_pdf(three, (receipt(), receipt()), "两张"))
    assert [at for at, page in enumerate(pages) if page] == [0, 4 if both else 3]
    assert len(pages) == count
