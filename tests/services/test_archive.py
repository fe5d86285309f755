"""Papers kept as they were printed: once as the original, again only with a reason, never twice the same."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, update

from salescenter.data.deals import deal, quotation
from salescenter.data.papers import paper
from salescenter.data.payments import receipt, receipt_book
from salescenter.data.types import CHINA
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind, Verdict, check_value, code_text, read_back
from salescenter.domain.refusals import NotFound, NotYours, ReasonMissing
from salescenter.domain.units import Step, UnitState
from salescenter.print.qr import qr_code
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.customers import NewCustomer, register
from salescenter.services.papers import archive
from salescenter.services.papers.archive import BatchRequest, PrintRequest
from salescenter.services.papers.checking import Standing, check_paper
from salescenter.services.papers.search import PaperSearch, held, papers
from salescenter.services.papers.voiding import SettleRequest, settle
from tests.services.reception_house import NINE, Reception
from tests.services.test_find import build, sell

CONTRACT = "HT2026-0012"


@pytest.fixture
def sold(both: Reception) -> dict[str, int]:
    """One signed deal with a receipt of 20,000, and one of another buyer that is only subscribed."""
    found: dict[str, int] = {}
    names = ("陈晓明", "欧阳娜")
    buyers = [
        register(both.desk(), NewCustomer(CustomerFacts(name=name, phones=(f"1380000000{at}",))), both.now).id
        for at, name in enumerate(names)
    ]
    with both.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        units = build(connection)
        found["unit"], found["other_unit"] = units["3-1-1201"], units["5-1-301"]
        signed: dict[str, Any] = {
            "contract_number": CONTRACT, "subscribed": date(2026, 2, 24), "signed": date(2026, 3, 1),
        }
        seller = both.people["a"].id
        found["deal"] = sell(
            connection, found["unit"], buyers[0], seller, "RG202600001", state=UnitState.SIGNED, **signed
        )
        found["other"] = sell(
            connection, found["other_unit"], buyers[1], seller, "RG202600002", subscribed=date(2026, 2, 25)
        )
        book = connection.scalar(
            insert(receipt_book).values(project_id=1, name="一号", first=1, last=99, next=3).returning(receipt_book.c.id)
        )
        for serial, of, amount in ((1, "deal", 20_000), (2, "other", 10_000)):
            values = {
                "project_id": 1, "book_id": book, "serial": serial, "number": f"000000{serial}", "kind": "deposit",
                "method": "cash", "amount": Money.yuan(amount), "payer": names[serial - 1], "day": date(2026, 2, 24),
                "at": NINE, "cashier_id": 1, "deal_id": found[of], "unit_id": found["unit" if serial == 1 else "other_unit"],
            }
            found[f"receipt{serial}"] = int(connection.scalar(insert(receipt).values(values).returning(receipt.c.id)) or 0)
        connection.execute(
            insert(quotation).values(
                project_id=1, unit_id=found["unit"], customer_id=buyers[1], by_id=1, number="ZY2026020001", at=NINE,
                total=Money(1), asked={},
            )
        )  # fmt: skip
    return found


def printed(here: Reception, kind: str = "receipt", number: str = "0000001", **more: Any) -> archive.Printed:
    """Keep a paper whose bytes say what it is."""
    pdf = f"%PDF {kind} {number} {more.get('reason', '')}".encode()
    asked = PrintRequest(kind, number, more.pop("title", f"{kind} {number}"), pdf, **more)
    return archive.keep(here.desk("boss"), asked, here.later(minutes=1))


def test_a_printed_paper_is_shown_again_byte_for_byte(both: Reception, sold: dict[str, int]) -> None:
    kept = printed(both)
    assert archive.as_it_was(both.desk("boss"), kept.paper, both.now) == b"%PDF receipt 0000001 "
    row = papers(both.desk("boss"), PaperSearch())[0]
    assert (row.copy, row.of, row.code, row.deal, row.customer) == (1, 1, "3-1-1201", sold["deal"], "陈晓明")
    assert (row.by, row.at) == ("经理", both.now)


def test_a_second_print_needs_a_reason_and_is_counted(both: Reception, sold: dict[str, int]) -> None:
    printed(both)
    with pytest.raises(ReasonMissing):
        printed(both)
    with pytest.raises(ReasonMissing):
        printed(both, reason="  ")
    assert printed(both, reason="客户遗失").copy == 2
    again, first = papers(both.desk("boss"), PaperSearch())
    assert (again.reason, again.copy, first.copy, first.of) == ("客户遗失", 2, 1, 2)
    assert archive.printed_before(both.desk("boss"), "receipt", "0000001") == 2
    assert archive.printed_counts(both.desk("boss"), "receipt") == {"0000001": 2}


def test_a_first_print_needs_no_reason_and_keeps_none(both: Reception, sold: dict[str, int]) -> None:
    printed(both, reason="预先填写")
    assert papers(both.desk("boss"), PaperSearch())[0].reason == ""


def test_taking_a_paper_out_is_told_to_the_history(both: Reception, sold: dict[str, int]) -> None:
    kept = printed(both)
    assert archive.take_out(both.desk("boss"), kept.paper, both.later(minutes=1)) == b"%PDF receipt 0000001 "
    told = both.told(Step.PRINT_PAPER.value)[-1]
    assert told["after"] == {"kind": "receipt", "number": "0000001", "saved": True}
    assert told["deal_id"] == sold["deal"]


def test_pressing_print_again_after_a_lost_connection_keeps_one_paper(both: Reception, sold: dict[str, int]) -> None:
    first = printed(both, key="pressed-once")
    assert printed(both, key="pressed-once") == first
    assert len(papers(both.desk("boss"), PaperSearch())) == 1


def test_the_printing_is_told_to_the_history_of_its_deal(both: Reception, sold: dict[str, int]) -> None:
    printed(both)
    told = both.told(Step.PRINT_PAPER.value)[0]
    assert (told["deal_id"], told["unit_id"]) == (sold["deal"], sold["unit"])
    assert isinstance(told["after"], dict)
    assert told["after"]["number"] == "0000001"


def test_a_paper_finds_its_unit_and_deal_by_its_number(both: Reception, sold: dict[str, int]) -> None:
    for kind, number in (
        ("contract", CONTRACT), ("subscription", "RG202600002"), ("quotation", "ZY2026020001"), ("grid", "")
    ):
        printed(both, kind, number)
    found = {row.kind.value: (row.unit, row.deal) for row in papers(both.desk("boss"), PaperSearch())}
    assert found == {
        "contract": (sold["unit"], sold["deal"]), "subscription": (sold["other_unit"], sold["other"]),
        "quotation": (sold["unit"], None), "grid": (None, None),
    }


def test_a_job_of_many_papers_is_kept_whole_or_not_at_all(both: Reception, sold: dict[str, int]) -> None:
    one, two = (PrintRequest("receipt", f"000000{at}", "", b"%PDF") for at in (1, 2))
    assert archive.keep_all(both.desk("boss"), BatchRequest((one, two), "job"), both.now).count == 2
    again = PrintRequest("receipt", "0000001", "", b"%PDF", reason="补交财务")
    with pytest.raises(ReasonMissing):
        archive.keep_all(both.desk("boss"), BatchRequest((again, two)), both.now)
    assert len(papers(both.desk("boss"), PaperSearch())) == 2
    both.later(minutes=1)
    bare = PrintRequest("receipt", "0000002", "", b"%PDF", reason="补交财务")
    assert archive.keep_all(both.desk("boss"), BatchRequest((again, bare)), both.now).again == 2


def test_bytes_that_no_longer_fit_their_hash_are_not_shown(both: Reception, sold: dict[str, int]) -> None:
    kept = printed(both)
    with both.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(update(paper).values(pdf=b"%PDF changed"))
    with pytest.raises(NotFound):
        archive.as_it_was(both.desk("boss"), kept.paper, both.now)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0000001", {"0000001"}), ("陈晓", {"0000001", CONTRACT}), ("欧阳", {"ZY2026020001"}), ("3-1-12", {"0000001", CONTRACT, "ZY2026020001"}),
        ("合同", {CONTRACT}), ("%", set()), ("没有", set()),
    ],
)  # fmt: skip
def test_papers_are_found_by_number_customer_unit_and_title(
    both: Reception, sold: dict[str, int], text: str, numbers: set[str]
) -> None:
    printed(both)
    printed(both, "contract", CONTRACT, title="买卖合同")
    printed(both, "quotation", "ZY2026020001")
    assert {row.number for row in papers(both.desk("boss"), PaperSearch(text))} == numbers


def test_papers_are_narrowed_by_kind_day_deal_and_unit(both: Reception, sold: dict[str, int]) -> None:
    printed(both)
    both.now = datetime(2026, 3, 5, 23, 59, tzinfo=CHINA)
    printed(both, "contract", CONTRACT)
    desk, the_5th, the_6th = both.desk("boss"), date(2026, 3, 5), date(2026, 3, 6)

    def count(**wanted: Any) -> int:
        return len(papers(desk, PaperSearch(**wanted)))

    assert (count(kind="contract"), count(kind="subscription")) == (1, 0)
    assert (count(first=the_6th), count(first=the_5th), count(last=the_5th), count(last=date(2026, 3, 2))) == (1, 1, 1, 1)
    assert (count(deal=sold["deal"]), count(deal=sold["other"]), count(unit=sold["other_unit"])) == (2, 0, 0)
    assert count(limit=1) == 1


def test_a_deal_holds_what_was_printed_and_what_should_be(both: Reception, sold: dict[str, int]) -> None:
    printed(both)
    printed(both, reason="客户遗失")
    found = {(one.kind.value, one.number): one.copies for one in held(both.desk("boss"), sold["deal"])}
    assert found == {("subscription", "RG202600001"): 0, ("contract", CONTRACT): 0, ("receipt", "0000001"): 2}
    with pytest.raises(NotFound):
        held(both.desk("boss"), 999)


def test_a_receptionist_opens_slips_only(both: Reception, sold: dict[str, int]) -> None:
    kept = printed(both)
    front = both.desk("front")
    assert papers(front, PaperSearch()) == ()
    assert held(front, sold["deal"]) == ()
    with pytest.raises(NotYours) as refused:
        archive.as_it_was(front, kept.paper, both.now)
    assert refused.value.details["who"]
    assert both.told(Step.REVEAL.value) == []


def test_looking_at_a_paper_is_told_to_the_history_each_time(both: Reception, sold: dict[str, int]) -> None:
    kept = printed(both)
    for _ in range(2):
        archive.as_it_was(both.desk("boss"), kept.paper, both.later(minutes=1))
    told = both.told(Step.REVEAL.value)
    assert [(one["subject"], one["subject_id"], one["deal_id"]) for one in told] == [("paper", kept.paper, sold["deal"])] * 2
    assert told[-1]["after"] == {"kind": "receipt", "number": "0000001"}
    with pytest.raises(NotFound):
        archive.as_it_was(both.desk("boss"), kept.paper + 99, both.now)
    assert len(both.told(Step.REVEAL.value)) == 2


def test_a_consultant_sees_masked_names(both: Reception, sold: dict[str, int]) -> None:
    printed(both)
    assert papers(both.desk("a"), PaperSearch())[0].customer == "陈*"


# --- checking a paper that comes back


def code(here: Reception, kind: PaperKind, number: str, fen: int) -> str:
    """What the house's own QR code says."""
    return code_text(kind, number, fen, check_value(kind, number, fen, archive.secret(here.desk("boss"), here.now)))


