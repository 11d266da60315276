"""What an officer does to a survey that is being written: begin it, change it, bring an earlier state back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from svvoice.core.changes import of_versions, options_of_versions
from svvoice.core.document import from_json, to_json
from svvoice.core.drafting import NotDone, free_id
from svvoice.core.survey import Audience, Question, Survey
from svvoice.errors import NotFound
from svvoice.store import audit, drafts, surveys
from svvoice.store.database import Database, Session
from svvoice.store.drafts import SavedState, revision_of
from svvoice.store.surveys import SurveyRecord

Apply = Callable[[Survey], Survey | NotDone]

EVERYTHING = "*"
"""Touches the survey as a whole: any other change since then is in the way."""
NOTHING = ""
"""Takes nothing away, whatever others did meanwhile: a new question, a step up or down."""
OWN_WORDS = "survey:words"


@dataclass(frozen=True)
class Draft:
    """A survey as it stands in its draft, with what was ever published of it."""

    record: SurveyRecord
    survey: Survey
    revision: str
    published: Survey | None
    """The latest version; None before the first."""
    earlier: Mapping[str, Question]
    """Every question that any version held, as it stood last."""
    options_ever: Mapping[str, frozenset[str]]
    """The ids of all options that a question ever had in a version."""
    saved: SavedState | None

    @property
    def retired(self) -> frozenset[str]:
        return frozenset(self.earlier)


@dataclass(frozen=True)
class Saved:
    survey: Survey


@dataclass(frozen=True)
class Stale:
    """Somebody else changed the same thing since the form was made. Nothing was kept; this is what stands now."""

    draft: Draft


@dataclass(frozen=True)
class AddressTaken:
    slug: str


def look(database: Database, organisation_id: UUID, slug: str) -> Draft:
    """Raises NotFound for a survey that is not this organisation's."""
    with database.reading() as session:
        return _draft(session, organisation_id, slug)


def begin(
    database: Database, organisation_id: UUID, survey: Survey, what: str, by: UUID, now: datetime
) -> Saved | AddressTaken:
    """A new survey with this draft. An address that anybody has already is refused."""
    with database.transaction() as session:
        if surveys.slug_owner(session, survey.slug) is not None:
            return AddressTaken(survey.slug)
        surveys.keep_draft(session, organisation_id, slug=survey.slug, draft=to_json(survey), now=now, what=what, by=by)
        audit.note(session, organisation_id, action="survey.begun", subject=survey.slug, account_id=by, now=now)
    return Saved(survey)


def free_slug(database: Database, title: str) -> str:
    """An address made of the title that nobody has yet."""
    base = free_id(title, (), "survey").replace("_", "-").strip("-")
    with database.reading() as session:
        names = (base, *(f"{base}-{number}" for number in range(2, 10_000)))
        return next(name for name in names if surveys.slug_owner(session, name) is None)


def empty(slug: str, title: str, audience: Audience, languages: tuple[str, ...]) -> Survey:
    """A survey without questions."""
    return Survey(slug, languages[0], languages, {languages[0]: title}, (), audience=audience)


def copied(original: Survey, slug: str, title: str) -> Survey:
    """Everything of an earlier survey but its address, its keyword and its days."""
    words = {**original.title, original.default_language: title}
    return replace(original, slug=slug, title=words, keyword=None, opens=None, closes=None, version=0)


def change(
    database: Database,
    organisation_id: UUID,
    slug: str,
    *,
    revision: str,
    touches: str,
    apply: Apply,
    what: str,
    by: UUID,
    now: datetime,
) -> Saved | Stale | NotDone:
    """Applies a change to the draft as it stands, and keeps the new state.

    `revision` is the draft that the form was made from, `touches` a question's id or one of the names above: if
    that part is another one now, nothing is kept.
    """
    with database.transaction() as session:
        if drafts.lock_survey(session, organisation_id, slug) is None:
            raise NotFound(slug)
        draft = _draft(session, organisation_id, slug)
        if revision != draft.revision and _collides(session, organisation_id, draft, revision, touches):
            return Stale(draft)
        after = apply(draft.survey)
        if isinstance(after, NotDone):
            return after
        document = to_json(after)
        # A draft from before saved states were kept becomes the first of them.
        drafts.keep(
            session, organisation_id, draft.record.id, document=draft.record.draft, what="Before", by=None, now=now
        )
        surveys.keep_draft(session, organisation_id, slug=slug, draft=document, now=now, what=what, by=by)
        audit.note(session, organisation_id, action="survey.edited", subject=slug, account_id=by, now=now)
    return Saved(_remember(document, after))


def states(database: Database, organisation_id: UUID, slug: str) -> tuple[Draft, list[SavedState]]:
    with database.reading() as session:
        draft = _draft(session, organisation_id, slug)
        return draft, drafts.states(session, organisation_id, draft.record.id)


def state(database: Database, organisation_id: UUID, slug: str, number: int) -> tuple[Draft, Survey]:
    """The draft, and one of its saved states. Raises NotFound where there is none with this number."""
    with database.reading() as session:
        draft = _draft(session, organisation_id, slug)
        document = drafts.document_numbered(session, organisation_id, draft.record.id, number)
    if document is None:
        raise NotFound(str(number))
    return draft, read(document)


_READ: dict[str, Survey] = {}
_MOST_READ = 64


def read(document: str) -> Survey:
    """A kept document. Read once for each process: a survey is frozen, and the same letters are the same survey."""
    survey = _READ.get(document)
    return survey if survey is not None else _remember(document, from_json(document))


def _remember(document: str, survey: Survey) -> Survey:
    if len(_READ) >= _MOST_READ:
        _READ.clear()
    _READ[document] = survey
    return survey


def _draft(session: Session, organisation_id: UUID, slug: str) -> Draft:
    record = surveys.survey_called(session, organisation_id, slug)
    if record is None:
        raise NotFound(slug)
    versions = [read(text) for _, text in surveys.version_documents(session, organisation_id, record.id)]
    return Draft(
        record=record,
        survey=read(record.draft),
        revision=revision_of(record.draft),
        published=versions[-1] if versions else None,
        earlier=of_versions(versions),
        options_ever=options_of_versions(versions),
        saved=drafts.last_saved(session, organisation_id, record.id),
    )


def _collides(session: Session, organisation_id: UUID, draft: Draft, revision: str, touches: str) -> bool:
    """Whether the part that a form is about is another now than it was when the form was made."""
    if touches in {EVERYTHING, NOTHING}:
        return touches == EVERYTHING
    document = drafts.document_of(session, organisation_id, draft.record.id, revision)
    if document is None:
        return True
    then = read(document)
    if touches == OWN_WORDS:
        return replace(then, questions=()) != replace(draft.survey, questions=())
    return then.question(touches) != draft.survey.question(touches)
