"""Surveys: the draft, the published versions, and the address they stand at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import Session

from svvoice.core.document import from_json
from svvoice.core.survey import Survey
from svvoice.store import drafts
from svvoice.store.tables import OrganisationRow, SurveyAddressRow, SurveyRow, SurveyVersionRow


@dataclass(frozen=True)
class Address:
    """Where a survey stands and whether it takes answers; found by its slug before the organisation is known."""

    organisation_id: UUID
    organisation_name: str
    is_example: bool
    survey_id: UUID
    state: str
    version: int
    opens_at: datetime | None
    closes_at: datetime | None

    def takes_answers(self, now: datetime) -> bool:
        return (
            self.state == "open"
            and self.version > 0
            and (self.opens_at is None or now >= self.opens_at)
            and (self.closes_at is None or now < self.closes_at)
        )

    def has_closed(self, now: datetime) -> bool:
        return self.state == "closed" or (self.closes_at is not None and now >= self.closes_at)


@dataclass(frozen=True)
class SurveyRecord:
    """A survey as staff see it in lists."""

    id: UUID
    slug: str
    keyword: str | None
    state: str
    version: int
    draft: str
    opens_at: datetime | None
    closes_at: datetime | None
    created_at: datetime


ADDRESS_COLUMNS = (
    SurveyRow.organisation_id,
    OrganisationRow.name,
    OrganisationRow.is_example,
    SurveyRow.id,
    SurveyRow.state,
    SurveyRow.version,
    SurveyRow.opens_at,
    SurveyRow.closes_at,
)


def at_slug(*columns: Any) -> Select[Any]:
    """These columns of the survey that stands at an address (`slug`)."""
    return (
        select(*columns)
        .select_from(SurveyAddressRow)
        .join(
            SurveyRow,
            (SurveyRow.organisation_id == SurveyAddressRow.organisation_id)
            & (SurveyRow.id == SurveyAddressRow.survey_id),
        )
        .join(OrganisationRow, OrganisationRow.id == SurveyRow.organisation_id)
        .where(SurveyAddressRow.slug == bindparam("slug"))
    )


def with_id(*columns: Any) -> Select[Any]:
    """These columns of one survey (`organisation`, `survey`)."""
    return (
        select(*columns)
        .select_from(SurveyRow)
        .join(OrganisationRow, OrganisationRow.id == SurveyRow.organisation_id)
        .where(SurveyRow.organisation_id == bindparam("organisation"), SurveyRow.id == bindparam("survey"))
    )


# Made once, and run past the object mapper: for every page and text, either takes longer than the database does.
_BY_SLUG = at_slug(*ADDRESS_COLUMNS)
_BY_SURVEY = with_id(*ADDRESS_COLUMNS)
_WITH_KEYWORD = select(SurveyRow.id).where(
    SurveyRow.organisation_id == bindparam("organisation"), SurveyRow.keyword == bindparam("keyword")
)


def address_of(session: Session, slug: str) -> Address | None:
    """The survey at `/s/<slug>`, whoever's it is."""
    row = session.connection().execute(_BY_SLUG, {"slug": slug}).one_or_none()
    return Address(*row) if row else None


def address_by_id(session: Session, organisation_id: UUID, survey_id: UUID) -> Address | None:
    values = {"organisation": organisation_id, "survey": survey_id}
    row = session.connection().execute(_BY_SURVEY, values).one_or_none()
    return Address(*row) if row else None


def survey_with_keyword(session: Session, organisation_id: UUID, keyword: str) -> UUID | None:
    values = {"organisation": organisation_id, "keyword": keyword.upper()}
    return session.connection().execute(_WITH_KEYWORD, values).scalar_one_or_none()


def version_document(session: Session, organisation_id: UUID, survey_id: UUID, version: int) -> str | None:
    """The document of a published version, as JSON; it never changes, so callers may keep what they read from it."""
    return session.execute(
        select(SurveyVersionRow.document).where(
            SurveyVersionRow.organisation_id == organisation_id,
            SurveyVersionRow.survey_id == survey_id,
            SurveyVersionRow.version == version,
        )
    ).scalar_one_or_none()


_PUBLISHED: dict[tuple[UUID, UUID, int], Survey] = {}
_MOST_KEPT = 256


def published(session: Session, organisation_id: UUID, survey_id: UUID, version: int) -> Survey | None:
    """A published version, read into its dataclasses once for each process: it never changes."""
    key = (organisation_id, survey_id, version)
    if key not in _PUBLISHED:
        document = version_document(session, organisation_id, survey_id, version)
        if document is None:
            return None
        if len(_PUBLISHED) >= _MOST_KEPT:
            _PUBLISHED.clear()
        _PUBLISHED[key] = replace(from_json(document), version=version)
    return _PUBLISHED[key]


