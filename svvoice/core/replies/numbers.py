"""Numbers in replies: digits with a language's marks, number words, and whether a number stands for itself.

"I'd say 2" is a 2; "2 times a week" and "my 2 kids" count something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from svvoice.core.replies.heard import STRONG_SIGNS, found_in, phrase_at, phrase_in, trim
from svvoice.core.replies.normalise import Parts, bare, is_number, is_sign, is_word, key
from svvoice.core.replies.words import NO_PHRASES, ReplyWords, trimmings

LONGEST_NUMBER = 12
"""Digits in the longest number that is read; a phone number is not an answer."""


@dataclass(frozen=True)
class Amount:
    """A number in a reply, from part `start` up to `end`. Without a value: digits that make no one number ("1,3")."""

    value: Decimal | None
    start: int
    end: int
    rule: str


def amounts(pieces: Parts, words: ReplyWords) -> tuple[Amount, ...]:
    """Every number in these parts, in digits or words, in order."""
    found: list[Amount] = []
    place = 0
    while place < len(pieces):
        if is_number(pieces[place]) and not (length := _word_with_digits(pieces, place, words)):
            found.append(Amount(number_from(pieces[place], words), place, place + 1, "number"))
            place += 1
            continue
        length = phrase_at(pieces, place, lambda phrase: word_number(phrase, words) is not None)
        if length:
            value = word_number(key(pieces[place : place + length]), words)
            found.append(Amount(None if value is None else Decimal(value), place, place + length, "number_word"))
        place += length or 1
    return tuple(found)


def _word_with_digits(pieces: Parts, place: int, words: ReplyWords) -> int:
    """The parts of a number word that begins with a digit for a letter: `3ashra` is ten in Arabic chat letters."""
    following = pieces[place + 1 : place + 2]
    if not following or not is_word(following[0]):
        return 0
    return phrase_at(pieces, place, lambda phrase: word_number(phrase, words) is not None)


def word_number(phrase: str, words: ReplyWords) -> int | None:
    """The number that a phrase names, with accents or without."""
    value = words.numbers.get(phrase)
    return value if value is not None else words.numbers.get(bare(phrase))


def number_from(part: str, words: ReplyWords) -> Decimal | None:
    """Digits as a number, by the language's group and decimal marks; None for "1,3" in English."""
    if sum(letter.isdigit() for letter in part) > LONGEST_NUMBER:
        return None
    marks = re.escape(words.group_marks.strip())
    decimal = re.escape(words.decimal_mark)
    if marks and re.fullmatch(rf"-?[0-9]{{1,3}}(?:[{marks}][0-9]{{3}})+(?:{decimal}[0-9]+)?", part):
        return Decimal(re.sub(rf"[{marks}]", "", part).replace(words.decimal_mark, "."))
    plain = part.replace(words.decimal_mark, ".")
    return Decimal(plain) if re.fullmatch(r"-?[0-9]*\.?[0-9]+", plain) else None


def is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def stands_alone(pieces: Parts, amount: Amount, words: ReplyWords) -> bool:
    """Whether a number is the answer itself: only lead-ins before it, and nothing after it that it could count."""
    return _only_lead_ins(pieces[: amount.start], words) and _counts_nothing(pieces[amount.end :], words)


def _only_lead_ins(before: Parts, words: ReplyWords) -> bool:
    leading, _ = trimmings(words.language)
    rest = trim((*before, "0"), leading, NO_PHRASES)
    return all(is_sign(piece) or found_in(piece, words["option"]) for piece in rest[:-1]) and "+" not in rest[:-1]


def _counts_nothing(after: Parts, words: ReplyWords) -> bool:
    _, closing = trimmings(words.language)
    rest = trim(("0", *after), NO_PHRASES, closing)[1:]
    if not rest:
        return True
    if rest[0] not in STRONG_SIGNS and not found_in(rest[0], words["reasons"]):
        return False
    reason = found_in(rest[0], words["reasons"])
    return reason or not doubtful(rest, words)


def doubtful(pieces: Parts, words: ReplyWords) -> bool:
    """Whether something takes back what was said: a negation, a "maybe", an "or"."""
    return any(
        phrase_in(pieces, collection)
        for collection in (words["not"], words["or"], words.meanings["maybe"], words.meanings["not_sure"])
    )


def is_range(pieces: Parts, first: Amount, second: Amount, words: ReplyWords) -> bool:
    """Whether two numbers are the ends of a range, or two answers given as one: "3-4", "3 to 4", "3 or 4"."""
    between = pieces[first.end : second.start]
    if not between:
        return pieces[second.start].startswith("-")
    joined = key(between)
    return joined in {"-", "--", "~"} or found_in(joined, words["to"]) or found_in(joined, words["or"])
