"""What a reply means: one function for the webhook, the phone, the tests and any later re-reading."""

from svvoice.core.replies.meaning import PARSER_VERSION, Command, NotUnderstood, Reading, Reason, Understood
from svvoice.core.replies.reading import read_answer, read_command, read_language

__all__ = [
    "PARSER_VERSION",
    "Command",
    "NotUnderstood",
    "Reading",
    "Reason",
    "Understood",
    "read_answer",
    "read_command",
    "read_language",
]
