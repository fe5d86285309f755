"""move: carry a house from its file to a server in one step; stopped or killed, it goes on when started again."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from salescenter.commands.serving import served, with_password
from salescenter.data.types import CHINA
from salescenter.i18n import tr
from salescenter.services.server.moving import Move, move, quiet
from salescenter.services.server.survey import survey
from salescenter.ui.kit.server_findings import total_words


def run_move(asked: Namespace) -> int:
    """Move, and print what agreed on both sides."""
    url, _ = with_password(served(asked.url), lambda at: survey(at, 1, datetime.now(CHINA)))
    where = url.render_as_string(hide_password=False)
    done = move(Path(asked.file), where, datetime.now(CHINA), _shown if sys.stderr.isatty() else quiet)
    _tell(done, asked.file)
    return 1 if done.broken else 0


def _tell(done: Move, file: str) -> None:
    if done.already:
        print(tr("nothing to do: {file} was moved to {address} before", file=file, address=done.to))
        return
    print(tr("{rows} rows moved to {address}; every row is the same on both sides", rows=done.rows, address=done.to))
    for one in done.totals:
        print(f"{one.project}: {total_words(one.what)}: {one.rows}, {one.amount}")
    for law in done.broken:
        print(tr("broken: {law}: {about}", law=tr(law.law), about=law.about))
    print(tr("{file} is kept and takes no deeds any more", file=file))


def _shown(done: int, of: int, what: str) -> None:
    """One line that is written over."""
    print(f"\r{done * 100 // max(of, 1):3d} % {what:<20}", end="\n" if done >= of else "", file=sys.stderr, flush=True)
