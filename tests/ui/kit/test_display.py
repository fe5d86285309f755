"""Whether a window can be shown is known before Qt is asked, and said with its remedy."""

from __future__ import annotations

import _socket
import sys
from pathlib import Path

import pytest

from salescenter.ui.kit import display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_without_a_display_the_remedy_is_said(bare: pytest.MonkeyPatch) -> None:
    assert display.trouble() == ("没有可以显示窗口的屏幕。", "请在桌面会话中启动，或设置 DISPLAY；“check”等命令不需要屏幕。")


def test_off_screen_nothing_is_needed(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display.trouble() is None
    assert display.library_trouble() is None
    assert not display.is_seen()


def test_a_server_that_does_not_answer_is_named(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare.setattr(display, "SOCKETS", f"{tmp_path}/X")
    bare.setenv("DISPLAY", ":99.0")
    found = display.trouble()
    assert found is not None
    assert ":99.0" in found[0]


def test_a_server_that_listens_is_enough(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    server = _socket.socket(_socket.AF_UNIX)
    server.bind(f"{tmp_path}/X99")
    server.listen(1)
    bare.setattr(display, "SOCKETS", f"{tmp_path}/X")
    bare.setenv("DISPLAY", ":99")
    assert display.trouble() is None
    server.close()


def test_a_server_elsewhere_is_taken_on_trust(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DISPLAY", "front-desk:10.0")
    assert display.trouble() is None


def test_a_wayland_session_is_enough(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert display.trouble() is None


def test_a_missing_library_is_named_with_the_packages_to_install(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from PySide6.QtCore import QLibraryInfo

    bare.setenv("DISPLAY", ":99")
    bare.setattr(QLibraryInfo, "path", lambda _: str(tmp_path))
    found = display.library_trouble()
    assert found is not None
    assert "libqxcb" in found[0]
    assert "libxcb-cursor0" in found[1]
