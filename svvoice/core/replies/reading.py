"""Placeholder for typing until the reading of replies lands."""

from svvoice.core.replies.meaning import Command, Reading
from svvoice.core.survey import Language, Question


def read_answer(question: Question, language: Language, text: str) -> Reading:
    raise NotImplementedError


def read_command(text: str, language: Language) -> Command | None:
    raise NotImplementedError


def read_language(text: str) -> Language | None:
    raise NotImplementedError
