"""No subtraction across everything shown narrows a hidden number, in 500 random worlds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pytest

from svvoice.core.disclosure import Hidden, K, Shown, ShownSummary, Split, Why, split_by
from svvoice.core.hiding import Hiding, why_small
from svvoice.core.summary import Counts, QuestionSummary, summarise
from svvoice.core.survey import Kind, Option, Question
from tests.core.reckoning import Knowledge, Name

WORLDS = 500
SPLITS = ("channel", "language")

CellName = tuple[str, str | None, str | None]
"""(split, group, choice); no split where the number is everyone's."""


@dataclass(frozen=True)
class World:
    """The same answers to one question, split in two ways."""

    question: Question
    sensitive: bool
    everyone: QuestionSummary
    groups: Mapping[str, Mapping[str, QuestionSummary]]

    def tables(self) -> list[Split]:
        return [split_by(by, self.everyone, self.groups[by], sensitive=self.sensitive) for by in SPLITS]


def random_world(seed: int) -> World:
    chance = random.Random(seed)
    question = random_question(chance)
    people = [random_person(chance, question) for _ in range(chance.choice((12, 30, 60, 120, 240)))]
    sizes = {by: [chance.choice((1, 1, 3, 8, 20)) for _ in range(chance.randint(1, 3))] for by in SPLITS}
    marks = {by: [chance.choices(range(len(w)), w)[0] for _ in people] for by, w in sizes.items()}
    groups = {
        by: {
            f"{by} {mark}": summarise(
                [question], counted(p for p, m in zip(people, marks[by], strict=True) if m == mark)
            )
            for mark in range(len(sizes[by]))
        }
        for by in SPLITS
    }
    if len(groups["language"]) > 1 and chance.random() < 0.4:
        del groups["language"]["language 0"]  # people who said nothing of themselves
    return World(question, chance.random() < 0.4, summarise([question], counted(people)), groups)


def random_question(chance: random.Random) -> Question:
    kind = chance.choice((Kind.SINGLE_CHOICE, Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE))
    options = tuple(Option(letter, {"en": letter}) for letter in "abcd"[: chance.randint(2, 4)])
    question = Question("q", kind, {"en": "Which?"}, options=options)
    if kind is Kind.MULTI_CHOICE and chance.random() < 0.5:
        none = Option("none", {"en": "None of these"}, exclusive=True)
        question = replace(question, options=(*options, none), max_choices=chance.choice((None, 2)))
    return question


def random_person(chance: random.Random, question: Question) -> str:
    ids = question.choice_ids
    chosen = chance.choices(ids, [2 ** (3 * place % 5) for place in range(len(ids))], k=chance.randint(1, len(ids)))
    if question.kind is Kind.SINGLE_CHOICE or chosen[0] == "none":
        return chosen[0]
    several = [one for one in ids if one in chosen and one != "none"]
    return "|".join(several[: question.max_choices])


def counted(people: Iterator[str] | Sequence[str]) -> Counts:
    counts: dict[str, int] = {}
    for said in people:
        counts[said] = counts.get(said, 0) + 1
    return counts


def names(by: str, group: str | None, choice: str | None) -> CellName:
    """Numbers about everybody are the same number in both splits."""
    return (by if group is not None else "", group, choice)


