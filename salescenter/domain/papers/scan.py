"""Scans of signed papers (签署件扫描): truly PDF, JPEG or PNG, whole, and with nothing in them that acts by itself."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import StrEnum

from salescenter.domain.papers.form_faults import StationeryUnreadable
from salescenter.domain.papers.overlay_file import picture_size
from salescenter.domain.papers.scan_faults import ScanRefused
from salescenter.domain.papers.scan_pdf import pages_of

MEGABYTE = 1_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_SCAN_BEGINS = b"\xda"
_COLOURS = (1, 3, 4)
"""Grey, red with green and blue, or the four inks of a printing house."""
_HEAD_WITHIN = 1024
"""Bytes before which a PDF says what it is (ISO 32000-1, annex H.3)."""


class ScanForm(StrEnum):
    """What a scan is, by its own first bytes and never by its name."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class ScanFile:
    """One file as it was chosen: its name without folders, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file turned out to be, and of how many pages; a picture is one."""

    form: ScanForm
    pages: int


def look(file: ScanFile) -> Looked:
    """Say what a scan is; refuses (`ScanRefused`: why) what is none, is not whole, or could act by itself."""
    data = file.data
    if data.startswith(_PNG):
        _demand(_is_whole_png(data), file, "cut-off")
        return Looked(ScanForm.PNG, 1)
    if data.startswith(_JPEG):
        _demand(_is_picture(data), file, "no-picture")
        _demand(_is_whole_jpeg(data), file, "cut-off")
        return Looked(ScanForm.JPEG, 1)
    _demand(b"%PDF-" in data[:_HEAD_WITHIN], file, "no-scan" if data else "empty")
    return Looked(ScanForm.PDF, pages_of(file.name, data))


def _demand(good: bool, file: ScanFile, why: str) -> None:
    if not good:
        raise ScanRefused(name=file.name, why=why)


def _is_picture(data: bytes) -> bool:
    try:
        return bool(picture_size(data, _COLOURS))
    except StationeryUnreadable:
        return False


def _is_whole_jpeg(data: bytes) -> bool:
    """Walk the segments to the picture (ITU T.81 B.1) and look for its end; telephones write on behind it."""
    at = 2
    while data[at:at + 1] == b"\xff" and data[at + 1:at + 2] != _SCAN_BEGINS:
        at += 2 + int.from_bytes(data[at + 2:at + 4])
    return data.find(b"\xff\xd9", at) > at


def _is_whole_png(data: bytes) -> bool:
    """Walk the chunks (ISO 15948): each with a good checksum, from the header to the end."""
    at, kinds = len(_PNG), []
    while at + 12 <= len(data):
        long = int.from_bytes(data[at:at + 4], "big")
        chunk, check = data[at + 4:at + 8 + long], data[at + 8 + long:at + 12 + long]
        if zlib.crc32(chunk).to_bytes(4, "big") != check:
            return False
        kinds.append(chunk[:4])
        if kinds[-1] == b"IEND":
            return kinds[0] == b"IHDR" and b"IDAT" in kinds
        at += 12 + long
    return False
