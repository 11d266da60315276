"""Conditions in plain words, and as rows to choose from: what "ask this only if…" offers and understands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from svvoice.core.answers import written
from svvoice.core.drafting import called
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

ALL, ANY = "all", "any"


@dataclass(frozen=True)
class Row:
    """One thing that has to be so. `choice` is `<question>|<rule>|<value>`; `number` goes with rules that need one."""

    choice: str
    number: str = ""


@dataclass(frozen=True)
class Rows:
    """Rows of which all or any must be so."""

    how: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Offer:
    """What can be asked of the answer to one earlier question: pairs of a choice and its words."""

    question: str
    words: str
    choices: tuple[tuple[str, str], ...]


def in_words(condition: Condition, survey: Survey) -> str:
    """`"Do you live near?" is "Yes"`, for staff."""
    match condition:
        case All(parts):
            return " and ".join(_bracketed(part, survey) for part in parts)
        case AnyOf(parts):
            return " or ".join(_bracketed(part, survey) for part in parts)
        case Not(part):
            return f"it is not so that {_bracketed(part, survey)}"
        case Is(question, values):
            labels = " or ".join(f"“{_value(survey, question, value)}”" for value in values)
            return f"{_name(survey, question)} is {labels}"
        case AtLeast(question, number):
            return f"{_name(survey, question)} is {written(number)} or more"
        case AtMost(question, number):
            return f"{_name(survey, question)} is {written(number)} or less"
        case Includes(question, option):
            return f"{_name(survey, question)} includes “{_value(survey, question, option)}”"
        case Answered(question, answered):
            return f"{_name(survey, question)} was {'' if answered else 'not '}answered"
        case _:
            assert_never(condition)


def offers(survey: Survey, question_id: str) -> Iterator[Offer]:
    """What the questions before this one offer."""
    for number, one in enumerate(survey.questions, 1):
        if one.id == question_id:
            return
        if one.is_asked:
            yield Offer(one.id, f"{number}. {called(survey, one)}", tuple(_choices(survey, one)))


def _choices(survey: Survey, question: Question) -> Iterator[tuple[str, str]]:
    match question.kind:
        case Kind.YES_NO:
            yield from ((f"{question.id}|is|{value}", f"The answer is {words}") for value, words in _YES_NO)
        case Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            for choice in question.choices:
                yield f"{question.id}|is|{choice.id}", f"The answer is “{_value(survey, question.id, choice.id)}”"
        case Kind.MULTI_CHOICE:
            for choice in question.choices:
                yield f"{question.id}|includes|{choice.id}", f"They chose “{_value(survey, question.id, choice.id)}”"
        case Kind.SCALE:
            for point in question.points[1:]:
                yield f"{question.id}|at_least|{point}", f"The answer is {point} or more"
            for point in question.points[:-1]:
                yield f"{question.id}|at_most|{point}", f"The answer is {point} or less"
        case Kind.NUMBER:
            yield f"{question.id}|at_least|", "The answer is this number or more"
            yield f"{question.id}|at_most|", "The answer is this number or less"
        case Kind.TEXT | Kind.POSTCODE_DISTRICT | Kind.NOTE:
            pass
        case _:
            assert_never(question.kind)
    yield f"{question.id}|answered|yes", "It was answered"
    yield f"{question.id}|answered|no", "It was not answered"


_YES_NO = (("yes", "Yes"), ("no", "No"))


def rows_of(condition: Condition | None, survey: Survey) -> Rows | None:
    """The condition as rows; None where it is more than rows can say (it came from a file)."""
    match condition:
        case None:
            return Rows(ALL, ())
        case All(parts):
            how, flat = ALL, [_rows(part, survey) for part in parts]
            if any(found is None or len(found) != 1 for found in flat):
                return None
        case AnyOf(parts):
            how, flat = ANY, [_rows(part, survey) for part in parts]
        case _:
            how, flat = ANY, [_rows(condition, survey)]
    if any(found is None for found in flat):
        return None
    rows = tuple(row for found in flat for row in found or ())
    return Rows(how if len(rows) > 1 else ALL, rows)


def _rows(condition: Condition, survey: Survey) -> tuple[Row, ...] | None:
    match condition:
        case Is(question, values) if all(isinstance(value, str) for value in values):
            return tuple(Row(f"{question}|is|{value}") for value in values)
        case AtLeast(question, number) | AtMost(question, number):
            rule = "at_least" if isinstance(condition, AtLeast) else "at_most"
            found = survey.question(question)
            scale = found is not None and found.kind is Kind.SCALE
            return (
                Row(f"{question}|{rule}|{written(number)}") if scale else Row(f"{question}|{rule}|", written(number)),
            )
        case Includes(question, option):
            return (Row(f"{question}|includes|{option}"),)
        case Answered(question, answered):
            return (Row(f"{question}|answered|{'yes' if answered else 'no'}"),)
        case _:
            return None


def condition_from(rows: Rows) -> Condition | str | None:
    """The condition that rows stand for; None for no rows; a sentence where a row cannot be understood."""
    parts: list[Condition] = []
    for row in rows.rows:
        part = _condition(row)
        if isinstance(part, str):
            return part
        parts.append(part)
    if rows.how == ANY:
        parts = _joined(parts)
    if len(parts) < 2:
        return parts[0] if parts else None
    return All(tuple(parts)) if rows.how == ALL else AnyOf(tuple(parts))


def _joined(parts: Sequence[Condition]) -> list[Condition]:
    """Several answers to one question, any of which will do, are one condition."""
    joined: list[Condition] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, Is) and isinstance(last, Is) and last.question == part.question:
            joined[-1] = Is(part.question, (*last.values, *part.values))
        else:
            joined.append(part)
    return joined


def _condition(row: Row) -> Condition | str:
    question, rule, value = (*row.choice.split("|"), "", "")[:3]
    match rule:
        case "is":
            return Is(question, (value,))
        case "includes":
            return Includes(question, value)
        case "answered":
            return Answered(question, value == "yes")
        case "at_least" | "at_most":
            number = number_in(value or row.number)
            if number is None:
                return "Write the number that the answer is compared with, such as 3."
            return AtLeast(question, number) if rule == "at_least" else AtMost(question, number)
        case _:
            return "Choose one of the answers in the list."


def number_in(text: str) -> int | Decimal | None:
    """A number as an officer types it: 3, 2.5 or 2,5; None for anything else."""
    plain = text.strip().replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", plain):
        return None
    number = Decimal(plain)
    return int(number) if number == int(number) else number


def _bracketed(part: Condition, survey: Survey) -> str:
    words = in_words(part, survey)
    return f"({words})" if isinstance(part, All | AnyOf) else words


def _name(survey: Survey, question_id: str) -> str:
    question = survey.question(question_id)
    return f"“{called(survey, question)}”" if question else f"“{question_id}” (which is gone)"


def _value(survey: Survey, question_id: str, value: str | int) -> str:
    question = survey.question(question_id)
    if question is not None and question.kind is Kind.YES_NO:
        return dict(_YES_NO).get(str(value), str(value))
    choice = question.choice(str(value)) if question else None
    if choice is None:
        return str(value)
    return survey.words(choice.text, survey.default_language) or "Something else"
