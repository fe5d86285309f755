"""Houses for the tests of the reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests.services.reports.story import Story, copy_of, empty, lively


@pytest.fixture(scope="session")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The small estate's past, written once a run."""
    told = lively(tmp_path_factory.mktemp("story"))
    told.house.close()
    return told


@pytest.fixture
def story(told_once: Story, tmp_path: Path) -> Iterator[Story]:
    """Three months of a small estate."""
    told = copy_of(told_once, tmp_path)
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
