"""What is kept of somebody's answer to one question, and its one written form (the database's and the CSV's)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from svvoice.core.survey import Kind, Question, Value


class State(StrEnum):
    """`skipped` and `unclear` (words that could not be read three times) hold no value: their cells stay blank."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Answer:
    question: str
    state: State
    value: Value | None = None
    other: str | None = None
    """What was written beside the choice `other`."""
    raw: str | None = None
    """The words as they came, where they were read rather than chosen."""
    rule: str | None = None
    """The rule of `replies` that read them."""


Answers = Mapping[str, Answer]
"""Everything one person has said so far, by question id."""


def written(value: Value) -> str:
    """The value as one string: `weekly`, `trees|buses`, `4`, `2.5`."""
    match value:
        case tuple():
            return "|".join(value)
        case Decimal():
            return format(value.normalize(), "f")
        case str() | int():
            return str(value)
        case _:
            assert_never(value)


def value_from(question: Question, text: str) -> Value:
    """The value of a question's answer from its written form. Raises ValueError where it is not one."""
    match question.kind:
        case Kind.MULTI_CHOICE:
            return tuple(text.split("|"))
        case Kind.SCALE:
            return int(text)
        case Kind.NUMBER:
            number = Decimal(text)
            return int(number) if number == number.to_integral_value() else number
        case Kind.YES_NO | Kind.SINGLE_CHOICE | Kind.AGE_BAND | Kind.TEXT | Kind.POSTCODE_DISTRICT:
            return text
        case Kind.NOTE:
            raise ValueError(f"{question.id} is a note and has no answers")
        case _:
            assert_never(question.kind)


_NEVER_KEPT = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000)))


def cleaned(words: str) -> str:
    """Words as they can be kept by every database and read by every program: no NUL, lone surrogates or control
    characters; every letter, emoji and line break stays."""
    return words.replace("\r\n", "\n").translate(_NEVER_KEPT)
