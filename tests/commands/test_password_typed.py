"""Commands at a server that asks for a password: it is asked for at the keyboard, as the guide says, and shown nowhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.houses import found
from tests.pair import Member, guarded
from tests.test_cli import Said, run

__all__ = ["run"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

SECRET = "Tr0ub4dor"


@pytest.fixture(scope="module")
def server() -> Iterator[Member]:
    """A server with a house whose keeper, who may do everything, comes in with a password."""
    with guarded() as one:
        one.order(f"CREATE ROLE keeper SUPERUSER LOGIN PASSWORD '{SECRET}'", "CREATE DATABASE house")
        found(one.url.replace("/postgres", "/house")).house.close()
        one.let_in("host all keeper 127.0.0.1/32 scram-sha-256")
        yield one


@pytest.fixture
def where(server: Member, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address as the guide has it: whose account, and no password."""
    monkeypatch.setenv("PG_BINDIR", str(server.programs))
    monkeypatch.delenv("PGPASSWORD", raising=False)
    return f"postgresql://keeper@127.0.0.1:{server.port}/house"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked at the keyboard, where somebody sits who knows the password."""
    questions: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    def type_it(question: str) -> str:
        questions.append(question)
        return SECRET

    monkeypatch.setattr("salescenter.commands.serving.getpass", type_it)
    return questions


def test_a_house_is_checked_backed_up_and_restored_with_a_password_typed_each_time(
    run: Said, where: str, asked: list[str], tmp_path: Path
) -> None:
    shown = []
    for words in (("check",), ("backup", tmp_path / "house.dump"), ("restore", tmp_path / "house.dump")):
        assert run(*words, "--database", where, "--lang", "en") == 0, run.err
        shown.append(run.out)
    assert asked == ["Password of keeper on the server: "] * 3
    assert f"restored {tmp_path / 'house.dump'} to {where}" in shown[2]
    assert SECRET not in "".join(shown)


def test_at_night_nobody_is_asked_and_the_command_says_what_it_lacks(
    run: Said, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("salescenter.commands.serving.getpass", lambda _: pytest.fail("there is nobody"))
    assert run("backup", tmp_path / "house.dump", "--database", where, "--lang", "en") == 2
    assert "asks for a password" in run.err
    assert list(tmp_path.glob("*.dump")) == []
