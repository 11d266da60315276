"""What people said, counted: one question's answers as numbers made for the screen.

Who counts is decided before: the store hands in only answers of complete and partial responses that stand on the path.
Nothing here hides small numbers; every view goes through `disclosure.py` first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, sqrt
from typing import assert_never

from svvoice.core.survey import Kind, Question

Counts = Mapping[str, int]
"""From the written form of an answer (`answers.written`) to the number of people who gave it."""

FEWEST_FOR_A_MEAN = 10

_Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Rate:
    """So many of so many. `share`, `low` and `high` lie between 0 and 1; the interval is Wilson's, 95 %."""

    people: int
    base: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Cell:
    """One choice, scale point or district, and how many people gave it."""

    value: str
    people: int
    share: float
    low: float
    high: float
    retired: bool = False
    """The latest version of the survey offers it no more."""


@dataclass(frozen=True)
class QuestionSummary:
    question_id: str
    kind: Kind
    answered: int
    """People who answered this question: the base of every share below."""
    cells: tuple[Cell, ...] = ()
    """Choices and scale points in form order, then retired ones; districts by count. Empty for numbers and texts."""
    mean: float | None = None
    """Of a scale, from 10 answers on."""
    median: Decimal | None = None
    lower_quarter: Decimal | None = None
    upper_quarter: Decimal | None = None
    """Of numbers: a quarter of the people lie at or above it. Lowest and highest are never told: each is one person."""
    most_ticks: int | None = None
    """Of several choices: how many one person may make; None where the form sets no limit."""
    alone: frozenset[str] = frozenset()
    """Of several choices: those that go with no other, such as "none of these"."""

    @property
    def several(self) -> bool:
        """Whether one person stands in several cells, so that the cells do not add up to those who answered."""
        return self.kind is Kind.MULTI_CHOICE

    def cell(self, value: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.value == value), None)


def summarise(wordings: Sequence[Question], counts: Counts) -> QuestionSummary:
    """One question over all its versions, oldest first (the last is in use now). Raises ValueError for a note."""
    question = wordings[-1]
    answered = sum(counts.values())
    match question.kind:
        case Kind.YES_NO | Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            return QuestionSummary(question.id, question.kind, answered, _cells(wordings, counts, answered))
        case Kind.MULTI_CHOICE:
            cells = _cells(wordings, _ticks(counts), answered)
            return QuestionSummary(
                question.id, question.kind, answered, cells, most_ticks=_most_ticks(wordings), alone=_alone(wordings)
            )
        case Kind.SCALE:
            cells = _cells(wordings, counts, answered)
            return QuestionSummary(question.id, question.kind, answered, cells, mean=_mean(counts, answered))
        case Kind.POSTCODE_DISTRICT:
            districts = sorted((d for d in counts if counts[d]), key=lambda district: (-counts[district], district))
            cells = tuple(_cell(district, counts[district], answered) for district in districts)
            return QuestionSummary(question.id, question.kind, answered, cells)
        case Kind.NUMBER:
            return _of_numbers(question, counts, answered)
        case Kind.TEXT:
            return QuestionSummary(question.id, question.kind, answered)
        case Kind.NOTE:
            raise ValueError(f"{question.id} is a note and has no answers")
        case _:
            assert_never(question.kind)


def rate(count: int, base: int) -> Rate:
    """So many of so many, such as those who speak up for the first time. Of nobody: share 0, from 0 to 1."""
    if base == 0:
        return Rate(count, 0, 0.0, 0.0, 1.0)
    return Rate(count, base, count / base, *wilson(count, base))


def wilson(count: int, base: int) -> tuple[float, float]:
    """How far chance alone could move a share: the 95 % interval of Wilson, (low, high) between 0 and 1."""
    share, z2 = count / base, _Z_95**2
    middle = share + z2 / (2 * base)
    reach = _Z_95 * sqrt(share * (1 - share) / base + z2 / (4 * base * base))
    low = 0.0 if count == 0 else (middle - reach) / (1 + z2 / base)
    high = 1.0 if count == base else (middle + reach) / (1 + z2 / base)
    return low, high


