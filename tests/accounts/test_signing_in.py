"""Signing in and out: what the browser keeps, what the database keeps, and where people are sent."""

from __future__ import annotations

import re
import statistics
import time
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from svvoice import clock
from svvoice.store import colleagues
from svvoice.store.database import Database
from svvoice.store.members import token_hash
from svvoice.store.tables import AccountRow, SignInSessionRow
from tests.accounts.people import PASSWORD, count, give_password, is_signed_in, notes, sign_in
from tests.cast import Cast


def kept_in(client: FlaskClient) -> dict[str, object]:
    with client.session_transaction() as browser:
        return {key: value for key, value in browser.items() if key not in {"csrf_token", "_flashes"}}


def test_a_person_of_one_organisation_lands_there(client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")
    answer = sign_in(client, "ben")
    assert (answer.status_code, answer.location) == (303, "/o/hillside/")
    page = client.get("/o/hillside/colleagues").text
    assert "Ben, editor" in page
    assert "Hillside Trust" in page


def test_a_person_of_several_organisations_chooses(client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")
    with cast.database.transaction() as session:
        colleagues.add(session, cast.riverside, cast.accounts["ben"], "viewer", clock.now())
    answer = sign_in(client, "ben")
    assert answer.location == "/organisations"
    page = client.get("/organisations").text
    assert re.findall(r'href="(/o/[^"]+)"', page) == ["/o/hillside/", "/o/riverside/"]


def test_a_person_of_no_organisation_is_told_what_to_do(client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")
    with cast.database.transaction() as session:
        colleagues.remove(session, cast.hillside, cast.accounts["ben"])
    sign_in(client, "ben")
    assert "Ask an owner of yours for an invitation." in client.get("/organisations").text
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize("name", ["ben", "BEN", "  Ben ", "\u200bBen"])
def test_capitals_and_spaces_in_the_name_do_not_matter(client: FlaskClient, cast: Cast, name: str) -> None:
    give_password(cast, "ben")
    assert sign_in(client, name).status_code == 303


def test_the_browser_keeps_only_a_token_and_the_database_only_its_hash(
    client: FlaskClient, cast: Cast, database: Database
) -> None:
    give_password(cast, "ben")
    sign_in(client, "ben")
    kept = kept_in(client)
    assert list(kept) == ["token"]
    token = str(kept["token"])
    assert len(token) == 43  # 256 bits
    with database.reading() as session:
        rows = session.execute(select(SignInSessionRow.token_hash, SignInSessionRow.account_id)).all()
    assert [tuple(row) for row in rows] == [(token_hash(token), cast.accounts["ben"])]
    assert token not in str(rows)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")
    cookie = sign_in(client, "ben").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_the_cookie_is_tied_to_this_host(environment: dict[str, str]) -> None:
    from svvoice.application import create_app

    app = create_app({**environment, "PUBLIC_URL": "https://voice.example.org"})
    cookie = app.test_client().get("/sign-in", base_url="https://voice.example.org").headers["Set-Cookie"]
    app.extensions["svvoice"].database.close()
    assert cookie.startswith("__Host-svvoice=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


def test_each_sign_in_has_a_new_token_and_throws_away_what_was_planted(client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")
    with client.session_transaction() as browser:
        browser["token"] = "a-token-that-somebody-else-knows"
        browser["planted"] = "yes"
    sign_in(client, "ben")
    first = kept_in(client)
    sign_in(client, "ben")
    second = kept_in(client)
    assert list(first) == list(second) == ["token"]
    assert len({"a-token-that-somebody-else-knows", str(first["token"]), str(second["token"])}) == 3


def test_a_planted_token_signs_nobody_in(app: Flask, client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")
    for browser_of in (client, app.test_client()):
        with browser_of.session_transaction() as browser:
            browser["token"] = "a-token-that-somebody-else-knows"
    other = app.test_client()
    with other.session_transaction() as browser:
        browser["token"] = "a-token-that-somebody-else-knows"
    sign_in(client, "ben")
    assert not is_signed_in(other)
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")
    answers = [sign_in(client, name, "wrong password here") for name in ("ben", "nobody", "cat")]
    pages = {re.sub(r'(value="[^"]*")', "", answer.text) for answer in answers}
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert len(pages) == 1
    assert "The sign-in name or the password is not right." in pages.pop()


def test_an_account_without_a_password_cannot_be_opened_by_one(client: FlaskClient, cast: Cast) -> None:
    assert sign_in(client, "ben", "None").status_code == 422
    assert sign_in(client, "ben", "").status_code == 422
    assert not is_signed_in(client)


def test_an_unknown_name_takes_about_as_long_as_a_wrong_password(client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")

    def seconds(name: str) -> float:
        start = time.process_time()
        sign_in(client, name, "wrong password here")
        return time.process_time() - start

    seconds("warming up")
    known, unknown = [], []
    for _ in range(7):
        known.append(seconds("ben"))
        unknown.append(seconds("nobody"))
    assert 0.5 < statistics.median(known) / statistics.median(unknown) < 2


def test_signing_in_again_renews_an_old_hash(client: FlaskClient, cast: Cast, database: Database) -> None:
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with database.transaction() as session:
        session.execute(update(AccountRow).where(AccountRow.id == cast.accounts["ben"]).values(password_hash=cheap))
    assert sign_in(client, "ben").status_code == 303
    with database.reading() as session:
        kept = session.execute(
            select(AccountRow.password_hash).where(AccountRow.id == cast.accounts["ben"])
        ).scalar_one()
    assert kept is not None
    assert kept.startswith("$argon2id$v=19$m=32768,")
    assert sign_in(client, "ben").status_code == 303


OUTSIDE = [
    "//evil.example",
    "///evil.example",
    "https://evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/ok\r\nSet-Cookie: x=1",
    " //evil.example",
    "evil.example",
    "@evil.example",
    "",
]


@pytest.mark.parametrize("outside", OUTSIDE)
def test_after_signing_in_nobody_is_sent_to_another_site(client: FlaskClient, cast: Cast, outside: str) -> None:
    give_password(cast, "ben")
    answer = sign_in(client, "ben", next=outside)
    assert answer.location == "/o/hillside/"
    assert "x=1" not in str(answer.headers)


def test_after_signing_in_people_go_on_where_they_wanted_to(client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")
    turned_away = client.get("/o/hillside/colleagues")
    assert turned_away.location == "/sign-in?next=/o/hillside/colleagues"
    form = client.get(turned_away.location)
    wanted = re.search(r'name="next" type="hidden" value="([^"]*)"', form.text)
    assert wanted is not None
    assert sign_in(client, "ben", next=wanted[1]).location == "/o/hillside/colleagues"


def test_signing_out_ends_the_token_itself(app: Flask, client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")
    sign_in(client, "ben")
    token = kept_in(client)["token"]
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert kept_in(client) == {}
    thief = app.test_client()
    with thief.session_transaction() as browser:
        browser["token"] = token
    assert not is_signed_in(thief)


def test_signing_out_everywhere_ends_every_browser_of_this_person_alone(cast: Cast, database: Database) -> None:
    here, there, ada = cast.client("ben"), cast.client("ben"), cast.client("ada")
    assert here.post("/sign-out-everywhere").status_code == 303
    assert [is_signed_in(browser) for browser in (here, there, ada)] == [False, False, True]
    ben = cast.accounts["ben"]
    assert notes(database, cast.hillside) == [("account.signed_out_everywhere", str(ben), ben)]


def test_a_browser_is_signed_out_when_left_alone_or_after_half_a_day(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(cast, "ben")
    start = clock.now()
    sign_in(client, "ben")
    for minutes, signed_in in ((110, True), (220, True), (341, False)):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: start + timedelta(minutes=minutes))
        assert is_signed_in(client) is signed_in
    monkeypatch.setattr(clock, "now", lambda: start)
    sign_in(client, "ben")
    seen = []
    for hours in range(1, 14):
        monkeypatch.setattr(clock, "now", lambda hours=hours: start + timedelta(hours=hours, seconds=-1))
        seen.append(is_signed_in(client))
    assert seen == [True] * 12 + [False]


def test_old_sessions_are_deleted_when_somebody_signs_in(
    client: FlaskClient, cast: Cast, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(cast, "ben")
    sign_in(client, "ben")
    cast.client("ada")
    later = clock.now() + timedelta(hours=13)
    monkeypatch.setattr(clock, "now", lambda: later)
    sign_in(client, "ben")
    assert count(database, SignInSessionRow) == 1


def test_a_sign_in_is_noted_in_each_organisation_of_the_person(
    client: FlaskClient, cast: Cast, database: Database
) -> None:
    give_password(cast, "ben")
    ben = cast.accounts["ben"]
    with database.transaction() as session:
        colleagues.add(session, cast.riverside, ben, "viewer", clock.now())
    sign_in(client, "ben", "wrong password here")
    sign_in(client, "ben")
    assert notes(database, cast.hillside) == [("account.signed_in", str(ben), ben)]
    assert notes(database, cast.riverside) == [("account.signed_in", str(ben), ben)]


def test_a_forged_sign_in_form_is_refused(app: Flask, cast: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    give_password(cast, "ben")
    client = app.test_client()
    assert sign_in(client, "ben").status_code == 400
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', client.get("/sign-in").text)
    assert token is not None
    assert sign_in(client, "ben", csrf_token=token[1]).status_code == 303
    assert client.post("/sign-out").status_code == 400
    assert client.post("/sign-out-everywhere").status_code == 400
    assert client.post("/account", data={"password": PASSWORD, "again": PASSWORD}).status_code == 400


def test_errors_are_told_on_top_and_at_the_field(client: FlaskClient, cast: Cast) -> None:
    page = sign_in(client, "", "")
    assert page.status_code == 422
    assert "<title>Error: Sign in – svvoice</title>" in page.text
    assert '<a href="#sign_in_name">Write your sign-in name.</a>' in page.text
    assert '<p class="errfield">Write your password.</p>' in page.text
