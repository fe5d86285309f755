"""What the words of the screens are made of: sentences in the source, entries in the .po files, and .mo files."""

from __future__ import annotations

import ast
import gettext
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "salescenter"
CHINESE = ROOT / "resources" / "locale" / "zh_CN"

SAYS = frozenset({"tr", "mark"})
"""The functions of `salescenter.i18n` whose first argument is a sentence for people."""
COUNTS = frozenset({"trn", "markn"})
"""Those whose first two arguments are a sentence for one and for many."""
MARKS = frozenset({"mark", "markn"})
"""Those that say nothing yet: the place that says it decides the context."""

_FIELD = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr\[0\]|msgstr)?\s*"(.*)"$')
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in the source; `context` is None where the place that says it decides (`mark`).

    `many` is its plural where it counts (`trn`), else empty.
    """

    text: str
    context: str | None
    place: str
    many: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a .po file; `context` is empty where it has none, `many` where it does not count.

    Chinese knows one form for all numbers: `said` is `msgstr`, or `msgstr[0]` of what counts.
    """

    text: str
    context: str
    said: str
    fuzzy: bool
    place: str
    many: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What gettext looks up."""
        return self.text, self.context


def sentences(folder: Path = SOURCE) -> Iterator[Sentence]:
    """Find every `tr`, `trn`, `mark` and `markn` with literals in the Python files under a folder."""
    for file in sorted(folder.rglob("*.py")):
        place = file.relative_to(folder.parent).as_posix()
        yield from sentences_in(file.read_text("utf-8"), place)


def sentences_in(source: str, place: str) -> Iterator[Sentence]:
    """Find the sentences of one file; raises ValueError for an f-string, which no catalogue can hold."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or _name(node.func) not in SAYS | COUNTS or not node.args:
            continue
        where = f"{place}:{node.lineno}"
        context = None if _name(node.func) in MARKS else _context(node)
        for text, many in _said_by(node, where):
            yield Sentence(text, context, where, many)


def _said_by(call: ast.Call, where: str) -> Iterator[tuple[str, str]]:
    if _name(call.func) in SAYS:
        return ((text, "") for text in _literals(call.args[0], where))
    if isinstance(call.args[0], ast.Starred):
        return iter(())  # a constant marked elsewhere
    ones, manys = (list(_literals(arg, where)) for arg in (*call.args, ast.Constant(None))[:2])
    if len(ones) != len(manys):
        raise ValueError(f"{where}: a sentence that counts is two literals, for one and for many")
    return zip(ones, manys, strict=True)


def entries(file: Path) -> list[Entry]:
    """Read a .po file as it stands, with entries that gettext would silently merge; the header is left out."""
    found: list[Entry] = []
    for number, block in _blocks(file.read_text("utf-8")):
        parts = {"msgctxt": "", "msgid": "", "msgid_plural": "", "msgstr": "", "msgstr[0]": ""}
        field = ""
        for line in block:
            if match := _FIELD.match(line):
                field = match[1] or field
                parts[field] += ast.literal_eval(f'"{match[2]}"')
        if parts["msgid"]:
            fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in block)
            place = f"{file.name}:{number}"
            said = parts["msgstr[0]" if parts["msgid_plural"] else "msgstr"]
            found.append(Entry(parts["msgid"], parts["msgctxt"], said, fuzzy, place, parts["msgid_plural"]))
    return found


def all_entries(folder: Path = CHINESE) -> list[Entry]:
    """Read every .po file of a language."""
    return [entry for file in sorted(folder.glob("*.po")) for entry in entries(file)]


def compiled(file: Path) -> bytes:
    """Compile a .po file; the same entries give the same bytes, whatever the day."""
    catalogue = Catalog(locale="zh_CN", charset="utf-8", fuzzy=False, creation_date=_LONG_AGO, revision_date=_LONG_AGO)
    for entry in entries(file):
        if entry.said and not entry.fuzzy:
            text, said = ((entry.text, entry.many), (entry.said,)) if entry.many else (entry.text, entry.said)
            catalogue.add(text, said, context=entry.context or None)
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def contents(mo: bytes) -> dict[object, str]:
    """Return what a compiled catalogue says, without its header; what counts stands under (sentence, 0)."""
    said: dict[object, str] = gettext.GNUTranslations(io.BytesIO(mo))._catalog  # type: ignore[attr-defined]
    return {text: word for text, word in said.items() if text}


def unsaid(said: Iterable[Sentence], known: Iterable[Entry]) -> list[Sentence]:
    """Return the sentences that no catalogue translates."""
    keys = {(*entry.key, entry.many) for entry in known if entry.said and not entry.fuzzy}
    anywhere = {(text, None, many) for text, _, many in keys}
    return [s for s in said if (s.text, s.context, s.many) not in keys | anywhere]


def spoken_of(folder: Path = SOURCE) -> frozenset[str]:
    """Return every string in the Python files under a folder: a sentence may wait in a table for its `tr`."""
    trees = (ast.parse(file.read_text("utf-8")) for file in folder.rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def obsolete(known: Iterable[Entry], there: frozenset[str]) -> list[Entry]:
    """Return the entries whose sentence stands nowhere in the source any more."""
    return [entry for entry in known if not {entry.text, entry.many} - {""} <= there]


def places(text: str) -> set[str]:
    """Return the names in braces that a sentence wants filled."""
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(text) if name is not None}


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    start = 1
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip() and not line.startswith("#~"):
            start = start if block else number
            block.append(line.strip())
        elif block:
            yield start, block
            block = []


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def _context(call: ast.Call) -> str | None:
    for word in call.keywords:
        if word.arg == "context":
            return str(word.value.value) if isinstance(word.value, ast.Constant) else None
    return ""


def _literals(said: ast.expr, where: str) -> Iterator[str]:
    match said:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _literals(one, where)
            yield from _literals(other, where)
        case ast.JoinedStr() | ast.BinOp():
            raise ValueError(f"{where}: a sentence is one literal with {{names}} in it, never put together")
        case _:
            return  # a constant marked elsewhere
