"""Answers as files: who took them is noted first, then they are streamed and checked while they are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from svvoice.core.codebook import codebook
from svvoice.core.export import Column, columns, encode, header, order_of_rows, promised_anonymous
from svvoice.core.export_checks import ExportChecks, Fault
from svvoice.core.export_rows import ENGLISH, Labels, RowOf, code_row, label_header, label_row
from svvoice.core.safe_cells import Touched
from svvoice.core.survey import Survey
from svvoice.errors import SvvoiceError
from svvoice.language import speech
from svvoice.results.actions import published_survey
from svvoice.store import audit, counts, exporting
from svvoice.store.database import Database, Session
from svvoice.store.moment import hold_still

EXPORTED = "responses.exported"
FAILED = "responses.export_failed"

LATELY = timedelta(hours=1)


class Format(StrEnum):
    CODE = "csv"
    LABELS = "csv-labels"
    CODEBOOK = "codebook"


class ExportFailed(SvvoiceError):
    """The file does not hold what is stored; it must not be used."""


FAULTS: Mapping[Fault, str] = {
    Fault.ROWS: "The file does not have as many rows as there are responses.",
    Fault.TICKS: "The file does not have as many ticks as choices were made.",
    Fault.COLUMNS: "A row of the file is not as long as its header.",
}


@dataclass
class Export:
    """A file on its way. Its numbers grow while the pieces are taken; `rows` counts responses."""

    format: Format
    slug: str
    language: str
    expected: Mapping[str, int]
    """Responses by status when the export began."""
    rows: int = 0
    touched: Touched = field(default_factory=Touched)
    pieces: Iterator[bytes] = field(default_factory=lambda: iter(()))

    @property
    def file_name(self) -> str:
        match self.format:
            case Format.CODE:
                return f"{self.slug}-responses.csv"
            case Format.LABELS:
                return f"{self.slug}-responses-{self.language}.csv"
            case Format.CODEBOOK:
                return f"{self.slug}-codebook.csv"


def begin_export(
    database: Database,
    organisation_id: UUID,
    slug: str,
    format_: Format,
    language: str | None,
    account_id: UUID | None,
    now: datetime,
) -> Export:
    """Notes who takes which file, and gives it to be read piece by piece. Raises NotFound.

    Labels come in the survey's own language unless `language` is one of the survey's. The last pieces raise
    ExportFailed where the file does not hold what is stored; that is noted too.
    """
    noted = _Noted(organisation_id, f"{slug} {format_}", account_id, now)
    with database.transaction() as session:
        record, versions = published_survey(session, organisation_id, slug)
        noted.note(session, EXPORTED)
        expected = exporting.count_by_status(session, organisation_id, record.id)
    latest = versions[-1]
    spoken = language if language and language in latest.languages else latest.default_language
    export = Export(format_, slug, spoken, expected)
    export.pieces = _noting_failure(database, noted, _pieces(database, organisation_id, record.id, versions, export))
    return export


@dataclass(frozen=True)
class _Noted:
    """What the audit log says of one export."""

    organisation_id: UUID
    subject: str
    account_id: UUID | None
    now: datetime

    def note(self, session: Session, action: str) -> None:
        audit.note(
            session,
            self.organisation_id,
            action=action,
            subject=self.subject,
            account_id=self.account_id,
            now=self.now,
        )


def _noting_failure(database: Database, noted: _Noted, pieces: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    except ExportFailed:
        with database.transaction() as session:
            noted.note(session, FAILED)
        raise


def _pieces(
    database: Database, organisation_id: UUID, survey_id: UUID, versions: Sequence[Survey], export: Export
) -> Iterator[bytes]:
    """The file. It owns its session: the request that asked for it is over before the first row is read."""
    with database.reading() as session:
        hold_still(session)
        if export.format is Format.CODEBOOK:
            answered = _answered(session, organisation_id, survey_id, versions)
            yield from encode(codebook(versions, answered, export.touched))
        else:
            rows = _rows(session, organisation_id, survey_id, versions, export)
            yield from encode(rows, bom=export.format is Format.LABELS)


def _rows(
    session: Session, organisation_id: UUID, survey_id: UUID, versions: Sequence[Survey], export: Export
) -> Iterator[Sequence[str]]:
    found = columns(versions)
    head, row_of, ticked = _shape(found, versions, export)
    export.expected = exporting.count_by_status(session, organisation_id, survey_id)
    checks = ExportChecks(found, sum(export.expected.values()), ticked=ticked)
    yield head
    stored = exporting.stream(
        session, organisation_id, survey_id, slug=versions[-1].slug, order=order_of_rows(versions)
    )
    for response, answers in stored:
        row = row_of(response, answers)
        checks.add(answers, row)
        export.rows += 1
        yield row
    if fault := checks.failed():
        raise ExportFailed(FAULTS[fault])


def _shape(found: Sequence[Column], versions: Sequence[Survey], export: Export) -> tuple[Sequence[str], RowOf, str]:
    """The header, what makes a row, and what a tick reads."""
    anonymous = promised_anonymous(versions)
    if export.format is Format.CODE:
        return header(found), code_row(found, export.touched, anonymous=anonymous), "1"
    words = speech(export.language)
    labels = Labels(versions, export.language, lambda key: words.say(ENGLISH[key]))
    row_of = label_row(found, export.touched, labels, anonymous=anonymous)
    return label_header(found, export.touched, labels), row_of, labels.say("yes")


def _answered(session: Session, organisation_id: UUID, survey_id: UUID, versions: Sequence[Survey]) -> dict[str, int]:
    """The people who answered each question, of every status: the codebook goes with the whole file."""
    ids = sorted({question.id for survey in versions for question in survey.asked})
    statuses = list(exporting.count_by_status(session, organisation_id, survey_id))
    tallies = counts.count_all(session, organisation_id, survey_id, statuses=statuses, written=ids)
    return {question_id: sum(people.values()) for question_id, people in tallies.get(None, {}).items()}


def failed_lately(database: Database, organisation_id: UUID, slug: str, account_id: UUID, now: datetime) -> bool:
    """Whether the last file that this person took of this survey, within the hour, broke off because it was wrong."""
    with database.reading() as session:
        events = audit.events(session, organisation_id, limit=50)
    theirs = [
        event
        for event in events
        if event.account_id == account_id
        and event.action in {EXPORTED, FAILED}
        and event.subject.startswith(f"{slug} ")
        and now - event.at < LATELY
    ]
    # Both are noted with the moment at which the export began.
    return any(event.action == FAILED and event.at == theirs[0].at for event in theirs)
