"""What a reply to a question means: one function for every kind of question."""

from __future__ import annotations

from typing import assert_never

from svvoice.core.replies.ages import read_age_band
from svvoice.core.replies.choices import read_multi_choice, read_single_choice
from svvoice.core.replies.heard import Heard, hear
from svvoice.core.replies.meaning import NotUnderstood, Reading, Reason, Understood
from svvoice.core.replies.normalise import shows_nothing
from svvoice.core.replies.postcode import read_postcode
from svvoice.core.replies.respelling import respelled
from svvoice.core.replies.scales import read_number, read_scale
from svvoice.core.replies.yes_no import read_yes_no
from svvoice.core.survey import Kind, Language, Question

_NO_MATCH = NotUnderstood(Reason.NO_MATCH)


def read_answer(question: Question, language: Language, text: str) -> Reading:
    """The value that a reply gives to a question, or why it gives none. Commands are read before, by `read_command`."""
    if shows_nothing(text):
        return NotUnderstood(Reason.EMPTY)
    if question.kind is Kind.TEXT:
        return Understood(text.strip(), "text")
    heard = hear(text, language)
    reading = _read(question, language, heard, text)
    if reading != _NO_MATCH or question.kind in (Kind.POSTCODE_DISTRICT, Kind.NOTE):
        return reading
    meant = respelled(heard)
    again = _read(question, language, meant, text) if meant is not None else reading
    return again if isinstance(again, Understood) else reading


def _read(question: Question, language: Language, heard: Heard, text: str) -> Reading:
    match question.kind:
        case Kind.YES_NO:
            return read_yes_no(heard)
        case Kind.SINGLE_CHOICE:
            return read_single_choice(question, language, heard, text)
        case Kind.MULTI_CHOICE:
            return read_multi_choice(question, language, heard, text)
        case Kind.SCALE:
            return read_scale(question, language, heard)
        case Kind.NUMBER:
            return read_number(question, language, heard)
        case Kind.POSTCODE_DISTRICT:
            return read_postcode(heard)
        case Kind.AGE_BAND:
            return read_age_band(question, language, heard)
        case Kind.TEXT:
            return Understood(text.strip(), "text")
        case Kind.NOTE:
            return NotUnderstood(Reason.NO_MATCH)
        case _:
            assert_never(question.kind)
