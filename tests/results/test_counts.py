"""What the database counts, against the same people counted one by one."""

from __future__ import annotations

from collections import Counter
from itertools import product
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from svvoice.store import counts
from svvoice.store.counts import By, ByAnswer, Grouping, Tally
from svvoice.store.database import Database
from svvoice.store.tables import AnswerRow, ResponseRow
from tests.cast import Cast
from tests.results.park import FIRST_DAY, published

COUNTED = ("complete", "partial")
VALUES = {"first": ("yes", "no"), "likes": ("trees", "trees|pond", "none"), "age": ("young", "old"), "more": ("a", "b")}

Person = dict[str, str]
"""`status`, `channel`, `language`, and the answers that stand on the path, by question id."""


def people_answer(database: Database, organisation_id: UUID, survey_id: UUID, number: int) -> list[Person]:
    chance = Random(20260302)
    ours = {"organisation_id": organisation_id, "survey_id": survey_id}
    everyone, rows, said = [], [], []
    for _ in range(number):
        person = {
            "status": chance.choice(("complete", "partial", "test", "excluded")),
            "channel": chance.choice(("web", "sms")),
            "language": chance.choice(("en", "ur")),
        }
        response = uuid4()
        rows.append(
            {**ours, **person, "id": response, "version": 1, "collector": "", "started_at": FIRST_DAY}
            | {"submitted_at": FIRST_DAY if person["status"] == "complete" else None}
        )
        for question, values in VALUES.items():
            state, on_path = chance.choice(("answered", "answered", "skipped")), chance.random() < 0.8
            value = chance.choice(values) if state == "answered" else None
            answer = {"question_id": question, "state": state, "value": value, "on_path": on_path}
            said.append({**ours, **answer, "response_id": response, "answered_at": FIRST_DAY})
            if value is not None and on_path:
                person[question] = value
        everyone.append(person)
    with database.transaction() as session:
        session.connection().execute(insert(ResponseRow), rows)
        session.connection().execute(insert(AnswerRow), said)
    return everyone


def counted_one_by_one(everyone: list[Person], group: str | None) -> dict[str | None, Tally]:
    found: dict[str | None, dict[str, Counter[str]]] = {}
    for person, question in product(everyone, VALUES):
        if person["status"] in COUNTED and question in person:
            value = "" if question == "more" else person[question]
            of_group = found.setdefault(person.get(group) if group else None, {})
            of_group.setdefault(question, Counter())[value] += 1
    return {name: {question: dict(people) for question, people in of.items()} for name, of in found.items()}


@pytest.mark.parametrize(
    ("group_by", "field"), [(None, None), (By.CHANNEL, "channel"), (By.LANGUAGE, "language"), (ByAnswer("age"), "age")]
)
def test_every_question_and_group_is_counted(
    database: Database, cast: Cast, group_by: Grouping | None, field: str | None
) -> None:
    park = published(database, cast.hillside)
    elsewhere = published(database, cast.riverside, slug="river")
    everyone = people_answer(database, cast.hillside, park.survey_id, 200)
    people_answer(database, cast.riverside, elsewhere.survey_id, 50)

    with database.reading() as session:
        found = counts.count_all(
            session, cast.hillside, park.survey_id, statuses=COUNTED, written=("more",), group_by=group_by
        )

    assert found == counted_one_by_one(everyone, field)


def test_who_answered_is_counted_by_channel_and_language(database: Database, cast: Cast) -> None:
    park = published(database, cast.hillside)
    everyone = people_answer(database, cast.hillside, park.survey_id, 200)
    those = [person for person in everyone if person["status"] in COUNTED]

    with database.reading() as session:
        found = counts.who_answered(session, cast.hillside, park.survey_id, statuses=COUNTED)

    assert found.people == len(those)
    assert found.complete == sum(person["status"] == "complete" for person in those)
    assert found.by_channel == Counter(person["channel"] for person in those)
    assert found.by_language == Counter(person["language"] for person in those)
    assert (found.first, found.last) == (FIRST_DAY, FIRST_DAY)


def test_nobody_is_counted_where_nobody_answered(database: Database, cast: Cast) -> None:
    park = published(database, cast.hillside)
    with database.reading() as session:
        assert counts.count_all(session, cast.hillside, park.survey_id, statuses=COUNTED) == {}
        found = counts.who_answered(session, cast.hillside, park.survey_id, statuses=COUNTED)
    assert found == counts.WhoAnswered(0, 0, {}, {}, None, None)
