"""From a `relevant` expression to the condition that means the same, and nothing but the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from svvoice.core.document_fields import MOST_PARTS
from svvoice.core.survey import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    Includes,
    Is,
    Kind,
    Not,
)
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
class Known:
    """An earlier question as expressions may speak of it: its id here, and what its values are called here."""

    id: str
    kind: Kind
    values: Mapping[str, str] = field(default_factory=dict)


_TURNED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


def read_relevant(text: str, known: Mapping[str, Known]) -> Condition:
    """The condition. `known` holds the questions by the names of the form. Raises NotReadError."""
    return _condition(read_expression(text), known)


def together(conditions: Sequence[Condition]) -> Condition:
    """All of these, of which there is at least one."""
    flat: list[Condition] = []
    for condition in conditions:
        flat += condition.conditions if isinstance(condition, All) else (condition,)
    parts = tuple(dict.fromkeys(flat))
    return _grouped(All, parts)


def _grouped(combine: type[All] | type[AnyOf], parts: tuple[Condition, ...]) -> Condition:
    """At most so many in one list: longer ones become lists of lists."""
    if len(parts) == 1:
        return parts[0]
    while len(parts) > MOST_PARTS:
        parts = tuple(combine(parts[at : at + MOST_PARTS]) for at in range(0, len(parts), MOST_PARTS))
    return combine(parts)


def _condition(expression: Expression, known: Mapping[str, Known]) -> Condition:
    match expression:
        case And(parts):
            return together([_condition(part, known) for part in parts])
        case Or(parts):
            return _any_of(tuple(_condition(part, known) for part in parts))
        case Call("not", (part,)):
            return Not(_condition(part, known))
        case Call("selected", (Ref(name), Text() | Number() as value)):
            return _chosen(_question(name, known), _literal(value))
        case Compare(left, operator, Ref(name)) if not isinstance(left, Ref):
            return _compare(Ref(name), _TURNED[operator], left, known)
        case Compare(left, operator, right):
            return _compare(left, operator, right, known)
        case Call(name):
            raise NotReadError(f"“{name}” is not understood")
        case Ref() | Text() | Number():
            raise NotReadError("a value stands there alone, without a comparison")
        case _:
            assert_never(expression)


def _any_of(parts: tuple[Condition, ...]) -> Condition:
    """Several answers to one question are one rule."""
    if all(isinstance(part, Is) for part in parts):
        same = [part for part in parts if isinstance(part, Is)]
        values = tuple(dict.fromkeys(value for part in same for value in part.values))
        if len({part.question for part in same}) == 1 and len(values) <= MOST_PARTS:
            return Is(same[0].question, values)
    return _grouped(AnyOf, parts)


def _question(name: str, known: Mapping[str, Known]) -> Known:
    if name not in known:
        what = f"“{name}” is no question that was kept before this one" if name else "“.” is this question itself"
        raise NotReadError(what)
    return known[name]


def _literal(value: Expression) -> str:
    match value:
        case Text(text):
            return text.strip()
        case Number(number):
            return _plain(number)
        case _:
            raise NotReadError("only a fixed value can be compared with")


def _plain(number: Decimal) -> str:
    return str(int(number)) if number == number.to_integral_value() else str(number.normalize())


def _compare(left: Expression, operator: str, right: Expression, known: Mapping[str, Known]) -> Condition:
    match left:
        case Ref(name):
            return _compare_answer(_question(name, known), operator, _literal(right))
        case Call("string-length" | "count-selected", (Ref(name),)):
            return _compare_size(_question(name, known), operator, _literal(right))
        case Call(name):
            raise NotReadError(f"“{name}” is not understood")
        case _:
            raise NotReadError("only an answer can be compared, and only with a fixed value")


def _compare_size(question: Known, operator: str, value: str) -> Condition:
    """Whether there is anything at all; other sizes are no conditions here."""
    if (operator, value) in {(">", "0"), (">=", "1"), ("!=", "0")}:
        return Answered(question.id, True)
    if (operator, value) in {("=", "0"), ("<", "1"), ("<=", "0")}:
        return Answered(question.id, False)
    raise NotReadError("a length or a number of choices can only be compared with none")


def _compare_answer(question: Known, operator: str, value: str) -> Condition:
    if value == "":
        if operator in ("=", "!="):
            return Answered(question.id, operator == "!=")
        raise NotReadError("nothing is neither more nor less")
    if operator in ("=", "!="):
        same = _is(question, value)
        return same if operator == "=" else Not(same)
    return _more_or_less(question, operator, _number(question, value))


def _is(question: Known, value: str) -> Condition:
    match question.kind:
        case Kind.YES_NO | Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            return Is(question.id, (_value(question, value),))
        case Kind.SCALE | Kind.NUMBER:
            number = _number(question, value)
            if isinstance(number, int):
                return Is(question.id, (number,))
            return All((AtLeast(question.id, number), AtMost(question.id, number)))
        case Kind.POSTCODE_DISTRICT:
            return Is(question.id, (value,))
        case Kind.MULTI_CHOICE:
            raise NotReadError(f"“{question.id}” takes several choices; write selected(…) for one of them")
        case Kind.TEXT | Kind.NOTE:
            raise NotReadError(f"“{question.id}” is answered in own words, which cannot be compared")
        case _:
            assert_never(question.kind)


def _chosen(question: Known, value: str) -> Condition:
    if question.kind is Kind.MULTI_CHOICE:
        return Includes(question.id, _value(question, value))
    return _is(question, value)


def _value(question: Known, value: str) -> str:
    if value not in question.values:
        raise NotReadError(f"“{value}” is no choice of “{question.id}”")
    return question.values[value]


def _number(question: Known, value: str) -> int | Decimal:
    if question.kind not in (Kind.SCALE, Kind.NUMBER):
        raise NotReadError(f"“{question.id}” is no number")
    try:
        number = Decimal(value)
    except ArithmeticError:
        raise NotReadError(f"“{value}” is no number") from None
    if not number.is_finite():
        raise NotReadError(f"“{value}” is no number")
    return int(number) if number == number.to_integral_value() else number


def _more_or_less(question: Known, operator: str, number: int | Decimal) -> Condition:
    """More than three is three or more, and not three or less: true for no answer that is missing."""
    least, most = AtLeast(question.id, number), AtMost(question.id, number)
    match operator:
        case ">=":
            return least
        case "<=":
            return most
        case ">":
            return All((least, Not(most)))
        case _:
            return All((most, Not(least)))
