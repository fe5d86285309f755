"""The measuring itself is right: verdicts, pairs, tables, and a crash that does not pass for a figure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import __main__ as command
from bench import start
from bench.figure import Figure, table
from bench.timing import in_turns, percentile, ratio

FAKE = """
NAME = "fake"

def measure(size):
    if size == "full":
        raise RuntimeError("this one crashes")
    return [("first paint, ms", 22.0, 11.0, 2.0, 2.5), ("memory, MB", 30.0, None, None, 20.0)]
"""


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one bench of our own, in place of the real ones."""
    here = Path(command.__file__).parent
    folder = tmp_path / "bench"
    folder.mkdir()
    for file in ("__init__", "__main__", "figure", "machine"):
        (folder / f"{file}.py").write_text((here / f"{file}.py").read_text("utf-8"), "utf-8")
    (folder / "fake.py").write_text(FAKE, "utf-8")
    monkeypatch.setattr(command, "HERE", folder)
    return folder


@pytest.mark.parametrize(
    ("figure", "within"),
    [
        (Figure("a", 10, 10, 1.0, 1.0), True), (Figure("b", 1, 10, 1.01, 1.0), False),
        (Figure("c", 65, None, None, 65), True), (Figure("d", 66, 50, None, 65), False), (Figure("e", 5), None),
    ],
)
def test_the_limit_binds_the_ratio_or_else_the_value(figure: Figure, within: bool | None) -> None:
    assert figure.within is within


def test_a_table_stands_in_columns() -> None:
    rows = [Figure("first, ms", 1234.5, 4.0, 2.5, 3.0).cells("grid"), Figure("x", 0.0123).cells("deed")]
    assert table(rows).splitlines() == [
        "bench  what       measured  peer  ratio  limit",
        "grid   first, ms     1,234     4   2.5x  <= 3x  ok",
        "deed   x            0.0123",
    ]


def test_turns_are_taken_in_turns_and_the_warm_ones_left_out() -> None:
    done: list[str] = []
    taken = in_turns({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, rounds=2, warm=1)
    assert "".join(done) == "ababab"
    assert [len(times) for times in taken.values()] == [2, 2]


def test_a_busy_moment_that_slows_both_does_not_change_the_ratio() -> None:
    assert ratio([2.0, 20.0, 2.0], [1.0, 10.0, 1.0]) == 2.0


def test_percentiles_are_values_that_were_measured() -> None:
    assert [percentile([3.0, 1.0, 2.0], share) for share in (0, 0.5, 0.99, 1)] == [1.0, 2.0, 3.0, 3.0]


def test_benches_are_found_without_being_run(fake: Path) -> None:
    (fake / "broken.py").write_text('NAME = "broken"\nimport nothing_that_exists\n', "utf-8")
    assert command.benches() == {"broken": "bench.broken", "fake": "bench.fake"}


def test_figures_are_taken_in_a_process_of_their_own_and_written_down(fake: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bench", "fake", "--size", "small", "--json", "out.json"],
        cwd=fake.parent, check=True, capture_output=True, text=True,
    )
    assert "first paint, ms        22    11     2x  <= 2.5x  ok" in told.stdout
    assert "OVER" in told.stdout
    figures = json.loads((fake.parent / "out.json").read_text("utf-8"))["figures"]
    assert [(figure["value"], figure["within"]) for figure in figures] == [(22.0, True), (30.0, False)]


def test_a_bench_that_crashes_gives_no_figure(fake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.take("fake", "full") is None
    assert capsys.readouterr().err.startswith("fake: crashed (exit 1)")


def test_every_bench_has_a_name_of_its_own_and_can_be_measured() -> None:
    found = command.benches()
    assert "start" in found
    for module in found.values():
        source = (command.HERE.parent / f"{module.replace('.', '/')}.py").read_text("utf-8")
        assert "\ndef measure(size: str) -> " in source, module


def test_a_process_is_timed_to_its_first_line() -> None:
    run = start.start([sys.executable, "-c", "print('there', flush=True)"], dict(os.environ))
    assert run.seconds > 0
    assert run.said == "there"
    assert sys.platform == "win32" or run.memory > 1


def test_a_process_that_fails_is_no_measurement() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        start.start([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))


def test_the_start_is_compared_with_the_empty_window_pair_by_pair() -> None:
    runs = {
        "empty": [start.Run(0.1, 50.0)] * 3, "login": [start.Run(0.11, 60.0)] * 3, "grid": [start.Run(0.4, 90.0)] * 3,
        "typing": [start.Run(1.7, 99.0, "12.5"), start.Run(1.7, 99.0, "60.1")],
    }
    assert [figure.within for figure in start.figures(runs)] == [True, False, False, True, None]


def test_the_eye_on_the_opening_program_knows_the_page_it_waits_for() -> None:
    from salescenter.ui.login.page import LoginPage

    assert f'"{LoginPage.__name__}"' in (command.HERE / "opening.py").read_text("utf-8")
