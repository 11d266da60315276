"""Problems as they are found while a document is read, and what a faulty value looks like in a sentence."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TypeVar

from svvoice.core.problems import MOST_PROBLEMS, Code, Problem, Problems

LONGEST_SHOWN = 60

Nothing = TypeVar("Nothing")


class Found:
    """The problems so far, in the order of the document; after `MOST_PROBLEMS` no more are taken down."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._places: set[str] = set()

    def add(self, place: str, code: Code, **details: object) -> Nothing | None:
        """Notes a problem; details that are None are left out. Gives None, as what was read there: nothing."""
        if self.full:
            return None
        self._places.add(place)
        self._problems.append(Problem(place, code, {k: v for k, v in details.items() if v is not None}))
        return None

    def at(self, place: str) -> bool:
        """Whether this very place is faulty."""
        return place in self._places

    @property
    def full(self) -> bool:
        return len(self._problems) >= MOST_PROBLEMS

    @property
    def problems(self) -> Problems:
        return tuple(self._problems)


def shown(value: object) -> str:
    """A value on one line, cut where it is long."""
    text = value if isinstance(value, str) and value.isprintable() else json.dumps(value, default=str)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def as_number(value: object) -> int | Decimal | None:
    """A JSON number as it is kept: whole ones as int (4.0 is 4), others as Decimal; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, int):
        return value
    number = Decimal(str(value))
    if not number.is_finite() or abs(number.adjusted()) > 100:
        return None
    return int(number) if number == number.to_integral_value() else number
