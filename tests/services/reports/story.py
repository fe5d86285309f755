"""A small estate whose past is written row by row, with the daily figures the deeds would keep."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, update

from salescenter.data import customer_phones, record
from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, deal_consultant, due, hold
from salescenter.data.estate import building, stair, unit, unit_moment, unit_type
from salescenter.data.payments import allocation, receipt, receipt_book
from salescenter.data.reports import money, standing
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.data.visits import visit
from salescenter.domain.masks import mask_phone
from salescenter.domain.money import ZERO, Money
from salescenter.domain.phones import clean_phone
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.staff import Role
from salescenter.domain.units import Step, UnitState
from salescenter.services.house import House, open_house
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.work import Desk
from tests.stocktaking import take_stock

TODAY = date(2025, 11, 19)
NOW = datetime(2025, 11, 19, 16, 0, tzinfo=CHINA)
OPENED = date(2025, 9, 1)


def day(text: str) -> date:
    """Read `11-05` as a day of 2025."""
    month, number = map(int, text.split("-"))
    return date(2025, month, number)


def at(when: date, hour: int = 10) -> datetime:
    return datetime.combine(when, time(hour), CHINA)


@dataclass(frozen=True, slots=True)
class Ending:
    """How and when a deal ended."""

    step: Step
    on: date


_FIGURE = {Step.CANCEL: "cancelled", Step.FORFEIT: "forfeited", Step.GIVE_BACK: "given-back"}
_FIGURE[Step.CHANGE_UNIT] = "changed-unit"


@dataclass(slots=True)
class Story:
    """Writes what happened; every method is one thing that happened on one day."""

    house: House
    project: int = 1
    people: dict[str, int] = field(default_factory=dict)
    units: dict[str, Any] = field(default_factory=dict)
    customers: int = 0
    receipts: int = 0

    def desk(self, role: Role = Role.MANAGER) -> Desk:
        """A desk of the house; the manager is its first person."""
        made = self.house.log_in("boss", "")
        return Desk(made.engine, type(made.who)(made.who.id, made.who.name, role), made.project, "PC-1")

    def join(self, name: str) -> int:
        """A consultant joins."""
        with self._writing() as connection:
            self.people[name] = _new(connection, person, name=name, login=name, role=Role.CONSULTANT.value)
        return self.people[name]

    def build(self, name: str, units: int, *, use: str = "home", type_: str = "A", price: int = 1_000_000) -> int:
        """A building of units of 100 square metres, released on the opening day."""
        with self._writing() as connection:
            built = _new(connection, building, project_id=1, name=name, short=name, position=len(self.units))
            of = _new(connection, stair, building_id=built, name="1")
            kind = connection.scalar(unit_type.select().where(unit_type.c.name == type_).with_only_columns(unit_type.c.id))
            kind = kind or _new(connection, unit_type, project_id=1, name=type_)
            for number in range(1, units + 1):
                self._unit(connection, f"{name}-{number}", built, of, kind, use, price)
        return built

    def _unit(self, connection: Connection, code: str, built: int, of: int, kind: int, use: str, price: int) -> None:
        values = {
            "project_id": 1, "building_id": built, "stair_id": of, "type_id": kind, "code": code, "number": code,
            "floor": 1, "place": 0, "use": use, "area": Decimal(100), "inner": Decimal(80), "list_total": Money.yuan(price),
            "total": Money.yuan(price), "state": int(UnitState.FOR_SALE), "since": OPENED, "released": OPENED,
        }
        self.units[code] = {**values, "id": _new(connection, unit, **values)}
        self._remember(connection, code, UnitState.FOR_SALE, Money.yuan(price), OPENED)

    def meet(self, kind: str, on: date, who: str, *, first: bool = True, channel: str = "路过", known: int = 0) -> int:
        """A visit or a call; `known` is a customer met before."""
        with self._writing() as connection:
            met = known or self._customer(connection, on)
            _new(
                connection, visit, project_id=1, customer_id=met, kind=kind, at=at(on), day=on, first=first,
                consultant_id=self.people[who], registered_by=1, channel=channel,
            )
            figures = [kind, *(["visit-first"] if kind == "visit" and first else [])]
            for figure in figures:
                self._count(connection, figure, (f"p:{self.people[who]}", f"c:{channel}"), on)
        return met

    def hold(self, code: str, on: date, who: str, *, known: int | None = None) -> None:
        """A hold that has run out since."""
        home = self.units[code]
        with self._writing() as connection:
            _new(
                connection, hold, unit_id=home["id"], by_id=self.people[who], customer_id=known, reason="看房",
                at=at(on), until=at(on, 20),
            )
            self._count(connection, "held", (*_parts(home), f"p:{self.people[who]}"), on, home["list_total"])

    def sell(
        self, code: str, who: str, subscribed: date, *, signed: date | None = None, price: int = 1_000_000,
        end: Ending | None = None, dues: tuple[tuple[date, int], ...] = (), known: int = 0,
    ) -> int:
        """A deal from subscription on; `dues` are (day, yuan), the rest of the price waits for a condition."""
        home, total = self.units[code], Money.yuan(price)
        with self._writing() as connection:
            buyer = known or self._customer(connection, subscribed)
            state = UnitState.SIGNED if signed else UnitState.SUBSCRIBED
            made = _new(
                connection, deal, project_id=1, unit_id=home["id"], number=f"RG{code}-{subscribed}", living=end is None,
                state=int(state), opened=subscribed, subscribed=subscribed, signed=signed, basis="gross",
                area=home["area"], inner=home["inner"], list_total=home["list_total"], total=total,
                unit_price=Money.yuan(10_000), contract_number=f"HT{code}" if signed else "", revision=1,
                closed=end.on if end else None, ending=end.step.value if end else "",
            )
            _new(connection, deal_buyer, deal_id=made, customer_id=buyer, position=0, share=10_000)
            _new(connection, deal_consultant, deal_id=made, person_id=self.people[who], share=10_000)
            self._schedule(connection, made, total, dues)
            self._stand(connection, code, made, state, total, subscribed, end)
            parts = (*_parts(home), f"p:{self.people[who]}")
            self._count_deal(connection, parts, total, subscribed, signed, end)
        return made

    def _schedule(self, connection: Connection, made: int, total: Money, dues: tuple[tuple[date, int], ...]) -> None:
        rest = total - Money.sum(Money.yuan(amount) for _, amount in dues)
        lines = [*((on, Money.yuan(amount)) for on, amount in dues), *([(None, rest)] if rest else [])]
        for position, (on, amount) in enumerate(lines):
            _new(connection, due, deal_id=made, position=position, item="instalment", amount=amount, due=on)

    def _stand(
        self, connection: Connection, code: str, made: int, state: UnitState, total: Money, since: date, end: Ending | None
    ) -> None:
        home = self.units[code]
        self._remember(connection, code, state, total, since)
        if end:
            self._remember(connection, code, UnitState.FOR_SALE, home["list_total"], end.on)
            return
        connection.execute(
            update(unit).where(unit.c.id == home["id"]).values(state=int(state), total=total, deal_id=made, since=since)
        )

    def _remember(self, connection: Connection, code: str, state: UnitState, total: Money, since: date) -> None:
        _new(
            connection, unit_moment, unit_id=self.units[code]["id"], at=at(since), state=int(state), flags=0,
            unit_price=Money(), total=total,
        )

    def _count_deal(
        self, connection: Connection, parts: tuple[str, ...], total: Money, subscribed: date, signed: date | None,
        end: Ending | None,
    ) -> None:
        self._count(connection, "subscribed", parts, subscribed, total)
        if signed:
            self._count(connection, "signed", parts, signed, total)
        if end:
            self._count(connection, _FIGURE[end.step], parts, end.on, total)
            if signed:
                self._count(connection, _FIGURE[end.step] + "-signed", parts, end.on, total)

    def pay(self, made: int, on: date, yuan: int, *, kind: MoneyKind = MoneyKind.PRICE, voids: int | None = None) -> int:
        """Money for a deal, laid over its dues in order; a refund is given as a negative amount."""
        amount = Money.yuan(yuan)
        with self._writing() as connection:
            self.receipts += 1
            home = connection.execute(
                unit.select().join(deal, deal.c.unit_id == unit.c.id).where(deal.c.id == made)
            ).one()
            written = _new(
                connection, receipt, project_id=1, book_id=1, deal_id=made, unit_id=home.id, serial=self.receipts,
                number=f"{self.receipts:07d}", kind=kind.value, method=Method.CASH.value, amount=amount, payer="陈一凡",
                day=on, at=at(on), cashier_id=1, counters_id=voids,
            )
            if kind is not MoneyKind.REFUND:
                self._allocate(connection, made, written, amount)
            back = kind is MoneyKind.REFUND
            parts = (f"k:{kind}", f"m:{Method.CASH}", f"b:{home.building_id}")
            self._count(
                connection, "refunded" if back else "received", parts, on, -amount if back else amount,
                count=-1 if voids else 1, area=0,
            )
        return written

    def _allocate(self, connection: Connection, made: int, written: int, amount: Money) -> None:
        for row in connection.execute(due.select().where(due.c.deal_id == made).order_by(due.c.position)):
            part = min(amount, row.amount - row.paid) if amount.fen > 0 else max(amount, -row.paid)
            if part:
                _new(connection, allocation, receipt_id=written, due_id=row.id, amount=part)
                connection.execute(update(due).where(due.c.id == row.id).values(paid=row.paid + part))
                amount -= part

    def _customer(self, connection: Connection, on: date) -> int:
        self.customers += 1
        phone = clean_phone(f"138{self.customers:08d}")
        made = _new(
            connection, customer, project_id=1, name=f"陈一{self.customers}", phone_shown=mask_phone(phone.digits),
            created=at(on),
        )
        customer_phones.add(connection, [(made, 0, phone)])
        return made

    def _count(
        self, connection: Connection, figure: str, parts: tuple[str, ...], on: date, total: Money = ZERO,
        count: int = 1, area: int | None = None,
    ) -> None:
        square = (10_000 if total else 0) if area is None else area
        counts = [record.Count(figure, part, on, count, total.fen, square) for part in ("", *parts)]
        record.add_counts(connection, self.project, counts)

    def _writing(self) -> Any:
        return self.house.engine.begin()


def _parts(home: dict[str, Any]) -> tuple[str, str]:
    return f"b:{home['building_id']}", f"u:{home['use']}"


def _new(connection: Connection, table: Any, **values: Any) -> int:
    key: Any = connection.execute(insert(table).values(**values)).inserted_primary_key
    return int(key[0])


def empty(where: Path | str) -> Story:
    """A house where nothing has happened yet, in a folder or at a database's address."""
    place = where if isinstance(where, str) else where / "house.db"
    house = make_house(place, NewHouse("云栖花园", "王经理", "boss"))
    story = Story(house)
    with house.engine.begin() as connection:
        _new(connection, receipt_book, project_id=1, name="一", first=1, last=9_999, next=1)
    return story


