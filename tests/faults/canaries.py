"""A made-up number and made-up words that must stand in no log, in any spelling."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

NUMBER = "+447700900987"
WORDS = "zebrasong behind the shed"
SPELLINGS = ("+447700900987", "447700900987", "07700900987", "07700 900987", "+44 7700 900 987", "0044-7700-900987")

_TRACES = (
    "770090098",  # the numbers beside it are canaries too
    "zebrasong",
    "zebra",
    base64.b64encode(NUMBER.encode()).decode().rstrip("=")[:-1],
    base64.b64encode(WORDS.encode()).decode()[:8],
    WORDS.encode().hex(),
    NUMBER.encode().hex(),
)


def traces_in(log: str) -> list[str]:
    """The lines of a log in which the number or the words stand, however they are written."""
    return [line for line in log.splitlines() if any(trace in _plain(line) for trace in map(_plain, _TRACES))]


def _plain(line: str) -> str:
    return re.sub(r"[\s().\-]|%20|%2[Bb]", "", line).lower()


def forms_of_writing() -> list[str]:
    """Ways in which a careless log might write them."""
    written = [*SPELLINGS, *map(quote, SPELLINGS), repr(WORDS), quote(WORDS), WORDS.upper(), WORDS.encode().hex()]
    return [*written, base64.b64encode(WORDS.encode()).decode(), base64.b64encode(NUMBER.encode()).decode()]
