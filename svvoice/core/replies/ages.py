"""Replies to an age question: a band's number or words, or an age that falls in one band."""

from __future__ import annotations

from dataclasses import dataclass

from svvoice.core.replies.choices import one_option
from svvoice.core.replies.heard import Heard, found_in, phrase_at, phrase_in
from svvoice.core.replies.meaning import NotUnderstood, Reading, Reason, Understood
from svvoice.core.replies.normalise import Parts, is_number, is_sign, key
from svvoice.core.replies.numbers import Amount, amounts, is_range, is_whole, stands_alone
from svvoice.core.replies.options import Match, OptionTable, option_table
from svvoice.core.replies.words import ReplyWords, base_language, documents, words_of
from svvoice.core.survey import Language, Option, Question

OLDEST = 120
YOUNGEST = 3
"""Nobody younger texts; a 0 or a 2 said as an age is a slip."""
_NO_MATCH = NotUnderstood(Reason.NO_MATCH)
_AMBIGUOUS = NotUnderstood(Reason.AMBIGUOUS)
_BETWEEN = NotUnderstood(Reason.BETWEEN_VALUES)
_OUT_OF_RANGE = NotUnderstood(Reason.OUT_OF_RANGE)


@dataclass(frozen=True)
class Ages:
    """Whole years, both ends counted in. `open_at`: an "over" or "under" that may or may not count its own number."""

    youngest: int
    oldest: int
    open_at: int | None = None

    def holds(self, other: Ages) -> bool:
        return self.youngest <= other.youngest and other.oldest <= self.oldest


Bands = list[tuple[int, Ages]]
"""The ages that options stand for, by the option's place from 0."""


def read_age_band(question: Question, language: Language, heard: Heard) -> Reading:
    """The value is the option's id."""
    if heard.too_long:
        return _NO_MATCH
    table = option_table(question, language)
    labelled = _label(heard, table)
    if labelled is not None:
        return Understood(table.ids[labelled], "label")
    bands = _bands(question, language)
    found = amounts(heard.core, heard.words)
    if found:
        return _from_numbers(heard, table, bands, found)
    named = one_option(heard, table)
    if isinstance(named, Match):
        return Understood(table.ids[min(named.places)], named.rule)
    return named


def _label(heard: Heard, table: OptionTable) -> int | None:
    for pieces in heard.variants:
        places = table.label(pieces)
        if len(places) == 1 and not (len(pieces) == 1 and is_number(pieces[0])):
            return min(places)
    return None


def _bands(question: Question, language: Language) -> Bands:
    """The ages that each option stands for; an option without any ("prefer not to say") is left out."""
    read = [(place, ages) for place, option in enumerate(question.choices) if (ages := _ages_of(option, language))]
    return [(place, _settled(ages, place, read)) for place, ages in read]


def _ages_of(option: Option, language: Language) -> Ages | None:
    names = {**option.sms_text, **option.text}
    spoken = sorted(names, key=lambda code: base_language(code) != base_language(language))
    for code in spoken:
        heard = Heard.of(names[code], words_of(code if base_language(code) in documents() else "en"))
        ages = _ages_said(heard.parts, amounts(heard.parts, heard.words), heard.words)
        if ages is not None:
            return ages
    return None


def _settled(ages: Ages, place: int, bands: Bands) -> Ages:
    """ "Over 65" beside "55 to 65" begins at 66, beside "55 to 64" at 65: the neighbours decide."""
    edge = ages.open_at
    if edge is None:
        return ages
    closed = [other for where, other in bands if where != place and other.open_at is None]
    taken = any(other.youngest <= edge <= other.oldest for other in closed)
    if ages.oldest == OLDEST:
        return Ages(edge + 1 if taken else edge, OLDEST)
    return Ages(0, edge - 1 if taken or _begins_at(edge, place, bands) else edge)


def _begins_at(edge: int, place: int, bands: Bands) -> bool:
    return any(other.youngest == edge for where, other in bands if where != place)


def _ages_said(pieces: Parts, found: tuple[Amount, ...], words: ReplyWords) -> Ages | None:
    """The ages of a label or of a reply such as "13-15", "under 13", "65+"; None where it says none."""
    numbers = [int(amount.value) for amount in found if amount.value is not None and is_whole(amount.value)]
    if len(numbers) != len(found) or not numbers or len(numbers) > 2 or max(numbers) > OLDEST:
        return None
    first, last = found[0], found[-1]
    if len(numbers) == 2:
        ranged = is_range(pieces, first, last, words) or key(pieces[first.end : last.start]) in {"/", "and"}
        ranged = ranged or found_in(key(pieces[first.end : last.start]), words["and"])
        return Ages(numbers[0], numbers[1]) if ranged and numbers[0] < numbers[1] else None
    return _open_ages(numbers[0], pieces[: first.start], pieces[first.end :], words)


