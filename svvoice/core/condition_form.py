"""Conditions as they stand in a document: read, written, and described for the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import assert_never

from svvoice.core.document_fields import ID, LARGEST_NUMBER, LONGEST_LABEL, MOST_PARTS
from svvoice.core.json_text import inside
from svvoice.core.problems import Code
from svvoice.core.shape_problems import Found, as_number, shown
from svvoice.core.survey import All, Answered, AnyOf, AtLeast, AtMost, Condition, Includes, Is, Not

COMPARISONS = ("is", "at_least", "at_most", "includes", "answered")
COMBINATIONS = ("all", "any", "not")
RULES = (*COMPARISONS, *COMBINATIONS)


def read_condition(value: object, place: str, found: Found) -> Condition | None:
    """The condition at a place; None where it, or a part of it, is not one, which is noted."""
    if not isinstance(value, Mapping):
        return found.add(place, Code.NOT_A_CONDITION)
    _note_unknown(value, place, found)
    rules = [rule for rule in RULES if rule in value]
    if len(rules) > 1:
        return found.add(place, Code.SEVERAL_RULES, rules=", ".join(rules))
    if not rules:
        return found.add(place, Code.NOT_A_CONDITION)
    where = inside(place, rules[0])
    if rules[0] in COMBINATIONS:
        if "question" in value:
            found.add(inside(place, "question"), Code.UNKNOWN_FIELD, field="question")
        return _combination(rules[0], value[rules[0]], where, found)
    question = _question(value, place, found)
    comparison = _comparison(rules[0], question or "", value[rules[0]], where, found)
    return comparison if question is not None else None


def _note_unknown(value: Mapping[str, object], place: str, found: Found) -> None:
    for key in value:
        if key not in RULES and key != "question" and not found.full:
            perhaps = next(iter(get_close_matches(key[:60], ("question", *RULES), n=1, cutoff=0.7)), None)
            found.add(inside(place, key), Code.UNKNOWN_FIELD, field=shown(key), perhaps=perhaps)


def _combination(rule: str, value: object, place: str, found: Found) -> Condition | None:
    if rule == "not":
        part = read_condition(value, place, found)
        return None if part is None else Not(part)
    if not isinstance(value, list | tuple):
        return found.add(place, Code.NOT_A_LIST)
    if not value:
        return found.add(place, Code.TOO_FEW)
    if len(value) > MOST_PARTS:
        found.add(place, Code.TOO_MANY, number=len(value), most=MOST_PARTS)
    read = [read_condition(part, f"{place}[{number}]", found) for number, part in enumerate(value[:MOST_PARTS])]
    parts = tuple(part for part in read if part is not None)
    if len(parts) < len(read):
        return None
    return All(parts) if rule == "all" else AnyOf(parts)


def _question(value: Mapping[str, object], place: str, found: Found) -> str | None:
    where = inside(place, "question")
    if "question" not in value:
        return found.add(where, Code.MISSING)
    return _id(value["question"], where, found)


def _id(value: object, place: str, found: Found) -> str | None:
    if not isinstance(value, str):
        return found.add(place, Code.NOT_TEXT)
    if len(value) > ID.longest or not re.fullmatch(ID.expression, value):
        return found.add(place, ID.code, value=shown(value))
    return value


def _comparison(rule: str, question: str, value: object, place: str, found: Found) -> Condition | None:
    match rule:
        case "is":
            values = _values(value, place, found)
            return None if values is None else Is(question, values)
        case "at_least" | "at_most":
            number = as_number(value)
            if number is None:
                return found.add(place, Code.NOT_A_NUMBER)
            if not -LARGEST_NUMBER <= number <= LARGEST_NUMBER:
                return found.add(place, Code.OUT_OF_RANGE, least=-LARGEST_NUMBER, most=LARGEST_NUMBER)
            return AtLeast(question, number) if rule == "at_least" else AtMost(question, number)
        case "includes":
            option = _id(value, place, found)
            return None if option is None else Includes(question, option)
        case _:
            if not isinstance(value, bool):
                return found.add(place, Code.NOT_A_FLAG)
            return Answered(question, value)


def _values(value: object, place: str, found: Found) -> tuple[str | int, ...] | None:
    if not isinstance(value, list | tuple):
        return found.add(place, Code.NOT_A_LIST)
    if not value:
        return found.add(place, Code.TOO_FEW)
    if len(value) > MOST_PARTS:
        found.add(place, Code.TOO_MANY, number=len(value), most=MOST_PARTS)
    read = [_value(part, f"{place}[{number}]", found) for number, part in enumerate(value[:MOST_PARTS])]
    values = tuple(part for part in read if part is not None)
    return values if len(values) == len(read) else None


def _value(value: object, place: str, found: Found) -> str | int | None:
    number = as_number(value)
    if isinstance(number, int):
        if not -LARGEST_NUMBER <= number <= LARGEST_NUMBER:
            return found.add(place, Code.OUT_OF_RANGE, least=-LARGEST_NUMBER, most=LARGEST_NUMBER)
        return number
    if not isinstance(value, str):
        return found.add(place, Code.NOT_A_VALUE)
    if len(value) > LONGEST_LABEL:
        return found.add(place, Code.TOO_LONG, length=len(value), most=LONGEST_LABEL)
    return value


def write_condition(condition: Condition) -> dict[str, object]:
    match condition:
        case Is(question, values):
            return {"question": question, "is": list(values)}
        case AtLeast(question, number):
            return {"question": question, "at_least": write_number(number)}
        case AtMost(question, number):
            return {"question": question, "at_most": write_number(number)}
        case Includes(question, option):
            return {"question": question, "includes": option}
        case Answered(question, answered):
            return {"question": question, "answered": answered}
        case All(conditions):
            return {"all": [write_condition(part) for part in conditions]}
        case AnyOf(conditions):
            return {"any": [write_condition(part) for part in conditions]}
        case Not(part):
            return {"not": write_condition(part)}
        case _:
            assert_never(condition)


def write_number(number: int | Decimal) -> int | float:
    """As JSON has it; a decimal of up to 15 digits comes back the same."""
    return int(number) if number == int(number) else float(number)


def condition_schema() -> dict[str, object]:
    """The schema of one condition, which names itself as `#/$defs/condition`."""
    itself: dict[str, object] = {"$ref": "#/$defs/condition"}
    several = {"type": "array", "items": itself, "minItems": 1, "maxItems": MOST_PARTS}
    identifier = {"type": "string", "pattern": ID.expression, "maxLength": ID.longest}
    bounded = {"minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}
    value = {"anyOf": [{"type": "string", "maxLength": LONGEST_LABEL}, {"type": "integer", **bounded}]}
    rules: dict[str, dict[str, object]] = {
        "is": {"type": "array", "items": value, "minItems": 1, "maxItems": MOST_PARTS},
        "at_least": {"type": "number", **bounded},
        "at_most": {"type": "number", **bounded},
        "includes": identifier,
        "answered": {"type": "boolean"},
        "all": several,
        "any": several,
        "not": itself,
    }
    forms = [_form(name, rule, identifier) for name, rule in rules.items()]
    return {"anyOf": forms}


def _form(name: str, rule: dict[str, object], identifier: dict[str, object]) -> dict[str, object]:
    properties = {name: rule} if name in COMBINATIONS else {"question": identifier, name: rule}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
