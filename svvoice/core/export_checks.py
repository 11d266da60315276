"""What is checked of every export while it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from svvoice.core.answers import State
from svvoice.core.export import LEADING, Column, ExportAnswer, Part
from svvoice.core.survey import Kind

_ANSWERED = State.ANSWERED.value


class Fault(StrEnum):
    """Why a file cannot be trusted."""

    ROWS = "rows"
    """Not as many rows as responses were counted."""
    TICKS = "ticks"
    """Not as many ticks as choices are stored."""
    COLUMNS = "columns"
    """A row is not as long as the header."""


class ExportChecks:
    """Fed with every row of one file; `failed` at its end. `ticked` is what a ticked cell reads ("1", or "Yes")."""

    def __init__(self, found: Sequence[Column], expected_rows: int, *, ticked: str = "1") -> None:
        self._width = len(LEADING) + len(found)
        self._expected_rows = expected_rows
        self._ticked = ticked
        self._several = _ticks_of(found)
        self._rows = 0
        self._stored = 0
        self._ticks = 0
        self._all_wide = True

    def add(self, answers: Mapping[str, ExportAnswer], row: Sequence[str]) -> None:
        """One response's stored answers, and the row that was made of them."""
        self._rows += 1
        if len(row) != self._width:
            self._all_wide = False
            return
        for question_id, ticks in self._several:
            self._ticks += row[ticks].count(self._ticked)
            answer = answers.get(question_id)
            if answer is not None and answer.value and answer.state == _ANSWERED:
                self._stored += answer.value.count("|") + 1

    def failed(self) -> Fault | None:
        """What is wrong with the file; None when all is well."""
        if not self._all_wide:
            return Fault.COLUMNS
        if self._ticks != self._stored:
            return Fault.TICKS
        return Fault.ROWS if self._rows != self._expected_rows else None


def _ticks_of(found: Sequence[Column]) -> list[tuple[str, slice]]:
    """Each question of several choices, and where in a row its ticks stand."""
    places: dict[str, list[int]] = {}
    for place, column in enumerate(found, len(LEADING)):
        if column.question.kind is Kind.MULTI_CHOICE and column.part is not Part.OTHER_TEXT:
            places.setdefault(column.question.id, []).append(place)
    return [(question_id, slice(at[0] + 1, at[-1] + 1)) for question_id, at in places.items()]
