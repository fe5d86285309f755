"""A pre-printed form (套打格式): for which kind of paper, its size, and which field is printed where, to 0.1 mm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.form_fields import CATALOGUES
from salescenter.domain.refusals import FieldMalformed, FieldMissing, OutOfBounds

WORDS = "text"
"""The source of a field whose words are its own: a tick, a remark that stands on every paper."""

PLACES = "亿仟佰拾万仟佰拾元角分"

LEAST_PAPER, MOST_PAPER = 300, 4300
LEAST_SIZE, MOST_SIZE = 60, 400
MOST_FIELDS, MOST_ROWS = 120, 40
MOST_PAGES = 8


class Side(StrEnum):
    """Where in its width a text stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Type(StrEnum):
    """What a text is set in: 宋, 黑, and both bold."""

    SONG = "serif"
    SONG_BOLD = "serif-bold"
    HEI = "sans"
    HEI_BOLD = "sans-bold"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field on a form; lengths in 0.1 mm from the upper left corner of the paper, y is the base line.

    size: tenths of a point; spacing: 0.1 mm added after each letter; places: names of the printed boxes, one digit
    a box, the width shared equally; rows, step: how many rows of items the form has, and how far apart; page: on which
    page of the form, the first is 1.
    """

    source: str
    x: int
    y: int
    width: int
    type: Type = Type.SONG
    size: int = 105
    spacing: int = 0
    side: Side = Side.LEFT
    places: str = ""
    rows: int = 1
    step: int = 0
    words: str = ""
    page: int = 1

    @property
    def deep(self) -> int:
        """How far its last row stands below its first, 0.1 mm."""
        return (self.rows - 1) * self.step

    def moved(self, right: int, down: int) -> FormField:
        """Return it so many tenths of a millimetre further."""
        return replace(self, x=self.x + right, y=self.y + down)


@dataclass(frozen=True, slots=True)
class OverlayForm:
    """One form: name, paper in 0.1 mm, fields, a scan (JPEG) of its page or none, and for which papers.

    more: the scans (or b"") of its second page and those after, all of one size; both: two pages are the two sides of a
    sheet, else each has a sheet of its own.
    """

    name: str
    width: int
    height: int
    fields: tuple[FormField, ...] = ()
    picture: bytes = b""
    kind: PaperKind = PaperKind.RECEIPT
    more: tuple[bytes, ...] = ()
    both: bool = False

    @property
    def scans(self) -> tuple[bytes, ...]:
        """The scan of each page, b"" where it has none."""
        return (self.picture, *self.more)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return 1 + len(self.more)

    def with_scans(self, scans: Sequence[bytes]) -> OverlayForm:
        """Return it with other scans, one a page."""
        return replace(self, picture=scans[0], more=tuple(scans[1:]))

    def without_page(self, page: int) -> OverlayForm:
        """Return it without a page and its fields; the pages after it move up. The only page stays."""
        if self.pages == 1:
            return self
        left = [one for one in self.fields if one.page != page]
        fields = tuple(replace(one, page=one.page - 1) if one.page > page else one for one in left)
        scans = [scan for at, scan in enumerate(self.scans, start=1) if at != page]
        return replace(self.with_scans(scans), fields=fields)

    def on_page(self, page: int) -> tuple[int, ...]:
        """The places of the fields that stand on a page, among all fields."""
        return tuple(at for at, one in enumerate(self.fields) if one.page == page)

    def with_field(self, at: int, field: FormField) -> OverlayForm:
        """Return it with another field in a place."""
        return replace(self, fields=(*self.fields[:at], field, *self.fields[at + 1:]))

    def without(self, at: int) -> OverlayForm:
        """Return it without one of its fields."""
        return replace(self, fields=(*self.fields[:at], *self.fields[at + 1:]))


def demand_sound_form(form: OverlayForm) -> None:
    """Refuse a form that could not be printed: no name, a size no printer takes, a field off the paper or unknown."""
    if not form.name.strip():
        raise FieldMissing(field="name")
    if form.kind not in CATALOGUES:
        raise FieldMalformed(field="form", value=form.kind, why="unknown-form-field")
    _within("paper-width", form.width, LEAST_PAPER, MOST_PAPER)
    _within("paper-height", form.height, LEAST_PAPER, MOST_PAPER)
    _within("form-fields", len(form.fields), 0, MOST_FIELDS)
    _within("form-pages", form.pages, 1, MOST_PAGES)
    for field in form.fields:
        _demand_sound_field(form, field)


def _demand_sound_field(form: OverlayForm, field: FormField) -> None:
    offered = CATALOGUES[form.kind]
    if field.source != WORDS and not offered.offers(field.source):
        raise FieldMalformed(field="form-field", value=field.source, why="unknown-form-field")
    _within("form-page", field.page, 1, form.pages)
    _within("form-x", field.x, 0, form.width)
    _within("form-y", field.y, 0, form.height)
    _within("form-width", field.width, 1, form.width - field.x)
    _within("type-size", field.size, LEAST_SIZE, MOST_SIZE)
    _within("letter-spacing", field.spacing, 0, 300)
    _within("row-step", field.step, 1 if field.rows > 1 else 0, form.height)
    _within("form-rows", field.rows, 1, min(MOST_ROWS, 1 + (form.height - field.y) // max(1, field.step)))
    if offered.is_boxes(field.source) and not (field.places and field.places in PLACES):
        raise FieldMalformed(field="boxes", value=field.places, why="unknown-boxes")


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise OutOfBounds(field=name, value=value, least=least, most=most)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How one printer is put right for one form: where a place is sent so that it comes out where it is meant.

    Offsets in 0.1 mm, scales as parts of one; only places are scaled, never letters.
    """

    x: float = 0.0
    y: float = 0.0
    across: float = 1.0
    down: float = 1.0

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place (0.1 mm) is sent."""
        return self.x + x * self.across, self.y + y * self.down


AS_IT_IS = Calibration()
_MARK = 200
"""How far the crosses of the test sheet stand from the edges, 0.1 mm."""


def crosses(width: int, height: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return where a test sheet of a size has its two crosses: upper left and lower right, 0.1 mm."""
    across, down = (min(_MARK, side // 4) for side in (width, height))  # on a small paper, too, one beside the other
    return (across, down), (width - across, height - down)


def calibrated(meant: Sequence[tuple[int, int]], read: Sequence[tuple[int, int]]) -> Calibration:
    """Return what puts a printer right, from where the two crosses came out on the paper (0.1 mm).

    Refuses (`OutOfBounds`) readings that no printer can cause: over 30 mm off, or stretched by more than a tenth.
    """
    (x, across), (y, down) = (_straight([one[axis] for one in meant], [one[axis] for one in read]) for axis in (0, 1))
    return Calibration(x, y, across, down)


def _straight(meant: list[int], read: list[int]) -> tuple[float, float]:
    for wanted, found in zip(meant, read, strict=True):
        _within("reading", found, wanted - 300, wanted + 300)
    stretch = round(1000 * (read[1] - read[0]) / (meant[1] - meant[0]))
    _within("stretch", stretch, 900, 1100)
    scale = (meant[1] - meant[0]) / (read[1] - read[0])
    return meant[0] - read[0] * scale, scale
