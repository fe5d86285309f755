"""Encryption with a look at the certificate is what an address means; what is less is said, and asked for by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescenter.data import engine
from salescenter.data.engine import address
from salescenter.services.server import privacy as asked
from salescenter.services.server.privacy import Privacy, privacy
from salescenter.ui.kit.statusline import StatusLine
from tests.houses import Estate


def test_an_address_means_encryption_with_a_look_at_the_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGSSLMODE", raising=False)
    assert engine._privacy(address("postgresql://server/house")) == {"sslmode": "verify-full"}
    assert engine._privacy(address("postgresql://127.0.0.1,server/house")) == {"sslmode": "verify-full"}
    assert engine._privacy(address("postgresql://server/house?sslmode=disable")) == {}
    assert engine._privacy(address("postgresql://127.0.0.1/house")) == {}


def test_a_file_and_a_server_on_this_pc_pass_over_no_cable(estate: Estate) -> None:
    assert privacy(estate.desk()) is Privacy.KEPT


def test_the_server_itself_says_that_a_connection_is_in_the_clear(
    small_on_server: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "is_here", lambda _: False)
    assert privacy(small_on_server.desk()) is Privacy.OPEN


@pytest.mark.parametrize(("how", "said"), [
    (Privacy.OPEN, "⚠ 连接未加密"), (Privacy.UNCHECKED, "⚠ 已加密，未校验证书"), (Privacy.KEPT, ""),
])  # fmt: skip
def test_the_line_at_the_foot_says_what_is_less(qapp: object, how: Privacy, said: str, tmp_path: Path) -> None:
    line = StatusLine()
    line.show_privacy(how)
    assert line._right.text() == said
    line.deleteLater()
