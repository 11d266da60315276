"""Thirty days after a survey closed no number, no tie and no word of a text is left; the answers are."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from svvoice.authoring import actions as authoring
from svvoice.messaging import retention
from svvoice.messaging.quiet import QuietSender
from svvoice.messaging.worker import Desk, work_once
from svvoice.settings import Settings
from svvoice.store import contacts, decisions, outbox, tell_backs
from svvoice.store.database import Database
from svvoice.store.outbox import State
from svvoice.store.sealing import Sealer
from svvoice.store.tables import (
    AnswerRow,
    ContactRow,
    ConversationRow,
    InboundMessageRow,
    OutboxRow,
    ResponseRow,
    SubmissionRow,
    TellBackRow,
)
from tests.cast import NUMBERS, Cast
from tests.conftest import Hands
from tests.people import TextPerson, WebPerson
from tests.publishing import document, publish

CANARY = "zebrasong"
TEXTER, LOST, WAITER = "+447700900301", "+447700900302", "+447700900303"


@pytest.fixture
def survey_id(cast: Cast, database: Database, hands: Hands) -> UUID:
    return publish(database, cast.hillside, document("park"))


@pytest.fixture
def answered(
    cast: Cast, database: Database, hands: Hands, app: Flask, sealer: Sealer, client: FlaskClient, survey_id: UUID
) -> None:
    """One answered by text, one by page, one texted what fits nothing, one left a number; then it closed."""
    texter = TextPerson(client, TEXTER)
    for words in ("PARK", f"{CANARY} one", "yes", "1"):
        texter.texts(words)
    TextPerson(client, LOST).texts(f"{CANARY} two")
    page = WebPerson(app.test_client(), "park")
    page.starts()
    page.answers("yes")
    page.answers("weekly")
    with database.transaction() as session:
        contact = contacts.find_or_make(session, sealer, cast.hillside, WAITER, hands.now())
        tell_backs.ask(session, cast.hillside, survey_id, contact.id, language="en", now=hands.now())
    authoring.close(database, cast.hillside, "park", cast.accounts["ada"], hands.now())


def count(database: Database, cast: Cast, table: Any, *conditions: Any) -> int:
    with database.reading() as session:
        found = select(func.count()).select_from(table).where(table.organisation_id == cast.hillside, *conditions)
        return session.execute(found).scalar_one()


def left(database: Database, cast: Cast) -> dict[str, int]:
    """Everything that has to go in time."""
    return {
        "ties": count(database, cast, ConversationRow),
        "numbers": count(database, cast, ContactRow, ContactRow.phone_sealed != b""),
        "wishes": count(database, cast, TellBackRow),
        "digests": count(database, cast, SubmissionRow),
        "cookies": count(database, cast, ResponseRow, ResponseRow.cookie_hash.is_not(None)),
        "words": count(database, cast, InboundMessageRow, (InboundMessageRow.body != "")),
        "replies": count(database, cast, InboundMessageRow, (InboundMessageRow.reply != "")),
        "whose": count(database, cast, InboundMessageRow, InboundMessageRow.contact_id.is_not(None)),
        "sent": count(database, cast, OutboxRow, (OutboxRow.body != "") | (OutboxRow.phone_hash != "")),
    }


NOTHING = dict.fromkeys(("ties", "numbers", "wishes", "digests", "cookies", "words", "replies", "whose", "sent"), 0)


@pytest.mark.usefixtures("answered")
def test_a_day_before_its_time_nothing_is_gone(cast: Cast, database: Database, hands: Hands) -> None:
    before = left(database, cast)
    hands.waits(days=29)
    assert not retention.tidy(database, hands.now()).anything
    assert left(database, cast) == before
    assert before["ties"] == 1
    assert before["numbers"] == 3
    assert min(before["digests"], before["cookies"], before["words"]) > 0


@pytest.mark.usefixtures("answered")
def test_after_thirty_days_only_who_waits_to_hear_is_left(cast: Cast, database: Database, hands: Hands) -> None:
    answers = count(database, cast, AnswerRow)
    hands.waits(days=31)
    gone = retention.tidy(database, hands.now())
    assert (gone.ties, gone.numbers, gone.tell_backs, gone.words_received) == (1, 2, 0, 5)
    assert left(database, cast) == {**NOTHING, "numbers": 1, "wishes": 1}
    assert count(database, cast, AnswerRow) == answers > 0
    assert not retention.tidy(database, hands.now()).anything


@pytest.mark.usefixtures("answered")
def test_a_text_that_comes_twice_is_known_even_without_its_words(
    cast: Cast, database: Database, hands: Hands, client: FlaskClient
) -> None:
    TextPerson(client, LOST).texts("hello", sid="SM-known")
    hands.waits(days=31)
    retention.tidy(database, hands.now())
    assert TextPerson(client, LOST).texts("hello", sid="SM-known") == ""
    assert count(database, cast, ContactRow, ContactRow.phone_sealed != b"") == 1  # the waiting one: none came back


@pytest.mark.usefixtures("answered")
def test_a_survey_that_opened_again_keeps_its_conversations(cast: Cast, database: Database, hands: Hands) -> None:
    authoring.reopen(database, cast.hillside, "park", cast.accounts["ada"], hands.now())
    hands.waits(days=31)
    retention.tidy(database, hands.now())
    now = left(database, cast)
    assert (now["ties"], now["words"]) == (1, 3)  # what the texter said explains the answers; the rest is gone
    assert now["digests"] > 0


def test_a_survey_with_a_last_day_is_over_thirty_days_after_it(
    cast: Cast, database: Database, hands: Hands, client: FlaskClient
) -> None:
    publish(database, cast.hillside, {**document("park"), "closes": "2026-02-10"})
    texter = TextPerson(client, TEXTER)
    for words in ("PARK", "yes"):
        texter.texts(words)
    hands.waits(days=38, hours=11)
    retention.tidy(database, hands.now())
    assert left(database, cast)["ties"] == 1
    hands.waits(hours=5)
    retention.tidy(database, hands.now())
    assert left(database, cast) == NOTHING


def _text_the_waiter(cast: Cast, database: Database, sealer: Sealer, hands: Hands, settings: Settings) -> UUID:
    decision_id = uuid4()
    with database.transaction() as session:
        contact = contacts.find_or_make(session, sealer, cast.hillside, WAITER, hands.now())
        outbox.queue(
            session,
            cast.hillside,
            contact_id=contact.id,
            phone_hash=contact.phone_hash,
            sender=NUMBERS["hillside"],
            cause_id=decision_id,
            language="en",
            body=f"{CANARY} three",
            due_at=hands.now(),
            now=hands.now(),
        )
    work_once(Desk(database, QuietSender(), sealer, settings, now=hands.now, pace=0.0))
    return decision_id


@pytest.mark.usefixtures("answered")
def test_a_number_that_was_told_goes_a_week_later_and_still_counts(
    cast: Cast, database: Database, sealer: Sealer, settings: Settings, hands: Hands
) -> None:
    hands.waits(days=40)
    decision_id = _text_the_waiter(cast, database, sealer, hands, settings)
    hands.waits(days=6)
    retention.tidy(database, hands.now())
    assert left(database, cast)["numbers"] == 1
    hands.waits(days=1)
    retention.tidy(database, hands.now())
    assert left(database, cast) == NOTHING
    with database.reading() as session:
        told = decisions.told_back(session, cast.hillside, [decision_id])[decision_id]
    assert told.texts == 1


@pytest.mark.usefixtures("answered")
def test_nobody_waits_longer_than_a_year(cast: Cast, database: Database, hands: Hands) -> None:
    hands.waits(days=364)
    retention.tidy(database, hands.now())
    assert left(database, cast)["wishes"] == 1
    hands.waits(days=2)
    retention.tidy(database, hands.now())
    assert left(database, cast) == NOTHING


@pytest.mark.usefixtures("answered")
def test_a_text_still_in_hand_keeps_its_number(
    cast: Cast, database: Database, sealer: Sealer, settings: Settings, hands: Hands
) -> None:
    hands.waits(days=364)
    _text_the_waiter(cast, database, sealer, hands, settings)
    with database.transaction() as session:
        session.execute(
            OutboxRow.__table__.update()  # type: ignore[attr-defined]
            .where(OutboxRow.organisation_id == cast.hillside)
            .values(state=State.UNKNOWN.value)
        )
    hands.waits(days=31)
    retention.tidy(database, hands.now())
    assert left(database, cast)["numbers"] == 1


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_somebody_who_texts_while_numbers_are_taken_away_keeps_theirs(
    cast: Cast, database: Database, sealer: Sealer, hands: Hands
) -> None:
    """PostgreSQL lets a text and the tidying run side by side: a number in use is passed over."""
    with database.transaction() as session:
        contact = contacts.find_or_make(session, sealer, cast.hillside, TEXTER, hands.now())
    hands.waits(days=31)
    with database.transaction() as session:
        contacts.lock(session, cast.hillside, contact.id)
        assert retention.tidy(database, hands.now()).numbers == 0
    assert retention.tidy(database, hands.now()).numbers == 1


def traces(folder: Path, wanted: bytes) -> list[str]:
    """Files of the database, its log included, in which these bytes stand: also in pages that are free."""
    return [path.name for path in folder.glob("svvoice.db*") if wanted in path.read_bytes()]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("answered")
def test_nothing_is_left_in_free_pages_of_the_file(
    cast: Cast, database: Database, sealer: Sealer, hands: Hands, tmp_path: Path, app: Flask
) -> None:
    with database.reading() as session:
        sealed = session.execute(
            select(ContactRow.phone_sealed, ContactRow.phone_hash).where(
                ContactRow.organisation_id == cast.hillside, ContactRow.phone_hash == sealer.hash(TEXTER)
            )
        ).one()
    wanted = (CANARY.encode(), bytes(sealed.phone_sealed), sealed.phone_hash.encode())
    assert all(traces(tmp_path, one) for one in wanted)
    hands.waits(days=31)
    retention.tidy(database, hands.now())
    assert [traces(tmp_path, one) for one in wanted] == [[], [], []]


@pytest.mark.usefixtures("answered")
def test_the_command_says_what_it_took_away(app: Flask, hands: Hands, cast: Cast, database: Database) -> None:
    hands.waits(days=31)
    done = app.test_cli_runner().invoke(args=["database", "tidy"])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Taken away: 1 ties between a number and answers, 2 numbers, 0 wishes to be told")
    assert left(database, cast)["ties"] == 0


@pytest.mark.usefixtures("survey_id")
def test_pages_of_many_responses_go_in_small_steps(
    cast: Cast, database: Database, hands: Hands, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        page = WebPerson(app.test_client(), "park")
        page.starts()
        page.answers("yes")
    authoring.close(database, cast.hillside, "park", cast.accounts["ada"], hands.now())
    hands.waits(days=31)
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    assert retention.tidy(database, hands.now()).pages == 5
    assert left(database, cast) == NOTHING


def test_a_step_is_done_until_it_finds_nothing_more(database: Database) -> None:
    steps = [3, 3, 1, 0]
    assert retention._in_steps(database, lambda _session: steps.pop(0), Event()) == 7


def test_tidying_goes_on_after_trouble_and_ends_when_told(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop, calls = Event(), []

    def fails(_database: Database, now: Any, _stop: Any) -> retention.Gone:
        calls.append(now)
        if len(calls) == 2:
            stop.set()
        raise ValueError("words of somebody")

    monkeypatch.setattr(retention, "tidy", fails)
    monkeypatch.setattr(retention, "EVERY", 0.01)
    retention.keep_tidying(database, stop, lambda: "now")  # type: ignore[arg-type, return-value]
    assert len(calls) == 2
    assert "ValueError" in caplog.text
    assert "words of somebody" not in caplog.text
