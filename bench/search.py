"""Search while typing in 200,000 customers: in the database beside one indexed query, and to the painted hint."""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import Table

from bench.figure import Figure
from bench.timing import MS, percentile, ratio, timed
from salescenter.data.customer_search import Way, parameters, statement, tails_of
from salescenter.data.customers import customer, customer_phone, phone_tail, spelling
from salescenter.data.types import CHINA, millis
from salescenter.domain.masks import mask_phone
from salescenter.domain.staff import Person, Role
from salescenter.services import customers
from salescenter.services.names import spell
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.work import Desk
from salescenter.ui.kit import fonts, theme
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.lane import Lane
from salescenter.ui.kit.room import Bulletin, Room
from salescenter.ui.reception.finding import Finding

NAME = "search"
SIZES = {"small": 20_000, "full": 200_000}
QUERIES, ROUNDS = 200, 3
"""So many different texts of each kind; the best of so many rounds is each one's time, for the PC does other things."""

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静秀丽强磊洋艳勇军杰娟涛明超霞平刚桂英华玉兰春红建国志文辉玲鑫宇浩晨欣怡梓涵子轩雨泽俊熙佳琪诗嘉思远"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)

Row = tuple[str, str, str, str]
"""Name, phone, pinyin, initials."""


def measure(size: str) -> list[Figure]:
    """Fill a database, then search it as typing does."""
    with tempfile.TemporaryDirectory(prefix="salescenter-bench-") as folder:
        file = Path(folder) / "house.db"
        house = make_house(file, NewHouse("云栖花园", "经理", "boss"))
        rows = _people(SIZES[size])
        _fill(file, rows)
        desk = Desk(house.engine, Person(1, "经理", Role.MANAGER), 1)
        figures = [*_in_the_database(file, desk, rows), *_on_the_screen(desk, rows, Path(folder))]
        house.close()
    return figures


# --- a town of customers


def _people(count: int) -> list[Row]:
    rng = random.Random(4)
    rows = []
    for _ in range(count):
        name = rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2))))
        phone = "1" + rng.choice("35789") + "".join(rng.choices("0123456789", k=9))
        spelt = spell(name)
        rows.append((name, phone, spelt.pinyin, spelt.initials))
    return rows


def _fill(file: Path, rows: Sequence[Row]) -> None:
    """Write customers as the deeds leave them: with every ending of each phone and every spelling of each name."""
    people = [
        {"id": n, "project_id": 1, "name": name, "pinyin": pinyin, "initials": initials,
         "phone_shown": mask_phone(phone), "owner_id": 1, "protected_until": NOW.toordinal() + n % 30 - 15,
         "created": millis(NOW), "last_seen": millis(NOW - timedelta(minutes=n)), "last_kind": "visit"}
        for n, (name, phone, pinyin, initials) in enumerate(rows, 1)
    ]
    phones = [
        {"id": n, "customer_id": n, "digits": phone, "shown": mask_phone(phone)}
        for n, (_, phone, *_) in enumerate(rows, 1)
    ]
    tails = sorted({(tail, n) for n, (_, phone, *_) in enumerate(rows, 1) for tail in tails_of(phone)})
    spelt = sorted({(text, one["id"]) for one in people for text in spell(str(one["name"])).others})
    with sqlite3.connect(file) as raw:
        for table, values in ((customer, people), (customer_phone, phones)):
            _write(raw, table, values)
        raw.executemany(f"insert into {phone_tail.name} values (?, ?)", tails)
        raw.executemany(f"insert into {spelling.name} values (?, ?)", spelt)
    raw.close()


def _write(raw: sqlite3.Connection, table: Table, values: Sequence[dict[str, object]]) -> None:
    usual = {c.name: None if c.nullable else getattr(c.default, "arg", 0) for c in table.columns}
    places = ", ".join("?" * len(usual))
    raw.executemany(
        f"insert into {table.name} ({', '.join(usual)}) values ({places})",
        [tuple((usual | row).values()) for row in values],
    )


# --- in the database


def _asked(rows: Sequence[Row]) -> Iterator[tuple[str, list[str], str, list[str]]]:
    """What is typed, the indexed column a raw query would range over, and a beginning of as many letters for it."""
    some = random.Random(5).sample(list(rows), min(QUERIES, len(rows)))
    phones = [row[1] for row in some]
    yield "3 digits of a phone", [phone[4:7] for phone in phones], "phone", [phone[:3] for phone in phones]
    yield "4 digits in its middle", [phone[4:8] for phone in phones], "phone", [phone[:4] for phone in phones]
    yield "its last 4 digits", [phone[-4:] for phone in phones], "phone", [phone[:4] for phone in phones]
    yield "a whole phone", phones, "phone", phones
    for what, texts, column in (
        ("a surname", [row[0][:1] for row in some], "name"), ("a name", [row[0] for row in some], "name"),
        ("2 initials", [row[3][:2] for row in some], "initials"),
        ("all initials", [row[3] for row in some], "initials"),
        ("5 letters of pinyin", [row[2][:5] for row in some], "pinyin"),
    ):
        yield what, texts, column, texts


