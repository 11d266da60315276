"""What residents do on a page: find the survey, answer, finish, hand the phone on, delete, ask to be told."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from svvoice.answering.turns import PageTurn, digest
from svvoice.core.answers import Answer
from svvoice.core.conversation import Chosen, Raw, Turn, Written, next_question, take_turn
from svvoice.core.survey import Audience, Question, Survey
from svvoice.errors import NotFound
from svvoice.language import choose
from svvoice.store import members, responses, senders, standing, surveys
from svvoice.store.database import Database, Session
from svvoice.store.responses import Response
from svvoice.store.standing import Standing
from svvoice.store.surveys import Address

COOKIE_LASTS = timedelta(days=7)
YOUNG_BREAK = timedelta(minutes=30)
"""After such a break an under-18 survey no longer shows what was answered before it: the phone may be shared."""


@dataclass(frozen=True)
class Place:
    """Where somebody stands in a survey."""

    address: Address
    survey: Survey
    response: Response | None
    answers: Mapping[str, Answer]
    shown: Mapping[str, Answer]
    """The answers that may be shown back."""

    @property
    def next(self) -> Question | None:
        return next_question(self.survey, self.answers)


@dataclass(frozen=True)
class Posted:
    """What a page's form brought: the values of `answer`, what stood beside "other", and whether "skip" was pressed."""

    values: tuple[str, ...]
    other: str = ""
    skipped: bool = False


@dataclass(frozen=True)
class Kept:
    """The answer is in; `place` is where the person stands now. `cookie` is new where the phone brought none."""

    place: Place
    cookie: str | None


@dataclass(frozen=True)
class LookAgain:
    """The answer does not fit, or belongs to another tab: nothing was kept."""

    place: Place
    question: Question
    problem: str
    """A code of `sentences.py`."""


@dataclass(frozen=True)
class NotTaking:
    """The survey does not take answers now: it has closed, or is not open yet."""

    address: Address
    survey: Survey
    has_closed: bool


def find_place(database: Database, slug: str, cookie: str | None, now: datetime) -> Place | NotTaking:
    """The survey at this address, and how far this phone has come. Raises NotFound."""
    with database.reading() as session:
        where = _standing(session, slug, cookie, None, now)
        if not where.address.takes_answers(now):
            return _not_taking(session, where.address, now)
        return _place(session, where, None, now)


def answer_on_web(
    database: Database,
    slug: str,
    turn: PageTurn,
    posted: Posted,
    cookie: str | None,
    wanted: Sequence[str],
    now: datetime,
) -> Kept | LookAgain | NotTaking:
    """Keeps one answer from a page; `wanted` are the languages asked for. Raises NotFound for what is not there."""
    with database.transaction() as session:
        where = _standing(session, slug, cookie, turn, now)
        if not where.address.takes_answers(now):
            return _not_taking(session, where.address, now)
        if responses.lock(session, where.address.organisation_id, turn.response_id):
            where = _standing(session, slug, cookie, turn, now)
        place = _place(session, where, turn.version, now)
        question = _question(place.survey, turn.question_id)
        if problem := _wrong_tab(place, turn):
            return LookAgain(place, question, problem)
        language = choose(wanted, place.survey.languages, _language(place))
        raw = raw_from(question, posted)
        taken = take_turn(place.survey, place.answers, question, raw, language, tries=0)
        if taken.problem is not None:
            return LookAgain(place, question, taken.problem.value)
        fresh = secrets.token_urlsafe(24) if cookie is None or place.response is None else None
        if _keep(session, place, turn, taken, posted, language, fresh, now):
            place = _moved(place, taken)
        if fresh is not None:
            begun = responses.response_by_id(session, place.address.organisation_id, turn.response_id)
            place = replace(place, response=begun)
    return Kept(place, fresh)


def raw_from(question: Question, posted: Posted) -> Raw:
    """Nothing chosen or typed, or "skip", passes the question over."""
    if posted.skipped:
        return Chosen(())
    if question.has_choices:
        return Chosen(posted.values, posted.other)
    return Written(posted.values[0]) if posted.values else Chosen(())


def finish(database: Database, slug: str, cookie: str | None, now: datetime) -> Address:
    """The phone lets go of the answers; they stay."""
    with database.transaction() as session:
        where = _standing(session, slug, cookie, None, now)
        if where.response is not None:
            responses.forget_cookie(session, where.address.organisation_id, where.response.id)
    return where.address


def delete_answers(database: Database, slug: str, turn: PageTurn, cookie: str | None, now: datetime) -> bool:
    """Takes this phone's answers away. Says whether there were any."""
    with database.transaction() as session:
        where = _standing(session, slug, cookie, turn, now)
        response = where.response
        if response is None or response.id != turn.response_id or response.cookie_hash is None:
            return False
        responses.erase(session, where.address.organisation_id, response.id)
    return True


