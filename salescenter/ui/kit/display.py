"""Whether a window can be shown at all, looked at before Qt is asked, because Qt aborts where it cannot."""

from __future__ import annotations

import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from salescenter.i18n import mark, tr

NO_DISPLAY = mark("No display is there to show a window on.")
NO_DISPLAY_REMEDY = mark("Start it in a desktop session, or set DISPLAY; commands such as “check” need none.")
NO_SERVER = mark("The display {display} does not answer.")
NO_SERVER_REMEDY = mark("Check DISPLAY and the rights to use it.")
NO_LIBRARY = mark("A library of the system is missing: {library}.")
NO_LIBRARY_REMEDY = mark("Install it; on Debian and Ubuntu: apt install libxcb-cursor0 libegl1 libxkbcommon-x11-0.")
WINDOWLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


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
    return _library_trouble() or (None if _answers(display) else (
        tr(NO_SERVER, display=display), tr(NO_SERVER_REMEDY)))


def _library_trouble() -> tuple[str, str] | None:
    """Load Qt's own X11 plugin as Qt will: what it misses is named by the loader."""
    found = find_spec("PySide6")
    home = Path(found.origin or "").parent if found else Path()
    try:
        ctypes.CDLL(str(home / "Qt" / "plugins" / "platforms" / "libqxcb.so"))
    except OSError as missing:
        return tr(NO_LIBRARY, library=str(missing).split(":")[0]), tr(NO_LIBRARY_REMEDY)
    return None


def _answers(display: str) -> bool:
    """Knock at the X server."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the plugin was loaded, so it has its own
    xcb.xcb_connect.restype = ctypes.c_void_p
    door = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    well = not xcb.xcb_connection_has_error(door)
    xcb.xcb_disconnect(door)
    return well
