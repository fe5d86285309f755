"""The program at desks of a LAN: a house that was moved to a server, each person there with their own account."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.engine import URL

from salescenter.data.engine import address
from salescenter.data.server_rights import accounts
from salescenter.data.staff import person
from salescenter.domain.staff import Role
from salescenter.domain.units import UnitState
from salescenter.services import customers, grid
from salescenter.services.card import card
from salescenter.services.house import House, open_house
from salescenter.services.server.moving import move
from salescenter.ui.pages import PAGES
from tests.pair import guarded
from tests.ui.rooms import Asked, make_room
from tests.ui.sampled import NOW

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")
WORD = "open sesame"


@pytest.fixture(scope="module")
def server(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """The small sample on a server, an account for each of its people."""
    file = tmp_path_factory.mktemp("moved") / "house.db"
    shutil.copyfile(original, file)
    with guarded() as one:
        one.let_in("host all all 127.0.0.1/32 scram-sha-256")
        url = address(f"postgresql://sales@127.0.0.1:{one.port}/house")
        move(file, url.render_as_string(), NOW)
        owner = open_house(url.render_as_string())
        with owner.engine.begin() as line:
            for row in line.execute(select(person)).all():
                accounts.set_password(line, row.id, row.login, WORD, "")
        yield url
        owner.close()


def house_of(server: URL, role: Role) -> tuple[House, str]:
    """The house as somebody of a role comes into it."""
    owner = open_house(server.render_as_string())
    login = next(one.login for one in owner.people() if one.role is role)
    owner.close()
    return open_house(server.set(username=login, password=WORD).render_as_string(hide_password=False)), login


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.CASHIER])
def test_every_page_opens_at_the_desk_of_their_own_account(server: URL, role: Role, qtbot: QtBot, tmp_path: Path) -> None:
    house, login = house_of(server, role)
    asked = Asked()
    room = make_room(house.log_in(login, WORD), lambda: NOW, tmp_path, asked)
    for page in PAGES:
        built = page.build(room)
        qtbot.addWidget(built)
        built.show()
        QApplication.processEvents()
    house.close()
    assert asked.refused == []


def test_a_consultant_opens_the_card_of_every_kind_of_unit_and_searches(server: URL) -> None:
    house, login = house_of(server, Role.CONSULTANT)
    desk = house.log_in(login, WORD)
    cells = grid.cells(desk)
    for state in UnitState:
        for at in [at for at in range(len(cells)) if cells.state[at] == state][:3]:
            assert card(desk, cells.id[at], NOW).deal is None or state >= UnitState.RESERVED
    mine = customers.recent(desk, limit=1000)
    assert mine
    assert {one.owner for one in mine} <= {0, desk.who.id}
    assert {one.owner for text in ("138", "139", "w") for one in customers.find(desk, text)} <= {0, desk.who.id}
    house.close()
