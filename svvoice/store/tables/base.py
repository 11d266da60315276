"""What every table shares: how times and ids are kept, how constraints are named, and what a tenant table is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets time zones, so they are taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this from the class
        datetime: UtcTime,
        date: Date,
        UUID: Uuid,
        str: Text,
        bytes: LargeBinary,
    }


class Tenant:
    """A table whose rows belong to one organisation: its id comes first in every key (see docs/how-it-works.md)."""

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True, sort_order=-2)


def belongs_to(table: str, *columns: str, to: tuple[str, ...] = ("id",), **options: Any) -> ForeignKeyConstraint:
    """A key to another tenant table: the organisation on both sides, so that no row can point across."""
    return ForeignKeyConstraint(
        ("organisation_id", *columns), tuple(f"{table}.{name}" for name in ("organisation_id", *to)), **options
    )
