"""From a survey back to its document: fields in the document's own order, defaults left out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, assert_never, cast

from svvoice.core.condition_form import write_condition, write_number
from svvoice.core.document_fields import (
    FORMAT_VERSION,
    QUESTION,
    SURVEY,
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
from svvoice.core.survey import Condition, Option, Question, Survey


def to_document(survey: Survey) -> dict[str, object]:
    """The document of a survey, as JSON has it. Its `version` is not part of it: an import begins a draft."""
    return {"svvoice": FORMAT_VERSION, **_fields(SURVEY, survey)}


def to_json(survey: Survey) -> str:
    """The document as the text of a file."""
    around = _text(to_document(replace(survey, questions=())))
    if not survey.questions:
        return around + "\n"
    questions = ",\n".join(map(_question_text, survey.questions))
    return f"{around.removesuffix('[]' + _END)}[\n{questions}\n  ]{_END}\n"


_END = "\n}"
_QUESTIONS: dict[int, tuple[Question, str]] = {}
_MOST_KEPT = 5_000


def _question_text(question: Question) -> str:
    """A question as it stands in the file, made once: whoever edits one of a hundred does not wait for the others."""
    kept = _QUESTIONS.get(id(question))
    if kept is None or kept[0] is not question:
        if len(_QUESTIONS) >= _MOST_KEPT:
            _QUESTIONS.clear()
        kept = (question, "    " + _text(_fields(QUESTION, question)).replace("\n", "\n    "))
        _QUESTIONS[id(question)] = kept
    return kept[1]


def _text(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def _fields(shape: ObjectOf, made: Survey | Question | Option) -> dict[str, object]:
    values = {field.name: getattr(made, field.name) for field in shape.fields}
    return {
        field.name: _written(field.shape, values[field.name])
        for field in shape.fields
        if field.required or values[field.name] != default_of(shape, field)
    }


def default_of(shape: ObjectOf, field: Field) -> object:
    """What a field holds where the document leaves it out; MISSING where it may not be left out."""
    described = next(one for one in dataclasses.fields(shape.makes) if one.name == field.name)
    if described.default_factory is not dataclasses.MISSING:
        return described.default_factory()
    return described.default


def _written(shape: Shape, value: object) -> object:
    match shape:
        case ByLanguage(several=True):
            return {language: list(wordings) for language, wordings in cast(Mapping[str, Any], value).items()}
        case ByLanguage():
            return dict(cast(Mapping[str, Any], value))
        case Number():
            return write_number(cast(Decimal, value))
        case OneOf():
            return str(value)
        case Day():
            return cast(date, value).isoformat()
        case Rule():
            return write_condition(cast(Condition, value))
        case ListOf(ObjectOf() as each):
            return [_fields(each, part) for part in cast(tuple[Any, ...], value)]
        case ListOf():
            return list(cast(tuple[Any, ...], value))
        case ObjectOf() | Pattern() | Flag() | Whole():
            return value
        case _:
            assert_never(shape)
