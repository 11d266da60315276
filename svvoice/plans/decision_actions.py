"""Deciding: write it, look at it, publish it once, and tell everybody who asked to be told."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from uuid import UUID

from svvoice.core.decisions import DecisionProblem, decision_problems
from svvoice.core.survey import Language
from svvoice.errors import NotFound
from svvoice.plans.actions import By
from svvoice.plans.telling import About, language_for, languages_with_words, page_address, text_about
from svvoice.store import audit, decisions, findings, outbox, plans, senders, surveys, tell_backs
from svvoice.store.database import Database, Session
from svvoice.store.decisions import Decided, Decision, ToldBack
from svvoice.store.plans import Commitment
from svvoice.store.tell_backs import Waiting


@dataclass(frozen=True)
class Written:
    """The draft is kept; nobody has been told yet."""

    decision_id: UUID


@dataclass(frozen=True)
class NotReady:
    """Nothing was kept: what is missing in English, and languages that have only some of the words."""

    problems: tuple[DecisionProblem, ...]
    half_written: tuple[Language, ...]


@dataclass(frozen=True)
class Published:
    """It stands on the public page; so many texts wait to be sent."""

    texts: int


@dataclass(frozen=True)
class PublishedBefore:
    """Nothing changed."""


@dataclass(frozen=True)
class ChangedSince:
    """The words are not those that were looked at: nothing was published."""


@dataclass(frozen=True)
class Sample:
    """One text as it will be sent, and to how many people."""

    language: Language
    people: int
    body: str


@dataclass(frozen=True)
class Outlook:
    """A decision with everything that its own page says of it."""

    promise: Commitment
    decision: Decision
    told_back: ToldBack | None
    samples: tuple[Sample, ...]
    pages: tuple[str, ...]


def write(
    database: Database, organisation_id: UUID, commitment_id: UUID, decided: Decided, by: By
) -> Written | NotReady:
    """Keeps the draft of a decision. Raises NotFound where the promise is not the organisation's."""
    problems = decision_problems(decided.verdict, decided.reason.get("en", ""), decided.otherwise.get("en", ""))
    half = _half_written(decided)
    if problems or half:
        return NotReady(problems, half)
    with database.transaction() as session:
        if plans.commitment(session, organisation_id, commitment_id, alone=True) is None:
            raise NotFound(str(commitment_id))
        decision_id = decisions.write(session, organisation_id, commitment_id, decided, by=by.account_id, now=by.now)
        _note(session, organisation_id, "decision.written", decision_id, by)
    return Written(decision_id)


def draft(database: Database, organisation_id: UUID, commitment_id: UUID) -> tuple[Commitment, Decided | None]:
    """The promise, and the decision under it that is not published yet."""
    with database.reading() as session:
        promise = plans.commitment(session, organisation_id, commitment_id)
        kept = decisions.draft(session, organisation_id, commitment_id)
    if promise is None:
        raise NotFound(str(commitment_id))
    return promise, kept.decided if kept else None


def look_at(
    database: Database, organisation_id: UUID, commitment_id: UUID, decision_id: UUID, *, name: str, public_url: str
) -> Outlook:
    """`name`: the organisation's. Raises NotFound where the decision is not there."""
    with database.reading() as session:
        promise = plans.commitment(session, organisation_id, commitment_id)
        decision = _decision(session, organisation_id, commitment_id, decision_id)
        about = _surveys_behind(session, organisation_id, commitment_id)
        waiting = _waiting(session, organisation_id, about)
        told = decisions.told_back(session, organisation_id, [decision_id]).get(decision_id)
    if promise is None:
        raise NotFound(str(commitment_id))
    texts = [(language, body) for _, language, body in _texts(decision.decided, name, about, waiting, public_url)]
    samples = tuple(Sample(language, people, body) for (language, body), people in Counter(texts).items())
    pages = tuple(page_address(one, one.default_language, public_url) for one in about.values())
    return Outlook(promise, decision, told, samples, pages)


