"""Opens the contract text of a city, a Word or a text file, as the text of a template."""

from __future__ import annotations

import re
from pathlib import Path

from salescenter.domain.papers.form_tables import tables_parted
from salescenter.domain.papers.whole_lines import whole_lines
from salescenter.domain.refusals import FormUnreadable
from salescenter.services.decoding import decoded
from salescenter.services.papers.word_file import word_lines

SUFFIXES = (".docx", ".txt")
LARGEST = 16 * 2**20
"""Bytes of a file: a contract of 25 pages has less than a hundredth of that, unless it is full of pictures."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\ufeff]")
_APART = re.compile(r"\n{3,}")


def open_form(path: Path) -> str:
    """Read .docx or text (UTF-8 or GB18030) by what the file is; refuses with FormUnreadable (path, why)."""
    try:
        if path.stat().st_size > LARGEST:
            raise FormUnreadable(path=str(path), why="too-large")
        data = path.read_bytes()
    except OSError as trouble:
        raise FormUnreadable(path=str(path), why="cannot-open") from trouble
    if data.startswith(_OLE):
        raise FormUnreadable(path=str(path), why="old-word")
    is_word = data.startswith(_ZIP)
    text = "\n".join(word_lines(path)) if is_word else _plain(path, data)
    text = _APART.sub("\n\n", _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip("\n")
    if not text.strip():
        raise FormUnreadable(path=str(path), why="empty")
    return (text if is_word else tables_parted(whole_lines(text))) + "\n"


def _plain(path: Path, data: bytes) -> str:
    text = decoded(data)
    if text is None or "\0" in text:
        raise FormUnreadable(path=str(path), why="encoding")
    return text
