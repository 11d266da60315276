"""One response as one row: in codes for programs, or in words for people.

Everything that depends on the survey alone is worked out once; a row then costs about as much as writing it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from svvoice.core.answers import State
from svvoice.core.export import CHANNELS, LEADING, STATUSES, Column, ExportAnswer, Part, ResponseRow, leading_cells
from svvoice.core.safe_cells import Touched, safe_cell
from svvoice.core.survey import OTHER, Kind, Language, Option, Question, Survey, Words

RowOf = Callable[[ResponseRow, Mapping[str, ExportAnswer]], list[str]]
"""From a response and its answers by question id to its cells. Answers off the path are not handed in."""

Say = Callable[[str], str]
"""The product's own words in the language of the file, by the keys of `ENGLISH`."""

ENGLISH: Mapping[str, str] = {
    "yes": "Yes",
    "no": "No",
    "something_else": "Something else",
    "own_words": "in their own words",
    "response_id": "Response",
    "survey_id": "Survey",
    "survey_version": "Version of the survey",
    "status": "State",
    "channel": "How they answered",
    "language": "Language",
    "started_at": "Began (UTC)",
    "submitted_at": "Sent (UTC)",
    "duration_s": "Seconds taken",
    "collector": "How they came",
    "complete": "Complete",
    "partial": "Begun, not finished",
    "test": "Test",
    "excluded": "Left out",
    "web": "By page",
    "sms": "By text",
    "kiosk": "On a shared screen",
    "paper": "On paper",
    "import": "Brought in from a file",
}

_REMEMBERED = 10_000
"""Different answers to one question whose cells are kept ready."""

_OWN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?|[A-Za-z0-9_|]+")
"""Numbers and our own codes: never a formula."""

_Block = Callable[[ExportAnswer | None], Sequence[str]]
"""The cells of one question, from its answer."""

_CellsOf = Callable[[Sequence[Column], int], Callable[[str], list[str]]]
"""From the columns of a question and a version of the survey: what makes cells of a written value.

A choice that the version did not have has a blank cell, not a 0.
"""

_ANSWERED = State.ANSWERED.value

_STATUS, _CHANNEL, _COLLECTOR = LEADING.index("status"), LEADING.index("channel"), LEADING.index("collector")


def code_row(found: Sequence[Column], touched: Touched, *, anonymous: bool) -> RowOf:
    """Rows of the file for code. `touched` counts the text cells that were changed."""
    blocks = _Blocks(found, touched, lambda cols, version: _codes(cols, version, touched))

    def row(response: ResponseRow, answers: Mapping[str, ExportAnswer]) -> list[str]:
        cells = leading_cells(response, anonymous=anonymous)
        cells[_COLLECTOR] = safe_cell(cells[_COLLECTOR], touched)
        answer_to = answers.get
        for question_id, block in blocks.of_version(response.survey_version):
            cells += block(answer_to(question_id))
        return cells

    return row


def label_row(found: Sequence[Column], touched: Touched, labels: Labels, *, anonymous: bool) -> RowOf:
    """Rows of the file for Excel: the same cells in words."""
    blocks = _Blocks(found, touched, lambda cols, version: _labels(cols, version, touched, labels))
    said = {status: labels.say(status) for status in STATUSES} | {channel: labels.say(channel) for channel in CHANNELS}

    def row(response: ResponseRow, answers: Mapping[str, ExportAnswer]) -> list[str]:
        cells = leading_cells(response, anonymous=anonymous)
        cells[_STATUS], cells[_CHANNEL] = said[cells[_STATUS]], said[cells[_CHANNEL]]
        cells[_COLLECTOR] = safe_cell(cells[_COLLECTOR], touched)
        answer_to = answers.get
        for question_id, block in blocks.of_version(response.survey_version):
            cells += block(answer_to(question_id))
        return cells

    return row


def label_header(found: Sequence[Column], touched: Touched, labels: Labels) -> list[str]:
    """The first row of the file for Excel: the question's words, and the column's id, so that no two are alike."""
    names = [labels.say(name) for name in LEADING]
    return names + [safe_cell(f"{_named(column, labels)} [{column.name}]", touched) for column in found]


