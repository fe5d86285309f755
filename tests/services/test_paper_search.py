"""Papers found by the words on them, on both engines: any two letters, the newest first, masked where names are."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, select

from salescenter.data import paper_index
from salescenter.data.archive import paper_words
from salescenter.domain.papers.words import Pdf
from salescenter.services.papers import archive
from salescenter.services.papers.archive import PrintRequest
from salescenter.services.papers.search import PaperRow, PaperSearch, papers
from tests.services.reception_house import Reception
from tests.services.test_archive import CONTRACT, sold

__all__ = ["sold"]

NUMBER = "11010519491231002X"


def keep(here: Reception, kind: str, number: str, words: str, reason: str = "") -> None:
    pdf = Pdf(b"%PDF", words) if words else b"%PDF reprint"
    asked = PrintRequest(kind, number, f"{kind} {number}", pdf, reason=reason)
    archive.keep(here.desk("boss"), asked, here.later(minutes=1))


@pytest.fixture
def printed(both: Reception, sold: dict[str, int]) -> Reception:
    """A contract and its reprint, and a receipt."""
    keep(both, "contract", CONTRACT, f"第六条 违约责任\n买受人 陈晓明 {NUMBER}\n单价 12,800.00 元，𬭚𬬭路")
    keep(both, "contract", CONTRACT, "", "客户遗失")
    keep(both, "receipt", "0000001", "今收到 陈晓明 人民币贰万元整 20,000.00")
    return both


def found(here: Reception, text: str, who: str = "boss", **more: object) -> list[PaperRow]:
    return list(papers(here.desk(who), PaperSearch(text, **more)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("违约", ["contract", "contract"]), ("违约责任", ["contract", "contract"]), ("12800", ["contract", "contract"]),
        ("12,800.00", ["contract", "contract"]), ("𬭚𬬭", ["contract", "contract"]), ("贰万", ["receipt"]),
        ("今收", ["receipt"]), (NUMBER, ["contract", "contract"]), ("19491231", []), ("责约", []), ("违", []),
    ],
)  # fmt: skip
def test_any_two_letters_find_a_paper_and_its_reprints(printed: Reception, text: str, kinds: list[str]) -> None:
    assert [row.kind.value for row in found(printed, text)] == kinds


def test_what_was_found_is_shown_with_the_words_around_it(printed: Reception) -> None:
    assert found(printed, "今收")[0].says == "…00001 今收到 陈晓明 人民币贰万元整 20000.00"
    assert found(printed, "3-1-1201")[0].says == ""


def test_whoever_sees_masked_names_reads_masked_words(printed: Reception) -> None:
    shown = found(printed, "今收", "a")[0]
    assert (shown.customer, shown.says) == ("陈*", "…00001 今收到 陈* 人民币贰万元整 20000.00")


def test_nobody_finds_what_they_may_not_open(printed: Reception) -> None:
    assert found(printed, "贰万", "front") == []


def test_words_are_sought_within_kind_and_days(printed: Reception) -> None:
    assert found(printed, "陈晓", kind="receipt")[0].number == "0000001"
    assert found(printed, "陈晓", first=date(2026, 3, 3)) == []
    assert len(found(printed, "陈晓", last=date(2026, 3, 2))) == 3


def test_an_index_that_is_missing_is_made_of_the_words_there_are(printed: Reception) -> None:
    down = {
        "sqlite": (f"DROP TRIGGER {paper_index.INDEX}_adds", f"DROP TRIGGER {paper_index.INDEX}_drops", f"DROP TABLE {paper_index.INDEX}"),
        "postgresql": (f"DROP SCHEMA {paper_index.SCHEMA} CASCADE",),
    }  # fmt: skip
    engine = printed.house.engine
    with engine.connect().execution_options(writes=True) as line, line.begin():
        for order in down[engine.dialect.name]:
            line.exec_driver_sql(order)
        paper_index.put_up(line)
    assert len(found(printed, "违约")) == 2


def test_words_that_are_gone_are_found_no_more(printed: Reception) -> None:
    with printed.house.engine.connect().execution_options(writes=True) as line, line.begin():
        first = line.scalar(select(paper_words.c.paper_id).order_by(paper_words.c.paper_id).limit(1))
        line.execute(delete(paper_words).where(paper_words.c.paper_id == first))
    assert found(printed, "违约") == []
    assert found(printed, "贰万")
