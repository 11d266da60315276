"""Compares what people were told with what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text

from svvoice.store.database import Database
from svvoice.store.sealing import Sealer
from svvoice.store.tables import AnswerRow, ContactRow, ConversationRow, InboundMessageRow, ResponseRow
from tests.environment import ENVIRONMENT
from tests.faults.people import Told


@dataclass(frozen=True)
class Reckoning:
    """`lost`: told, but not stored so. `doubled`: stored more than once, or never sent by anybody."""

    lost: list[str]
    doubled: list[str]
    integrity: str


def reckon(database: Database, told: Told) -> Reckoning:
    stored = _answers(database)
    by_number = _responses_by_number(database)
    expected: dict[UUID, dict[str, str]] = dict(told.web)
    lost: list[str] = []
    doubled: list[str] = []
    for number, said in told.by_text.items():
        match by_number.get(Sealer(ENVIRONMENT["CONTACT_KEY"]).hash(number), []):
            case []:
                lost.append(f"the conversation of {number}")
            case [only]:
                expected[only] = said
            case [*several]:
                doubled.append(f"{len(several)} conversations of {number}")
    lost += [
        f"{question} of {response}"
        for response, said in expected.items()
        for question, value in said.items()
        if stored.get(response, {}).get(question) != value
    ]
    lost += _lost_texts(database, told)
    doubled += [f"response {response} of nobody" for response in _responses(database) if response not in expected]
    doubled += [
        f"{question} of {response}, never sent"
        for response, said in stored.items()
        for question in said
        if question not in expected.get(response, {})
    ]
    return Reckoning(lost, doubled, integrity(database))


def integrity(database: Database) -> str:
    """What SQLite says about its file; `ok` for PostgreSQL, which has no such question."""
    if not database.is_sqlite:
        return "ok"
    with database.reading() as session:
        return str(session.execute(text("PRAGMA integrity_check")).scalar_one())


def counts(database: Database) -> tuple[int, int, int]:
    """How many responses, answers and texts are stored."""
    with database.reading() as session:
        found = [
            session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (ResponseRow, AnswerRow, InboundMessageRow)
        ]
    return found[0], found[1], found[2]


def _rows(database: Database, *columns: Any) -> Iterable[Any]:
    with database.reading() as session:
        return session.execute(select(*columns)).all()


def _answers(database: Database) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for response, question, value in _rows(database, AnswerRow.response_id, AnswerRow.question_id, AnswerRow.value):
        found[response][question] = value
    return found


def _responses(database: Database) -> list[UUID]:
    return [row[0] for row in _rows(database, ResponseRow.id)]


def _responses_by_number(database: Database) -> dict[str, list[UUID]]:
    numbers = dict(tuple(row) for row in _rows(database, ContactRow.id, ContactRow.phone_hash))
    found: dict[str, list[UUID]] = defaultdict(list)
    for contact, response in _rows(database, ConversationRow.contact_id, ConversationRow.response_id):
        found[numbers[contact]].append(response)
    return found


def _lost_texts(database: Database, told: Told) -> list[str]:
    replies = dict(tuple(row) for row in _rows(database, InboundMessageRow.message_sid, InboundMessageRow.reply))
    return [f"text {sid}" for sid, reply in told.texts.items() if replies.get(sid) != reply]
