"""Two steps: set up with an app, asked for after the password, and no way round it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from svvoice import clock
from svvoice.accounts import codes, two_step_actions
from svvoice.accounts.outcomes import SignedIn, WrongCode
from svvoice.accounts.tries import counters
from svvoice.accounts.two_step_actions import Try
from svvoice.store import colleagues, sign_ins, two_step
from svvoice.store.database import Database
from svvoice.store.one_time_links import Purpose
from svvoice.store.sealing import Sealer
from svvoice.store.tables import (
    AuditEventRow,
    RecoveryCodeRow,
    SecondStepRow,
    SignInAttemptRow,
    SignInSessionRow,
    WaitingSignInRow,
)
from svvoice.store.two_step import WhoMust
from tests.accounts.apps import Phone, Time, ask_for_two_steps, offered, set_up
from tests.accounts.people import PASSWORD, count, give_password, is_signed_in, link, notes, sign_in
from tests.cast import Cast


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    return Time(monkeypatch)


@pytest.fixture
def ben(cast: Cast, time: Time) -> tuple[Phone, list[str]]:
    """Ben has a password and two steps."""
    give_password(cast, "ben")
    return set_up(cast.client("ben"), time)


def code(client: FlaskClient, words: str) -> int:
    return client.post("/sign-in/code", data={"code": words}).status_code


def test_setting_up_shows_secret_and_picture_and_gives_ten_codes_once(
    cast: Cast, database: Database, time: Time
) -> None:
    browser = cast.client("ben")
    page = browser.get("/account/two-step").text
    assert '<svg viewBox="0 0' in page
    assert "style=" not in page
    seen = offered(browser)
    answer = browser.post("/account/two-step", data=seen.form(seen.phone.shows(time.moment)))
    shown = re.findall(r'<li><bdi dir="ltr">(.+?)</bdi></li>', answer.text)
    assert len(set(shown)) == 10
    assert answer.headers["Cache-Control"] == "no-store"
    again = browser.get("/account/two-step").text
    assert "You have 10 recovery codes left." in again
    assert not [one for one in shown if one in again]
    assert seen.phone.secret not in again.replace(" ", "")
    person = cast.accounts["ben"]
    assert notes(database, cast.hillside) == [("account.two_step_on", str(person), person)]


def test_neither_secret_nor_recovery_codes_can_be_read_in_the_database(
    cast: Cast, database: Database, ben: tuple[Phone, list[str]]
) -> None:
    phone, recovery = ben
    with database.reading() as session:
        sealed = session.execute(select(SecondStepRow.secret_sealed)).scalar_one()
        kept = session.execute(select(RecoveryCodeRow.code_hash)).scalars().all()
        noted = session.execute(
            select(AuditEventRow.subject, AuditEventRow.action).where(AuditEventRow.organisation_id == cast.hillside)
        ).all()
    assert phone.secret.encode() not in sealed
    assert len(kept) == 10
    everything = f"{kept} {noted}"
    assert not [one for one in recovery if one in everything or codes.plain(one) in everything]


def test_a_secret_moved_to_another_account_signs_nobody_in(
    app: Flask, cast: Cast, database: Database, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    give_password(cast, "ada")
    set_up(cast.client("ada"), time)
    with database.transaction() as session:
        bens = session.get(SecondStepRow, cast.accounts["ben"])
        adas = session.get(SecondStepRow, cast.accounts["ada"])
        assert bens is not None
        assert adas is not None
        adas.secret_sealed = bens.secret_sealed
    time.goes_on(minutes=1)
    browser = app.test_client()
    sign_in(browser, "ada")
    assert code(browser, ben[0].shows(time.moment)) == 422
    assert not is_signed_in(browser)


def test_the_password_alone_opens_nothing_and_the_code_lets_in(
    app: Flask, cast: Cast, database: Database, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    browser = app.test_client()
    answer = sign_in(browser, "ben", next="/o/hillside/plan")
    assert (answer.status_code, answer.location) == (303, "/sign-in/code")
    assert not is_signed_in(browser)
    assert browser.get("/o/hillside/").location.startswith("/sign-in")
    assert "Ben" not in browser.get("/sign-in/code").text
    done = browser.post("/sign-in/code", data={"code": ben[0].shows(time.moment)})
    assert (done.status_code, done.location) == (303, "/o/hillside/plan")
    assert is_signed_in(browser)
    assert count(database, WaitingSignInRow) == 0
    assert count(database, SignInAttemptRow) == 0
    person = cast.accounts["ben"]
    assert notes(database, cast.hillside)[-1] == ("account.signed_in", str(person), person)


def test_signing_in_gives_a_new_token_after_the_code(
    app: Flask, cast: Cast, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    browser = app.test_client()
    sign_in(browser, "ben")
    with browser.session_transaction() as kept:
        waiting = kept["waiting"]
    code(browser, ben[0].shows(time.moment))
    with browser.session_transaction() as kept:
        assert set(kept) == {"token"}
        assert kept["token"] != waiting


def test_a_code_works_once_even_in_another_browser(
    app: Flask, cast: Cast, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    first, second, third = app.test_client(), app.test_client(), app.test_client()
    shown = ben[0].shows(time.moment)
    earlier = ben[0].shows(time.moment - timedelta(seconds=30))
    for browser in (first, second, third):
        sign_in(browser, "ben")
    assert code(first, shown) == 303
    assert code(second, shown) == 422
    assert code(third, earlier) == 422  # the one before it is gone too
    time.goes_on(seconds=30)
    assert code(second, ben[0].shows(time.moment)) == 303


def test_the_code_that_set_it_up_does_not_sign_in(app: Flask, cast: Cast, time: Time) -> None:
    give_password(cast, "ben")
    browser = cast.client("ben")
    seen = offered(browser)
    shown = seen.phone.shows(time.moment)
    assert browser.post("/account/two-step", data=seen.form(shown)).status_code == 200
    other = app.test_client()
    sign_in(other, "ben")
    assert code(other, shown) == 422


@pytest.mark.parametrize(("seconds", "status"), [(-90, 422), (-30, 303), (0, 303), (30, 303), (90, 422)])
def test_a_phone_may_be_half_a_minute_off(
    app: Flask, cast: Cast, time: Time, ben: tuple[Phone, list[str]], seconds: int, status: int
) -> None:
    time.goes_on(minutes=5)
    browser = app.test_client()
    sign_in(browser, "ben")
    assert code(browser, ben[0].shows(time.moment + timedelta(seconds=seconds))) == status


@pytest.mark.parametrize("write", [str.upper, lambda words: f" {words.replace('-', ' ')} ", lambda words: words])
def test_a_recovery_code_works_once_however_it_is_typed(
    app: Flask, cast: Cast, database: Database, ben: tuple[Phone, list[str]], write: object
) -> None:
    assert callable(write)
    browser, again = app.test_client(), app.test_client()
    sign_in(browser, "ben")
    sign_in(again, "ben")
    typed = write(ben[1][3])
    assert code(browser, typed) == 303
    assert code(again, typed) == 422
    assert code(again, ben[1][4]) == 303
    assert count(database, RecoveryCodeRow) == 8
    actions = [action for action, _, _ in notes(database, cast.hillside)]
    assert actions.count("account.recovery_code_used") == 2


def test_digits_of_another_keyboard_are_digits(
    app: Flask, cast: Cast, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    browser = app.test_client()
    sign_in(browser, "ben")
    shown = ben[0].shows(time.moment).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert code(browser, f"{shown[:3]} {shown[3:]}") == 303


def test_wrong_codes_are_slowed_down_in_the_database_and_nobody_is_locked_out(
    app: Flask, cast: Cast, database: Database, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    browser = app.test_client()
    sign_in(browser, "ben")
    answers = [code(browser, ben[0].does_not_show(time.moment)) for _ in range(11)]
    assert answers == [422] * 10 + [429]
    slowed = browser.post("/sign-in/code", data={"code": ben[0].shows(time.moment)})
    assert slowed.status_code == 429
    assert slowed.headers["Retry-After"] == "900"
    # Another browser does not give more tries, with a code or with a password.
    assert sign_in(app.test_client(), "ben").status_code == 429
    assert count(database, SignInAttemptRow) == 30  # ten for the account, for the address and for everybody
    time.goes_on(minutes=16)
    sign_in(browser, "ben")
    assert code(browser, ben[0].shows(time.moment)) == 303
    assert is_signed_in(browser)


def test_recovery_codes_cannot_be_guessed_on_and_on(app: Flask, cast: Cast, ben: tuple[Phone, list[str]]) -> None:
    browser = app.test_client()
    sign_in(browser, "ben")
    assert [code(browser, f"00000-{number:05d}") for number in range(12)] == [422] * 10 + [429] * 2
    assert code(browser, ben[1][0]) == 429


def test_the_wait_for_a_code_ends_after_ten_minutes(
    app: Flask, cast: Cast, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    browser = app.test_client()
    sign_in(browser, "ben")
    time.goes_on(minutes=10)
    answer = browser.post("/sign-in/code", data={"code": ben[0].shows(time.moment)})
    assert answer.location == "/sign-in"
    assert "That took too long." in browser.get("/sign-in").text
    assert not is_signed_in(browser)


def test_whoever_waits_for_nothing_is_sent_to_sign_in(client: FlaskClient, cast: Cast) -> None:
    assert client.get("/sign-in/code").location == "/sign-in"
    assert client.post("/sign-in/code", data={"code": "123456"}).location == "/sign-in"


@pytest.mark.parametrize("use", ["app", "recovery"])
def test_of_many_browsers_with_one_code_one_comes_in(
    cast: Cast, database: Database, sealer: Sealer, time: Time, ben: tuple[Phone, list[str]], use: str
) -> None:
    person = cast.accounts["ben"]
    before = count(database, SignInSessionRow)
    with database.transaction() as session:
        tokens = [sign_ins.wait(session, person, time.moment) for _ in range(8)]
    shown = ben[0].shows(time.moment) if use == "app" else ben[1][0]
    tried = Try(shown, counters("key", "ben", ""), time.moment)

    def finish(token: str) -> object:
        return two_step_actions.finish_sign_in(database, sealer, token, person, tried, "")

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(finish, tokens))
    assert sum(isinstance(outcome, SignedIn) for outcome in outcomes) == 1
    assert outcomes.count(WrongCode()) == 7
    assert count(database, SignInSessionRow) == before + 1


def test_setting_up_signs_out_every_other_browser_and_ends_links(
    app: Flask, cast: Cast, database: Database, time: Time
) -> None:
    here, there = cast.client("ben"), cast.client("ben")
    with here.session_transaction() as kept:
        before = kept["token"]
    links = [link(cast, purpose, clock.now(), person="ben") for purpose in (Purpose.SIGN_IN, Purpose.RESET)]
    set_up(here, time)
    with here.session_transaction() as kept:
        assert kept["token"] != before
    assert [is_signed_in(browser) for browser in (here, there)] == [True, False]
    assert [app.test_client().get(f"/join/{token}").status_code for token in links] == [404, 404]


def test_a_wrong_first_code_shows_the_same_secret_again_and_keeps_nothing(
    cast: Cast, database: Database, time: Time
) -> None:
    browser = cast.client("ben")
    seen = offered(browser)
    answer = browser.post("/account/two-step", data=seen.form(seen.phone.does_not_show(time.moment)))
    assert answer.status_code == 422
    assert "This is not the code that the app should show." in answer.text
    assert codes.in_fours(seen.phone.secret) in answer.text
    assert count(database, SecondStepRow) == 0
    assert is_signed_in(browser)


def test_new_recovery_codes_need_a_code_and_end_the_old_ones(
    app: Flask, cast: Cast, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    browser = app.test_client()
    sign_in(browser, "ben")
    code(browser, ben[0].shows(time.moment))
    wrong = ben[0].does_not_show(time.moment)
    assert browser.post("/account/two-step/codes", data={"code": wrong}).status_code == 422
    time.goes_on(seconds=30)
    made = browser.post("/account/two-step/codes", data={"code": ben[0].shows(time.moment)})
    fresh = re.findall(r'<li><bdi dir="ltr">(.+?)</bdi></li>', made.text)
    assert len(fresh) == 10
    assert not set(fresh) & set(ben[1])
    other = app.test_client()
    sign_in(other, "ben")
    assert code(other, ben[1][0]) == 422
    assert code(other, fresh[0]) == 303


def test_taking_the_app_away_needs_a_code_and_signs_out_every_other_browser(
    app: Flask, cast: Cast, database: Database, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    here, there = cast.client("ben"), cast.client("ben")
    for wrong in ("", ben[0].does_not_show(time.moment), "no code"):
        assert here.post("/account/two-step/off", data={"code": wrong}).status_code == 422
    assert count(database, SecondStepRow) == 1
    assert here.post("/account/two-step/off", data={"code": ben[0].shows(time.moment)}).status_code == 303
    assert [is_signed_in(browser) for browser in (here, there)] == [True, False]
    assert count(database, SecondStepRow) == count(database, RecoveryCodeRow) == 0
    other = app.test_client()
    assert sign_in(other, "ben").location == "/o/hillside/"
    person = cast.accounts["ben"]
    assert ("account.two_step_off", str(person), person) in notes(database, cast.hillside)


def test_an_app_is_not_put_in_the_place_of_another_without_a_code(
    cast: Cast, database: Database, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    """A browser that was left open cannot give the account another app."""
    browser = cast.client("ben")
    with browser.session_transaction() as kept:
        token = kept["token"]
    sealer: Sealer = cast.app.extensions["svvoice"].sealer
    thiefs = Phone(codes.new_secret())
    offer = two_step.offer(sealer, token, thiefs.secret)
    answer = browser.post("/account/two-step", data={"offer": offer, "code": thiefs.shows(time.moment)})
    assert answer.status_code == 303
    with database.reading() as session:
        kept_app = two_step.app_of(session, sealer, cast.accounts["ben"])
    assert kept_app is not None
    assert kept_app.secret == ben[0].secret


def test_a_new_password_does_not_go_round_the_code(
    app: Flask, cast: Cast, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    token = link(cast, Purpose.RESET, clock.now(), person="ben")
    browser = app.test_client()
    new = "seven grey herons wait"
    assert browser.post(f"/join/{token}", data={"password": new, "again": new}).location == "/sign-in"
    assert not is_signed_in(browser)
    assert sign_in(browser, "ben", new).location == "/sign-in/code"
    assert not is_signed_in(browser)
    assert code(browser, ben[0].shows(time.moment)) == 303


def test_a_sign_in_link_stands_for_the_password_and_not_for_the_code(
    app: Flask, cast: Cast, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    browser = app.test_client()
    answer = browser.post(f"/join/{link(cast, Purpose.SIGN_IN, clock.now(), person='ben')}")
    assert answer.location == "/sign-in/code"
    assert not is_signed_in(browser)
    assert code(browser, ben[0].shows(time.moment)) == 303
    assert is_signed_in(browser)


def test_a_password_changed_meanwhile_ends_the_wait_for_a_code(
    app: Flask, cast: Cast, time: Time, ben: tuple[Phone, list[str]]
) -> None:
    browser, here = app.test_client(), cast.client("ben")
    sign_in(browser, "ben")
    new = "seven grey herons wait"
    assert here.post("/account", data={"current": PASSWORD, "password": new, "again": new}).status_code == 303
    assert code(browser, ben[0].shows(time.moment)) == 303
    assert not is_signed_in(browser)


@pytest.mark.parametrize(
    ("rule", "asked"),
    [(WhoMust.NOBODY, []), (WhoMust.OWNERS, ["ada"]), (WhoMust.EVERYBODY, ["ada", "ben", "cat"])],
)
def test_whoever_must_is_asked_before_anything_else(
    cast: Cast, database: Database, rule: WhoMust, asked: list[str]
) -> None:
    ask_for_two_steps(database, "hillside", rule)
    for person in ("ada", "ben", "cat", "rae"):
        browser = cast.client(person)
        home = "/o/riverside/" if person == "rae" else "/o/hillside/"
        answers = [browser.get(page) for page in (home, "/account", "/organisations")]
        if person in asked:
            assert {answer.location for answer in answers} == {"/account/two-step"}
            assert browser.post("/sign-out-everywhere").location == "/account/two-step"
            assert "Your organisation asks for this" in browser.get("/account/two-step").text
        else:
            assert [answer.status_code for answer in answers] == [200] * 3


def test_after_setting_up_everything_is_open(cast: Cast, database: Database, time: Time) -> None:
    ask_for_two_steps(database, "hillside", WhoMust.EVERYBODY)
    browser = cast.client("ada")
    set_up(browser, time)
    assert browser.get("/o/hillside/").status_code == 200


def test_taking_the_app_away_where_it_is_asked_for_leads_back_to_setting_up(
    cast: Cast, database: Database, time: Time
) -> None:
    ask_for_two_steps(database, "hillside", WhoMust.OWNERS)
    browser = cast.client("ada")
    phone, _ = set_up(browser, time)
    browser.post("/account/two-step/off", data={"code": phone.shows(time.moment)})
    assert browser.get("/o/hillside/").location == "/account/two-step"


def test_one_organisation_that_asks_is_enough(cast: Cast, database: Database) -> None:
    ask_for_two_steps(database, "riverside", WhoMust.EVERYBODY)
    with database.transaction() as session:
        colleagues.add(session, cast.riverside, cast.accounts["ben"], "viewer", clock.now())
    assert cast.client("ben").get("/o/hillside/").location == "/account/two-step"
