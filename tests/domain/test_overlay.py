"""A pre-printed form is a value with limits; it travels as one file; two readings put a printer right."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.papers.form_faults import StationeryUnreadable
from salescenter.domain.papers.overlay import (
    LEAST_PAPER,
    MOST_PAGES,
    MOST_PAPER,
    FormField,
    OverlayForm,
    calibrated,
    crosses,
    demand_sound_form,
)
from salescenter.domain.papers.overlay_file import (
    MOST_PICTURE,
    demand_picture,
    demand_scans,
    form_file,
    form_text,
    picture_size,
    read_form_file,
    read_form_text,
)
from salescenter.domain.papers.starting_form import starting_form
from salescenter.domain.refusals import FieldMalformed, FieldMissing, OutOfBounds

FORM = starting_form("收据 2026")
SCAN = bytes.fromhex("ffd8ffe000104a46494600010101004800480000ffc0000b0800030002010111 00ffd9".replace(" ", ""))
"""The head of a grey JPEG of 2 x 3 dots."""

PAGES = replace(FORM, fields=(*FORM.fields, FormField("text", 200, 300, 400, words="背面", page=2)), more=(b"",))
"""A form of two pages."""


@given(st.integers(LEAST_PAPER, MOST_PAPER), st.integers(LEAST_PAPER, MOST_PAPER))
def test_a_form_to_begin_from_is_sound_on_any_paper(width: int, height: int) -> None:
    demand_sound_form(starting_form("x", width, height))


def test_a_form_begins_as_the_usual_continuous_paper() -> None:
    assert (FORM.width, FORM.height) == (2410, 933)


@pytest.mark.parametrize("wrong", [
    FormField("number", 0, 0, 2411), FormField("number", 2410, 0, 1), FormField("number", 0, 934, 10),
    FormField("number", 0, 0, 10, size=59), FormField("line-name", 0, 0, 10, rows=2), FormField("number", -1, 0, 10),
])  # fmt: skip
def test_a_field_off_the_paper_is_refused(wrong: FormField) -> None:
    with pytest.raises(OutOfBounds):
        demand_sound_form(replace(FORM, fields=(wrong,)))


def test_a_form_needs_a_name_a_field_that_exists_and_known_boxes() -> None:
    with pytest.raises(FieldMissing):
        demand_sound_form(replace(FORM, name=" "))
    for wrong in (FormField("password", 0, 0, 10), FormField("total-boxes", 0, 0, 10, places="元亿")):
        with pytest.raises(FieldMalformed):
            demand_sound_form(replace(FORM, fields=(wrong,)))


def test_a_form_comes_back_from_its_file_as_it_was() -> None:
    for form in (FORM, replace(FORM, picture=SCAN), replace(PAGES, more=(SCAN, b"")), replace(PAGES, both=True)):
        assert read_form_file(form_file(form)) == form
        assert read_form_text(form_text(form)) == form
        assert form_file(form) == form_file(form)


def test_a_form_of_one_page_is_written_as_versions_without_pages_read_it() -> None:
    assert b'"edition": 2' in zipfile.ZipFile(io.BytesIO(form_file(FORM))).read("form.json")
    assert b'"edition": 3' in zipfile.ZipFile(io.BytesIO(form_file(PAGES))).read("form.json")


def test_a_field_stands_on_a_page_there_is_and_pages_have_an_end() -> None:
    demand_sound_form(PAGES)
    for wrong in (replace(PAGES, more=()), replace(PAGES, more=(b"",) * MOST_PAGES)):
        with pytest.raises(OutOfBounds):
            demand_sound_form(wrong)
    for pages in (b"0", b"9", b"1e9", b'"2"'):
        text = b'{"edition": 3, "kind": "receipt", "name": "x", "width": 900, "height": 900, "fields": [], "pages": '
        with pytest.raises(StationeryUnreadable):
            read_form_file(zipped(form_json=text + pages + b"}"))


def test_a_page_goes_with_its_fields_and_its_scan_and_those_after_it_move_up() -> None:
    three = replace(PAGES, more=(SCAN, b""), fields=(*PAGES.fields, FormField("day", 200, 300, 400, page=3)))
    left = three.without_page(1)
    assert (left.scans, [(one.source, one.page) for one in left.fields]) == ((SCAN, b""), [("text", 1), ("day", 2)])
    assert FORM.without_page(1) == FORM, "the only page stays"


def test_the_scans_of_a_form_are_bounded_together() -> None:
    large = SCAN + bytes(MOST_PICTURE - len(SCAN))
    with pytest.raises(StationeryUnreadable):
        demand_scans(replace(FORM, picture=large, more=(large,) * 3))
    assert demand_scans(replace(FORM, more=(large,))).pages == 2


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, part in parts.items():
            held.writestr(name.replace("_", "."), part)
    return out.getvalue()


@pytest.mark.parametrize(("file", "why"), [
    (b"", "damaged"), (b"no zip", "damaged"), (zipped(other=b""), "damaged"), (zipped(form_json=b"{"), "damaged"),
    (zipped(form_json=b"[]"), "damaged"), (zipped(form_json=b'{"edition": 4}'), "newer"),
    (zipped(form_json=b'{"edition": 2, "kind": "receipt", "name": "x", "width": 1.5, "height": 900, "fields": []}'), "damaged"),
    (zipped(form_json=b'{"edition": 2, "kind": "receipt", "name": "x", "width": 9, "height": 900, "fields": []}'), "damaged"),
    (zipped(form_json=b" " * 300_000), "too-large"), (b"x" * 5_000_000, "too-large"),
    (zipped(form_json=b'{"edition": 2, "kind": "receipt", "name": "x", "width": 900, "height": 900, "fields": []}', scan_jpg=b"GIF89a"),
     "no-picture"),
])  # fmt: skip
def test_a_file_that_is_no_form_is_refused_with_its_reason(file: bytes, why: str) -> None:
    with pytest.raises(StationeryUnreadable) as refused:
        read_form_file(file)
    assert refused.value.details == {"why": why}


@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_damaged_file_is_never_anything_but_refused_or_read(at: int, byte: int) -> None:
    file = bytearray(form_file(FORM))
    file[at % len(file)] = byte
    try:
        read = read_form_file(bytes(file))
    except StationeryUnreadable:
        return
    assert isinstance(read, OverlayForm)


def test_a_scan_is_a_jpeg_of_bounded_size() -> None:
    assert picture_size(SCAN) == (2, 3, 1)
    assert demand_picture(b"") == b""
    with pytest.raises(StationeryUnreadable):
        demand_picture(b"\x89PNG\r\n\x1a\n" + bytes(40))
    with pytest.raises(StationeryUnreadable):
        demand_picture(SCAN + bytes(MOST_PICTURE))


MEANT = crosses(FORM.width, FORM.height)


@given(st.tuples(st.floats(-250, 250), st.floats(-250, 250)), st.tuples(st.floats(0.95, 1.05), st.floats(0.95, 1.05)))
def test_two_readings_put_any_usual_printer_right_to_the_tenth_read(
    off: tuple[float, float], stretched: tuple[float, float]
) -> None:
    def printed(x: float, y: float) -> tuple[float, float]:
        return off[0] + x * stretched[0], off[1] + y * stretched[1]

    read = [(round(x), round(y)) for x, y in (printed(*cross) for cross in MEANT)]
    if any(abs(got - wanted) > 300 for one, two in zip(read, MEANT, strict=True) for got, wanted in zip(one, two, strict=True)):
        return
    right = calibrated(MEANT, read)
    for x, y in (MEANT[0], MEANT[1], (1200, 450)):
        came = printed(*right.place(x, y))
        assert abs(came[0] - x) <= 1
        assert abs(came[1] - y) <= 1


def test_readings_no_printer_can_cause_are_refused() -> None:
    for read in ([(200, 200), (2210, 1200)], [(501, 200), (2210, 733)], [(200, 200), (2510, 733)]):
        with pytest.raises(OutOfBounds):
            calibrated(MEANT, read)
