"""Responses and answers. Nothing here grows slower with the number of stored answers; nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from svvoice.core.answers import Answer, State, value_from, written
from svvoice.core.conversation import Turn
from svvoice.core.replies import PARSER_VERSION
from svvoice.core.survey import Survey
from svvoice.store.once import add_once
from svvoice.store.tables import AnswerRow, ResponseRow, SubmissionRow


@dataclass(frozen=True)
class Response:
    """One person's answering, without the answers."""

    organisation_id: UUID
    id: UUID
    survey_id: UUID
    version: int
    status: str
    channel: str
    language: str
    collector: str
    started_at: datetime
    submitted_at: datetime | None
    cookie_hash: str | None
    cookie_until: datetime | None

    def goes_on_with_cookie(self, now: datetime) -> bool:
        """Whether the cookie of its phone still lasts."""
        return self.cookie_until is not None and now < self.cookie_until


RESPONSE_COLUMNS = (
    ResponseRow.organisation_id,
    ResponseRow.id,
    ResponseRow.survey_id,
    ResponseRow.version,
    ResponseRow.status,
    ResponseRow.channel,
    ResponseRow.language,
    ResponseRow.collector,
    ResponseRow.started_at,
    ResponseRow.submitted_at,
    ResponseRow.cookie_hash,
    ResponseRow.cookie_until,
)
ANSWER_COLUMNS = (
    AnswerRow.question_id,
    AnswerRow.state,
    AnswerRow.value,
    AnswerRow.other,
    AnswerRow.raw,
    AnswerRow.rule,
)
# Made once, and run past the object mapper: for every page and text, either takes longer than the database does.
_BY_ID = select(*RESPONSE_COLUMNS).where(
    ResponseRow.organisation_id == bindparam("organisation"), ResponseRow.id == bindparam("response")
)

_LOCKED = (
    select(ResponseRow.id)
    .where(ResponseRow.organisation_id == bindparam("organisation"), ResponseRow.id == bindparam("response"))
    .with_for_update()
)
_FINISH = update(ResponseRow).where(
    ResponseRow.organisation_id == bindparam("organisation"),
    ResponseRow.id == bindparam("response"),
    ResponseRow.status.in_(("partial", "complete")),
)


