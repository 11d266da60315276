"""Fills a database as years of use would: responses, their answers, and the pages and texts that brought them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, Text, cast, func, insert, literal, null, select
from sqlalchemy.orm import Session

from benchmarks.product import Product
from benchmarks.survey import OUR_NUMBER
from svvoice.example.seeding import seed
from svvoice.store import surveys
from svvoice.store.tables import (
    AnswerRow,
    Base,
    ContactRow,
    ConversationRow,
    InboundMessageRow,
    ResponseRow,
    SubmissionRow,
)

FROM = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
TO = datetime(2026, 6, 30, 21, 0, tzinfo=UTC)
_BATCH = 10_000
_REPLY = "Thank you. Next: how good is your street to live on? Reply with a number from 1 to 5."


def add_responses(product: Product, number: int) -> None:
    """Made-up responses, as the product's own seeding makes them."""
    with product.database.reading() as session:
        survey = surveys.published(session, product.organisation_id, product.survey_id, 1)
    assert survey is not None
    seed(product.database, product.organisation_id, product.survey_id, survey, number, FROM, TO)


def add_responses_until(product: Product, answers: int) -> int:
    """More responses until there are so many answers. Gives how many there are now."""
    while (there := count(product, AnswerRow)) < answers:
        add_responses(product, min(_BATCH, max(1, (answers - there) // 8)) + _uneven(product))
    return there


def add_traces(product: Product) -> None:
    """What came with the answers: a page sent in for each one from the web; number, conversation and texts else."""
    organisation = product.organisation_id
    with product.database.transaction() as session:
        _copy(session, SubmissionRow, _submissions(organisation))
        _copy(session, ContactRow, _contacts(organisation))
        _copy(session, ConversationRow, _conversations(organisation))
        _copy(session, InboundMessageRow, _texts(organisation))
    if product.database.is_sqlite:
        with product.database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")


def count(product: Product, table: type[Base]) -> int:
    with product.database.reading() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def _uneven(product: Product) -> int:
    """Seeding makes the same people for the same number: each batch is of another size."""
    return count(product, ResponseRow) % 997


def _copy(session: Session, into: type[Base], rows: Select[Any]) -> None:
    table = into.__table__
    assert isinstance(table, Table)
    session.connection().execute(insert(table).from_select([str(column.key) for column in rows.selected_columns], rows))


def _random(column: Any) -> Any:
    """Thirty-two random hexadecimal digits, which an id is."""
    return func.replace(cast(column, Text), "-", "", type_=Text())


def _said(organisation_id: UUID, channel: str, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(AnswerRow)
        .join(
            ResponseRow,
            (ResponseRow.organisation_id == AnswerRow.organisation_id) & (ResponseRow.id == AnswerRow.response_id),
        )
        .where(AnswerRow.organisation_id == organisation_id, ResponseRow.channel == channel)
    )


def _submissions(organisation_id: UUID) -> Select[Any]:
    return _said(
        organisation_id,
        "web",
        AnswerRow.organisation_id,
        AnswerRow.response_id,
        AnswerRow.question_id.label("submission_id"),
        _random(AnswerRow.response_id).label("digest"),
    )


def _texts(organisation_id: UUID) -> Select[Any]:
    return _said(
        organisation_id,
        "sms",
        AnswerRow.organisation_id,
        literal("SM").concat(_random(AnswerRow.response_id)).concat(AnswerRow.question_id).label("message_sid"),
        AnswerRow.response_id.label("contact_id"),
        literal(OUR_NUMBER).label("sender"),
        func.coalesce(AnswerRow.value, "skip").label("body"),
        literal(0).label("media"),
        AnswerRow.answered_at.label("received_at"),
        literal("answer").label("reading"),
        AnswerRow.response_id.label("response_id"),
        literal(_REPLY).label("reply"),
    )


def _by_text(organisation_id: UUID, *columns: Any) -> Select[Any]:
    return select(*columns).where(ResponseRow.organisation_id == organisation_id, ResponseRow.channel == "sms")


def _contacts(organisation_id: UUID) -> Select[Any]:
    return _by_text(
        organisation_id,
        ResponseRow.organisation_id,
        ResponseRow.id.label("id"),
        (_random(ResponseRow.id).concat(_random(ResponseRow.survey_id))).label("phone_hash"),
        literal(bytes(41)).label("phone_sealed"),
        ResponseRow.started_at.label("created_at"),
    )


def _conversations(organisation_id: UUID) -> Select[Any]:
    return _by_text(
        organisation_id,
        ResponseRow.organisation_id,
        ResponseRow.id.label("id"),
        ResponseRow.id.label("contact_id"),
        literal(OUR_NUMBER).label("sender"),
        ResponseRow.survey_id.label("survey_id"),
        ResponseRow.version.label("version"),
        ResponseRow.id.label("response_id"),
        literal("finished").label("state"),
        null().label("question_id"),
        literal(12).label("turn"),
        literal(0).label("tries"),
        literal(0).label("gave_up"),
        ResponseRow.language.label("language"),
        ResponseRow.collector.label("collector"),
        ResponseRow.started_at.label("heard_at"),
        (_random(ResponseRow.id).concat(_random(ResponseRow.survey_id))).label("heard"),
        ResponseRow.started_at.label("said_at"),
        ResponseRow.started_at.label("started_at"),
    )