def what_a_reader_knows(world: World, tables: Sequence[Split], *, cells: bool) -> Knowledge:
    """All that the shown tables say; without `cells` only the numbers of everyone and the sizes of shown groups."""
    known = Knowledge()
    total = world.everyone.answered
    values = [cell.value for cell in world.everyone.cells]
    for table in tables:
        rest: list[str] = [""] if total > sum(group.answered for group in world.groups[table.by].values()) else []
        rows = [shown.group.value for shown in table.groups if shown.group] + rest
        for choice in (None, *values):
            known.number(names(table.by, None, choice), 0, total)
            for row in rows:
                known.number(names(table.by, row, choice), 0, total)
            known.adds_up([names(table.by, row, choice) for row in rows], names(table.by, None, choice))
        for every_row in (None, *rows):
            read_row_sum(known, world.question, table.by, every_row, values)
        for row in rows:
            for choice in values:  # as many of a group went without it as of everyone, at most
                pairs = (row, choice, 1), (row, None, -1), (None, choice, -1), (None, None, 1)
                known.lies_between([(names(table.by, r, c), factor) for r, c, factor in pairs], 0, 10**6)
        read_shown(known, table.by, table.everyone)
        for shown in table.groups:
            read_shown(known, table.by, shown if cells else without_cells(shown))
        for row in rest:
            hidden = sum(group.answered for group in world.groups[table.by].values())
            known.number(names(table.by, row, None), total - hidden, total - hidden)
        read_reasons(known, table, groups=cells)
    return known


def without_cells(shown: ShownSummary) -> ShownSummary:
    return replace(shown, cells=())


def read_row_sum(known: Knowledge, question: Question, by: str, row: str | None, values: Sequence[str]) -> None:
    whole = names(by, row, None)
    if question.kind is Kind.SINGLE_CHOICE:
        known.adds_up([names(by, row, value) for value in values], whole)
        return
    most = question.max_choices or len(values)
    ticks = [(names(by, row, value), 1) for value in values]
    known.lies_between([*ticks, (whole, -1)], 0, 10**6)
    known.lies_between([*ticks, (whole, -most)], -(10**6), 0)
    for value in values:
        together = [(names(by, row, value), 1)]
        together += [(names(by, row, "none"), 1)] if "none" in values and value != "none" else []
        known.lies_between([*together, (whole, -1)], -(10**6), 0)


def read_shown(known: Knowledge, by: str, shown: ShownSummary) -> None:
    group = shown.group.value if shown.group else None
    if not isinstance(shown.answered, Hidden):
        known.number(names(by, group, None), shown.answered, shown.answered)
    for cell in shown.cells:
        if isinstance(cell.number, Shown):
            known.number(names(by, group, cell.value), cell.number.people, cell.number.people)


def read_reasons(known: Knowledge, table: Split, *, groups: bool) -> None:
    """ "Fewer than 10" is 0 to 9. Where both reasons stand in one row, the other one must be 10 or more."""
    rows: list[tuple[str | None, dict[str, Why]]] = [(None, why_of(table.everyone))]
    if groups:
        rows += [(shown.group.value, why_of(shown)) for shown in table.groups if shown.group]
        sizes = {shown.group.value: shown.answered for shown in table.groups if shown.group}
        reasons = {group: size.reason for group, size in sizes.items() if isinstance(size, Hidden)}
        for hidden_group, why in reasons.items():
            told_apart = len(set(reasons.values())) > 1
            known.number(names(table.by, hidden_group, None), *bounds(why, told_apart))
    everyone = why_of(table.everyone)
    own = [(group, {c: why for c, why in row.items() if group is None or c not in everyone}) for group, row in rows]
    mixed = any(len(set(row.values())) > 1 for group, row in own if group is not None)
    whole = {shown.group.value for shown in table.groups if shown.group and isinstance(shown.answered, Hidden)}
    for group, row in rows:
        for choice, why in row.items():
            if group is None:
                told_apart = len(set(everyone.values())) > 1
            else:
                told_apart = mixed and choice not in everyone and group not in whole
            known.number(names(table.by, group, choice), *bounds(why, told_apart))


def bounds(why: Why, told_apart: bool) -> tuple[int, int]:
    if why is Why.FEWER_THAN_10:
        return 0, K - 1
    return (K, 10**6) if told_apart else (0, 10**6)


def why_of(shown: ShownSummary) -> dict[str, Why]:
    return {cell.value: cell.number.reason for cell in shown.cells if isinstance(cell.number, Hidden)}


