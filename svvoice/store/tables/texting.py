"""Numbers, conversations by text, what came in, what goes out, and who said STOP."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from svvoice.store.tables.base import Base, Tenant, belongs_to


class ContactRow(Tenant, Base):
    """A phone number, sealed; found by a keyed hash. The only table in which a number stands."""

    __tablename__ = "contacts"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    phone_hash: Mapped[str]
    phone_sealed: Mapped[bytes]
    language: Mapped[str | None]
    pending: Mapped[str | None]
    """What we asked this person outside a survey: `delete`, or `switch:<survey id>`."""
    pending_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("organisation_id", "phone_hash"),)


class ConversationRow(Tenant, Base):
    """One survey being answered by text. It holds the only tie between a number and a response."""

    __tablename__ = "conversations"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID]
    sender: Mapped[str]
    survey_id: Mapped[UUID]
    version: Mapped[int]
    response_id: Mapped[UUID]
    """Chosen at the first text; the response itself exists from the first answer on."""
    state: Mapped[str]
    question_id: Mapped[str | None]
    """The open question; None at the end."""
    turn: Mapped[int]
    tries: Mapped[int]
    gave_up: Mapped[int]
    """Questions in a row given up as unclear: after three we fall silent, so that two machines do not talk for ever."""
    language: Mapped[str]
    collector: Mapped[str]
    written_question_id: Mapped[str | None]
    """The free-text answer given last, to which more words may be added for a while."""
    heard_at: Mapped[datetime]
    heard: Mapped[str]
    """A keyed hash of the last words, to know them when they come twice within seconds."""
    said_at: Mapped[datetime]
    started_at: Mapped[datetime]
    __table_args__ = (
        belongs_to("contacts", "contact_id", ondelete="CASCADE"),
        belongs_to("survey_versions", "survey_id", "version", to=("survey_id", "version")),
        CheckConstraint("state IN ('open', 'finished', 'stopped', 'left')", name="state"),
        Index(
            "uq_conversations_one_open",
            "organisation_id",
            "contact_id",
            "sender",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "organisation_id", "contact_id", "started_at"),
    )


class InboundMessageRow(Tenant, Base):
    """A text that came in: one row for each message id for ever, with the reply it was given."""

    __tablename__ = "inbound_messages"
    message_sid: Mapped[str] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID | None]
    sender: Mapped[str]
    """Our number that was texted."""
    body: Mapped[str]
    media: Mapped[int]
    received_at: Mapped[datetime]
    reading: Mapped[str]
    """How it was read: `answer`, `keyword`, `command:skip`, `problem:no_match`, `unplaced`, `repeat`…"""
    response_id: Mapped[UUID | None]
    reply: Mapped[str]
    """What was sent back, given again word for word for a repeated message; empty is silence."""
    __table_args__ = (Index(None, "organisation_id", "contact_id", "received_at"),)


class OptOutRow(Tenant, Base):
    """STOP and START, in the order they came. Rows are only ever added; the latest one holds."""

    __tablename__ = "opt_outs"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    phone_hash: Mapped[str]
    event: Mapped[str]
    word: Mapped[str]
    source: Mapped[str]
    message_sid: Mapped[str | None]
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("event IN ('stop', 'start')", name="event"),
        Index(None, "organisation_id", "phone_hash", "at"),
    )


class TellBackRow(Tenant, Base):
    """A number that asked to be told what happens; not tied to any answer."""

    __tablename__ = "tell_backs"
    survey_id: Mapped[UUID] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(primary_key=True)
    language: Mapped[str]
    asked_at: Mapped[datetime]
    __table_args__ = (
        belongs_to("contacts", "contact_id", ondelete="CASCADE"),
        belongs_to("surveys", "survey_id"),
    )


class OutboxRow(Tenant, Base):
    """A text that we start. The worker claims it, sends it and records what became of it."""

    __tablename__ = "outbox"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID]
    phone_hash: Mapped[str]
    sender: Mapped[str]
    cause_id: Mapped[UUID]
    """Why it is sent (a decision): one text for one cause and number."""
    language: Mapped[str]
    body: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    provider_sid: Mapped[str | None]
    status: Mapped[str | None]
    """What the network last said of it; only climbs."""
    error_code: Mapped[int | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    __table_args__ = (
        belongs_to("contacts", "contact_id", ondelete="CASCADE"),
        UniqueConstraint("organisation_id", "contact_id", "cause_id"),
        CheckConstraint(
            "state IN ('queued', 'sending', 'accepted', 'refused', 'unknown', 'cancelled', 'needs_a_look')",
            name="state",
        ),
        Index(
            "uq_outbox_one_in_flight",
            "organisation_id",
            "phone_hash",
            unique=True,
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index(None, "organisation_id", "state", "due_at"),
        Index(None, "state", "due_at"),
    )
