"""The finder behind Ctrl+K."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Connection, insert

from salescenter.data.deals import deal, deal_buyer, deal_consultant
from salescenter.data.estate import building, stair, unit
from salescenter.data.payments import receipt, receipt_book
from salescenter.domain.money import Money
from salescenter.domain.units import UnitState
from salescenter.services.customer_card import card
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.customers import NewCustomer, register
from salescenter.services.find import Hit, HitKind, find
from tests.services.reception_house import NINE, Reception

UNITS = (("3", "1", "1201"), ("3", "1", "1202"), ("3", "2", "1201"), ("5", "1", "1201"), ("5", "1", "301"))


def build(connection: Connection) -> dict[str, int]:
    """Two buildings with three stairs and five units: code -> id."""
    codes = {}
    for short in ("3", "5"):
        house = {"project_id": 1, "name": f"{short}号楼", "short": short, "position": int(short)}
        number = connection.scalar(insert(building).values(house).returning(building.c.id))
        stairs = {
            name: connection.scalar(
                insert(stair).values(building_id=number, name=f"{name}单元", position=int(name)).returning(stair.c.id)
            )
            for name in ("1", "2")
        }
        for place, (_, of_stair, door) in enumerate(one for one in UNITS if one[0] == short):
            code = f"{short}-{of_stair}-{door}"
            values = {
                "project_id": 1, "building_id": number, "stair_id": stairs[of_stair], "code": code, "number": door,
                "floor": int(door[:-2]) * 10, "place": place, "since": date(2026, 1, 1), "area": Decimal("100.00"),
            }
            codes[code] = int(connection.scalar(insert(unit).values(values).returning(unit.c.id)) or 0)
    return codes


def sell(
    connection: Connection, unit_id: int, buyer: int, seller: int, number: str,
    state: UnitState = UnitState.SUBSCRIBED, **more: object,
) -> int:
    """Put a living deal on a unit; only what lists read."""
    values: dict[str, object] = {
        "project_id": 1, "unit_id": unit_id, "number": number, "state": int(state), "opened": date(2026, 2, 24),
        "basis": "gross", "area": Decimal("100.00"), "inner": Decimal("80.00"), "list_total": Money.yuan(2_000_000),
        "total": Money.yuan(1_980_000), "unit_price": Money.yuan(19_800), "revision": 1,
    }
    made = int(connection.scalar(insert(deal).values(values | more).returning(deal.c.id)) or 0)
    connection.execute(insert(deal_buyer).values(deal_id=made, customer_id=buyer, position=0, share=10_000))
    connection.execute(insert(deal_consultant).values(deal_id=made, person_id=seller, share=10_000))
    return made


@pytest.fixture
def estate(reception: Reception) -> tuple[Reception, dict[str, int]]:
    """The house with its units, one customer, one deal, one receipt."""
    facts = CustomerFacts(name="陈一凡", phones=("13800135521",))
    who = register(reception.desk(), NewCustomer(facts), NINE).id
    with reception.house.engine.begin() as connection:
        codes = build(connection)
        made = sell(
            connection, codes["3-1-1201"], who, reception.people["a"].id, "RG20260224001", contract_number="HT-7788"
        )
        book = {"project_id": 1, "name": "2026", "first": 1, "last": 9_999_999, "next": 1208}
        of_book = connection.scalar(insert(receipt_book).values(book).returning(receipt_book.c.id))
        paid = {
            "project_id": 1, "book_id": of_book, "deal_id": made, "serial": 1207, "number": "0001207",
            "kind": "deposit", "method": "cash", "amount": Money.yuan(20_000), "payer": "陈一凡",
            "day": date(2026, 2, 24), "at": NINE, "cashier_id": 1,
        }
        connection.execute(insert(receipt).values(paid))
    return reception, codes


def titles(hits: tuple[Hit, ...], kind: HitKind) -> list[str]:
    return [hit.title for hit in hits if hit.kind is kind]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("3-1-1201", ["3-1-1201"]), ("3号楼1单元1201", ["3-1-1201"]), ("3-1201", ["3-1-1201", "3-2-1201"]),
        ("1201", ["3-1-1201", "3-2-1201", "5-1-1201"]), ("5-1-3", ["5-1-301"]), ("9-1201", []), ("12", []),
    ],
)
def test_units_are_found_by_what_people_call_them(
    estate: tuple[Reception, dict[str, int]], text: str, codes: list[str]
) -> None:
    reception, ids = estate
    hits = find(reception.desk(), text)
    assert titles(hits, HitKind.UNIT) == codes
    assert [(hit.page, hit.argument) for hit in hits if hit.kind is HitKind.UNIT] == [
        ("floorplan", ids[code]) for code in codes
    ]


@pytest.mark.parametrize("text", ["5521", "陈", "cyf", "chenyifan"])
def test_customers_are_found_masked(estate: tuple[Reception, dict[str, int]], text: str) -> None:
    hit = next(hit for hit in find(estate[0].desk(), text) if hit.kind is HitKind.CUSTOMER)
    assert (hit.title, hit.page, hit.argument) == ("陈*", "customers", 1)
    assert hit.detail.startswith("138****5521")


def test_deals_are_found_by_the_end_of_either_number(estate: tuple[Reception, dict[str, int]]) -> None:
    reception, _ = estate
    assert titles(find(reception.desk(), "224001"), HitKind.DEAL) == ["RG20260224001"]
    hit = next(hit for hit in find(reception.desk("boss"), "HT-7788") if hit.kind is HitKind.DEAL)
    assert (hit.title, hit.detail, hit.page) == ("HT-7788", "3-1-1201 · 陈一凡", "deals")
    assert titles(find(reception.desk(), "24"), HitKind.DEAL) == []


@pytest.mark.parametrize("text", ["0001207", "1207"])
def test_receipts_are_found_by_number_with_or_without_zeros(
    estate: tuple[Reception, dict[str, int]], text: str
) -> None:
    hit = next(hit for hit in find(estate[0].desk(), text) if hit.kind is HitKind.RECEIPT)
    assert (hit.title, hit.detail) == ("0001207", "陈* · 20,000.00")
    assert (hit.page, hit.argument) == ("payments", "0001207")


def test_nothing_typed_finds_nothing(estate: tuple[Reception, dict[str, int]]) -> None:
    assert find(estate[0].desk(), "  ") == ()
    assert find(estate[0].desk(), "没有") == ()


def test_a_buyer_goes_to_the_consultant_of_their_deal_however_long_ago(
    estate: tuple[Reception, dict[str, int]],
) -> None:
    reception, _ = estate
    reception.now = datetime(2026, 9, 1, 9, tzinfo=NINE.tzinfo)
    reception.sign_in("b", "a")
    came = reception.visit("陈一凡", "13800135521")
    assert (came.consultant_name, came.by) == ("顾问甲", "owner")


def test_the_card_lists_the_deals(estate: tuple[Reception, dict[str, int]]) -> None:
    reception, ids = estate
    lines = card(reception.desk(), 1, NINE.date()).deals
    assert [(line.number, line.unit, line.state, line.total) for line in lines] == [
        ("RG20260224001", ids["3-1-1201"], UnitState.SUBSCRIBED, Money.yuan(1_980_000))
    ]