def copy_of(told: Story, folder: Path) -> Story:
    """The same past in a file of its own; `told` must be closed."""
    file = folder / "copy.db"
    shutil.copy(str(told.house.url.database), file)
    return replace(told, house=open_house(file), people=dict(told.people), units=dict(told.units))


def lively(where: Path | str) -> Story:
    """Three months of a small estate: sales, a cancelled contract, an exchange, a forfeit, arrears, a refund, a void."""
    story = empty(where)
    for name in ("李娜", "张伟", "王芳"):
        story.join(name)
    story.build("1", 10, price=1_000_000)
    story.build("2", 8, type_="B", price=2_000_000)
    story.build("S", 4, use="shop", type_="铺", price=3_000_000)
    story.build("P", 6, use="parking", type_="位", price=100_000)
    _reception(story)
    _deals(story)
    _keep_what_stands(story)
    return story


def _keep_what_stands(story: Story) -> None:
    """The sums of what is owed, signed and in stock, which deeds keep as they go."""
    with story.house.engine.begin() as connection:
        stands = [record.Count(f, "", on, count, fen) for f, on, count, fen in standing.sums(connection, story.project)]
        collected = money.collected(connection, story.project)
        stands += [record.Count(money.COLLECTED, "", on, fen=int(fen)) for on, fen in collected]
        record.add_counts(connection, story.project, stands)
        take_stock(connection, story.project)


