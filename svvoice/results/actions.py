"""What members do with results: look at them, compare a group with everyone, read what people wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from svvoice.core.export import promised_anonymous, wordings
from svvoice.core.survey import Kind, Question, Survey
from svvoice.errors import NotFound
from svvoice.results.counting import Group, Results, grouping, results_from
from svvoice.store import audit, counts, exporting, surveys, writings
from svvoice.store.database import Database, Session
from svvoice.store.moment import hold_still
from svvoice.store.public_counts import counted_statuses
from svvoice.store.surveys import SurveyRecord
from svvoice.store.writings import Asked, Writing

AT_ONCE = 50
"""Written answers on one page."""


@dataclass(frozen=True)
class Writings:
    """One page of what people wrote, newest first; in no order of time where nobody may know who wrote what."""

    survey: Survey
    question: Question
    people: int
    page: int
    pages: int
    writings: tuple[Writing, ...]
    anonymous: bool


def results_of(
    database: Database, organisation_id: UUID, slug: str, wanted: Group | None, *, is_example: bool
) -> Results:
    """Everything on the results page, as of one moment. Raises NotFound for a survey that was never published."""
    statuses = counted_statuses(is_example)
    with database.reading() as session:
        hold_still(session)
        record, versions = published_survey(session, organisation_id, slug)
        who = counts.who_answered(session, organisation_id, record.id, statuses=statuses)
        tallies = counts.count_all(
            session,
            organisation_id,
            record.id,
            statuses=statuses,
            written=_written(versions),
            group_by=grouping(wanted, versions),
        )
        stored = exporting.count_by_status(session, organisation_id, record.id)
    return results_from(record, versions, who, tallies, wanted, stored)


def writings_of(
    database: Database,
    organisation_id: UUID,
    slug: str,
    question_id: str,
    page: int,
    account_id: UUID,
    now: datetime,
    *,
    is_example: bool,
) -> Writings:
    """One page of what people wrote, as an answer or beside one; that somebody read it is noted.

    Raises NotFound where people could write nothing, and for a page beyond the last.
    """
    with database.transaction() as session:
        record, versions = published_survey(session, organisation_id, slug)
        words = wordings(versions, question_id)
        if not holds_writing(words):
            raise NotFound(question_id)
        anonymous = promised_anonymous(versions)
        asked = Asked(record.id, question_id, words[-1].kind is not Kind.TEXT, counted_statuses(is_example))
        people = writings.count(session, organisation_id, asked)
        pages = max(1, -(-people // AT_ONCE))
        if not 1 <= page <= pages:
            raise NotFound(f"{question_id} page {page}")
        skip = (page - 1) * AT_ONCE
        found = writings.page(session, organisation_id, asked, by_time=not anonymous, skip=skip, limit=AT_ONCE)
        subject = f"{slug} {question_id} page {page}"
        audit.note(session, organisation_id, action="answers.read", subject=subject, account_id=account_id, now=now)
    return Writings(versions[-1], words[-1], people, page, pages, tuple(found), anonymous)


def published_survey(session: Session, organisation_id: UUID, slug: str) -> tuple[SurveyRecord, tuple[Survey, ...]]:
    """A survey with all its versions, oldest first. Raises NotFound where it is not there or was never published."""
    record = surveys.survey_called(session, organisation_id, slug)
    if record is None or record.version == 0:
        raise NotFound(slug)
    found = (surveys.published(session, organisation_id, record.id, n) for n in range(1, record.version + 1))
    return record, tuple(survey for survey in found if survey is not None)


def holds_writing(words: Sequence[Question]) -> bool:
    """Whether people may have written in their own words, as the answer or beside one."""
    return bool(words) and (words[-1].kind is Kind.TEXT or any(question.other for question in words))


def _written(versions: Sequence[Survey]) -> tuple[str, ...]:
    texts = {question.id for survey in versions for question in survey.asked if question.kind is Kind.TEXT}
    return tuple(sorted(texts))
