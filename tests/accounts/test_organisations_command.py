"""`flask organisations add|link|reset`: how an installation begins."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from svvoice import clock
from svvoice.accounts import actions, link_actions
from svvoice.store import colleagues, organisations
from svvoice.store.database import Database
from svvoice.store.members import token_hash
from svvoice.store.tables import MembershipRow, OneTimeLinkRow, OrganisationRow, SenderRow
from tests.accounts.people import NEW_PERSON, PASSWORD, count, give_password, sign_in
from tests.cast import Cast


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["organisations", *words])


def address_in(result: Result) -> str:
    found = re.fullmatch(r"http://127\.0\.0\.1:8000(/join/[\w-]{43})", result.stdout.splitlines()[-1])
    assert found is not None, result.stdout
    return found[1]


def test_a_new_organisation_has_its_number_and_a_link_for_its_first_owner(app: Flask, database: Database) -> None:
    result = run(app, "add", "east-side", "--name", "East  Side", "--number", "07700 900150")
    assert result.exit_code == 0
    with database.reading() as session:
        rows = session.execute(select(OrganisationRow.slug, OrganisationRow.name, OrganisationRow.is_example)).all()
        numbers = session.execute(select(SenderRow.number)).scalars().all()
    assert [tuple(row) for row in rows] == [("east-side", "East Side", False)]
    assert numbers == ["+447700900150"]
    client = app.test_client()
    assert "Join East Side" in client.get(address_in(result)).text
    assert client.post(address_in(result), data=NEW_PERSON).location == "/o/east-side/"
    with database.reading() as session:
        ours = organisations.all_slugs(session)["east-side"]
        people = [(line.name, line.role) for line in colleagues.everyone(session, ours)]
    assert people == [("Noor Aziz", "owner")]


def test_only_the_first_organisation_takes_the_number_from_the_settings(app: Flask, database: Database) -> None:
    assert "texted at +447700900142" in run(app, "add", "first", "--name", "First").stdout
    assert "texted at no number yet" in run(app, "add", "second", "--name", "Second").stdout
    with database.reading() as session:
        assert session.execute(select(SenderRow.number)).scalars().all() == ["+447700900142"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["hillside", "--name", "H"], "There is an organisation called hillside already. Choose another slug.\n"),
        (["Hill Side", "--name", "H"], '"Hill Side" cannot be a slug.'),
        (["hill--side", "--name", "H"], '"hill--side" cannot be a slug.'),
        (["hill\n", "--name", "H"], "cannot be a slug."),
        (["h" * 61, "--name", "H"], "cannot be a slug."),
        (["west", "--name", "W", "--number", "+447700900143"], "Another organisation is texted at +447700900143."),
        (["west", "--name", "W", "--number", "twelve"], '"twelve" is not a mobile number of the United Kingdom.'),
        (["west", "--name", "W", "--number", ""], '"" is not a mobile number of the United Kingdom.'),
        (["west", "--name", "  "], "Write a name of 1 to 100 letters after --name."),
    ],
)
def test_what_is_wrong_is_said_plainly_and_nothing_is_made(
    app: Flask, cast: Cast, database: Database, words: list[str], sentence: str
) -> None:
    result = run(app, "add", *words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
    assert count(database, OrganisationRow) == 2
    assert count(database, OneTimeLinkRow) == 0


def test_another_link_signs_the_first_owner_in(app: Flask, cast: Cast) -> None:
    address = address_in(run(app, "link", "hillside"))
    client = app.test_client()
    assert client.post(address).location == "/o/hillside/"
    assert "Ada, owner" in client.get("/account").text


def test_another_link_invites_where_nobody_has_come_yet(app: Flask, database: Database) -> None:
    first = address_in(run(app, "add", "east", "--name", "East"))
    second = address_in(run(app, "link", "east"))
    assert first != second
    assert app.test_client().post(second, data=NEW_PERSON).location == "/o/east/"


def test_a_link_for_nobody_we_know_is_refused(app: Flask, cast: Cast) -> None:
    result = run(app, "link", "nowhere")
    assert result.exit_code == 1
    assert result.stderr == "There is no organisation called nowhere. There are: hillside, riverside.\n"


def test_a_forgotten_password_is_set_anew_from_the_command_line(app: Flask, cast: Cast) -> None:
    give_password(cast, "ben")
    address = address_in(run(app, "reset", "hillside", "Ben"))
    client = app.test_client()
    client.post(address, data={"password": "seven grey herons wait", "again": "seven grey herons wait"})
    assert sign_in(client, "ben", PASSWORD).status_code == 422
    assert sign_in(client, "ben", "seven grey herons wait").status_code == 303
    for name in ("rae", "nobody"):
        result = run(app, "reset", "hillside", name)
        assert (result.exit_code, result.stderr) == (1, f"Nobody at hillside signs in as {name}.\n")


def test_the_start_link_makes_an_example_owner_once_and_works_for_a_day(app: Flask, database: Database) -> None:
    now = clock.now()
    with database.transaction() as session:
        ours = organisations.add(session, slug="example", name="Example", now=now, is_example=True)
    assert ours is not None
    first = actions.make_sign_in_link(database, ours, now)
    second = actions.make_sign_in_link(database, ours, now)
    with database.reading() as session:
        people = [(line.name, line.role) for line in colleagues.everyone(session, ours)]
        expiries = session.execute(
            select(OneTimeLinkRow.expires_at).where(OneTimeLinkRow.token_hash == token_hash(second))
        ).scalar_one()
    assert people == [("Example owner", "owner")]
    assert expiries == now + timedelta(days=1)
    assert link_actions.look_at(database, first, now) is None
    client = app.test_client()
    assert client.post(f"/join/{second}").location == "/o/example/"
    page = client.get("/o/example/colleagues").text
    assert "Example. The people here are made up." in page
    assert "Example owner, owner" in page
    assert count(database, MembershipRow) == 1
