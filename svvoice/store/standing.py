"""Where somebody stands in a survey: its address, their response and what they said so far, found in one look.

Every page and most texts begin with it, so that it is one statement, made once for each database.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from svvoice.core.answers import Answer
from svvoice.core.survey import Survey
from svvoice.store.gathering import as_json_lists
from svvoice.store.responses import ANSWER_COLUMNS, RESPONSE_COLUMNS, Response, answers_from
from svvoice.store.surveys import ADDRESS_COLUMNS, Address, address_of, at_slug, with_id
from svvoice.store.tables import AnswerRow, ResponseRow, SurveyRow


@dataclass(frozen=True)
class Standing:
    """A survey's address, and the response that was looked for, if it is one of this survey's."""

    address: Address
    response: Response | None
    said: str | None
    """The answers as the database gathered them; `answers` reads them."""

    def answers(self, survey: Survey) -> dict[str, Answer]:
        """Everything said so far, by question id; answers to questions that this version does not have are left out."""
        return read(survey, self.said)


def read(survey: Survey, said: str | None) -> dict[str, Answer]:
    """Answers as the database gathered them, by question id."""
    return answers_from(survey, json.loads(said)) if said else {}


def by_slug(session: Session, slug: str) -> Standing | None:
    """A survey of which nobody has answered anything yet."""
    address = address_of(session, slug)
    return Standing(address, None, None) if address else None


def by_cookie(session: Session, slug: str, cookie_hash: str) -> Standing | None:
    """By the phone's cookie, however old it is."""
    connection = session.connection()
    values = {"slug": slug, "cookie": cookie_hash}
    return _standing(connection.execute(_by_cookie(connection.dialect.name), values).one_or_none())


def by_response(session: Session, slug: str, response_id: UUID) -> Standing | None:
    """By the response that a page itself names."""
    connection = session.connection()
    values = {"slug": slug, "response": response_id}
    return _standing(connection.execute(_by_response(connection.dialect.name), values).one_or_none())


def of_conversation(
    session: Session, organisation_id: UUID, survey_id: UUID, response_id: UUID
) -> tuple[Address, str | None] | None:
    """The survey's address, and what was said in this response as the database gathered it."""
    connection = session.connection()
    values = {"organisation": organisation_id, "survey": survey_id, "response": response_id}
    row = connection.execute(_of_conversation(connection.dialect.name), values).one_or_none()
    return (Address(*row[:-1]), row[-1]) if row else None


def _standing(row: Row[Any] | None) -> Standing | None:
    if row is None:
        return None
    values: Sequence[Any] = tuple(row)
    address = Address(*values[: len(ADDRESS_COLUMNS)])
    response = Response(*values[len(ADDRESS_COLUMNS) : -1]) if values[len(ADDRESS_COLUMNS)] is not None else None
    if response is None or response.survey_id != address.survey_id:
        return Standing(address, None, None)
    return Standing(address, response, values[-1])


@cache
def _by_cookie(dialect: str) -> Select[Any]:
    return _with_response(dialect, ResponseRow.cookie_hash == bindparam("cookie"))


@cache
def _by_response(dialect: str) -> Select[Any]:
    return _with_response(dialect, ResponseRow.id == bindparam("response"))


def _with_response(dialect: str, which: Any) -> Select[Any]:
    """The survey is not asked for beside the response, or a database may look through all the survey's responses."""
    said = _gathered(dialect).where(
        AnswerRow.organisation_id == ResponseRow.organisation_id, AnswerRow.response_id == ResponseRow.id
    )
    return at_slug(*ADDRESS_COLUMNS, *RESPONSE_COLUMNS, said.correlate(ResponseRow).scalar_subquery()).outerjoin(
        ResponseRow, (ResponseRow.organisation_id == SurveyRow.organisation_id) & which
    )


@cache
def _of_conversation(dialect: str) -> Select[Any]:
    said = _gathered(dialect).where(
        AnswerRow.organisation_id == bindparam("organisation"), AnswerRow.response_id == bindparam("response")
    )
    return with_id(*ADDRESS_COLUMNS, said.scalar_subquery())


def _gathered(dialect: str) -> Select[Any]:
    """A response's answers as one list: a row for each would bring survey and response along every time."""
    return select(as_json_lists(dialect, *ANSWER_COLUMNS))
