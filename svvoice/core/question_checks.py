"""What can be wrong with one question: fields of another kind, options that leave no choice, ranges without room."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from svvoice.core.document_fields import MOST_OPTIONS, OPTION, QUESTION
from svvoice.core.document_writing import default_of
from svvoice.core.problems import Code, Problem
from svvoice.core.survey import Kind, Question

WIDEST_SCALE = 11
"""Points: 0 to 10."""
MOST_DIGITS = 15
"""What every program that reads an export can keep of a number."""


def question_problems(question: Question, place: str) -> Iterator[Problem]:
    yield from _meaningless(question, place)
    if question.kind in (Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE, Kind.AGE_BAND):
        yield from _options(question, place)
    if question.kind is Kind.SCALE:
        yield from _scale(question, place)
    if question.kind is Kind.NUMBER:
        yield from _range(question, place)
    for name, number in (("min", question.min), ("max", question.max)):
        if isinstance(number, Decimal) and len(number.as_tuple().digits) > MOST_DIGITS:
            yield Problem(f"{place}.{name}", Code.TOO_MANY_DIGITS, {"most": MOST_DIGITS})


def _meaningless(question: Question, place: str) -> Iterator[Problem]:
    for field in QUESTION.fields:
        if question.kind not in field.kinds and getattr(question, field.name) != default_of(QUESTION, field):
            details = {"field": field.name, "kind": str(question.kind)}
            yield Problem(f"{place}.{field.name}", Code.MEANS_NOTHING, details)
    for number, option in enumerate(question.options):
        for field in OPTION.fields:
            if question.kind not in field.kinds and getattr(option, field.name) != default_of(OPTION, field):
                details = {"field": field.name, "kind": str(question.kind)}
                yield Problem(f"{place}.options[{number}].{field.name}", Code.MEANS_NOTHING, details)


def _options(question: Question, place: str) -> Iterator[Problem]:
    where, number = f"{place}.options", len(question.choices)
    if not question.options:
        yield Problem(where, Code.NO_OPTIONS)
    elif number == 1:
        yield Problem(where, Code.ONE_OPTION)
    elif number > MOST_OPTIONS >= len(question.options):
        yield Problem(where, Code.TOO_MANY_CHOICES, {"number": number, "most": MOST_OPTIONS})
    if question.max_choices is not None and question.options and question.max_choices > number:
        details = {"number": question.max_choices, "options": number}
        yield Problem(f"{place}.max_choices", Code.MAX_CHOICES_TOO_MANY, details)


def _scale(question: Question, place: str) -> Iterator[Problem]:
    ends = (question.min, question.max)
    if any(isinstance(end, Decimal) or (end is not None and end < 0) for end in ends):
        yield Problem(f"{place}.min", Code.SCALE_NOT_WHOLE)
    elif len(question.points) < 2:
        points = question.points
        yield Problem(f"{place}.min", Code.BAD_RANGE, {"min": points.start, "max": points.stop - 1})
    elif len(question.points) > WIDEST_SCALE:
        details = {"points": len(question.points), "most": WIDEST_SCALE}
        yield Problem(f"{place}.max", Code.SCALE_TOO_WIDE, details)


def _range(question: Question, place: str) -> Iterator[Problem]:
    if question.min is not None and question.max is not None and question.min >= question.max:
        yield Problem(f"{place}.min", Code.BAD_RANGE, {"min": question.min, "max": question.max})
