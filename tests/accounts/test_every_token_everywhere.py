"""Each kind of code and link tried at each door: before its time, after use, after expiry, after a new password.

A door is a page that takes something secret. Only the key that belongs to a door opens it, and only while it is good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from svvoice import clock
from svvoice.accounts import codes, sign_in_actions
from svvoice.store import sign_ins, two_step
from svvoice.store.database import Database
from svvoice.store.one_time_links import Purpose
from svvoice.store.tables import AccountRow, MembershipRow, SecondStepRow
from tests.accounts.apps import RECOVERY_CODE, Phone, Time, offered
from tests.accounts.people import NEW_PERSON, PASSWORD, count, give_password, is_signed_in, link
from tests.cast import Cast

NEW = "seven grey herons wait"


@dataclass
class Ben:
    """Ben with all that can be in his hands, and the browser that somebody tries it in."""

    app: Flask
    cast: Cast
    database: Database
    time: Time
    phone: Phone
    recovery: list[str]
    browser: FlaskClient

    def waits_for_code(self) -> None:
        """Somebody who knows the password: the browser stands at the page that asks for the code."""
        with self.database.transaction() as session:
            token = sign_ins.wait(session, self.cast.accounts["ben"], clock.now())
        with self.browser.session_transaction() as kept:
            kept.clear()
            kept["waiting"] = token

    def new_password(self) -> None:
        with self.database.transaction() as session:
            sign_in_actions.password_set(session, self.cast.accounts["ben"], "another hash", clock.now())


@pytest.fixture
def ben(app: Flask, cast: Cast, database: Database, monkeypatch: pytest.MonkeyPatch) -> Ben:
    time = Time(monkeypatch)
    give_password(cast, "ben")
    browser = cast.client("ben")
    seen = offered(browser)
    page = browser.post("/account/two-step", data=seen.form(seen.phone.shows(time.moment)))
    time.goes_on(minutes=1)
    return Ben(app, cast, database, time, seen.phone, RECOVERY_CODE.findall(page.text), app.test_client())


def a_link(purpose: Purpose) -> Callable[[Ben], str]:
    return lambda ben: link(ben.cast, purpose, clock.now(), person=None if purpose is Purpose.INVITE else "ben")


def a_session(ben: Ben) -> str:
    with ben.database.transaction() as session:
        return sign_ins.begin(session, ben.cast.accounts["ben"], clock.now())


def a_wait(ben: Ben) -> str:
    with ben.database.transaction() as session:
        return sign_ins.wait(session, ben.cast.accounts["ben"], clock.now())


def an_offer(ben: Ben) -> str:
    """The secret that a set-up page offered to a browser of Ben's which is signed in."""
    sealer = ben.app.extensions["svvoice"].sealer
    return two_step.offer(sealer, a_session(ben), ben.phone.secret)


KEYS: dict[str, Callable[[Ben], str]] = {
    "invitation": a_link(Purpose.INVITE),
    "sign-in link": a_link(Purpose.SIGN_IN),
    "reset link": a_link(Purpose.RESET),
    "session": a_session,
    "waiting sign-in": a_wait,
    "code of the app": lambda ben: ben.phone.shows(ben.time.moment),
    "recovery code": lambda ben: ben.recovery[0],
    "offered secret": an_offer,
}


def at_link(ben: Ben, key: str) -> bool:
    """`/join/…`: whether it did anything at all."""
    before = count(ben.database, AccountRow), count(ben.database, MembershipRow), password_of(ben)
    answer = ben.browser.post(f"/join/{key}", data={**NEW_PERSON, "password": NEW, "again": NEW})
    after = count(ben.database, AccountRow), count(ben.database, MembershipRow), password_of(ben)
    return answer.status_code != 404 or before != after or is_signed_in(ben.browser)


def at_session(ben: Ben, key: str) -> bool:
    with ben.browser.session_transaction() as kept:
        kept["token"] = key
    return is_signed_in(ben.browser)


def at_wait(ben: Ben, key: str) -> bool:
    """As the token of a browser that waits for its code: whether it is asked for one."""
    with ben.browser.session_transaction() as kept:
        kept["waiting"] = key
    return ben.browser.get("/sign-in/code").status_code == 200


def at_code(ben: Ben, key: str) -> bool:
    ben.waits_for_code()
    ben.browser.post("/sign-in/code", data={"code": key})
    return is_signed_in(ben.browser)


def at_password(ben: Ben, key: str) -> bool:
    ben.browser.post("/sign-in", data={"sign_in_name": "ben", "password": key})
    return is_signed_in(ben.browser) or ben.browser.get("/sign-in/code").status_code == 200


def at_off(ben: Ben, key: str) -> bool:
    cast_browser = ben.cast.client("ben")
    cast_browser.post("/account/two-step/off", data={"code": key})
    return count(ben.database, SecondStepRow) == 0


def at_set_up(ben: Ben, key: str) -> bool:
    """Ada's set-up page, with what is Ben's."""
    ada = ben.cast.client("ada")
    ada.post("/account/two-step", data={"offer": key, "code": ben.phone.shows(ben.time.moment)})
    return count(ben.database, SecondStepRow) == 2


