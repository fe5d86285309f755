"""Taking times so that two things measured in one run can be compared: in turns, pair by pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from time import perf_counter

MS = 1e3
"""Milliseconds in a second."""


def timed(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """Do the work once; seconds it took."""
    began = clock()
    work()
    return clock() - began


def in_turns(
    works: Mapping[str, Callable[[], object]], rounds: int, warm: int = 1, clock: Callable[[], float] = perf_counter
) -> dict[str, list[float]]:
    """Do A B C, A B C, ... and return the seconds of each, the first `warm` rounds left out.

    With the clock `process_time` only what this process worked counts, not how long others kept it waiting.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + warm):
        for name, work in works.items():
            seconds = timed(work, clock)
            if turn >= warm:
                taken[name].append(seconds)
    return taken


def ratio(ours: Sequence[float], peers: Sequence[float]) -> float:
    """The median of the ratios of neighbours: what a busy moment does to both falls out."""
    return median(one / other for one, other in zip(ours, peers, strict=True))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0..1) of all values do not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, round(share * (len(ranked) - 1)))]