def test_a_genuine_receipt_is_told_from_an_altered_one(both: Reception, sold: dict[str, int]) -> None:
    printed(both)
    good = code(both, PaperKind.RECEIPT, "0000001", 20_000_00)
    found = check_paper(both.desk("boss"), f"  {good.replace(':', '：')} ", both.now)
    assert (found.verdict, found.amount, found.copies) == (Verdict.GENUINE, Money.yuan(20_000), 1)
    assert found.known is not None
    assert (found.known.standing, found.known.amount, found.known.code) == (Standing.COUNTS, Money.yuan(20_000), "3-1-1201")
    forged = check_paper(both.desk("boss"), good.replace("2000000", "9000000"), both.now)
    assert (forged.verdict, forged.amount) == (Verdict.ALTERED, Money.yuan(90_000))
    assert forged.known is not None
    assert forged.known.amount == Money.yuan(20_000)


@pytest.mark.parametrize("text", ["", "hello", "SC1:R:1", "SC1:X:1:2:ABC"])
def test_what_is_no_code_of_the_house_is_unreadable(both: Reception, sold: dict[str, int], text: str) -> None:
    found = check_paper(both.desk("boss"), text, both.now)
    assert (found.verdict, found.kind, found.known) == (Verdict.UNREADABLE, None, None)


