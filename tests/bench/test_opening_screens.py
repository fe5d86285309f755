"""The screens of the opening day read a server's protocol as it stands: nothing told is missed, nothing else counts."""

from __future__ import annotations

import json
import socket
import struct
from types import SimpleNamespace
from typing import Any

import pytest

from bench.opening_screens import _Bare

PROJECT = 1


def message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


def notice(project: int, *works: int) -> bytes:
    """What a server sends of changes: the process that told, the channel, the cells."""
    cells = [[work, 5, 0, 1, 1, "陈*", 739_000, 0, 0, 0, work, work] for work in works]
    return message(b"A", struct.pack("!i", 4711) + b"salescenter_units\0" + json.dumps([project, cells]).encode() + b"\0")


SETTING = message(b"S", b"TimeZone\0Asia/Shanghai\0")
SAID = notice(PROJECT, 71, 72) + SETTING + notice(2, 80) + notice(PROJECT, 73)


class Line:
    """A listening line whose other end the test holds."""

    def __init__(self, *, encrypted: bool = False) -> None:
        here, self.server = socket.socketpair()
        self.here = here
        self.raw: Any = SimpleNamespace(fileno=here.fileno, pgconn=SimpleNamespace(ssl_in_use=encrypted))

    def close(self) -> None:
        self.here.close()
        self.server.close()


def bare(line: Any, project: int = PROJECT) -> _Bare:
    return _Bare(line, project)


@pytest.mark.parametrize("cut", range(1, len(SAID), 7))
def test_works_are_told_once_wherever_what_comes_is_cut(cut: int) -> None:
    line = Line()
    screen = bare(line)
    found: list[int] = []
    for part in (SAID[:cut], SAID[cut:]):
        line.server.sendall(part)
        found += screen.take()
    assert found == [71, 72, 73]
    screen.socket.close()
    line.close()


def test_what_nobody_expects_and_an_end_are_no_silence() -> None:
    for said in (message(b"E", b"SFATAL\0\0"), b""):
        line = Line()
        screen = bare(line)
        line.server.sendall(said)
        if not said:
            line.server.close()
        with pytest.raises(RuntimeError, match="the server"):
            screen.take()
        screen.socket.close()
        line.close()


def test_an_encrypted_line_is_not_read_bare() -> None:
    line = Line(encrypted=True)
    with pytest.raises(AssertionError):
        bare(line)
    line.close()
