"""The head-less commands: what they do, what they print, how they end, and sentences instead of tracebacks."""

from __future__ import annotations

import io
import shlex
import shutil
import sqlite3
import subprocess
import sys
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from salescenter import cli
from salescenter.commands import keeping
from salescenter.commands.exporting import PAPERS
from salescenter.domain.papers.check import ISSUED, PaperKind
from salescenter.domain.units import Flag, Step, UnitState
from salescenter.services.house import open_house
from salescenter.services.papers import archive
from salescenter.ui.kit import preferences
from salescenter.ui.kit.options import data_folder
from tests.houses import Estate, at_home, pg_model, small, small_on_server, sqlite_model
from tests.services.reception_house import reception

__all__ = ["pg_model", "reception", "small", "small_on_server", "sqlite_model"]

ROOT = Path(__file__).resolve().parent.parent
SHEET = "楼栋,单元,楼层,房号,户型,建筑面积,套内面积,单价\n2号楼,1单元,1,101,三室,89.5,70.2,12000\n2号楼,1单元,1,102,三室,90.5,71.2,12100\n"


class Said:
    """What a command printed and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *words: object) -> int:
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as ended:
            code = int(str(ended.code))
        self.out, self.err = self._capsys.readouterr()
        return code


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


@pytest.fixture
def house(small: Estate) -> Path:
    """A house with one sold unit, nobody at its desks."""
    small.carried_to(UnitState.SIGNED)
    small.house.close()
    return Path(str(small.house.url.database))


def text_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_reader_that_goes_away_is_no_bug(house: Path) -> None:
    command = [sys.executable, "-m", "salescenter.cli", "check", "--database", str(house)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert "Traceback" not in running.stderr.read()
    assert running.returncode == cli.STOPPED


# --- check


def test_check_says_that_every_law_holds(run: Said, house: Path) -> None:
    assert run("check", "--database", house, "--lang", "en") == 0
    assert (run.out.splitlines()[-1], run.err) == ("every invariant holds", "")
    assert run("check", "--database", house, "--lang", "zh_CN") == 0
    assert run.out.splitlines()[-1] == "各项核对全部成立"


def test_check_names_what_is_broken_and_ends_with_one(run: Said, house: Path) -> None:
    estate = at_home(open_house(house))
    estate.alter("1-101", buyer="谁")
    estate.alter("1-102", buyer="谁")
    estate.house.close()
    assert run("check", "--database", house, "--lang", "en") == 1
    assert "broken: grid = deals: a unit without a deal names none: 1-102" in run.out.splitlines()
    assert run.out.splitlines()[-1].endswith("invariants broken")


def test_check_works_on_a_server(run: Said, small_on_server: Estate) -> None:
    url = small_on_server.house.url.render_as_string(hide_password=False)
    assert run("check", "--database", url, "--project", "云栖花园") == 0


def test_a_command_means_the_database_opened_last(run: Said, house: Path) -> None:
    assert run("check", "--lang", "en") == 2
    assert run.err == "No database was opened here before. Name one: --database house.db\n"
    preferences.save(data_folder(), preferences.Preferences(database=str(house)))
    assert run("check", "--lang", "en") == 0


# --- backup, restore, migrate


def test_a_backup_is_made_checked_and_restored(run: Said, house: Path, tmp_path: Path) -> None:
    copy = tmp_path / "monday.db"
    assert run("backup", copy, "--database", house, "--lang", "en") == 0
    assert f"backed up to {copy}" in run.out
    estate = at_home(open_house(house))
    estate.subscribe("1-102")
    estate.house.close()
    assert run("restore", copy, "--database", house, "--lang", "en") == 0
    assert f"what stood there is kept as {house.with_name('house.before-1.db')}" in run.out
    estate = at_home(open_house(house))
    assert estate.state("1-102") is UnitState.FOR_SALE
    estate.house.close()


def test_a_backup_of_a_broken_house_is_kept_but_said_to_be_broken(run: Said, house: Path, tmp_path: Path) -> None:
    estate = at_home(open_house(house))
    estate.alter("1-102", buyer="谁")
    estate.house.close()
    assert run("backup", tmp_path / "monday.db", "--database", house, "--lang", "en") == 1
    assert "broken: grid = deals" in run.out
    assert (tmp_path / "monday.db").is_file()


def test_migrate_says_when_there_is_nothing_to_do(run: Said, house: Path) -> None:
    assert run("migrate", "--database", house, "--lang", "en") == 0
    assert "nothing to do" in run.out
    assert not house.with_name("house.before-1.db").exists()


# --- export


@pytest.mark.parametrize(("what", "rows"), [("units", 11), ("deals", 1), ("receipts", 1), ("kept", 0)])
def test_a_list_goes_into_a_workbook_and_into_the_history(
    run: Said, house: Path, tmp_path: Path, what: str, rows: int
) -> None:
    assert run("export", what, tmp_path / "list.xlsx", "--database", house, "--lang", "en") == 0
    assert run.out == f"{rows} {'row' if rows == 1 else 'rows'} written to {tmp_path / 'list.xlsx'}\n"
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "list.xlsx").read_bytes())).active
    assert sheet is not None
    found = [row for row in sheet.iter_rows(values_only=True) if any(row)]
    assert len(found) == 1 + rows + 1  # header, rows, who exported it when
    estate = at_home(open_house(house))
    (told,) = estate.told(Step.EXPORT)
    assert (told.subject, told.after, told.pc) == (what, {"rows": rows}, "command line")
    estate.house.close()


def test_a_hold_that_ran_out_is_exported_as_for_sale(run: Said, house: Path, tmp_path: Path) -> None:
    estate = at_home(open_house(house))
    estate.alter("1-102", state=int(UnitState.HELD), until=estate.now)
    estate.alter("1-103", flags=int(Flag.MORTGAGED))
    estate.house.close()
    run("export", "units", tmp_path / "list.xlsx", "--database", house, "--lang", "en")
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert sheet is not None
    said = {row[0]: row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert said["1-102"] == said["1-103"] != said["1-101"]


# --- papers


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        ("receipt", "A0000001", ("A0000001", "陈一帆", "贰万元整")), ("contract", "YX-1-101", ("YX-1-101", "陈一帆")),
        ("contract", "RG202600001", ("YX-1-101",)), ("subscription", "RG202600001", ("RG202600001", "陈一帆")),
        ("statement", "YX-1-101", ("对账函", "陈一帆")), ("cover", "RG202600001", ("卷内目录", "A0000001")),
        ("performance", "LX20260401-1", ("合同履行一览表", "LX20260401-1")), ("selection", "1-102", ("选房确认单",)),
        ("filing", "today", ("备案批次交接单", "YX-1-101")),
    ],
)  # fmt: skip
def test_a_paper_is_written_by_its_number(
    run: Said, house: Path, tmp_path: Path, kind: str, number: str, words: tuple[str, ...]
) -> None:
    pdf = tmp_path / "paper.pdf"
    assert run("paper", kind, number, "-o", pdf, "--database", house) == 0
    said = text_of(pdf).replace("\r\n", "")
    assert [word for word in words if word not in said] == []


def test_the_command_knows_every_paper_that_has_a_number() -> None:
    assert {*PAPERS, PaperKind.QUOTATION} == set(ISSUED)


def kept(house: Path) -> list[tuple[str, str, int, str, bytes]]:
    """What the archive of a house holds: kind, number, copy, reason, bytes."""
    with closing(sqlite3.connect(house)) as line:
        return line.execute("SELECT kind, number, copy, reason, pdf FROM paper ORDER BY id").fetchall()


def test_a_paper_that_leaves_by_a_command_is_kept_as_it_left(run: Said, house: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "contract.pdf"
    assert run("paper", "contract", "RG202600001", "-o", pdf, "--database", house) == 0
    assert kept(house) == [("contract", "YX-1-101", 1, "", pdf.read_bytes())]
    assert run("paper", "contract", "YX-1-101", "-o", tmp_path / "2.pdf", "--database", house, "--lang", "en") == 2
    assert "needs a reason" in run.err
    assert not (tmp_path / "2.pdf").exists()
    words = ("paper", "contract", "YX-1-101", "-o", tmp_path / "2.pdf", "--reason", "银行留存")
    assert run(*words, "--database", house) == 0
    assert [row[2:4] for row in kept(house)] == [(1, ""), (2, "银行留存")]
    assert "银行留存" in text_of(tmp_path / "2.pdf")
    assert kept(house)[1][4] == (tmp_path / "2.pdf").read_bytes()
    for number in ("YX-1-101", "RG202600001"):
        again = tmp_path / f"{number}.pdf"
        assert run("paper", "contract", number, "-o", again, "--database", house, "--as-printed") == 0
        assert again.read_bytes() == kept(house)[1][4]


def test_a_paper_for_a_place_that_cannot_be_written_never_left(run: Said, house: Path, tmp_path: Path) -> None:
    for place in (house, tmp_path, tmp_path / "away" / "contract.pdf"):
        assert run("paper", "contract", "YX-1-101", "-o", place, "--database", house) == 2
        assert run("export", "units", place, "--database", house) == 2
    assert kept(house) == []
    assert run("check", "--database", house, "--lang", "en") == 0


def test_a_registration_slip_is_written_by_its_number(run: Said, reception: Any, tmp_path: Path) -> None:
    reception.sign_in("a")
    done = reception.visit("陈一帆", "13800138000")
    url = reception.house.url.database
    reception.house.close()
    pdf = tmp_path / "slip.pdf"
    assert run("paper", "registration", f"V20260302-{done.visit}", "-o", pdf, "--database", url) == 0
    assert "陈一帆" in text_of(pdf)
    assert run("paper", "registration", "V20260302", "-o", pdf, "--database", url, "--lang", "en") == 2
    assert "V20260302" in run.err


def test_a_paper_is_given_again_as_it_was_printed(run: Said, house: Path, tmp_path: Path) -> None:
    estate = at_home(open_house(house))
    for copy, reason in ((b"%PDF first", ""), (b"%PDF second", "遗失")):
        asked = archive.PrintRequest(PaperKind.RECEIPT, "A0000001", "收据", copy, reason=reason)
        archive.keep(estate.desk(), asked, estate.later(seconds=1))
    estate.house.close()
    words = ("receipt", "A0000001", "-o", tmp_path / "old.pdf", "--database", house)
    assert run("paper", *words, "--as-printed") == 0
    assert (tmp_path / "old.pdf").read_bytes() == b"%PDF second"
    assert run("paper", "quotation", "ZY1", "-o", tmp_path / "old.pdf", "--database", house, "--lang", "en") == 2
    assert "There is no paper" in run.err


# --- import


def test_units_are_shown_before_they_are_written(run: Said, house: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "units.csv"
    sheet.write_text(SHEET, "utf-8")
    words = ("import", "units", sheet, "--database", house, "--lang", "en")
    assert run(*words, "--dry-run") == 0, run.err
    assert "2 units to make" in run.out
    assert "nothing was written" in run.out
    assert run(*words) == 0
    assert "2 units written" in run.out
    assert run(*words, "--dry-run") == 0
    assert "0 units to make, 0 to change, 2 the same" in run.out
    estate = at_home(open_house(house))
    assert estate.broken() == []
    estate.house.close()


def test_a_bad_row_is_named_and_nothing_is_written(run: Said, house: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "units.csv"
    sheet.write_text(SHEET + "2号楼,1单元,1,103,三室,viel,71.2,12100\n", "utf-8")
    words = ("import", "units", sheet, "--database", house, "--lang", "en")
    assert run(*words) == 1
    assert "viel" in run.err
    assert run(*words, "--leave-out-bad") == 0
    assert "2 units written" in run.out


def test_a_ledger_of_visits_is_imported(run: Said, house: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "visits.csv"
    ledger.write_text("来访日期,客户姓名,性别,联系电话,认知渠道,置业顾问\n2026-02-01,张三,男,13912345678,路过,林晓\n", "utf-8")
    assert run("import", "visits", ledger, "--database", house, "--lang", "en") == 0, run.err
    assert "1 visits and calls, 1 customers written" in run.out


# --- sentences instead of tracebacks


def test_what_cannot_be_done_is_a_sentence_with_its_remedy_and_ends_with_two(
    run: Said, house: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("Dear customer, " * 500)
    folder = tmp_path / "folder"
    folder.mkdir()
    hopeless: list[tuple[tuple[object, ...], str]] = [
        (("check", "--database", tmp_path / "none.db"), "There is no file"),
        (("check", "--database", letter), "is not a database of this program"),
        (("check", "--database", "mysql://host/name"), "cannot be read as database"),
        (("check", "--database", "postgresql://nobody@127.0.0.1:1/none"), "127.0.0.1 does not answer at port 1"),
        (("check", "--database", house, "--project", "梦想花园"), 'There is no project "梦想花园"'),
        (("backup", house, "--database", house), "it is the database itself"),
        (("backup", tmp_path / "b.dump", "--database", "postgresql://nobody@127.0.0.1:1/none"), "does not answer"),
        (("restore", letter, "--database", house), "is not a database of this program"),
        (("migrate", "--database", letter), "is not a database of this program"),
        (("export", "units", folder, "--database", house), "cannot be written"),
        (("paper", "receipt", "4711", "-o", tmp_path / "x.pdf", "--database", house), 'There is no receipt "4711"'),
        (("paper", "contract", "4711", "-o", tmp_path / "x.pdf", "--database", house), 'There is no deal "4711"'),
        (("import", "units", tmp_path / "none.xlsx", "--database", house), "none.xlsx"),
    ]
    for words, sentence in hopeless:
        assert run(*words, "--lang", "en") == 2, words
        assert sentence in run.err, words
        assert "Traceback" not in run.err
        assert run.err.count("\n") == 1
        assert run.out == ""


def test_a_database_in_use_is_not_replaced(run: Said, small: Estate, tmp_path: Path) -> None:
    path = small.house.url.database
    shutil.copyfile(str(path), tmp_path / "copy.db")
    assert small.state("1-101") is UnitState.FOR_SALE  # a desk has it open
    assert run("restore", tmp_path / "copy.db", "--database", path, "--lang", "en") == 2
    assert "another program has it open" in run.err


def test_what_the_user_stops_ends_as_shells_have_it(run: Said, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "run_check", stopped)
    assert run("check", "--database", house, "--lang", "en") == 130
    assert run.err == "Stopped; nothing was left half done.\n"


@pytest.mark.parametrize("words", [("chek",), ("restore",), ("export", "dogs", "x"), ("--nonsense",)])
def test_words_nobody_understands_are_answered_with_the_usage(run: Said, words: tuple[str, ...]) -> None:
    assert run(*words) == 2
    assert run.err.startswith("usage: salescenter")


# --- help


def subcommands() -> dict[str, ArgumentParser]:
    (commands,) = [action for action in cli.parser()._actions if action.dest == "command"]
    found: dict[str, ArgumentParser] = dict(commands.choices or {})
    return found


def test_every_command_has_a_page_that_says_what_it_does_and_needs() -> None:
    assert subcommands().keys() == cli.COMMANDS.keys() == cli.ABOUT.keys()
    for name, parser in subcommands().items():
        page = parser.format_help()
        assert ("--database URL" in page) is (name not in cli.TO_SERVER)
        said = [line for line in (parser.description or "").splitlines() if line]
        assert len(said) >= 2, name
        assert max(map(len, said)) <= 120
        assert all(action.help or action.dest == "file" for action in parser._actions), name


def test_every_example_of_the_help_is_understood() -> None:
    pages = [cli.parser().format_help(), *(parser.format_help() for parser in subcommands().values())]
    lines = [line.strip() for page in pages for line in page.splitlines() if line.startswith("  salescenter ")]
    examples = [shlex.split(line.partition("   ")[0])[1:] for line in lines]
    assert len(examples) >= 10
    for words in examples:
        cli.parser().parse_args(words)


@pytest.mark.parametrize(("words", "missing"), [(["--fresh"], "--demo"), (["--server", "postgresql://h/x"], "--tour")])
def test_an_option_that_goes_with_another_is_not_left_out_in_silence(run: Said, words: list[str], missing: str) -> None:
    assert run(*words) == 2
    assert f"goes with {missing}" in run.err


def test_the_program_starts_as_a_module_and_says_its_version() -> None:
    for command in ([sys.executable, "main.py", "--version"], [sys.executable, "-m", "salescenter.cli", "--version"]):
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stdout[:12]) == (0, "salescenter ")
