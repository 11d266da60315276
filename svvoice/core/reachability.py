"""Whether anybody can reach a question: answers are tried until its condition is true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, product
from typing import assert_never

from svvoice.core.answers import Answer, State
from svvoice.core.condition_checks import Simple, simple_parts
from svvoice.core.conversation import holds
from svvoice.core.survey import (
    AtLeast,
    AtMost,
    Condition,
    Includes,
    Is,
    Kind,
    Question,
    Survey,
    Value,
    questions_named,
)

MOST_TRIED = 5_000
"""Combinations of answers tried before a condition is taken to be possible."""


def never_shown(survey: Survey) -> Iterator[int]:
    """The places of the questions that no answers at all lead to, in a survey without other problems."""
    for index, question in enumerate(survey.questions):
        if question.show_if is not None and not _can_hold(survey, question.show_if):
            yield index


def _can_hold(survey: Survey, condition: Condition) -> bool:
    conditions = _with_conditions_before(survey, condition)
    names = {name for each in conditions for name in questions_named(each)}
    questions = [question for question in survey.questions if question.id in names]
    choices = [list(islice(_answers_to(question, conditions), MOST_TRIED)) for question in questions]
    tried = 0
    for combination in islice(product(*choices), MOST_TRIED):
        if holds(condition, _on_path(questions, combination)):
            return True
        tried += 1
    return tried == MOST_TRIED or any(len(answers) == MOST_TRIED for answers in choices)


def _with_conditions_before(survey: Survey, condition: Condition) -> list[Condition]:
    """The condition, and those of the questions it looks back at, and so on."""
    found, named = [condition], set[str]()
    for each in found:  # the list grows while it is read
        for name in questions_named(each):
            question = survey.question(name)
            if name not in named and question is not None and question.show_if is not None:
                found.append(question.show_if)
            named.add(name)
    return found


def _on_path(questions: Sequence[Question], values: Sequence[Value | None]) -> dict[str, Answer]:
    """These answers without those to questions that the others hide."""
    answers: dict[str, Answer] = {}
    for question, value in zip(questions, values, strict=True):
        if value is not None and (question.show_if is None or holds(question.show_if, answers)):
            answers[question.id] = Answer(question.id, State.ANSWERED, value)
    return answers


def _answers_to(question: Question, conditions: Sequence[Condition]) -> Iterator[Value | None]:
    """One answer for each way in which the conditions can tell answers apart; None for skipped."""
    match question.kind:
        case Kind.YES_NO:
            yield from ("yes", "no")
        case Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            yield from question.choice_ids
        case Kind.MULTI_CHOICE:
            yield from _sets(question, conditions)
        case Kind.SCALE:
            yield from question.points
        case Kind.NUMBER:
            yield from _numbers(question, conditions)
        case Kind.TEXT | Kind.POSTCODE_DISTRICT:
            yield from _words(question, conditions)
        case Kind.NOTE:
            pass
        case _:
            assert_never(question.kind)
    yield None


def _about(question: Question, conditions: Sequence[Condition]) -> Iterator[Simple]:
    for condition in conditions:
        yield from (part for _, part in simple_parts(condition, "") if part.question == question.id)


def _sets(question: Question, conditions: Sequence[Condition]) -> Iterator[tuple[str, ...]]:
    """Every set of the options that conditions name, as far as it may be chosen together."""
    named = {part.option for part in _about(question, conditions) if isinstance(part, Includes)}
    options = [option for option in question.choices if option.id in named]
    others = [option for option in question.choices if option.id not in named]
    for ticks in product((True, False), repeat=len(options)):
        chosen = [option for option, ticked in zip(options, ticks, strict=True) if ticked]
        alone = len(chosen) == 1 or not any(option.exclusive for option in chosen)
        if chosen and alone and len(chosen) <= (question.max_choices or len(chosen)):
            yield tuple(option.id for option in chosen)
    if others:
        yield (others[0].id,)


def _numbers(question: Question, conditions: Sequence[Condition]) -> list[int | Decimal]:
    """The numbers around each number that a condition names, within the question's limits."""
    marks = [part.number for part in _about(question, conditions) if isinstance(part, AtLeast | AtMost)]
    marks += [
        value
        for part in _about(question, conditions)
        if isinstance(part, Is)
        for value in part.values
        if isinstance(value, int)
    ]
    tried = {mark + step for mark in marks for step in (-1, 0, 1)} | {
        end for end in (question.min, question.max) if end is not None
    }
    fitting = [
        number
        for number in tried or {0}
        if (question.min is None or number >= question.min)
        and (question.max is None or number <= question.max)
        and (not question.integer or number == int(number))
    ]
    return sorted(fitting)


def _words(question: Question, conditions: Sequence[Condition]) -> list[str]:
    named = [value for part in _about(question, conditions) if isinstance(part, Is) for value in part.values]
    return [*(str(value) for value in named), "words that no condition names"]
