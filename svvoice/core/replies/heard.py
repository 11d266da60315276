"""One reply made ready for reading: its parts, and the same without courtesies and lead-ins ("I'd say 2 please")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from svvoice.core.replies.normalise import Parts, bare, is_number, is_sign, is_word, key, parts, tidy
from svvoice.core.replies.words import ReplyWords, all_polite, trimmings, words_of
from svvoice.core.survey import Language

LONGEST_PHRASE = 6
"""Words in the longest courtesy, joiner or number that is looked for."""

MOST_PARTS = 120
"""A longer reply is a story, not a choice: it is not searched for options."""

_SOFT = frozenset(".,;:!?()[]{}\"*#=_~-/|&\\^@\n👍👎★☆")
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
        bare_of_signs = trim(self.parts, frozenset(), frozenset())
        cut = self.core[: reason_at(self.core, self.words)]
        before, after = trimmings(self.words.language)
        return tuple(dict.fromkeys((bare_of_signs, self.courteous, self.core, trim(cut, before, after))))

    @property
    def too_long(self) -> bool:
        return len(self.parts) > MOST_PARTS


def hear(text: str, language: Language) -> Heard:
    return Heard.of(text, words_of(language))


def trim(pieces: Parts, before: frozenset[Parts], after: frozenset[Parts]) -> Parts:
    """The parts without soft signs and these phrases at either end; something is always left."""
    start, end = 0, len(pieces)
    while True:
        while end - start > 1 and pieces[start] in _SOFT:
            start += 1
        while end - start > 1 and pieces[end - 1] in _SOFT:
            end -= 1
        longest = min(LONGEST_PHRASE, end - start - 1)
        cut = next((n for n in range(longest, 0, -1) if _among(pieces[start : start + n], before)), 0)
        start += cut
        longest = min(LONGEST_PHRASE, end - start - 1)
        back = next((n for n in range(longest, 0, -1) if _among(pieces[end - n : end], after)), 0)
        end -= back
        if not cut and not back:
            return pieces[start:end]


def _among(pieces: Parts, phrases: frozenset[Parts]) -> bool:
    return pieces in phrases or tuple(bare(piece) for piece in pieces) in phrases


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
