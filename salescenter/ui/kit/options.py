"""What the window was started with, read without waiting for the whole command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from argparse import Namespace


SAMPLE = "sample.db"
"""The file of the sample estate, in the user's data folder."""


class Options(NamedTuple):
    """What the program was started with.

    lang: language of the screens, "" as last time. stop_after: "login" or "grid": say so on stdout and end when
    it is on the screen. database: a path or URL. folder: the user's data folder, None for the usual one.
    """

    demo: bool = False
    fresh: bool = False
    lang: str = ""
    stop_after: str = ""
    database: str = ""
    folder: Path | None = None


_WINDOWS = {
    "": Options(), "--demo": Options(demo=True), "--demo --fresh": Options(demo=True, fresh=True),
    "--demo --stop-after login": Options(demo=True, stop_after="login"),
    "--demo --stop-after grid": Options(demo=True, stop_after="grid"),
}


def plain_window(arguments: list[str]) -> Options | None:
    """Return the options where the arguments ask for nothing but the window; None is for the other doors."""
    return _WINDOWS.get(" ".join(arguments))


def options_of(asked: Namespace) -> Options:
    """Take from a read command line what the window understands."""
    told = {name: value for name, value in vars(asked).items() if name in Options._fields and value is not None}
    return Options(**told)


def data_folder() -> Path:
    """Return where this user's databases, drafts and preferences lie."""
    if sys.platform == "linux":  # what platformdirs says too, without the milliseconds it takes to import
        return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share", "salescenter")
    from platformdirs import user_data_path  # noqa: PLC0415  as above

    return user_data_path("salescenter", appauthor=False)