def publish(
    database: Database,
    organisation_id: UUID,
    commitment_id: UUID,
    decision_id: UUID,
    by: By,
    *,
    seen: str,
    name: str,
    public_url: str,
) -> Published | PublishedBefore | ChangedSince:
    """Puts the decision on the public page and queues a text to everybody who waits to hear, together or not at all."""
    with database.transaction() as session:
        plans.commitment(session, organisation_id, commitment_id, alone=True)
        decision = _decision(session, organisation_id, commitment_id, decision_id)
        if decision.published_at is not None:
            return PublishedBefore()
        if seen != digest(decision.decided):
            return ChangedSince()
        if not decisions.publish(session, organisation_id, decision_id, by.now):
            return PublishedBefore()
        about = _surveys_behind(session, organisation_id, commitment_id)
        waiting = _waiting(session, organisation_id, about)
        texts = _texts(decision.decided, name, about, waiting, public_url)
        queued = _queue(session, organisation_id, decision_id, texts, by)
        _note(session, organisation_id, "decision.published", decision_id, by)
    return Published(queued)


def digest(decided: Decided) -> str:
    """The same words give the same digest: so that only what was looked at is published."""
    return hashlib.sha256(json.dumps(asdict(decided), sort_keys=True).encode()).hexdigest()


def _half_written(decided: Decided) -> tuple[Language, ...]:
    begun = {*decided.heard, *decided.reason, *decided.otherwise}
    return tuple(sorted(begun - set(languages_with_words(decided)) - {"en"}))


def _decision(session: Session, organisation_id: UUID, commitment_id: UUID, decision_id: UUID) -> Decision:
    found = decisions.decision(session, organisation_id, decision_id)
    if found is None or found.commitment_id != commitment_id:
        raise NotFound(str(decision_id))
    return found


def _surveys_behind(session: Session, organisation_id: UUID, commitment_id: UUID) -> dict[UUID, About]:
    """The surveys whose findings are evidence under this promise."""
    evidence = findings.evidence_for(session, organisation_id, commitment_id)
    wanted = {one.finding.survey_id for one in evidence}
    about = {}
    for record in surveys.surveys_of(session, organisation_id):
        if record.id in wanted:
            survey = surveys.published(session, organisation_id, record.id, record.version)
            if survey is not None:
                about[record.id] = About(record.slug, survey.default_language, survey.languages)
    return about


def _waiting(session: Session, organisation_id: UUID, about: dict[UUID, About]) -> list[Waiting]:
    """Those who asked to hear; nobody where the organisation has no number to text from."""
    if not senders.numbers_of(session, organisation_id):
        return []
    return tell_backs.waiting(session, organisation_id, about)


Text = tuple[Waiting, Language, str]


def _texts(
    decided: Decided, name: str, about: dict[UUID, About], waiting: Iterable[Waiting], public_url: str
) -> list[Text]:
    texts = []
    for person in waiting:
        survey = about[person.survey_id]
        language = language_for(decided, person.language, survey)
        texts.append((person, language, text_about(decided, name, survey, language, public_url)))
    return texts


def _queue(session: Session, organisation_id: UUID, decision_id: UUID, texts: Iterable[Text], by: By) -> int:
    sender = next(iter(senders.numbers_of(session, organisation_id)), "")
    queued = 0
    for person, language, body in texts:
        queued += outbox.queue(
            session,
            organisation_id,
            contact_id=person.contact_id,
            phone_hash=person.phone_hash,
            sender=sender,
            cause_id=decision_id,
            language=language,
            body=body,
            due_at=by.now,
            now=by.now,
        )
    return queued


def _note(session: Session, organisation_id: UUID, action: str, decision_id: UUID, by: By) -> None:
    audit.note(
        session,
        organisation_id,
        action=action,
        subject=f"decision:{decision_id}",
        account_id=by.account_id,
        now=by.now,
    )
