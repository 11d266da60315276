"""What a reply to a question means: one function for every kind of question."""

from __future__ import annotations

from typing import assert_never

from svvoice.core.replies.ages import read_age_band
from svvoice.core.replies.choices import read_multi_choice, read_single_choice
from svvoice.core.replies.heard import hear
from svvoice.core.replies.meaning import NotUnderstood, Reading, Reason, Understood
from svvoice.core.replies.normalise import shows_nothing
from svvoice.core.replies.postcode import read_postcode
from svvoice.core.replies.scales import read_number, read_scale
from svvoice.core.replies.yes_no import read_yes_no
from svvoice.core.survey import Kind, Language, Question


def read_answer(question: Question, language: Language, text: str) -> Reading:
    """The value that a reply gives to a question, or why it gives none. Commands are read before, by `read_command`."""
    if shows_nothing(text):
        return NotUnderstood(Reason.EMPTY)
    match question.kind:
        case Kind.TEXT:
            return Understood(text.strip(), "text")
        case Kind.YES_NO:
            return read_yes_no(hear(text, language))
        case Kind.SINGLE_CHOICE:
            return read_single_choice(question, language, hear(text, language), text)
        case Kind.MULTI_CHOICE:
            return read_multi_choice(question, language, hear(text, language), text)
        case Kind.SCALE:
            return read_scale(question, language, hear(text, language))
        case Kind.NUMBER:
            return read_number(question, language, hear(text, language))
        case Kind.POSTCODE_DISTRICT:
            return read_postcode(hear(text, language))
        case Kind.AGE_BAND:
            return read_age_band(question, language, hear(text, language))
        case Kind.NOTE:
            return NotUnderstood(Reason.NO_MATCH)
        case _:
            assert_never(question.kind)
