"""Reception where nobody is logged in: it adds to the shelf, sees nothing else, and whoever logs in stands for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from salescenter.data.visits import visit
from salescenter.domain.refusals import DatabaseAway
from salescenter.domain.staff import NOBODY
from salescenter.domain.units import Step
from salescenter.services.waiting.alone import OpenShelf, desk_of_nobody, open_shelf, taken_by
from salescenter.services.waiting.merging import bring_all
from salescenter.services.waiting.shelf import FOLDER, KnownReception, Shelf, shelf_of
from salescenter.services.waiting.slip import provisional_paper
from tests.services.reception_house import Reception, reception
from tests.services.waiting.test_merging import PHONE, SERVER, taken

__all__ = ["reception"]

PROJECT = "云栖花园"
KNOWN = KnownReception({"channel": ("路过",)}, ((2, "顾问甲"),))


def test_it_is_offered_where_this_pc_knows_the_form_of_a_house_on_a_server(tmp_path: Path) -> None:
    where = "postgresql://m1:secret@10.0.0.5/salescenter"
    assert open_shelf(str(tmp_path / "house.db"), tmp_path, PROJECT) is None
    assert open_shelf(where, tmp_path, PROJECT) is None
    Shelf(tmp_path / FOLDER, SERVER, PROJECT).know(KNOWN)
    found = open_shelf(where, tmp_path, PROJECT)
    assert found is not None
    assert (found.server, found.known()) == (SERVER, KNOWN)


def test_a_shelf_without_a_log_in_shows_only_what_was_added_there(reception: Reception, tmp_path: Path) -> None:
    whole, open_ = (kind(tmp_path / "waiting", SERVER, PROJECT) for kind in (Shelf, OpenShelf))
    whole.put(taken(reception, "before"))
    (tmp_path / "waiting" / "damaged.visit.json").write_text("{", encoding="utf-8")
    assert (open_.waiting(), open_.unreadable()) == ((), ())
    open_.put(taken(reception, "now"))
    assert [one.key for one in open_.waiting()] == ["now"]
    assert sorted(one.key for one in whole.waiting()) == ["before", "now"]
    assert len(whole.unreadable()) == 1


def test_a_desk_of_nobody_reaches_no_house() -> None:
    desk = desk_of_nobody("未登录")
    with pytest.raises(DatabaseAway), desk.reading():
        pass
    assert shelf_of(desk, Path(), PROJECT) is not None  # a desk of a server, as far as its page is concerned


def test_what_nobody_took_goes_in_in_the_name_of_who_logs_in_and_its_slip_is_signed_by_hand(
    reception: Reception, tmp_path: Path
) -> None:
    here, shelf = reception, Shelf(tmp_path / "waiting", SERVER, PROJECT)
    here.sign_in("a", "b")
    shelf.put(one := taken(here, taker=NOBODY, taker_name="未登录"))
    assert "未登录" not in str(provisional_paper(one, here.now))
    lead = here.people["lead"]
    assert [each.taker_name for each in taken_by(here.desk("lead"), shelf.waiting())] == [lead.name]
    assert len(bring_all(here.desk("lead"), shelf, here.later(hours=2)).registered) == 1
    with here.house.engine.connect() as line:
        assert line.execute(select(visit.c.registered_by)).scalars().all() == [lead.id]
    after = here.told(Step.REGISTER_VISIT.value)[-1]["after"]
    assert isinstance(after, dict)
    assert after["taken_by"] == lead.id
    assert PHONE not in str(after)
