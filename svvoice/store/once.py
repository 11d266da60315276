"""Adds a row unless it is there already: a button pressed twice does one thing."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from svvoice.store.tables import Base


def add_once(session: Session, table: type[Base], values: dict[str, Any]) -> bool:
    """Says whether the row is new. A row that breaks any unique rule counts as there already."""
    statement = _statement(session.get_bind().dialect.name, table)
    return session.connection().execute(statement, values).first() is not None


@cache
def _statement(dialect: str, table: type[Base]) -> ReturningInsert[tuple[int]]:
    """Made once for each table. What comes back says whether a row went in: the count of rows is not known for an
    INSERT on every database."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().returning(literal(1))