def _reception(story: Story) -> None:
    met = [story.meet("call-in", day(f"11-{n:02d}"), "李娜") for n in range(3, 9)]
    for customer_id in met[:4]:
        story.meet("visit", day("11-10"), "李娜", known=customer_id)
    for n in range(1, 19, 2):
        story.meet("visit", day(f"11-{n:02d}"), "张伟", channel="朋友介绍")
    story.meet("visit", day("11-12"), "李娜", first=False, known=met[0])
    story.meet("visit", day("10-05"), "王芳", channel="渠道")
    story.meet("call-out", day("11-06"), "王芳", known=met[1])
    story.hold("1-9", day("11-08"), "李娜", known=met[0])
    story.hold("2-8", day("10-08"), "王芳")
    story.sell("1-9", "李娜", day("11-12"), signed=day("11-18"), price=980_000, known=met[0])


def _deals(story: Story) -> None:
    down = ((day("11-07"), 300_000), (day("11-14"), 200_000))
    paid = story.sell("1-1", "李娜", day("10-20"), signed=day("10-28"), price=990_000, dues=((day("10-28"), 990_000),))
    story.pay(paid, day("10-28"), 990_000)
    half = story.sell("1-2", "李娜", day("10-30"), signed=day("11-05"), price=970_000, dues=down)
    story.pay(half, day("11-07"), 300_000)
    wrong = story.pay(half, day("11-10"), 50_000)
    story.pay(half, day("11-11"), -50_000, voids=wrong)
    story.sell("2-1", "张伟", day("11-02"), signed=day("11-09"), price=1_950_000, dues=down)
    gone = story.sell(
        "2-2", "张伟", day("10-02"), signed=day("10-09"), price=1_900_000, dues=down, end=Ending(Step.CANCEL, day("11-13"))
    )
    story.pay(gone, day("10-09"), 20_000, kind=MoneyKind.DEPOSIT)
    story.pay(gone, day("11-15"), -20_000, kind=MoneyKind.REFUND)
    story.sell("2-3", "王芳", day("10-12"), signed=day("10-15"), end=Ending(Step.CHANGE_UNIT, day("11-16")), price=1_980_000)
    story.sell("2-4", "王芳", day("11-16"), price=2_000_000, dues=((day("11-16"), 400_000),))
    story.sell("1-3", "张伟", day("11-03"), end=Ending(Step.FORFEIT, day("11-17")), price=995_000)
    story.sell("S-1", "王芳", day("11-04"), signed=day("11-11"), price=2_900_000)
    story.sell("P-1", "李娜", day("11-05"), signed=day("11-05"), price=100_000)
    story.sell("1-4", "张伟", day("09-10"), signed=day("09-15"), price=985_000, dues=((day("09-20"), 985_000),))
