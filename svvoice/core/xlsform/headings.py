"""The first row of a sheet: what each column is usually called, and in which language its words are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from svvoice.core.xlsform.report import Report, shown
from svvoice.core.xlsform.workbook import Sheet

WORDED = ("label", "hint", "guidance_hint", "required_message", "constraint_message")
"""Columns whose words may be in a language; those of two parts (`media::image`) come on top."""

_TWO_PARTS = ("media", "bind", "body", "control", "instance", "svvoice")

_ALSO: Mapping[str, Mapping[str, str]] = {
    "survey": {
        "caption": "label",
        "command": "type",
        "tag": "name",
        "value": "name",
        "relevance": "relevant",
        "bind::relevant": "relevant",
        "bind::required": "required",
        "bind::constraint": "constraint",
        "constraining_message": "constraint_message",
        "read_only": "readonly",
        "calculate": "calculation",
        "image": "media::image",
        "audio": "media::audio",
        "video": "media::video",
    },
    "choices": {"value": "name", "caption": "label", "image": "media::image", "audio": "media::audio"},
    "settings": {
        "title": "form_title",
        "set_form_title": "form_title",
        "id_string": "form_id",
        "set_form_id": "form_id",
    },
}


_OF_CHOICES = re.compile(r"svvoice_(sms_text|aliases)_([A-Za-z0-9-]+)")
"""On the sheet of choices other programs make an XML element of every column, so these have names without colons."""


@dataclass(frozen=True)
class Heading:
    """`base` is the column's usual name; `language` is as written, empty where none is."""

    base: str
    language: str
    written: str


@dataclass(frozen=True)
class Cells:
    """One row by its columns: those without a language, and the words by language as written."""

    row: int
    plain: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]

    def get(self, base: str) -> str:
        return self.plain.get(base, "").strip()


@dataclass(frozen=True)
class Table:
    name: str
    head_row: int
    headings: Mapping[int, Heading]
    rows: tuple[Cells, ...]

    def filled(self) -> Mapping[Heading, int]:
        """How many cells under each heading hold something."""
        counts: Counter[Heading] = Counter(dict.fromkeys(self.headings.values(), 0))
        for cells in self.rows:
            for heading in self.headings.values():
                has_words = heading.language in cells.words.get(heading.base, {})
                counts[heading] += has_words or (heading.base in cells.plain and not heading.language)
        return counts


def read_table(sheet: Sheet, report: Report) -> Table:
    headings = _headings(sheet, report)
    rows = []
    for row in sheet.rows:
        plain: dict[str, str] = {}
        words: dict[str, dict[str, str]] = {}
        nameless = [cell for column, cell in row.cells.items() if column not in headings]
        for column, cell in row.cells.items():
            if heading := headings.get(column):
                if is_worded(heading.base):
                    words.setdefault(heading.base, {})[heading.language] = cell
                else:
                    plain[heading.base] = cell
        rows.append(Cells(row.number, plain, words))
        for cell in nameless:
            report.dropped(sheet.name, row.number, f"“{shown(cell)}” stands in a column without a usable name")
    return Table(sheet.name, sheet.head.number, headings, tuple(rows))


def is_worded(base: str) -> bool:
    return base in WORDED or base.startswith("media::") or base in SVVOICE_WORDS


SVVOICE_WORDS = frozenset(
    f"svvoice::{name}"
    for name in ("why", "sms_text", "min_label", "max_label", "aliases", "title", "intro", "sms_intro", "thanks")
)


def _headings(sheet: Sheet, report: Report) -> Mapping[int, Heading]:
    headings: dict[int, Heading] = {}
    taken: set[tuple[str, str]] = set()
    for column, written in sheet.head.cells.items():
        heading = _heading(written, _ALSO.get(sheet.name, {}))
        if (heading.base, heading.language) in taken:
            report.dropped(sheet.name, sheet.head.number, f"there is a second column “{shown(written)}”")
            continue
        taken.add((heading.base, heading.language))
        headings[column] = heading
    return headings


def _heading(written: str, also: Mapping[str, str]) -> Heading:
    """`label::Cymraeg (cy)`; older forms write `label:English`, or `Label : English`."""
    if ours := _OF_CHOICES.fullmatch(written.strip()):
        return Heading(f"svvoice::{ours.group(1)}", f"({ours.group(2)})", written.strip())
    parts = [part.strip() for part in written.split("::")]
    if len(parts) == 1 and _usual(written.split(":")[0]) in (*WORDED, "caption", *_TWO_PARTS, "image"):
        parts = [part.strip() for part in written.split(":")]
    base, rest = _usual(parts[0]), parts[1:]
    if base in _TWO_PARTS and rest:
        base, rest = f"{base}::{_usual(rest[0])}", rest[1:]
    base = also.get(base, base)
    language = "::".join(rest)
    if not is_worded(base) and language:
        base, language = "::".join((base, *rest)), ""
    return Heading(base, "" if language.lower() == "default" else language, " ".join(written.split()))


def _usual(name: str) -> str:
    return "_".join(name.lower().split())
