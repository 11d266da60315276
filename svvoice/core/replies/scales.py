"""Replies to a scale and to a question for a number."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from svvoice.core.replies.heard import Heard, found_in, phrase_at, phrase_in
from svvoice.core.replies.meaning import NotUnderstood, Reading, Reason, Understood
from svvoice.core.replies.normalise import EMPTY_STAR, STAR, Parts, is_word, key, phrase
from svvoice.core.replies.numbers import Amount, amounts, doubtful, is_range, is_whole, stands_alone
from svvoice.core.replies.words import ReplyWords
from svvoice.core.survey import Language, Question

_NO_MATCH = NotUnderstood(Reason.NO_MATCH)
_AMBIGUOUS = NotUnderstood(Reason.AMBIGUOUS)
_BETWEEN = NotUnderstood(Reason.BETWEEN_VALUES)
_OUT_OF_RANGE = NotUnderstood(Reason.OUT_OF_RANGE)


def read_scale(question: Question, language: Language, heard: Heard) -> Reading:
    """The value is the point, an int."""
    stars = _stars(heard.tidied)
    if stars is not None:
        return _point(question, Decimal(stars), "stars")
    if heard.too_long:
        return _NO_MATCH
    pieces = with_zero(heard.core)
    end = _end_label(question, language, heard)
    found = amounts(pieces, heard.words)
    if end is not None and all(amount.value == end for amount in found):
        return Understood(end, "label")
    if len(found) == 1:
        return _one_number(question, pieces, found[0], heard.words)
    if len(found) == 2:
        return _two_numbers(question, pieces, found, heard.words)
    return _AMBIGUOUS if found else _NO_MATCH


def read_number(question: Question, language: Language, heard: Heard) -> Reading:
    """The value is an int, or a Decimal where decimals are allowed and there are any."""
    if heard.too_long:
        return _NO_MATCH
    pieces = _groups_joined(with_zero(heard.core), heard.words)
    found = amounts(pieces, heard.words)
    if not found:
        return _NO_MATCH
    if len(found) > 1:
        ranged = len(found) == 2 and is_range(pieces, found[0], found[1], heard.words)
        same = len({amount.value for amount in found}) == 1
        return _BETWEEN if ranged and not same else _AMBIGUOUS
    return _counted(question, language, pieces, found[0], heard.words)


def with_zero(pieces: Parts) -> Parts:
    """The letter O as the digit, where it stands alone or in a number ("1O")."""
    whole = "".join(pieces)
    if whole == "o":
        return ("0",)
    return ("10",) if pieces == ("1", "o") else pieces


def _stars(tidied: str) -> int | None:
    stars = tidied.replace(" ", "")
    return stars.count(STAR) if stars and STAR in stars and not stars.strip(STAR + EMPTY_STAR) else None


def _end_label(question: Question, language: Language, heard: Heard) -> int | None:
    """The end of the scale that a reply names by its words."""
    for labels, point in ((question.min_label, question.points[0]), (question.max_label, question.points[-1])):
        label = phrase(labels.get(language, ""))
        if label and any(_words_only(pieces) == label for pieces in heard.variants):
            return point
    return None


def _words_only(pieces: Parts) -> str:
    return " ".join(part for part in key(pieces).split(" ") if not part.isdigit())


def _point(question: Question, value: Decimal, rule: str) -> Reading:
    if not is_whole(value):
        return _BETWEEN
    return Understood(int(value), rule) if int(value) in question.points else _OUT_OF_RANGE


def _one_number(question: Question, pieces: Parts, amount: Amount, words: ReplyWords) -> Reading:
    if amount.value is None:
        return _BETWEEN
    after = _without_stars(pieces[amount.end :], words)
    pieces = (*pieces[: amount.end], *after)
    if doubtful(pieces[: amount.start], words):
        return _AMBIGUOUS
    if phrase_in(pieces[amount.end :], words["halves"]) or pieces[amount.end : amount.end + 1] == ("+",):
        return _BETWEEN
    if not stands_alone(pieces, amount, words):
        return _AMBIGUOUS
    rule = amount.rule if len(pieces) == amount.end - amount.start else f"{amount.rule}_in_sentence"
    return _point(question, amount.value, rule)


def _without_stars(after: Parts, words: ReplyWords) -> Parts:
    if after[:1] == ("*",):
        return after[1:]
    return after[phrase_at(after, 0, lambda name: found_in(name, words["stars"])) :]


def _two_numbers(question: Question, pieces: Parts, found: tuple[Amount, ...], words: ReplyWords) -> Reading:
    first, second = found
    if first.value is None or second.value is None:
        return _AMBIGUOUS
    if first.value == second.value and pieces[first.end : second.start] in ((), ("-",), (",",), (".",), ("(",)):
        return _point(question, first.value, first.rule)
    score = _out_of(pieces, first, second, words)
    if score is not None:
        value, top = score
        if top == question.points[-1] and value <= top:
            return _point(question, value, "out_of")
        return _BETWEEN if top in question.points else _AMBIGUOUS
    if is_range(pieces, first, second, words) or pieces[first.end : second.start] in (("/",), ("and",)):
        return _BETWEEN
    return _AMBIGUOUS


def _out_of(pieces: Parts, first: Amount, second: Amount, words: ReplyWords) -> tuple[Decimal, Decimal] | None:
    """The score and what it is out of, in "4/5", "4 out of 5", and languages that say the whole first."""
    if first.value is None or second.value is None:
        return None
    between = pieces[first.end : second.start]
    alone = Amount(first.value, first.start, second.end, "out_of")
    if not stands_alone((*pieces[: second.end], *_without_stars(pieces[second.end :], words)), alone, words):
        return None
    if between == ("/",) or found_in(key(between), words["out_of"]):
        return first.value, second.value
    return (second.value, first.value) if found_in(key(between), words["out_of_before"]) else None


def _groups_joined(pieces: Parts, words: ReplyWords) -> Parts:
    """`1 200` as `1200`, where the language groups digits by a space."""
    if " " not in words.group_marks:
        return pieces
    joined: list[str] = []
    for piece in pieces:
        group = re.fullmatch(rf"[0-9]{{3}}(?:{re.escape(words.decimal_mark)}[0-9]+)?", piece)
        if group and joined and joined[-1].isdigit() and joined[-1] != "0":
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)


def _counted(question: Question, language: Language, pieces: Parts, amount: Amount, words: ReplyWords) -> Reading:
    if amount.value is None:
        return _AMBIGUOUS
    unit = phrase_at(pieces, amount.end, lambda name: found_in(name, frozenset(words.units)))
    if unit and not _asked_for(key(pieces[amount.end : amount.end + unit]), question, language, words):
        return _AMBIGUOUS
    unit = unit or _words_of_the_question(question, language, pieces[amount.end :])
    pieces = (*pieces[: amount.end], *pieces[amount.end + unit :])
    around = (*pieces[: amount.start], ",", *pieces[amount.end :])
    if any(phrase_in(around, words[name]) for name in ("bounds", "halves", "not")) or {"+", "<", ">"} & set(around):
        return _AMBIGUOUS
    counted = bool(unit) and bool(_units_asked(question, language, words))
    if not stands_alone(pieces[amount.start if counted else 0 :], _moved(amount, counted), words):
        return _AMBIGUOUS
    rule = amount.rule if len(pieces) == amount.end - amount.start else f"{amount.rule}_in_sentence"
    return _within_limits(question, amount.value, rule)


def _moved(amount: Amount, to_start: bool) -> Amount:
    return replace(amount, start=0, end=amount.end - amount.start) if to_start else amount


def _words_of_the_question(question: Question, language: Language, after: Parts) -> int:
    """How many words behind a number only say again what was asked: "7 visits" to "How many visits?"."""
    wordings = (question.text.get(language, ""), question.sms_text.get(language, ""))
    asked = {word for wording in wordings for word in phrase(wording).split(" ")}
    return next((place for place, piece in enumerate(after) if piece not in asked or not is_word(piece)), len(after))


def _units_asked(question: Question, language: Language, words: ReplyWords) -> frozenset[str]:
    asked = phrase(question.text.get(language, "")).split(" ")
    return frozenset(words.units[word] for word in asked if word in words.units)


def _asked_for(name: str, question: Question, language: Language, words: ReplyWords) -> bool:
    """Whether a reply counts what was asked: "2 hours" does not answer a question for minutes."""
    asked = _units_asked(question, language, words)
    return not asked or words.units.get(name) in asked


def _within_limits(question: Question, value: Decimal, rule: str) -> Reading:
    if question.integer and not is_whole(value):
        return _BETWEEN
    if (question.min is not None and value < question.min) or (question.max is not None and value > question.max):
        return _OUT_OF_RANGE
    return Understood(int(value) if is_whole(value) else value, rule)
