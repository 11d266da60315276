"""The fields of a survey document, in their order: one table for the reader, the writer and the JSON Schema.

Defaults are not written here: a field that may be left out has the default of its dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from svvoice.core.problems import Code
from svvoice.core.survey import LONGEST_ANSWER, Audience, Kind, Measure, Option, Promise, Question, Survey

FORMAT_VERSION = 1
MOST_QUESTIONS = 100
MOST_OPTIONS = 30
MOST_LANGUAGES = 40
MOST_PARTS = 20
"""Conditions in one `all` or `any`, values in one `is`, aliases of an option, codes in `informs`."""
LONGEST_TEXT = 2_000
LONGEST_LABEL = 200
LARGEST_NUMBER = 1_000_000_000_000

LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"


@dataclass(frozen=True)
class Pattern:
    """A short string of a fixed form; `code` is the problem where it does not fit."""

    expression: str
    code: Code
    longest: int


@dataclass(frozen=True)
class ByLanguage:
    """Words, or with `several` lists of words, by language."""

    longest: int
    several: bool = False


@dataclass(frozen=True)
class Flag:
    """true or false"""


@dataclass(frozen=True)
class Whole:
    least: int
    most: int


@dataclass(frozen=True)
class Number:
    """A whole or decimal number."""


@dataclass(frozen=True)
class OneOf:
    values: type[StrEnum]


@dataclass(frozen=True)
class Day:
    """2026-11-24"""


@dataclass(frozen=True)
class Rule:
    """The condition of a `show_if`."""


@dataclass(frozen=True)
class ListOf:
    shape: Pattern | ObjectOf
    most: int
    least: int = 0


@dataclass(frozen=True)
class ObjectOf:
    makes: type[Survey] | type[Question] | type[Option]
    fields: tuple[Field, ...]


Shape = Pattern | ByLanguage | Flag | Whole | Number | OneOf | Day | Rule | ListOf | ObjectOf


@dataclass(frozen=True)
class Field:
    """One field. `kinds` are the kinds of question in which it means something."""

    name: str
    shape: Shape
    required: bool = False
    kinds: frozenset[Kind] = frozenset(Kind)


ID = Pattern(r"^[a-z](_?[a-z0-9])*_?$", Code.BAD_ID, 30)
SLUG = Pattern(r"^[a-z0-9]+(-[a-z0-9]+)*$", Code.BAD_SLUG, 80)
KEYWORD = Pattern(r"^[A-Z][A-Z0-9]{2,11}$", Code.BAD_KEYWORD, 12)
TAG = Pattern(LANGUAGE, Code.BAD_LANGUAGE, 12)
CODE = Pattern(r"^[^\s](.*[^\s])?$", Code.BAD_CODE, 60)

_CHOICES = frozenset((Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE))
_ASKED = frozenset(Kind) - {Kind.NOTE}
_SCALES = frozenset((Kind.SCALE, Kind.NUMBER))

OPTION = ObjectOf(
    Option,
    (
        Field("id", ID, required=True),
        Field("text", ByLanguage(LONGEST_LABEL), required=True),
        Field("sms_text", ByLanguage(LONGEST_LABEL)),
        Field("aliases", ByLanguage(LONGEST_LABEL, several=True)),
        Field("exclusive", Flag(), kinds=frozenset((Kind.MULTI_CHOICE,))),
    ),
)

QUESTION = ObjectOf(
    Question,
    (
        Field("id", ID, required=True),
        Field("kind", OneOf(Kind), required=True),
        Field("text", ByLanguage(LONGEST_TEXT), required=True),
        Field("sms_text", ByLanguage(LONGEST_TEXT)),
        Field("hint", ByLanguage(LONGEST_TEXT), kinds=_ASKED),
        Field("why", ByLanguage(LONGEST_TEXT), kinds=_ASKED),
        Field("options", ListOf(OPTION, MOST_OPTIONS), kinds=_CHOICES | {Kind.AGE_BAND}),
        Field("other", Flag(), kinds=_CHOICES),
        Field("max_choices", Whole(1, MOST_OPTIONS + 1), kinds=frozenset((Kind.MULTI_CHOICE,))),
        Field("min", Number(), kinds=_SCALES),
        Field("max", Number(), kinds=_SCALES),
        Field("min_label", ByLanguage(LONGEST_LABEL), kinds=frozenset((Kind.SCALE,))),
        Field("max_label", ByLanguage(LONGEST_LABEL), kinds=frozenset((Kind.SCALE,))),
        Field("integer", Flag(), kinds=frozenset((Kind.NUMBER,))),
        Field("max_length", Whole(1, LONGEST_ANSWER), kinds=frozenset((Kind.TEXT,))),
        Field("required", Flag(), kinds=_ASKED),
        Field("sensitive", Flag(), kinds=_ASKED),
        Field("show_if", Rule()),
        Field("topic", ID),
        Field("measure", OneOf(Measure), kinds=_ASKED),
        Field("informs", ListOf(CODE, MOST_PARTS), kinds=_ASKED),
    ),
)

SURVEY = ObjectOf(
    Survey,
    (
        Field("slug", SLUG, required=True),
        Field("default_language", TAG, required=True),
        Field("languages", ListOf(TAG, MOST_LANGUAGES, least=1), required=True),
        Field("title", ByLanguage(LONGEST_LABEL), required=True),
        Field("intro", ByLanguage(LONGEST_TEXT)),
        Field("sms_intro", ByLanguage(LONGEST_TEXT)),
        Field("thanks", ByLanguage(LONGEST_TEXT)),
        Field("keyword", KEYWORD),
        Field("promise", OneOf(Promise)),
        Field("audience", OneOf(Audience)),
        Field("tell_back", Flag()),
        Field("opens", Day()),
        Field("closes", Day()),
        Field("questions", ListOf(QUESTION, MOST_QUESTIONS), required=True),
    ),
)
