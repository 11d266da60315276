"""What reading a reply can come to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from svvoice.core.survey import Value

PARSER_VERSION = 2
"""Kept with every answer that was read from words; goes up when a rule changes what a reply means."""


class Command(StrEnum):
    STOP = "stop"
    START = "start"
    HELP = "help"
    SKIP = "skip"
    BACK = "back"
    LANGUAGE = "language"
    DELETE = "delete"


class Reason(StrEnum):
    """Why an answer does not fit. The sentences stand in `svvoice/answering/sentences.py`."""

    EMPTY = "empty"
    NO_MATCH = "no_match"
    OUT_OF_RANGE = "out_of_range"
    BETWEEN_VALUES = "between_values"
    TWO_OPTIONS_FOR_SINGLE = "two_options_for_single"
    AMBIGUOUS = "ambiguous"
    REQUIRED = "required"
    TOO_MANY = "too_many"
    EXCLUSIVE = "exclusive"
    TOO_LONG = "too_long"
    NOT_AN_OPTION = "not_an_option"


@dataclass(frozen=True)
class Understood:
    value: Value
    rule: str
    other: str | None = None
    """Own words that came with the choice `other`."""


@dataclass(frozen=True)
class NotUnderstood:
    reason: Reason


Reading = Understood | NotUnderstood
