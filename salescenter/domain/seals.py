"""Sealed history (封存): rows hashed in short blocks, each holding the hash of the block before."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

BLOCK = 500
"""Rows in one block at most: sealing takes a moment, and a block that is torn says where."""

FIRST = ""
"""What stands for the hash before the first block."""

MARK = 4
"""Bytes of a row's digest that are kept beside its number, so that a torn block can name the row."""

_NUMBER = 8  # bytes of a row's number

Digested = tuple[int, bytes]
"""A row's number, and the SHA-256 of what it says."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of the history sealed together.

    form: how their text was written (`data.sealing.FORMS`). first, last: the numbers it answers for, gaps included: a
    number nobody used stays unused. at: milliseconds since 1970 UTC. previous: hash of the block before. marks: each
    row's number and the beginning of its digest. hash: over all of these but the marks, and over the rows.
    """

    number: int
    form: int
    first: int
    last: int
    count: int
    at: int
    previous: str
    marks: bytes
    hash: str


class FlawKind(StrEnum):
    """What can be found to be wrong."""

    CHANGED = "changed"
    MOVED = "moved"
    MISSING = "missing"
    ADDED = "added"
    BLOCK_CHANGED = "block-changed"
    BLOCK_MISSING = "block-missing"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was sealed. number: the row's, or the block's; other: the row it was taken from;
    at: when the block was sealed, milliseconds since 1970 UTC.
    """

    kind: FlawKind
    number: int
    at: int
    other: int = 0


# --- the canonical text of a row: the one PostgreSQL's jsonb writes, so that a server can seal by itself


def digest(values: Sequence[Any]) -> bytes:
    """Return the SHA-256 of a row: its columns in the order of their form, the last two documents as their text."""
    *plain, before, after = values
    return hashlib.sha256(_written([*plain, _document(before), _document(after)]).encode()).digest()


def _document(text: str | None) -> Any:
    """What a document says, whatever the order of its keys; one jsonb could not hold counts as the text it is."""
    if text is None:
        return None
    if _DOUBTFUL.search(text) and not _is_sayable(text):
        return text
    try:
        return [_read(text)]
    except ValueError:  # somebody wrote into the file what is no document
        return text


_DOUBTFUL = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)


def _is_sayable(text: str) -> bool:
    """Say whether every escape means a character: no NUL, no half of a pair alone."""
    half = -1  # where the second half of a pair has to begin
    for found in _ESCAPE.finditer(text):
        code = int(found[1], 16) if found[1] else 0x20
        low = 0xDC00 <= code <= 0xDFFF
        if code == 0 or low != (half >= 0) or (low and found.start() != half):
            return False
        half = found.end() if 0xD800 <= code <= 0xDBFF else -1
    return half < 0


def _in_order(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """As jsonb keeps them: shorter keys first, of a key said twice the last."""
    return dict(sorted(dict(pairs).items(), key=lambda pair: _place(pair[0]))) if len(pairs) > 1 else dict(pairs)


@lru_cache(maxsize=4_096)
def _place(key: str) -> tuple[int, bytes]:
    said = key.encode()
    return len(said), said


_read = json.JSONDecoder(object_pairs_hook=_in_order, parse_float=Decimal).decode
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))
_whatever = json.JSONEncoder(ensure_ascii=False, default=repr)


def _written(value: Any) -> str:
    try:
        return _encoder.encode(value)
    except TypeError:  # a number with a fraction, or what only a hand in the file can have written
        return _spelled(value)


def _spelled(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value or abs(value):f}"
    if isinstance(value, list):
        return f"[{', '.join(map(_spelled, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_encoder.encode(key)}: {_spelled(one)}' for key, one in value.items())}}}"
    return _whatever.encode(value)


# --- blocks


def sealed(previous: Block | None, form: int, last: int, at: int, rows: Sequence[Digested]) -> Block:
    """Seal rows, in the order of their numbers, behind the block before; the new one answers up to `last`."""
    number, first = (previous.number + 1, previous.last + 1) if previous else (1, 1)
    bare = Block(number, form, first, last, len(rows), at, previous.hash if previous else FIRST, marks_of(rows), "")
    return replace(bare, hash=hash_of(bare, rows))


def marks_of(rows: Iterable[Digested]) -> bytes:
    """Return each row's number and the beginning of its digest."""
    return b"".join(number.to_bytes(_NUMBER, "big", signed=True) + said[:MARK] for number, said in rows)


def hash_of(block: Block, rows: Iterable[Digested]) -> str:
    """Return the hash a block must have if these are its rows."""
    head = [block.form, block.number, block.first, block.last, block.count, block.at, block.previous]
    whole = hashlib.sha256(_encoder.encode(head).encode())
    for number, said in rows:
        whole.update(number.to_bytes(_NUMBER, "big", signed=True) + said)
    return whole.hexdigest()


def code(block_hash: str) -> str:
    """Return the short code of a block as it is written on paper: 3F9A 12C4 77B0."""
    said = block_hash[:12].upper()
    return " ".join(said[at : at + 4] for at in range(0, len(said), 4))


def code_begins(written: str) -> str:
    """Return how the hash begins that a code on paper stands for, however it was written down; "" where it is none."""
    said = re.sub(r"[\s-]", "", written).lower()
    return said if re.fullmatch(r"[0-9a-f]{12,64}", said) else ""


# --- looking


def chain_flaws(previous: Block | None, block: Block) -> Iterator[Flaw]:
    """Give what is wrong between a block and the one that stands before it."""
    number, first, said = (previous.number + 1, previous.last + 1, previous.hash) if previous else (1, 1, FIRST)
    if block.number != number:
        yield from (Flaw(FlawKind.BLOCK_MISSING, gone, block.at) for gone in range(number, block.number))
    elif (block.first, block.previous) != (first, said):
        yield Flaw(FlawKind.BLOCK_CHANGED, block.number, block.at)


def row_flaws(block: Block, rows: Sequence[Digested]) -> Iterator[Flaw]:
    """Give what is wrong with a block whose rows, by their numbers, are these now."""
    if hash_of(block, rows) == block.hash:
        if marks_of(rows) != block.marks:
            yield Flaw(FlawKind.BLOCK_CHANGED, block.number, block.at)
        return
    found = list(_differences(block, rows))
    yield from found or [Flaw(FlawKind.BLOCK_CHANGED, block.number, block.at)]


def _differences(block: Block, rows: Sequence[Digested]) -> Iterator[Flaw]:
    was, now = dict(_marked(block.marks)), {number: said[:MARK] for number, said in rows}
    whose = {said: number for number, said in was.items()}
    for number in sorted(was.keys() | now.keys()):
        if number not in now:
            yield Flaw(FlawKind.MISSING, number, block.at)
        elif number not in was:
            yield Flaw(FlawKind.ADDED, number, block.at)
        elif was[number] != now[number]:
            other = whose.get(now[number], 0)
            yield Flaw(FlawKind.MOVED if other else FlawKind.CHANGED, number, block.at, other)


def _marked(marks: bytes) -> Iterator[Digested]:
    for at in range(0, len(marks), _NUMBER + MARK):
        yield int.from_bytes(marks[at : at + _NUMBER], "big", signed=True), marks[at + _NUMBER : at + _NUMBER + MARK]
