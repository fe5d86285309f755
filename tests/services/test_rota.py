"""The rota as the desk sees it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from salescenter.data.estate import setting
from salescenter.domain.refusals import FieldMissing, NotFound, NotYours
from salescenter.domain.rota import Away, Happening, Status
from salescenter.services import rota
from salescenter.services.rota import RotaRequest
from tests.services.reception_house import Reception


def names(house: Reception) -> list[str]:
    return [line.name for line in rota.board(house.desk(), house.now).lines]


def test_the_board_lists_the_free_in_turn_then_the_busy_then_the_absent(both: Reception) -> None:
    both.sign_in("a", "b", "c", "d")
    both.visit("陈一凡", "13800135521")
    both.happen("c", Happening.AWAY, away=Away.LUNCH)
    view = rota.board(both.desk(), both.now)
    assert [(line.name, line.status, line.place) for line in view.lines] == [
        ("顾问乙", Status.FREE, 1), ("顾问丁", Status.FREE, 2), ("顾问甲", Status.SERVING, 0), ("顾问丙", Status.AWAY, 0)
    ]
    assert view.next == view.lines[0]
    assert [name for _, name in view.absent] == ["主管"]
    line = view.line(both.people["a"].id)
    assert line is not None
    assert (line.taken, line.serving) == (1, 1)


def test_lunch_is_made_up_for_and_private_business_is_not(reception: Reception) -> None:
    reception.sign_in("a", "b", "c")
    reception.happen("a", Happening.AWAY, away=Away.LUNCH)
    reception.happen("b", Happening.AWAY, away=Away.PRIVATE)
    assert reception.visit("陈一凡", "13800135521").consultant_name == "顾问丙"
    reception.happen("c", Happening.DONE)
    reception.happen("b", Happening.BACK)
    reception.happen("a", Happening.BACK)
    view = rota.board(reception.desk(), reception.now)
    assert [(line.name, line.owed) for line in view.lines] == [("顾问甲", 1), ("顾问乙", 0), ("顾问丙", 0)]


def test_who_is_called_and_not_there_loses_the_turn(reception: Reception) -> None:
    reception.sign_in("a", "b")
    asked = RotaRequest(reception.people["a"].id, Happening.SKIPPED, key="skip-1")
    kept = rota.happen(reception.desk(), asked, reception.later(seconds=1))
    assert kept.next == reception.people["b"].id
    assert rota.happen(reception.desk(), asked, reception.later(seconds=1)) == kept
    assert reception.next() == "顾问乙"


def test_a_reception_counts_as_over_after_its_time(reception: Reception) -> None:
    reception.sign_in("a")
    reception.visit("陈一凡", "13800135521")
    assert reception.next() == ""
    reception.later(minutes=121)
    assert reception.next() == "顾问甲"


def test_the_house_sets_its_own_rota(reception: Reception) -> None:
    value = {"order": "fewest-new", "made_up": [], "busy_minutes": 30}
    with reception.house.engine.begin() as connection:
        kept = {"project_id": 1, "name": "rota", "since": date(2026, 1, 1), "value": value}
        connection.execute(insert(setting), [kept])
    reception.sign_in("a", "b")
    reception.visit("陈一凡", "13800135521")
    reception.now += timedelta(days=1)
    reception.sign_in("a", "b")
    assert names(reception) == ["顾问乙", "顾问甲"]
    reception.visit("王小明", "15900001111")
    reception.later(minutes=31)
    assert sorted(names(reception)) == ["顾问乙", "顾问甲"]


def test_people_say_of_themselves_when_they_come_and_go(reception: Reception) -> None:
    me = reception.people["a"].id
    for what, away in ((Happening.SIGN_IN, None), (Happening.AWAY, Away.TOILET), (Happening.BACK, None)):
        rota.happen(reception.desk("a"), RotaRequest(me, what, away=away), reception.later(seconds=1))
    assert reception.next() == "顾问甲"
    with pytest.raises(NotYours):
        rota.happen(reception.desk("a"), RotaRequest(me, Happening.GRANTED), reception.now)
    with pytest.raises(NotYours):
        rota.happen(reception.desk("b"), RotaRequest(me, Happening.SIGN_OUT), reception.now)


def test_leaving_needs_a_reason_and_a_person(reception: Reception) -> None:
    with pytest.raises(FieldMissing):
        rota.happen(reception.desk(), RotaRequest(reception.people["a"].id, Happening.AWAY), reception.now)
    with pytest.raises(NotFound):
        rota.happen(reception.desk(), RotaRequest(99, Happening.SIGN_IN), reception.now)


def test_yesterdays_rota_is_over(reception: Reception) -> None:
    reception.sign_in("a", "b")
    reception.now += timedelta(days=1)
    assert rota.board(reception.desk(), reception.now).lines == ()


def test_everybody_who_receives_customers_is_known(reception: Reception) -> None:
    assert [name for _, name in rota.consultants(reception.desk())] == ["顾问甲", "顾问乙", "顾问丙", "顾问丁", "主管"]


def test_a_turn_owed_yesterday_is_made_up_for_today_and_lapses_after_a_week(reception: Reception) -> None:
    reception.sign_in("a", "b", "c")
    reception.happen("b", Happening.AWAY, away=Away.LUNCH)
    reception.visit("陈一凡", "13800135521")
    reception.visit("杨二凡", "13800135522")
    opened = reception.now
    for days, owed in ((1, {"顾问乙"}), (rota.CARRIED, {"顾问乙"}), (rota.CARRIED + 1, set())):
        reception.now = opened + timedelta(days=days)
        reception.sign_in("a", "b")
        lines = rota.board(reception.desk(), reception.now).lines
        assert {line.name for line in lines if line.owed} == owed
        assert lines[0].name == ("顾问乙" if owed else "顾问甲")
