"""Looking after a house without a window: seals and their codes, backups by the plan, the house's own clock."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from salescenter.data import guards
from salescenter.data.history import history
from salescenter.domain.backup_plan import BackupPlan
from salescenter.services import auto_backup, backups
from salescenter.services.house import House, open_house
from tests import cluster
from tests.houses import NOON, Estate, at_home, order, pg_model, small, small_on_server, sqlite_model
from tests.test_cli import SHEET, Said, house, run

__all__ = ["house", "pg_model", "run", "small", "small_on_server", "sqlite_model"]


def test_a_seal_is_known_by_its_code_and_what_was_changed_since_is_named(run: Said, house: Path) -> None:
    assert run("check", "--database", house, "--lang", "en") == 0
    assert "are not sealed yet" in run.out
    assert run("seal", "--database", house, "--lang", "en") == 0
    code = run.out.strip().rpartition("code ")[2]
    assert run("check", "--code", code, "--database", house, "--lang", "en") == 0
    assert f"seal 1, code {code}\nthe code is that of seal 1 of" in run.out
    estate = at_home(open_house(house))
    with estate.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        guards.take_down(connection)
        connection.exec_driver_sql("UPDATE history SET pc = 'x' WHERE id = 1")
    estate.house.close()
    assert run("check", "--code", "0000 0000 0000", "--database", house, "--lang", "zh_CN") == 1
    assert "不成立：操作历史与封存时一致：2026-02-20 的第 1 条记录在封存后被改动" in run.out.splitlines()
    assert "不成立：操作历史与封存时一致：没有代码为 0000 0000 0000 的封存" in run.out.splitlines()


def test_without_a_file_the_plan_is_followed_and_the_manager_reads_which_pc_did_it(run: Said, house: Path) -> None:
    for _ in range(2):
        assert run("backup", "--database", house, "--lang", "en") == 0
    estate = at_home(open_house(house))
    last = backups.last(estate.desk())
    assert last is not None
    assert (Path(last.path).parent, last.pc) == (house.parent / "backups", platform.node())
    assert f"backed up to {last.path}" in run.out
    assert len(auto_backup.listed(estate.desk())) >= 1
    (house.parent / "stick").write_text("a file where a disk should be")
    plan = BackupPlan(str(house.parent / "backups"), second=str(house.parent / "stick"))
    auto_backup.change_plan(estate.desk(), plan, estate.now)
    estate.house.close()
    assert run("backup", "--database", house, "--lang", "en") == 2
    assert "cannot be written" in run.err


def test_the_pc_of_a_server_backs_up_by_the_plan(
    run: Said, small_on_server: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if folder := cluster.programs():
        monkeypatch.setenv("PG_BINDIR", str(folder))
    estate = small_on_server
    plan = BackupPlan(str(tmp_path / "kept"), second=str(tmp_path / "stick"))
    auto_backup.change_plan(estate.desk(), plan, estate.now)
    url = estate.house.url.render_as_string(hide_password=False)
    assert run("backup", "--database", url) == 0
    last = backups.last(estate.desk())
    assert last is not None
    assert (tmp_path / "stick" / Path(last.path).name).read_bytes() == Path(last.path).read_bytes()
    assert last.pc == platform.node()


def test_who_restores_a_server_and_may_not_keep_its_log_silent_is_told_to_run_serve_setup(
    run: Said, small_on_server: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if folder := cluster.programs():
        monkeypatch.setenv("PG_BINDIR", str(folder))
    url, name = small_on_server.house.url, small_on_server.house.url.database
    owner = f"owner_of_{name}"
    order(url, f"CREATE ROLE {owner} LOGIN CREATEDB")
    try:
        dump, theirs = tmp_path / "monday.dump", url.set(database=f"{name}_restored", username=owner)
        assert run("backup", dump, "--database", url.render_as_string(hide_password=False)) == 0
        for who in (owner, url.username):
            at = theirs.set(username=who).render_as_string(hide_password=False)
            assert run("restore", dump, "--database", at, "--lang", "en") == 0
            told = "Run serve-setup as a superuser" in run.out
            assert told == (who == owner)
            order(url, f'DROP DATABASE "{theirs.database}"')
    finally:
        order(url, f"DROP ROLE {owner}")


def test_what_is_exported_and_imported_bears_the_time_of_the_house_and_not_of_this_pc(
    run: Said, house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = NOON.replace(year=2031)
    monkeypatch.setattr(House, "now", lambda _: at)
    (tmp_path / "list.csv").write_text(SHEET, "utf-8")
    assert run("export", "units", tmp_path / "list.xlsx", "--database", house) == 0
    assert run("import", "units", tmp_path / "list.csv", "--database", house) == 0
    estate = at_home(open_house(house))
    assert {row.at for row in estate.all(history.select().where(history.c.pc == "command line"))} == {at}
    estate.house.close()