def version_documents(session: Session, organisation_id: UUID, survey_id: UUID) -> list[tuple[int, str]]:
    """Every published version, the first one first."""
    rows = session.execute(
        select(SurveyVersionRow.version, SurveyVersionRow.document)
        .where(SurveyVersionRow.organisation_id == organisation_id, SurveyVersionRow.survey_id == survey_id)
        .order_by(SurveyVersionRow.version)
    )
    return [(version, document) for version, document in rows]


def surveys_of(session: Session, organisation_id: UUID) -> list[SurveyRecord]:
    rows = session.execute(
        _RECORD.where(SurveyRow.organisation_id == organisation_id).order_by(SurveyRow.created_at, SurveyRow.id)
    )
    return [SurveyRecord(*row) for row in rows]


def survey_called(session: Session, organisation_id: UUID, slug: str) -> SurveyRecord | None:
    row = session.execute(
        _RECORD.where(SurveyRow.organisation_id == organisation_id, SurveyRow.slug == slug)
    ).one_or_none()
    return SurveyRecord(*row) if row else None


_RECORD = select(
    SurveyRow.id,
    SurveyRow.slug,
    SurveyRow.keyword,
    SurveyRow.state,
    SurveyRow.version,
    SurveyRow.draft,
    SurveyRow.opens_at,
    SurveyRow.closes_at,
    SurveyRow.created_at,
)


def slug_owner(session: Session, slug: str) -> UUID | None:
    """The organisation that has this slug already, if any."""
    return session.execute(
        select(SurveyAddressRow.organisation_id).where(SurveyAddressRow.slug == slug)
    ).scalar_one_or_none()


def keep_draft(
    session: Session,
    organisation_id: UUID,
    *,
    slug: str,
    draft: str,
    now: datetime,
    what: str = "Brought in from a file",
    by: UUID | None = None,
) -> UUID:
    """Keeps a document as the survey's draft, and as a saved state; a new slug makes a new survey.

    The slug must be free or ours. `what` says in a few words what was done, `by` who did it.
    """
    survey_id = drafts.lock_survey(session, organisation_id, slug)
    if survey_id is None:
        survey_id = _begin(session, organisation_id, slug, draft, now)
    else:
        session.execute(
            update(SurveyRow)
            .where(SurveyRow.organisation_id == organisation_id, SurveyRow.id == survey_id)
            .values(draft=draft)
        )
    drafts.keep(session, organisation_id, survey_id, document=draft, what=what, by=by, now=now)
    return survey_id


def _begin(session: Session, organisation_id: UUID, slug: str, draft: str, now: datetime) -> UUID:
    survey_id = uuid4()
    session.add(
        SurveyRow(
            organisation_id=organisation_id,
            id=survey_id,
            slug=slug,
            state="draft",
            draft=draft,
            version=0,
            created_at=now,
        )
    )
    session.add(SurveyAddressRow(slug=slug, organisation_id=organisation_id, survey_id=survey_id))
    session.flush()
    return survey_id


def publish_version(
    session: Session,
    organisation_id: UUID,
    survey_id: UUID,
    *,
    document: str,
    keyword: str | None,
    opens_at: datetime | None,
    closes_at: datetime | None,
    languages_read: Sequence[str],
    by: UUID | None,
    now: datetime,
) -> int:
    """Freezes the document as the next version and opens the survey. Returns the version's number."""
    where = (SurveyRow.organisation_id == organisation_id, SurveyRow.id == survey_id)
    version = session.execute(select(SurveyRow.version).where(*where).with_for_update()).scalar_one() + 1
    session.add(
        SurveyVersionRow(
            organisation_id=organisation_id,
            survey_id=survey_id,
            version=version,
            document=document,
            content_hash=hashlib.sha256(document.encode()).hexdigest(),
            published_at=now,
            published_by=by,
            languages_read=json.dumps(list(languages_read)),
        )
    )
    session.flush()
    session.execute(
        update(SurveyRow)
        .where(*where)
        .values(version=version, state="open", keyword=keyword, opens_at=opens_at, closes_at=closes_at)
    )
    return version


def set_state(session: Session, organisation_id: UUID, survey_id: UUID, state: str) -> None:
    session.execute(
        update(SurveyRow)
        .where(SurveyRow.organisation_id == organisation_id, SurveyRow.id == survey_id)
        .values(state=state)
    )
