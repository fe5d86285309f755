"""An empty house on each engine, and short unit lists to import into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL

from salescenter.data.types import CHINA
from salescenter.domain.columns import Kind
from salescenter.domain.money import Rounding
from salescenter.services.importing.draft import Choice, UnitDraft, find, units_of
from salescenter.services.importing.plan import ImportPlan, plan
from salescenter.services.importing.reader import Book
from salescenter.services.importing.store import ImportResult, carry_out
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.work import Desk
from tests.services.importing.sheets import Rows, sheet

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)
HEADER = ["楼栋", "单元", "楼层", "房号", "户型", "建筑面积", "套内面积", "单价"]
FREE = Choice()


def made_house(where: Any, rounding: Rounding = Rounding.TO_FEN) -> Desk:
    """Make a new house and let its manager in."""
    return make_house(where, NewHouse("云栖花园", "王经理", "manager", rounding=rounding)).log_in("manager", "")


def unit(
    number: str, price: float = 9000.0, area: float = 100.0, building: str = "3栋", stair: str = "1单元"
) -> list[Any]:
    """One row under `HEADER`."""
    return [building, stair, number[:-2], number, "三室两厅两卫", area, area * 0.8, price]


def drafted(rows: Rows, header: Sequence[str] = HEADER, choice: Choice = FREE) -> UnitDraft:
    """Draft rows under a header."""
    book = Book("价目表.xlsx", (sheet([header, *rows]),))
    return units_of(find(book, Kind.UNITS, choice), choice)


def planned(desk: Desk, rows: Rows, header: Sequence[str] = HEADER) -> ImportPlan:
    """Plan the import of rows."""
    return plan(desk, drafted(rows, header))


def imported(desk: Desk, rows: Rows, header: Sequence[str] = HEADER, now: datetime = NOW) -> ImportResult:
    """Import rows."""
    return carry_out(desk, planned(desk, rows, header), now)


def new_path(folder: Path) -> Path:
    """Where a test keeps its database."""
    return folder / "house.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """The manager's desk in an empty house, on each engine."""
    found = made_house(_postgres(request) if request.param == "postgresql" else new_path(tmp_path))
    yield found
    found.engine.dispose()


def _postgres(request: pytest.FixtureRequest) -> str:
    url: URL = request.getfixturevalue("pg_url")
    return url.render_as_string(hide_password=False)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Desk]:
    """The manager's desk in an empty house in a file."""
    found = made_house(new_path(tmp_path))
    yield found
    found.engine.dispose()
