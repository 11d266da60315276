"""A reader who puts all shown tables together and works out what the hidden numbers can be.

Made without the code it is held against. `outside` narrows each number by every sum until nothing moves: it surely lies
in there. `inside` holds a number possible only once a whole world with that very number has been found.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

Name = Hashable
Domains = dict[Name, tuple[int, int]]

MOST_STEPS = 20_000
"""Tries in the search for one world."""


@dataclass(frozen=True)
class Sum:
    """The numbers `parts`, each times its factor, add up to something from `low` to `high`."""

    parts: tuple[tuple[Name, int], ...]
    low: int
    high: int


@dataclass
class Knowledge:
    """What a reader knows: the least and the most of each number, and sums."""

    domains: Domains = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    sums_of: dict[Name, list[int]] = field(default_factory=dict)
    met: Domains = field(default_factory=dict)
    """The least and the most of each number in the worlds found so far, the true one first."""
    steps: int = 0

    def number(self, name: Name, low: int, high: int) -> None:
        before = self.domains.get(name, (low, high))
        self.domains[name] = max(before[0], low), min(before[1], high)

    def adds_up(self, parts: Iterable[Name], to: Name) -> None:
        self.lies_between([*((part, 1) for part in parts), (to, -1)], 0, 0)

    def lies_between(self, parts: Iterable[tuple[Name, int]], low: int, high: int) -> None:
        self.sums.append(Sum(tuple(parts), low, high))
        for name, _ in self.sums[-1].parts:
            self.sums_of.setdefault(name, []).append(len(self.sums) - 1)

    def outside(self) -> Domains:
        """Bounds in which every number surely lies."""
        narrowed = self._narrowed(dict(self.domains), range(len(self.sums)))
        assert narrowed is not None, "nothing fits: what the reader was told is wrong"
        return narrowed

    def inside(self, name: Name, outside: Domains, enough: int) -> tuple[int, int]:
        """The least and the most of this number in worlds that fit, looked for until there are `enough` values."""
        low, high = outside[name]
        true, _ = self.met[name]
        for number in (*range(max(low, true - enough + 1), true), *range(min(high, true + enough - 1), true, -1)):
            least, most = self.met[name]
            if most - least + 1 < enough and not least <= number <= most:
                self._look_for(outside, name, number)
        return self.met[name]

    def _look_for(self, domains: Domains, name: Name, number: int) -> None:
        self.steps = MOST_STEPS
        world = self._world({**domains, name: (number, number)}, name)
        for one, (value, _) in (world or {}).items():
            least, most = self.met.get(one, (value, value))
            self.met[one] = min(least, value), max(most, value)

    def _world(self, domains: Domains, moved: Name) -> Domains | None:
        """A world that fits, found by trying; None also where that takes too long."""
        self.steps -= 1
        if self.steps < 0:
            return None
        narrowed = self._narrowed(domains, self.sums_of[moved])
        if narrowed is None:
            return None
        open_ones = [(high - low, name) for name, (low, high) in narrowed.items() if low < high]
        if not open_ones:
            return narrowed
        _, name = min(open_ones, key=lambda pair: pair[0])
        low, high = narrowed[name]
        middle = (low + high) // 2
        for half in ((low, middle), (middle + 1, high)):
            if world := self._world({**narrowed, name: half}, name):
                return world
        return None

    def _narrowed(self, domains: Domains, sums: Iterable[int]) -> Domains | None:
        """Every number narrowed by these sums, and by those that hold what they moved; changes `domains`."""
        waiting = dict.fromkeys(sums)
        while waiting:
            place, _ = waiting.popitem()
            moved = _narrow(self.sums[place], domains)
            if moved is None:
                return None
            for name in moved:
                waiting.update(dict.fromkeys(self.sums_of[name]))
        return domains


def _narrow(total: Sum, domains: Domains) -> list[Name] | None:
    """Narrow every number of one sum by the others; those that moved, None where nothing fits."""
    ends = [_times(factor, domains[name]) for name, factor in total.parts]
    least, most = sum(low for low, _ in ends), sum(high for _, high in ends)
    if least > total.high or most < total.low:
        return None
    moved = []
    for (name, factor), (low, high) in zip(total.parts, ends, strict=True):
        spare_up, spare_down = total.high - (least - low), total.low - (most - high)
        if spare_up < high or spare_down > low:
            new = _over(factor, (max(low, spare_down), min(high, spare_up)))
            if new[0] > new[1]:
                return None
            domains[name] = new
            moved.append(name)
    return moved


def _times(factor: int, domain: tuple[int, int]) -> tuple[int, int]:
    low, high = domain
    return (factor * low, factor * high) if factor > 0 else (factor * high, factor * low)


def _over(factor: int, domain: tuple[int, int]) -> tuple[int, int]:
    """The whole numbers that, times the factor, lie in the domain."""
    low, high = domain
    if factor < 0:
        low, high, factor = -high, -low, -factor
    return -(-low // factor), high // factor
