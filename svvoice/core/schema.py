"""The JSON Schema of a survey document, made from the table of fields, for editors and other programs."""

from __future__ import annotations

from typing import assert_never

from svvoice.core.condition_form import condition_schema
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
from svvoice.core.document_writing import default_of

Schema = dict[str, object]


def schema() -> Schema:
    """The schema (2020-12) of version 1. It knows shapes; `checks` knows what they must mean together."""
    described = _object(SURVEY)
    properties = {"svvoice": {"const": FORMAT_VERSION}, **_properties(SURVEY)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"svvoice survey document, version {FORMAT_VERSION}",
        **described,
        "properties": properties,
        "required": ["svvoice", *_required(SURVEY)],
        "$defs": {"condition": condition_schema()},
    }


def _of(shape: Shape) -> Schema:
    match shape:
        case Pattern(expression=expression, longest=longest):
            return {"type": "string", "pattern": expression, "maxLength": longest}
        case ByLanguage():
            return _by_language(shape)
        case Flag():
            return {"type": "boolean"}
        case Whole(least, most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case Number():
            return {"type": "number", "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}
        case OneOf(values):
            return {"enum": [str(value) for value in values]}
        case Day():
            return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case Rule():
            return {"$ref": "#/$defs/condition"}
        case ListOf(each, most, least):
            return {"type": "array", "items": _of(each), "minItems": least, "maxItems": most}
        case ObjectOf():
            return _object(shape)
        case _:
            assert_never(shape)


def _by_language(shape: ByLanguage) -> Schema:
    wording: Schema = {"type": "string", "maxLength": shape.longest}
    several: Schema = {"type": "array", "items": wording, "maxItems": MOST_PARTS}
    return {
        "type": "object",
        "propertyNames": {"pattern": TAG.expression, "maxLength": TAG.longest},
        "additionalProperties": several if shape.several else wording,
    }


def _object(shape: ObjectOf) -> Schema:
    return {
        "type": "object",
        "properties": _properties(shape),
        "required": _required(shape),
        "additionalProperties": False,
    }


def _properties(shape: ObjectOf) -> dict[str, Schema]:
    return {field.name: {**_of(field.shape), **_default(shape, field)} for field in shape.fields}


def _default(shape: ObjectOf, field: Field) -> Schema:
    """The default, where the field has one that says something."""
    default = default_of(shape, field)
    if isinstance(field.shape, Flag):
        return {"default": default}
    if isinstance(field.shape, OneOf) and not field.required and default is not None:
        return {"default": str(default)}
    return {}


def _required(shape: ObjectOf) -> list[str]:
    return [field.name for field in shape.fields if field.required]
