"""The standing cast: two organisations that must never see each other, and the people who work there.

Hillside: Ada owns, Ben edits, Cat views. Riverside: Rae owns, Sam edits, Tom views.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from svvoice import clock
from svvoice.store.database import Database
from svvoice.store.members import token_hash
from svvoice.store.tables import AccountRow, MembershipRow, OrganisationRow, SenderRow, SignInSessionRow

BEFORE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

PEOPLE = {
    "ada": ("hillside", "owner"),
    "ben": ("hillside", "editor"),
    "cat": ("hillside", "viewer"),
    "rae": ("riverside", "owner"),
    "sam": ("riverside", "editor"),
    "tom": ("riverside", "viewer"),
}
NUMBERS = {"hillside": "+447700900142", "riverside": "+447700900143"}


@dataclass
class Cast:
    """Ids by name, and signed-in browsers."""

    app: Flask
    database: Database
    organisations: dict[str, UUID]
    accounts: dict[str, UUID]

    @property
    def hillside(self) -> UUID:
        return self.organisations["hillside"]

    @property
    def riverside(self) -> UUID:
        return self.organisations["riverside"]

    def client(self, person: str) -> FlaskClient:
        """A browser in which this person is signed in."""
        token = f"token-of-{person}-{uuid4()}"
        now = clock.now()
        with self.database.transaction() as session:
            session.execute(
                insert(SignInSessionRow).values(
                    token_hash=token_hash(token), account_id=self.accounts[person], created_at=now, seen_at=now
                )
            )
        client = self.app.test_client()
        with client.session_transaction() as browser:
            browser["token"] = token
        return client


def make(app: Flask, database: Database) -> Cast:
    cast = Cast(app, database, {}, {})
    with database.transaction() as session:
        for slug in ("hillside", "riverside"):
            cast.organisations[slug] = uuid4()
            session.execute(
                insert(OrganisationRow).values(
                    id=cast.organisations[slug],
                    slug=slug,
                    name=f"{slug.title()} Trust",
                    is_example=False,
                    two_step="nobody",
                    created_at=BEFORE,
                )
            )
            session.execute(insert(SenderRow).values(number=NUMBERS[slug], organisation_id=cast.organisations[slug]))
        for name, (slug, role) in PEOPLE.items():
            cast.accounts[name] = uuid4()
            person: dict[str, Any] = {"id": cast.accounts[name], "sign_in_name": name, "name": name.title()}
            session.execute(insert(AccountRow).values(**person, password_hash=None, created_at=BEFORE))
            session.execute(
                insert(MembershipRow).values(
                    organisation_id=cast.organisations[slug], account_id=cast.accounts[name], role=role, since=BEFORE
                )
            )
    return cast
