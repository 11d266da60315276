"""Replies to yes/no questions and to choices of one or several options."""

from __future__ import annotations

import re

from svvoice.core.replies.heard import Heard, found_in, phrase_in
from svvoice.core.replies.meaning import NotUnderstood, Reading, Reason, Understood
from svvoice.core.replies.normalise import Parts, is_number, key, normalise
from svvoice.core.replies.numbers import amounts, stands_alone
from svvoice.core.replies.options import OUT_OF_RANGE, Match, OptionTable, match, option_table
from svvoice.core.replies.several import Several, listed
from svvoice.core.survey import OTHER, Language, Question

_NO_MATCH = NotUnderstood(Reason.NO_MATCH)


def read_single_choice(question: Question, language: Language, heard: Heard, text: str) -> Reading:
    """The value is the option's id."""
    table = option_table(question, language)
    beside = _own_words(question, table, text)
    if beside is not None and not beside[0]:
        return Understood(OTHER, "other", other=beside[1])
    if heard.too_long:
        return _NO_MATCH
    found = one_option(heard, table)
    if isinstance(found, Match):
        return Understood(table.ids[min(found.places)], found.rule)
    return found


def one_option(heard: Heard, table: OptionTable) -> Match | NotUnderstood:
    """The one option that a reply names, or why there is none."""
    fault = NotUnderstood(Reason.TWO_OPTIONS_FOR_SINGLE) if _says_both(heard) and not table.label(heard.core) else None
    for pieces in heard.variants if fault is None else ():
        found = match(pieces, table)
        if found is not None and len(found.places) == 1:
            return found
        if found is not None and fault is None:
            fault = NotUnderstood(Reason.OUT_OF_RANGE if found.rule == OUT_OF_RANGE else Reason.AMBIGUOUS)
    several = listed(heard.core, table, glued=False)
    if several.fault is None and len(set(several.places)) == 1 and not _says_both(heard):
        return Match(frozenset(several.places), several.rule)
    if _names_two(several, heard):
        return NotUnderstood(Reason.TWO_OPTIONS_FOR_SINGLE)
    if fault is not None:
        return fault
    return _number_in_sentence(heard, table) or NotUnderstood(_why_not(several))


def _says_both(heard: Heard) -> bool:
    return any(found_in(key(pieces), heard.words["both"]) for pieces in heard.variants)


def _names_two(several: Several, heard: Heard) -> bool:
    words = heard.words
    return found_in(key(heard.core), words["all"]) or (
        len(set(several.places)) > 1 and several.fault in (None, Reason.BETWEEN_VALUES)
    )


def _why_not(several: Several) -> Reason:
    return several.fault or Reason.NO_MATCH


def _number_in_sentence(heard: Heard, table: OptionTable) -> Match | NotUnderstood | None:
    found = amounts(heard.core, heard.words)
    if not found:
        return None
    if len(found) > 1 or found[0].value is None or not stands_alone(heard.core, found[0], heard.words):
        return NotUnderstood(Reason.AMBIGUOUS)
    place = int(found[0].value) - 1
    if not 0 <= place < len(table.ids):
        return NotUnderstood(Reason.OUT_OF_RANGE)
    return Match(frozenset({place}), f"{found[0].rule}_in_sentence")


def read_multi_choice(question: Question, language: Language, heard: Heard, text: str) -> Reading:
    """The value is the ids of the options, in the order of the form."""
    table = option_table(question, language)
    beside = _own_words(question, table, text)
    if beside is not None:
        places = {*beside[0], table.ids.index(OTHER)}
        return Understood(tuple(table.ids[place] for place in sorted(places)), "other", other=beside[1])
    if heard.too_long:
        return _NO_MATCH
    return _several_options(heard, table)


