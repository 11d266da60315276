"""Adds a row unless it is there already: a button pressed twice does one thing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from svvoice.store.tables import Base


def add_once(session: Session, table: type[Base], values: dict[str, Any]) -> bool:
    """Says whether the row is new. A row that breaks any unique rule counts as there already."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table.__table__).values(**values).on_conflict_do_nothing()
    # What comes back says it: the count of rows is not known for an INSERT on every database.
    return session.execute(statement.returning(literal(1))).first() is not None
