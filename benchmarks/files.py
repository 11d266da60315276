"""The CSV of all responses: the product's streamed export, and a bare fetch-and-write of the same rows."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from benchmarks.product import Product
from svvoice import clock
from svvoice.core.survey import Survey
from svvoice.results.exports import Format, begin_export
from svvoice.store import surveys
from svvoice.store.database import Database

_LEADING = ("id", "version", "status", "channel", "language", "started_at", "submitted_at", "collector")
_BARE = f"""
    SELECT {", ".join(f"r.{name}" for name in _LEADING)}, a.question_id, a.value, a.other
    FROM responses r
    LEFT JOIN answers a ON a.organisation_id = r.organisation_id AND a.response_id = r.id AND a.on_path
    WHERE r.organisation_id = ? AND r.survey_id = ?
    ORDER BY r.started_at, r.id
"""  # noqa: S608 - our own names
_COLUMNS = len(_LEADING)


@dataclass(frozen=True)
class Memory:
    """Megabytes: the process with everything loaded, and at its largest while the file was made."""

    before: float
    peak: float


def export(database: Database, organisation_id: UUID, slug: str, to: Path) -> None:
    """The product's file, piece by piece, as a download takes it."""
    made = begin_export(database, organisation_id, slug, Format.CODE, None, None, clock.now())
    with to.open("wb") as file:
        file.writelines(made.pieces)


def fetch_and_write(database: Database, organisation_id: UUID, survey: Survey, survey_id: UUID, to: Path) -> None:
    """One statement on the driver itself, one dictionary a response, `csv.writer`: nothing is checked or made safe."""
    questions = [question.id for question in survey.asked]
    connection = database.engine.raw_connection()
    with to.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*_LEADING, *(name for question in questions for name in (question, f"{question}__other"))])
        writer.writerows(_rows(connection.cursor().execute(_BARE, (organisation_id.hex, survey_id.hex)), questions))
    connection.close()


def _rows(found: Iterator[tuple[object, ...]], questions: list[str]) -> Iterator[list[object]]:
    leading: tuple[object, ...] | None = None
    said: dict[object, tuple[object, ...]] = {}
    blank = (None, None)
    for row in found:
        if leading is None or row[0] != leading[0]:
            if leading is not None:
                yield [*leading, *(cell for question in questions for cell in said.get(question, blank))]
            leading, said = row[:_COLUMNS], {}
        said[row[_COLUMNS]] = row[_COLUMNS + 1 :]
    if leading is not None:
        yield [*leading, *(cell for question in questions for cell in said.get(question, blank))]


def compare(product: Product, slug: str, folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """CPU seconds of every round of the product's file and of the bare one, in turns; both hold the same responses."""
    with product.database.reading() as session:
        survey = surveys.published(session, product.organisation_id, product.survey_id, 1)
    assert survey is not None
    ours, bare = folder / "ours.csv", folder / "bare.csv"
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        began = time.process_time()
        export(product.database, product.organisation_id, slug, ours)
        between = time.process_time()
        fetch_and_write(product.database, product.organisation_id, survey, product.survey_id, bare)
        took[0].append(between - began)
        took[1].append(time.process_time() - between)
    assert _ids(ours) == _ids(bare), "the two files do not hold the same responses"
    return took


def memory_of_export(url: str, organisation_id: UUID, slug: str) -> Memory:
    """Measured in a process of its own, in which nothing else happens."""
    command = [sys.executable, "-m", "benchmarks.memory", url, str(organisation_id), slug]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Memory(**json.loads(done.stdout))


def _ids(path: Path) -> list[str]:
    with path.open(newline="", encoding="utf-8") as file:
        return [row[0].replace("-", "") for row in csv.reader(file)][1:]
