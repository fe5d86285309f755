"""Making, opening and entering a house: what is refused, and that nothing half made is left behind."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest
from sqlalchemy.engine import URL

from salescenter.data import places
from salescenter.data.engine import address
from salescenter.data.staff import person
from salescenter.domain.money import Rounding
from salescenter.domain.refusals import (
    CannotWrite,
    DatabaseAway,
    FieldMalformed,
    NoDatabaseFile,
    NotADatabase,
    NotFound,
    OnNetworkDrive,
    WrongPassword,
)
from salescenter.domain.staff import Role
from salescenter.services import house as houses
from salescenter.services import new_house
from salescenter.services.deals import opening
from salescenter.services.house import House, open_house
from salescenter.services.new_house import NewHouse, make_house
from tests.houses import Estate

HOUSE = NewHouse("云栖花园", "沈知行", "boss", "geheim", "云栖置业有限公司", Rounding.DOWN_TO_YUAN)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "new" / "house.db")
    url: URL = request.getfixturevalue("pg_url")
    return url.render_as_string(hide_password=False)


def test_a_new_house_has_its_project_and_its_manager(where: str) -> None:
    house = make_house(where, HOUSE)
    assert [(one.id, one.name) for one in house.projects()] == [(1, "云栖花园")]
    (boss,) = house.people()
    assert (boss.login, boss.name, boss.role, boss.has_password) == ("boss", "沈知行", Role.MANAGER, True)
    house.close()
    house = open_house(where)
    desk = house.log_in("boss", "geheim")
    assert (desk.who.name, desk.who.role, desk.project) == ("沈知行", Role.MANAGER, 1)
    for login, password in (("boss", "falsch"), ("boss", ""), ("nobody", "geheim")):
        with pytest.raises(WrongPassword) as refused:
            house.log_in(login, password)
        assert refused.value.details == {"login": login}
    house.close()


def test_a_house_that_is_there_is_never_made_again(where: str) -> None:
    make_house(where, HOUSE).close()
    with pytest.raises(CannotWrite) as refused:
        make_house(where, NewHouse("他人", "他人", "other"))
    assert refused.value.details["why"] == "exists"
    house = open_house(where)
    assert house.projects()[0].name == "云栖花园"
    house.close()


def test_whoever_left_the_house_does_not_come_in(estate: Estate) -> None:
    estate.put(person.update().where(person.c.login == "a").values(active=False))
    with pytest.raises(WrongPassword):
        estate.house.log_in("a", "")
    assert "a" not in {one.login for one in estate.house.people()}
    assert estate.house.log_in("b", "").who.name == "何雨"


def test_a_house_without_a_project_cannot_be_entered(tmp_path: Path) -> None:
    house = make_house(tmp_path / "house.db", HOUSE)
    with house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM project")
    with pytest.raises(NotFound) as refused:
        house.log_in("boss", "geheim")
    assert refused.value.details["what"] == "project"
    house.close()


# --- what cannot be opened


def test_what_is_not_there_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(NoDatabaseFile) as refused:
        open_house(tmp_path / "none.db")
    assert refused.value.details == {"path": str(tmp_path / "none.db")}
    assert list(tmp_path.glob("*.db")) == []


@pytest.mark.parametrize("content", [b"just a letter, longer than a header of a database would be" * 40, b"PK\x03\x04" * 400])
def test_another_file_is_no_house(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(content)
    with pytest.raises(NotADatabase) as refused:
        open_house(path)
    assert refused.value.details["path"] == str(path)
    assert path.read_bytes() == content


def test_a_damaged_house_is_said_to_be_damaged(small: Estate) -> None:
    path = Path(str(small.house.url.database))
    small.house.close()
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xff" * 3996
    path.write_bytes(data)
    with pytest.raises(NotADatabase):
        open_house(path)


def test_damage_met_in_the_middle_of_a_deed_is_told_as_damage(small: Estate) -> None:
    path, asked = Path(str(small.house.url.database)), small.asked()
    with sqlite3.connect(path) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'unit'").fetchone()[0]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    small.house.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(data)
    with pytest.raises(NotADatabase) as refused:
        opening.subscribe(small.desk("a"), asked, small.now)
    assert refused.value.details["path"] == str(path)


def test_a_server_that_does_not_answer_is_weather() -> None:
    with pytest.raises(DatabaseAway) as refused:
        open_house("postgresql://sales@127.0.0.1:1/house")
    assert refused.value.details["why"]


@pytest.mark.parametrize("where", ["mysql://user@host/name", "http://example.org/house.db", "postgresql://host:port/name"])
def test_an_address_of_something_else_is_refused(where: str) -> None:
    with pytest.raises(FieldMalformed) as refused:
        open_house(where)
    assert refused.value.details == {"field": "database", "value": where, "why": "not-a-url"}


# --- where a house cannot be made


def test_a_making_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_house, "hashed", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_house(tmp_path / "house.db", HOUSE)
    assert list(tmp_path.glob("house*")) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite) as refused:
        make_house(tmp_path / "file" / "house.db", HOUSE)
    assert refused.value.details["path"].endswith("house.db")  # type: ignore[attr-defined]
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(CannotWrite):
        make_house(tmp_path / "folder.db", HOUSE)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CannotWrite):
        make_house(tmp_path / "house.db", HOUSE)
    tmp_path.chmod(0o700)


# --- on the network


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/share nfs4 rw 0 0
//server/sales /mnt/the\\040sales cifs rw 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/house.db", "ext4"), ("/mnt/share/house.db", "nfs4"), ("/mnt/the sales/house.db", "cifs"),
        ("/mnt/share/local/house.db", "ext4"), ("/mnt/shared/house.db", "ext4"),
        ("/run/user/1000/gvfs/smb-share:server=s,share=x/house.db", "fuse.gvfsd-fuse"),
    ],
)  # fmt: skip
def test_the_kind_of_disk_is_read_from_the_mounts(path: str, kind: str) -> None:
    assert places.kind_of(Path(path), MOUNTS) == kind
    assert (kind in places.NETWORK) == (kind != "ext4")


def test_on_windows_a_share_is_known_by_its_name_and_by_its_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = SimpleNamespace(GetDriveTypeW={"C:\\": 3, "Z:\\": places.REMOTE_DRIVE}.__getitem__)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kinds), raising=False)
    files = (r"\\server\sales\house.db", r"Z:\house.db", r"C:\Users\anna\house.db")
    assert [places._is_remote_drive(PureWindowsPath(file)) for file in files] == [True, True, False]


def test_a_file_is_not_shared_over_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not places.is_on_network(tmp_path / "house.db")
    monkeypatch.setattr(houses, "is_on_network", lambda _: True)
    with pytest.raises(OnNetworkDrive) as refused:
        open_house(tmp_path / "house.db")
    assert refused.value.details == {"path": str(tmp_path / "house.db")}
    with pytest.raises(OnNetworkDrive):
        make_house(tmp_path / "house.db", HOUSE)


def test_a_house_knows_how_it_is_addressed(tmp_path: Path) -> None:
    assert address(tmp_path / "house.db").get_backend_name() == "sqlite"
    assert address("postgresql://sales@host/name").drivername == "postgresql+psycopg"
    assert isinstance(make_house(tmp_path / "house.db", HOUSE), House)


def test_a_password_costs_who_guesses_it_64_mib_and_three_passes() -> None:
    """The second of the two choices RFC 9106 recommends; asked of a process whose hashes are not made quick."""
    made = "from salescenter.services.house import hashed; print(hashed('open sesame'))"
    done = subprocess.run([sys.executable, "-c", made], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