def narrowed(world: World) -> list[str]:
    """Hidden numbers for which 10 values, or what everyone's numbers leave of them, were not found to be possible."""
    tables = world.tables()
    known = what_a_reader_knows(world, tables, cells=True)
    known.met = {name: (people, people) for name, people in the_truth(world).items()}
    outside = known.outside()
    found = []
    for table in tables:
        for name, promised in promised_values(world, table):
            low, high = known.inside(name, outside, promised)
            if high - low + 1 < promised:
                found.append(f"{name}: {low} to {high}, promised {promised} values")
    return found


def worked_out(world: World) -> list[str]:
    """Hidden numbers that surely have fewer possible values than promised."""
    tables = world.tables()
    outside = what_a_reader_knows(world, tables, cells=True).outside()
    promised = [pair for table in tables for pair in promised_values(world, table)]
    return [str(name) for name, values in promised if outside[name][1] - outside[name][0] + 1 < values]


def promised_values(world: World, table: Split) -> Iterator[tuple[CellName, int]]:
    """Every hidden number, and how many values it must keep: 10, or as many as everyone's numbers leave.

    A companion that could be shown by itself may be known better, though never wholly, where it only keeps those who
    are in none of the groups from being worked out.
    """
    if isinstance(table.everyone.answered, Hidden):
        return  # then nothing at all is shown
    of_everyone = what_a_reader_knows(world, [table], cells=False).outside()
    for name, why in hidden_numbers(table):
        least, most = of_everyone[name]
        most = min(most, K - 1) if why is Why.FEWER_THAN_10 else most
        enough = 2 if has_rest(world, table.by) and could_be_shown(world, table.by, name) else K
        yield name, min(enough, most - least + 1)
    truth = the_truth(world)
    for cell in world.everyone.cells if has_rest(world, table.by) else ():
        name = names(table.by, "", cell.value)
        people, size = truth[name], truth[names(table.by, "", None)]
        least, most = of_everyone[name]
        small = why_small(people, size)
        if small:
            yield name, min(K, (min(most, K - 1) if small is Why.FEWER_THAN_10 else most) - least + 1)


def has_rest(world: World, by: str) -> bool:
    return world.everyone.answered > sum(summary.answered for summary in world.groups[by].values())


def could_be_shown(world: World, by: str, name: CellName) -> bool:
    _, group, choice = name
    summary = world.everyone if group is None else world.groups[by][group]
    cell = summary.cell(choice or "")
    return cell is not None and why_small(cell.people, summary.answered) is None


def the_truth(world: World) -> dict[Name, int]:
    truth: dict[Name, int] = {}
    values = [cell.value for cell in world.everyone.cells]
    for by in SPLITS:
        everyone = people_of(world.everyone, values)
        groups = {group: people_of(summary, values) for group, summary in world.groups[by].items()}
        truth |= {names(by, None, choice): number for choice, number in everyone.items()}
        for group, people in groups.items():
            truth |= {names(by, group, choice): number for choice, number in people.items()}
        for choice, number in everyone.items():
            truth[names(by, "", choice)] = number - sum(people[choice] for people in groups.values())
    return truth


def people_of(summary: QuestionSummary, values: Sequence[str]) -> dict[str | None, int]:
    cells = {cell.value: cell.people for cell in summary.cells}
    return {None: summary.answered, **{value: cells.get(value, 0) for value in values}}


def hidden_numbers(table: Split) -> Iterator[tuple[CellName, Why]]:
    for shown in (table.everyone, *table.groups):
        group = shown.group.value if shown.group else None
        for choice, why in why_of(shown).items():
            yield names(table.by, group, choice), why
        if isinstance(shown.answered, Hidden):
            yield names(table.by, group, None), shown.answered.reason


def test_nothing_shown_narrows_a_hidden_number_in_500_worlds() -> None:
    found = {seed: gaps for seed in range(WORLDS) if (gaps := narrowed(random_world(seed)))}
    assert found == {}


def test_without_companions_the_reader_works_hidden_numbers_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hiding, "_hide_more", lambda self, key: False)
    assert sum(1 for seed in range(100) if worked_out(random_world(seed))) > 30
