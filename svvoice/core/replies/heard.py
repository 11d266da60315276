"""One reply made ready for reading: its parts, and the same without courtesies and lead-ins ("I'd say 2 please")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from svvoice.core.replies.normalise import Parts, bare, is_number, is_sign, is_word, key, parts, tidy
from svvoice.core.replies.words import NO_PHRASES, Phrases, ReplyWords, all_polite, trimmings, words_of
from svvoice.core.survey import Language

LONGEST_PHRASE = 6
"""Words in the longest courtesy, joiner or number that is looked for."""

MOST_PARTS = 80
"""A longer reply is a story, not a choice: it is not searched for options."""

_SOFT = frozenset('.,;:!?()[]{}"*#=_~-/|&\\^@\n👍👎★☆')
"""Signs that mean nothing around an answer. `+`, `<`, `>` and `%` do."""

SENTENCE_ENDS = frozenset(".!?\n")
STRONG_SIGNS = SENTENCE_ENDS | frozenset(",;:-(*")


@dataclass(frozen=True)
class Heard:
    tidied: str
    parts: Parts
    words: ReplyWords

    @classmethod
    def of(cls, text: str, words: ReplyWords) -> Heard:
        tidied = tidy(text)
        return cls(tidied, parts(tidied), words)

    @cached_property
    def courteous(self) -> Parts:
        """Without courtesies around it."""
        polite = all_polite()
        return trim(self.parts, polite, polite)

    @cached_property
    def core(self) -> Parts:
        """Without courtesies, lead-ins and closings around it."""
        before, after = trimmings(self.words.language)
        return trim(self.courteous, before, after)

    @cached_property
    def variants(self) -> tuple[Parts, ...]:
        """The whole reply, then the same with less and less around it, each only once."""
        bare_of_signs = trim(self.parts, NO_PHRASES, NO_PHRASES)
        cut = self.core[: reason_at(self.core, self.words)]
        before, after = trimmings(self.words.language)
        return tuple(dict.fromkeys((bare_of_signs, self.courteous, self.core, trim(cut, before, after))))

    @property
    def too_long(self) -> bool:
        return len(self.parts) > MOST_PARTS


def hear(text: str, language: Language) -> Heard:
    return Heard.of(text, words_of(language))


def trim(pieces: Parts, before: Phrases, after: Phrases) -> Parts:
    """The parts without soft signs and these phrases at either end; something is always left."""
    start, end = 0, len(pieces)
    while True:
        while end - start > 1 and pieces[start] in _SOFT:
            start += 1
        while end - start > 1 and pieces[end - 1] in _SOFT:
            end -= 1
        front = _length_in_front(pieces, start, end, before)
        start += front
        back = _length_behind(pieces, start, end, after)
        end -= back
        if not front and not back:
            return pieces[start:end]


def _length_in_front(pieces: Parts, start: int, end: int, among: Phrases) -> int:
    if end - start < 2 or (pieces[start] not in among.first and bare(pieces[start]) not in among.first):
        return 0
    if len(pieces[start]) == len(pieces[start + 1]) == 1 and is_word(pieces[start + 1]):
        return 0  # "a b" may be two letters
    longest = min(among.longest, end - start - 1)
    return next((n for n in range(longest, 0, -1) if _among(pieces[start : start + n], among)), 0)


def _length_behind(pieces: Parts, start: int, end: int, among: Phrases) -> int:
    if end - start < 2 or (pieces[end - 1] not in among.final and bare(pieces[end - 1]) not in among.final):
        return 0
    longest = min(among.longest, end - start - 1)
    return next((n for n in range(longest, 0, -1) if _among(pieces[end - n : end], among)), 0)


def _among(pieces: Parts, among: Phrases) -> bool:
    return pieces in among or tuple(bare(piece) for piece in pieces) in among


def found_in(words: str, collection: frozenset[str]) -> bool:
    """Whether a phrase stands in a list of words, with its accents or without."""
    return words in collection or bare(words) in collection


def phrase_at(pieces: Parts, start: int, holds: Callable[[str], bool]) -> int:
    """The number of parts of the longest phrase from `start` that `holds` knows; 0 for none."""
    for length in range(min(LONGEST_PHRASE, len(pieces) - start), 0, -1):
        stretch = pieces[start : start + length]
        if not is_sign(stretch[0]) and not is_sign(stretch[-1]) and holds(key(stretch)):
            return length
    return 0


def phrase_in(pieces: Parts, collection: frozenset[str]) -> bool:
    """Whether any phrase of a list stands anywhere in these parts."""
    return any(phrase_at(pieces, start, lambda words: found_in(words, collection)) for start in range(len(pieces)))


def reason_at(pieces: Parts, words: ReplyWords) -> int:
    """Where a reason begins ("2 because …") that holds no other number; the end where there is none."""
    for place, piece in enumerate(pieces[1:], 1):
        if is_word(piece) and found_in(piece, words["reasons"]):
            return len(pieces) if any(is_number(later) for later in pieces[place:]) else place
    return len(pieces)
