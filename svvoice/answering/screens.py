"""What the respondents' templates are given: small frozen objects made for the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from svvoice.web.frame import Frame, Piece


@dataclass(frozen=True)
class Start:
    """The first page: who asks, why, how long, who sees, and a way in (`start`), or how to go on (`resuming`)."""

    frame: Frame
    intro: Piece
    questions: int
    minutes: int
    anonymous: bool
    under_18: bool
    start: str
    resuming: bool
    keyword: str | None
    number: str | None
    """Our number to text instead, as people write it (07700 900142)."""


class Control(StrEnum):
    """How a question is answered on a page."""

    RADIOS = "radios"
    CHECKBOXES = "checkboxes"
    LINE = "line"
    NUMBER = "number"
    BOX = "box"


@dataclass(frozen=True)
class Choice:
    value: str
    number: int
    """The number that a text would use."""
    label: Piece
    chosen: bool
    exclusive: bool = False
    has_box: bool = False
    """The choice `other`, with a box for own words (field `other`)."""


@dataclass(frozen=True)
class QuestionScreen:
    """One question: the form posts to `action` the fields `turn`, `answer` (repeated), `other`, or `skip`."""

    frame: Frame
    question_id: str
    words: Piece
    hint: Piece | None
    why: Piece | None
    notes: tuple[Piece, ...]
    """Read before the question, on the same page."""
    control: Control
    choices: tuple[Choice, ...] = ()
    low_label: Piece | None = None
    high_label: Piece | None = None
    typed: str = ""
    other: str = ""
    longest: int | None = None
    most: int | None = None
    """How many checkboxes may be ticked at most."""
    required: bool = False
    sensitive: bool = False
    number: int = 1
    of_about: int = 1
    action: str = ""
    turn: str = ""
    back: str | None = None
    problem: str | None = None
    """The sentence that says what to mend; shown on top and at the field."""

    @property
    def is_scale(self) -> bool:
        """The choices are points of a scale: numbers, with words only at the two ends."""
        return bool(self.choices) and all(choice.label.words == str(choice.number) for choice in self.choices)


@dataclass(frozen=True)
class Thanks:
    """After the last question."""

    frame: Frame
    thanks: Piece | None
    notes: tuple[Piece, ...]
    closes: date | None
    can_ask_to_be_told: bool
    asked_to_be_told: bool
    tell_back_action: str
    turn: str
    phone_typed: str
    problem: str | None
    results: str
    """The survey's public page."""
    change: str
    """The last question, to change an answer."""
    finish_action: str
    someone_else_action: str
    delete: str


@dataclass(frozen=True)
class Delete:
    """Are you sure? `action` takes the turn."""

    frame: Frame
    action: str
    turn: str
    keep: str


@dataclass(frozen=True)
class Message:
    """A page that says one thing: closed, not open yet, finished, deleted."""

    frame: Frame
    title: str
    sentences: tuple[str, ...] = field(default=())
    link: str | None = None
    link_words: str = ""
