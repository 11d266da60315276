"""JSON as it comes from outside: read strictly, with every fault named by its place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from svvoice.core.problems import Code, Problem, Problems

BIGGEST_FILE = 2_000_000
"""Bytes."""
DEEPEST = 40
"""Levels of lists and objects, one inside another."""
LONGEST_NUMBER = 100
"""Digits."""


class _Object(dict[str, object]):
    """A JSON object that remembers which of its keys came twice."""

    repeated: tuple[str, ...] = ()


class _BadNumberError(ValueError):
    """NaN, Infinity, or more digits than anybody means."""


@dataclass(frozen=True)
class Loaded:
    """A file as JSON with the problems that are already clear; without a document nothing could be read."""

    document: object
    problems: Problems
    readable: bool


def parse(text: bytes) -> object | Problems:
    """The JSON value in a file, decimals as Decimal; or its problems, always a tuple (JSON itself has none)."""
    loaded = load(text)
    return loaded.problems or loaded.document


def load(text: bytes) -> Loaded:
    """Like `parse`, but a document with small faults comes along with them, so that the rest can be checked too."""
    if len(text) > BIGGEST_FILE:
        return _unreadable(Code.TOO_BIG, most=BIGGEST_FILE)
    try:
        document = json.loads(
            text.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError:
        return _unreadable(Code.NOT_UTF8)
    except json.JSONDecodeError as error:
        return _unreadable(Code.NOT_JSON, why=error.msg, line=error.lineno, column=error.colno)
    except _BadNumberError as error:
        return _unreadable(Code.BAD_NUMBER, value=str(error)[:40])
    except RecursionError:
        return _unreadable(Code.TOO_DEEP, most=DEEPEST)
    problems = tuple(_faults(document))
    return Loaded(document, problems, all(problem.code is not Code.TOO_DEEP for problem in problems))


def _unreadable(code: Code, **details: object) -> Loaded:
    return Loaded(None, (Problem("", code, details),), readable=False)


def _object(pairs: list[tuple[str, object]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        times = Counter(key for key, _ in pairs)
        made.repeated = tuple(key for key in made if times[key] > 1)
    return made


def _decimal(token: str) -> Decimal:
    if len(token) > LONGEST_NUMBER:
        raise _BadNumberError(token)
    try:
        number = Decimal(token)
    except InvalidOperation:
        raise _BadNumberError(token) from None
    if abs(number.adjusted()) > LONGEST_NUMBER:
        raise _BadNumberError(token)
    return number


def _whole(token: str) -> int:
    if len(token) > LONGEST_NUMBER:
        raise _BadNumberError(token)
    return int(token)


def _refuse_constant(token: str) -> NoReturn:
    raise _BadNumberError(token)


def inside(place: str, key: str) -> str:
    """The place of a field: `questions[0]` and `text` make `questions[0].text`; odd keys are shown in quotes."""
    shown = key if key and key.isprintable() and "." not in key and len(key) <= 60 else json.dumps(key[:60])
    return f"{place}.{shown}" if place else shown


def _faults(document: object) -> Iterator[Problem]:
    """Repeated keys, unshowable characters and too deep nesting, anywhere in the document."""
    waiting: list[tuple[str, object, int]] = [("", document, 0)]
    while waiting:
        place, value, depth = waiting.pop()
        if isinstance(value, str):
            yield from _bad_characters(place, value)
            continue
        if not isinstance(value, _Object | list):
            continue
        if depth >= DEEPEST:
            yield Problem("", Code.TOO_DEEP, {"most": DEEPEST})
            return
        if isinstance(value, _Object):
            for key in value.repeated:
                yield Problem(inside(place, key), Code.REPEATED_KEY, {"field": inside("", key)})
            for key in value:
                yield from _bad_characters(inside(place, key), key)
            parts = [(inside(place, key), part) for key, part in value.items()]
        else:
            parts = [(f"{place}[{number}]", part) for number, part in enumerate(value)]
        waiting += [(where, part, depth + 1) for where, part in reversed(parts)]


def _bad_characters(place: str, text: str) -> Iterator[Problem]:
    for letter in dict.fromkeys(text):
        code = ord(letter)
        if (code < 0x20 and letter not in "\t\n\r") or code == 0x7F or 0xD800 <= code <= 0xDFFF:
            yield Problem(place, Code.BAD_CHARACTER, {"character": f"U+{code:04X}"})