def _wrong_tab(place: Place, turn: PageTurn) -> str | None:
    """A page of another tab, or of a person who has finished: its answer is shown again, never put into another's."""
    if place.response is None:
        return None
    if place.response.cookie_hash is None:
        return "someone_else"
    return "another_tab" if place.response.id != turn.response_id else None


def _keep(
    session: Session,
    place: Place,
    turn: PageTurn,
    taken: Turn,
    posted: Posted,
    language: str,
    fresh_cookie: str | None,
    now: datetime,
) -> bool:
    """Keeps the answer; False where this page came before with the same answer."""
    organisation_id, survey_id = place.address.organisation_id, place.address.survey_id
    cookie_hash = members.token_hash(fresh_cookie) if fresh_cookie else None
    if place.response is None:
        responses.start(
            session,
            organisation_id,
            turn.response_id,
            survey_id=survey_id,
            version=place.survey.version,
            channel="web",
            language=language,
            collector=turn.collector,
            cookie_hash=cookie_hash,
            cookie_until=now + COOKIE_LASTS,
            now=now,
        )
    elif cookie_hash:
        responses.set_cookie(session, organisation_id, turn.response_id, cookie_hash, now + COOKIE_LASTS)
    sent = digest(turn.question_id, *posted.values, posted.other, str(posted.skipped))
    if responses.seen_submission(session, organisation_id, turn.response_id, turn.submission_id, sent):
        return False
    responses.record(session, organisation_id, turn.response_id, survey_id, place.answers, taken, now)
    _note_progress(session, place, turn.response_id, taken, language, now)
    return True


def _note_progress(
    session: Session, place: Place, response_id: UUID, taken: Turn, language: str, now: datetime
) -> None:
    organisation_id = place.address.organisation_id
    was_finished = place.response is not None and place.response.submitted_at is not None
    is_finished = taken.next is None
    if is_finished != was_finished:
        responses.finish(session, organisation_id, response_id, language=language, now=now if is_finished else None)
    elif place.response is not None and place.response.language != language:
        responses.set_language(session, organisation_id, response_id, language)


def _moved(place: Place, taken: Turn) -> Place:
    if taken.answer is None:
        return place
    said = {taken.answer.question: taken.answer}
    return replace(place, answers={**place.answers, **said}, shown={**place.shown, **said})


def _language(place: Place) -> str:
    return place.response.language if place.response else place.survey.default_language


def _not_taking(session: Session, address: Address, now: datetime) -> NotTaking:
    not_yet = address.state == "open" and address.opens_at is not None and now < address.opens_at
    return NotTaking(address, _version(session, address, address.version), has_closed=not not_yet)


def _standing(session: Session, slug: str, cookie: str | None, turn: PageTurn | None, now: datetime) -> Standing:
    """Where somebody stands: by the phone's cookie, while it lasts, else by the page's own turn (for browsers that
    bring no cookie back). Raises NotFound."""
    found = standing.by_cookie(session, slug, members.token_hash(cookie)) if cookie else None
    if found is not None and found.response is not None and not found.response.goes_on_with_cookie(now):
        found = replace(found, response=None, said=None)
    if (found is None or found.response is None) and turn is not None:
        found = standing.by_response(session, slug, turn.response_id)
    elif found is None:
        found = standing.by_slug(session, slug)
    if found is None or found.address.version == 0:
        raise NotFound(slug)
    return found


def _version(session: Session, address: Address, version: int) -> Survey:
    survey = surveys.published(session, address.organisation_id, address.survey_id, version)
    if survey is None:
        raise NotFound(f"version {version}")
    return survey


def _question(survey: Survey, question_id: str) -> Question:
    question = survey.question(question_id)
    if question is None or not question.is_asked:
        raise NotFound(question_id)
    return question


def _place(session: Session, where: Standing, version: int | None, now: datetime) -> Place:
    """A person goes on with the version on which they began, whatever was published since."""
    address, response = where.address, where.response
    survey = _version(session, address, response.version if response else version or address.version)
    answers = where.answers(survey)
    shown: Mapping[str, Answer] = answers
    if response is not None and survey.audience is Audience.UNDER_18:
        recent = responses.answered_since(session, address.organisation_id, response.id, now - YOUNG_BREAK)
        shown = {question: answer for question, answer in answers.items() if question in recent}
    return Place(address, survey, response, answers, shown)


def number_to_text(database: Database, organisation_id: UUID) -> str | None:
    """The organisation's own number, for people who would rather text."""
    with database.reading() as session:
        return next(iter(senders.numbers_of(session, organisation_id)), None)
