"""Whether a window can be shown at all, looked at before Qt is asked, because Qt aborts where it cannot."""

from __future__ import annotations

import _socket  # what `socket` is made of, without the milliseconds it takes to import
import os
import sys

from salescenter.i18n import mark, sentences, tr

NO_DISPLAY = mark("No display is there to show a window on.")
NO_DISPLAY_REMEDY = mark("Start it in a desktop session, or set DISPLAY; commands such as “check” need none.")
OFF_SCREEN = mark("The main job is walked through off screen instead, which takes a few minutes.")
NO_SERVER = mark("The display {display} does not answer.")
NO_SERVER_REMEDY = mark("Check DISPLAY and the rights to use it.")
NO_LIBRARY = mark("A library of the system is missing: {library}.")
NO_LIBRARY_REMEDY = mark("Install it; on Debian and Ubuntu: apt install libxcb-cursor0 libegl1 libxkbcommon-x11-0.")
SOCKETS = "/".join(("", "tmp", ".X11-unix", "X"))
"""Where every X server of a PC listens, with its number behind."""

CANNOT = 2
"""The exit code where the surroundings do not allow the program to run; the sentence stands on stderr."""

WINDOWLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def tell(sentence: str, remedy: str) -> int:
    """Say on stderr why the program cannot run, and what helps; returns the exit code."""
    print(sentences((sentence, remedy)), file=sys.stderr)
    return CANNOT


def is_seen() -> bool:
    """Say whether a person can see our windows (not so where a test runs off screen)."""
    return os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] not in WINDOWLESS


def trouble() -> tuple[str, str] | None:
    """Return the sentence and the remedy where no window can be shown; None where all is well."""
    if sys.platform != "linux" or not is_seen():
        return None
    display, wayland = os.environ.get("DISPLAY", ""), os.environ.get("WAYLAND_DISPLAY", "")
    if not display and not wayland:
        return tr(NO_DISPLAY), tr(NO_DISPLAY_REMEDY)
    if wayland and os.environ.get("QT_QPA_PLATFORM", "wayland").startswith("wayland"):
        return None
    return None if _answers(display) else (tr(NO_SERVER, display=display), tr(NO_SERVER_REMEDY))


def library_trouble() -> tuple[str, str] | None:
    """Load Qt's own X11 plugin as Qt will: what it misses is named by the loader. Asked when QtCore is loaded."""
    if sys.platform != "linux" or not is_seen() or os.environ.get("WAYLAND_DISPLAY"):
        return None
    from PySide6.QtCore import QLibrary, QLibraryInfo  # noqa: PLC0415  not before it is known that Qt is wanted

    plugins = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    plugin = QLibrary(f"{plugins}/platforms/libqxcb.so")
    if plugin.load():
        return None
    return tr(NO_LIBRARY, library=plugin.errorString()), tr(NO_LIBRARY_REMEDY)


def _answers(display: str) -> bool:
    """Knock at the X server of this PC; one elsewhere is taken on trust."""
    host, _, number = display.rpartition(":")
    if host not in ("", "unix"):
        return True
    number = number.partition(".")[0]
    return any(_listens(path) for path in (f"\0{SOCKETS}{number}", f"{SOCKETS}{number}"))


def _listens(path: str) -> bool:
    knock = _socket.socket(_socket.AF_UNIX)
    try:
        knock.connect(path)
    except OSError:
        return False
    finally:
        knock.close()
    return True
