"""Exports need no more memory for many responses than for few."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, text

from svvoice import clock
from svvoice.results.exports import Format, begin_export
from svvoice.store.database import Database
from svvoice.store.tables import AnswerRow, ResponseRow
from tests.cast import Cast
from tests.results.park import FIRST_DAY, published

MANY = 20_000
MEGABYTE = 1024 * 1024


def many_people_answer(database: Database, organisation_id: UUID, survey_id: UUID) -> None:
    ours = {"organisation_id": organisation_id, "survey_id": survey_id}
    people, said = [], []
    for number in range(MANY):
        at, response = FIRST_DAY + timedelta(seconds=number), uuid4()
        way = {"status": "partial", "channel": "web", "language": "en", "collector": ""}
        people.append({**ours, **way, "id": response, "version": 1, "started_at": at})
        for question, value in (
            ("first", "yes"),
            ("likes", "trees|pond"),
            ("more", f"Answer {number} " + "long " * 20),
        ):
            answer = {"question_id": question, "state": "answered", "value": value, "on_path": True, "answered_at": at}
            said.append({**ours, **answer, "response_id": response})
    with database.transaction() as session:
        session.connection().execute(insert(ResponseRow), people)
        session.connection().execute(insert(AnswerRow), said)


@pytest.fixture
def people(database: Database, cast: Cast) -> Iterator[None]:
    """Many people, and none of them afterwards: PostgreSQL takes minutes to delete them one by one."""
    many_people_answer(database, cast.hillside, published(database, cast.hillside).survey_id)
    yield
    if not database.is_sqlite:
        with database.engine.begin() as connection:
            connection.execute(text("TRUNCATE responses CASCADE"))


@pytest.mark.usefixtures("people")
def test_twenty_thousand_responses_pass_through_a_few_megabytes(database: Database, cast: Cast) -> None:
    tracemalloc.start()
    try:
        export = begin_export(database, cast.hillside, "park", Format.CODE, None, None, clock.now())
        size = sum(len(piece) for piece in export.pieces)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert export.rows == MANY
    assert size > 3 * MEGABYTE
    assert peak < 8 * MEGABYTE
