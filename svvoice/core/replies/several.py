"""A reply that lists options: "1, 3", "1 and 3", "13", "parks + library"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from svvoice.core.replies.heard import found_in, phrase_at
from svvoice.core.replies.meaning import Reason
from svvoice.core.replies.normalise import Parts, is_number, is_sign, is_word, key
from svvoice.core.replies.numbers import word_number
from svvoice.core.replies.options import OUT_OF_RANGE, OptionTable, match
from svvoice.core.replies.words import ReplyWords, trimmings

_SEPARATORS = frozenset(",;/&+.|:\n()*!")


@dataclass
class Several:
    """The options named, by place from 0, in the order they were said, and what is wrong with the list if anything."""

    places: list[int] = field(default_factory=list)
    fault: Reason | None = None
    rule: str = "list"


def listed(pieces: Parts, table: OptionTable, glued: bool) -> Several:
    """Every option that a reply names. `glued`: digits written together are single options ("13" is 1 and 3)."""
    found = _ListReading(_split_numbers(pieces), table, glued).read()
    if found.fault in (None, Reason.OUT_OF_RANGE):
        return found
    apart = _and_apart(pieces, table.words)
    again = _ListReading(_split_numbers(apart), table, glued).read() if apart != pieces else found
    return again if again.fault is None else found


def _and_apart(pieces: Parts, words: ReplyWords) -> Parts:
    """Parts with an attached "and" as a part of its own: "والحافلات" as "و", "الحافلات"."""
    joiner = words.shapes.attached_and
    if not joiner:
        return pieces
    split: list[str] = []
    for piece in pieces:
        joined = bool(split) and piece.startswith(joiner) and len(piece) > len(joiner) + 2
        apart = joined and word_number(piece, words) is None  # واحد is one, no "and"
        split.extend((joiner, piece.removeprefix(joiner)) if apart else (piece,))
    return tuple(split)


def _split_numbers(pieces: Parts) -> Parts:
    """`1,3` as three parts, and `-3` as a sign and a number."""
    split: list[str] = []
    for piece in pieces:
        split.extend(re.findall(r"[0-9]+|[^0-9]", piece) if is_number(piece) else [piece])
    return tuple(split)


class _ListReading:
    """One pass over the parts of a reply; each step reads something and moves on, or names the fault and ends."""

    def __init__(self, pieces: Parts, table: OptionTable, glued: bool) -> None:
        self.pieces, self.table, self.words, self.glued = pieces, table, table.words, glued
        self.place = 0
        self.found = Several()
        self.after_number: int | None = None
        self.only_letters = all(len(p) == 1 or not is_word(p) or self._joins(p) for p in pieces)

    def read(self) -> Several:
        while self.place < len(self.pieces) and self.found.fault is None:
            moved = self._sign() or self._label() or self._number() or self._word()
            if not moved:
                self._rest_of_chunk()
        return self.found

    def _take(self, place: int, length: int) -> bool:
        self.found.places.append(place)
        self.place += length
        return True

    def _fail(self, reason: Reason) -> bool:
        self.found.fault = reason
        return True

    def _joins(self, piece: str) -> bool:
        return found_in(piece, self.words["and"])

    def _sign(self) -> bool:
        piece = self.pieces[self.place]
        if not is_sign(piece):
            return False
        following = self.pieces[self.place + 1 : self.place + 2]
        if piece == "-" and self.after_number is not None and following and is_number(following[0]):
            self.found.places += listed(following, self.table, glued=False).places
            return self._fail(Reason.BETWEEN_VALUES)
        if piece in _SEPARATORS - {".", ")", ":"}:
            self.after_number = None
        self.place += 1
        return True

    def _label(self) -> bool:
        table = self.table
        length = phrase_at(self.pieces, self.place, lambda name: len(table.labels.get(name, ())) == 1 and len(name) > 1)
        stretch = self.pieces[self.place : self.place + length]
        if not length or (is_number(stretch[0]) and all(is_number(p) or is_sign(p) for p in stretch)):
            return False
        place = min(table.label(stretch))
        if self.after_number is not None and self.after_number != place:
            return self._fail(Reason.AMBIGUOUS)  # "1 Library", where the library is 2
        self.after_number = None
        return self._take(place, length)

    def _number(self) -> bool:
        piece = self.pieces[self.place]
        if not is_number(piece):
            return False
        ordinal = phrase_at(self.pieces, self.place, self.words.ordinals.__contains__)
        if ordinal:
            return self._word_for(ordinal)
        number, count = int(piece[:9]), len(self.table.ids)
        self.after_number = number - 1
        if 1 <= number <= count:
            return self._take(number - 1, 1)
        if self.glued and len(piece) > 1 and all(1 <= int(digit) <= count for digit in piece):
            self.found.places.extend(int(digit) - 1 for digit in piece)
            self.place += 1
            return True
        return self._fail(Reason.OUT_OF_RANGE)

    def _word(self) -> bool:
        return self._joiner() or self._letter() or self._number_word() or self._filler()

    def _joiner(self) -> bool:
        piece, words = self.pieces[self.place], self.words
        following = self.pieces[self.place + 1 : self.place + 2]
        if self.found.places and following and self._joins(piece):
            self.after_number = None
            self.place += 1
            return True
        if found_in(piece, words["not"]):
            named = self.found.places or any(is_number(p) or self.table.label((p,)) for p in self.pieces)
            return self._fail(Reason.AMBIGUOUS if named else Reason.NO_MATCH)
        joins_two = self.found.places and following
        ranged = self.after_number is not None and following and is_number(following[0])
        if (joins_two and found_in(piece, words["or"])) or (ranged and found_in(piece, words["to"])):
            self.found.places += listed(self.pieces[self.place + 1 :], self.table, self.glued).places
            return self._fail(Reason.BETWEEN_VALUES)
        return False

    def _letter(self) -> bool:
        piece = self.pieces[self.place]
        if self.only_letters and len(piece) == 1 and "a" <= piece <= "z":
            place = ord(piece) - ord("a")
            if place < len(self.table.ids):
                return self._take(place, 1)
        return False

    def _number_word(self) -> bool:
        words = self.words
        ordinals = words.ordinals
        length = phrase_at(self.pieces, self.place, lambda name: bool(word_number(name, words)) or name in ordinals)
        return bool(length) and self._word_for(length)

    def _word_for(self, length: int) -> bool:
        """A number word or ordinal of this many parts."""
        words = self.words
        name = key(self.pieces[self.place : self.place + length])
        number = word_number(name, words) or words.ordinals[name]
        self.after_number = number - 1
        return self._take(number - 1, length) if number <= len(self.table.ids) else self._fail(Reason.OUT_OF_RANGE)

    def _filler(self) -> bool:
        """Option words before a number ("no 2"), "both", articles, courtesies and lead-ins are stepped over."""
        piece, words = self.pieces[self.place], self.words
        following = self.pieces[self.place + 1 : self.place + 2]
        article = found_in(piece, words["articles"])
        if article and self.after_number is not None:
            return self._fail(Reason.AMBIGUOUS)  # "2 a week"
        if following and not self.found.places and found_in(piece, words["both"]):
            article = True
        if (
            following and found_in(piece, words["option"]) and (is_number(following[0]) or is_sign(following[0]))
        ) or article:
            self.place += 1
            return True
        before, after = trimmings(words.language)
        for length in range(min(4, len(self.pieces) - self.place), 0, -1):
            stretch = self.pieces[self.place : self.place + length]
            if stretch in before or stretch in after:
                self.place += length
                return True
        return False

    def _rest_of_chunk(self) -> None:
        """Words that nothing knows: the beginning of a label or a slip of one, up to the next separator."""
        end = self.place
        while end < len(self.pieces) and is_word(self.pieces[end]) and not self._joins(self.pieces[end]):
            end += 1
        found = match(self.pieces[self.place : end], self.table) if end > self.place else None
        counts = self.after_number is not None and found is not None and found.rule == "inflection"  # "in 2 weeks"
        if (
            found is not None
            and not counts
            and len(found.places) == 1
            and self.after_number in (None, min(found.places))
        ):
            self._take(min(found.places), end - self.place)
        elif found is not None and found.rule == OUT_OF_RANGE:
            self._fail(Reason.OUT_OF_RANGE)
        else:
            self._fail(Reason.NO_MATCH if found is None else Reason.AMBIGUOUS)
