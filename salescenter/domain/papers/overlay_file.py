"""A form as one file to carry to another house: its description and its scans in a zip; and as text for the record."""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib
from collections.abc import Container
from dataclasses import asdict
from typing import Any

from salescenter.domain.errors import Refusal
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.form_faults import StationeryUnreadable
from salescenter.domain.papers.overlay import MOST_PAGES, FormField, OverlayForm, Side, Type, demand_sound_form

SUFFIX = "scform"
MOST_PICTURE = 1_500_000
MOST_TEXT = 200_000
MOST_SCANS = 4_500_000
"""Bytes of all scans of a form together: some ten pages as they are taken in."""

MOST_FILE = MOST_SCANS + MOST_TEXT
_ONE_PAGE, _PAGES = 2, 3
"""The editions of the description: a form of one page is written so that earlier versions read it too."""

_TEXT, _PICTURE = "form.json", "scan.jpg"
_DAY = (2020, 1, 1, 0, 0, 0)  # the same form is the same file


def form_file(form: OverlayForm) -> bytes:
    """Return a form as one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr(zipfile.ZipInfo(_TEXT, _DAY), json.dumps(_plain(form), ensure_ascii=False, indent=1))
        for name, scan in zip(_names(form.pages), form.scans, strict=True):
            if scan:
                held.writestr(zipfile.ZipInfo(name, _DAY), scan)
    return out.getvalue()


def read_form_file(file: bytes) -> OverlayForm:
    """Read such a file; refuses (`StationeryUnreadable`) one that is too large, damaged, or none of ours."""
    if len(file) > MOST_FILE:
        raise StationeryUnreadable(why="too-large")
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as held:
            form, there = _read(_taken(held, _TEXT, MOST_TEXT)), frozenset(held.namelist())
            scans = [_taken(held, name, MOST_PICTURE) if name in there else b"" for name in _names(form.pages)]
    except (zipfile.BadZipFile, KeyError, zlib.error, EOFError, NotImplementedError, RuntimeError) as trouble:
        raise StationeryUnreadable(why="damaged") from trouble
    return demand_scans(form.with_scans(scans))


def form_text(form: OverlayForm) -> str:
    """Return a form as text, its scans within."""
    first, *more = (base64.b64encode(scan).decode("ascii") for scan in form.scans)
    within = {"picture": first} | ({"more": more} if more else {})
    return json.dumps({**_plain(form), **within}, ensure_ascii=False)


def read_form_text(text: str) -> OverlayForm:
    """Read a form from such text."""
    found = json.loads(text)
    scans = (found.get("picture", ""), *found.get("more", ()))
    return _read(text.encode()).with_scans([base64.b64decode(scan) for scan in scans])


def demand_scans(form: OverlayForm) -> OverlayForm:
    """Return a form whose scans can be printed; refuse (`StationeryUnreadable`) any other."""
    if sum(len(demand_picture(scan)) for scan in form.scans) > MOST_SCANS:
        raise StationeryUnreadable(why="too-large")
    return form


def demand_picture(picture: bytes) -> bytes:
    """Return a scan that can be printed, a JPEG of bounded size, or none; refuse any other."""
    if len(picture) > MOST_PICTURE:
        raise StationeryUnreadable(why="too-large")
    if picture:
        picture_size(picture)
    return picture


def picture_size(picture: bytes, colours: Container[int] = (1, 3)) -> tuple[int, int, int]:
    """Return width and height in dots and the number of colours of a JPEG (ITU T.81 B.2.2); refuses what is none.

    `colours` it may have; four are inks (CMYK), which no page of ours defines.
    """
    at = 2 if picture.startswith(b"\xff\xd8") else len(picture)
    while at + 9 < len(picture) and picture[at] == 0xFF:
        kind, long = picture[at + 1], int.from_bytes(picture[at + 2:at + 4], "big")
        if kind in (0xC0, 0xC1, 0xC2):
            high, wide = (int.from_bytes(picture[at + by:at + by + 2], "big") for by in (5, 7))
            found = picture[at + 9]
            if wide and high and found in colours:
                return wide, high, found
            break
        at += 2 + long
    raise StationeryUnreadable(why="no-picture")


def _taken(held: zipfile.ZipFile, name: str, most: int) -> bytes:
    with held.open(name) as part:
        found = part.read(most + 1)  # never more than this is unpacked, whatever the file says of itself
    if len(found) > most:
        raise StationeryUnreadable(why="too-large")
    return found


def _plain(form: OverlayForm) -> dict[str, Any]:
    fields = [asdict(field) for field in form.fields]
    size = {"width": form.width, "height": form.height}
    pages = {"pages": form.pages, "both": form.both} if form.pages > 1 else {}
    edition = _PAGES if pages else _ONE_PAGE
    return {"edition": edition, "kind": form.kind.value, "name": form.name, **size, **pages, "fields": fields}


def _names(pages: int) -> tuple[str, ...]:
    """What the scans of so many pages are called in the file."""
    return (_PICTURE, *(f"scan-{page}.jpg" for page in range(2, pages + 1)))


def _read(text: bytes) -> OverlayForm:
    try:
        found = json.loads(text)
        _demand_edition(found["edition"])
        pages = _pages(found.get("pages", 1))
        form = OverlayForm(str(found["name"]), _whole(found["width"]), _whole(found["height"]),
                           tuple(map(_field, found["fields"])), kind=PaperKind(found["kind"]),
                           more=(b"",) * (pages - 1), both=found.get("both", False) is True)  # fmt: skip
        demand_sound_form(form)
    except (ValueError, TypeError, KeyError, RecursionError) as trouble:
        raise StationeryUnreadable(why="damaged") from trouble
    except StationeryUnreadable:
        raise
    except Refusal as trouble:
        raise StationeryUnreadable(why="damaged") from trouble
    return form


def _pages(found: object) -> int:
    """Read how many pages there are, before any room is made for them."""
    if not 1 <= (pages := _whole(found)) <= MOST_PAGES:
        raise ValueError(pages)
    return pages


def _demand_edition(found: object) -> None:
    if found not in (_ONE_PAGE, _PAGES):
        raise StationeryUnreadable(why="newer")


def _field(found: dict[str, Any]) -> FormField:
    figures = ("x", "y", "width", "size", "spacing", "rows", "step")
    lengths: dict[str, Any] = {name: _whole(found[name]) for name in figures}
    lengths["page"] = _whole(found.get("page", 1))
    said: dict[str, Any] = {name: str(found[name]) for name in ("source", "places", "words")}
    return FormField(**lengths, **said, type=Type(found["type"]), side=Side(found["side"]))


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value
