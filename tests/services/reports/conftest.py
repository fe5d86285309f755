"""Houses for the tests of the reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests.services.reports.story import Story, empty, lively


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """Three months of a small estate."""
    told = lively(tmp_path)
    yield told
    told.house.close()


@pytest.fixture
def nothing_yet(tmp_path: Path) -> Iterator[Story]:
    """A house where nothing has happened."""
    told = empty(tmp_path / "empty")
    yield told
    told.house.close()


@pytest.fixture
def story_on_postgres(pg_url: URL) -> Iterator[Story]:
    """The same three months on PostgreSQL."""
    told = lively(pg_url.render_as_string(hide_password=False))
    yield told
    told.house.close()