def test_a_voided_receipt_says_which_entry_took_it_back(both: Reception, sold: dict[str, int]) -> None:
    with both.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        values = {
            "project_id": 1, "book_id": 1, "serial": 3, "number": "0000003", "kind": "deposit", "method": "cash",
            "amount": -Money.yuan(20_000), "payer": "陈晓明", "day": date(2026, 3, 3), "at": NINE, "cashier_id": 1,
            "deal_id": sold["deal"], "unit_id": sold["unit"], "counters_id": sold["receipt1"],
        }
        connection.execute(insert(receipt).values(values))
    void = check_paper(both.desk("boss"), code(both, PaperKind.RECEIPT, "0000001", 20_000_00), both.now).known
    counter = check_paper(both.desk("boss"), code(both, PaperKind.RECEIPT, "0000003", -20_000_00), both.now).known
    assert void is not None
    assert counter is not None
    assert (void.standing, void.by, void.on) == (Standing.VOID, "0000003", date(2026, 3, 3))
    assert (counter.standing, counter.by) == (Standing.COUNTER, "0000001")


def test_an_agreement_is_superseded_by_its_contract_and_by_a_new_price(both: Reception, sold: dict[str, int]) -> None:
    fen = 1_980_000_00

    def known(kind: PaperKind, number: str, amount: int = fen) -> tuple[Standing, str]:
        found = check_paper(both.desk("boss"), code(both, kind, number, amount), both.now).known
        assert found is not None
        return found.standing, found.by

    assert known(PaperKind.SUBSCRIPTION, "RG202600001") == (Standing.SUPERSEDED, CONTRACT)
    assert known(PaperKind.CONTRACT, "RG202600001") == (Standing.SUPERSEDED, CONTRACT)
    assert known(PaperKind.CONTRACT, CONTRACT) == (Standing.COUNTS, "")
    assert known(PaperKind.SUBSCRIPTION, "RG202600002") == (Standing.COUNTS, "")
    assert known(PaperKind.SUBSCRIPTION, "RG202600002", fen - 1) == (Standing.SUPERSEDED, "")
    assert known(PaperKind.RECEIPT, "7777777") == (Standing.UNKNOWN, "")
    assert known(PaperKind.CONTRACT, "HT-none") == (Standing.UNKNOWN, "")
    with both.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        ended = {"living": False, "ending": Step.FORFEIT.value, "closed": date(2026, 3, 4)}
        connection.execute(update(deal).where(deal.c.id == sold["other"]).values(ended))
    assert known(PaperKind.SUBSCRIPTION, "RG202600002") == (Standing.CLOSED, Step.FORFEIT.value)


