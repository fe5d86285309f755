"""The screens of the opening day read a server's protocol as it stands: nothing told is missed, nothing else counts."""

from __future__ import annotations

import json
import struct
from types import SimpleNamespace
from typing import Any

import pytest

from bench.opening_screens import Came, _file, reached

PROJECT = 1


def message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


def notice(project: int, *works: int) -> bytes:
    """What a server sends of changes: the process that told, the channel, the cells."""
    cells = [[work, 5, 0, 1, 1, "陈*", 739_000, 0, 0, 0, work, work] for work in works]
    return message(b"A", struct.pack("!i", 4711) + b"salescenter_units\0" + json.dumps([project, cells]).encode() + b"\0")


SETTING = message(b"S", b"TimeZone\0Asia/Shanghai\0")
SAID = notice(PROJECT, 71, 72) + SETTING + notice(2, 80) + notice(PROJECT, 73)


@pytest.mark.parametrize("cut", range(1, len(SAID), 7))
def test_works_are_told_once_wherever_what_comes_is_cut(cut: int) -> None:
    """Two screens whose lines are cut at different bytes: each has every work at the read that made it whole."""
    came = [Came(0, SAID[:cut], 1.0), Came(1, SAID[:-cut], 1.5), Came(0, SAID[cut:], 2.0), Came(1, SAID[-cut:], 2.5)]
    found = reached(came, PROJECT)
    assert sorted(revision for revision, _ in found) == [71, 71, 72, 72, 73, 73]
    assert [at for revision, at in found if revision == 73] == [2.0, 2.5]
    whole = len(notice(PROJECT, 71, 72))
    assert [at for revision, at in sorted(found) if revision == 71] == sorted(
        [1.0 if cut >= whole else 2.0, 1.5 if len(SAID) - cut >= whole else 2.5]
    )


def test_what_nobody_expects_is_no_silence() -> None:
    with pytest.raises(RuntimeError, match="the server"):
        reached([Came(0, message(b"E", b"SFATAL\0\0"), 1.0)], PROJECT)


def test_an_encrypted_line_is_not_read_bare() -> None:
    line: Any = SimpleNamespace(raw=SimpleNamespace(pgconn=SimpleNamespace(ssl_in_use=True)))
    with pytest.raises(AssertionError):
        _file(line)
