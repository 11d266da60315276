"""Guessing is slowed down in the database, for one account, for one network address and for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import select

from svvoice import clock
from svvoice.accounts import passwords, sign_in_actions, tries
from svvoice.accounts.outcomes import SignedIn, TooManyTries, WrongPassword
from svvoice.accounts.tries import Counter, counters
from svvoice.store import accounts
from svvoice.store.database import Database
from svvoice.store.tables import SignInAttemptRow
from tests.accounts.people import PASSWORD, count, give_password, notes, sign_in
from tests.cast import Cast

WRONG = "wrong password here"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hundreds of tries are counted here; how long one hash takes is tested in `test_signing_in.py`."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._stand_in.cache_clear()
    yield
    passwords._stand_in.cache_clear()


def guess(client: FlaskClient, name: str, times: int) -> list[int]:
    return [sign_in(client, name, WRONG).status_code for _ in range(times)]


@pytest.mark.parametrize("name", ["ben", "nobody"])
def test_after_ten_failed_tries_an_account_is_slowed_down_known_or_not(
    client: FlaskClient, cast: Cast, name: str
) -> None:
    give_password(cast, "ben")
    assert guess(client, name, 12) == [422] * 10 + [429] * 2
    slowed = sign_in(client, name)
    assert slowed.status_code == 429
    assert slowed.headers["Retry-After"] == "900"
    assert "Too many tries. Wait a quarter of an hour, then try again." in slowed.text


def test_others_go_on_and_nobody_is_locked_out_for_ever(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(cast, "ben")
    give_password(cast, "ada")
    start = clock.now()
    guess(client, "ben", 11)
    assert sign_in(client, "ada").status_code == 303
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=14))
    assert sign_in(client, "ben").status_code == 429
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=16))
    assert sign_in(client, "ben").status_code == 303


def test_tries_that_were_not_looked_at_do_not_lengthen_the_wait(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(cast, "ben")
    start = clock.now()
    guess(client, "ben", 10)
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=14))
    assert guess(client, "ben", 5) == [429] * 5
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=16))
    assert sign_in(client, "ben").status_code == 303


def test_signing_in_does_not_count_and_does_not_give_new_tries(client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")
    for _ in range(12):
        assert sign_in(client, "ben").status_code == 303
    assert guess(client, "ben", 9) == [422] * 9
    assert sign_in(client, "ben").status_code == 303
    assert guess(client, "ben", 2) == [422, 429]


def test_one_address_that_tries_many_names_is_slowed_down(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "PER_ADDRESS", 6)
    give_password(cast, "ben")

    def attempt(name: str, address: str, password: str = WRONG) -> int:
        data = {"sign_in_name": name, "password": password}
        return client.post("/sign-in", data=data, environ_base={"REMOTE_ADDR": address}).status_code

    assert [attempt(f"name{n}", "203.0.113.9") for n in range(8)] == [422] * 6 + [429] * 2
    assert attempt("ben", "203.0.113.9", PASSWORD) == 429
    assert attempt("ben", "203.0.113.10", PASSWORD) == 303


def test_many_addresses_together_are_slowed_down_too(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "EVERYWHERE", 5)
    answers = [
        client.post(
            "/sign-in",
            data={"sign_in_name": f"name{n}", "password": WRONG},
            environ_base={"REMOTE_ADDR": f"203.0.113.{n}"},
        ).status_code
        for n in range(7)
    ]
    assert answers == [422] * 5 + [429] * 2


def test_the_limits_are_ten_for_an_account_fifty_for_an_address_and_a_thousand_in_all() -> None:
    assert [counter.most for counter in counters("key", "ben", "203.0.113.9")] == [10, 50, 1000]
    assert timedelta(minutes=15) == tries.WINDOW


def test_a_whole_household_counts_as_one_address_and_no_other() -> None:
    def key(address: str) -> str:
        return counters("key", "ben", address)[1].key

    assert key("2001:db8:1:2::1") == key("2001:db8:1:2:ffff::9")
    assert key("2001:db8:1:2::1") != key("2001:db8:1:3::1")
    assert key("::ffff:203.0.113.9") == key("203.0.113.9") != key("203.0.113.10")
    assert key("") == key("")


def test_what_is_kept_tells_neither_name_nor_address_and_is_gone_after_the_window(
    client: FlaskClient, cast: Cast, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    guess(client, "secret-name", 2)
    with database.reading() as session:
        keys = set(session.execute(select(SignInAttemptRow.key)).scalars())
    assert len(keys) == 3
    assert all(len(key) == 64 or key == "everywhere" for key in keys)
    assert "secret-name" not in str(keys)
    assert "127.0.0.1" not in str(keys)
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    guess(client, "another", 1)
    assert count(database, SignInAttemptRow) == 3


def test_tries_at_the_same_moment_cannot_get_past_the_limit(cast: Cast, database: Database) -> None:
    give_password(cast, "ben")
    counted, now = (Counter("one account", 4),), clock.now()

    def attempt(_number: int) -> object:
        return sign_in_actions.sign_in(database, "ben", WRONG, counted, now)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(attempt, range(24)))
    assert outcomes.count(WrongPassword()) <= 4
    assert outcomes.count(WrongPassword()) + outcomes.count(TooManyTries()) == 24
    # Nobody who was slowed down left a mark: as many tries are kept as were really made.
    assert count(database, SignInAttemptRow) == outcomes.count(WrongPassword())


def test_a_password_changed_while_the_old_one_is_tried_lets_nobody_in(
    cast: Cast, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(cast, "ben")
    right = passwords.is_right

    def changed_meanwhile(kept: str | None, password: str) -> bool:
        answer = right(kept, password)
        with database.transaction() as session:
            accounts.set_password(session, cast.accounts["ben"], "another hash")
        return answer

    monkeypatch.setattr(passwords, "is_right", changed_meanwhile)
    outcome = sign_in_actions.sign_in(database, "ben", PASSWORD, counters("key", "ben", ""), clock.now())
    assert not isinstance(outcome, SignedIn)


def test_guessing_the_current_password_of_a_signed_in_browser_is_slowed_down(cast: Cast) -> None:
    give_password(cast, "ben")
    browser = cast.client("ben")
    new = {"password": "another four plain words", "again": "another four plain words"}
    answers = [browser.post("/account", data={"current": WRONG, **new}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert notes(cast.database, cast.hillside) == []
