"""What a PostgreSQL server, or the way to it, says when it does not let us in; in English or in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy.engine import URL

from salescenter.data.engine import hosts, plain
from salescenter.domain import refusals as no
from salescenter.domain.errors import Refusal, Weather

Trouble = Refusal | Weather
Meant = Callable[[URL, re.Match[str]], Trouble]

PORT = 5432


def meaning(url: URL, said: str) -> Trouble:
    """Tell what stands behind an error of the server or of the network; the last resort is that it is away.

    Of several servers the one that came nearest to letting us in is the one to mend, so the table is in that order.
    """
    for pattern, meant in _MEANINGS:
        if found := re.search(pattern, said, re.IGNORECASE):  # compiled when first needed: a log-in waits for imports
            return meant(url, found)
    return no.DatabaseAway(why=_first_line(said))


def _first_line(said: str) -> str:
    """Servers add hints for administrators, line by line."""
    return next(iter(said.splitlines()), "")


def _away(kind: Callable[..., Trouble], *details: str) -> Meant:
    """Make what tells this kind of trouble with the named details."""

    def told(url: URL, found: re.Match[str]) -> Trouble:
        known: dict[str, Any] = {
            "server": ", ".join(hosts(url)) or "localhost", "port": url.query.get("port") or url.port or PORT,
            "database": url.database or "", "login": url.username or "", "address": plain(url),
            "why": found[0].strip(),
        }  # fmt: skip
        return kind(**{name: known[name] for name in details})

    return told


_MEANINGS: tuple[tuple[str, Meant], ...] = (
    (
        (
            r"password authentication failed|密码认证失败|Password 认证失败"
            r"|role .* (does not exist|is not permitted to log in)|角色.*不存在"
        ),
        _away(no.WrongPassword, "login"),
    ),
    (r"no password supplied|empty password|没有提供口令", _away(no.PasswordNeeded, "server")),
    (r"database \S+ does not exist|数据库.*不存在", _away(no.NoSuchDatabase, "server", "database")),
    (
        (
            r"permission denied for database|访问数据库.*权限不够|no pg_hba\.conf entry|pg_hba\.conf (rejects|记录)"
            r"|not currently accepting connections"
        ),
        _away(no.ServerLocksOut, "server", "login", "database"),
    ),
    (
        r"starting up|shutting down|in recovery mode|not yet accepting|数据库系统(启动|正在)|恢复模式",
        _away(no.ServerStarting, "server", "why"),
    ),
    (
        r"too many (clients|connections)|connection slots are reserved|太多的客户|连接槽|连接插槽",
        _away(no.ServerFull, "server", "why"),
    ),
    (r"does not support SSL", _away(no.ServerWithoutTls, "server", "address")),
    (
        (
            r"root certificate file \S+ does not exist|certificate verify failed"
            r"|(server )?certificate for [^\n]* does not match host name[^\n]*"
        ),
        _away(no.CertificateUnknown, "server", "why"),
    ),
    (
        r"session is (not )?read-only|server is (not )?in hot standby|read-only transaction|只读事务",
        _away(no.NoServerToWrite, "server", "why"),
    ),
    (r"No space left on device|disk full|could not extend file[^\n]*|设备上没有空间|磁盘(空间)?(已)?满",
     _away(no.ServerDiskFull, "server", "why")),
    (
        (
            r"invalid page (header )?in block[^\n]*|could not read block[^\n]*|unexpected zero page[^\n]*"
            r"|missing chunk number[^\n]*|无效的页[^\n]*|无法读取块[^\n]*"
        ),
        _away(no.ServerDamaged, "server", "database", "why"),
    ),
    (
        r"invalid connection option[^\n]*|invalid \S+ value[^\n]*|invalid port number[^\n]*",
        lambda url, found: no.FieldMalformed(field="database", value=plain(url), why=found[0].strip()),
    ),
    (
        r"failed to resolve host|could not translate host name|Name or service not known|getaddrinfo failed",
        _away(no.ServerUnknown, "server", "why"),
    ),
    (
        (
            r"Connection refused|timeout expired|timed out|No route to host|Network is unreachable|actively refused"
            r"|0x0000274[CD]"
        ),
        _away(no.ServerSilent, "server", "port", "why"),
    ),
)
"""What is said, and what it means; the first that fits."""
