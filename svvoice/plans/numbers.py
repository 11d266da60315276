"""What a finding rests on: one question's answers, of everyone or of one group, under the small-numbers rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from svvoice.clock import london_day
from svvoice.core.disclosure import ShownSummary, shown, split_by
from svvoice.core.evidence import Circumstances, Finding, Refused, finding_from
from svvoice.core.export import wordings
from svvoice.core.summary import summarise, values_in_order
from svvoice.core.survey import Question, Survey
from svvoice.errors import NotFound
from svvoice.store import counts, finding_counts, surveys
from svvoice.store.database import Session
from svvoice.store.finding_counts import Counted
from svvoice.store.public_counts import counted_statuses
from svvoice.store.surveys import SurveyRecord


@dataclass(frozen=True)
class Asked:
    """What a finding shall be about: these choices of this question, of everyone or of one group."""

    slug: str
    question_id: str
    choices: tuple[str, ...] = ()
    claim: str = ""
    by: str = ""
    """`channel` or `language`; empty is everyone."""
    group: str = ""
    group_words: str = ""


@dataclass(frozen=True)
class Numbers:
    """One question with what may be shown of it, for everyone or the group asked for."""

    record: SurveyRecord
    versions: tuple[Survey, ...]
    question: Question
    wordings: tuple[Question, ...]
    people: tuple[Counted, ...]
    """Those that the finding is about."""
    shown: ShownSummary
    channels: tuple[str, ...]
    languages: tuple[str, ...]


def numbers_of(session: Session, organisation_id: UUID, asked: Asked) -> Numbers:
    """Raises NotFound where the survey, the question or the group is not there."""
    record, versions = published_survey(session, organisation_id, asked.slug)
    words = wordings(versions, asked.question_id)
    if not words or not words[-1].is_asked:
        raise NotFound(asked.question_id)
    address = surveys.address_by_id(session, organisation_id, record.id)
    is_example = address is not None and address.is_example
    people: list[Counted] = []
    if values_in_order(words):  # what people typed is not counted, so it is not read either
        people = finding_counts.answers(session, organisation_id, record.id, asked.question_id, is_example=is_example)
    statuses = counted_statuses(is_example)
    who = counts.who_answered(session, organisation_id, record.id, statuses=statuses)
    about = [row for row in people if not asked.by or _group(row, asked.by) == asked.group]
    return Numbers(
        record=record,
        versions=versions,
        question=words[-1],
        wordings=words,
        people=tuple(about),
        shown=_shown(words, people, who.by_channel if asked.by == "channel" else who.by_language, asked),
        channels=tuple(sorted({row.channel for row in people})),
        languages=tuple(sorted({row.language for row in people})),
    )


def finding_of(found: Numbers, asked: Asked) -> Finding | Refused:
    """The finding as it would be frozen now, or why it may not be."""
    by_value = _by_value(found.people)
    return finding_from(
        found.versions,
        asked.question_id,
        asked.choices,
        asked.claim,
        counts=by_value,
        shown=found.shown,
        circumstances=_circumstances(found.people, asked),
    )


def _shown(
    words: Sequence[Question], people: Sequence[Counted], sizes: Mapping[str, int], asked: Asked
) -> ShownSummary:
    sensitive = any(question.sensitive for question in words)
    everyone = summarise(words, _by_value(people))
    if not asked.by:
        return shown(everyone, sensitive=sensitive)
    groups = {
        name: summarise(words, _by_value(row for row in people if _group(row, asked.by) == name)) for name in sizes
    }
    split = split_by(asked.by, everyone, groups, sensitive=sensitive, sizes=sizes)
    found = split.group(asked.group)
    if found is None:
        raise NotFound(asked.group)
    return found


def _by_value(people: Iterable[Counted]) -> dict[str, int]:
    people_by: dict[str, int] = defaultdict(int)
    for row in people:
        people_by[row.value] += row.people
    return dict(people_by)


def _circumstances(people: Sequence[Counted], asked: Asked) -> Circumstances:
    channels: dict[str, int] = defaultdict(int)
    languages: dict[str, int] = defaultdict(int)
    for row in people:
        channels[row.channel] += row.people
        languages[row.language] += row.people
    days = [london_day(moment) for row in people for moment in (row.first, row.last)]
    first, last = min(days, default=date.min), max(days, default=date.min)
    return Circumstances(first, last, dict(channels), dict(languages), asked.group_words)


def _group(row: Counted, by: str) -> str:
    return row.channel if by == "channel" else row.language


def published_survey(session: Session, organisation_id: UUID, slug: str) -> tuple[SurveyRecord, tuple[Survey, ...]]:
    """A survey with all its versions. Raises NotFound where it is not the organisation's or was never published."""
    record = surveys.survey_called(session, organisation_id, slug)
    if record is None or record.version == 0:
        raise NotFound(slug)
    found = (surveys.published(session, organisation_id, record.id, n) for n in range(1, record.version + 1))
    return record, tuple(survey for survey in found if survey is not None)
