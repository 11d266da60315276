"""What a `constraint` says that we can keep: limits of numbers, of letters and of choices, and choices made alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from svvoice.core.document_fields import LARGEST_NUMBER, MOST_OPTIONS
from svvoice.core.survey import LONGEST_ANSWER, Kind
from svvoice.core.xlsform.expressions import (
    And,
    Call,
    Compare,
    Expression,
    NotReadError,
    Number,
    Or,
    Ref,
    Text,
    read_expression,
)


@dataclass(frozen=True)
class Limits:
    min: int | Decimal | None = None
    max: int | Decimal | None = None
    max_length: int | None = None
    max_choices: int | None = None
    exclusive: frozenset[str] = frozenset()
    """Ids of the options that are chosen alone."""


@dataclass(frozen=True)
class Limited:
    """What is limited: the kind, whether only whole numbers count, and the option ids by their names in the form."""

    kind: Kind
    integer: bool
    values: Mapping[str, str]


def read_constraint(text: str, limited: Limited) -> Limits:
    """All of the constraint, or NotReadError: half a constraint would promise what is not so."""
    expression = read_expression(text)
    limits = Limits()
    for part in expression.parts if isinstance(expression, And) else (expression,):
        limits = _joined(limits, _limit(part, limited))
    return limits


def _joined(one: Limits, other: Limits) -> Limits:
    least = [limit for limit in (one.min, other.min) if limit is not None]
    most = [limit for limit in (one.max, other.max) if limit is not None]
    letters = [limit for limit in (one.max_length, other.max_length) if limit is not None]
    choices = [limit for limit in (one.max_choices, other.max_choices) if limit is not None]
    return Limits(
        min=max(least, default=None),
        max=min(most, default=None),
        max_length=min(letters, default=None),
        max_choices=min(choices, default=None),
        exclusive=one.exclusive | other.exclusive,
    )


def _limit(expression: Expression, limited: Limited) -> Limits:
    match expression, limited.kind:
        case Compare(Number() as left, operator, Ref("") as right), _:
            turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(operator, operator)
            return _limit(Compare(right, turned, left), limited)
        case Compare(Ref(""), operator, Number(number)), Kind.NUMBER:
            return _number_limit(operator, number, limited.integer)
        case Compare(Call("string-length", (Ref(""),)), operator, Number(number)), Kind.TEXT:
            return Limits(max_length=_most(operator, number, LONGEST_ANSWER))
        case Compare(Call("count-selected", (Ref(""),)), operator, Number(number)), Kind.MULTI_CHOICE:
            return Limits(max_choices=_most(operator, number, MOST_OPTIONS + 1))
        case _, Kind.MULTI_CHOICE:
            return Limits(exclusive=frozenset((_alone(expression, limited.values),)))
        case _:
            raise NotReadError("only limits of numbers, letters and choices can be kept")


def _number_limit(operator: str, number: Decimal, integer: bool) -> Limits:
    if abs(number) > LARGEST_NUMBER:
        raise NotReadError("that number is too large")
    whole = number == number.to_integral_value()
    value: int | Decimal = int(number) if whole else number
    match operator:
        case ">=":
            return Limits(min=value)
        case "<=":
            return Limits(max=value)
        case ">" if integer and whole:
            return Limits(min=int(number) + 1)
        case "<" if integer and whole:
            return Limits(max=int(number) - 1)
        case _:
            raise NotReadError("a limit is a smallest or a largest number that is itself allowed")


def _most(operator: str, number: Decimal, most: int) -> int:
    if number != number.to_integral_value() or operator not in ("<=", "<"):
        raise NotReadError("only a most can be kept")
    limit = int(number) - (operator == "<")
    if not 1 <= limit <= most:
        raise NotReadError(f"the most has to be from 1 to {most}")
    return limit


def _alone(expression: Expression, values: Mapping[str, str]) -> str:
    """The option of `not(selected(., 'none') and count-selected(.) > 1)`, in the forms in which people write it."""
    match expression:
        case Call("not", (And(parts),)):
            name, others = _selected(parts), _several(parts, ((">", 1), (">=", 2)))
        case Or(parts):
            inner = tuple(
                part.parts[0] for part in parts if isinstance(part, Call) and part.name == "not" and part.parts
            )
            name, others = _selected(inner), _several(parts, (("=", 1), ("<", 2), ("<=", 1)))
        case _:
            name, others = None, False
    if name is None or not others or name not in values:
        raise NotReadError("only a most, or one choice that is made alone, can be kept")
    return values[name]


def _selected(parts: tuple[Expression, ...]) -> str | None:
    match parts:
        case (Call("selected", (Ref(""), Text(name))), *_) | (_, Call("selected", (Ref(""), Text(name)))):
            return name.strip()
        case _:
            return None


def _several(parts: tuple[Expression, ...], ways: tuple[tuple[str, int], ...]) -> bool:
    if len(parts) != 2:
        return False
    return any(
        isinstance(part, Compare)
        and part.left == Call("count-selected", (Ref(""),))
        and any(part.operator == operator and part.right == Number(Decimal(number)) for operator, number in ways)
        for part in parts
    )
