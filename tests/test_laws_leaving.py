"""Laws of what leaves the house: every door is known, and each tells the history before it lets anything out."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "salescenter"

DOOR = re.compile(r"write_file\(|sending\.send\(|house\.send\(|clipboard\(\)|getSaveFileName\(|\.write_bytes\(|\.write_text\(")
"""Whatever puts data where the house does not reach: a file, a printer, the clipboard."""

TOLD = {
    "commands/exporting.py": ("export(", "keeper.keep(", "take_out("),
    "services/printing/again.py": ("tell_left(",),
    "ui/floorplan/handing_out.py": ("tell_left(",),
    "ui/kit/keep_list.py": ("export(",),
    "ui/kit/preview.py": ("issuing.send(",),
    "ui/papers/paper_card.py": ("archive.take_out(",),
    "ui/papers/whole_file.py": ("record_file(",),
    "ui/reports/exporting.py": ("record_export(",),
}
"""Doors for data of customers and figures, and what tells the history there."""

NO_DATA = {
    "services/files.py": "writes what the doors give it",
    "services/server/door.py": "names of the house's own people",
    "tour/album.py": "pictures of the sample",
    "tour/robot.py": "the empty form of a city and the names of its own files, as if copied",
    "ui/floorplan/menus.py": "a room number",
    "ui/kit/crash_report.py": "what the program itself says of a fault",
    "ui/kit/drafts.py": "the user's own folder",
    "ui/kit/sending.py": "what the preview has told of",
    "ui/kit/preferences.py": "the user's own folder",
    "ui/settings/stationery.py": "where fields stand on an empty form, and its scan",
    "ui/kit/record_table.py": "rows as this person sees them, masked for their role; by hand, row by row",
}


def _doors() -> dict[str, str]:
    files = {file: file.read_text("utf-8") for file in sorted(SOURCE.rglob("*.py"))}
    return {
        file.relative_to(SOURCE).as_posix(): text
        for file, text in files.items()
        if DOOR.search(re.sub(r"def (write_file)\(", "", text))
    }


def test_every_door_that_lets_data_out_is_known() -> None:
    assert set(_doors()) - {*TOLD, *NO_DATA} == set()


def test_every_door_tells_the_history_what_it_lets_out() -> None:
    doors = _doors()
    assert [name for name, ways in TOLD.items() if not all(way in doors[name] for way in ways)] == []


def test_nothing_is_excused_that_is_no_door() -> None:
    doors = _doors()
    assert [name for name in (*TOLD, *NO_DATA) if name not in doors] == []


def test_the_sentence_of_the_watermark_stands_in_one_place() -> None:
    holders = [file for file in SOURCE.rglob("*.py") if '"Exported by {who}' in file.read_text("utf-8")]
    assert [file.name for file in holders] == ["watermark_words.py"]
