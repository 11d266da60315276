"""From a document to a survey: each field is read by its shape, and what does not fit is a problem with a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import assert_never

from svvoice.core.condition_form import read_condition
from svvoice.core.document_fields import (
    FORMAT_VERSION,
    LARGEST_NUMBER,
    MOST_PARTS,
    SURVEY,
    TAG,
    ByLanguage,
    Day,
    Field,
    Flag,
    ListOf,
    Number,
    ObjectOf,
    OneOf,
    Pattern,
    Rule,
    Shape,
    Whole,
)
from svvoice.core.json_text import inside
from svvoice.core.problems import Code, Problems
from svvoice.core.shape_problems import Found, as_number, shown
from svvoice.core.survey import Survey


@dataclass(frozen=True)
class Reading:
    """What a document says as far as it can be read: fields that do not fit have their defaults, or nothing in them."""

    survey: Survey
    problems: Problems


def from_document(document: object) -> Survey | Problems:
    """The survey in a document (as JSON or `to_document` give it), or all the ways in which its shape is wrong."""
    reading = read_shape(document)
    return reading.problems or reading.survey


def read_shape(document: object) -> Reading:
    found = Found()
    content = _object(document, "", found)
    _check_version(content, found)
    survey = _read_object(SURVEY, {key: value for key, value in content.items() if key != "svvoice"}, "", found)
    assert isinstance(survey, Survey)  # noqa: S101 - the table says so; this tells the type checker
    return Reading(survey, found.problems)


def _check_version(content: Mapping[str, object], found: Found) -> None:
    if "svvoice" not in content:
        found.add("svvoice", Code.MISSING)
    elif isinstance(content["svvoice"], bool) or content["svvoice"] != FORMAT_VERSION:
        found.add("svvoice", Code.UNKNOWN_VERSION, known=FORMAT_VERSION)


def _read(shape: Shape, value: object, place: str, found: Found) -> object:
    """The value of a field; None where it does not fit, which is noted."""
    match shape:
        case Pattern():
            return _pattern(shape, value, place, found)
        case ByLanguage():
            return _by_language(shape, value, place, found)
        case Flag():
            return value if isinstance(value, bool) else found.add(place, Code.NOT_A_FLAG)
        case Whole(least, most):
            return _whole(value, least, most, place, found)
        case Number():
            return _number(value, place, found)
        case OneOf(values):
            return _one_of(values, value, place, found)
        case Day():
            return _day(value, place, found)
        case Rule():
            return read_condition(value, place, found)
        case ListOf():
            return _list(shape, value, place, found)
        case ObjectOf():
            return _read_object(shape, _object(value, place, found), place, found)
        case _:
            assert_never(shape)


def _object(value: object, place: str, found: Found) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return value
    found.add(place, Code.NOT_AN_OBJECT)
    return {}


def _read_object(shape: ObjectOf, content: Mapping[str, object], place: str, found: Found) -> object:
    known = {field.name: field for field in shape.fields}
    for key in content:
        if key not in known and not found.full:
            missing = [name for name in known if name not in content]
            found.add(inside(place, key), Code.UNKNOWN_FIELD, field=shown(key), perhaps=nearest(key, missing))
    values: dict[str, object] = {}
    for field in shape.fields:
        value = _read_field(field, content, place, found)
        if value is not None:
            values[field.name] = value
        elif field.required:
            values[field.name] = _nothing(field.shape)
    return shape.makes(**values)  # type: ignore[arg-type]  # each value has been read by its field's shape


def _read_field(field: Field, content: Mapping[str, object], place: str, found: Found) -> object:
    where = inside(place, field.name)
    if field.name in content:
        return _read(field.shape, content[field.name], where, found)
    # An object that was none at all has been noted itself; its fields are not counted out as well.
    if field.required and not found.at(place):
        found.add(where, Code.MISSING)
    return None


def _nothing(shape: Shape) -> object:
    match shape:
        case ByLanguage():
            return {}
        case ListOf():
            return ()
        case OneOf(values):
            return next(iter(values))
        case _:
            return ""


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that somebody may have meant."""
    return next(iter(get_close_matches(word[:60].lower(), known, n=1, cutoff=0.7)), None)


def _pattern(shape: Pattern, value: object, place: str, found: Found) -> str | None:
    if not isinstance(value, str):
        return found.add(place, Code.NOT_TEXT)
    if len(value) > shape.longest or not re.fullmatch(shape.expression, value):
        return found.add(place, shape.code, value=shown(value))
    return value


def _by_language(shape: ByLanguage, value: object, place: str, found: Found) -> object:
    if not isinstance(value, Mapping):
        return found.add(place, Code.NOT_WORDS)
    words: dict[str, object] = {}
    for language, wording in value.items():
        where = inside(place, language)
        if _pattern(TAG, language, where, found) is None:
            continue
        read = _wordings(shape, wording, where, found) if shape.several else _wording(shape, wording, where, found)
        if read is not None:
            words[language] = read
    return words


def _wordings(shape: ByLanguage, value: object, place: str, found: Found) -> tuple[str, ...] | None:
    if not isinstance(value, list | tuple):
        return found.add(place, Code.NOT_A_LIST)
    if len(value) > MOST_PARTS:
        found.add(place, Code.TOO_MANY, number=len(value), most=MOST_PARTS)
    read = [_wording(shape, part, f"{place}[{number}]", found) for number, part in enumerate(value[:MOST_PARTS])]
    return tuple(part for part in read if part is not None)


def _wording(shape: ByLanguage, value: object, place: str, found: Found) -> str | None:
    if not isinstance(value, str):
        return found.add(place, Code.NOT_TEXT)
    if len(value) > shape.longest:
        return found.add(place, Code.TOO_LONG, length=len(value), most=shape.longest)
    return value


def _whole(value: object, least: int, most: int, place: str, found: Found) -> int | None:
    number = as_number(value)
    if not isinstance(number, int):
        return found.add(place, Code.NOT_WHOLE)
    if not least <= number <= most:
        return found.add(place, Code.OUT_OF_RANGE, least=least, most=most)
    return number


def _number(value: object, place: str, found: Found) -> int | Decimal | None:
    number = as_number(value)
    if number is None:
        return found.add(place, Code.NOT_A_NUMBER)
    if not -LARGEST_NUMBER <= number <= LARGEST_NUMBER:
        return found.add(place, Code.OUT_OF_RANGE, least=-LARGEST_NUMBER, most=LARGEST_NUMBER)
    return number


def _one_of(values: type[StrEnum], value: object, place: str, found: Found) -> StrEnum | None:
    known = [str(one) for one in values]
    if not isinstance(value, str):
        return found.add(place, Code.NOT_TEXT)
    if value not in known:
        perhaps = nearest(value, known)
        return found.add(place, Code.NOT_ONE_OF, value=shown(value), allowed=", ".join(known), perhaps=perhaps)
    return values(value)


def _day(value: object, place: str, found: Found) -> date | None:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return found.add(place, Code.NOT_A_DAY)


def _list(shape: ListOf, value: object, place: str, found: Found) -> tuple[object, ...] | None:
    if not isinstance(value, list | tuple):
        return found.add(place, Code.NOT_A_LIST)
    if len(value) < shape.least:
        return found.add(place, Code.TOO_FEW)
    if len(value) > shape.most:
        found.add(place, Code.TOO_MANY, number=len(value), most=shape.most)
    read = [_read(shape.shape, part, f"{place}[{number}]", found) for number, part in enumerate(value[: shape.most])]
    return tuple("" if part is None else part for part in read)
