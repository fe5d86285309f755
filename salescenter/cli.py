"""The command line: the window, the demonstration, the tour, and head-less commands."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from salescenter import __version__, i18n
from salescenter.domain.errors import Refusal, Weather

COMMANDS: dict[str, str] = {
    "import": "salescenter.commands.importing:run_import",
    "check": "salescenter.commands.keeping:run_check",
    "backup": "salescenter.commands.keeping:run_backup",
    "restore": "salescenter.commands.keeping:run_restore",
    "migrate": "salescenter.commands.keeping:run_migrate",
    "export": "salescenter.commands.exporting:run_export",
    "paper": "salescenter.commands.exporting:run_paper",
}
"""Each command and who does it; loaded when asked, so that the window never waits for them."""

CANNOT = 2
"""Exit code where something is missing, not found, or refused; 1 means that what was checked is broken."""

_ABOUT = """\
The program a property developer's sales centre runs on.

Without a command the window opens: the database used last, or a page that offers to try the sample, make a
new database or open one.
"""

_AFTER = """\
examples:
  %(prog)s --demo                                   open the sample estate, kept between starts
  %(prog)s --demo --fresh                           make the sample anew
  %(prog)s --tour pictures --lang en                drive every window off screen and keep the pictures
  %(prog)s import units prices.xlsx --database house.db --dry-run
  %(prog)s check --database house.db                say which invariants hold
  %(prog)s backup monday.db --database house.db     copy while people work, then check the copy
  %(prog)s paper receipt 0001207 -o receipt.pdf --database house.db

exit codes: 0 done; 1 an invariant is broken, or rows of an import are bad; 2 it could not be done, with the
sentence and the remedy on standard error.

A database is a file path, or a URL such as postgresql://user@host/name.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    asked = parser().parse_args(argv)
    if asked.lang:
        i18n.speak(asked.lang)
    try:
        return _window(asked) if asked.command is None else _command(asked)
    except (Refusal, Weather) as trouble:
        words = import_module("salescenter.ui.kit.words")
        print(" ".join(words.refusal_words(trouble)), file=sys.stderr)
        return CANNOT


def parser() -> ArgumentParser:
    """Describe everything the command line understands."""
    top = ArgumentParser("salescenter", description=_ABOUT, epilog=_AFTER, formatter_class=RawDescriptionHelpFormatter)
    top.add_argument("--version", action="version", version=f"salescenter {__version__}")
    top.add_argument("--demo", action="store_true", help="open the sample estate; without a display, run the tour")
    top.add_argument("--fresh", action="store_true", help="with --demo: make the sample anew")
    top.add_argument("--tour", metavar="DIR", help="drive the real windows off screen; pictures, papers, tour.json")
    top.add_argument("--lang", choices=i18n.LANGUAGES, help="language of the screens")
    top.add_argument("--stop-after", choices=("login", "grid"), help="for measuring: end when this is on the screen")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _describe(commands.add_parser)
    return top


def _describe(add: Callable[..., ArgumentParser]) -> None:
    bring = add("import", help="import a unit list or a visit ledger from .xls, .xlsx or .csv")
    bring.add_argument("what", choices=("units", "visits"))
    bring.add_argument("file")
    bring.add_argument("--dry-run", action="store_true", help="show what would be made, write nothing")
    bring.add_argument("--leave-out-bad", action="store_true", help="import the good rows, leave the bad ones out")
    look = add("check", help="look whether every invariant holds; exit code 1 where one is broken")
    copy = add("backup", help="copy the database while people work, open the copy again and check it")
    copy.add_argument("file")
    back = add("restore", help="put a backup in the database's place; what stood there is kept")
    back.add_argument("file")
    up = add("migrate", help="bring a database to this program's version; a copy is made first")
    take = add("export", help="write a list into an Excel file")
    take.add_argument("what", choices=("units", "deals", "receipts"))
    take.add_argument("file")
    paper = add("paper", help="write a paper as PDF")
    paper.add_argument("kind", choices=("receipt", "contract", "subscription"))
    paper.add_argument("number", help="the receipt's, the deal's or the contract's number")
    paper.add_argument("-o", "--output", required=True, metavar="FILE")
    for one in (bring, look, copy, back, up, take, paper):
        one.add_argument("--database", required=True, metavar="URL", help="file path or database URL")
        one.add_argument("--project", default="", metavar="NAME", help="project; the first one if not named")


def _command(asked: Namespace) -> int:
    module, _, function = COMMANDS[asked.command].partition(":")
    run: Callable[[Namespace], int] = getattr(import_module(module), function)
    return run(asked)


def _window(asked: Namespace) -> int:
    if asked.tour:
        return _tour(asked)
    run: Callable[[Namespace], int] = import_module("salescenter.app").run
    return run(asked)


def _tour(asked: Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    run: Callable[[Path, str], int] = import_module("salescenter.tour.run").tour
    return run(Path(asked.tour or "tour"), asked.lang or i18n.spoken())


if __name__ == "__main__":
    sys.exit(main())
