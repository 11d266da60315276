"""Replies from a table: one row's language, question type, options and reply, and the verdict on it as plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, assert_never

from svvoice.core.replies.commands import languages, read_command
from svvoice.core.replies.meaning import NotUnderstood, Understood
from svvoice.core.replies.reading import read_answer
from svvoice.core.replies.words import base_language
from svvoice.core.survey import Kind, Language, Option, Question, Value

QUESTION_TYPES = (
    "yes_no", "single_choice", "multi_choice", "scale_1_5", "scale_0_10", "number", "postcode_district", "age_band",
    "free_text",
)  # fmt: skip

_SCALES = {"scale_1_5": (1, 5), "scale_0_10": (0, 10)}
_OTHER_NAMES = {"free_text": Kind.TEXT}


def read_row(language: str, question_type: str, options_json: str, reply: str) -> dict[str, Any]:
    """The verdict: `{"kind": "answer" | "command", "value": …}` or `{"kind": "reject", "reason": …}`.

    `options_json` is a list of labels in the row's language or of the survey document's option objects, for a number
    an object of `min`, `max` and `integer`, and empty where the type needs none. Options are counted from 1 in values.
    Raises ValueError with a plain sentence where the row makes no sense.
    """
    question = question_of(language, question_type, options_json)
    command = read_command(reply, language)
    if command is not None:
        return {"kind": "command", "value": command.value}
    match read_answer(question, language, reply):
        case Understood(value):
            return {"kind": "answer", "value": _plain(question, value)}
        case NotUnderstood(reason):
            return {"kind": "reject", "reason": reason.value}


def question_of(language: Language, question_type: str, options_json: str) -> Question:
    """The question that a row describes. Raises ValueError as `read_row` does."""
    if base_language(language) not in languages():
        raise ValueError(f"The language “{language}” is not one of {', '.join(languages())}.")
    if question_type not in QUESTION_TYPES:
        raise ValueError(f"The question type “{question_type}” is not one of {', '.join(QUESTION_TYPES)}.")
    options = _parsed(options_json)
    if question_type in _SCALES:
        least, most = _SCALES[question_type]
        return Question("row", Kind.SCALE, {}, min=least, max=most)
    kind = _OTHER_NAMES.get(question_type) or Kind(question_type)
    if kind is Kind.NUMBER:
        return _number_question(options)
    if kind in (Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE, Kind.AGE_BAND):
        return Question("row", kind, {}, options=_options(language, options))
    return Question("row", kind, {})


def _parsed(options_json: str) -> Any:
    if not options_json.strip():
        return None
    try:
        return json.loads(options_json, parse_float=Decimal)
    except (json.JSONDecodeError, RecursionError, InvalidOperation) as error:
        raise ValueError("The options are not valid JSON.") from error


def _number_question(limits: Any) -> Question:
    if limits is None or limits == []:
        limits = {}
    if not isinstance(limits, dict):
        raise ValueError("The options of a number are an object with min, max and integer.")
    least, most = _limit(limits, "min"), _limit(limits, "max")
    integer = limits.get("integer", False)
    if not isinstance(integer, bool):
        raise ValueError("The integer of a number is true or false.")
    if least is not None and most is not None and least > most:
        raise ValueError("The min of a number is above its max.")
    return Question("row", Kind.NUMBER, {}, min=least, max=most, integer=integer)


def _limit(limits: Mapping[str, Any], name: str) -> int | Decimal | None:
    value = limits.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(f"The {name} of a number is a number.")
    return value


def _options(language: Language, options: Any) -> tuple[Option, ...]:
    if not isinstance(options, list) or not options:
        raise ValueError("This question type needs options_json: a list of labels or of option objects.")
    read = tuple(_option(language, place, option) for place, option in enumerate(options, 1))
    if len({option.id for option in read}) != len(read):
        raise ValueError("Two options have the same id.")
    return read


def _option(language: Language, place: int, option: Any) -> Option:
    if isinstance(option, str) and option.strip():
        return Option(str(place), {language: option})
    if not isinstance(option, dict):
        raise ValueError(f"Option {place} is neither a label nor an option object.")
    aliases = option.get("aliases", {})
    if not isinstance(aliases, dict) or not all(_are_words(list_) for list_ in aliases.values()):
        raise ValueError(f"The aliases of option {place} are an object of lists of words.")
    return Option(
        id=str(option.get("id", place)),
        text=_words(option, "text", place),
        sms_text=_words(option, "sms_text", place),
        aliases={code: tuple(list_) for code, list_ in aliases.items()},
        exclusive=option.get("exclusive") is True,
    )


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _words(option: Mapping[str, Any], name: str, place: int) -> dict[str, str]:
    words = option.get(name, {})
    if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
        raise ValueError(f"The {name} of option {place} is an object of language and words.")
    return words


def _plain(question: Question, value: Value) -> Any:
    """The value as JSON can say it: numbers of options from 1 in place of ids."""
    match value:
        case tuple():
            return sorted(question.choice_ids.index(chosen) + 1 for chosen in value)
        case Decimal():
            return float(value)
        case int():
            return value
        case str():
            return question.choice_ids.index(value) + 1 if question.options else value
        case _:
            assert_never(value)