def _upsert(statement: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    """Keeps an answer in the place of an earlier one to the same question."""
    changing = ("state", "value", "other", "raw", "rule", "parser", "on_path", "answered_at")
    return statement.on_conflict_do_update(
        index_elements=["organisation_id", "response_id", "question_id"],
        set_={name: statement.excluded[name] for name in changing},
    )


_KEEP_ANSWER = {"sqlite": _upsert(sqlite.insert(AnswerRow)), "postgresql": _upsert(postgresql.insert(AnswerRow))}


def response_by_id(session: Session, organisation_id: UUID, response_id: UUID) -> Response | None:
    row = session.connection().execute(_BY_ID, {"organisation": organisation_id, "response": response_id}).one_or_none()
    return Response(*tuple(row)) if row else None


def lock(session: Session, organisation_id: UUID, response_id: UUID) -> bool:
    """One change at a time to one response. Says whether another may have come before: then look again.
    (On SQLite the transaction itself is already alone.)"""
    if session.connection().dialect.name != "postgresql":
        return False
    session.connection().execute(_LOCKED, {"organisation": organisation_id, "response": response_id})
    return True


def start(
    session: Session,
    organisation_id: UUID,
    response_id: UUID,
    *,
    survey_id: UUID,
    version: int,
    channel: str,
    language: str,
    collector: str,
    cookie_hash: str | None,
    cookie_until: datetime | None,
    status: str = "partial",
    now: datetime,
) -> bool:
    """Makes the response unless it is there already (the same page sent twice at once). Says whether it is new."""
    values = {
        "organisation_id": organisation_id,
        "id": response_id,
        "survey_id": survey_id,
        "version": version,
        "status": status,
        "channel": channel,
        "language": language,
        "collector": collector,
        "started_at": now,
        "cookie_hash": cookie_hash,
        "cookie_until": cookie_until,
    }
    return add_once(session, ResponseRow, values)


def answers_from(survey: Survey, rows: Iterable[Sequence[Any]]) -> dict[str, Answer]:
    """Stored answers (ANSWER_COLUMNS), by question id; those to questions that this version does not have are left
    out."""
    found = {}
    for question_id, state, value, other, raw, rule in rows:
        question = survey.question(question_id)
        if question is not None:
            read = value_from(question, value) if value is not None else None
            found[question_id] = Answer(question_id, State(state), read, other, raw, rule)
    return found


def seen_submission(
    session: Session, organisation_id: UUID, response_id: UUID, submission_id: str, digest: str
) -> bool:
    """Keeps that this page was sent in; True where the same page with the same answer came before."""
    values = {
        "organisation_id": organisation_id,
        "response_id": response_id,
        "submission_id": submission_id,
        "digest": digest,
    }
    if add_once(session, SubmissionRow, values):
        return False
    where = (
        SubmissionRow.organisation_id == organisation_id,
        SubmissionRow.response_id == response_id,
        SubmissionRow.submission_id == submission_id,
    )
    if session.execute(select(SubmissionRow.digest).where(*where)).scalar_one() == digest:
        return True
    session.execute(update(SubmissionRow).where(*where).values(digest=digest))
    return False


def keep_answer(
    session: Session,
    organisation_id: UUID,
    response_id: UUID,
    survey_id: UUID,
    answer: Answer,
    now: datetime,
    on_path: bool = True,
) -> None:
    """Keeps an answer in the place of any earlier one to the same question."""
    values = {
        "state": answer.state.value,
        "value": written(answer.value) if answer.value is not None else None,
        "other": answer.other,
        "raw": answer.raw,
        "rule": answer.rule,
        "parser": PARSER_VERSION if answer.raw is not None else None,
        "on_path": on_path,
        "answered_at": now,
    }
    key = {"organisation_id": organisation_id, "response_id": response_id, "question_id": answer.question}
    connection = session.connection()
    connection.execute(_KEEP_ANSWER[connection.dialect.name], {**key, "survey_id": survey_id, **values})


def record(
    session: Session,
    organisation_id: UUID,
    response_id: UUID,
    survey_id: UUID,
    before: Mapping[str, Answer],
    turn: Turn,
    now: datetime,
) -> None:
    """Keeps a turn's answer, and which of the earlier answers count from now on. `before`: the answers until now."""
    if turn.answer is None:
        return
    counts = turn.answer.question in turn.on_path
    keep_answer(session, organisation_id, response_id, survey_id, turn.answer, now, on_path=counts)
    counted = {question for question in before if question in turn.counted_before}
    earlier = {question for question in before if question != turn.answer.question}
    set_on_path(
        session,
        organisation_id,
        response_id,
        on=sorted((earlier & turn.on_path) - counted),
        off=sorted((earlier - turn.on_path) & counted),
    )


def answered_since(session: Session, organisation_id: UUID, response_id: UUID, moment: datetime) -> set[str]:
    """The questions answered after this moment."""
    rows = session.execute(
        select(AnswerRow.question_id).where(
            AnswerRow.organisation_id == organisation_id,
            AnswerRow.response_id == response_id,
            AnswerRow.answered_at > moment,
        )
    )
    return set(rows.scalars())


def set_cookie(
    session: Session, organisation_id: UUID, response_id: UUID, cookie_hash: str, cookie_until: datetime
) -> None:
    """The phone that goes on with the response from now on."""
    session.execute(
        update(ResponseRow)
        .where(ResponseRow.organisation_id == organisation_id, ResponseRow.id == response_id)
        .values(cookie_hash=cookie_hash, cookie_until=cookie_until)
    )


def set_on_path(
    session: Session, organisation_id: UUID, response_id: UUID, on: Iterable[str], off: Iterable[str]
) -> None:
    """Marks the answers that count again and those on a branch that is no longer taken."""
    for questions, on_path in ((tuple(on), True), (tuple(off), False)):
        if questions:
            session.execute(
                update(AnswerRow)
                .where(
                    AnswerRow.organisation_id == organisation_id,
                    AnswerRow.response_id == response_id,
                    AnswerRow.question_id.in_(questions),
                )
                .values(on_path=on_path)
            )


def finish(session: Session, organisation_id: UUID, response_id: UUID, *, language: str, now: datetime | None) -> None:
    """The end was reached (`now`), or an answer before it was changed so that it is open again (None)."""
    where = {"organisation": organisation_id, "response": response_id}
    values = {"status": "complete" if now else "partial", "submitted_at": now, "language": language}
    session.connection().execute(_FINISH, {**where, **values})


def set_language(session: Session, organisation_id: UUID, response_id: UUID, language: str) -> None:
    session.execute(
        update(ResponseRow)
        .where(ResponseRow.organisation_id == organisation_id, ResponseRow.id == response_id)
        .values(language=language)
    )


def forget_cookie(session: Session, organisation_id: UUID, response_id: UUID) -> None:
    """The phone lets go of the response: nobody who picks it up next can see or change the answers."""
    session.execute(
        update(ResponseRow)
        .where(ResponseRow.organisation_id == organisation_id, ResponseRow.id == response_id)
        .values(cookie_hash=None, cookie_until=None)
    )


def erase(session: Session, organisation_id: UUID, response_id: UUID) -> None:
    """Takes a response and all its answers away."""
    for table in (SubmissionRow, AnswerRow):
        session.execute(delete(table).where(table.organisation_id == organisation_id, table.response_id == response_id))
    session.execute(
        delete(ResponseRow).where(ResponseRow.organisation_id == organisation_id, ResponseRow.id == response_id)
    )


@dataclass(frozen=True)
class MadeUp:
    """A response that nobody gave, for demonstrations and benchmarks."""

    id: UUID
    channel: str
    language: str
    collector: str
    started_at: datetime
    submitted_at: datetime | None
    answers: Mapping[str, Answer]
    on_path: frozenset[str]


def made_up(session: Session, organisation_id: UUID, survey_id: UUID, most: int) -> int:
    """How many made-up responses a survey has, counted no further than `most`."""
    rows = session.execute(
        select(ResponseRow.id)
        .where(
            ResponseRow.organisation_id == organisation_id,
            ResponseRow.survey_id == survey_id,
            ResponseRow.status == "test",
        )
        .limit(most)
    )
    return len(rows.all())


def add_made_up(
    session: Session, organisation_id: UUID, survey_id: UUID, version: int, people: Sequence[MadeUp]
) -> None:
    """Adds many made-up responses, all with the status `test`."""
    session.execute(
        insert(ResponseRow),
        [
            {
                "organisation_id": organisation_id,
                "id": person.id,
                "survey_id": survey_id,
                "version": version,
                "status": "test",
                "channel": person.channel,
                "language": person.language,
                "collector": person.collector,
                "started_at": person.started_at,
                "submitted_at": person.submitted_at,
                "cookie_hash": None,
                "cookie_until": None,
            }
            for person in people
        ],
    )
    session.execute(
        insert(AnswerRow),
        [
            {
                "organisation_id": organisation_id,
                "response_id": person.id,
                "survey_id": survey_id,
                "question_id": answer.question,
                "state": answer.state.value,
                "value": written(answer.value) if answer.value is not None else None,
                "other": answer.other,
                "raw": None,
                "rule": None,
                "parser": None,
                "on_path": answer.question in person.on_path,
                "answered_at": person.started_at,
            }
            for person in people
            for answer in person.answers.values()
        ],
    )
