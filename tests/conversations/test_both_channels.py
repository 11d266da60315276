"""The same people over web and over text leave the same answers."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from svvoice.store.database import Database
from svvoice.store.tables import AnswerRow, ResponseRow
from tests.cast import Cast
from tests.conftest import Hands
from tests.conversations.scripts import SCRIPTS, GoesBack, Says, Script, Skips, Speaks
from tests.people import TextPerson, WebPerson
from tests.publishing import document, publish


@pytest.fixture
def park(cast: Cast, database: Database) -> None:
    publish(database, cast.hillside, document("park"))


def over_web(script: Script, client: FlaskClient) -> None:
    person = WebPerson(client, script.survey, script.language)
    person.starts()
    for step in script.steps:
        match step:
            case Says(values, _, other):
                person.answers(*values, other=other)
            case Skips():
                person.skips()
            case GoesBack():
                person.goes_back()
            case Speaks(language):
                person.reads_in(language)
        assert person.page is not None
        assert person.page.status_code == 200, person.text


def over_text(script: Script, client: FlaskClient) -> None:
    person = TextPerson(client)
    assert person.texts(script.keyword)
    for step in script.steps:
        match step:
            case Says(_, text):
                person.texts(text)
            case Skips():
                person.texts("skip")
            case GoesBack():
                person.texts("back")
            case Speaks(_, text):
                person.texts(text)
        assert person.heard[-1], f"no reply to {step}"


def what_is_kept(database: Database, cast: Cast) -> tuple[str, str, dict[str, Any]]:
    with database.reading() as session:
        response = session.execute(
            select(ResponseRow.id, ResponseRow.status, ResponseRow.language).where(
                ResponseRow.organisation_id == cast.hillside
            )
        ).one()
        answers = session.execute(
            select(AnswerRow.question_id, AnswerRow.state, AnswerRow.value, AnswerRow.other, AnswerRow.on_path).where(
                AnswerRow.organisation_id == cast.hillside, AnswerRow.response_id == response.id
            )
        )
        kept = {question: (state, value, other, on_path) for question, state, value, other, on_path in answers}
    return response.status, response.language, kept


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
@pytest.mark.parametrize("over", [over_web, over_text])
def test_a_script_leaves_the_same_answers_on_both_channels(
    over: Any, script: Script, park: None, hands: Hands, client: FlaskClient, database: Database, cast: Cast
) -> None:
    over(script, client)
    assert what_is_kept(database, cast) == (script.status, script.ends_in, script.kept)