@pytest.mark.parametrize(
    ("number", "kind"),
    [("0000001", PaperKind.RECEIPT), (CONTRACT, PaperKind.CONTRACT), ("RG202600001", PaperKind.SUBSCRIPTION), ("ZY2026020001", PaperKind.QUOTATION),
     ("zy2026020001", PaperKind.QUOTATION), ("ｒｇ２０２６０００１", None), ("ｒｇ２０２６００００１", PaperKind.SUBSCRIPTION)],
)  # fmt: skip
def test_a_bare_number_is_looked_up_but_proves_nothing(
    both: Reception, sold: dict[str, int], number: str, kind: PaperKind
) -> None:
    printed(both, "quotation", "ZY2026020001")
    found = check_paper(both.desk("boss"), number, both.now)
    assert (found.verdict, found.kind, found.amount) == (Verdict.UNREADABLE, kind, None)


@pytest.mark.parametrize(
    ("typed", "verdict", "kind"),
    [
        ("RG202600002 {check}", Verdict.GENUINE, PaperKind.SUBSCRIPTION),
        ("rg202600002 {wrong}", Verdict.GENUINE, PaperKind.SUBSCRIPTION),
        ("ｒｇ２０２６００００２　１，９８０，０００．００元　{check}", Verdict.GENUINE, PaperKind.SUBSCRIPTION),
        ("RG202600002 ￥1980000 {check}", Verdict.GENUINE, PaperKind.SUBSCRIPTION),
        ("RG202600002 1,980,000.01 {check}", Verdict.ALTERED, PaperKind.SUBSCRIPTION),
        ("RG202600002 AAAAAAAA", Verdict.UNREADABLE, PaperKind.SUBSCRIPTION),
        ("RG202600009 {check}", Verdict.UNREADABLE, None),
        ("RG202600002 {check}A", Verdict.UNREADABLE, None),
    ],
)  # fmt: skip
def test_number_and_letters_typed_off_a_paper_prove_it_as_its_code_does(
    both: Reception, sold: dict[str, int], typed: str, verdict: Verdict, kind: PaperKind | None
) -> None:
    check = code(both, PaperKind.SUBSCRIPTION, "RG202600002", 1_980_000_00).rpartition(":")[2]
    wrong = check.lower().translate(str.maketrans("oib", "018"))
    found = check_paper(both.desk("boss"), typed.format(check=check, wrong=wrong), both.now)
    assert (found.verdict, found.kind) == (verdict, kind)


