"""Directory tables: small, looked up before the organisation is known. Everything else belongs to one organisation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from svvoice.store.tables.base import Base


class OrganisationRow(Base):
    __tablename__ = "organisations"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    is_example: Mapped[bool] = mapped_column(default=False)
    """Its people are made up: only here do `test` responses count, and every page says so."""
    two_step: Mapped[str] = mapped_column(server_default="owners")
    """Who must sign in with a second step: nobody, owners or everybody."""
    created_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("two_step IN ('nobody', 'owners', 'everybody')", name="two_step"),
    )


class AccountRow(Base):
    """A person who signs in. The name may be an e-mail address or any name they choose; no e-mail is ever sent."""

    __tablename__ = "accounts"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    sign_in_name: Mapped[str]
    """Casefolded; unique in the installation."""
    name: Mapped[str]
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("sign_in_name"),)


class MembershipRow(Base):
    """Which organisations an account works for: asked at sign-in, before an organisation is known."""

    __tablename__ = "memberships"
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    role: Mapped[str]
    since: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("role IN ('owner', 'editor', 'viewer')", name="role"),
        Index(None, "account_id"),
    )


class SignInSessionRow(Base):
    """One signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "sign_in_sessions"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    browser: Mapped[str] = mapped_column(server_default="")
    """Its family, such as Firefox; empty where it is none that we know. Nothing else of it is kept."""
    __table_args__ = (Index(None, "account_id"),)


class WaitingSignInRow(Base):
    """A browser that gave the password and not yet the second step. It opens no page: sessions stand elsewhere."""

    __tablename__ = "waiting_sign_ins"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    __table_args__ = (Index(None, "account_id"),)


class SecondStepRow(Base):
    """The app that an account signs in with, besides the password."""

    __tablename__ = "second_steps"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    secret_sealed: Mapped[bytes]
    last_step: Mapped[int]
    """The half minute of the last code that was taken: no code up to it works again."""
    since: Mapped[datetime]


class RecoveryCodeRow(Base):
    """A code that was not used yet, as a keyed hash; using it deletes the row."""

    __tablename__ = "recovery_codes"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(primary_key=True)


class SignInAttemptRow(Base):
    """A failed try, counted by a keyed hash of the name or the address it came from."""

    __tablename__ = "sign_in_attempts"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index(None, "key", "at"),)


class OneTimeLinkRow(Base):
    """An invitation or a way to sign in, handed over by a person; used once."""

    __tablename__ = "one_time_links"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    __table_args__ = (CheckConstraint("purpose IN ('invite', 'sign_in', 'reset')", name="purpose"),)


class SurveyAddressRow(Base):
    """Which survey stands at `/s/<slug>`."""

    __tablename__ = "survey_addresses"
    slug: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    survey_id: Mapped[UUID]


class SenderRow(Base):
    """A number that people text; it belongs to one organisation. Written as +441134960000."""

    __tablename__ = "senders"
    number: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))


DIRECTORY = frozenset(
    {
        "organisations",
        "accounts",
        "memberships",
        "sign_in_sessions",
        "waiting_sign_ins",
        "second_steps",
        "recovery_codes",
        "sign_in_attempts",
        "one_time_links",
        "survey_addresses",
        "senders",
        "alembic_version",
    }
)
