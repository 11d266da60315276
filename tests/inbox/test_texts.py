"""Texts that need a person are seen by editors, without a number, until somebody marks them; and how texting stands."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from svvoice.store import audit, contacts, outbox
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer
from svvoice.store.tables import OutboxRow
from tests.cast import NUMBERS, Cast
from tests.conftest import Hands
from tests.people import TextPerson
from tests.publishing import document, publish

ROBIN = "+447700900311"
WORDS = "is the zebra <b>pond</b> open?"
TEXTS = "/o/hillside/texts"
HEALTH = "/o/hillside/health"


@pytest.fixture
def robin(client: FlaskClient, cast: Cast, hands: Hands) -> TextPerson:
    return TextPerson(client, ROBIN)


def page(browser: FlaskClient, address: str = TEXTS) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def ids(text: str) -> list[str]:
    return re.findall(r'name="text" value="([^"]+)"', text)


def queue(cast: Cast, database: Database, sealer: Sealer, hands: Hands, **changed: Any) -> UUID:
    """A text of Hillside's to Robin, as it may come to be."""
    cause, now = uuid4(), hands.now()
    with database.transaction() as session:
        contact = contacts.find_or_make(session, sealer, cast.hillside, ROBIN, now)
        outbox.queue(
            session,
            cast.hillside,
            contact_id=contact.id,
            phone_hash=contact.phone_hash,
            sender=NUMBERS["hillside"],
            cause_id=cause,
            language="cy",
            body="We decided: more trees.",
            due_at=now,
            now=now,
        )
        session.execute(
            update(OutboxRow)
            .where(OutboxRow.organisation_id == cast.hillside, OutboxRow.cause_id == cause)
            .values({"attempts": 0, **changed})
        )
    return cause


def noted(cast: Cast, database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(event.action, event.subject) for event in audit.events(session, cast.hillside)]


def test_a_text_that_belonged_to_nothing_is_shown_without_its_number(cast: Cast, robin: TextPerson) -> None:
    robin.texts(WORDS)
    shown = page(cast.client("ben"))
    assert "is the zebra &lt;b&gt;pond&lt;/b&gt; open?" in shown
    assert "2 February 2026" in shown
    assert "07700\N{NO-BREAK SPACE}900142" in shown
    assert "900311" not in shown.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")


def test_reading_people_s_words_is_noted_and_an_empty_page_is_not(
    cast: Cast, database: Database, robin: TextPerson
) -> None:
    assert "There are none." in page(cast.client("ben"))
    assert noted(cast, database) == []
    robin.texts(WORDS)
    page(cast.client("ben"))
    assert noted(cast, database) == [("texts.read", "unplaced")]


def test_a_text_marked_as_seen_leaves_the_list_and_the_log_has_who(
    cast: Cast, database: Database, robin: TextPerson
) -> None:
    robin.texts(WORDS, sid="SM-one")
    robin.texts("and the swans?", sid="SM-two")
    ben = cast.client("ben")
    for _ in range(2):  # twice is once
        answer = ben.post(f"{TEXTS}/seen", data={"text": "SM-one"})
        assert (answer.status_code, answer.headers["Location"]) == (303, TEXTS)
    assert ids(page(ben)) == ["SM-two"]
    with database.reading() as session:
        events = [event for event in audit.events(session, cast.hillside) if event.action == "text.seen"]
    assert [(event.subject, event.account_id) for event in events] == [("SM-one", cast.accounts["ben"])]


def test_another_organisations_text_cannot_be_marked(cast: Cast, database: Database, robin: TextPerson) -> None:
    robin.texts(WORDS, sid="SM-one")
    assert cast.client("sam").post("/o/riverside/texts/seen", data={"text": "SM-one"}).status_code == 404
    assert cast.client("ben").post(f"{TEXTS}/seen").status_code == 404
    assert ids(page(cast.client("ben"))) == ["SM-one"]
    assert WORDS[:12] not in page(cast.client("sam"), "/o/riverside/texts")


def test_a_viewer_reads_no_texts_but_sees_how_texting_stands(cast: Cast, robin: TextPerson) -> None:
    robin.texts(WORDS)
    cat = cast.client("cat")
    assert cat.get(TEXTS).status_code == 403
    assert re.search(r"belonged to nothing, not marked as seen</th><td>1<", page(cat, HEALTH))


def test_answers_and_commands_are_not_on_the_list(cast: Cast, robin: TextPerson) -> None:
    robin.texts("HELP")
    robin.texts("STOP")
    assert ids(page(cast.client("ben"))) == []


def test_a_text_is_on_the_list_for_thirty_days(cast: Cast, robin: TextPerson, hands: Hands) -> None:
    robin.texts(WORDS)
    hands.waits(days=29)
    assert len(ids(page(cast.client("ben")))) == 1
    hands.waits(days=1)
    assert ids(page(cast.client("ben"))) == []


def test_our_texts_in_doubt_are_shown_until_seen(cast: Cast, database: Database, sealer: Sealer, hands: Hands) -> None:
    queue(cast, database, sealer, hands, state="needs_a_look", attempts=2)
    queue(cast, database, sealer, hands, state="accepted", attempts=1)
    ben = cast.client("ben")
    shown = page(ben)
    assert "We decided: more trees." in shown
    (text,) = ids(shown)
    ben.post(f"{TEXTS}/seen", data={"text": text})
    assert ids(page(ben)) == []
    assert ("text.seen", text) in noted(cast, database)


def test_health_is_quiet_while_no_text_is_late(cast: Cast, database: Database, sealer: Sealer, hands: Hands) -> None:
    assert "No text is late." in page(cast.client("cat"), HEALTH)
    queue(cast, database, sealer, hands)
    hands.waits(minutes=9)
    shown = page(cast.client("cat"), HEALTH)
    assert "No text is late." in shown
    assert "due and not sent</th><td>1, the oldest since 2 February 2026, 10:0" in shown
    assert "Never yet" in shown


def test_health_turns_red_when_a_text_has_waited_too_long(
    cast: Cast, database: Database, sealer: Sealer, hands: Hands
) -> None:
    queue(cast, database, sealer, hands)
    hands.waits(minutes=11)
    shown = page(cast.client("cat"), HEALTH)
    assert 'class="note bad"' in shown
    assert "Texts do not go out." in shown
    assert "No text is late." not in shown


def test_health_says_what_the_provider_says(cast: Cast, database: Database, sealer: Sealer, hands: Hands) -> None:
    queue(cast, database, sealer, hands, error_code=20003, due_at=hands.moment.replace(hour=23))
    shown = page(cast.client("cat"), HEALTH)
    assert "Texts are held back." in shown
    assert "The provider says 20003" in shown


def test_health_counts_texts_in_doubt_and_when_one_was_handled(
    cast: Cast, database: Database, sealer: Sealer, hands: Hands
) -> None:
    queue(cast, database, sealer, hands, state="unknown", attempts=1)
    queue(cast, database, sealer, hands, state="needs_a_look", attempts=2)
    shown = page(cast.client("cat"), HEALTH)
    assert "looked up at the provider</th><td>1<" in shown
    assert "may not have arrived</th><td>1<" in shown
    assert "last handled</th><td>2 February 2026, 10:00" in shown


def test_the_home_page_leads_there(cast: Cast, database: Database, hands: Hands) -> None:
    publish(database, cast.hillside, document("park"))
    assert f'href="{TEXTS}"' in page(cast.client("ben"), "/o/hillside/")
    assert f'href="{TEXTS}"' not in page(cast.client("cat"), "/o/hillside/")
    assert f'href="{HEALTH}"' in page(cast.client("cat"), "/o/hillside/")
