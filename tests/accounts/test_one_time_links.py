"""One-time links: opening one uses nothing up, its button works once, and each kind does its one thing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from svvoice import clock
from svvoice.accounts import actions, link_actions
from svvoice.accounts.link_actions import NewPerson
from svvoice.accounts.outcomes import LinkEnded, NameTaken, SignedIn
from svvoice.store import colleagues
from svvoice.store.database import Database
from svvoice.store.members import token_hash
from svvoice.store.one_time_links import Purpose
from svvoice.store.tables import AccountRow, MembershipRow, OneTimeLinkRow, SignInSessionRow
from tests.accounts.people import NEW_PERSON, PASSWORD, count, give_password, is_signed_in, link, notes, sign_in
from tests.cast import Cast

NEW = {"password": "seven grey herons wait", "again": "seven grey herons wait"}


def bound_link(cast: Cast, purpose: Purpose) -> str:
    """A link of each kind as it is really made: invitations for anyone, the others for Ben."""
    person = None if purpose is Purpose.INVITE else "ben"
    return link(cast, purpose, clock.now(), person=person)


def test_an_invitation_makes_an_account_in_the_role_it_says(
    client: FlaskClient, cast: Cast, database: Database
) -> None:
    token = link(cast, Purpose.INVITE, clock.now(), role="viewer")
    page = client.get(f"/join/{token}")
    assert "Join Hillside Trust" in page.text
    assert "<b>viewer</b>" in page.text
    answer = client.post(f"/join/{token}", data=NEW_PERSON)
    assert (answer.status_code, answer.location) == (303, "/o/hillside/")
    assert "Noor Aziz, viewer" in client.get("/account").text
    assert client.get("/o/riverside/").status_code == 404
    with database.reading() as session:
        row = session.execute(select(AccountRow).where(AccountRow.sign_in_name == "noor")).scalar_one()
    assert row.name == "Noor Aziz"
    assert row.password_hash is not None
    assert row.password_hash.startswith("$argon2id$")
    assert set(notes(database, cast.hillside)) == {
        ("colleague.joined_as_viewer", str(row.id), row.id),
        ("account.signed_in", str(row.id), row.id),
    }
    client.post("/sign-out")
    assert sign_in(client, "NOOR").status_code == 303


def test_a_form_cannot_ask_for_another_role_or_organisation(client: FlaskClient, cast: Cast) -> None:
    token = link(cast, Purpose.INVITE, clock.now(), role="viewer")
    more = {"role": "owner", "organisation": "riverside", "organisation_id": str(cast.riverside), "account_id": "1"}
    client.post(f"/join/{token}", data={**NEW_PERSON, **more})
    assert "Noor Aziz, viewer" in client.get("/account").text
    assert client.get("/o/riverside/").status_code == 404


def test_what_does_not_fit_is_told_and_the_link_still_works(client: FlaskClient, cast: Cast) -> None:
    token = link(cast, Purpose.INVITE, clock.now())
    for wrong, sentence in (
        ({"name": " "}, "Write your name."),
        ({"sign_in_name": ""}, "Choose a sign-in name."),
        ({"sign_in_name": "Ada"}, "Somebody else signs in with this name."),
        ({"password": "password1", "again": "password1"}, "Many people use this password"),
        ({"password": "hillside trust", "again": "hillside trust"}, "This is your name or your organisation’s"),
        ({"again": "something else"}, "The two passwords are not the same."),
        ({"name": "x" * 101}, "That is too long."),
    ):
        answer = client.post(f"/join/{token}", data={**NEW_PERSON, **wrong})
        assert answer.status_code == 422
        assert "<title>Error:" in answer.text
        assert sentence in answer.text
    assert not is_signed_in(client)
    assert client.post(f"/join/{token}", data=NEW_PERSON).status_code == 303


def test_somebody_who_is_signed_in_joins_with_their_account_and_gets_a_new_token(
    cast: Cast, database: Database
) -> None:
    rae = cast.client("rae")
    with rae.session_transaction() as browser:
        before = browser["token"]
    token = link(cast, Purpose.INVITE, clock.now(), role="viewer")
    assert "Join as Rae" in rae.get(f"/join/{token}").text
    answer = rae.post(f"/join/{token}", data={"as": "myself"})
    assert (answer.status_code, answer.location) == (303, "/organisations")
    assert "Rae, viewer" in rae.get("/o/hillside/colleagues").text
    with rae.session_transaction() as browser:
        assert browser["token"] != before
    with database.reading() as session:
        kept = session.execute(select(SignInSessionRow.token_hash)).scalars().all()
    assert token_hash(before) not in kept
    person = cast.accounts["rae"]
    assert set(notes(database, cast.hillside)) == {
        ("colleague.joined_as_viewer", str(person), person),
        ("account.signed_in", str(person), person),
    }


def test_who_works_here_already_does_not_use_the_invitation_up(client: FlaskClient, cast: Cast) -> None:
    token = link(cast, Purpose.INVITE, clock.now(), role="owner")
    ben = cast.client("ben")
    assert ben.post(f"/join/{token}", data={"as": "myself"}).location == "/organisations"
    assert "Ben, editor" in ben.get("/o/hillside/colleagues").text
    assert client.post(f"/join/{token}", data=NEW_PERSON).status_code == 303


def test_joining_as_oneself_needs_to_be_signed_in(client: FlaskClient, cast: Cast) -> None:
    token = link(cast, Purpose.INVITE, clock.now())
    answer = client.post(f"/join/{token}", data={"as": "myself"})
    assert answer.location == f"/sign-in?next=/join/{token}"
    give_password(cast, "rae")
    assert sign_in(client, "rae", next=f"/join/{token}").location == f"/join/{token}"
    assert client.post(f"/join/{token}", data={"as": "myself"}).status_code == 303


def test_a_sign_in_link_signs_in_its_one_account(client: FlaskClient, cast: Cast, database: Database) -> None:
    token = bound_link(cast, Purpose.SIGN_IN)
    assert "signs you in as <b>Ben</b>" in client.get(f"/join/{token}").text
    assert client.post(f"/join/{token}").location == "/o/hillside/"
    assert "Ben, editor" in client.get("/account").text
    ben = cast.accounts["ben"]
    assert notes(database, cast.hillside) == [("account.signed_in", str(ben), ben)]


def test_a_sign_in_link_throws_away_what_was_planted(client: FlaskClient, cast: Cast) -> None:
    with client.session_transaction() as browser:
        browser["token"] = "planted"
        browser["also"] = "planted"
    client.post(f"/join/{bound_link(cast, Purpose.SIGN_IN)}")
    with client.session_transaction() as browser:
        assert browser["token"] != "planted"
        assert "also" not in browser


def test_a_reset_link_sets_a_password_and_ends_every_browser_and_link_of_the_person(
    app: Flask, client: FlaskClient, cast: Cast, database: Database
) -> None:
    give_password(cast, "ben")
    here, there, ada = cast.client("ben"), cast.client("ben"), cast.client("ada")
    token, other = bound_link(cast, Purpose.RESET), bound_link(cast, Purpose.SIGN_IN)
    page = client.get(f"/join/{token}")
    assert "You sign in as <b>ben</b>" in page.text
    assert client.post(f"/join/{token}", data={**NEW, "again": "mistyped words"}).status_code == 422
    assert client.post(f"/join/{token}", data={"password": "password1", "again": "password1"}).status_code == 422
    answer = client.post(f"/join/{token}", data=NEW)
    assert answer.location == "/sign-in"
    assert "Your new password is set." in client.get("/sign-in").text
    assert [is_signed_in(browser) for browser in (client, here, there, ada)] == [False, False, False, True]
    assert client.post(f"/join/{other}").status_code == 404
    assert sign_in(app.test_client(), "ben", PASSWORD).status_code == 422
    assert sign_in(app.test_client(), "ben", NEW["password"]).status_code == 303
    ben = cast.accounts["ben"]
    assert notes(database, cast.hillside)[0] == ("account.password_changed", str(ben), ben)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_opening_a_link_does_not_use_it_up_and_signs_nobody_in(
    client: FlaskClient, cast: Cast, database: Database, purpose: Purpose
) -> None:
    token = bound_link(cast, purpose)
    pages = [client.get(f"/join/{token}") for _ in range(3)]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert client.head(f"/join/{token}").status_code == 200
    assert pages[0].headers["Cache-Control"] == "no-store"
    assert pages[0].headers["Referrer-Policy"] == "no-referrer"
    assert not is_signed_in(client)
    assert client.post(f"/join/{token}", data={**NEW_PERSON, **NEW}).status_code == 303


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_used_expired_or_unknown_link_gets_one_plain_page(
    app: Flask, cast: Cast, database: Database, monkeypatch: pytest.MonkeyPatch, purpose: Purpose
) -> None:
    used, old = bound_link(cast, purpose), bound_link(cast, purpose)
    assert app.test_client().post(f"/join/{used}", data={**NEW_PERSON, **NEW}).status_code == 303
    fresh = app.test_client()
    answers = [getattr(fresh, verb)(f"/join/{token}") for token in (used, "unknown") for verb in ("get", "post")]
    later = clock.now() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    answers += [fresh.get(f"/join/{old}"), fresh.post(f"/join/{old}", data={**NEW_PERSON, **NEW})]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert len({answer.text for answer in answers}) == 1
    assert "Otherwise ask the person who gave it to you for a new one." in answers[0].text
    assert not is_signed_in(fresh)


def test_a_link_works_until_its_last_moment_and_only_its_hash_is_kept(cast: Cast, database: Database) -> None:
    now = clock.now()
    token = actions.invite(database, cast.hillside, "viewer", cast.accounts["ada"], now)
    assert len(token) == 43  # 256 bits
    with database.reading() as session:
        row = session.execute(select(OneTimeLinkRow)).scalar_one()
    assert row.token_hash == token_hash(token)
    assert row.expires_at == now + timedelta(days=7)
    assert token not in str(vars(row))
    assert link_actions.look_at(database, token, now + timedelta(days=7, seconds=-1)) is not None
    assert link_actions.look_at(database, token, now + timedelta(days=7)) is None


def test_of_many_people_who_use_an_invitation_at_once_one_comes_in(cast: Cast, database: Database) -> None:
    now = clock.now()
    token = link(cast, Purpose.INVITE, now)
    before = count(database, MembershipRow)

    def join(number: int) -> object:
        person = NewPerson(f"Person {number}", f"person {number}", PASSWORD)
        return link_actions.join_as_new(database, token, person, now)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(join, range(8)))
    assert sum(isinstance(outcome, SignedIn) for outcome in outcomes) == 1
    assert outcomes.count(LinkEnded()) == 7
    assert count(database, MembershipRow) == before + 1
    assert count(database, SignInSessionRow) == 1
    with database.reading() as session:
        names = session.execute(select(AccountRow.sign_in_name).where(AccountRow.sign_in_name.like("person %")))
        assert len(names.scalars().all()) == 1  # who came too late leaves no account behind


def test_a_sign_in_link_used_twice_at_once_signs_in_once(cast: Cast, database: Database) -> None:
    now = clock.now()
    token = bound_link(cast, Purpose.SIGN_IN)
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _n: link_actions.sign_in(database, token, now), range(8)))
    assert sum(isinstance(outcome, SignedIn) for outcome in outcomes) == 1
    assert count(database, SignInSessionRow) == 1


def test_two_people_cannot_take_one_sign_in_name_at_once(cast: Cast, database: Database) -> None:
    now = clock.now()
    tokens = [link(cast, Purpose.INVITE, now) for _ in range(4)]
    person = NewPerson("Noor", "noor", PASSWORD)
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda token: link_actions.join_as_new(database, token, person, now), tokens))
    assert sum(isinstance(outcome, SignedIn) for outcome in outcomes) == 1
    assert outcomes.count(NameTaken()) == 3
    assert sum(link_actions.look_at(database, token, now) is not None for token in tokens) == 3


ATTEMPTS: dict[str, Callable[[Database, str, Cast, datetime], object]] = {
    "signing in": lambda db, token, cast, now: link_actions.sign_in(db, token, now),
    "joining as new": lambda db, token, cast, now: link_actions.join_as_new(
        db, token, NewPerson("Noor", "noor", PASSWORD), now
    ),
    "joining as oneself": lambda db, token, cast, now: link_actions.join_as_myself(
        db, token, cast.accounts["rae"], "a browser", now
    ),
    "a new password": lambda db, token, cast, now: link_actions.reset_password(db, token, NEW["password"], now),
}
MEANT_FOR = {
    "signing in": Purpose.SIGN_IN,
    "joining as new": Purpose.INVITE,
    "joining as oneself": Purpose.INVITE,
    "a new password": Purpose.RESET,
}


@pytest.mark.parametrize(("deed", "purpose"), list(itertools.product(ATTEMPTS, Purpose)))
def test_each_kind_of_link_does_its_own_thing_and_nothing_else(
    cast: Cast, database: Database, deed: str, purpose: Purpose
) -> None:
    now = clock.now()
    token = bound_link(cast, purpose)
    outcome = ATTEMPTS[deed](database, token, cast, now)
    if MEANT_FOR[deed] is purpose:
        assert outcome != LinkEnded()
        assert link_actions.look_at(database, token, now) is None
    else:
        assert outcome == LinkEnded()
        assert link_actions.look_at(database, token, now) is not None
        assert count(database, SignInSessionRow) == 0


def test_a_link_is_no_session_and_a_session_is_no_link(app: Flask, cast: Cast) -> None:
    for purpose in Purpose:
        browser_of = app.test_client()
        with browser_of.session_transaction() as browser:
            browser["token"] = bound_link(cast, purpose)
        assert not is_signed_in(browser_of)
    ben = cast.client("ben")
    with ben.session_transaction() as browser:
        token = browser["token"]
    assert app.test_client().get(f"/join/{token}").status_code == 404
    assert app.test_client().post(f"/join/{token}", data={**NEW_PERSON, **NEW}).status_code == 404


@pytest.mark.parametrize("purpose", [Purpose.SIGN_IN, Purpose.RESET])
def test_a_link_ends_when_the_role_it_was_made_for_changes(
    client: FlaskClient, cast: Cast, database: Database, purpose: Purpose
) -> None:
    ada, ben, now = cast.accounts["ada"], cast.accounts["ben"], clock.now()
    token = bound_link(cast, purpose)
    actions.change_role(database, cast.hillside, ben, "viewer", ada, now)
    actions.change_role(database, cast.hillside, ben, "editor", ada, now)
    assert client.post(f"/join/{token}", data=NEW).status_code == 404
    again = bound_link(cast, purpose)
    with database.transaction() as session:
        colleagues.remove(session, cast.hillside, ben)
    assert client.post(f"/join/{again}", data=NEW).status_code == 404


def test_invitations_end_with_the_owner_who_might_have_kept_one(
    client: FlaskClient, cast: Cast, database: Database
) -> None:
    ada, ben, now = cast.accounts["ada"], cast.accounts["ben"], clock.now()
    actions.change_role(database, cast.hillside, ben, "owner", ada, now)
    kept = actions.invite(database, cast.hillside, "owner", ben, now)
    riversides = actions.invite(database, cast.riverside, "viewer", cast.accounts["rae"], now)
    actions.remove(database, cast.hillside, ben, ada, now)
    assert client.post(f"/join/{kept}", data=NEW_PERSON).status_code == 404
    assert client.get(f"/join/{riversides}").status_code == 200


def test_a_forged_form_uses_no_link_up(app: Flask, cast: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    tokens = [bound_link(cast, purpose) for purpose in Purpose]
    assert [client.post(f"/join/{token}", data={**NEW_PERSON, **NEW}).status_code for token in tokens] == [400] * 3
    for token in tokens:
        page = client.get(f"/join/{token}").text
        field = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page)
        assert field is not None
        answer = client.post(f"/join/{token}", data={**NEW_PERSON, **NEW, "csrf_token": field[1]})
        assert answer.status_code == 303
        client = app.test_client()


def test_long_dead_links_are_deleted_when_a_new_one_is_made(cast: Cast, database: Database) -> None:
    now = clock.now()
    link(cast, Purpose.INVITE, now)
    link(cast, Purpose.INVITE, now + timedelta(days=20))
    assert count(database, OneTimeLinkRow) == 2
    link(cast, Purpose.INVITE, now + timedelta(days=45))
    assert count(database, OneTimeLinkRow) == 2
