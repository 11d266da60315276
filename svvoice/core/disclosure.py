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

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from svvoice.core.companions import MORE_TICKS, Key
from svvoice.core.hiding import REST, Hiding, Ticks, why_small
from svvoice.core.hiding import K as K
from svvoice.core.hiding import Why as Why
from svvoice.core.summary import QuestionSummary, Rate, fewer_than_1, in_100, more_than_99, rate
from svvoice.core.survey import Kind

K_CROSSED = 25
"""Fewest people in each group where two splits are crossed."""

STEP = 5
"""Answers between one state of a public number and the next."""


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
    """One question for everyone and for each group of a split, hidden together; no other numbers of it are shown."""

    by: str
    everyone: ShownSummary
    groups: tuple[ShownSummary, ...]

    def group(self, value: str) -> ShownSummary | None:
        return next((shown for shown in self.groups if shown.group and shown.group.value == value), None)


def shown(summary: QuestionSummary, *, sensitive: bool) -> ShownSummary:
    """One question over all who answered it. A group is never shown by itself: see `split_by`."""
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

    `groups` must not overlap; whoever is in none of them (said no age) counts as one more group that is not shown.
    `sizes` are the people of each group in the whole survey, as counted for `sizes_shown`: what is kept back there is
    kept back here. `crossed`: the groups cross two splits; then each has 25 people and nothing to hide, or none is
    shown, so that neither of the two gives a number away. Places are not split, and of numbers and written answers
    only how many answered. Raises ValueError where the groups hold more people than everyone.
    """
    whole = shown(everyone, sensitive=sensitive)
    if isinstance(whole.answered, Hidden):
        return Split(by, whole, tuple(_nothing(s, Group(by, g), Why.COMPANION) for g, s in groups.items()))
    if everyone.kind is Kind.POSTCODE_DISTRICT:
        everyone = replace(everyone, cells=())
        groups = {group: replace(summary, cells=()) for group, summary in groups.items()}
    held = _held_back(sizes) if sizes else frozenset[str]()
    over_all = _hidden_over_all(everyone, sensitive)
    hidden = Hiding(_people(everyone, groups), over_all=over_all, held=held, ticks=_ticks(everyone)).run()
    if crossed and (hidden or any(summary.answered < K_CROSSED for summary in groups.values())):
        return Split(by, whole, tuple(_nothing(s, Group(by, g), Why.COMPANION) for g, s in groups.items()))
    return Split(by, whole, tuple(_drawn_group(s, Group(by, g), hidden) for g, s in groups.items()))


def sizes_shown(sizes: Mapping[str, int]) -> dict[str, Shown | Hidden]:
    """How many people of each group there are ("who spoke"): the size of a group is a number like any other."""
    base = sum(sizes.values())
    people: dict[Key, int] = {(group, None): size for group, size in sizes.items()}
    people |= {(group, _ANY): size for group, size in sizes.items()}
    hidden = Hiding({**people, (None, _ANY): base, (None, None): base}, over_all={}).run()
    return {group: _number(rate(size, base), hidden.get((group, None))) for group, size in sizes.items()}


def shown_rate(counted: Rate, *, sensitive: bool = False) -> Rate | Hidden:
    """A share such as first-time voice, under the same rule: from 10 people on, and if sensitive not near an end."""
    if counted.base < K:
        return Hidden(Why.FEWER_THAN_10)
    why = why_small(counted.people, counted.base) if sensitive else None
    return Hidden(why) if why else counted


_ANY = "answered"
"""The one column of a table of which only the sizes matter."""


def _people(everyone: QuestionSummary, groups: Mapping[str, QuestionSummary]) -> dict[Key, int]:
    """All numbers of the split, and of those who are in none of its groups."""
    rows: dict[str | None, QuestionSummary] = {None: everyone}
    rows.update(groups)
    people: dict[Key, int] = {}
    for group, summary in rows.items():
        people |= {(group, cell.value): cell.people for cell in summary.cells}
        people |= {(group, value): 0 for value in _values(rows.values()) if (group, value) not in people}
        people |= {(group, _ANY): summary.answered} if not everyone.cells else {}
        people |= {(group, MORE_TICKS): _more_ticks(summary)} if everyone.several else {}
        people[group, None] = summary.answered
    rest = {
        choice: people[None, choice] - sum(people[g, choice] for g in groups) for group, choice in people if not group
    }
    if min(rest.values()) < 0:
        raise ValueError("the groups hold more people than everyone")
    if any(rest.values()):
        people |= {(REST, choice): number for choice, number in rest.items()}
    return people


def _values(rows: Collection[QuestionSummary]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell.value for summary in rows for cell in summary.cells))


def _more_ticks(summary: QuestionSummary) -> int:
    return sum(cell.people for cell in summary.cells) - summary.answered


def _held_back(sizes: Mapping[str, int]) -> frozenset[str]:
    return frozenset(group for group, size in sizes_shown(sizes).items() if isinstance(size, Hidden))


def _hidden_over_all(summary: QuestionSummary, sensitive: bool) -> dict[str, Why]:
    """The cells to hide over all: none of an ordinary question. An age or a place makes a group, so its size is one."""
    if not summary.cells or not (sensitive or summary.kind in (Kind.AGE_BAND, Kind.POSTCODE_DISTRICT)):
        return {}
    row = _people(summary, {_ANY: summary})
    hidden = Hiding(row, over_all={}, ticks=_ticks(summary), totals_open=True).run()
    return {choice: why for (_, choice), why in hidden.items() if choice}


def _ticks(summary: QuestionSummary) -> Ticks | None:
    return Ticks(summary.most_ticks, summary.alone) if summary.several else None


def _nothing(summary: QuestionSummary, group: Group | None, why: Why) -> ShownSummary:
    """Not even how many answered; places are not so much as named."""
    why = Why.FEWER_THAN_10 if group is None else why
    named = () if summary.kind is Kind.POSTCODE_DISTRICT else summary.cells
    cells = tuple(ShownCell(cell.value, Hidden(why), cell.retired) for cell in named)
    return ShownSummary(summary.question_id, summary.kind, group, Hidden(why), cells, kept_back=True)


def _drawn_group(summary: QuestionSummary, group: Group, hidden: Mapping[Key, Why]) -> ShownSummary:
    if why := hidden.get((group.value, None)):
        return _nothing(summary, group, why)
    return _drawn(summary, group, {choice: why for (g, choice), why in hidden.items() if choice and g == group.value})


def _drawn(summary: QuestionSummary, group: Group | None, hidden: Mapping[str, Why]) -> ShownSummary:
    cells = tuple(
        ShownCell(cell.value, _number(rate(cell.people, summary.answered), hidden.get(cell.value)), cell.retired)
        for cell in summary.cells
        if not (summary.kind is Kind.POSTCODE_DISTRICT and cell.value in hidden)
    )
    return ShownSummary(
        summary.question_id,
        summary.kind,
        group,
        summary.answered,
        cells,
        mean=None if hidden else summary.mean,
        median=summary.median if summary.answered >= 2 * K else None,
        lower_quarter=summary.lower_quarter if summary.answered >= 4 * K else None,
        upper_quarter=summary.upper_quarter if summary.answered >= 4 * K else None,
        kept_back=bool(hidden),
    )


def _number(counted: Rate, why: Why | None) -> Shown | Hidden:
    return Hidden(why) if why else Shown(counted.people, counted.share, counted.low, counted.high)


@dataclass(frozen=True)
class PublicCell:
    value: str
    in_100: int | Hidden
    fewer_than_1: bool = False
    """Whether the words are "fewer than 1 in 100"."""
    more_than_99: bool = False


@dataclass(frozen=True)
class PublicSummary:
    """One question for a page that everybody can read: people in fives, shares in whole hundredths."""

    question_id: str
    answered: int | Hidden
    cells: tuple[PublicCell, ...]


def public_cut(answered: int) -> int:
    """How many answers, the earliest first, a public number counts, so that it moves only at every fifth one."""
    return in_fives(answered)


def public(summary: ShownSummary) -> PublicSummary:
    """What the public page says, of a summary that was counted over the first `public_cut` answers to the question.

    Counted so, the numbers stand still until five more people have answered. Raises ValueError for any other count:
    beside an hour-old copy of the page it would tell what the last person said.
    """
    if not isinstance(summary.answered, Hidden) and summary.answered != public_cut(summary.answered):
        raise ValueError(f"{summary.question_id}: count the first {public_cut(summary.answered)} answers")
    return PublicSummary(summary.question_id, summary.answered, tuple(_public_cell(cell) for cell in summary.cells))


def _public_cell(cell: ShownCell) -> PublicCell:
    if isinstance(cell.number, Hidden):
        return PublicCell(cell.value, cell.number)
    share = cell.number.share
    return PublicCell(cell.value, in_100(share), fewer_than_1(share), more_than_99(share))


def in_fives(people: int) -> int:
    """The people of a public number: the last full five, so 412 reads "410 people"."""
    return people - people % STEP


def more_than(people: int) -> int | None:
    """For "more than 40 people have told us": the five below; None under 10 people and where nothing can be said."""
    return in_fives(people - 1) if people >= K else None
