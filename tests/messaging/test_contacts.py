"""Numbers: sealed, found again, erased; STOP and START: a ledger that only grows."""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select

from svvoice.store import contacts, opt_outs
from svvoice.store.tables import (
    ContactRow,
    ConversationRow,
    InboundMessageRow,
    OptOutRow,
    OutboxRow,
    SurveyRow,
    SurveyVersionRow,
    TellBackRow,
)
from tests.messaging.people import NOON, OUR_NUMBER, Town

ANNA = "+447700900201"
BOB = "+447700900202"


def _say(town: Town, word: str, number: str = ANNA) -> None:
    contact = town.contact(number)
    write = opt_outs.stop if word == "stop" else opt_outs.start
    with town.database.transaction() as session:
        write(
            session,
            town.organisation_id,
            contact.phone_hash,
            word=word,
            source="sms",
            message_sid=None,
            now=town.clock.now(),
        )


def _stopped(town: Town, number: str = ANNA) -> bool:
    contact = town.contact(number)
    with town.database.reading() as session:
        return opt_outs.is_stopped(session, town.organisation_id, contact.phone_hash)


def _count(town: Town, table: type[Any]) -> int:
    with town.database.reading() as session:
        found = session.execute(
            select(func.count()).select_from(table).where(table.organisation_id == town.organisation_id)
        )
        return int(found.scalar_one())


def _conversation(town: Town, number: str) -> None:
    """An open conversation about a survey, a wish to be told, and a text that came in."""
    contact, survey_id, response_id = town.contact(number), uuid4(), uuid4()
    own = {"organisation_id": town.organisation_id}
    with town.database.transaction() as session:
        session.execute(
            insert(SurveyRow).values(
                **own, id=survey_id, slug=f"s-{survey_id.hex}", state="open", draft="{}", version=1, created_at=NOON
            )
        )
        session.execute(
            insert(SurveyVersionRow).values(
                **own,
                survey_id=survey_id,
                version=1,
                document="{}",
                content_hash="x",
                published_at=NOON,
                languages_read="[]",
            )
        )
        session.execute(
            insert(ConversationRow).values(
                **own,
                id=uuid4(),
                contact_id=contact.id,
                sender=OUR_NUMBER,
                survey_id=survey_id,
                version=1,
                response_id=response_id,
                state="open",
                turn=1,
                tries=0,
                gave_up=0,
                language="en",
                collector="PARK",
                heard_at=NOON,
                heard="",
                said_at=NOON,
                started_at=NOON,
            )
        )
        session.execute(
            insert(TellBackRow).values(**own, survey_id=survey_id, contact_id=contact.id, language="en", asked_at=NOON)
        )
        session.execute(
            insert(InboundMessageRow).values(
                **own,
                message_sid=f"SM{uuid4().hex}",
                contact_id=contact.id,
                sender=OUR_NUMBER,
                body="my secret",
                media=0,
                received_at=NOON,
                reading="answer",
                response_id=response_id,
                reply="thank you for your secret",
            )
        )


def test_the_same_number_is_the_same_contact_and_stands_nowhere_in_plain(town: Town) -> None:
    first, again, other = town.contact(ANNA), town.contact(ANNA), town.contact(BOB)
    assert first == again
    assert first.id != other.id
    with town.database.reading() as session:
        assert contacts.number_of(session, town.sealer, town.organisation_id, first.id) == ANNA
        assert contacts.by_id(session, town.organisation_id, first.id) == first
        sealed, phone_hash = session.execute(
            select(ContactRow.phone_sealed, ContactRow.phone_hash).where(
                ContactRow.organisation_id == town.organisation_id, ContactRow.id == first.id
            )
        ).one()
    assert b"900201" not in sealed
    assert "900201" not in phone_hash


def test_another_organisation_finds_nothing(town: Town) -> None:
    contact = town.contact(ANNA)
    other = Town(town.database, town.sealer, town.settings).found("+447700900143")
    with town.database.transaction() as session:
        assert contacts.number_of(session, town.sealer, other.organisation_id, contact.id) is None
        assert contacts.by_id(session, other.organisation_id, contact.id) is None
        contacts.erase(session, other.organisation_id, contact.id)
    assert town.contact(ANNA) == contact
    _say(town, "stop")
    assert (_stopped(town), _stopped(other)) == (True, False)


def test_two_first_texts_at_once_make_one_contact(town: Town) -> None:
    found: list[object] = []
    together = threading.Barrier(6)

    def find() -> None:
        together.wait(10)
        found.append(town.contact(ANNA))

    threads = [threading.Thread(target=find) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 6
    assert len(set(found)) == 1
    assert _count(town, ContactRow) == 1


def test_what_we_asked_and_the_language_are_kept_with_the_number(town: Town) -> None:
    contact = town.contact(ANNA)
    with town.database.transaction() as session:
        assert contacts.lock(session, town.organisation_id, contact.id) == (not town.database.is_sqlite)
        contacts.set_language(session, town.organisation_id, contact.id, "ur")
        contacts.set_pending(session, town.organisation_id, contact.id, "delete", NOON)
    asked = town.contact(ANNA)
    assert (asked.language, asked.pending, asked.pending_at) == ("ur", "delete", NOON)
    with town.database.transaction() as session:
        contacts.set_pending(session, town.organisation_id, contact.id, None, NOON)
    settled = town.contact(ANNA)
    assert (settled.pending, settled.pending_at) == (None, None)


def test_erasing_a_number_leaves_only_message_ids_and_the_word_stop(town: Town) -> None:
    for number in (ANNA, BOB):
        _conversation(town, number)
        town.queue(number, "news for you")
    _say(town, "stop")
    with town.database.transaction() as session:
        contacts.erase(session, town.organisation_id, town.contact(ANNA).id)
        left = session.execute(
            select(InboundMessageRow.body, InboundMessageRow.reply, InboundMessageRow.response_id).where(
                InboundMessageRow.organisation_id == town.organisation_id, InboundMessageRow.contact_id.is_(None)
            )
        ).all()
    assert [tuple(row) for row in left] == [("", "", None)]
    counts = [_count(town, table) for table in (ContactRow, ConversationRow, TellBackRow, OutboxRow)]
    assert counts == [1, 1, 1, 1]
    assert (_count(town, InboundMessageRow), _count(town, OptOutRow)) == (2, 1)
    assert _stopped(town)


def test_the_latest_word_holds_even_when_the_clock_stands_still_or_goes_back(town: Town) -> None:
    assert not _stopped(town)
    for word, stopped in (("stop", True), ("start", False), ("stop", True), ("stop", True), ("start", False)):
        _say(town, word)
        assert _stopped(town) is stopped
        town.clock.wait(seconds=-10)
    assert _count(town, OptOutRow) == 5


def test_stop_ends_open_conversations_and_cancels_waiting_texts_of_that_number_alone(town: Town) -> None:
    for number in (ANNA, BOB):
        _conversation(town, number)
        town.queue(number, number)
    _say(town, "stop")
    with town.database.reading() as session:
        states = session.execute(
            select(ConversationRow.contact_id, ConversationRow.state).where(
                ConversationRow.organisation_id == town.organisation_id
            )
        ).all()
    assert {row.contact_id: row.state for row in states} == {
        town.contact(ANNA).id: "stopped",
        town.contact(BOB).id: "open",
    }
    assert sorted(town.rows("body", "state")) == [(ANNA, "cancelled"), (BOB, "queued")]
    town.clock.wait(days=1)
    _say(town, "start")
    assert sorted(town.rows("body", "state")) == [(ANNA, "cancelled"), (BOB, "queued")]
