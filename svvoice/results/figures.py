"""Numbers as staff read them: "31 in 100", "121 people", "fewer than 10 people"."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from svvoice.core.answers import written
from svvoice.core.disclosure import Hidden, Shown
from svvoice.core.hiding import Why
from svvoice.core.summary import Rate, fewer_than_1, in_100, more_than_99

HIDDEN = {
    Why.FEWER_THAN_10: "fewer than 10 people",
    Why.COMPANION: "kept back, so that no other number gives it away",
}

CHANNELS = {
    "web": "By page",
    "sms": "By text",
    "kiosk": "On a shared screen",
    "paper": "On paper",
    "import": "Brought in from a file",
}

SMALL_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def people(number: int) -> str:
    return "1 person" if number == 1 else f"{grouped(number)} people"


def grouped(number: int) -> str:
    """100,000 rather than 100000."""
    return f"{number:,}"


def hidden(number: Hidden) -> str:
    return HIDDEN[number.reason]


def share(number: Shown | Rate) -> str:
    if fewer_than_1(number.share):
        return "fewer than 1 in 100"
    if more_than_99(number.share):
        return "more than 99 in 100"
    return f"{in_100(number.share)} in 100"


def reach(number: Shown) -> str:
    """How far chance alone could move a share, in whole people of 100."""
    return f"{round(number.low * 100)} to {round(number.high * 100)} in 100"


def of_those(number: Shown | Rate, base: int, words: str) -> str:
    """251 of the 398 who told us."""
    return f"{grouped(number.people)} of the {grouped(base)} {words}"


def typed(number: Decimal) -> str:
    """A number as people typed it, to one place at most."""
    return written(round(number, 1))


def count_word(number: int) -> str:
    """Two for 2, as sentences begin."""
    return SMALL_NUMBERS[number].capitalize() if number < len(SMALL_NUMBERS) else str(number)


def number_or_hidden(number: int | Hidden) -> str:
    match number:
        case int():
            return people(number)
        case Hidden():
            return hidden(number)
        case _:
            assert_never(number)
