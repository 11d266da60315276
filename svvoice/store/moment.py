"""Several questions to the database, answered as of one moment."""

from __future__ import annotations

from sqlalchemy.orm import Session


def hold_still(session: Session) -> None:
    """Everything read in this transaction is as it was at its first statement. Call it before that one.

    SQLite reads so by itself. PostgreSQL is asked as it begins, not by a SET, so that every pooler can take part.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True})
