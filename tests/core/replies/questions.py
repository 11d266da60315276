"""Questions that the tests of replies ask again and again."""

from __future__ import annotations

from svvoice.core.replies import Reason, Understood, read_answer
from svvoice.core.survey import Kind, Option, Question, Value

NEAR = Question("near", Kind.YES_NO, {"en": "Do you live near the park?"})
HOW_GOOD = Question("good", Kind.SCALE, {"en": "How good is it?"})
HOW_LIFE = Question("life", Kind.SCALE, {"en": "How is life?"}, min=0, max=10)
POSTCODE = Question("postcode", Kind.POSTCODE_DISTRICT, {"en": "Your postcode?"})
WORDS = Question("words", Kind.TEXT, {"en": "What would help?"})


def choice(*labels: str, language: str = "en", other: bool = False) -> Question:
    """A single choice with the ids `o1`, `o2`, …"""
    return Question("use", Kind.SINGLE_CHOICE, {language: "?"}, options=_options(labels, language), other=other)


def several(*labels: str, language: str = "en", other: bool = False) -> Question:
    """A multi choice with the ids `o1`, `o2`, …"""
    return Question("use", Kind.MULTI_CHOICE, {language: "?"}, options=_options(labels, language), other=other)


def bands(*labels: str) -> Question:
    return Question("age", Kind.AGE_BAND, {"en": "How old are you?"}, options=_options(labels, "en"))


def value(question: Question, reply: str, language: str = "en") -> Value | Reason:
    """What a reply was understood as, or why it was not."""
    reading = read_answer(question, language, reply)
    return reading.value if isinstance(reading, Understood) else reading.reason


def _options(labels: tuple[str, ...], language: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{number}", {language: label}) for number, label in enumerate(labels, 1))
