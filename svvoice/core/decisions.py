"""What a decision must say before people are told of it."""

from __future__ import annotations

from enum import StrEnum

LONGEST_REASON = 1_000


class Verdict(StrEnum):
    YES = "yes"
    PART = "part"
    NO = "no"
    LATER = "later"
    NOT_OURS = "not_ours"


class Difference(StrEnum):
    """What the voices did to a decision."""

    CHANGED = "changed"
    CONFIRMED = "confirmed"
    NOT_CHANGED = "not_changed"


class DecisionProblem(StrEnum):
    """What is missing in a decision, or too long."""

    REASON_MISSING = "reason_missing"
    REASON_TOO_LONG = "reason_too_long"
    OTHERWISE_MISSING = "otherwise_missing"
    OTHERWISE_TOO_LONG = "otherwise_too_long"


def decision_problems(verdict: Verdict, reason: str, otherwise: str) -> tuple[DecisionProblem, ...]:
    """What keeps a decision from being made; empty when it may be.

    A reason is always owed, a yes as much as a no. `otherwise` says what would have been done without these voices; it
    is owed unless the matter is not ours, for then nothing was decided here.
    """
    problems = []
    if not reason.strip():
        problems.append(DecisionProblem.REASON_MISSING)
    if len(reason) > LONGEST_REASON:
        problems.append(DecisionProblem.REASON_TOO_LONG)
    if not otherwise.strip() and verdict is not Verdict.NOT_OURS:
        problems.append(DecisionProblem.OTHERWISE_MISSING)
    if len(otherwise) > LONGEST_REASON:
        problems.append(DecisionProblem.OTHERWISE_TOO_LONG)
    return tuple(problems)
