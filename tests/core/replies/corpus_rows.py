"""The corpus of replies: reading its files and asking `read_row` for a verdict."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from svvoice.core.replies.rows import read_row

FOLDER = Path(__file__).parent / "corpus"
LANGUAGES = ("en", "cy", "pl", "ur", "ro", "pa", "bn", "ar", "so", "pt", "uk", "lt")


@dataclass(frozen=True)
class Row:
    language: str
    question: str
    reply: str
    verdict: str
    rule: str
    held_out: bool

    @property
    def kind(self) -> str:
        return self.verdict.split(":", 1)[0]


@cache
def questions() -> dict[str, dict[str, dict[str, Any]]]:
    """The questions of each language: `type`, and `options` where the type has any."""
    document: dict[str, dict[str, dict[str, Any]]] = json.loads((FOLDER / "questions.json").read_text(encoding="utf-8"))
    return document


@cache
def rows(language: str) -> tuple[Row, ...]:
    with (FOLDER / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Row(language, row["question"], row["reply"], row["verdict"], row["rule"], row["held_out"] == "held_out")
            for row in csv.DictReader(file)
        )


def read(row: Row) -> str:
    """What the reading of replies says to a row, written as the corpus writes it."""
    question = questions()[row.language][row.question]
    options = json.dumps(question["options"]) if "options" in question else ""
    verdict = read_row(row.language, question["type"], options, row.reply)
    value = verdict.get("value", verdict.get("reason"))
    written = "|".join(str(part) for part in value) if isinstance(value, list) else str(value)
    return f"{verdict['kind']}:{written}"
