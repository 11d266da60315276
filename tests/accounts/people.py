"""What the tests of signing in share: passwords for the standing cast, and what the database holds afterwards."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from svvoice.accounts import passwords
from svvoice.store import accounts, audit, one_time_links
from svvoice.store.database import Database
from svvoice.store.one_time_links import Purpose
from svvoice.store.tables import Base
from tests.cast import Cast

PASSWORD = "nine blue kettles sing"
HASH = passwords.hashed(PASSWORD)


def give_password(cast: Cast, person: str) -> None:
    with cast.database.transaction() as session:
        accounts.set_password(session, cast.accounts[person], HASH)


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"sign_in_name": name, "password": password, **more})


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/organisations").status_code == 200


def count(database: Database, table: type[Base]) -> int:
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def notes(database: Database, organisation_id: UUID) -> list[tuple[str, str, UUID | None]]:
    """The audit log, the oldest first: action, subject, who did it."""
    with database.reading() as session:
        events = audit.events(session, organisation_id)
    return [(event.action, event.subject, event.account_id) for event in reversed(events)]


def link(cast: Cast, purpose: Purpose, now: datetime, *, person: str | None = None, role: str = "editor") -> str:
    """A link of Hillside's that works for a week."""
    with cast.database.transaction() as session:
        return one_time_links.make(
            session,
            cast.hillside,
            purpose=purpose,
            role=role,
            account_id=cast.accounts[person] if person else None,
            now=now,
            lasting=one_time_links.KEPT / 4,
        )


NEW_PERSON = {"name": "Noor Aziz", "sign_in_name": "Noor", "password": PASSWORD, "again": PASSWORD}
