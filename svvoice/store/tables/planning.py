"""The plan: outcomes, promises, findings, evidence, decisions; and the audit log."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from svvoice.store.tables.base import Base, Tenant, belongs_to


class PlanRow(Tenant, Base):
    __tablename__ = "plans"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    starts: Mapped[date]
    ends: Mapped[date]
    created_at: Mapped[datetime]


class OutcomeRow(Tenant, Base):
    """What will be different for whom, in plain words."""

    __tablename__ = "outcomes"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID]
    position: Mapped[int]
    statement: Mapped[str]
    informs: Mapped[str]
    """Framework codes, a JSON list: for the organisation's export, never shown to residents."""
    __table_args__ = (belongs_to("plans", "plan_id"),)


class CommitmentRow(Tenant, Base):
    """A promise: what, by whom, by when. On pages it is called a promise."""

    __tablename__ = "commitments"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    outcome_id: Mapped[UUID]
    position: Mapped[int]
    words: Mapped[str]
    """By language, as JSON."""
    owner: Mapped[str]
    due: Mapped[date]
    answer_due: Mapped[date | None]
    """By when people were told that they would hear what was decided."""
    status: Mapped[str]
    created_at: Mapped[datetime]
    __table_args__ = (
        belongs_to("outcomes", "outcome_id"),
        CheckConstraint("status IN ('planned', 'under_way', 'done', 'dropped')", name="status"),
    )


class ProgressUpdateRow(Tenant, Base):
    """The organisation's column: what it says of a promise."""

    __tablename__ = "progress_updates"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    commitment_id: Mapped[UUID]
    words: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (belongs_to("commitments", "commitment_id"),)


class FindingRow(Tenant, Base):
    """What people said, frozen with its words, numbers and dates; a correction is a new finding."""

    __tablename__ = "findings"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[UUID]
    question_id: Mapped[str]
    document: Mapped[str]
    content_hash: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None]
    __table_args__ = (belongs_to("surveys", "survey_id"), UniqueConstraint("organisation_id", "content_hash"))


class EvidenceLinkRow(Tenant, Base):
    """A finding put under a promise. It can be answered, never taken away."""

    __tablename__ = "evidence_links"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    finding_id: Mapped[UUID]
    commitment_id: Mapped[UUID]
    direction: Mapped[str]
    note: Mapped[str]
    by: Mapped[UUID | None]
    at: Mapped[datetime]
    __table_args__ = (
        belongs_to("findings", "finding_id"),
        belongs_to("commitments", "commitment_id"),
        UniqueConstraint("organisation_id", "finding_id", "commitment_id"),
        CheckConstraint("direction IN ('supports', 'against', 'mixed', 'not_about')", name="direction"),
    )


class EvidenceAnswerRow(Tenant, Base):
    """What the organisation answers to a piece of evidence."""

    __tablename__ = "evidence_answers"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    evidence_id: Mapped[UUID]
    words: Mapped[str]
    by: Mapped[UUID | None]
    at: Mapped[datetime]
    __table_args__ = (belongs_to("evidence_links", "evidence_id"),)


class DecisionRow(Tenant, Base):
    """You said, we did; or we did not, because. A published one stays; a change of mind is a new decision."""

    __tablename__ = "decisions"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    commitment_id: Mapped[UUID]
    verdict: Mapped[str]
    heard: Mapped[str]
    """"You said", by language, as JSON; so are the next two."""
    reason: Mapped[str]
    otherwise: Mapped[str]
    difference: Mapped[str]
    by: Mapped[UUID | None]
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    __table_args__ = (
        belongs_to("commitments", "commitment_id"),
        CheckConstraint("verdict IN ('yes', 'part', 'no', 'later', 'not_ours')", name="verdict"),
        CheckConstraint("difference IN ('changed', 'confirmed', 'not_changed')", name="difference"),
    )


class AuditEventRow(Tenant, Base):
    """Who did what and when; ids only, never an answer or a number. Rows are only ever added."""

    __tablename__ = "audit_events"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[UUID | None]
    action: Mapped[str]
    subject: Mapped[str]
    __table_args__ = (Index(None, "organisation_id", "at"),)