def _in_the_database(file: Path, desk: Desk, rows: Sequence[Row]) -> Iterator[Figure]:
    raw = sqlite3.connect(file)
    raw.execute("alter table customer add column phone text")  # the peer reads one table by one index
    whole = "select digits from customer_phone where customer_id = customer.id"
    raw.execute(f"update customer set phone = ({whole})")
    raw.execute("create index bench_phone on customer (project_id, phone)")
    raw.execute("pragma cache_size = -32000")
    for what, texts, column, beginnings in _asked(rows):
        ours = [_best(_searching(raw, desk, text)) for text in texts]
        theirs = [_best(_ranging(raw, column, text)) for text in beginnings]
        yield Figure(f"{what}, p99, ms", percentile(ours, 0.99) * MS, percentile(theirs, 0.99) * MS, None, 1.0)
        yield Figure(f"{what}, beside one indexed query", _middle(ours), _middle(theirs), ratio(ours, theirs))
    raw.execute("drop index bench_phone")
    raw.execute("alter table customer drop column phone")
    raw.close()


def _middle(values: Sequence[float]) -> float:
    return percentile(values, 0.5) * MS


def _searching(raw: sqlite3.Connection, desk: Desk, text: str) -> Callable[[], object]:
    """Our own statement with its own parameters, run as the peer is: through the bare driver."""
    way, sought = customers.way_of(text) or (Way.NAME, text)
    compiled = statement(way).compile(desk.engine)
    given = compiled.construct_params(parameters(desk.project, sought, customers.MOST_FOUND))
    sql, values = str(compiled), [given[name] for name in compiled.positiontup or ()]
    return lambda: raw.execute(sql, values).fetchall()


def _ranging(raw: sqlite3.Connection, column: str, text: str) -> Callable[[], object]:
    sql = (
        f"select id, name, phone, level, owner_id, last_seen from customer "
        f"where project_id = 1 and {column} >= ? and {column} < ? limit {customers.MOST_FOUND}"
    )
    return lambda: raw.execute(sql, (text, text + "\U0010ffff")).fetchall()


def _best(work: Callable[[], object]) -> float:
    return min(timed(work) for _ in range(ROUNDS))


# --- on the screen


class _Painted(QObject):
    """Notes when the list of hints was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return super().eventFilter(watched, event)


def _on_the_screen(desk: Desk, rows: Sequence[Row], folder: Path) -> list[Figure]:
    """From the key to the painted hint, through the lane, for each key of a phone and of initials."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    fonts.dress(app)
    theme.wear(app, dark=False)
    lane = Lane("database")
    finding = Finding(_room(desk, lane, folder))
    finding.resize(680, 300)
    finding.show()
    painted = _Painted()
    finding.list.viewport().installEventFilter(painted)
    some = random.Random(6).sample(list(rows), min(40, len(rows)))
    phones = [seconds for row in some for seconds in _typed(app, finding, painted, row[1][4:])]
    letters = [seconds for row in some for seconds in _typed(app, finding, painted, row[3])]
    finding.close()
    lane.close()
    return [
        Figure(f"key to painted hint, {what}, {name}, ms", percentile(taken, share) * MS, None, None, limit)
        for what, taken in (("phone", phones), ("initials", letters))
        for name, share, limit in (("p50", 0.5, None), ("p99", 0.99, 50.0))
    ]


def _typed(app: QApplication, finding: Finding, painted: _Painted, text: str) -> Iterator[float]:
    """Type a text key by key and wait for each answer; keys too few to be searched for are not counted."""
    finding.put(None)
    app.processEvents()
    for at, ch in enumerate(text, 1):
        before = time.perf_counter()
        painted.at = 0.0
        QTest.keyClicks(finding.line, ch)
        if customers.way_of(text[:at]) is None:
            continue
        while not painted.at and time.perf_counter() - before < 2:
            app.processEvents()
        yield time.perf_counter() - before


def _room(desk: Desk, lane: Lane, folder: Path) -> Room:
    def nothing(*_: object) -> None:
        """A page alone has nowhere to go."""

    return Room(
        desk, lane, lane, lambda: NOW, nothing, nothing, nothing, nothing, nothing, nothing, Bulletin(),
        Drafts(folder / "drafts"),
    )
