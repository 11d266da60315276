"""Which numbers of a table have to be hidden: the small ones, and companions until nothing can be worked out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from math import inf

from svvoice.core.companions import MORE_TICKS, Key, Table, corners

K = 10
"""Fewest people in anything shown, and fewest possible values of anything hidden."""

_FEW = 3
"""Companions that are hidden for one number before the reasons say less instead."""

REST = ""
"""The group of those who are in none of the groups, such as those who said no age. It is never shown."""


class Why(StrEnum):
    """Why a number is hidden: `FEWER_THAN_10` where it is so, `COMPANION` where it would give another one away."""

    FEWER_THAN_10 = "fewer_than_10"
    COMPANION = "companion"


class Say(IntEnum):
    """How much the reasons may say, for a reason is a number too."""

    NOTHING = 0
    """All read "companion"."""
    OF_ROWS = 1
    """ "Fewer than 10" only in groups without a companion, so that a companion may be any number."""
    ALL = 2
    """ "Fewer than 10" wherever it is so; then a companion is known to be 10 or more."""


@dataclass(frozen=True)
class Ticks:
    """What the form says of several choices: how many one person may make, and which go with no other."""

    most: int | None
    alone: frozenset[str]


def why_small(people: int, whole: int) -> Why | None:
    """Whether a number within a group has to be hidden for its own sake: under 10, or all but fewer than 10."""
    if people < K:
        return Why.FEWER_THAN_10
    return Why.COMPANION if whole - people < K else None


class Hiding:
    """Works on one table of people by group and choice; `run` gives back what is hidden and why."""

    def __init__(
        self,
        people: Mapping[Key, int],
        *,
        over_all: Mapping[str, Why],
        held: Collection[str] = (),
        ticks: Ticks | None = None,
        totals_open: bool = False,
    ) -> None:
        """`over_all`: choices hidden for everyone. `held`: groups kept back in any case. `ticks`: several choices.

        `totals_open`: nobody knows the numbers of everyone by choice, as where they are what is to be hidden.
        """
        self.table = Table(people)
        self.groups = tuple(group for group, choice in people if group is not None and choice is None)
        self.choices = tuple(c for group, c in people if group is None and c is not None and c != MORE_TICKS)
        self.over_all = over_all
        self.held = held
        self.ticks = ticks
        self.totals_open = totals_open
        self.by_rows = bool(ticks and ticks.alone) and not totals_open
        """Whether a group hides all its choices or none: "none of these" bounds every other choice of its group, and
        the other way round, which no sum of a table tells."""
        self.say = Say.NOTHING if self.by_rows else Say.ALL
        self.reasons: dict[Key, Why] = {}
        self.for_rest: set[Key] = set()
        """Companions of numbers of the rest: big enough to be shown themselves, so they need not stay wide."""
        self.covered: set[str] = set()
        """Groups that are hidden whole."""

    def run(self) -> dict[Key, Why]:
        self._hide_for_everyone()
        for group in self.groups:
            self._hide_small(group)
        checked = 0
        while checked < len(self.reasons):
            key = list(self.reasons)[checked]
            while key not in self.for_rest and not self._wide_enough(key) and self._hide_more(key):
                pass
            checked += 1
        return {key: Why.FEWER_THAN_10 if self._says_fewer(key) else Why.COMPANION for key in self.reasons}

    # What is hidden for its own sake

    def _hide_for_everyone(self) -> None:
        for choice in self.choices:
            if self.totals_open:
                self.table.hide((None, choice))
            elif choice in self.over_all:
                self._hide((None, choice), self.over_all[choice])
        for group in (None, *self.groups) if self.ticks else ():
            self.table.hide((group, MORE_TICKS), 0, self._most_more(group))

    def _hide_small(self, group: str) -> None:
        answered = self.table.people((group, None))
        if group != REST and (answered < K or group in self.held):
            self._hide_whole(group, Why.FEWER_THAN_10 if answered < K else Why.COMPANION)
            return
        if len(self.choices) == 1:
            return  # one column holds all who answered: only sizes matter
        for choice in self.choices:
            why = self.over_all.get(choice) or why_small(self.table.people((group, choice)), answered)
            if why:
                self._hide((group, choice), why)
            elif group == REST:
                self.table.hide((group, choice), 0, self._most(group, choice))
        if self.by_rows and any((group, choice) in self.reasons for choice in self.choices):
            self._hide_companions([(group, choice) for choice in self.choices])

    def _hide_whole(self, group: str, why: Why) -> None:
        self.covered.add(group)
        for choice in (None, *self.choices):
            self._hide((group, choice), self.over_all.get(choice or "", why))
        if self.ticks:
            self.table.hide((group, MORE_TICKS))
        self._tell_again()

    def _hide(self, key: Key, why: Why) -> None:
        self.reasons[key] = why
        self.table.hide(key, *self._known(key))

    # What the reader knows of a hidden number without any sum

    def _known(self, key: Key) -> tuple[float, float]:
        group, choice = key
        if self._says_fewer(key):
            return 0, K - 1
        if group is None:
            told_apart = Why.FEWER_THAN_10 in self.over_all.values()
        else:
            told_apart = self.say is Say.ALL and choice not in self.over_all and group != REST
            told_apart = told_apart and (choice is None or group not in self.covered)
        return K if told_apart else 0, self._most(group, choice)

    def _says_fewer(self, key: Key) -> bool:
        """Whether the reader is told that this number is under 10."""
        group, choice = key
        if choice is not None and choice in self.over_all:
            return self.over_all[choice] is Why.FEWER_THAN_10
        if choice is not None and group in self.covered:
            return self._says_fewer((group, None))
        if self.reasons[key] is not Why.FEWER_THAN_10 or group == REST:
            return False
        return self.say is Say.ALL or (self.say is Say.OF_ROWS and not self._has_companion(key))

    def _has_companion(self, key: Key) -> bool:
        """Whether a companion stands in the same group; for the size of a group, among the sizes."""
        if key[1] is None:
            return any(why is Why.COMPANION and choice is None for (_, choice), why in self.reasons.items())
        row = [(self.reasons.get((key[0], choice)), choice) for choice in self.choices]
        return any(why is Why.COMPANION and choice not in self.over_all for why, choice in row)

    def _most(self, group: str | None, choice: str | None) -> float:
        """The most that several choices allow: no more than answered, less those who must have chosen otherwise."""
        if not self.ticks or group is None or choice is None or group in self.covered:
            return inf
        shown = {c: self.table.people((group, c)) for c in self.choices if (group, c) not in self.table.hidden}
        alone = [number for other, number in shown.items() if other in self.ticks.alone and other != choice]
        others = [number for other, number in shown.items() if other != choice and other not in self.ticks.alone]
        elsewhere = sum(alone) + (max(others, default=0) if choice in self.ticks.alone else 0)
        return self.table.people((group, None)) - elsewhere

    def _most_more(self, group: str | None) -> float:
        if not self.ticks or self.ticks.most is None:
            return inf
        return (self.ticks.most - 1) * self.table.people((group, None))

    def _tell_again(self) -> None:
        """Set again what the reader knows, after more has been hidden or less is said."""
        for key in self.reasons:
            self.table.hide(key, *self._known(key))

    # What is hidden for the sake of others

    def _wide_enough(self, key: Key) -> bool:
        down, up = self.table.possible(key, enough=K - 1)
        return down + up + 1 >= self._values_promised(key)

    def _values_promised(self, key: Key) -> float:
        """10 possible values, or as many as the numbers of everyone and the group's size leave."""
        group, choice = key
        if group is None or choice is None:
            return K
        size = self.table.people((group, None))
        size = max(size, K - 1) if group in self.covered else size
        if (None, choice) in self.table.hidden:
            return min(K, size + 1)
        chose, all_people = self.table.people((None, choice)), self.table.people((None, None))
        most = min(chose, size, K - 1 if self.reasons[key] is Why.FEWER_THAN_10 else inf)
        return min(K, most - max(0, chose - (all_people - size)) + 1)

    def _hide_more(self, key: Key) -> bool:
        """Take one more step to widen a hidden number; False when nothing is left to be done."""
        if key[1] is None:
            alone = len(self.covered) < 2
            return (alone and self._hide_another_group()) or self._say_less() or self._hide_another_group()
        companions = self._enough(key)
        if companions and (len(companions) <= _FEW or self.say is Say.NOTHING):
            self._hide_companions(companions)
            self.for_rest.update(companions if key[0] == REST else ())
            return True
        return self._say_less()

    def _enough(self, key: Key) -> list[Key]:
        """Numbers that, hidden too, make this one wide enough, or as wide as can be; those of few people first."""
        choices = sorted({new for three in self._corners(key) if (new := self._new(three))}, key=self._cost)
        for new in choices:
            if self._would_be_wide(key, new):
                return list(new)
        together: dict[Key, None] = {}
        for new in choices:
            together |= dict.fromkeys(new)
            if self._would_be_wide(key, together):
                break
        needed = list(together)
        for companion in together:
            without = [one for one in needed if one != companion]
            if self._would_be_wide(key, without):
                needed = without
        return needed

    def _would_be_wide(self, key: Key, new: Collection[Key]) -> bool:
        """Whether the number would be wide enough with these hidden too."""
        for companion in new:
            self.table.hide(companion, K if self.say is Say.ALL else 0, self._most(*companion))
        wide = self._wide_enough(key)
        for companion in new:
            self.table.show(companion)
        return wide

    def _hide_another_group(self) -> bool:
        """Hide the smallest group that is shown, whole."""
        shown = [group for group in self.groups if group != REST and group not in self.covered]
        if shown:
            self._hide_whole(min(shown, key=lambda group: self.table.people((group, None))), Why.COMPANION)
        return bool(shown)

    def _say_less(self) -> bool:
        """Say less by the reasons; False where they say nothing already."""
        if self.say is Say.NOTHING:
            return False
        self.say = Say(self.say - 1)
        self._tell_again()
        return True

    def _corners(self, key: Key) -> list[tuple[Key, Key, Key]]:
        sums = (None, MORE_TICKS) if self.ticks else (None,)
        return list(corners(key, (*self.groups, None), (*self.choices, *sums)))

    def _new(self, three: tuple[Key, Key, Key]) -> tuple[Key, ...]:
        """The corners still to be hidden; none where one of them cannot be."""
        new = tuple(corner for corner in three if corner not in self.table.hidden)
        can_be = all(group is not None and choice in self.choices for group, choice in new)
        return new if can_be else ()

    def _cost(self, new: tuple[Key, ...]) -> tuple[int, list[tuple[int, int]]]:
        """The people whose numbers go out of sight; where that is equal, the first in the order of the table."""
        places = [(self.groups.index(group or ""), self.choices.index(choice or "")) for group, choice in new]
        return sum(self.table.people(key) for key in new), places

    def _hide_companions(self, new: Collection[Key]) -> None:
        rows = dict.fromkeys(group for group, _ in new)
        for key in [(group, choice) for group in rows for choice in self.choices] if self.by_rows else new:
            if key not in self.reasons:
                self._hide(key, Why.COMPANION)
        self._tell_again()
