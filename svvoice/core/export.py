"""Answers as a table: columns, rows, and the two CSV files (`docs/exports.md`).

Columns come from the question and option ids of all versions of a survey, never from the data.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from svvoice.core.survey import Kind, Option, Promise, Question, Survey

LEADING = (
    "response_id",
    "survey_id",
    "survey_version",
    "status",
    "channel",
    "language",
    "started_at",
    "submitted_at",
    "duration_s",
    "collector",
)

STATUSES = ("complete", "partial", "test", "excluded")

CHANNELS = ("web", "sms", "kiosk", "paper", "import")

_TWO = tuple(f"{number:02}" for number in range(60))

_DAYS: dict[int, str] = {}
"""Days already written out: a survey has few days and many times."""

CHUNK = 64 * 1024
"""Letters in one piece of a streamed file, about."""

_ROWS_AT_ONCE = 32


@dataclass(frozen=True)
class ResponseRow:
    """What is known of one response beside its answers. Times carry their zone (ValueError where they do not)."""

    response_id: str
    survey_id: str
    survey_version: int
    status: str
    channel: str
    language: str
    started_at: datetime
    submitted_at: datetime | None
    collector: str | None


class ExportAnswer(NamedTuple):
    """One stored answer: its written form (`answers.written`), what was written beside `other`, and its state."""

    value: str | None
    other: str | None
    state: str


class Part(StrEnum):
    """What a column holds of a question."""

    VALUE = "value"
    TICK = "tick"
    OTHER_TEXT = "other_text"


@dataclass(frozen=True)
class Column:
    name: str
    part: Part
    question: Question
    """In its latest wording."""
    option: Option | None = None
    """Of a tick: the choice, in its latest wording."""
    versions: frozenset[int] = frozenset()
    """The versions of the survey that had it."""


class Order(StrEnum):
    """How the rows stand: never in the order of time where people were promised that nobody knows who said what."""

    STARTED_AT = "started_at, response_id"
    RESPONSE_ID = "response_id"


def order_of_rows(versions: Sequence[Survey]) -> Order:
    return Order.RESPONSE_ID if promised_anonymous(versions) else Order.STARTED_AT


def promised_anonymous(versions: Sequence[Survey]) -> bool:
    """Whether any version promised it; then the promise holds for the whole file."""
    return any(survey.promise is Promise.ANONYMOUS for survey in versions)


def columns(versions: Sequence[Survey]) -> tuple[Column, ...]:
    """The question columns, in the order of the latest version; what is retired stands where it last stood.

    Versions come oldest first. Raises ValueError where two columns would have one name.
    """
    found = [column for question_id in _in_last_order(versions) for column in _columns_of(question_id, versions)]
    names = [*LEADING, *(column.name for column in found)]
    if len(set(names)) != len(names):
        raise ValueError(f"two columns of one name in {versions[-1].slug}")
    return tuple(found)


def header(found: Sequence[Column]) -> list[str]:
    """The first row of the file for code: stable ASCII ids. The one of the file for Excel: `labels.label_header`."""
    return [*LEADING, *(column.name for column in found)]


def encode(rows: Iterable[Sequence[str]], *, bom: bool = False) -> Iterator[bytes]:
    """The rows as a CSV file in pieces of about 64 kB: UTF-8, comma, RFC 4180 quotes, CRLF; `bom` for Excel."""
    text = io.StringIO(newline="")
    write = csv.writer(text, lineterminator="\r\n").writerows
    text.write("\ufeff" if bom else "")
    waiting = iter(rows)
    while True:
        before = text.tell()
        write(islice(waiting, _ROWS_AT_ONCE))
        at_end = text.tell() == before
        if text.tell() >= CHUNK or (at_end and before):
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
        if at_end:
            return


def wordings(versions: Sequence[Survey], question_id: str) -> tuple[Question, ...]:
    """One question as it stood in each version that had it, oldest first."""
    return tuple(question for survey in versions if (question := survey.question(question_id)))


def leading_cells(response: ResponseRow, *, anonymous: bool) -> list[str]:
    """The first ten cells. Where anonymous was promised: days without times, and no duration."""
    started, submitted, duration = _utc(response.started_at), "", ""
    if response.submitted_at is not None and response.status != "partial":
        submitted = _utc(response.submitted_at)
        duration = str(int((response.submitted_at - response.started_at).total_seconds()))
    if anonymous:
        started, submitted, duration = started[:10], submitted[:10], ""
    return [
        response.response_id,
        response.survey_id,
        str(response.survey_version),
        response.status,
        response.channel,
        response.language,
        started,
        submitted,
        duration,
        response.collector or "",
    ]


def _utc(moment: datetime) -> str:
    if moment.tzinfo is not UTC:
        if moment.tzinfo is None:
            raise ValueError("a time without a zone")
        moment = moment.astimezone(UTC)
    day = moment.toordinal()
    if day not in _DAYS:
        _DAYS[day] = moment.date().isoformat()
    return f"{_DAYS[day]}T{_TWO[moment.hour]}:{_TWO[moment.minute]}:{_TWO[moment.second]}Z"


def _in_last_order(versions: Sequence[Survey]) -> list[str]:
    return in_last_order([[question.id for question in survey.asked] for survey in versions])


def in_last_order(lists: Sequence[Sequence[str]]) -> list[str]:
    """All ids of several lists in the order of the last one, an id that it lacks after the one it last followed."""
    merged: list[str] = []
    for ids in reversed(lists):
        place = 0
        for one in ids:
            if one not in merged:
                merged.insert(place, one)
            place = merged.index(one) + 1
    return merged


def _columns_of(question_id: str, versions: Sequence[Survey]) -> list[Column]:
    asked = {survey.version: question for survey in versions if (question := survey.question(question_id))}
    latest = list(asked.values())[-1]
    found = [Column(question_id, Part.VALUE, latest, None, frozenset(asked))]
    if latest.kind is Kind.MULTI_CHOICE:
        found += [_tick(latest, option_id, asked) for option_id in all_choices(tuple(asked.values()))]
    with_other = frozenset(version for version, question in asked.items() if question.other)
    if with_other and latest.kind in (Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE, Kind.AGE_BAND):
        found.append(Column(f"{question_id}__other_text", Part.OTHER_TEXT, latest, None, with_other))
    return found


def all_choices(asked: Sequence[Question]) -> list[str]:
    """The ids of every choice ever offered, in the form order of the latest version."""
    return in_last_order([question.choice_ids for question in asked])


def _tick(latest: Question, option_id: str, asked: Mapping[int, Question]) -> Column:
    choices = {version: choice for version, question in asked.items() if (choice := question.choice(option_id))}
    return Column(f"{latest.id}__{option_id}", Part.TICK, latest, list(choices.values())[-1], frozenset(choices))
