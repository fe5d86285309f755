"""The language of paper templates: text with fields, choices and conditions; no code, no files, no surprises.

    {{总价大写}}                      a field; where it has nothing to say it is struck with ×
    {{总价?按套计价}}                 a field said only where the condition holds, else struck with ×
    {{#if 贷款}} ... {{#else}} ... {{/if}}   said only where the field says something; also `!贷款`, `付款方式=分期`
    {{#each 买受人}} ... {{/each}}     said once for each entry; {{序号}} counts them
    【{{?贷款}}】                     a choice: 【√】 or 【×】
    {{@付款计划}}                     a table or block, alone on its line
    ______                          a blank of the form that nothing fills: struck with ×
    {{~8}}                          a blank to be written by hand, eight letters wide
    {{~□}}                          a box to be ticked by hand
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from salescenter.domain.refusals import TemplateFaulty

Record = Mapping[str, str | bool]
Value = str | bool | Sequence[Record]

TICK, CROSS, BOX = "√", "×", "□"
COUNTER = "序号"

_TAG = re.compile(r"\{\{(?P<tag>[^{}\n]*)\}\}|(?P<blank>_{3,})")
_NAME = r"[^\W\d][\w·]*"
_CONDITION = re.compile(rf"(?P<no>!?)\s*(?P<name>{_NAME})\s*(?:=\s*(?P<value>[^\s=]+))?")
_FIELD = re.compile(rf"(?P<name>{_NAME})(?:\?(?P<when>.+))?")
_COUNTED = r"[%％‰]|号?楼|单元|[幢栋座层室]|号(?![^\W\d_])"
_UNIT = re.compile(rf"[元圆][整正]?|[整正](?![^\W\d_])|{_COUNTED}")
_ENDED, _COUNTING = re.compile(r"[元圆角分][整正]?$"), re.compile(rf"\s*(?:{_COUNTED})$")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template and where: line and column count from 1."""

    line: int
    column: int
    code: str       # unknown-field, unknown-block, unreadable, not-closed, closes-nothing, not-a-list
    what: str


@dataclass(frozen=True, slots=True)
class _Condition:
    name: str
    value: str | None
    no: bool

    def holds(self, scope: Mapping[str, Value]) -> bool:
        found = scope.get(self.name, "")
        met = bool(found) if self.value is None else found == self.value
        return met is not self.no


@dataclass(frozen=True, slots=True)
class _Text:
    text: str


@dataclass(frozen=True, slots=True)
class _Blank:
    wide: int       # 0: struck with ×


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    at: int
    head: bool      # 人民币 is printed before it
    tail: str       # 元整, % or 号楼 is printed after it
    when: _Condition | None = None


@dataclass(frozen=True, slots=True)
class _Choice:
    condition: _Condition
    at: int


@dataclass(frozen=True, slots=True)
class _Block:
    name: str
    at: int


@dataclass(frozen=True, slots=True)
class _If:
    condition: _Condition
    then: tuple[Node, ...]
    other: tuple[Node, ...]
    at: int


@dataclass(frozen=True, slots=True)
class _Each:
    name: str
    body: tuple[Node, ...]
    at: int


Node = _Text | _Blank | _Field | _Choice | _Block | _If | _Each


