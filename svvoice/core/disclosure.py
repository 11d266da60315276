"""The one rule about small numbers, for screen, public page, finding and text-back alike (`docs/small-numbers.md`).

A question or a group is shown from 10 people on. Within a group, and for a sensitive question even over all, a number
under 10 or within 10 of the whole is hidden, and others with it, until no subtraction narrows a hidden number to fewer
than 10 possible values. The subtractions looked at: group from everyone, group from the other groups, choice from those
who answered, and all of them together. Over several choices the ticks do not add up to the people, so choice from
choice says less; but each person ticked at least one and at most as many as the form allows, which is looked at too.
An ordinary question over all hides no cell, so where everyone's number alone says something of a group ("nobody chose
this"), that stays said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from math import inf

from svvoice.core.companions import MORE_TICKS, Key, Table, corners
from svvoice.core.summary import Cell, QuestionSummary, Rate, rate
from svvoice.core.survey import Kind

K = 10
"""Fewest people in anything shown, and fewest possible values of anything hidden."""

K_CROSSED = 25
"""Fewest people in each group where two splits are crossed."""

STEP = 5
"""Answers between one state of a public number and the next."""


class Why(StrEnum):
    """Why a number is hidden: `FEWER_THAN_10` where it is so, `COMPANION` where it would give another one away."""

    FEWER_THAN_10 = "fewer_than_10"
    COMPANION = "companion"


@dataclass(frozen=True)
class Hidden:
    reason: Why


@dataclass(frozen=True)
class Shown:
    """`share`, `low` and `high` (95 % interval) between 0 and 1, of those who answered."""

    people: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class ShownCell:
    value: str
    number: Shown | Hidden
    retired: bool = False


@dataclass(frozen=True)
class Group:
    """People who have something in common: `by` names the split (`language`), `value` the group in it (`pl`)."""

    by: str
    value: str


@dataclass(frozen=True)
class ShownSummary:
    """What may be shown of one question, over all (`group` is None) or in one group."""

    question_id: str
    kind: Kind
    group: Group | None
    answered: int | Hidden
    cells: tuple[ShownCell, ...] = ()
    mean: float | None = None
    median: Decimal | None = None
    lower_quarter: Decimal | None = None
    upper_quarter: Decimal | None = None
    kept_back: bool = False
    """Whether anything at all is hidden here."""

    def number(self, value: str) -> Shown | Hidden | None:
        return next((cell.number for cell in self.cells if cell.value == value), None)


@dataclass(frozen=True)
class Split:
    """One question for everyone and for each group of a split, hidden together. Show these and no other numbers of it."""

    by: str
    everyone: ShownSummary
    groups: tuple[ShownSummary, ...]

    def group(self, value: str) -> ShownSummary | None:
        return next((shown for shown in self.groups if shown.group and shown.group.value == value), None)


def shown(summary: QuestionSummary, *, sensitive: bool) -> ShownSummary:
    """One question over all who answered it. Groups are never shown one by one: see `split_by`."""
    if summary.answered < K:
        return _nothing(summary, None, Why.FEWER_THAN_10)
    return _drawn(summary, None, _hidden_over_all(summary, sensitive))


def split_by(
    by: str,
    everyone: QuestionSummary,
    groups: Mapping[str, QuestionSummary],
    *,
    sensitive: bool,
    sizes: Mapping[str, int] | None = None,
    crossed: bool = False,
) -> Split:
    """One question in every group of a split, such as each language.

    `groups` must not overlap; who is in none of them (said no age) counts as one more group that is not shown.
    `sizes` are the people of each group in the whole survey, as counted for `sizes_shown`: what is kept back there is
    kept back here. `crossed`: the groups cross two splits; then all have 25 people and nothing to hide, or none is shown.
    Places and written answers are not split. Raises ValueError where groups have more people than everyone.
    """
    whole = shown(everyone, sensitive=sensitive)
    if isinstance(whole.answered, Hidden):
        return Split(by, whole, tuple(_nothing(s, Group(by, g), Why.COMPANION) for g, s in groups.items()))
    if everyone.kind in (Kind.POSTCODE_DISTRICT, Kind.TEXT, Kind.NUMBER):
        everyone = replace(everyone, cells=())
        groups = {group: replace(summary, cells=()) for group, summary in groups.items()}
    held = _held_back(sizes) if sizes is not None else frozenset()
    hiding = _Hiding(everyone, groups, _hidden_over_all(everyone, sensitive), held)
    hidden = hiding.run()
    if crossed and (hidden or any(summary.answered < K_CROSSED for summary in groups.values())):
        return Split(by, whole, tuple(_nothing(s, Group(by, g), Why.COMPANION) for g, s in groups.items()))
    return Split(by, whole, tuple(_drawn_group(s, Group(by, g), hidden) for g, s in groups.items()))


def sizes_shown(sizes: Mapping[str, int]) -> dict[str, Shown | Hidden]:
    """How many people of each group there are ("who spoke"): the size of a group is a number like any other."""
    base = sum(sizes.values())
    hidden = _hidden_in_row(sizes, base, adds_up=True)
    return {group: _number(rate(people, base), hidden.get(group)) for group, people in sizes.items()}


def shown_rate(counted: Rate, *, sensitive: bool = False) -> Rate | Hidden:
    """A share such as first-time voice, under the same rule: hidden under 10 people, and where sensitive near the ends."""
    if counted.base < K:
        return Hidden(Why.FEWER_THAN_10)
    if sensitive and (why := _why(counted.people, counted.base)):
        return Hidden(why)
    return counted


def _why(people: int, whole: int) -> Why | None:
    """Whether a number within a group has to be hidden for its own sake."""
    if people < K:
        return Why.FEWER_THAN_10
    return Why.COMPANION if whole - people < K else None


def _hidden_over_all(summary: QuestionSummary, sensitive: bool) -> dict[str, Why]:
    """The cells to hide over all: none of an ordinary question. An age or a place makes a group, so its size is one."""
    if not (sensitive or summary.kind in (Kind.AGE_BAND, Kind.POSTCODE_DISTRICT)):
        return {}
    people = {cell.value: cell.people for cell in summary.cells}
    return _hidden_in_row(people, summary.answered, adds_up=not summary.several)


def _hidden_in_row(people: Mapping[str, int], whole: int, *, adds_up: bool) -> dict[str, Why]:
    """Which numbers of one row to hide, where its sum is known."""
    hidden = {value: why for value, number in people.items() if (why := _why(number, whole))}
    if not hidden or not adds_up:
        return hidden
    for value in sorted(people, key=lambda value: people[value]):
        if _wide_enough(people, hidden):
            return hidden
        hidden.setdefault(value, Why.COMPANION)
    return hidden if _wide_enough(people, hidden) else dict.fromkeys(hidden, Why.COMPANION)


def _wide_enough(people: Mapping[str, int], hidden: Mapping[str, Why]) -> bool:
    """Whether every hidden number keeps 10 possible values, given their sum and what the reasons say of each."""
    bounds = {value: (0, K - 1) if why is Why.FEWER_THAN_10 else (K, None) for value, why in hidden.items()}
    spare_down = {value: people[value] - low for value, (low, _) in bounds.items()}
    spare_up = {value: inf if high is None else high - people[value] for value, (_, high) in bounds.items()}
    for value in hidden:
        down = min(spare_down[value], sum(spare for other, spare in spare_up.items() if other != value))
        up = min(spare_up[value], sum(spare for other, spare in spare_down.items() if other != value))
        if down + up + 1 < K:
            return False
    return True


def _held_back(sizes: Mapping[str, int]) -> frozenset[str]:
    return frozenset(group for group, size in sizes_shown(sizes).items() if isinstance(size, Hidden))
