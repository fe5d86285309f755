"""Statements a server keeps prepared for a connection: what a desk says in every deed is read and planned once.

Reading and planning is two fifths of what a sale takes a server. A deed's message is many statements with the values
written into them, which the driver cannot prepare; so the statements a connection says again and again are prepared
here, by name, and the message says only the names and the values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from salescenter.data import phrases
from salescenter.data.server_clock import steady

OFTEN = 3
"""Said so often in works of one connection, a statement is worth preparing: not by a desk that sells once a day."""

ASKED_OFTEN = 5
"""So often for a question asked alone: screens ask many things a few times, and what takes a trip must pay for it."""

AT_ONCE = 10
"""So many are prepared before one deed, each with a trip of its own: a cashier waits some milliseconds, once."""

KEPT = 200
"""So many a connection keeps: a deed says some thirty. Each takes the server some tens of kilobytes."""

HEARD = 500
"""So many others are counted, then all anew: a text that differs each time is never said often."""

NEAR = 0.02
"""Seconds a look at the server may take; where it is further away, planning is none of what one waits for."""

_FIT = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
_HOLE = re.compile(r"%\((\w+)\)s((?:::[A-Z]+\b(?:\[\])?(?! WITH| PRECISION))?)")
"""A value's place, with the kind that is said of it."""


GONE = "26000"
"""What a server says that has forgotten a name: something between has changed the process at its end."""

_STALE = (GONE, "0A000")
"""Or that what it prepared no longer fits the tables."""


@dataclass(slots=True)
class Prepared:
    """What one connection has said how often, and what the server keeps of it under which name."""

    literal: phrases.Literal
    errors: type[Exception]  # what the driver raises
    said: Counter[str] = field(default_factory=Counter)  # in works
    asked: Counter[str] = field(default_factory=Counter)  # outside of them
    names: dict[str, str] = field(default_factory=dict)
    unfit: set[str] = field(default_factory=set)  # what the server reads only with its values in place
    way: float = float("inf")  # seconds the quickest message took there and back

    def spell(self, text: str, values: Mapping[str, Any]) -> str:
        """Write a statement of a work with its values: by its name where it has one."""
        if text in self.names:
            return self._by_name(text, values)
        _count(self.said, text)
        return phrases.spelled(self.literal, text, values)

    def _by_name(self, text: str, values: Mapping[str, Any]) -> str:
        literal = self.literal
        told = [literal(values[name]) + kind for name, kind in _form(text).places]
        return f"EXECUTE {self.names[text]}" + (f"({', '.join(told)})" if told else "")

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Learn from a message how far away the server is, and whether it still keeps what was prepared."""
        began = steady()
        try:
            yield
        except self.errors as trouble:
            if getattr(trouble, "sqlstate", None) in _STALE:
                self.forget()
            raise
        self.way = min(self.way, steady() - began)

    def catch_up(self, raw: Any) -> None:
        """Prepare what has been said often by now, before a work begins: nothing is open, nothing hangs on it.

        A connection that breaks here is left to what is said next, which tells it as it always does.
        """
        if self.way > NEAR:
            return
        ready = [text for text, times in self.said.items() if times >= OFTEN and self._fits(text)]
        for text in ready[:AT_ONCE]:
            self._prepare(raw, text)

    def ask(self, cursor: Any, text: str, values: Mapping[str, Any]) -> bool:
        """Ask something by its name, outside of any work; say whether that could be done."""
        if text not in self.names:
            if _count(self.asked, text) < ASKED_OFTEN or not self._fits(text) or (not values and "%" in text):
                return False  # without values the driver takes each percent sign as it stands
            self._prepare(cursor.connection, text)
        if text in self.names:
            try:
                with self.sending():
                    cursor.execute(self._by_name(text, values))
            except self.errors as trouble:
                if getattr(trouble, "sqlstate", None) not in _STALE:
                    raise
        return text in self.names

    def _fits(self, text: str) -> bool:
        return text not in self.unfit and len(self.names) < KEPT and bool(_FIT.match(text))

    def _prepare(self, raw: Any, text: str) -> None:
        name = f"said_{len(self.names) + len(self.unfit)}"
        try:
            raw.execute(f"PREPARE {name} AS {_form(text).text}").close()
        except self.errors:
            self.unfit.add(text)
        else:
            self.names[text] = name
        self.said.pop(text, 0)
        self.asked.pop(text, 0)

    def forget(self) -> None:
        """What the server keeps no longer fits: say everything in full."""
        self.unfit |= self.names.keys()
        self.names.clear()


def _count(counter: Counter[str], text: str) -> int:
    if len(counter) >= HEARD:
        counter.clear()
    counter[text] += 1
    return counter[text]


_kept: WeakKeyDictionary[Any, Prepared] = WeakKeyDictionary()


def prepared_on(raw: Any, driver: Any) -> Prepared:
    """Return what is prepared on a connection of the driver."""
    if raw not in _kept:
        _kept[raw] = Prepared(_literal(driver.adapt.Transformer(raw).as_literal), driver.Error)
    return _kept[raw]


def _literal(of_driver: Callable[[Any], bytes]) -> phrases.Literal:
    """Write whole numbers and nothing, four fifths of what a deed says, without the driver's search for what writes
    them."""

    def literal(value: Any) -> str:
        if type(value) is int:
            return str(value) if value >= 0 else f" {value}"  # a minus after a minus would begin a comment
        return "NULL" if value is None else of_driver(value).decode()

    return literal


@dataclass(frozen=True, slots=True)
class _Form:
    """A statement as it is prepared: its places numbered, and the name and kind of the value for each."""

    text: str
    places: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1_000)
def _form(text: str) -> _Form:
    kinds: dict[str, str] = {}
    for name, kind in _HOLE.findall(text):
        kinds[name] = kinds.get(name) or kind
    numbers = {name: f"${number}" for number, name in enumerate(kinds, start=1)}
    numbered = _HOLE.sub(lambda hole: numbers[hole[1]] + hole[2], text)
    return _Form(numbered.replace("%%", "%"), tuple(kinds.items()))
