"""The migration to two steps, run on a database in which organisations and browsers stand already."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import insert, select

from svvoice.store import migrating
from svvoice.store.database import Database
from svvoice.store.tables import (
    AccountRow,
    Base,
    MembershipRow,
    OneTimeLinkRow,
    OrganisationRow,
    SenderRow,
    SignInSessionRow,
)

BEFORE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def add(database: Database, table: type[Base], **values: object) -> None:
    """A row as the version before wrote it: columns of today that are not named are not there yet."""
    with database.transaction() as session:
        session.execute(insert(table.__table__).values(**values))  # type: ignore[arg-type]


def test_owners_of_what_stands_already_must_use_two_steps_and_the_example_is_free(database: Database) -> None:
    migrating.downgrade(database, "0001")
    ids = {"hillside": uuid4(), "example": uuid4()}
    person = uuid4()
    for slug, key in ids.items():
        add(database, OrganisationRow, id=key, slug=slug, name=slug, is_example=slug == "example", created_at=BEFORE)
    add(database, AccountRow, id=person, sign_in_name="ada", name="Ada", password_hash=None, created_at=BEFORE)
    add(database, MembershipRow, organisation_id=ids["hillside"], account_id=person, role="owner", since=BEFORE)
    add(database, SenderRow, number="+447700900142", organisation_id=ids["hillside"])
    add(database, SignInSessionRow, token_hash="kept", account_id=person, created_at=BEFORE, seen_at=BEFORE)
    link = {"purpose": "invite", "role": "editor", "made_at": BEFORE, "expires_at": BEFORE}
    add(database, OneTimeLinkRow, token_hash="link", organisation_id=ids["hillside"], **link)

    migrating.upgrade(database)

    with database.reading() as session:
        kept = session.execute(select(OrganisationRow.slug, OrganisationRow.two_step).order_by(OrganisationRow.slug))
        assert [tuple(row) for row in kept] == [("example", "nobody"), ("hillside", "owners")]
        browsers = session.execute(select(SignInSessionRow.token_hash, SignInSessionRow.browser)).all()
        assert [tuple(row) for row in browsers] == [("kept", "")]
        assert session.execute(select(MembershipRow.role)).scalars().all() == ["owner"]
        assert session.execute(select(OneTimeLinkRow.token_hash)).scalars().all() == ["link"]
