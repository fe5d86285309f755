"""Covers and labels of the archive (装订封面, 档案标签): whose file it is, what lies in it, where it is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salescenter.domain.papers.head import Head


@dataclass(frozen=True, slots=True)
class Filed:
    """One paper in a file (卷内文件): what it is called, its number and day, where it begins, what is to be noted."""

    name: str
    number: str
    day: date | None = None
    page: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CoverPaper:
    """The cover of a deal's file, with its list of contents behind it."""

    head: Head
    room: str
    buyers: str
    contract: str               # 合同编号
    facts: tuple[tuple[str, str], ...]
    contents: tuple[Filed, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says; `days` is when the file begins and ends."""

    room: str
    buyers: str
    contract: str
    days: str


@dataclass(frozen=True, slots=True)
class LabelsPaper:
    """A sheet of labels, to be cut or on sheets of labels of 70 x 37 mm."""

    head: Head
    labels: tuple[Label, ...]