DOORS: dict[str, Callable[[Ben, str], bool]] = {
    "link": at_link,
    "session": at_session,
    "wait": at_wait,
    "code": at_code,
    "password": at_password,
    "off": at_off,
    "set-up of somebody else": at_set_up,
}
FITS = {
    ("invitation", "link"),
    ("sign-in link", "link"),
    ("reset link", "link"),
    ("session", "session"),
    ("waiting sign-in", "wait"),
    ("code of the app", "code"),
    ("code of the app", "off"),
    ("recovery code", "code"),
    ("recovery code", "off"),
}


def password_of(ben: Ben) -> str | None:
    with ben.database.reading() as session:
        return session.execute(select(AccountRow.password_hash).where(AccountRow.sign_in_name == "ben")).scalar_one()


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("door", DOORS)
def test_each_key_opens_its_own_door_and_no_other(ben: Ben, key: str, door: str) -> None:
    assert DOORS[door](ben, KEYS[key](ben)) is ((key, door) in FITS)


USED = [pair for pair in sorted(FITS) if pair[0] not in {"session", "waiting sign-in"}]
"""What is used up by being used. A session goes on until it is signed out; a wait ends with its code."""


@pytest.mark.parametrize(("key", "door"), USED)
def test_after_use_nothing_opens_again(ben: Ben, key: str, door: str) -> None:
    held = KEYS[key](ben)
    DOORS[door](ben, held)
    ben.browser = ben.app.test_client()
    if door == "off":
        door = "code"  # the app is gone: there is nothing left to take away
        ben.waits_for_code()
    assert DOORS[door](ben, held) is False


def test_a_wait_ends_with_its_code_and_a_session_with_signing_out(ben: Ben) -> None:
    ben.waits_for_code()
    with ben.browser.session_transaction() as kept:
        waiting = kept["waiting"]
    ben.browser.post("/sign-in/code", data={"code": ben.phone.shows(ben.time.moment)})
    with ben.browser.session_transaction() as kept:
        session = kept["token"]
    ben.browser.post("/sign-out")
    ben.browser = ben.app.test_client()
    assert not at_wait(ben, waiting)
    assert not at_session(ben, session)


LASTS = {
    "invitation": timedelta(days=8),
    "sign-in link": timedelta(days=8),
    "reset link": timedelta(days=8),
    "session": timedelta(hours=12),
    "waiting sign-in": timedelta(minutes=10),
    "code of the app": timedelta(seconds=90),
}


@pytest.mark.parametrize(("key", "door"), [pair for pair in sorted(FITS) if pair[0] in LASTS])
def test_after_its_time_nothing_opens(ben: Ben, key: str, door: str) -> None:
    held = KEYS[key](ben)
    ben.time.goes_on(seconds=LASTS[key].total_seconds())
    assert DOORS[door](ben, held) is False


BOUND = {"sign-in link": "link", "reset link": "link", "session": "session", "waiting sign-in": "wait"}
"""What stands for the password. Invitations are for anybody; codes are the other step, and never enough alone."""


@pytest.mark.parametrize("key", BOUND)
def test_after_a_new_password_nothing_that_stood_for_the_old_one_opens(ben: Ben, key: str) -> None:
    held = KEYS[key](ben)
    ben.new_password()
    assert DOORS[BOUND[key]](ben, held) is False


@pytest.mark.parametrize("key", ["code of the app", "recovery code"])
def test_after_another_app_the_codes_of_the_old_one_are_worth_nothing(ben: Ben, key: str) -> None:
    browser = ben.cast.client("ben")
    browser.post("/account/two-step/off", data={"code": ben.recovery[9]})
    seen = offered(browser)
    assert browser.post("/account/two-step", data=seen.form(seen.phone.shows(ben.time.moment))).status_code == 200
    ben.time.goes_on(minutes=1)
    assert at_code(ben, KEYS[key](ben)) is False
    assert at_code(ben, seen.phone.shows(ben.time.moment)) is True


def test_an_offered_secret_ends_with_the_sign_in_that_it_was_shown_to(cast: Cast, ben: Ben) -> None:
    """An offer that was seen over a shoulder, or left in a tab, sets nothing up after signing in anew."""
    cat = cast.client("cat")
    seen = offered(cat)
    again = cast.client("cat")
    answer = again.post("/account/two-step", data=seen.form(seen.phone.shows(ben.time.moment)))
    assert (answer.status_code, count(ben.database, SecondStepRow)) == (303, 1)
    assert "Here is a new secret." in again.get("/account/two-step").text
    for forged in ("", "AAAA", "not base64 é", seen.offer[:-6] + "AAAAAA"):
        assert again.post("/account/two-step", data={"offer": forged, "code": "123456"}).status_code == 303


def test_tens_of_thousands_of_recovery_codes_do_not_repeat() -> None:
    made = [code for _ in range(1000) for code in codes.new_recovery_codes()]
    assert len(set(made)) == 10_000
    assert {letter for code in made for letter in code} == set(codes.LETTERS) | {"-"}


def test_the_right_password_still_signs_in_after_all_this(ben: Ben) -> None:
    """So that the refusals above are not refusals of everything."""
    assert at_password(ben, PASSWORD)
    ben.browser.post("/sign-in/code", data={"code": ben.phone.shows(ben.time.moment)})
    assert is_signed_in(ben.browser)