@dataclass(frozen=True, slots=True)
class Template:
    """A template read once: its nodes, and where its lines begin."""

    nodes: tuple[Node, ...]
    lines: tuple[int, ...]

    def where(self, at: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset."""
        line = bisect_right(self.lines, at)
        return line, at - self.lines[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the filled text: what it says, which letters were filled in, or the block that stands there."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    block: str = ""


@lru_cache(maxsize=64)
def read_template(text: str) -> Template:
    """Read a template; raises TemplateFaulty (faults) naming each place that cannot be read."""
    lines = (0, *(found.end() for found in re.finditer("\n", text)))
    reader = _Reader(text, Template((), lines))
    nodes = reader.nodes()
    if reader.faults:
        raise TemplateFaulty(faults=tuple(reader.faults))
    return Template(nodes, lines)


def faults_in(text: str, fields: Mapping[str, Sequence[str]], blocks: Sequence[str]) -> tuple[Fault, ...]:
    """Check a template against the fields there are; nothing found is a good template.

    `fields` maps a field to the fields of its entries, empty for one that is not a list.
    """
    try:
        template = read_template(text)
    except TemplateFaulty as refused:
        found = refused.details["faults"]
        return found if isinstance(found, tuple) else ()
    return tuple(_unknown(template, template.nodes, fields, frozenset(fields), frozenset(blocks)))


def fill(template: Template, values: Mapping[str, Value]) -> list[Said]:
    """Fill a template; every line of the result is a paragraph or a block. A field that is absent is struck."""
    writer = _Writer()
    writer.write(template.nodes, values)
    return writer.lines()


def left_empty(template: Template, values: Mapping[str, Value], needed: Sequence[str]) -> tuple[str, ...]:
    """Return the needed fields that this template would print but these values leave empty, in order."""
    empty = [name for name, found in _asked(template.nodes, values) if name in needed and not found]
    return tuple(dict.fromkeys(empty))


def places(template: Template, values: Mapping[str, Value]) -> dict[str, bool]:
    """Return what has a place in the text of these values (fields, choices, blocks as @付款计划), and is it answered.

    A field that stands there for several entries is answered where each of them answers it; a choice and a block
    always are.
    """
    found: dict[str, bool] = {}
    for name, answer in _asked(template.nodes, values):
        found[name] = found.get(name, True) and bool(answer)
    return found


class _Reader:
    """Reads nodes off a text from left to right, collecting what it cannot read."""

    def __init__(self, text: str, places: Template) -> None:
        self.faults: list[Fault] = []
        self._places = places
        self._stack: list[tuple[str, int, _Condition | str, list[Node], list[Node] | None]] = []
        self._nodes: list[Node] = []
        self._text = text

    def nodes(self) -> tuple[Node, ...]:
        at = 0
        for found in _TAG.finditer(self._text):
            self._literal(self._text[at:found.start()])
            at = self._tag(found)
        self._literal(self._text[at:])
        for word, start, *_ in self._stack:
            self._fault(start, "not-closed", word)
        return tuple(self._nodes)

    def _literal(self, text: str) -> None:
        last = self._nodes[-1] if self._nodes else None
        unit = _UNIT.match(text)
        if unit and isinstance(last, _Field) and not last.tail:
            self._nodes[-1] = replace(last, tail=unit[0])
            text = text[unit.end():]
        if text:
            self._nodes.append(_Text(text))

    def _tag(self, found: re.Match[str]) -> int:
        """Read one tag; return where the text goes on (a tag of order, alone on its line, takes the line)."""
        if found["blank"]:
            self._nodes.append(_Blank(0))
            return found.end()
        tag = found["tag"].strip()
        self._order(tag, found.start())
        return self._after_line(found) if tag[:1] in ("#", "/", "@") else found.end()

    def _after_line(self, found: re.Match[str]) -> int:
        start = self._text.rfind("\n", 0, found.start()) + 1
        end = self._text.find("\n", found.end())
        end = len(self._text) if end < 0 else end + 1
        alone = not self._text[start:found.start()].strip() and not self._text[found.end():end].strip()
        return end if alone else found.end()

    def _order(self, tag: str, at: int) -> None:
        for mark, deed in (("#if ", self._if), ("#each ", self._each), ("?", self._choice), ("@", self._block)):
            if tag.startswith(mark):
                deed(tag.removeprefix(mark).strip(), at)
                return
        if tag in ("/if", "/each"):
            self._close(tag[1:], at)
        elif tag == "#else":
            self._else(at)
        elif tag.startswith("~") and tag[1:].isdecimal():
            self._nodes.append(_Blank(int(tag[1:])))
        elif tag == f"~{BOX}":
            self._nodes.append(_Text(BOX))
        elif found := _FIELD.fullmatch(tag):
            self._field(found, at)
        else:
            self._fault(at, "unreadable", tag)

    def _field(self, found: re.Match[str], at: int) -> None:
        before = self._nodes[-1] if self._nodes else None
        printed = isinstance(before, _Text) and before.text.endswith("人民币")
        when = self._condition(found["when"], at) if found["when"] else None
        self._nodes.append(_Field(found["name"], at, printed, "", when))

    def _condition(self, said: str, at: int) -> _Condition:
        found = _CONDITION.fullmatch(said)
        if not found:
            self._fault(at, "unreadable", said)
            return _Condition("", None, no=False)
        return _Condition(found["name"], found["value"], bool(found["no"]))

    def _if(self, said: str, at: int) -> None:
        self._open("if", at, self._condition(said, at))

    def _each(self, said: str, at: int) -> None:
        if not re.fullmatch(_NAME, said):
            self._fault(at, "unreadable", said)
        self._open("each", at, said)

    def _choice(self, said: str, at: int) -> None:
        self._nodes.append(_Choice(self._condition(said, at), at))

    def _block(self, said: str, at: int) -> None:
        self._nodes.append(_Block(said, at))

    def _open(self, word: str, at: int, subject: _Condition | str) -> None:
        self._stack.append((word, at, subject, self._nodes, None))
        self._nodes = []

    def _else(self, at: int) -> None:
        if not self._stack or self._stack[-1][0] != "if" or self._stack[-1][4] is not None:
            self._fault(at, "closes-nothing", "#else")
            return
        word, start, subject, outer, _ = self._stack.pop()
        self._stack.append((word, start, subject, outer, self._nodes))
        self._nodes = []

    def _close(self, word: str, at: int) -> None:
        if not self._stack or self._stack[-1][0] != word:
            self._fault(at, "closes-nothing", f"/{word}")
            return
        _, start, subject, outer, then = self._stack.pop()
        inner, self._nodes = tuple(self._nodes), outer
        if isinstance(subject, str):
            outer.append(_Each(subject, inner, start))
        elif then is None:
            outer.append(_If(subject, inner, (), start))
        else:
            outer.append(_If(subject, tuple(then), inner, start))

    def _fault(self, at: int, code: str, what: str) -> None:
        self.faults.append(Fault(*self._places.where(at), code, what))


class _Writer:
    """Writes a filled text and remembers which letters were filled in."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[tuple[int, int]] = []
        self._blocks: dict[int, str] = {}

    def write(self, nodes: Sequence[Node], scope: Mapping[str, Value]) -> None:
        for node in nodes:
            match node:
                case _Text(text):
                    self._put(text)
                case _Field():
                    self._field(node, scope)
                case _Blank(wide):
                    self._put("\u3000" * wide or CROSS, mark=True)
                case _Choice(condition):
                    self._put(TICK if condition.holds(scope) else CROSS)
                case _Block(name):
                    self._blocks[self._length] = name
                    self._put("\n")
                case _If(condition, then, other):
                    self.write(then if condition.holds(scope) else other, scope)
                case _Each(name, body):
                    for count, record in enumerate(_entries(scope.get(name)), start=1):
                        self.write(body, {**scope, **record, COUNTER: str(count)})

    def lines(self) -> list[Said]:
        text, out, start = "".join(self._pieces), [], 0
        marks = iter((*self._marks, (len(text) + 1, 0)))
        mark = next(marks)
        for line in text.split("\n"):
            end, here = start + len(line), []
            while mark[0] < end:
                here.append((mark[0] - start, min(mark[1], end) - start))
                mark = next(marks)
            out.append(Said(line, tuple(here), self._blocks.get(start, "")))
            start = end + 1
        return out

    def _field(self, node: _Field, scope: Mapping[str, Value]) -> None:
        found = "" if node.when and not node.when.holds(scope) else scope.get(node.name, "")
        said = found.strip(" \t\r\n") if isinstance(found, str) else ""  # \u3000 is room for the pen
        if node.head:
            said = said.removeprefix("人民币")
        said = _COUNTING.sub("", said) if _COUNTING.match(node.tail) else said
        ended = _ENDED.search(said) is not None
        self._put(said.replace("\n", " ") or CROSS, mark=node.name != COUNTER)
        self._put("" if node.tail and ended else node.tail)

    def _put(self, text: str, *, mark: bool = False) -> None:
        if mark:
            self._marks.append((self._length, self._length + len(text)))
        self._pieces.append(text)
        self._length += len(text)


def _entries(found: Value | None) -> Sequence[Record]:
    return () if found is None or isinstance(found, (str, bool)) else found


def _asked(nodes: Sequence[Node], scope: Mapping[str, Value]) -> Iterator[tuple[str, Value | None]]:
    for node in nodes:
        match node:
            case _Field(name, when=when) if when is None or when.holds(scope):
                yield name, scope.get(name)
            case _Choice(condition):
                yield condition.name, True
            case _Block(name):
                yield f"@{name}", True
            case _If(condition, then, other):
                yield from _asked(then if condition.holds(scope) else other, scope)
            case _Each(name, body):
                yield name, scope.get(name)
                for record in _entries(scope.get(name)):
                    yield from _asked(body, {**scope, **record})


def _unknown(template: Template, nodes: Sequence[Node], fields: Mapping[str, Sequence[str]],
             known: frozenset[str], blocks: frozenset[str]) -> Iterator[Fault]:
    for node in nodes:
        match node:
            case _Field(name, at, when=when):
                asked = (name, *([when.name] if when else ()))
                yield from (Fault(*template.where(at), "unknown-field", one) for one in asked if one not in known)
            case _Choice(condition, at) if condition.name not in known:
                yield Fault(*template.where(at), "unknown-field", condition.name)
            case _Block(name, at) if name not in blocks:
                yield Fault(*template.where(at), "unknown-block", name)
            case _If(condition, then, other, at):
                if condition.name not in known:
                    yield Fault(*template.where(at), "unknown-field", condition.name)
                yield from _unknown(template, (*then, *other), fields, known, blocks)
            case _Each(name, body, at):
                if not fields.get(name):
                    yield Fault(*template.where(at), "not-a-list", name)
                yield from _unknown(template, body, fields, known | {*fields.get(name, ()), COUNTER}, blocks)
