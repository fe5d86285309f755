"""The language of print services (IPP, RFC 8010 and 8011): questions and answers as bytes, as far as jobs need it."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

VERSION = b"\x02\x00"


class Operation(IntEnum):
    """What a print service is asked to do (RFC 8011, 5.4.15; CUPS)."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    PAUSE_PRINTER = 0x0010
    RESUME_PRINTER = 0x0011
    CUPS_GET_DEFAULT = 0x4001
    CUPS_GET_PRINTERS = 0x4002
    CUPS_DELETE_PRINTER = 0x4004


class Group(IntEnum):
    """Whose attributes follow."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04


class Tag(IntEnum):
    """What kind of value follows (RFC 8010, 3.5.2)."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RANGE = 0x33
    BEGIN_COLLECTION = 0x34
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    MEMBER = 0x4A


Value = bool | int | str | bytes
Values = dict[str, list[Value]]
"""Attributes of an answer by name; a member of a collection by the collection's name, a dot and its own."""

Members = Mapping[str, "tuple[Tag, Value | Members]"]
"""A collection that is asked for: each member with its tag."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attribute of a question: its tag and its values, or the members of a collection."""

    tag: Tag
    values: tuple[Value | Members, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its attributes in their order; `file` follows them."""

    operation: Operation
    about: Mapping[str, Said]
    job: Mapping[str, Said] = field(default_factory=dict)
    file: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service answered: its status (below 0x0100 is good), its words, the jobs or printers it tells of."""

    status: int
    words: str
    found: tuple[Values, ...]

    @property
    def good(self) -> bool:
        """Say whether it was done."""
        return self.status < 0x0100


def said(tag: Tag, *values: Value | Members) -> Said:
    """Say an attribute."""
    return Said(tag, values)


def written(question: Question) -> bytes:
    """Write a question down."""
    out = bytearray(VERSION + struct.pack(">HI", question.operation, 1))
    opening = {
        "attributes-charset": said(Tag.CHARSET, "utf-8"), "attributes-natural-language": said(Tag.LANGUAGE, "en"),
    }  # fmt: skip
    for group, attributes in ((Group.OPERATION, {**opening, **question.about}), (Group.JOB, question.job)):
        if attributes:
            out.append(group)
        for name, attribute in attributes.items():
            for at, value in enumerate(attribute.values):
                out += _value(attribute.tag, "" if at else name, value)
    out.append(Group.END)
    return bytes(out) + question.file


def _value(tag: Tag, name: str, value: Value | Members) -> bytes:
    if isinstance(value, Mapping):
        inside = b"".join(
            _field(Tag.MEMBER, "", member.encode()) + _value(kind, "", of_it) for member, (kind, of_it) in value.items()
        )
        return _field(Tag.BEGIN_COLLECTION, name, b"") + inside + _field(Tag.END_COLLECTION, "", b"")
    return _field(tag, name, _plain(tag, value))


def _plain(tag: Tag, value: Value) -> bytes:
    if tag is Tag.BOOLEAN:
        return b"\x01" if value else b"\x00"
    if isinstance(value, int):
        return struct.pack(">i", value)
    return value if isinstance(value, bytes) else value.encode()


def _field(tag: Tag, name: str, value: bytes) -> bytes:
    called = name.encode()
    return struct.pack(">BH", tag, len(called)) + called + struct.pack(">H", len(value)) + value


def read(answer: bytes) -> Answer:
    """Read an answer; raises ValueError for what is none."""
    if len(answer) < 8:
        raise ValueError("too short for an answer")
    (status,) = struct.unpack(">H", answer[2:4])
    groups: list[tuple[int, Values]] = []
    inside: list[str] = []
    name = ""  # the attribute being read; `inside`: the collections it is in
    for tag, called, value in _fields(answer, groups):
        if tag == Tag.END_COLLECTION:
            if inside:
                name = inside.pop()
        elif tag == Tag.MEMBER:
            name = f"{inside[-1]}.{value.decode()}" if inside else value.decode()
        else:
            name = called or name
            if tag == Tag.BEGIN_COLLECTION:
                inside.append(name)
            else:
                groups[-1][1].setdefault(name, []).append(_read_value(tag, value))
    words = next((str(found["status-message"][0]) for kind, found in groups if "status-message" in found), "")
    return Answer(status, words, tuple(found for kind, found in groups if kind in (Group.JOB, Group.PRINTER)))


def _fields(answer: bytes, groups: list[tuple[int, Values]]) -> Iterator[tuple[int, str, bytes]]:
    """Give every field in its order; a new group is begun in `groups` before its first."""
    at = 8
    try:
        while (tag := answer[at]) != Group.END:
            at += 1
            if tag < 0x10:
                groups.append((tag, {}))
                continue
            (long,) = struct.unpack_from(">H", answer, at)
            called = answer[at + 2 : at + 2 + long].decode()
            at += 2 + long
            (long,) = struct.unpack_from(">H", answer, at)
            yield tag, called, answer[at + 2 : at + 2 + long]
            at += 2 + long
    except (IndexError, struct.error) as broken:
        raise ValueError("the answer ends in the middle") from broken


def _read_value(tag: int, value: bytes) -> Value:
    if tag in (Tag.INTEGER, Tag.ENUM) and len(value) == 4:
        return int(struct.unpack(">i", value)[0])
    if tag == Tag.BOOLEAN:
        return value == b"\x01"
    return value.decode(errors="replace") if tag >= Tag.TEXT else value