def test_an_agreement_of_an_earlier_price_is_proven_by_the_amount_on_it(both: Reception, sold: dict[str, int]) -> None:
    check = code(both, PaperKind.SUBSCRIPTION, "RG202600002", 1_990_000_00).rpartition(":")[2]
    assert check_paper(both.desk("boss"), f"RG202600002 {check}", both.now).verdict is Verdict.UNREADABLE
    found = check_paper(both.desk("boss"), f"RG202600002 1990000 {check}", both.now)
    assert (found.verdict, found.known and found.known.standing) == (Verdict.GENUINE, Standing.SUPERSEDED)


@pytest.mark.parametrize("number", ["杭房〔2026〕12号", "收0001", "*A", "甲" * 40])
def test_a_scanner_that_knows_no_chinese_reads_every_number(both: Reception, sold: dict[str, int], number: str) -> None:
    scanned = code(both, PaperKind.CONTRACT, number, 1_980_000_00)
    assert scanned.isascii()
    assert qr_code(scanned).size <= 57
    for said in (scanned, scanned.swapcase()):
        found = read_back(said, archive.secret(both.desk("boss"), both.now))
        assert (found.verdict, found.number) == (Verdict.GENUINE, number)
    assert read_back(scanned[:-1], archive.secret(both.desk("boss"), both.now)).verdict is Verdict.ALTERED


def test_figures_on_a_paper_are_not_told_to_a_role_that_may_not_open_it(both: Reception, sold: dict[str, int]) -> None:
    with pytest.raises(NotYours):
        check_paper(both.desk("front"), code(both, PaperKind.RECEIPT, "0000001", 20_000_00), both.now)


def test_a_scanner_behind_an_input_method_or_caps_lock_reads_the_same(both: Reception, sold: dict[str, int]) -> None:
    good = code(both, PaperKind.SUBSCRIPTION, "RG202600002", 1_980_000_00)
    wide = good.translate({at: at + 0xFEE0 for at in range(0x21, 0x7F)})
    for said in (good.swapcase(), wide):
        found = check_paper(both.desk("boss"), said, both.now)
        assert (found.verdict, found.number) == (Verdict.GENUINE, "RG202600002")


def test_a_paper_that_a_change_made_void_is_told_so_though_its_own_number_stands(
    both: Reception, sold: dict[str, int]
) -> None:
    kept = printed(both, "cleared", "FQ20260302-1", deal=sold["other"], unit=sold["other_unit"])
    good = code(both, PaperKind.CLEARED, "FQ20260302-1", 0)
    assert check_paper(both.desk("boss"), good, both.now).known is None
    with both.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        ended = {"living": False, "ending": Step.CANCEL.value, "closed": date(2026, 3, 4)}
        connection.execute(update(deal).where(deal.c.id == sold["other"]).values(ended))
    for _ in range(2):
        known = check_paper(both.desk("boss"), good, both.now).known
        assert known is not None
        assert (known.standing, known.by, known.on) == (Standing.RECALLED, Step.CANCEL, date(2026, 3, 4))
        settle(both.desk("boss"), SettleRequest(kept.paper), both.later(minutes=1))
