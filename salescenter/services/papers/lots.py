"""Long lists of keys cut into lots that one question may name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_AT_ONCE = 500
"""Keys in one question: databases allow a few thousand in all."""


def in_lots(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    """Give the keys in their order, so many at a time."""
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
