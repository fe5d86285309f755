"""A deal's whole file as one PDF: cover, contents with pages, prints, signed copies, bookmarks; told before it leaves."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from salescenter.data.history import history
from salescenter.domain.papers.scan import ScanFile
from salescenter.domain.refusals import NotYours, Stopped
from salescenter.domain.staff import Person, Role
from salescenter.domain.units import Step
from salescenter.services.papers.scans import ScanRequest, attach
from salescenter.services.work import Desk
from salescenter.ui.kit.lane import Ticket
from salescenter.ui.papers.page import PapersPage
from salescenter.ui.papers.whole_file import bind
from tests.domain.test_scans import pdf
from tests.ui.papers.test_page import page
from tests.ui.sampled import NOW, Sampled

__all__ = ["page"]


@pytest.fixture
def deal(page: PapersPage, here: Sampled) -> int:
    """The deal whose contract and agreement were printed, with a scan of two pages of the contract."""
    row = page.printed.table.rows()[2]
    assert row.deal is not None
    attach(here.desk, ScanRequest(row.deal, row.kind, row.number, (ScanFile("签署.pdf", pdf(2)),)), NOW)
    page.printed.table.select_key(row.id)
    return row.deal


def test_the_file_goes_out_whole_and_the_history_is_told(
    page: PapersPage, here: Sampled, deal: int, tmp_path: Path
) -> None:
    card = page.printed.card
    assert not card.file.isHidden()
    card.file.save_to(tmp_path / "file.pdf")
    reader: Any = PdfReader(BytesIO((tmp_path / "file.pdf").read_bytes()), strict=True)
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    assert titles[0] == "商品房买卖档案"
    assert [title.split()[0] for title in titles[1:3]] == ["认购书", "买卖合同"]
    (below,) = [one for one in reader.outline if isinstance(one, list)]
    assert [reader.get_destination_page_number(one) for one in below][1] == len(reader.pages) - 2
    contents = reader.pages[1].extract_text()
    first = reader.get_destination_page_number(reader.outline[1]) + 1
    assert f" {first}" in contents.replace("\n", " ")
    assert "未打印" in contents
    assert "签署件2页" in contents.replace("\n", "").replace(" ", "")
    assert all("导出" in one.extract_text() for one in reader.pages)
    with here.desk.reading() as line:
        told = line.execute(select(history).where(history.c.subject == "deal-file")).one()
    assert (told.step, told.deal_id, told.after["pages"]) == (Step.EXPORT, deal, len(reader.pages))
    assert here.asked.said[-1].startswith("已存为 file.pdf")


def test_whoever_may_not_export_is_offered_and_given_nothing(here: Sampled, deal: int) -> None:
    consultant = Desk(here.desk.engine, Person(here.desk.who.id, "顾问", Role.CONSULTANT), here.desk.project)
    with pytest.raises(NotYours):
        bind(consultant, deal, NOW, Ticket())


def test_a_binding_that_is_stopped_writes_nothing(here: Sampled, deal: int) -> None:
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Stopped):
        bind(here.desk, deal, NOW, ticket)
