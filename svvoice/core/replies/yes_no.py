"""Replies to a yes/no question, which a text prints as "1 Yes 2 No"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from svvoice.core.replies.heard import STRONG_SIGNS, Heard, found_in, phrase_in
from svvoice.core.replies.meaning import NotUnderstood, Reading, Reason, Understood
from svvoice.core.replies.normalise import THUMBS_DOWN, THUMBS_UP, Parts, bare, is_number, is_sign, is_word, key
from svvoice.core.replies.numbers import word_number
from svvoice.core.replies.options import without_option_words
from svvoice.core.replies.words import ReplyWords, words_of
from svvoice.core.survey import Language

YES, NO = "yes", "no"
_NUMBERED = {1: YES, 2: NO}
_REPEATED = re.compile(r"(\w)\1+")
_AMBIGUOUS = NotUnderstood(Reason.AMBIGUOUS)
_NO_MATCH = NotUnderstood(Reason.NO_MATCH)


def read_yes_no(heard: Heard) -> Reading:
    """The value is `yes` or `no`."""
    thumbs = {value for sign, value in ((THUMBS_UP, YES), (THUMBS_DOWN, NO)) if sign in heard.tidied}
    reading = _NO_MATCH if heard.too_long else _in_words(heard)
    if not thumbs:
        return reading
    if isinstance(reading, Understood):
        return reading if thumbs == {reading.value} else _AMBIGUOUS
    alone = len(thumbs) == 1 and not any(is_word(piece) or is_number(piece) for piece in heard.parts)
    return Understood(thumbs.pop(), "thumb") if alone else _AMBIGUOUS


def _in_words(heard: Heard) -> Reading:
    if any(found_in(key(pieces), heard.words["both"]) for pieces in heard.variants):
        return _AMBIGUOUS
    for pieces in heard.variants:
        reading = _whole(pieces, heard.words)
        if reading is not None:
            return reading
    return _first_word(heard.variants[0], heard.words) or _first_word(heard.core, heard.words) or _why_not(heard)


def _whole(pieces: Parts, words: ReplyWords) -> Reading | None:
    """A reply that is nothing but a number, a word for yes or no, or both of one meaning."""
    number = _option_number(pieces, words)
    said = _meaning(key(pieces), words)
    if said is None and number is None and len(pieces) > 1:
        return _number_and_word(pieces, words)
    if said is not None and number is None:
        return Understood(said, "label") if said in (YES, NO) else _NO_MATCH
    if number is None:
        return None
    return Understood(_NUMBERED[number], "number") if number in _NUMBERED else NotUnderstood(Reason.OUT_OF_RANGE)


def _option_number(pieces: Parts, words: ReplyWords) -> int | None:
    spoken = without_option_words(pieces, words)
    if len(spoken) != 1:
        return None
    if spoken[0].lstrip("-").isdigit():
        number = int(spoken[0].lstrip("-")[:9])
        # "no 1" may be number one, or a no
        said = [_meaning(piece, words) for piece in pieces[:-1] if is_word(piece)]
        return number if _NUMBERED.get(number) == NO or NO not in said else None
    number_said = word_number(spoken[0], words) if _meaning(spoken[0], words) is None else None
    return number_said if len(pieces) == 1 or _meaning(pieces[0], words) is None else None  # "no one"


def _number_and_word(pieces: Parts, words: ReplyWords) -> Reading | None:
    """`1 yes`, `yes (1)`; at odds: ambiguous."""
    spoken = tuple(piece for piece in pieces if not is_sign(piece))
    if len(spoken) < 2:
        return None
    for number, rest in ((spoken[0], spoken[1:]), (spoken[-1], spoken[:-1])):
        said = _meaning(key(rest), words)
        if number.isdigit() and said in (YES, NO):
            return Understood(said, "number_and_label") if _NUMBERED.get(int(number[:9])) == said else _AMBIGUOUS
    said_all = {_meaning(piece, words) for piece in spoken}
    if len(said_all) == 1 and said_all <= {YES, NO}:
        return Understood(YES if YES in said_all else NO, "label")
    return None


def _meaning(name: str, words: ReplyWords) -> str | None:
    """`yes`, `no`, or another meaning that is neither; letters said longer than written count ("yesss")."""
    for form in dict.fromkeys((name, bare(name))):
        meanings = [meaning for meaning in ("not_sure", "maybe", NO, YES) if form in words.meanings[meaning]]
        if meanings:
            return meanings[0]
        if form in words.letters:
            return words.letters[form]
    squeezed = _REPEATED.sub(r"\1", bare(name))
    if squeezed in words.letters:
        return words.letters[squeezed]
    return _squeezed(words.language).get(squeezed)


@cache
def _squeezed(language: Language) -> Mapping[str, str]:
    """The language's single words for yes and no with every doubled letter written once, and what they mean."""
    meanings = words_of(language).meanings
    return {_REPEATED.sub(r"\1", word): said for said in (YES, NO) for word in meanings[said] if " " not in word}


def _first_word(pieces: Parts, words: ReplyWords) -> Reading | None:
    """`yes we love it`, `no, never been`: a yes or no, then a pause or a word that goes on from it."""
    for length in (3, 2, 1):
        said = _meaning(key(pieces[:length]), words) if len(pieces) > length and is_word(pieces[0]) else None
        rest = pieces[length:]
        if said not in (YES, NO) or is_sign(pieces[length - 1]):
            continue
        if not (rest[0] in STRONG_SIGNS or found_in(rest[0], words["after_yes_or_no"])):
            continue
        return Understood(said, "first_word") if not _takes_back(rest, said, words) else _AMBIGUOUS
    return None


def _takes_back(rest: Parts, said: str, words: ReplyWords) -> bool:
    other = NO if said == YES else YES
    names = (words.meanings["maybe"], words.meanings["not_sure"], words.meanings[other] - words["lead_ins"])
    if any(is_number(piece) and piece in ("1", "2") for piece in rest):
        return True
    if said == YES and phrase_in(rest, words["not"]):
        return True
    return any(phrase_in(rest, collection) for collection in names)


def _why_not(heard: Heard) -> Reading:
    said = {_meaning(piece, heard.words) for piece in heard.core if is_word(piece)}
    numbers = {piece for piece in heard.core if is_number(piece)}
    two = {YES, NO} <= said or len(numbers) > 1
    return _AMBIGUOUS if two or numbers else _NO_MATCH