def _several_options(heard: Heard, table: OptionTable) -> Reading:
    fault: Reason | None = None
    for pieces in heard.variants:
        found = match(pieces, table) if not _glued(pieces, table) else None
        if found is not None and len(found.places) == 1:
            return _chosen(table, list(found.places), found.rule)
        if every := _every_option(pieces, table):
            return _chosen(table, every, "all")
        if _says_both(heard):
            return NotUnderstood(Reason.AMBIGUOUS)
        several = listed(pieces, table, glued=len(table.ids) < 10)
        if several.places and several.fault is None:
            return _chosen(table, several.places, several.rule)
        fault = fault or several.fault or (Reason.AMBIGUOUS if found is not None and found.places else None)
    in_sentence = _number_in_sentence(heard, table) if fault is Reason.NO_MATCH else None
    if isinstance(in_sentence, Match):
        return _chosen(table, list(in_sentence.places), in_sentence.rule)
    return NotUnderstood(_excepting(heard) or fault or Reason.NO_MATCH)


def _excepting(heard: Heard) -> Reason | None:
    """ "All except 2" names an option, but not to choose it."""
    names_one = any(is_number(piece) for piece in heard.parts)
    return Reason.AMBIGUOUS if names_one and phrase_in(heard.parts, heard.words["not"]) else None


def _glued(pieces: tuple[str, ...], table: OptionTable) -> bool:
    return len(pieces) == 1 and is_number(pieces[0]) and len(pieces[0]) > 1 and len(table.ids) < 10


def _every_option(pieces: Parts, table: OptionTable) -> list[int]:
    """All the options that go together, for "all", "all 4" and, of two, "both"."""
    every = [place for place in range(len(table.ids)) if place not in table.exclusive]
    words = table.words
    counted = amounts(pieces[1:], words)
    if len(counted) == 1 and counted[0].end == len(pieces) - 1 and counted[0].value == len(every):
        pieces = pieces[: counted[0].start + 1]
    name = key(pieces)
    if found_in(name, words["all"]) or (found_in(name, words["both"]) and len(every) == 2):
        return every
    return []


def _chosen(table: OptionTable, places: list[int], rule: str) -> Understood:
    return Understood(tuple(table.ids[place] for place in sorted(set(places))), rule)


_NUMBERS_THEN_WORDS = re.compile(r"[^\w]*+((?:\d++[\s,;/&+.:)\-–—]*+)++)(\S.*)", re.DOTALL)
_FIRST_WORDS = 4


def _own_words(question: Question, table: OptionTable, text: str) -> tuple[list[int], str] | None:
    """Own words after the number or the name of the choice `other`, and the options numbered before it."""
    if not question.other or OTHER not in table.ids:
        return None
    found = _after_number(table, text) or _after_name(table, text)
    if found is None or not _is_own(found[1], table):
        return None
    return found


def _after_number(table: OptionTable, text: str) -> tuple[list[int], str] | None:
    found = _NUMBERS_THEN_WORDS.match(text.strip())
    if found is None:
        return None
    numbers = [int(digits) for digits in re.findall(r"\d+", found[1][:200])]
    places = [number - 1 for number in numbers if 1 <= number <= len(table.ids)]
    if len(places) != len(numbers) or places[-1] != table.ids.index(OTHER):
        return None
    rest = found[2].strip()
    named = _after_name(table, rest)
    return places[:-1], named[1] if named else rest


def _after_name(table: OptionTable, text: str) -> tuple[list[int], str] | None:
    pieces = list(re.finditer(r"\S+", text.strip()))[: _FIRST_WORDS + 1]
    other = frozenset({table.ids.index(OTHER)})
    for count in range(min(_FIRST_WORDS, len(pieces) - 1), 0, -1):
        name = normalise(text.strip()[: pieces[count - 1].end()])
        if table.labels.get(name) == other:
            return [], text.strip()[pieces[count - 1].end() :].strip(" \t\n:,.;-–—")
    return None


def _is_own(rest: str, table: OptionTable) -> bool:
    """Whether words beside `other` are words of one's own: not another option, a number, a courtesy or a doubt."""
    heard = Heard.of(rest, table.words)
    if not heard.parts or not any(not piece.isascii() or piece.isalnum() for piece in heard.parts):
        return False
    first = heard.courteous[0]
    joins = found_in(first, table.words["and"]) or found_in(first, table.words["or"]) or first in {"-", "/"}
    whole = key(heard.core)
    courtesy = found_in(key(heard.parts), table.words["polite"])
    return not (joins and listed(heard.courteous[1:], table, glued=False).places) and not (
        table.label(heard.core) or courtesy or (is_number(first) and whole == first)
    )
