"""Every text reads well on its ground: in light and dark, in each theme of the cells, in colours of the user's own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from salescenter.domain.units import UnitState
from salescenter.ui.kit import theme
from salescenter.ui.kit.cell_colours import CellTheme, cell_colours
from salescenter.ui.kit.tokens import DARK, LIGHT, PAIRS, READABLE, Tokens, contrast, mix, readable, shade

COLOURS = st.from_regex(r"\A#[0-9A-F]{6}\Z")
ICONS = sorted((theme.RESOURCES / "icons").glob("*.svg"))


@pytest.mark.parametrize("worn", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_reads_on_its_ground(worn: Tokens) -> None:
    low = {
        pair: round(contrast(getattr(worn, pair[0]), getattr(worn, pair[1])), 2) for pair in PAIRS
        if contrast(getattr(worn, pair[0]), getattr(worn, pair[1])) < READABLE
    }
    assert low == {}


def test_every_ink_is_measured_on_some_ground() -> None:
    measured = {name for pair in PAIRS for name in pair}
    lines = {"dark", "border", "edge"}  # a hairline carries no words
    assert set(Tokens._fields) - lines - measured == set()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("scheme", list(CellTheme))
def test_every_cell_reads_in_every_theme(scheme: CellTheme, dark: bool) -> None:
    painted = cell_colours(scheme, dark)
    assert {state for state, look in painted.items() if contrast(look.ink, look.ground) < READABLE} == set()
    assert set(painted) == set(UnitState)


@pytest.mark.parametrize("scheme", list(CellTheme))
def test_no_two_states_share_a_ground(scheme: CellTheme) -> None:
    assert len({look.ground for look in cell_colours(scheme, dark=False).values()}) == len(UnitState)


def test_only_what_is_not_released_is_hatched() -> None:
    hatched = {state for state, look in cell_colours(CellTheme.TRADE, dark=True).items() if look.hatched}
    assert hatched == {UnitState.NOT_RELEASED}


@given(COLOURS)
def test_any_ground_the_user_picks_gets_an_ink_that_reads(ground: str) -> None:
    look = cell_colours(CellTheme.TRADE, dark=False, edited={UnitState.HELD: ground})[UnitState.HELD]
    assert look.ground == ground
    assert contrast(look.ink, look.ground) >= READABLE


@given(COLOURS, COLOURS)
def test_an_ink_that_reads_is_left_as_it_is(ink: str, ground: str) -> None:
    if contrast(ink, ground) >= READABLE:
        assert readable(ink, ground) == ink


@given(COLOURS, COLOURS)
def test_contrast_does_not_ask_which_is_the_ground(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 6) == 21


def test_colours_mix_and_darken() -> None:
    assert mix("#FFFFFF", "#000000", 0.5) == "#808080"
    assert shade("#BFE3C0", 2 / 3) == "#7F9780"


@pytest.mark.parametrize("worn", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_no_name_left_unfilled(worn: Tokens) -> None:
    assert "$" not in theme.style_sheet(worn)


def test_the_style_sheet_names_only_icons_that_exist() -> None:
    named = set(re.findall(r"url\((.+?)\)", theme.style_sheet(LIGHT) + theme.style_sheet(DARK)))
    assert {path for path in named if not (theme.RESOURCES / "icons" / path.rpartition("/")[2]).exists()} == set()


def test_the_log_in_page_wears_the_beginning_of_the_sheet() -> None:
    above, cut, below = theme.style_sheet(LIGHT).partition(theme.CUT)
    assert cut
    for needed in ("QLineEdit:focus", 'look="filled"', 'look="title"', 'look="panel"'):
        assert needed in above
    assert "QTableView" in below


@pytest.mark.parametrize("file", ICONS, ids=lambda file: str(file.stem))
def test_every_icon_can_be_drawn(file: object) -> None:
    text = file.read_text("utf-8")  # type: ignore[attr-defined]
    assert QSvgRenderer(QByteArray(text.encode())).isValid()


def test_no_icon_lies_there_that_nobody_shows() -> None:
    source = "".join(file.read_text("utf-8") for file in (theme.RESOURCES.parent / "salescenter").rglob("*.py"))
    style = (theme.RESOURCES / "style.qss").read_text("utf-8").replace("-$mode", "-dark")
    shown = {file.stem for file in ICONS if f'"{file.stem}"' in source or f"/{file.stem}.svg" in style}
    drawn_both_ways = {name.replace("-dark", "-light") for name in shown}
    assert {file.stem for file in ICONS} - shown - drawn_both_ways == set()
