"""What became of each row of a workbook: kept, changed or dropped; or why nothing could be taken in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from svvoice.core.survey import Survey

LONGEST_SHOWN = 60


class Outcome(StrEnum):
    KEPT = "kept"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Line:
    """One line of the report. `row` is the number that a spreadsheet shows; 0 where the whole sheet is meant."""

    outcome: Outcome
    sheet: str
    row: int
    sentence: str

    def __str__(self) -> str:
        return f"{place(self.sheet, self.row)}: {self.outcome}: {self.sentence}"


@dataclass(frozen=True)
class Trouble:
    """Why the workbook cannot be taken in. Without a sheet the whole file is meant."""

    sheet: str
    row: int
    sentence: str

    def __str__(self) -> str:
        return f"{place(self.sheet, self.row)}: {self.sentence}"


@dataclass(frozen=True)
class Imported:
    """A sound survey, and what became of everything in the workbook, in the order of its sheets and rows."""

    document: Survey
    report: tuple[Line, ...]


@dataclass(frozen=True)
class Refused:
    """Nothing can be taken in; every reason."""

    problems: tuple[Trouble, ...]


class Report:
    """The lines and troubles so far."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._troubles: list[Trouble] = []

    def kept(self, sheet: str, row: int, sentence: str) -> None:
        self._lines.append(Line(Outcome.KEPT, sheet, row, sentence))

    def changed(self, sheet: str, row: int, sentence: str) -> None:
        self._lines.append(Line(Outcome.CHANGED, sheet, row, sentence))

    def dropped(self, sheet: str, row: int, sentence: str) -> None:
        self._lines.append(Line(Outcome.DROPPED, sheet, row, sentence))

    def trouble(self, sheet: str, row: int, sentence: str) -> None:
        self._troubles.append(Trouble(sheet, row, sentence))

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        return tuple(self._troubles)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Each line once (a list of options may serve several questions), in the order of the workbook."""
        sheets = ("settings", "survey", "choices")
        known = {sheet: number for number, sheet in enumerate(sheets)}
        lines = dict.fromkeys(self._lines)
        return tuple(sorted(lines, key=lambda line: (known.get(line.sheet, len(sheets)), line.sheet, line.row)))


def place(sheet: str, row: int) -> str:
    if not sheet:
        return "the file"
    return f"{sheet} row {row}" if row else f"sheet {sheet}"


def shown(text: str) -> str:
    """Words on one line, cut where they are long, and without signs that turn the line around."""
    line = "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"
