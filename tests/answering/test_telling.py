"""Five numbers an hour may be left from one network address; the address itself is kept nowhere."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from svvoice.application import create_app
from svvoice.messaging import retention
from svvoice.store import sign_ins
from svvoice.store.database import Database
from svvoice.store.tables import SignInAttemptRow, TellBackRow
from tests.cast import Cast
from tests.conftest import Hands
from tests.people import WebPerson
from tests.publishing import document, publish

FULL = "Too many numbers came from here in the last hour. Please try again later."
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def turn(cast: Cast, database: Database, hands: Hands, client: FlaskClient) -> str:
    """The turn of somebody who has answered: with it numbers can be left."""
    publish(database, cast.hillside, document("park"))
    person = WebPerson(client, "park")
    person.starts()
    return person.turn


def leave(app: Flask, turn: str, number: str, whence: str = "198.51.100.7", forwarded: str = "") -> tuple[int, str]:
    """A browser of its own, at this network address, leaves a number."""
    answer = app.test_client().post(
        "/s/park/tell-me",
        data={"turn": turn, "phone": number},
        environ_base={"REMOTE_ADDR": whence},
        headers={"X-Forwarded-For": forwarded} if forwarded else {},
    )
    return answer.status_code, answer.get_data(as_text=True)


def number(at: int) -> str:
    return f"07700 9004{at:02}"


def waiting(database: Database, cast: Cast) -> int:
    with database.reading() as session:
        found = select(func.count()).select_from(TellBackRow).where(TellBackRow.organisation_id == cast.hillside)
        return session.execute(found).scalar_one()


def counted(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.execute(select(SignInAttemptRow.key)).scalars())


def test_the_sixth_number_of_an_hour_is_not_taken(app: Flask, turn: str, cast: Cast, database: Database) -> None:
    assert [leave(app, turn, number(at))[0] for at in range(5)] == [200] * 5
    status, page = leave(app, turn, number(5))
    assert status == 422
    assert FULL in page
    assert waiting(database, cast) == 5


def test_ten_thousand_numbers_in_a_row_would_be_five_an_hour(
    app: Flask, turn: str, cast: Cast, database: Database, hands: Hands
) -> None:
    for at in range(40):  # within twenty minutes of this clock
        leave(app, turn, number(at))
    assert waiting(database, cast) == 5


def test_an_hour_later_and_from_elsewhere_numbers_are_taken(
    app: Flask, turn: str, cast: Cast, database: Database, hands: Hands
) -> None:
    for at in range(6):
        leave(app, turn, number(at))
    assert leave(app, turn, number(6), "198.51.100.8")[0] == 200
    hands.waits(minutes=61)
    assert leave(app, turn, number(7))[0] == 200
    assert waiting(database, cast) == 7


def test_the_same_number_again_counts_once(app: Flask, turn: str, database: Database) -> None:
    assert [leave(app, turn, number(1))[0] for _ in range(8)] == [200] * 8
    assert len(counted(database)) == 1


def test_a_household_has_many_new_addresses_and_one_count(
    app: Flask, turn: str, cast: Cast, database: Database
) -> None:
    for at in range(7):
        leave(app, turn, number(at), f"2001:db8:1:2::{at + 1}")
    assert waiting(database, cast) == 5


def test_people_whose_address_nobody_knows_are_not_counted_together(
    app: Flask, turn: str, cast: Cast, database: Database
) -> None:
    for at in range(7):
        leave(app, turn, number(at), "127.0.0.1", forwarded=f"198.51.100.{at}")
    assert waiting(database, cast) == 7
    assert counted(database) == []


def test_behind_a_proxy_that_the_settings_name_its_word_counts(
    environment: dict[str, str], turn: str, cast: Cast, database: Database
) -> None:
    app = create_app({**environment, "TRUSTED_PROXIES": "1"})
    for at in range(7):
        leave(app, turn, number(at), "127.0.0.1", forwarded=f"10.9.9.{at}, 198.51.100.7")  # the first is made up
    app.extensions["svvoice"].database.close()
    assert waiting(database, cast) == 5


def test_the_address_is_kept_nowhere_and_its_hash_for_an_hour(
    app: Flask, turn: str, database: Database, hands: Hands, tmp_path: Path
) -> None:
    leave(app, turn, number(1), "198.51.100.77")
    (key,) = counted(database)
    assert "198.51" not in key
    assert not [path for path in tmp_path.glob("svvoice.db*") if b"198.51.100.77" in path.read_bytes()]
    with database.transaction() as session:
        sign_ins.forget_tries(session, hands.now() - timedelta(minutes=15))
    hands.waits(minutes=30)
    assert counted(database) == [key]  # somebody who signs in does not set the count back
    hands.waits(minutes=30)
    retention.tidy(database, hands.now())
    assert counted(database) == []


@pytest.mark.parametrize("language", ["en", "cy", "pl", "ur"])
def test_the_number_in_the_sentence_stays_on_one_line(app: Flask, turn: str, language: str) -> None:
    answer = app.test_client().post(f"/s/park/tell-me?lang={language}", data={"turn": turn, "phone": "12"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f"07700{NBSP}900123" in page
    assert "07700 900123" not in page.replace(f"07700{NBSP}900123", "")
