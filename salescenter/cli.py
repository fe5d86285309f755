"""The command line: the window, the demonstration, the tour, and head-less commands."""

from __future__ import annotations

import os
import sys
from argparse import SUPPRESS, ArgumentParser, HelpFormatter, Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from salescenter import __version__, i18n
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.papers.check import ISSUED
from salescenter.domain.refusals import NothingOpenedYet, PasswordNeeded

COMMANDS: dict[str, str] = {
    "import": "salescenter.commands.importing:run_import",
    "check": "salescenter.commands.keeping:run_check",
    "seal": "salescenter.commands.keeping:run_seal",
    "backup": "salescenter.commands.keeping:run_backup",
    "restore": "salescenter.commands.keeping:run_restore",
    "migrate": "salescenter.commands.keeping:run_migrate",
    "export": "salescenter.commands.exporting:run_export",
    "paper": "salescenter.commands.exporting:run_paper",
    "serve-setup": "salescenter.commands.serving:run_serve_setup",
    "move": "salescenter.commands.moving:run_move",
}
"""Each command and who does it; loaded when asked, so that the window never waits for them."""

TO_SERVER = ("serve-setup", "move")
"""Commands that say themselves which server they mean, never the database opened last."""

CANNOT = 2
"""Exit code where something is missing, not found, or refused; 1 means that what was checked is broken."""

STOPPED = 130
"""Exit code where the user stopped it, as shells have it."""

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
  %(prog)s --tour pictures --server URL             sell at one desk of a server, look from another
  %(prog)s import units prices.xlsx --database house.db --dry-run
  %(prog)s check --database house.db                say which invariants hold
  %(prog)s backup monday.db --database house.db     copy while people work, then check the copy
  %(prog)s paper receipt 0001207 -o receipt.pdf --database house.db

exit codes: 0 done; 1 an invariant is broken, or rows of an import are bad; 2 it could not be done, with the
sentence and the remedy on standard error; 130 it was stopped. `%(prog)s COMMAND --help` says more of each.

