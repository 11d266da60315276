"""What the plan's templates are given: small frozen objects made for the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from svvoice.core.evidence import Finding
from svvoice.store.decisions import ToldBack
from svvoice.store.plans import Plan, ProgressUpdate


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: `endpoint` and `values` say where, `late` colours it."""

    words: str
    link: str
    endpoint: str
    values: Mapping[str, object]
    late: bool = False


@dataclass(frozen=True)
class FindingLine:
    """A finding in a list: its sentence in two parts, how and when people answered, and when it was frozen."""

    id: UUID
    headline: str
    people: str
    reach: str
    kept_at: datetime
    as_frozen: bool
    """False where somebody has changed the stored document since: then nothing of it is shown."""


@dataclass(frozen=True)
class EvidenceLine:
    id: UUID
    direction: str
    label: str
    tag: str
    """The look of its tag: `good`, `con` or `plain`; and `mark`, the sign in it."""
    mark: str
    note: str
    finding: FindingLine
    answers: tuple[str, ...]


@dataclass(frozen=True)
class DecisionLine:
    """A published decision, in English."""

    id: UUID
    verdict: str
    label: str
    reason: str
    otherwise: str
    difference: str
    published_at: datetime
    told_back: ToldBack | None


@dataclass(frozen=True)
class PromiseScreen:
    id: UUID
    number: int
    words: str
    owner: str
    due: date
    answer_due: date | None
    status: str
    days_late: int
    """Days since people should have heard; 0 while there is time or a decision."""
    is_overdue: bool
    """The day by which it should be done has gone."""
    says: ProgressUpdate | None
    people: FindingLine | None
    evidence: tuple[EvidenceLine, ...]
    decisions: tuple[DecisionLine, ...]
    draft: UUID | None


@dataclass(frozen=True)
class OutcomeScreen:
    id: UUID
    statement: str
    informs: tuple[str, ...]
    promises: tuple[PromiseScreen, ...]


@dataclass(frozen=True)
class PlanScreen:
    plan: Plan | None
    others: tuple[Plan, ...]
    outcomes: tuple[OutcomeScreen, ...]
    next: NextStep | None
    promises: int
    decided: int
    waiting: int
    """Promises with evidence and without a published decision."""
    late: UUID | None
    """The promise that is late the longest: it has the filled button."""


@dataclass(frozen=True)
class ChoiceLine:
    value: str
    words: str
    number: str
    """"121 people", or why there is no number."""


@dataclass(frozen=True)
class FindingDraft:
    """The form with which a finding is made, and its sentence as it would be frozen."""

    slug: str
    survey: str
    question_id: str
    question: str
    answered: str
    may_be_made: bool
    not_a_choice: str
    """Why this question cannot become a finding at all; else empty."""
    sentence: str
    """As it would be frozen, once it has been looked at; `seen` is its hash."""
    seen: str
    problem: str


@dataclass(frozen=True)
class FindingScreen:
    """A frozen finding, whole."""

    id: UUID
    made_at: datetime
    finding: Finding | None
    """None where the stored document no longer fits its hash."""
    survey_title: str
    question_words: str
    """As it was asked last, in English where it was asked in English; empty with no finding."""
    content_hash: str
    promises: tuple[tuple[UUID, str], ...]
    """Promises that it may still be put under."""
    under: tuple[tuple[UUID, str, str], ...]
    """Promises that it stands under, with the direction."""


@dataclass(frozen=True)
class TextSample:
    language: str
    people: int
    body: str
    segments: int


@dataclass(frozen=True)
class DecisionWords:
    language: str
    heard: str
    reason: str
    otherwise: str


@dataclass(frozen=True)
class DecisionPreview:
    """A decision as people will read it, before it is published; `seen` is the digest of exactly these words."""

    id: UUID
    commitment_id: UUID
    promise: str
    words: tuple[DecisionWords, ...]
    """In each language that has them, English first."""
    verdict: str
    label: str
    difference: str
    seen: str
    published_at: datetime | None
    told_back: ToldBack | None
    texts: tuple[TextSample, ...]
    people: int
    pages: tuple[str, ...]
    """Addresses of the public pages on which it stands."""