def _open_ages(number: int, before: Parts, after: Parts, words: ReplyWords) -> Ages:
    if after[:1] == ("+",) or phrase_in(after, words["or_over"]) or phrase_in(before, words["or_over"]):
        return Ages(number, OLDEST)
    if phrase_in(after, words["or_under"]) or phrase_in(before, words["or_under"]):
        return Ages(0, number)
    if _last_phrase(before, words["over"]) or before[-1:] == (">",) or _first_phrase(after, words["over"]):
        return Ages(number + 1, OLDEST, open_at=number)
    if _last_phrase(before, words["under"]) or before[-1:] == ("<",) or _first_phrase(after, words["under"]):
        return Ages(0, number - 1, open_at=number)
    return Ages(number, number)


def _last_phrase(pieces: Parts, collection: frozenset[str]) -> bool:
    return any(found_in(key(pieces[-n:]), collection) for n in (1, 2, 3, 4) if n <= len(pieces))


def _first_phrase(pieces: Parts, collection: frozenset[str]) -> bool:
    return any(found_in(key(pieces[:n]), collection) for n in (1, 2, 3) if n <= len(pieces))


def _from_numbers(heard: Heard, table: OptionTable, bands: Bands, found: tuple[Amount, ...]) -> Reading:
    pieces, words = heard.core, heard.words
    if phrase_in(pieces, words["not"]) or any(amount.value is None for amount in found):
        return _AMBIGUOUS
    if not all(is_whole(amount.value) for amount in found if amount.value is not None):
        return _BETWEEN
    if len(found) == 1:
        numbered = _numbered(heard, table, bands, found[0])
        if numbered is not None:
            return numbered
    ages = _ages_said(pieces, found, words)
    if ages is None:
        impossible = len(found) == 1 and not any(is_sign(piece) and piece in "+<>" for piece in pieces)
        return _OUT_OF_RANGE if impossible else _AMBIGUOUS
    if ages.oldest < YOUNGEST:
        return _OUT_OF_RANGE
    return _band_for(ages, table, bands)


def _numbered(heard: Heard, table: OptionTable, bands: Bands, amount: Amount) -> Reading | None:
    """The option of a bare number up to the number of options; None where the reply speaks of an age."""
    pieces, words = heard.core, heard.words
    number = int(amount.value or 0)
    after = pieces[amount.end :]
    years = phrase_at(after, 0, lambda name: found_in(name, words["years"]))
    without_years = (*pieces[: amount.end], *after[years:])
    if _ages_said(pieces, (amount,), words) != Ages(number, number):
        return None
    if not stands_alone(without_years, amount, words):
        return _AMBIGUOUS
    if years or not 1 <= number <= len(table.ids):
        return None
    band = next((place for place, ages in bands if ages.holds(Ages(number, number))), None)
    if _speaks_of_age(heard) and band != number - 1:
        return _AMBIGUOUS  # "I'm 2": the second band, or two years old?
    return Understood(table.ids[number - 1], amount.rule)


def _speaks_of_age(heard: Heard) -> bool:
    """Whether words stood before the number that people begin an age with ("I'm", "aged")."""
    return any(found_in(piece, heard.words["age_lead_ins"]) for piece in heard.courteous)


def _band_for(ages: Ages, table: OptionTable, bands: Bands) -> Reading:
    same = [place for place, band in bands if _same_edges(ages, band)]
    holding = [place for place, band in bands if band.holds(ages)]
    for places in (same, holding):
        if len(places) == 1:
            return Understood(table.ids[places[0]], "age")
    touched = [place for place, band in bands if band.youngest <= ages.oldest and ages.youngest <= band.oldest]
    return _OUT_OF_RANGE if not touched else _BETWEEN


def _same_edges(said: Ages, band: Ages) -> bool:
    """ "Over 65" is the band that begins at 65 or 66, "under 13" the one that ends at 12 or 13."""
    if said.open_at is None:
        return said == band
    if said.oldest == OLDEST:
        return band.oldest == OLDEST and band.youngest in (said.open_at, said.open_at + 1)
    return band.youngest == 0 and band.oldest in (said.open_at - 1, said.open_at)
