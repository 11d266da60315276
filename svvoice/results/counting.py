"""A survey's results as they may be shown: every number here has gone through the small-numbers rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from svvoice.core.disclosure import Hidden, Shown, ShownSummary, shown, shown_rate, sizes_shown, split_by
from svvoice.core.export import columns, wordings
from svvoice.core.hiding import K, Why
from svvoice.core.summary import Rate, rate, summarise
from svvoice.core.survey import Kind, Question, Survey
from svvoice.store.counts import By, ByAnswer, Grouping, Tally, WhoAnswered
from svvoice.store.surveys import SurveyRecord


@dataclass(frozen=True)
class Group:
    """People to compare with everyone: `by` is `channel`, `language` or a question's id."""

    by: str
    value: str


@dataclass(frozen=True)
class Asked:
    """One question over all its versions, oldest first, and what may be shown of it."""

    wordings: tuple[Question, ...]
    everyone: ShownSummary
    group: ShownSummary | None
    """Of the group that is compared; None too for the question that groups people, and the wrong way round."""
    is_asked_now: bool

    @property
    def question(self) -> Question:
        """In its latest wording."""
        return self.wordings[-1]


@dataclass(frozen=True)
class Results:
    record: SurveyRecord
    versions: tuple[Survey, ...]
    people: int | Hidden
    reached_the_end: Rate | Hidden
    by_channel: Mapping[str, Shown | Hidden]
    by_language: Mapping[str, Shown | Hidden]
    asked: tuple[Asked, ...]
    groups: tuple[Group, ...]
    """Those that may be chosen for a comparison."""
    compared: Group | None
    statuses: Mapping[str, int]
    """Of all responses that an export would hold."""


def results_from(
    record: SurveyRecord,
    versions: Sequence[Survey],
    who: WhoAnswered,
    tallies: Mapping[str | None, Tally],
    wanted: Group | None,
    statuses: Mapping[str, int],
) -> Results:
    """`tallies` are by the groups of `wanted` (`grouping`). A group that may not be shown is not compared."""
    everyone = together(tallies.values())
    questions = all_questions(versions)
    whole = {words[-1].id: _everyone(words, everyone) for words in questions}
    sizes = {By.CHANNEL: sizes_shown(who.by_channel), By.LANGUAGE: sizes_shown(who.by_language)}
    groups = _groups(sizes, questions, whole)
    compared = wanted if wanted in groups else None
    counted = {By.CHANNEL.value: who.by_channel, By.LANGUAGE.value: who.by_language}
    offered = [group.value for group in groups if compared and group.by == compared.by]
    split = _Split(compared, offered, tallies, counted, _rank(questions))
    now = {question.id for question in versions[-1].asked}
    asked = tuple(
        Asked(words, whole[words[-1].id], split.group_of(words, everyone), words[-1].id in now) for words in questions
    )
    few = who.people < K
    return Results(
        record=record,
        versions=tuple(versions),
        people=Hidden(Why.FEWER_THAN_10) if few else who.people,
        reached_the_end=shown_rate(rate(who.complete, who.people)),
        by_channel=sizes[By.CHANNEL],
        by_language=sizes[By.LANGUAGE],
        asked=asked,
        groups=groups,
        compared=compared,
        statuses=statuses,
    )


def grouping(wanted: Group | None, versions: Sequence[Survey]) -> Grouping | None:
    """How the store has to group people for this comparison; None for one that is never offered."""
    if wanted is None:
        return None
    if wanted.by in {By.CHANNEL, By.LANGUAGE}:
        return By(wanted.by)
    words = wordings(versions, wanted.by)
    return ByAnswer(wanted.by) if words and splits_people(words) else None


def splits_people(words: Sequence[Question]) -> bool:
    """Whether a question puts each person in one group, and says nothing that has to be guarded."""
    one_choice = words[-1].kind in {Kind.YES_NO, Kind.SINGLE_CHOICE, Kind.AGE_BAND}
    return one_choice and not is_sensitive(words)


def is_sensitive(words: Iterable[Question]) -> bool:
    return any(question.sensitive for question in words)


def all_questions(versions: Sequence[Survey]) -> list[tuple[Question, ...]]:
    """Every question ever asked, in the order of an export, each with its wordings from the oldest on."""
    ids = dict.fromkeys(column.question.id for column in columns(versions))
    return [wordings(versions, question_id) for question_id in ids]


def together(tallies: Iterable[Tally]) -> Tally:
    """Groups that do not overlap, added up."""
    everyone: dict[str, Counter[str]] = {}
    for tally in tallies:
        for question_id, people in tally.items():
            everyone.setdefault(question_id, Counter()).update(people)
    return {question_id: dict(people) for question_id, people in everyone.items()}


def _everyone(words: Sequence[Question], tally: Tally) -> ShownSummary:
    return shown(summarise(words, tally.get(words[-1].id, {})), sensitive=is_sensitive(words))


def _groups(
    sizes: Mapping[By, Mapping[str, Shown | Hidden]],
    questions: Sequence[Sequence[Question]],
    whole: Mapping[str, ShownSummary],
) -> tuple[Group, ...]:
    """The groups whose size is shown. A split with one such group is none: it would say something of the others."""
    splits = {by.value: [name for name, size in of.items() if isinstance(size, Shown)] for by, of in sizes.items()}
    for words in questions:
        if splits_people(words):
            summary = whole[words[-1].id]
            splits[words[-1].id] = [c.value for c in summary.cells if _is_group(c.number)]
    return tuple(Group(by, value) for by, values in splits.items() if len(values) > 1 for value in values)


def _is_group(number: Shown | Hidden) -> bool:
    return isinstance(number, Shown) and number.people >= K


@dataclass(frozen=True)
class _Split:
    """Everybody in the groups of one comparison, of which one group is looked at."""

    compared: Group | None
    offered: Collection[str]
    tallies: Mapping[str | None, Tally]
    sizes: Mapping[str, Mapping[str, int]]
    """People of each group in the whole survey, by channel and by language."""
    rank: Mapping[str, int]
    """Of the questions that split people: two of them are compared in one way only."""

    def group_of(self, words: Sequence[Question], everyone: Tally) -> ShownSummary | None:
        """A question as the compared group answered it.

        Where people are grouped by an answer, groups whose size is hidden are left to those in no group, so that this
        table and that question's own hide the same numbers.
        """
        question_id = words[-1].id
        if self.compared is None or not self._is_this_way(question_id):
            return None
        sizes = self.sizes.get(self.compared.by)
        names = self.offered if sizes is None else sizes
        groups = {name: summarise(words, self.tallies.get(name, {}).get(question_id, {})) for name in names}
        whole = summarise(words, everyone.get(question_id, {}))
        split = split_by(self.compared.by, whole, groups, sensitive=is_sensitive(words), sizes=sizes)
        return split.group(self.compared.value)

    def _is_this_way(self, question_id: str) -> bool:
        """Two questions that both split people make one table. It is shown from one side only: from the other side
        other companions might be hidden, and the two tables together would give a number away."""
        assert self.compared is not None  # noqa: S101 (asked only where something is compared)
        by = self.rank.get(self.compared.by, -1)
        return by < self.rank.get(question_id, len(self.rank))


def _rank(questions: Sequence[Sequence[Question]]) -> dict[str, int]:
    """Ages first, since people are mostly compared by age; then as they are asked."""
    splitting = [words[-1] for words in questions if splits_people(words)]
    splitting.sort(key=lambda question: question.kind is not Kind.AGE_BAND)
    return {question.id: place for place, question in enumerate(splitting)}
