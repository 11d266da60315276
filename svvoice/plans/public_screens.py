"""What the public page "What people said" is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from svvoice.web.frame import Frame, Piece


@dataclass(frozen=True)
class PublicBar:
    label: Piece
    share: str
    """Such as "12 in 100", or why it is kept back."""
    width: int | None
    """Of 100; None where there is no bar to draw."""


@dataclass(frozen=True)
class PublicQuestion:
    text: Piece
    answered: str
    bars: tuple[PublicBar, ...]


@dataclass(frozen=True)
class PublicDecision:
    """What was decided: what people said, the word of it, why, and what would have been done without them."""

    heard: Piece
    verdict: str
    kind: str
    reason: Piece
    otherwise: Piece | None
    difference: str
    day: date


@dataclass(frozen=True)
class PublicWaiting:
    """A promise that people gave evidence for, with no answer yet."""

    promise: Piece
    answer_due: date | None
    days_late: int


@dataclass(frozen=True)
class PublicScreen:
    frame: Frame
    answered: tuple[str, ...]
    """How many, when and by which way, in sentences."""
    enough: bool
    """Whether there are numbers to show."""
    questions: tuple[PublicQuestion, ...]
    came_by: PublicQuestion | None
    first_time: str
    decisions: tuple[PublicDecision, ...]
    waiting: tuple[PublicWaiting, ...]
    take_part: str
    """The way to the survey while it takes answers, else empty."""
    tell_me: str
    """The way to leave a number, where the survey offers to tell people; else empty."""
