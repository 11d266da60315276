"""Two sides measured side by side: in turns in the same process, so that whatever else the machine does meets both."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Side = Callable[[int], float]
"""Does the work of one person, by number, and gives the CPU seconds that it took."""


@dataclass(frozen=True)
class Compared:
    """Medians in CPU milliseconds, and how the first side's compares with the second's."""

    first: float
    second: float

    @property
    def ratio(self) -> float:
        return self.first / self.second


def in_turns(first: Side, second: Side, people: int, warm_up: int = 3) -> Compared:
    """Every person on both sides, the side that goes first changing each time. The first few do not count."""
    took: tuple[list[float], list[float]] = ([], [])
    for person in range(warm_up + people):
        order = ((0, first), (1, second)) if person % 2 else ((1, second), (0, first))
        for side, work in order:
            seconds = work(person)
            if person >= warm_up:
                took[side].append(seconds * 1000)
    return Compared(*(middle(times) for times in took))


def middle(numbers: Sequence[float]) -> float:
    return statistics.median(numbers)
