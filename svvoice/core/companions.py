"""What could still be worked out about hidden numbers, and which further numbers to keep back so that it cannot.

A table of groups (rows) by choices (columns) with all its sums is a flow that goes round: people go from everyone to
their group, from there to their choice, and back to everyone. What enters a place leaves it; that is what "the sums
add up" means. A shown number is a pipe with one possible flow, a hidden one has room, and the least and the most that a
hidden number can be is how far its flow can be moved while all other pipes stay within theirs. So the answer is exact.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

Key = tuple[str | None, str | None]
"""(group, choice). No group: everyone. No choice: all who answered."""

MORE_TICKS = "+"
"""The column of second and further ticks, for several choices: never shown, and no choice is called like it."""

Place = tuple[str, str | None]


@dataclass
class _Pipe:
    start: Place
    end: Place
    people: float
    low: float
    high: float


def ends(key: Key) -> tuple[Place, Place]:
    """From which place of the round to which other the people of this number go; those of a sum the other way."""
    group, choice = key
    row, column = ("row", group), ("column", choice)
    is_sum = (group is None) != (choice in (None, MORE_TICKS))
    return (column, row) if is_sum else (row, column)


class Table:
    """A table with its sums: some numbers shown, others hidden within known bounds."""

    def __init__(self, people: Mapping[Key, int]) -> None:
        """Every number of the table, all of them shown to begin with. The sums must add up (ValueError)."""
        self._pipes = {key: _Pipe(*ends(key), number, number, number) for key, number in people.items()}
        self._at: dict[Place, list[tuple[Key, bool]]] = {}
        self.hidden: dict[Key, None] = {}
        self._placed: set[Key] = set()
        balance: dict[Place, float] = {}
        for pipe in self._pipes.values():
            balance[pipe.start] = balance.get(pipe.start, 0) - pipe.people
            balance[pipe.end] = balance.get(pipe.end, 0) + pipe.people
        if any(balance.values()):
            raise ValueError(f"the sums do not add up: {balance}")

    def people(self, key: Key) -> int:
        return int(self._pipes[key].people)

    def hide(self, key: Key, low: float = 0, high: float = inf) -> None:
        """Hide a number, of which the reader knows only that it lies from `low` to `high`."""
        pipe = self._pipes[key]
        pipe.low, pipe.high = low, high
        self.hidden[key] = None
        if key not in self._placed:
            self._placed.add(key)
            self._at.setdefault(pipe.start, []).append((key, True))
            self._at.setdefault(pipe.end, []).append((key, False))

    def show(self, key: Key) -> None:
        """Show a number again, after trying what hiding it would do."""
        pipe = self._pipes[key]
        pipe.low = pipe.high = pipe.people
        del self.hidden[key]

    def possible(self, key: Key, enough: float = inf) -> tuple[float, float]:
        """How far the number can be moved down and up, no further than `enough`, the other numbers making up for it."""
        pipe = self._pipes[key]
        less, more = pipe.people - pipe.low, pipe.high - pipe.people
        down = self._moved(pipe.start, pipe.end, key, min(less, enough))
        up = self._moved(pipe.end, pipe.start, key, min(more, enough - down))
        return down, up

    def _moved(self, start: Place, end: Place, around: Key, most: float) -> float:
        """How many people can be led from start to end past the pipe `around`; leaves the table as it was."""
        moved: dict[Key, float] = {}
        total = 0.0
        while total < most:
            way = self._way(start, end, around)
            if way is None:
                break
            step = min(most - total, *(self._left(key, forward) for key, forward in way))
            for key, forward in way:
                change = step if forward else -step
                self._pipes[key].people += change
                moved[key] = moved.get(key, 0.0) + change
            total += step
        for key, change in moved.items():
            self._pipes[key].people -= change
        return total

    def _left(self, key: Key, forward: bool) -> float:
        pipe = self._pipes[key]
        return pipe.high - pipe.people if forward else pipe.people - pipe.low

    def _way(self, start: Place, end: Place, around: Key) -> list[tuple[Key, bool]] | None:
        """The shortest way with room, as pipes and whether each is gone along with its direction."""
        came: dict[Place, tuple[Place, Key, bool] | None] = {start: None}
        waiting = deque([start])
        while waiting and end not in came:
            place = waiting.popleft()
            for key, forward in self._at.get(place, ()):
                pipe = self._pipes[key]
                there = pipe.end if forward else pipe.start
                if there not in came and key != around and self._left(key, forward) > 0:
                    came[there] = (place, key, forward)
                    waiting.append(there)
        return list(_steps(came, end)) if end in came else None


def _steps(came: Mapping[Place, tuple[Place, Key, bool] | None], end: Place) -> Iterator[tuple[Key, bool]]:
    step = came[end]
    while step is not None:
        place, key, forward = step
        yield key, forward
        step = came[place]


def corners(key: Key, groups: Iterable[str | None], choices: Iterable[str | None]) -> Iterator[tuple[Key, Key, Key]]:
    """The three other corners of every rectangle on this number: hidden together, they can make up for one another."""
    group, choice = key
    others = [other for other in choices if other != choice]
    for other_group in groups:
        if other_group != group:
            for other in others:
                yield (other_group, choice), (other_group, other), (group, other)
