"""Surveys, the people who answer them, and what they said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from svvoice.store.tables.base import Base, Tenant, belongs_to


class SurveyRow(Tenant, Base):
    __tablename__ = "surveys"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str]
    keyword: Mapped[str | None]
    """Taken when the survey is published; a draft's keyword lives in its document."""
    state: Mapped[str]
    draft: Mapped[str]
    """The document as JSON, as it will be published next."""
    version: Mapped[int]
    """The latest published version; 0 before the first."""
    closes_at: Mapped[datetime | None]
    """When answers stop being taken, worked out from the document's `closes` at publishing."""
    opens_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("organisation_id", "slug"),
        UniqueConstraint("organisation_id", "keyword"),
        CheckConstraint("state IN ('draft', 'open', 'closed')", name="state"),
    )


class SurveyVersionRow(Tenant, Base):
    """A published version: never changed, since answers were given to exactly these words."""

    __tablename__ = "survey_versions"
    survey_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str]
    content_hash: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[UUID | None]
    languages_read: Mapped[str]
    """Which languages somebody said they had read before publishing, as a JSON list."""
    __table_args__ = (belongs_to("surveys", "survey_id"),)


class SurveyDraftRow(Tenant, Base):
    """A saved state of a survey while it is written. Only added to, so that every one can be brought back."""

    __tablename__ = "survey_drafts"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[UUID]
    number: Mapped[int]
    """1, 2, … within its survey."""
    revision: Mapped[str]
    """A digest of the document, by which forms know what they were made from."""
    document: Mapped[bytes]
    """Packed: there is one for every time somebody saved, and they are much alike."""
    what: Mapped[str]
    """What was done, in a few words for staff."""
    account_id: Mapped[UUID | None]
    at: Mapped[datetime]
    __table_args__ = (
        belongs_to("surveys", "survey_id"),
        UniqueConstraint("organisation_id", "survey_id", "number"),
        Index(None, "organisation_id", "survey_id", "revision"),
    )


class ResponseRow(Tenant, Base):
    """One person answering one survey. Its id is random and stands for nobody."""

    __tablename__ = "responses"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[UUID]
    version: Mapped[int]
    status: Mapped[str]
    channel: Mapped[str]
    language: Mapped[str]
    collector: Mapped[str]
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    cookie_hash: Mapped[str | None]
    """The phone that goes on with it; gone after "finish" or "someone else is answering"."""
    cookie_until: Mapped[datetime | None]
    __table_args__ = (
        belongs_to("survey_versions", "survey_id", "version", to=("survey_id", "version")),
        UniqueConstraint("organisation_id", "cookie_hash"),
        CheckConstraint("status IN ('complete', 'partial', 'test', 'excluded')", name="status"),
        CheckConstraint("channel IN ('web', 'sms', 'kiosk', 'paper', 'import')", name="channel"),
        Index(None, "organisation_id", "survey_id", "started_at", "id"),
    )


class AnswerRow(Tenant, Base):
    """What one response says to one question; it points to a random response, never to a number."""

    __tablename__ = "answers"
    response_id: Mapped[UUID] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[UUID]
    state: Mapped[str]
    value: Mapped[str | None]
    """The written form of `core/answers.py`."""
    other: Mapped[str | None]
    raw: Mapped[str | None]
    rule: Mapped[str | None]
    parser: Mapped[int | None]
    on_path: Mapped[bool]
    """False on a branch that is no longer taken: kept, but counted nowhere."""
    answered_at: Mapped[datetime]
    __table_args__ = (
        belongs_to("responses", "response_id", ondelete="CASCADE"),
        CheckConstraint("state IN ('answered', 'skipped', 'unclear')", name="state"),
        CheckConstraint("(state = 'answered') = (value IS NOT NULL)", name="value"),
        Index(None, "organisation_id", "survey_id", "question_id"),
    )


class SubmissionRow(Tenant, Base):
    """A page sent in, so that the same page sent again changes nothing."""

    __tablename__ = "submissions"
    response_id: Mapped[UUID] = mapped_column(primary_key=True)
    submission_id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    """Of what was sent: an earlier page sent again with another answer is a change, with the same one a repeat."""
    __table_args__ = (belongs_to("responses", "response_id", ondelete="CASCADE"),)