@dataclass(frozen=True)
class Labels:
    """The words of a survey and of the product in one language."""

    versions: Sequence[Survey]
    language: Language
    say: Say

    def words(self, words: Words) -> str:
        """One line in the language asked for, else in the survey's own."""
        return " ".join(self.versions[-1].words(words, self.language).split())

    def option(self, option: Option) -> str:
        return self.words(option.text) or (self.say("something_else") if option.id == OTHER else option.id)

    def of_values(self, question_id: str) -> dict[str, str]:
        """The words of every value of a question that stands for words; the latest wording of each."""
        words: dict[str, str] = {}
        for survey in self.versions:
            if question := survey.question(question_id):
                words |= self._of_question(question)
        return words

    def _of_question(self, question: Question) -> dict[str, str]:
        if question.kind is Kind.YES_NO:
            return {"yes": self.say("yes"), "no": self.say("no")}
        return {choice.id: self.option(choice) for choice in question.choices}


def _named(column: Column, labels: Labels) -> str:
    text = labels.words(column.question.text)
    if column.part is Part.OTHER_TEXT:
        return f"{text}: {labels.say('own_words')}"
    return f"{text}: {labels.option(column.option)}" if column.option else text


class _Blocks:
    """For each version of the survey, what makes the cells of each question; made when the version is first met."""

    def __init__(self, found: Sequence[Column], touched: Touched, cells_of: _CellsOf) -> None:
        self._questions = [list(columns) for _, columns in groupby(found, key=lambda column: column.question.id)]
        self._touched = touched
        self._cells_of = cells_of
        self._made: dict[int, list[tuple[str, _Block]]] = {}

    def of_version(self, version: int) -> list[tuple[str, _Block]]:
        if version not in self._made:
            self._made[version] = [(cols[0].question.id, self._block(cols, version)) for cols in self._questions]
        return self._made[version]

    def _block(self, cols: Sequence[Column], version: int) -> _Block:
        if cols[0].question.kind is Kind.TEXT:
            return _text_block(self._touched)
        with_other = cols[-1].part is Part.OTHER_TEXT
        return _block(len(cols), with_other, self._cells_of(cols, version), self._touched)


def _block(width: int, with_other: bool, cells_of: Callable[[str], list[str]], touched: Touched) -> _Block:
    """The cells of one question; those of answers met before are kept ready, unless a cell had to be changed."""
    blank = [""] * width
    ready: dict[str, list[str]] = {}

    def block(answer: ExportAnswer | None) -> Sequence[str]:
        if answer is None:
            return blank
        value, other, state = answer
        if value is None or state != _ANSWERED:
            return blank
        cells = ready.get(value)
        if cells is None:
            before = touched.guarded + touched.cleaned
            cells = cells_of(value)
            if touched.guarded + touched.cleaned == before and len(ready) < _REMEMBERED:
                ready[value] = cells
        if with_other:
            return [*cells, safe_cell(other, touched) if other else ""]
        return cells

    return block


def _text_block(touched: Touched) -> _Block:
    blank = ("",)

    def block(answer: ExportAnswer | None) -> Sequence[str]:
        if answer is None or answer.value is None or answer.state != _ANSWERED:
            return blank
        return (safe_cell(answer.value, touched),)

    return block


def _codes(cols: Sequence[Column], version: int, touched: Touched) -> Callable[[str], list[str]]:
    ticks = [(col.option.id, "0" if version in col.versions else "") for col in cols if col.option]

    def cells(value: str) -> list[str]:
        chosen = value.split("|")
        whole = value if _OWN.fullmatch(value) else safe_cell(value, touched)
        return [whole, *("1" if option in chosen else unticked for option, unticked in ticks)]

    return cells


def _labels(cols: Sequence[Column], version: int, touched: Touched, labels: Labels) -> Callable[[str], list[str]]:
    yes, no = labels.say("yes"), labels.say("no")
    ticks = [(col.option.id, no if version in col.versions else "") for col in cols if col.option]
    words = labels.of_values(cols[0].question.id)

    def cells(value: str) -> list[str]:
        chosen = value.split("|")
        in_words = " | ".join(words.get(one, one) for one in chosen)
        is_own = in_words == value and _OWN.fullmatch(value)
        whole = value if is_own else safe_cell(in_words, touched)
        return [whole, *(yes if option in chosen else unticked for option, unticked in ticks)]

    return cells