def in_100(share: float) -> int:
    """The share as a whole number of people in 100. Somebody is never 0 and not everybody never 100."""
    if 0 < share < 1:
        return min(99, max(1, floor(round(share * 100, 9) + 0.5)))
    return round(share * 100)


def fewer_than_1(share: float) -> bool:
    """Whether the words are "fewer than 1 in 100"."""
    return 0 < share < 0.005


def more_than_99(share: float) -> bool:
    """Whether the words are "more than 99 in 100"."""
    return 0.995 <= share < 1


def values_in_order(wordings: Sequence[Question]) -> tuple[str, ...]:
    """Every value that could be chosen in any version: those of the latest in form order, then the retired ones."""
    return tuple(dict.fromkeys(value for question in reversed(wordings) for value in offered(question)))


def offered(question: Question) -> tuple[str, ...]:
    """The values that a question offers, in the form order and as they are written down; empty where people type."""
    match question.kind:
        case Kind.YES_NO:
            return ("yes", "no")
        case Kind.SINGLE_CHOICE | Kind.MULTI_CHOICE | Kind.AGE_BAND:
            return question.choice_ids
        case Kind.SCALE:
            return tuple(str(point) for point in question.points)
        case Kind.NUMBER | Kind.TEXT | Kind.POSTCODE_DISTRICT | Kind.NOTE:
            return ()
        case _:
            assert_never(question.kind)


def _cells(wordings: Sequence[Question], counts: Counts, answered: int) -> tuple[Cell, ...]:
    current = set(offered(wordings[-1]))
    values = dict.fromkeys((*values_in_order(wordings), *sorted(counts)))
    return tuple(_cell(value, counts.get(value, 0), answered, value not in current) for value in values)


def _cell(value: str, people: int, answered: int, retired: bool = False) -> Cell:
    counted = rate(people, answered)
    return Cell(value, people, counted.share, counted.low, counted.high, retired)


def _ticks(counts: Counts) -> Counts:
    """People for each single choice, from people for each set of choices made together."""
    ticks: dict[str, int] = {}
    for together, people in counts.items():
        for value in together.split("|"):
            ticks[value] = ticks.get(value, 0) + people
    return ticks


def _most_ticks(wordings: Iterable[Question]) -> int | None:
    limits = [question.max_choices for question in wordings]
    known = [limit for limit in limits if limit is not None]
    return max(known) if len(known) == len(limits) else None


def _alone(wordings: Iterable[Question]) -> frozenset[str]:
    """The choices that stood alone in every version that offered them."""
    choices = [choice for question in wordings for choice in question.choices]
    together = {choice.id for choice in choices if not choice.exclusive}
    return frozenset(choice.id for choice in choices) - together


def _mean(counts: Counts, answered: int) -> float | None:
    if answered < FEWEST_FOR_A_MEAN:
        return None
    return sum(int(point) * people for point, people in counts.items()) / answered


def _of_numbers(question: Question, counts: Counts, answered: int) -> QuestionSummary:
    if answered == 0:
        return QuestionSummary(question.id, question.kind, 0)
    ordered = sorted((Decimal(number), people) for number, people in counts.items() if people)
    return QuestionSummary(
        question.id,
        question.kind,
        answered,
        median=_at(ordered, answered, Decimal("0.5")),
        lower_quarter=_at(ordered, answered, Decimal("0.25")),
        upper_quarter=_at(ordered, answered, Decimal("0.75")),
    )


def _at(ordered: Sequence[tuple[Decimal, int]], answered: int, part: Decimal) -> Decimal:
    """The number below which this part of the people lies; between two people, the way in proportion."""
    place = part * (answered - 1)
    below = int(place)
    lower, upper = _person(ordered, below), _person(ordered, min(below + 1, answered - 1))
    return lower + (upper - lower) * (place - below)


def _person(ordered: Sequence[tuple[Decimal, int]], place: int) -> Decimal:
    seen = 0
    for number, people in ordered:
        seen += people
        if place < seen:
            return number
    raise IndexError(place)
