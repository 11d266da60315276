"""What a reply means: one function for the webhook, the phone, the tests and any later re-reading."""

from svvoice.core.replies.commands import (
    LanguageName,
    is_reserved,
    languages,
    read_command,
    read_language,
    reading_languages,
    reserved_words,
)
from svvoice.core.replies.meaning import PARSER_VERSION, Command, NotUnderstood, Reading, Reason, Understood
from svvoice.core.replies.normalise import normalise
from svvoice.core.replies.reading import read_answer

__all__ = [
    "PARSER_VERSION",
    "Command",
    "LanguageName",
    "NotUnderstood",
    "Reading",
    "Reason",
    "Understood",
    "is_reserved",
    "languages",
    "normalise",
    "read_answer",
    "read_command",
    "read_language",
    "reading_languages",
    "reserved_words",
]
