"""What an organisation does with a survey document: keep it as a draft, publish it, close it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from svvoice.clock import LONDON, london_day
from svvoice.core.changes import Found, changes_between, of_versions, refused
from svvoice.core.checks import ready_to_publish
from svvoice.core.document import from_json, read_survey, to_json
from svvoice.core.problems import Problem, Problems, Severity
from svvoice.core.survey import Survey
from svvoice.errors import NotFound
from svvoice.language import SHIPPED, speech
from svvoice.store import audit, organisations, surveys
from svvoice.store.database import Database, Session
from svvoice.store.surveys import SurveyRecord


@dataclass(frozen=True)
class Imported:
    """The draft is kept."""

    survey: Survey


@dataclass(frozen=True)
class Refused:
    """Nothing was kept; every problem, with its place."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class SlugTaken:
    slug: str


@dataclass(frozen=True)
class KeywordTaken:
    keyword: str


@dataclass(frozen=True)
class NotConfirmed:
    """Languages that nobody has said they have read."""

    languages: tuple[str, ...]


@dataclass(frozen=True)
class MeaningChanged:
    """Questions that would mean something else than when people answered them."""

    changes: tuple[Found, ...]


@dataclass(frozen=True)
class Published:
    version: int
    warnings: tuple[Problem, ...]


def import_document(
    database: Database, organisation_id: UUID, content: bytes, account_id: UUID | None, now: datetime
) -> Imported | Refused | SlugTaken:
    """Keeps a survey document as the draft of the survey with its slug."""
    survey = read_survey(content)
    if not isinstance(survey, Survey):
        return Refused(survey)
    with database.transaction() as session:
        owner = surveys.slug_owner(session, survey.slug)
        if owner not in {None, organisation_id}:
            return SlugTaken(survey.slug)
        surveys.keep_draft(session, organisation_id, slug=survey.slug, draft=to_json(survey), now=now, by=account_id)
        audit.note(
            session, organisation_id, action="survey.imported", subject=survey.slug, account_id=account_id, now=now
        )
    return Imported(survey)


def import_new(
    database: Database, organisation_id: UUID, content: bytes, account_id: UUID, now: datetime
) -> Imported | Refused | SlugTaken:
    """Like `import_document`, but never in the place of a survey that is there already."""
    survey = read_survey(content)
    if not isinstance(survey, Survey):
        return Refused(survey)
    with database.reading() as session:
        if surveys.slug_owner(session, survey.slug) is not None:
            return SlugTaken(survey.slug)
    return import_document(database, organisation_id, content, account_id, now)


def publish(
    database: Database,
    organisation_id: UUID,
    slug: str,
    languages_read: Sequence[str],
    public_url: str,
    account_id: UUID | None,
    now: datetime,
) -> Published | Refused | KeywordTaken | NotConfirmed | MeaningChanged:
    """Freezes the draft as the next version and opens it. Raises NotFound for another organisation's survey."""
    with database.transaction() as session:
        record = _record(session, organisation_id, slug)
        survey = from_json(record.draft)
        name = organisations.name_of(session, organisation_id)
        problems = problems_before_publishing(survey, name, public_url, london_day(now))
        against = _against_publishing(session, organisation_id, record, survey, problems, languages_read)
        if against is not None:
            return against
        version = surveys.publish_version(
            session,
            organisation_id,
            record.id,
            document=record.draft,
            keyword=survey.keyword,
            opens_at=_start_of(survey),
            closes_at=_end_of(survey),
            languages_read=languages_read,
            by=account_id,
            now=now,
        )
        audit.note(
            session,
            organisation_id,
            action="survey.published",
            subject=f"{slug} version {version}",
            account_id=account_id,
            now=now,
        )
    return Published(version, problems)


def _against_publishing(
    session: Session,
    organisation_id: UUID,
    record: SurveyRecord,
    survey: Survey,
    problems: tuple[Problem, ...],
    languages_read: Sequence[str],
) -> Refused | KeywordTaken | NotConfirmed | MeaningChanged | None:
    """The first reason why this draft must not be opened as it is."""
    if blocking := tuple(problem for problem in problems if problem.severity is Severity.BLOCK):
        return Refused(blocking)
    if changed := _other_meaning(session, organisation_id, record, survey):
        return MeaningChanged(changed)
    if unread := tuple(tag for tag in survey.languages if tag not in {survey.default_language, *languages_read}):
        return NotConfirmed(unread)
    whose = surveys.survey_with_keyword(session, organisation_id, survey.keyword) if survey.keyword else None
    return KeywordTaken(survey.keyword) if survey.keyword and whose not in {None, record.id} else None


def close(database: Database, organisation_id: UUID, slug: str, account_id: UUID, now: datetime) -> None:
    """No more answers are taken from now on."""
    _set_state(database, organisation_id, slug, "closed", account_id, now)


def reopen(database: Database, organisation_id: UUID, slug: str, account_id: UUID, now: datetime) -> None:
    _set_state(database, organisation_id, slug, "open", account_id, now)


def problems_before_publishing(survey: Survey, organisation_name: str, public_url: str, today: date) -> Problems:
    """What stands in the way of publishing, and what is worth a look. `today` is the day in London."""
    return ready_to_publish(
        survey,
        organisation_name,
        say_in=lambda language: speech(language).say,
        spoken=SHIPPED,
        link=f"{public_url}/s/{survey.slug}",
        today=today,
    )


def _other_meaning(session: Session, organisation_id: UUID, record: SurveyRecord, survey: Survey) -> tuple[Found, ...]:
    """What would no longer mean what it meant in any earlier version; nothing before the first."""
    versions = [from_json(text) for _, text in surveys.version_documents(session, organisation_id, record.id)]
    return refused(changes_between(versions[-1], survey, of_versions(versions))) if versions else ()


def _set_state(
    database: Database, organisation_id: UUID, slug: str, state: str, account_id: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        record = _record(session, organisation_id, slug)
        if record.version == 0:
            raise NotFound(slug)
        surveys.set_state(session, organisation_id, record.id, state)
        audit.note(session, organisation_id, action=f"survey.{state}", subject=slug, account_id=account_id, now=now)


def _record(session: Session, organisation_id: UUID, slug: str) -> SurveyRecord:
    record = surveys.survey_called(session, organisation_id, slug)
    if record is None:
        raise NotFound(slug)
    return record


def _start_of(survey: Survey) -> datetime | None:
    return datetime.combine(survey.opens, time.min, LONDON) if survey.opens else None


def _end_of(survey: Survey) -> datetime | None:
    """The whole of the last day counts, as days are lived in London."""
    return datetime.combine(survey.closes + timedelta(days=1), time.min, LONDON) if survey.closes else None
