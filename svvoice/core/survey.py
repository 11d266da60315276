"""What a survey is: a frozen document of questions, options, conditions and words.

The JSON form stands in `docs/survey-document.md`; `document.py` reads and writes it, `checks.py` finds its faults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Language = str
"""A BCP 47 tag, such as `en` or `cy`."""

Words = Mapping[Language, str]
"""The same words in several languages."""

Value = str | int | Decimal | tuple[str, ...]
"""What somebody answered: an option's id, `yes`/`no`, a scale point, a number, words, or several option ids."""


SECONDS_A_QUESTION = 20
OTHER = "other"
"""The id of the choice beside which people may write their own words."""

LONGEST_ANSWER = 5_000
"""Letters in one written answer, on any channel."""


class Kind(StrEnum):
    """The kinds of question. Every room that treats kinds matches on all of them and ends in `assert_never`."""

    YES_NO = "yes_no"
    SINGLE_CHOICE = "single_choice"
    MULTI_CHOICE = "multi_choice"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"
    POSTCODE_DISTRICT = "postcode_district"
    AGE_BAND = "age_band"
    NOTE = "note"


class Promise(StrEnum):
    """What the survey promises about who can know who said what."""

    PRIVATE = "private"
    ANONYMOUS = "anonymous"


class Audience(StrEnum):
    ALL = "all"
    ADULTS = "adults"
    UNDER_18 = "under_18"


class Measure(StrEnum):
    """How results know what a question is for, whatever its words are."""

    FIRST_TIME_VOICE = "first_time_voice"
    OUTSIDE_SECTOR = "outside_sector"
    RECRUITMENT_SOURCE = "recruitment_source"
    PROMISE_SEEN = "promise_seen"
    PROMISE_GOOD = "promise_good"
    JOBS_LOCAL = "jobs_local"
    STATEMENT_VOTE = "statement_vote"
    ONS4_1 = "ons4_1"
    ONS4_2 = "ons4_2"
    ONS4_3 = "ons4_3"
    ONS4_4 = "ons4_4"


@dataclass(frozen=True)
class Is:
    """The answer to `question` is one of `values`."""

    question: str
    values: tuple[str | int, ...]


@dataclass(frozen=True)
class AtLeast:
    question: str
    number: int | Decimal


@dataclass(frozen=True)
class AtMost:
    question: str
    number: int | Decimal


@dataclass(frozen=True)
class Includes:
    """The several choices made in `question` hold `option`."""

    question: str
    option: str


@dataclass(frozen=True)
class Answered:
    question: str
    answered: bool


@dataclass(frozen=True)
class All:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    condition: Condition


Condition = Is | AtLeast | AtMost | Includes | Answered | All | AnyOf | Not


@dataclass(frozen=True)
class Option:
    id: str
    text: Words
    sms_text: Words = field(default_factory=dict)
    aliases: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    exclusive: bool = False


@dataclass(frozen=True)
class Question:
    """One thing asked. Which fields mean something depends on `kind`; the others keep their defaults."""

    id: str
    kind: Kind
    text: Words
    sms_text: Words = field(default_factory=dict)
    hint: Words = field(default_factory=dict)
    why: Words = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    other: bool = False
    max_choices: int | None = None
    min: int | Decimal | None = None
    max: int | Decimal | None = None
    min_label: Words = field(default_factory=dict)
    max_label: Words = field(default_factory=dict)
    integer: bool = False
    max_length: int | None = None
    required: bool = False
    sensitive: bool = False
    show_if: Condition | None = None
    topic: str | None = None
    measure: Measure | None = None
    informs: tuple[str, ...] = ()

    @property
    def is_asked(self) -> bool:
        """A note says something and waits for nothing; everything else waits for an answer."""
        return self.kind is not Kind.NOTE

    @property
    def has_choices(self) -> bool:
        """Answered by choosing on a page; the others are written in a box."""
        return self.kind not in {Kind.NUMBER, Kind.TEXT, Kind.POSTCODE_DISTRICT, Kind.NOTE}

    @property
    def points(self) -> range:
        """The points of a scale: 1 to 5 unless the survey says otherwise."""
        return range(1 if self.min is None else int(self.min), (5 if self.max is None else int(self.max)) + 1)

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options as people meet them, on the page and by text, in the order of their numbers.

        `other` adds one last choice called `other` (its words are the product's own), unless the author wrote one.
        """
        if not self.other or any(option.id == OTHER for option in self.options):
            return self.options
        return (*self.options, Option(OTHER, text={}))

    def choice(self, option_id: str) -> Option | None:
        return next((choice for choice in self.choices if choice.id == option_id), None)

    @property
    def choice_ids(self) -> tuple[str, ...]:
        return tuple(choice.id for choice in self.choices)


@dataclass(frozen=True)
class Survey:
    """One survey as it stands in its document; a published one carries its `version` (1, 2, …), a draft 0."""

    slug: str
    default_language: Language
    languages: tuple[Language, ...]
    title: Words
    questions: tuple[Question, ...]
    intro: Words = field(default_factory=dict)
    sms_intro: Words = field(default_factory=dict)
    thanks: Words = field(default_factory=dict)
    keyword: str | None = None
    promise: Promise = Promise.PRIVATE
    audience: Audience = Audience.ALL
    tell_back: bool = False
    opens: date | None = None
    closes: date | None = None
    version: int = 0

    def question(self, question_id: str) -> Question | None:
        return next((question for question in self.questions if question.id == question_id), None)

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that wait for an answer, in order."""
        return tuple(question for question in self.questions if question.is_asked)

    @property
    def minutes(self) -> int:
        """About how long it takes to answer all of them."""
        return max(1, round(len(self.asked) * SECONDS_A_QUESTION / 60))

    def words(self, words: Words, language: Language) -> str:
        """These words in the language asked for, else in the survey's own; empty where there are none."""
        return words.get(language) or words.get(self.default_language) or ""


def questions_named(condition: Condition) -> Iterator[str]:
    """Every question id that a condition looks at."""
    match condition:
        case All(conditions) | AnyOf(conditions):
            for part in conditions:
                yield from questions_named(part)
        case Not(part):
            yield from questions_named(part)
        case Is(question) | AtLeast(question) | AtMost(question) | Includes(question) | Answered(question):
            yield question
