"""Sealing the history on both engines: what was sealed is found to be so, and whatever was changed is found and named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from salescenter.data import guards, sealing
from salescenter.data.history import history, seal
from salescenter.data.server_rights.accounts import GROUP
from salescenter.domain.seals import digest
from salescenter.domain.units import UnitState
from salescenter.i18n import speak
from salescenter.services import sealing as service
from salescenter.services.check import check
from salescenter.services.server.preparing import prepare
from tests.houses import Estate


@pytest.fixture
def lived(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> Estate:
    """A house with a signed contract whose history is sealed in two blocks."""
    speak("en")
    estate.subscribe("1-102")
    service.seal(estate.desk(), estate.now)
    estate.carried_to(UnitState.SIGNED)
    service.seal(estate.desk(), estate.now)
    return estate


@contextmanager
def behind_everybodys_back(estate: Estate) -> Iterator[Connection]:
    """What only whoever owns the database can do."""
    with estate.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        guards.take_down(connection)
        yield connection


def order(estate: Estate, *orders: str, **values: Any) -> None:
    with behind_everybodys_back(estate) as connection:
        for one in orders:
            connection.execute(text(one), values)


def torn(estate: Estate) -> list[str]:
    return [one.about for one in check(estate.desk("boss")) if one.law == service.LAW]


def numbers(estate: Estate) -> list[int]:
    return [row.id for row in estate.all(history.select().order_by(history.c.id))]


def test_what_was_done_is_sealed_and_holds(lived: Estate) -> None:
    found = service.state(lived.desk("a"))
    assert (found.rows, found.waiting, found.block) == (len(numbers(lived)), 0, 2)
    assert found.begins is not None
    assert found.until is not None
    assert lived.broken() == []
    lived.subscribe("1-201")
    more = service.state(lived.desk("a"))
    assert (more.rows, more.block, more.waiting > 0) == (found.rows, 2, True)
    assert service.seal(lived.desk("front"), lived.now) == more.waiting  # whoever is logged in
    assert service.seal(lived.desk("front"), lived.now) == 0
    assert lived.broken() == []


def test_an_empty_history_is_sealed_by_nothing(estate: Estate) -> None:
    order(estate, "DELETE FROM history")
    assert service.seal(estate.desk(), estate.now) == 0
    assert service.state(estate.desk()) == service.SealState(None, None, 0, 0, 0, "")
    assert torn(estate) == []


def found_after(estate: Estate, change: str, **values: Any) -> list[str]:
    """What a change would be found as; it is taken back."""
    with estate.house.engine.connect().execution_options(writes=True) as connection, connection.begin() as work:
        guards.take_down(connection)
        connection.execute(text(change), values)
        found = service.torn(connection, 20)
        work.rollback()
        return found


def test_any_change_of_any_column_is_found_and_the_row_named(lived: Estate) -> None:
    row = lived.read(history.select().where(history.c.step == "sign"))
    for name in (column.name for column in history.columns if column.name != "id"):
        value: Any = '{"x": 1}' if name in ("before", "after") else "x"
        if name == "at" or name.endswith("_id"):
            value = 1 if getattr(row, name) != 1 else 2
        day = "1970-01-01" if name == "at" else f"{lived.now:%Y-%m-%d}"
        found = found_after(lived, f'UPDATE history SET "{name}" = :value WHERE id = :id', value=value, id=row.id)
        assert found == [f"row {row.id} of {day} was changed after it was sealed"]


def test_any_change_of_any_column_of_a_seal_is_found(lived: Estate) -> None:
    for name in (column.name for column in seal.columns):
        value: Any = "0" * 64 if name in ("previous", "hash") else 77
        value = b"\0" * 12 if name == "marks" else value
        found = found_after(lived, f'UPDATE seal SET "{name}" = :value WHERE number = 2', value=value)
        assert found, name
        assert all(one.startswith(("seal", "row")) for one in found)


def test_a_missing_an_added_and_an_exchanged_row_are_named(lived: Estate) -> None:
    all_numbers = numbers(lived)
    day = f"{lived.now:%Y-%m-%d}"
    sealed_on = f"{service.state(lived.desk()).until:%Y-%m-%d}"
    one, two, three = all_numbers[-4:-1]
    order(lived, "DELETE FROM history WHERE id = :one", one=one)
    assert torn(lived) == [f"row {one} is missing; it was sealed on {sealed_on}"]
    order(lived, "UPDATE history SET id = -1 WHERE id = :two", "UPDATE history SET id = :two WHERE id = :three",
          "UPDATE history SET id = :three WHERE id = -1", two=two, three=three)  # fmt: skip
    assert torn(lived)[1:] == [
        f"row {two} of {day} says what row {three} said when it was sealed",
        f"row {three} of {day} says what row {two} said when it was sealed",
    ]
    columns = ", ".join(f'"{column.name}"' for column in history.columns if column.name != "id")
    order(lived, f"INSERT INTO history (id, {columns}) SELECT 0, {columns} FROM history WHERE id = :two", two=two)
    assert torn(lived)[0].startswith("row 0 of")


def test_a_missing_seal_is_named_and_the_last_is_missed_by_its_code_on_paper(lived: Estate) -> None:
    code = service.state(lived.desk()).code
    at = service.known(lived.desk("guest"), code.lower())
    assert at is not None
    assert (at.block, at.at) == (2, service.state(lived.desk()).until)
    order(lived, "DELETE FROM seal WHERE number = 2")
    assert service.known(lived.desk(), code) is None
    assert service.known(lived.desk(), "no code at all") is None
    assert service.state(lived.desk()).waiting > 0
    service.seal(lived.desk(), lived.later(days=1))
    order(lived, "DELETE FROM seal WHERE number = 1")
    assert torn(lived)[0].startswith("seal 1 is missing; the next one is of")


def test_another_order_of_keys_is_no_change(lived: Estate) -> None:
    for row in lived.all(history.select()):
        after = json.dumps(dict(reversed(row.after.items())), indent=1, ensure_ascii=False) if row.after else None
        if after:
            order(lived, "UPDATE history SET after = :after WHERE id = :id", after=after, id=row.id)
    assert torn(lived) == []


def test_of_many_torn_rows_the_first_are_named(lived: Estate) -> None:
    with behind_everybodys_back(lived) as connection:
        connection.execute(history.update().values(pc="x"))
    assert len(torn(lived)) == min(20, len(numbers(lived)))


def test_many_blocks_are_sealed_in_one_go(small: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BLOCK", 2)
    monkeypatch.setattr(sealing, "AT_ONCE", 3)
    small.carried_to(UnitState.HANDED_OVER)
    count = len(numbers(small))
    assert service.seal(small.desk(), small.now) == count
    assert service.state(small.desk()).block == (count + 1) // 2
    assert torn(small) == []


def test_what_another_process_sealed_meanwhile_is_left_to_it(small: Estate) -> None:
    with small.desk().reading() as connection:
        blocks = sealing.next_blocks(connection, small.now)
    service.seal(small.desk(), small.now)
    with small.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        assert not sealing.add(connection, blocks)
    assert torn(small) == []


def test_every_column_of_the_history_is_sealed() -> None:
    assert {"id", *sealing.FORMS[sealing.FORM]} == {column.name for column in history.columns}


# --- on a server


def test_a_row_whose_work_is_still_open_is_waited_for(small_on_server: Estate) -> None:
    estate, engine = small_on_server, small_on_server.house.engine
    columns = ", ".join(f'"{column.name}"' for column in history.columns if column.name != "id")
    with engine.connect() as slow, ThreadPoolExecutor() as beside:
        slow.execute(text(f"INSERT INTO history ({columns}) SELECT {columns} FROM history LIMIT 1"))
        estate.subscribe()  # takes later numbers and is done first
        sealing_ = beside.submit(service.seal, estate.desk(), estate.now)
        waiting = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT seal_history%' AND wait_event = 'PgSleep'"
        while not estate.all(text(waiting)):
            assert not sealing_.done()
        assert estate.count(seal) == 0
        slow.commit()
        assert sealing_.result() == len(numbers(estate))
    assert torn(estate) == []


def test_one_desk_seals_at_a_time_and_the_others_do_not_wait(small_on_server: Estate) -> None:
    estate = small_on_server
    with estate.house.engine.connect() as busy:
        busy.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('salescenter: the history is sealed', 0))"))
        assert service.seal(estate.desk(), estate.now) == 0
    assert service.seal(estate.desk(), estate.now) == len(numbers(estate))


def test_the_group_may_let_the_server_seal_and_write_no_seal(small_on_server: Estate) -> None:
    estate = small_on_server
    prepare(estate.house.url, None, 1, estate.now)
    with estate.house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        line.execute(text(f"SET ROLE {GROUP}"))
        assert sealing.seal_on_server(line) == len(numbers(estate))
        for change in ("INSERT INTO seal SELECT * FROM seal", "UPDATE seal SET hash = ''", "DELETE FROM seal"):
            with pytest.raises(DBAPIError, match="permission denied"):
                line.execute(text(change))
        line.execute(text("RESET ROLE"))


documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))
    | st.decimals(-1000, 1000, allow_nan=False, places=3).map(float) | st.sampled_from([1e30, 1e-9, -0.0, 1.5e300]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text("abc水𬭚", max_size=3), inside, max_size=4),
    max_leaves=8,
)  # fmt: skip
ODD = ['"\\ud83d"', '"\\ude00\\ud83d"', '"\\\\u0000"', "1e3", "-0", "0e5", "1.50e1", '{"b": 1, "aa": 2, "b": 3}', '"\\u007f"']


@given(documents.map(json.dumps) | documents.map(lambda said: json.dumps(said, ensure_ascii=False)) | st.sampled_from(ODD))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_server_writes_the_very_text_the_program_writes(small_on_server: Estate, document: str) -> None:
    with small_on_server.house.engine.connect() as line:
        asked = "SELECT sha256(convert_to(jsonb_build_array(1, 'x', sealed_document(NULL), sealed_document(:said))::text, 'UTF8'))"
        assert bytes(line.scalar(text(asked), {"said": document})) == digest((1, "x", None, document))
