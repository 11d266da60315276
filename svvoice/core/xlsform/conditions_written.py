"""From a condition to the `relevant` expression that other programs understand."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from svvoice.core.survey import All, Answered, AnyOf, AtLeast, AtMost, Condition, Includes, Is, Not


def expression_of(condition: Condition) -> str:
    match condition:
        case Is(question, values):
            same = [f"${{{question}}} = {_value(value)}" for value in values]
            return same[0] if len(same) == 1 else f"({' or '.join(same)})"
        case AtLeast(question, number):
            return f"${{{question}}} >= {number_text(number)}"
        case AtMost(question, number):
            return f"${{{question}}} <= {number_text(number)}"
        case Includes(question, option):
            return f"selected(${{{question}}}, '{option}')"
        case Answered(question, answered):
            return f"${{{question}}} {'!=' if answered else '='} ''"
        case All(conditions):
            return f"({' and '.join(map(expression_of, conditions))})"
        case AnyOf(conditions):
            return f"({' or '.join(map(expression_of, conditions))})"
        case Not(part):
            return f"not({expression_of(part)})"
        case _:
            assert_never(condition)


def number_text(number: int | Decimal) -> str:
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def _value(value: str | int) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)
