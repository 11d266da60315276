"""A process that dies at any step of keeping an answer: the same request, sent again, keeps it exactly once."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from svvoice.answering import turns
from svvoice.store.database import Database
from svvoice.store.tables import AnswerRow, InboundMessageRow, ResponseRow
from tests.environment import ENVIRONMENT
from tests.faults.dying import Dying, Heard, Request, dying
from tests.faults.kills import fill
from tests.faults.people import ACTION, INBOUND, SLUG, TURN
from tests.people import H1, message_in, signature
from tests.publishing import document

pytestmark = pytest.mark.xdist_group("faults")

COMMIT = ("before the commit", "after the commit")
ANSWERS = {"near": ("no",), "change": ("Benches by the gate",)}
KEYWORD, FIRST, LAST = 0, 1, len(ANSWERS)


@pytest.fixture
def looking(address: str) -> Iterator[Database]:
    """The database as those see it who may look at everybody's rows."""
    database = Database(address)
    yield database
    database.close()


@pytest.fixture
def crashing(address: str) -> Iterator[Dying]:
    park = document("park")
    fill(address, {**park, "questions": [asked for asked in park["questions"] if asked["id"] in ANSWERS]})
    with dying(address) as process:
        yield process


def test_an_answer_from_a_page_survives_a_death_at_every_step(crashing: Dying, looking: Database) -> None:
    for place in (FIRST, LAST):
        usual = heading(crashing.ask(page_before(crashing, place)[0]))
        died_at = []
        for step in itertools.count(1):
            request, response_id = page_before(crashing, place)
            heard = crashing.ask(replace(request, die_at=step))
            if heard.status:
                break
            died_at.append(heard.step)
            assert heading(crashing.ask(request)) == usual, heard.step
            assert stored(looking, response_id) == expected(place), heard.step
        assert set(COMMIT) <= set(died_at)
        assert len(died_at) >= 6


def test_a_text_survives_a_death_at_every_step(crashing: Dying, looking: Database) -> None:
    for place in (KEYWORD, FIRST, LAST):
        usual = message_in(crashing.ask(text_before(crashing, place)).text)
        died_at = []
        for step in itertools.count(1):
            request = text_before(crashing, place)
            heard = crashing.ask(replace(request, die_at=step))
            if heard.status:
                break
            died_at.append(heard.step)
            again, and_again = crashing.ask(request).text, crashing.ask(request).text
            assert message_in(again) == usual, heard.step
            assert and_again == again, heard.step
            assert answers_by_text(looking, request) == expected(place), heard.step
        assert set(COMMIT) <= set(died_at)
        assert len(died_at) >= 6


def test_control_a_new_page_instead_of_the_same_one_would_count_somebody_twice(
    crashing: Dying, looking: Database
) -> None:
    request, _ = page_before(crashing, FIRST)
    steps = itertools.count(1)
    while crashing.ask(replace(request, die_at=next(steps))).step != COMMIT[1]:
        request, _ = page_before(crashing, FIRST)
    assert len(all_responses(looking)) == 1
    crashing.ask(page_before(crashing, FIRST)[0])
    assert len(all_responses(looking)) == 2


def page_before(crashing: Dying, place: int) -> tuple[Request, UUID]:
    """A new person who has filled in the page of this number and is about to send it."""
    page = crashing.ask(Request("GET", f"/s/{SLUG}/near?lang=en"))
    cookie = ""
    for number in itertools.count(1):
        signed = html.unescape(found(TURN, page))
        turn = turns.read(signed, SLUG, ENVIRONMENT["SECRET_KEY"])
        assert turn is not None
        body = urlencode({"turn": signed, "answer": ANSWERS[turn.question_id]}, doseq=True)
        request = Request("POST", html.unescape(found(ACTION, page)), body, cookie)
        if number == place:
            return request, turn.response_id
        page = crashing.ask(request)
        cookie = page.cookie or cookie
        if page.status == 303:
            page = crashing.ask(Request("GET", page.location, cookie=cookie))
    raise AssertionError("there is always a page")


def text_before(crashing: Dying, place: int) -> Request:
    """A new number's text of this place about to be delivered."""
    number = f"+4477009{uuid4().int % 10**5:05d}"
    words = ["PARK", *(value for values in ANSWERS.values() for value in values)]
    for earlier in words[:place]:
        assert crashing.ask(text(number, earlier)).status == 200
    return text(number, words[place])


def text(number: str, words: str) -> Request:
    form = {"MessageSid": f"SM{uuid4().hex}", "From": number, "To": ENVIRONMENT["TWILIO_FROM"], "Body": words}
    return Request("POST", INBOUND, urlencode(form), signature=signature(INBOUND, form))


def expected(place: int) -> dict[str, str]:
    return {question: "|".join(values) for question, values in list(ANSWERS.items())[:place]}


def stored(database: Database, response_id: UUID | None) -> dict[str, str | None]:
    with database.reading() as session:
        rows = session.execute(
            select(AnswerRow.question_id, AnswerRow.value).where(AnswerRow.response_id == response_id)
        )
        return {row.question_id: row.value for row in rows}


def answers_by_text(database: Database, request: Request) -> dict[str, str | None]:
    """The answers of the conversation that this text belongs to; the text itself must be kept exactly once."""
    sid = parse_qs(request.body)["MessageSid"][0]
    with database.reading() as session:
        of_text = select(InboundMessageRow.response_id).where(InboundMessageRow.message_sid == sid)
        response_id = session.execute(of_text).scalar_one()
    return stored(database, response_id)


def all_responses(database: Database) -> list[UUID]:
    with database.reading() as session:
        return list(session.execute(select(ResponseRow.id)).scalars())


def found(pattern: re.Pattern[str], page: Heard) -> str:
    match = pattern.search(page.text)
    assert match, page
    return match.group(1)


def heading(heard: Heard) -> tuple[int, str]:
    """What a person sees of a reply: where it leads, or what the page is headed."""
    title = H1.search(heard.text)
    return heard.status, heard.location or (title.group(1) if title else "")