A database is a file path, or a URL such as postgresql://user@host/name; the one opened last where none is named.
"""


class _Page(HelpFormatter):
    """Fills paragraphs to the terminal's width; those with indented lines are examples and stand as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        fill = super()._fill_text
        return "\n\n".join(part if "  " in part else fill(part, width, indent) for part in text.strip().split("\n\n"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    top = parser()
    asked = top.parse_args(argv)
    for option, goes_with in (("fresh", "demo"), ("server", "tour")):
        if getattr(asked, option) and not getattr(asked, goes_with):
            top.error(f"--{option} goes with --{goes_with}")
    if asked.lang:
        i18n.speak(asked.lang)
    try:
        return _window(asked) if asked.command is None else _command(asked)
    except KeyboardInterrupt:
        print(i18n.tr("Stopped; nothing was left half done."), file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # whoever read what is printed went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
    except (Refusal, Weather) as trouble:
        words = import_module("salescenter.ui.kit.words")
        print(i18n.sentences(words.refusal_words(trouble)), file=sys.stderr)
        return CANNOT


def parser() -> ArgumentParser:
    """Describe everything the command line understands."""
    top = ArgumentParser("salescenter", description=_ABOUT, epilog=_AFTER, formatter_class=_Page)
    top.add_argument("--version", action="version", version=f"salescenter {__version__}")
    top.add_argument("--demo", action="store_true", help="open the sample estate; without a display, run the tour")
    top.add_argument("--fresh", action="store_true", help="with --demo: make the sample anew")
    top.add_argument("--tour", metavar="DIR", help="drive the real windows off screen; pictures, papers, tour.json")
    top.add_argument("--server", metavar="URL", default="", help="with --tour: two desks of a server's empty database")
    top.add_argument("--lang", choices=i18n.LANGUAGES, help="language of the screens")
    top.add_argument("--stop-after", choices=("login", "grid"), help=SUPPRESS)  # for the bench
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, about in ABOUT.items():
        one = commands.add_parser(
            name, help=about.partition("\n")[0], description=about, formatter_class=_Page
        )
        ARGUMENTS[name](one)
        if name not in TO_SERVER:
            one.add_argument("--database", default="", metavar="URL", help="file path or URL; else the one opened last")
        one.add_argument("--project", default="", metavar="NAME", help="project; the first one if not named")
        one.add_argument("--lang", choices=i18n.LANGUAGES, default=SUPPRESS, help="language of what is printed")
    return top


ABOUT: dict[str, str] = {
    "import": """\
import a unit list or a visit ledger from .xls, .xlsx or .csv

The header is found under title rows and the columns are known by their names and contents. What would be made is
printed first; with a bad row nothing is written, each bad row is named with its row, column, reason and remedy on
standard error, and the exit code is 1. The same file imported twice changes nothing.

  salescenter import units prices.xlsx --database house.db --dry-run
  salescenter import visits ledger.csv --database house.db --leave-out-bad""",
    "check": """\
look whether every invariant holds; exit code 1 where one is broken

One living deal a unit, grid and deals agree, schedules add up to the price, receipts to what was paid, numbers have
no gaps, every figure of the reports is the sum of the list behind it, and the history is as it was sealed. Each
offender is named on a line. With --code it is also looked whether the history still has the seal whose code stands on
a day's paper.""",
    "seal": """\
seal the history as far as it is settled, and print the code of the last seal

The program does it by itself every minute, at the day's close and before each backup. The code is an anchor outside
the database: written down, it shows later whether the history was exchanged as a whole (check --code).""",
    "backup": """\
copy the database while people work, open the copy again and check it

Without FILE by the house's plan (Settings > Backup and check): into its folder, copied to the second place, old ones
removed, the result shown to the manager. So the PC of a server does it every night, as the database's owner.

The file appears under its name only when it is whole and checked; an older one of that name stays until then. Exit
code 1 where the copy is whole but an invariant is broken in it. A database on a server is dumped and tried with
PostgreSQL's own programs, in a scratch database beside it.

  salescenter backup monday.db --database house.db
  salescenter backup --database postgresql://postgres@localhost/salescenter""",
    "restore": """\
put a backup in the database's place; what stood there is kept

The backup is copied and checked first. The database must not be open anywhere. What stood in its place is kept
beside it as NAME.before-1.db, NAME.before-2.db and so on.""",
    "migrate": """\
bring a database to this program's version; a copy is made first

All of the way is one transaction: interrupted, the database is what it was. The copy stays beside it as
NAME.before-1.db; of a database on a server it is a dump in the current folder, NAME.before-1.dump.""",
    "export": """\
write a list into an Excel file

Units as the grid shows them, deals with their prices and days, every receipt, or the marks that keep papers beyond
their years. The export is told to the history.""",
    "paper": """\
write a paper as PDF

It leaves the house as if it were issued in the window: told to the history and kept as it is. One that left before is
refused without --reason, and marked as a reprint with it; --as-printed gives the last copy again exactly as it went
out. A contract is found by its own number or its deal's; a letter, form or cover by its own, its deal's or its unit's,
and one with the number of another day stands as of that day. A quotation holds for its day and is always given as it
was printed.

  salescenter paper receipt 0001207 -o receipt.pdf --database house.db
  salescenter paper contract YX2026000012 -o contract.pdf --reason "for the bank" --database house.db
  salescenter paper dunning YX2026000012 -o reminder.pdf --database house.db""",
    "serve-setup": """\
look a PostgreSQL server over and prepare it for many desks

Version, encoding, order of names, clock, connections, TLS, who is let in, backup: each with what is missing and how to
mend it. Then the database, its tables and guards, the group of the desks, and with --project the project and its first
manager. Done twice it changes nothing. Passwords are asked at the keyboard or read from standard input, never shown.
Exit code 1 where something is missing, 2 where a house cannot stand there.

  salescenter serve-setup postgresql://postgres@localhost/salescenter --dry-run
  salescenter serve-setup postgresql://postgres@localhost/salescenter --project NAME --manager NAME --login NAME""",
    "move": """\
move a house from its file to a server

Every row is carried over and compared, the money of each project added up on both sides; then the file is closed and
says where the house went. Stopped or killed in the middle, nothing was switched: start it again and it goes on.

  salescenter move house.db postgresql://postgres@localhost/salescenter""",
}
"""Each command: what it does in one line, and more about it."""


def _import(one: ArgumentParser) -> None:
    one.add_argument("what", choices=("units", "visits"), help="what the file lists")
    one.add_argument("file", metavar="FILE", help="the .xls, .xlsx or .csv file")
    one.add_argument("--dry-run", action="store_true", help="show what would be made, write nothing")
    one.add_argument("--leave-out-bad", action="store_true", help="import the good rows, leave the bad ones out")


def _check(one: ArgumentParser) -> None:
    one.add_argument("--code", default="", metavar="CODE", help="the code of a seal, as it stands on a day's paper")


def _file(one: ArgumentParser) -> None:
    one.add_argument("file", metavar="FILE", help="the backup")


def _backup(one: ArgumentParser) -> None:
    one.add_argument("file", metavar="FILE", nargs="?", default="", help="the backup; by the house's plan if not named")


def _export(one: ArgumentParser) -> None:
    one.add_argument("what", choices=("units", "deals", "receipts", "kept"), help="which list")
    one.add_argument("file", metavar="FILE", help="the .xlsx file to write")


def _paper(one: ArgumentParser) -> None:
    kinds = [kind.value for kind in ISSUED]
    one.add_argument("kind", choices=kinds, help="which paper: %(choices)s", metavar="KIND")
    one.add_argument("number", metavar="NUMBER", help="the number that stands on it")
    one.add_argument("-o", "--output", required=True, metavar="FILE", help="the PDF file to write")
    one.add_argument("--as-printed", action="store_true", help="the last copy as it was printed")
    one.add_argument("--reason", default="", metavar="TEXT", help="why a paper that left before is issued again")


def _serve(one: ArgumentParser) -> None:
    one.add_argument("url", metavar="URL", help="postgresql://account@host/database")
    one.add_argument("--dry-run", action="store_true", help="only look, write nothing")
    one.add_argument("--desks", type=int, default=30, metavar="N", help="how many PCs will work with it; %(default)s")
    one.add_argument("--manager", default="", metavar="NAME", help="the first manager, with --project")
    one.add_argument("--login", default="", metavar="NAME", help="the manager's log-in; alone: give them a password")
    one.add_argument("--developer", default="", metavar="NAME", help="the developer, with --project")


def _move(one: ArgumentParser) -> None:
    one.add_argument("file", metavar="FILE", help="the database file")
    one.add_argument("url", metavar="URL", help="postgresql://account@host/database; made where there is none")


ARGUMENTS: dict[str, Callable[[ArgumentParser], None]] = {
    "import": _import, "check": _check, "seal": lambda _: None, "backup": _backup, "restore": _file,
    "migrate": lambda _: None, "export": _export, "paper": _paper, "serve-setup": _serve, "move": _move,
}  # fmt: skip
"""What each command asks for."""


def _command(asked: Namespace) -> int:
    if asked.command not in TO_SERVER:
        asked.database = asked.database or _opened_last()
    module, _, function = COMMANDS[asked.command].partition(":")
    run: Callable[[Namespace], int] = getattr(import_module(module), function)
    try:
        code = run(asked)
    except PasswordNeeded:
        if asked.command in TO_SERVER or not sys.stdin.isatty():
            raise
        asked.database = import_module("salescenter.commands.serving").with_password_typed(asked.database)
        code = run(asked)  # the server let nobody in, so nothing was done yet
    sys.stdout.flush()  # here, where a reader that went away is known
    return code


def _opened_last() -> str:
    """The database this user's window opened last; refuses where there was none."""
    from salescenter.ui.kit import preferences
    from salescenter.ui.kit.options import data_folder

    last = preferences.load(data_folder()).database
    if not last:
        raise NothingOpenedYet
    return last


def _window(asked: Namespace) -> int:
    if asked.tour:
        return _tour(asked)
    run: Callable[[Namespace], int] = import_module("salescenter.app").run
    return run(asked)


def _tour(asked: Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    run: Callable[[Path, str, str], int] = import_module("salescenter.tour.run").tour
    return run(Path(asked.tour or "tour"), asked.lang or i18n.spoken(), asked.server)


if __name__ == "__main__":
    sys.exit(main())
