"""What the phone simulator shows: both sides of the talk, what each text cost, and how each was read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from svvoice.core.replies import read_language
from svvoice.core.sms_text import is_right_to_left
from svvoice.language import ENGLISH_NAMES
from svvoice.messaging.loopback.ledger import Direction, Fault
from svvoice.messaging.loopback.remote import Shown
from svvoice.store.readings import Keyword, OurLine, Reading

FAULTS = {
    Fault.NONE: "Works as it should",
    Fault.TWICE: "Delivers each text to us twice",
    Fault.STOPPED: "Refuses: number said STOP",
    Fault.HANG: "Hangs for 20 seconds",
    Fault.TOO_MANY: "Says “too many” (429)",
    Fault.FAILS: "Fails (500)",
    Fault.TAKES_AND_FAILS: "Takes the text, then fails",
    Fault.BREAKS: "Takes the text, then cuts off",
    Fault.NO_REPORTS: "Never reports back",
    Fault.SHUFFLED_REPORTS: "Reports in the wrong order",
}
QUICK = ("SKIP", "BACK", "HELP", "LANGUAGE", "STOP")
LONG = 2
"""A text of more parts than this is marked."""
EXCERPT = 28

_READ_AS = {
    "answer": "Answer",
    "keyword": "Keyword: starts the survey",
    "unplaced": "Unplaced: fits nothing that is open",
    "unclear": "Unclear: kept, and the next question asked",
    "repeat": "The same words again: kept, not read",
    "more_words": "More of the same answer",
    "after_stop": "After STOP: kept, not answered",
    "too_many": "Too many texts: kept, not answered",
    "which_survey": "Another survey’s keyword: asked which",
    "tell_back": "Wants to be told what happens",
    "tell_back_no": "Does not want to be told",
}
_PROBLEMS = {
    "empty": "empty",
    "no_match": "fits no answer",
    "out_of_range": "out of range",
    "between_values": "between two values",
    "two_options_for_single": "two answers where one is asked for",
    "ambiguous": "could mean two things",
    "too_many": "too many choices",
    "too_long": "too long",
}


@dataclass(frozen=True)
class Bubble:
    """One text as a phone shows it. `language` is empty where it is not known."""

    words: str
    is_theirs: bool
    language: str
    note: str
    """What went wrong with it, or who else said it; empty otherwise."""


@dataclass(frozen=True)
class Cost:
    """One text as a line of the table. `price` is in pence, None for what residents pay themselves."""

    who: str
    is_theirs: bool
    excerpt: str
    language: str
    read_as: str
    is_plain: bool
    letters: int
    parts: int
    price: str | None
    is_long: bool


@dataclass(frozen=True)
class Screen:
    """The whole page. `lines` and `phones` are what can be chosen instead."""

    number: str
    line: OurLine
    bubbles: Sequence[Bubble]
    costs: Sequence[Cost]
    summary: str
    price: str
    fault: Fault
    phones: Sequence[str]
    fresh: str
    lines: Sequence[OurLine]
    keywords: Sequence[Keyword]
    quick: Sequence[str] = QUICK


def bubbles(texts: Sequence[Shown], languages: Sequence[str]) -> list[Bubble]:
    return [
        Bubble(text.body, text.is_theirs, language, _note(text))
        for text, language in zip(texts, languages, strict=True)
    ]


def costs(
    texts: Sequence[Shown], languages: Sequence[str], readings: Mapping[str, Reading], pence: Decimal
) -> list[Cost]:
    return [
        Cost(
            who=_who(text),
            is_theirs=text.is_theirs,
            excerpt=_excerpt(text.body),
            language=language,
            read_as=read_as(readings.get(text.sid), text.body) if text.is_theirs else "",
            is_plain=text.is_plain,
            letters=text.units,
            parts=text.parts,
            price=in_pence(text.parts * pence) if _is_paid(text) else None,
            is_long=_is_paid(text) and text.parts > LONG,
        )
        for text, language in zip(texts, languages, strict=True)
    ]


def summary(texts: Iterable[Shown], pence: Decimal) -> str:
    """How much came from us, in one line."""
    ours = [text for text in texts if _is_paid(text)]
    parts = sum(text.parts for text in ours)
    return (
        f"{len(ours)} {'text' if len(ours) == 1 else 'texts'} from us, "
        f"{parts} {'part' if parts == 1 else 'parts'}, {in_pence(parts * pence)} so far."
    )


def languages_of(texts: Sequence[Shown], readings: Mapping[str, Reading]) -> list[str]:
    """The language of each text, as far as it is known: it changes where a resident texts the name of one."""
    found, spoken = [], ""
    for text in texts:
        if text.is_theirs and (reading := readings.get(text.sid)) is not None:
            spoken = _chosen_language(reading, text.body) or spoken
        found.append("en" if text.direction is Direction.NETWORK else _fitting(spoken, text.body))
    return found


def read_as(reading: Reading | None, body: str) -> str:
    """How a text was read, in words."""
    if reading is None:
        return "Did not reach us"
    kind, _, rest = reading.how.partition(":")
    if kind == "problem":
        return f"Not understood: {_PROBLEMS.get(rest, rest)}"
    if kind == "command" and (language := _chosen_language(reading, body)):
        return f"Language: {ENGLISH_NAMES.get(language, language)}"
    if kind == "command":
        return f"Command: {rest.upper()}"
    words = _READ_AS.get(reading.how, reading.how)
    return f"{words}: {reading.value}" if reading.value else words


def fresh_phone(taken: Iterable[str]) -> str:
    """The first fictional mobile that nobody has used yet; the first of all when every one is taken."""
    used = set(taken)
    numbers = [f"+447700900{last:03}" for last in range(200, 1000)]
    return next((number for number in numbers if number not in used), numbers[0])


def pence_of(setting: str) -> Decimal:
    try:
        return max(Decimal(setting), Decimal(0))
    except InvalidOperation:
        return Decimal(0)


def in_pence(amount: Decimal) -> str:
    """`8p`, `4.5p`, from a pound on `£1.20`."""
    if amount >= 100:
        return f"£{amount / 100:.2f}"
    return f"{amount.normalize():f}p"


def _is_paid(text: Shown) -> bool:
    return text.direction in (Direction.API, Direction.REPLY) and text.error_code is None


def _who(text: Shown) -> str:
    if text.is_theirs:
        return "Resident"
    return "Network" if text.direction is Direction.NETWORK else "Us"


def _note(text: Shown) -> str:
    if text.error_code == 21610:
        return "Not delivered: this number said STOP to the network."
    if text.error_code is not None:
        return f"Not delivered ({text.error_code})."
    return ""


def _fitting(language: str, words: str) -> str:
    """The language, unless its letters run the other way than these words: "STOP" is not Urdu."""
    runs_left = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)
    return language if is_right_to_left(language) == runs_left else ""


def _excerpt(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rstrip()}…"


def _chosen_language(reading: Reading, body: str) -> str | None:
    if reading.how not in ("command:language", "keyword"):
        return None
    words = body.split(maxsplit=1)
    return read_language(body) or (read_language(words[1]) if len(words) > 1 else None)
