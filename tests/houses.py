"""A small house to try the deeds in, on either engine: people of every role, a building, a permit, a book, customers."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.engine import URL

from salescenter.data import customer_phones, record, units
from salescenter.data.customers import customer
from salescenter.data.deals import deal
from salescenter.data.estate import building, permit, setting, stair, unit
from salescenter.data.history import history
from salescenter.data.payments import receipt, receipt_book
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.domain.money import Money
from salescenter.domain.phones import clean_phone
from salescenter.domain.plans import STANDARD
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.schedules import PlanKind
from salescenter.domain.staff import Person, Role
from salescenter.domain.units import PriceBasis, Step, UnitState, Use
from salescenter.services import approvals, people, release
from salescenter.services.approvals import ApprovalRequest
from salescenter.services.check import check
from salescenter.services.deals import closing, opening, signing
from salescenter.services.deals.requests import (
    Buyer,
    Closed,
    CloseRequest,
    Opened,
    Payment,
    ReserveRequest,
    SignRequest,
    Split,
    StepRequest,
    SubscribeRequest,
    Terms,
)
from salescenter.services.estate import deeds
from salescenter.services.house import House, open_house
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.payments import receipts
from salescenter.services.payments.receipts import Receipted, ReceiveRequest
from salescenter.services.reports.agreement import figures_agree
from salescenter.services.work import Desk
from tests.once import once
from tests.stocktaking import take_stock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=CHINA)
"""A Monday."""

PEOPLE = (
    ("boss", "沈知行", Role.MANAGER), ("lead", "周敏", Role.SUPERVISOR), ("a", "林晓", Role.CONSULTANT),
    ("b", "何雨", Role.CONSULTANT), ("front", "唐悦", Role.RECEPTIONIST), ("cash", "曹琳", Role.CASHIER),
    ("office", "许宁", Role.BACK_OFFICE), ("title", "韩松", Role.TITLE_CLERK), ("plan", "邓可", Role.PLANNER),
    ("guest", "客人", Role.VIEWER),
)  # fmt: skip

LIST = Money(1_000_000_00)
DEPOSIT = Money(20_000_00)


def yuan(amount: int | str) -> Money:
    """So many yuan."""
    return Money.yuan(amount)


@dataclass(slots=True)
class Estate:
    """The house, its people by their log-in, its customers by name, and a clock that the test moves."""

    house: House
    people: dict[str, Person]
    customers: dict[str, int] = field(default_factory=dict)
    now: datetime = NOON

    @property
    def today(self) -> date:
        return self.now.date()

    def desk(self, who: str = "boss") -> Desk:
        return Desk(self.house.engine, self.people[who], 1, pc=f"pc-{who}")

    def later(self, **how: float) -> datetime:
        self.now += timedelta(**how)
        return self.now

    # --- looking

    def read(self, question: Any) -> Any:
        with self.house.engine.connect() as connection:
            return connection.execute(question).first()

    def all(self, question: Any) -> list[Any]:
        with self.house.engine.connect() as connection:
            return list(connection.execute(question))

    def unit(self, code: str) -> Any:
        with self.house.engine.connect() as connection:
            number = connection.scalar(select(unit.c.id).where(unit.c.code == code))
            return units.by_id(connection, number or 0)

    def seen(self, code: str) -> tuple[int, int]:
        """A unit as a screen shows it: its key and revision."""
        row = self.unit(code)
        return row.id, row.revision

    def state(self, code: str) -> UnitState:
        return UnitState(self.unit(code).state)

    def deal(self, code: str) -> Any:
        """The newest deal of a unit."""
        return self.read(
            select(deal).join(unit, unit.c.id == deal.c.unit_id).where(unit.c.code == code).order_by(deal.c.id.desc())
        )

    def told(self, step: Step) -> list[Any]:
        return self.all(select(history).where(history.c.step == step.value).order_by(history.c.id))

    def count(self, table: Any) -> int:
        return int(self.read(select(func.count()).select_from(table))[0])

    def broken(self) -> list[Any]:
        """Every law that does not hold, figures and lists among them."""
        return check(self.desk(), figures_agree)

    # --- arranging what no deed under test arranges

    def put(self, order: Any) -> None:
        with self.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(order)
            take_stock(connection)

    def alter(self, code: str, **columns: Any) -> None:
        """Change a unit behind everybody's back, as a migration or an import would."""
        self.put(update(unit).where(unit.c.code == code).values(**columns))

    def rule(self, name: str, value: Any) -> None:
        """Set a rule of the house."""
        self.put(insert(setting).values(project_id=1, name=name, since=date(2026, 1, 1), value=value))

    def grant(self, code: str, step: Step, /, who: str = "a", **what: Any) -> None:
        """The manager gives somebody leave for a step on a unit, for what exactly."""
        asked = ApprovalRequest(self.unit(code).id, step, what, "老客户")
        asker = self.desk("cash" if step in approvals.AT_THE_TILL else who)
        number = approvals.ask_for(asker, asked, self.now).approval
        approvals.decide(self.desk(), approvals.Decision(number, granted=True), self.now)

    # --- the usual deeds, with everything left out that a test does not ask about

    def buyer(self, name: str = "陈一帆") -> tuple[Buyer, ...]:
        return (Buyer(self.customers[name], 10_000),)

    def seller(self, who: str = "a") -> tuple[Split, ...]:
        return (Split(self.people[who].id, 10_000),)

    def asked(self, code: str = "1-101", **more: Any) -> SubscribeRequest:
        """A subscription that is in order; anything may be asked otherwise."""
        said: dict[str, Any] = {
            "unit": self.seen(code)[0], "seen": self.seen(code)[1], "buyers": self.buyer(),
            "consultants": self.seller(), "terms": Terms(deposit=DEPOSIT), "paid": None,
        }  # fmt: skip
        return SubscribeRequest(**(said | more))

    def subscribe(self, code: str = "1-101", who: str = "a", **more: Any) -> Opened:
        paid = {"paid": Payment(DEPOSIT, Method.CARD, "陈一帆")}
        return opening.subscribe(self.desk(who), self.asked(code, **(paid | more)), self.later(seconds=1))

    def reserve(self, code: str = "1-101", who: str = "a", **more: Any) -> Opened:
        number, revision = self.seen(code)
        paid = Payment(yuan(5_000), Method.MOBILE, "陈一帆")
        said: dict[str, Any] = {"buyers": self.buyer(), "consultants": self.seller(), "paid": paid} | more
        return opening.reserve(self.desk(who), ReserveRequest(number, revision, **said), self.later(seconds=1))

    def step(self, deed: Any, code: str = "1-101", who: str = "boss", **more: Any) -> Any:
        return deed(self.desk(who), StepRequest(*self.seen(code), **more), self.later(seconds=1))

    def sign(self, code: str = "1-101", number: str = "", who: str = "office", **more: Any) -> signing.Signed:
        asked = SignRequest(*self.seen(code), number or f"YX-{code}", **more)
        return signing.sign(self.desk(who), asked, self.later(seconds=1))

    def close(self, deed: Any = closing.cancel, code: str = "1-101", who: str = "boss", **more: Any) -> Closed:
        said = {"reason": "客户放弃"} | more
        closed: Closed = deed(self.desk(who), CloseRequest(*self.seen(code), **said), self.later(seconds=1))
        return closed

    def receive(self, code: str = "1-101", amount: Any = 1_000, who: str = "cash", **more: Any) -> Receipted:
        said: dict[str, Any] = {"kind": MoneyKind.PRICE, "method": Method.TRANSFER, "payer": "陈一帆"} | more
        asked = ReceiveRequest(deal=self.deal(code).id, amount=yuan(amount), **said)
        return receipts.receive(self.desk(who), asked, self.later(seconds=1))

    def carried_to(self, state: UnitState, code: str = "1-101", plan: PlanKind = PlanKind.ONE_OFF) -> Any:
        """Bring a unit to a state by the deeds that lead there; returns its row."""
        way: list[tuple[UnitState, Callable[[], object]]] = [
            (UnitState.SUBSCRIBED, lambda: self.subscribe(code, terms=Terms(plan=STANDARD[plan], deposit=DEPOSIT))),
            (UnitState.DRAFTED, lambda: self.step(signing.draft, code, "office")),
            (UnitState.SIGNED, lambda: self.sign(code)),
            (UnitState.FILED, lambda: self.step(signing.file, code, "title")),
            (UnitState.HANDED_OVER, lambda: self.step(signing.hand_over, code, "title")),
        ]
        if state is UnitState.RESERVED:
            self.reserve(code)
        for reached, go in way if state is not UnitState.RESERVED else []:
            if reached <= state:
                go()
        return self.unit(code)

    def dues(self, code: str = "1-101") -> list[tuple[str, int, int]]:
        """A deal's schedule: item, yuan due, yuan paid."""
        from salescenter.data.deals import due

        rows = self.all(select(due).where(due.c.deal_id == self.deal(code).id).order_by(due.c.position))
        return [(row.item, row.amount.fen // 100, row.paid.fen // 100) for row in rows]

    def receipts(self) -> list[tuple[str, str, int]]:
        """Every receipt: number, kind, yuan."""
        return [(r.number, r.kind, r.amount.fen // 100) for r in self.all(select(receipt).order_by(receipt.c.id))]


def colleague(desk: Desk, role: Role) -> Desk:
    """The desk of somebody new in the same house."""
    joined = people.keep(desk, people.PersonRequest("李", f"li-{role}", role), NOON)
    return replace(desk, who=Person(joined.person, joined.name, role))


def kept(estate: Estate, code: str, **more: Any) -> deeds.UnitRequest:
    """The unit's form as it stands; anything may be said otherwise."""
    row = estate.unit(code)
    said: dict[str, Any] = {
        "id": row.id, "seen": row.revision, "type_id": row.type_id, "permit_id": row.permit_id, "use": Use(row.use),
        "facing": row.facing, "floor_sale": row.floor_sale, "area": row.area, "inner": row.inner,
        "measured_area": row.measured_area, "measured_inner": row.measured_inner, "basis": PriceBasis(row.basis),
        "unit_price": row.unit_price, "list_total": row.list_total, "filed_total": row.filed_total,
    }  # fmt: skip
    return deeds.UnitRequest(**(said | more))


# --- making it


def found(where: str | Path) -> Estate:
    """Found the house in a new database."""
    house = make_house(where, NewHouse("云栖花园", "沈知行", "boss", developer="云栖置业有限公司"))
    with house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        _people(connection)
        _building(connection)
        connection.execute(
            insert(receipt_book).values(project_id=1, name="一号收据簿", prefix="A", first=1, last=99_999, next=1)
        )
        _customers(connection)
    made = at_home(house)
    seen = tuple(release.Seen(*made.seen(code)) for code in FOR_SALE)
    release.release(made.desk(), release.ReleaseRequest(seen, "开盘"), made.now - timedelta(days=10))
    return made


def at_home(house: House) -> Estate:
    """Know who lives in a house founded before."""
    made = Estate(house, {})
    for row in made.all(select(person).order_by(person.c.id)):
        made.people[row.login] = Person(row.id, row.name, Role(row.role), row.team)
    made.customers |= {row.name: row.id for row in made.all(select(customer))}
    return made


FOR_SALE = ("1-101", "1-102", "1-103", "1-201", "1-202", "1-203", "1-S1", "P-001")
"""Released; `1-301` is not, `1-302` lacks a price, `1-303` a permit."""


def _people(connection: Connection) -> None:
    for login, name, role in PEOPLE[1:]:
        connection.execute(insert(person).values(name=name, login=login, role=role.value))


def _building(connection: Connection) -> None:
    c = connection
    c.execute(insert(permit).values(project_id=1, number="云房预字第 038 号", issued=date(2026, 1, 5)))
    c.execute(insert(building).values(project_id=1, name="1号楼", short="1", position=0))
    c.execute(insert(stair).values(building_id=1, name="", position=0))
    base = {
        "project_id": 1, "building_id": 1, "stair_id": 1, "permit_id": 1, "area": Decimal("100.00"),
        "inner": Decimal("80.00"), "shared": Decimal("20.00"), "unit_price": yuan(10_000), "list_total": LIST,
        "total": LIST, "filed_total": yuan(1_050_000), "floor_total": yuan(900_000), "since": date(2026, 1, 10),
        "basis": "gross", "use": "home", "facing": "南",
    }  # fmt: skip
    rows = [
        base | {"code": f"1-{floor}0{place}", "number": f"{floor}0{place}", "floor": floor * 10, "place": place - 1,
                "floor_natural": str(floor), "floor_sale": str(floor)}
        for floor in (1, 2, 3) for place in (1, 2, 3)
    ]  # fmt: skip
    shop = {"use": "shop", "basis": "inner", "unit_price": yuan(12_500), "code": "1-S1", "number": "S1", "floor": 5}
    space = {
        "use": "parking", "basis": "lump", "unit_price": Money(), "list_total": yuan(120_000), "total": yuan(120_000),
        "filed_total": None, "floor_total": None, "code": "P-001", "number": "001", "floor": -10,
        "area": Decimal("13.25"), "inner": Decimal("13.25"), "shared": Decimal(0),
    }  # fmt: skip
    plain = {"place": 0, "floor_natural": "1", "floor_sale": "1"}
    c.execute(insert(unit), [*rows, base | plain | shop, base | plain | space])
    nothing = {"list_total": Money(), "total": Money(), "unit_price": Money()}
    c.execute(update(unit).where(unit.c.code == "1-302").values(**nothing))
    c.execute(update(unit).where(unit.c.code == "1-303").values(permit_id=None))
    units.remember(c, list(c.scalars(select(unit.c.id))), NOON - timedelta(days=11))
    take_stock(c)


def _customers(connection: Connection) -> None:
    base = {"project_id": 1, "created": NOON, "consent_at": NOON, "consent_text": "同意", "phone_shown": "138****8000"}
    rows: list[dict[str, Any]] = [
        {"name": "陈一帆", "id_kind": "resident", "id_number": "11010519491231002X", "birth": date(1949, 12, 31)},
        {"name": "李娜"},
        {"name": "王小明", "birth": date(2012, 5, 1)},
        {"name": "赵不同意", "consent_at": None, "consent_text": ""},
        {"name": "钱证错", "id_kind": "resident", "id_number": "110105194912310021"},
    ]
    for row in rows:
        number = record.new_id(connection.execute(insert(customer).values(**(base | row))))
        customer_phones.add(connection, [(number, 0, clean_phone("13800138000"))])


# --- fixtures


@pytest.fixture(scope="session")
def sqlite_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house in a file, to be copied for each test."""
    return once(tmp_path_factory, "house.db", lambda file: found(file).house.close())


@pytest.fixture(scope="session")
def pg_model(pg_server: URL, request: pytest.FixtureRequest) -> URL:
    """The house on a server, to be copied for each test; one for all modules that ask for it."""
    if pg_server not in _models:
        url = _models[pg_server] = pg_server.set(database=f"model_{uuid.uuid4().hex[:12]}")
        order(pg_server, f'CREATE DATABASE "{url.database}" TEMPLATE template0')
        request.session.addfinalizer(lambda: order(pg_server, f'DROP DATABASE "{url.database}" WITH (FORCE)'))
        found(url.render_as_string(hide_password=False)).house.close()
    return _models[pg_server]


_models: dict[URL, URL] = {}
"""The house of each server; a fixture that is imported is made anew for each module."""


@pytest.fixture
def small(sqlite_model: Path, tmp_path: Path) -> Iterator[Estate]:
    """The house on SQLite."""
    path = tmp_path / "house.db"
    shutil.copyfile(sqlite_model, path)
    made = at_home(open_house(path))
    yield made
    made.house.close()


@pytest.fixture
def small_on_server(pg_server: URL, pg_model: URL) -> Iterator[Estate]:
    """The house on PostgreSQL."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    order(pg_server, f'CREATE DATABASE "{name}" TEMPLATE "{pg_model.database}"')
    made = at_home(open_house(pg_server.set(database=name).render_as_string(hide_password=False)))
    yield made
    made.house.close()
    order(pg_server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def estate(request: pytest.FixtureRequest) -> Estate:
    """The house on each engine in turn."""
    made: Estate = request.getfixturevalue("small" if request.param == "sqlite" else "small_on_server")
    return made


def order(server: URL, text: str) -> None:
    """Tell the server itself something."""
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(text.encode())
