"""The phone is lost: an owner takes a colleague's second step away, the command line that of a lone owner."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from svvoice import clock
from svvoice.store import colleagues
from svvoice.store.database import Database
from svvoice.store.one_time_links import Purpose
from svvoice.store.tables import RecoveryCodeRow, SecondStepRow
from svvoice.store.two_step import WhoMust
from tests.accounts.apps import Phone, Time, ask_for_two_steps, set_up
from tests.accounts.people import NEW_PERSON, count, give_password, is_signed_in, link, notes, sign_in
from tests.cast import Cast

NEW = {"password": "seven grey herons wait", "again": "seven grey herons wait"}


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    return Time(monkeypatch)


def has_two_steps(cast: Cast, database: Database, person: str, time: Time) -> Phone:
    give_password(cast, person)
    phone, _ = set_up(cast.client(person), time)
    return phone


def command(app: Flask, *words: str) -> str:
    result = app.test_cli_runner().invoke(args=["organisations", *words])
    assert result.exit_code == 0, result.output
    found = re.search(r"/join/[\w-]{43}", result.stdout)
    assert found is not None
    return found[0]


def take_away(cast: Cast, by: str, person: str) -> int:
    address = f"/o/hillside/colleagues/{cast.accounts[person]}/two-step"
    return cast.client(by).post(address).status_code


def test_an_owner_takes_a_colleagues_second_step_away(app: Flask, cast: Cast, database: Database, time: Time) -> None:
    has_two_steps(cast, database, "ben", time)
    bens, kept = cast.client("ben"), link(cast, Purpose.SIGN_IN, clock.now(), person="ben")
    ada = cast.client("ada")
    page = ada.get(f"/o/hillside/colleagues/{cast.accounts['ben']}").text
    assert "Take the second step away" in page
    assert take_away(cast, "ada", "ben") == 303
    assert count(database, SecondStepRow) == count(database, RecoveryCodeRow) == 0
    assert not is_signed_in(bens)
    assert app.test_client().get(f"/join/{kept}").status_code == 404
    assert sign_in(app.test_client(), "ben").location == "/o/hillside/"
    event = ("colleague.two_step_taken_away", str(cast.accounts["ben"]), cast.accounts["ada"])
    assert event in notes(database, cast.hillside)


def test_taking_away_what_is_not_there_signs_nobody_out_and_is_not_noted(
    cast: Cast, database: Database, time: Time
) -> None:
    bens = cast.client("ben")
    assert take_away(cast, "ada", "ben") == 303
    assert is_signed_in(bens)
    assert notes(database, cast.hillside) == []


@pytest.mark.parametrize("person", ["ben", "cat"])
def test_nobody_but_an_owner_takes_a_second_step_away(cast: Cast, database: Database, time: Time, person: str) -> None:
    has_two_steps(cast, database, "ben", time)
    assert take_away(cast, person, "ben") == 403
    assert count(database, SecondStepRow) == 1


def test_an_owner_does_not_take_away_their_own_without_a_code(cast: Cast, database: Database, time: Time) -> None:
    has_two_steps(cast, database, "ada", time)
    assert take_away(cast, "ada", "ada") == 422
    assert count(database, SecondStepRow) == 1
    assert (
        "Take the second step away" not in cast.client("ada").get(f"/o/hillside/colleagues/{cast.accounts['ada']}").text
    )


def test_an_owner_does_not_weaken_what_opens_another_organisation(
    app: Flask, cast: Cast, database: Database, time: Time
) -> None:
    has_two_steps(cast, database, "ben", time)
    with database.transaction() as session:
        colleagues.add(session, cast.riverside, cast.accounts["ben"], "viewer", clock.now())
    assert take_away(cast, "ada", "ben") == 422
    assert count(database, SecondStepRow) == 1
    # Whoever runs the installation can.
    reset = command(app, "reset", "hillside", "ben", "--reset-two-step")
    assert count(database, SecondStepRow) == 0
    browser = app.test_client()
    assert browser.post(reset, data=NEW).location == "/sign-in"
    assert sign_in(browser, "ben", NEW["password"]).location == "/organisations"


def test_a_lone_owner_comes_in_again_from_the_command_line(
    app: Flask, cast: Cast, database: Database, time: Time
) -> None:
    has_two_steps(cast, database, "ada", time)
    ask_for_two_steps(database, "hillside", WhoMust.OWNERS)
    waits = app.test_client()
    assert waits.post(command(app, "link", "hillside")).location == "/sign-in/code"
    assert count(database, SecondStepRow) == 1
    address = command(app, "link", "hillside", "--reset-two-step")
    browser = app.test_client()
    assert browser.post(address).location == "/o/hillside/"
    assert browser.get("/o/hillside/").location == "/account/two-step"
    set_up(browser, time)
    assert browser.get("/o/hillside/").status_code == 200
    event = ("colleague.two_step_taken_away", str(cast.accounts["ada"]), None)
    assert event in notes(database, cast.hillside)


def test_a_link_for_a_new_password_leaves_the_second_step_unless_it_is_said(
    app: Flask, cast: Cast, database: Database, time: Time
) -> None:
    has_two_steps(cast, database, "ben", time)
    browser = app.test_client()
    browser.post(command(app, "reset", "hillside", "ben"), data=NEW)
    assert sign_in(browser, "ben", NEW["password"]).location == "/sign-in/code"


def test_the_first_owner_of_a_new_organisation_is_asked_at_once(app: Flask, database: Database, time: Time) -> None:
    address = command(app, "add", "east", "--name", "East")
    browser = app.test_client()
    assert browser.post(address, data=NEW_PERSON).location == "/o/east/"
    assert browser.get("/o/east/").location == "/account/two-step"
    set_up(browser, time)
    assert browser.get("/o/east/").status_code == 200


def test_an_owner_decides_who_must_and_it_holds_at_the_next_page(cast: Cast, database: Database, time: Time) -> None:
    ada, ben = cast.client("ada"), cast.client("ben")
    assert ada.post("/o/hillside/colleagues/two-step", data={"must": "everybody"}).status_code == 303
    assert ada.post("/o/hillside/colleagues/two-step", data={"must": "nobody"}).location == "/account/two-step"
    assert ben.get("/o/hillside/").location == "/account/two-step"
    set_up(ada, time)
    assert ada.post("/o/hillside/colleagues/two-step", data={"must": "some of us"}).status_code == 422
    assert ada.post("/o/hillside/colleagues/two-step", data={"must": "nobody"}).status_code == 303
    assert ben.get("/o/hillside/").status_code == 200
    actions = {action for action, _, _ in notes(database, cast.hillside)}
    assert {"organisation.two_step_for_everybody", "organisation.two_step_for_nobody"} <= actions


@pytest.mark.parametrize("person", ["ben", "cat"])
def test_nobody_but_an_owner_decides_who_must(cast: Cast, person: str) -> None:
    answer = cast.client(person).post("/o/hillside/colleagues/two-step", data={"must": "nobody"})
    assert answer.status_code == 403


def test_the_list_of_colleagues_tells_an_owner_who_has_two_steps(cast: Cast, database: Database, time: Time) -> None:
    has_two_steps(cast, database, "ben", time)
    owners, others = (
        cast.client("ada").get("/o/hillside/colleagues").text,
        cast.client("cat").get("/o/hillside/colleagues").text,
    )
    assert owners.count("<td>Yes</td>") == 1
    assert owners.count("<td>No</td>") == 2
    assert "<td>Yes</td>" not in others
