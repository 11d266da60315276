"""What can be wrong with conditions: looking forward, or comparing what cannot be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from svvoice.core.problems import Code, Problem
from svvoice.core.question_checks import MOST_DIGITS
from svvoice.core.survey import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    Includes,
    Is,
    Kind,
    Not,
    Question,
    Survey,
)

DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
Simple = Is | AtLeast | AtMost | Includes | Answered


@dataclass(frozen=True)
class _Earlier:
    """Where the questions of a survey stand, seen from one of them."""

    survey: Survey
    index: int
    places: Mapping[str, int]


def condition_problems(survey: Survey) -> Iterator[Problem]:
    places: dict[str, int] = {}
    for index, question in enumerate(survey.questions):
        places.setdefault(question.id, index)
    for index, question in enumerate(survey.questions):
        if question.show_if is not None:
            place = f"questions[{index}].show_if"
            for where, part in simple_parts(question.show_if, place):
                yield from _simple_problems(part, where, _Earlier(survey, index, places))


def simple_parts(condition: Condition, place: str) -> Iterator[tuple[str, Simple]]:
    """The comparisons a condition is made of, each with its place."""
    match condition:
        case All(conditions) | AnyOf(conditions):
            name = "all" if isinstance(condition, All) else "any"
            for number, part in enumerate(conditions):
                yield from simple_parts(part, f"{place}.{name}[{number}]")
        case Not(part):
            yield from simple_parts(part, f"{place}.not")
        case _:
            yield place, condition


def _simple_problems(part: Simple, place: str, earlier: _Earlier) -> Iterator[Problem]:
    index = earlier.places.get(part.question)
    if index is None:
        yield Problem(f"{place}.question", Code.UNKNOWN_QUESTION, {"question": part.question})
        return
    if index >= earlier.index:
        yield Problem(f"{place}.question", Code.LOOKS_FORWARD, {"question": part.question})
    named, at = earlier.survey.questions[index], f"questions[{index}]"
    if not named.is_asked:
        yield Problem(f"{place}.question", Code.NAMES_A_NOTE, {"question": named.id, "at": f"{at}.kind"})
        return
    rule = _rule(part)
    if named.kind not in COMPARABLE[rule]:
        comparison = {"rule": rule, "question": named.id, "kind": str(named.kind), "at": f"{at}.kind"}
        yield Problem(f"{place}.{rule}", Code.CANNOT_COMPARE, comparison)
        return
    for where, value in _impossible(part, named):
        details: dict[str, object] = {"value": value, "question": named.id, "at": f"{at}.{_source(named)}"}
        yield Problem(f"{place}.{rule}{where}", Code.NOT_AN_ANSWER, details)
    if isinstance(part, AtLeast | AtMost) and _digits(part.number) > MOST_DIGITS:
        yield Problem(f"{place}.{rule}", Code.TOO_MANY_DIGITS, {"most": MOST_DIGITS})


_CHOICES = frozenset((Kind.YES_NO, Kind.SINGLE_CHOICE, Kind.AGE_BAND))
_NUMBERS = frozenset((Kind.SCALE, Kind.NUMBER))

COMPARABLE: Mapping[str, frozenset[Kind]] = {
    "is": _CHOICES | _NUMBERS | {Kind.POSTCODE_DISTRICT},
    "at_least": _NUMBERS,
    "at_most": _NUMBERS,
    "includes": frozenset((Kind.MULTI_CHOICE,)),
    "answered": frozenset(Kind) - {Kind.NOTE},
}
"""The kinds of question that each rule can be asked of."""


def _rule(part: Simple) -> str:
    match part:
        case Is():
            return "is"
        case AtLeast():
            return "at_least"
        case AtMost():
            return "at_most"
        case Includes():
            return "includes"
        case Answered():
            return "answered"
        case _:
            assert_never(part)


def _source(question: Question) -> str:
    """The field that decides which answers a question has."""
    return "max" if question.kind in _NUMBERS else "options"


def _digits(number: int | Decimal) -> int:
    return len(number.as_tuple().digits) if isinstance(number, Decimal) else 0


def _impossible(part: Simple, named: Question) -> Iterator[tuple[str, object]]:
    """The values of a comparison that the question named can never have, each with its place in the rule."""
    match part:
        case Is(values=values):
            for number, value in enumerate(values):
                if not _can_be(named, value):
                    yield f"[{number}]", value
        case AtLeast(number=least):
            highest = _ends(named)[1]
            if highest is not None and least > highest:
                yield "", least
        case AtMost(number=most):
            lowest = _ends(named)[0]
            if lowest is not None and most < lowest:
                yield "", most
        case Includes(option=option):
            if option not in named.choice_ids:
                yield "", option
        case Answered():
            return
        case _:
            assert_never(part)


def _ends(question: Question) -> tuple[int | Decimal | None, int | Decimal | None]:
    if question.kind is Kind.SCALE and len(question.points):
        return question.points[0], question.points[-1]
    return question.min, question.max


def _can_be(question: Question, value: str | int) -> bool:
    match question.kind:
        case Kind.YES_NO:
            return value in ("yes", "no")
        case Kind.SINGLE_CHOICE | Kind.AGE_BAND | Kind.MULTI_CHOICE:
            return value in question.choice_ids
        case Kind.SCALE:
            return isinstance(value, int) and value in question.points
        case Kind.NUMBER:
            least, most = question.min, question.max
            return isinstance(value, int) and (least is None or value >= least) and (most is None or value <= most)
        case Kind.POSTCODE_DISTRICT:
            return isinstance(value, str) and DISTRICT.fullmatch(value) is not None
        case Kind.TEXT | Kind.NOTE:
            return False
        case _:
            assert_never(question.kind)
