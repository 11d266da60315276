"""The rows of the sheet `survey`, one after another: groups opened and closed, questions made, conditions read."""

from __future__ import annotations

from dataclasses import dataclass

from svvoice.core.checks import RESERVED_COLUMNS
from svvoice.core.condition_form import write_condition
from svvoice.core.survey import Condition, Kind
from svvoice.core.xlsform import extras
from svvoice.core.xlsform.expressions import NotReadError
from svvoice.core.xlsform.headings import Cells, Table
from svvoice.core.xlsform.kinds import Asked, Group, LeftOut, kind_of
from svvoice.core.xlsform.names import make_id, renamed
from svvoice.core.xlsform.questions import SHEET, Made, Questions, what_of
from svvoice.core.xlsform.relevance import Known, read_relevant, together
from svvoice.core.xlsform.report import Report, shown

_READ = frozenset(("type", "name", "required", "relevant", "constraint", "disabled", *extras.COLUMNS))
_READ_WORDS = frozenset(("label", "hint", *extras.COLUMNS))


@dataclass(frozen=True)
class Placed:
    """A question in its document, with its row and those of its options."""

    document: dict[str, object]
    row: int
    option_rows: tuple[int, ...]


@dataclass(frozen=True)
class _Open:
    """A group that has begun: its own condition, and whether it is a repeat."""

    group: Group
    row: int
    condition: Condition | None


class Assembly:
    """Goes through the rows once, from top to bottom."""

    def __init__(self, questions: Questions, report: Report) -> None:
        self._questions = questions
        self._report = report
        self._open: list[_Open] = []
        self._known: dict[str, Known] = {}
        self._ids: set[str] = set(RESERVED_COLUMNS)
        self.placed: list[Placed] = []

    def read(self, table: Table) -> None:
        for cells in table.rows:
            self._row(cells)
        for open_group in self._open:
            self._report.trouble(SHEET, open_group.row, "This group begins and never ends.")

    def _row(self, cells: Cells) -> None:
        if not cells.get("type"):
            self._report.dropped(SHEET, cells.row, f"{what_of(cells)} is left out: it has no type")
            return
        what = kind_of(cells.get("type"))
        if isinstance(what, Group):
            self._group(cells, what)
        elif isinstance(what, LeftOut):
            self._report.dropped(SHEET, cells.row, f"{what_of(cells)} is left out: {what.reason}")
        elif cells.get("disabled").lower() in ("yes", "true", "1"):
            self._report.dropped(SHEET, cells.row, f"{what_of(cells)} is left out: the form has switched it off")
        elif any(each.group.repeat for each in self._open):
            self._report.dropped(SHEET, cells.row, f"{what_of(cells)} is left out: nothing is asked several times here")
        else:
            self._question(cells, what)

    def _group(self, cells: Cells, group: Group) -> None:
        if not group.begins:
            self._end(cells, group)
            return
        lost = group.repeat or any(each.group.repeat for each in self._open)
        self._open.append(_Open(group, cells.row, None if lost else self._group_condition(cells)))
        what = "a repeat" if group.repeat else "a group"
        heading = next(iter(cells.words.get("label", {}).values()), "")
        said = f" with its heading “{shown(heading)}”" if heading else ""
        after = "" if lost else "; its questions follow one another"
        condition = f" and its condition “{shown(cells.get('relevant'))}”" if lost and cells.get("relevant") else ""
        self._report.dropped(SHEET, cells.row, f"{what}{said}{condition} is left out{after}")
        self._tell_unread(cells)

    def _end(self, cells: Cells, group: Group) -> None:
        if not self._open or self._open[-1].group.repeat != group.repeat:
            self._report.trouble(SHEET, cells.row, "This ends a group or repeat that is not open here.")
            return
        self._open.pop()

    def _group_condition(self, cells: Cells) -> Condition | None:
        text = cells.get("relevant")
        if not text:
            return None
        try:
            condition = read_relevant(text, self._known)
        except NotReadError as error:
            sentence = (
                f"the group's condition “{shown(text)}” is left out, and its questions are asked of everyone: {error}"
            )
            self._report.dropped(SHEET, cells.row, sentence)
            return None
        self._report.changed(
            SHEET, cells.row, f"the group's condition “{shown(text)}” stands at each of its questions now"
        )
        return condition

    def _question(self, cells: Cells, asked: Asked) -> None:
        made = self._questions.make(cells, asked)
        if made is None:
            return
        name = cells.get("name")
        identifier = make_id(name, self._ids, "q")
        self._ids.add(identifier)
        document: dict[str, object] = {"id": identifier, **made.fields}
        if condition := self._condition(cells):
            document["show_if"] = write_condition(condition)
        self.placed.append(Placed(document, cells.row, made.option_rows))
        self._known[name or identifier] = Known(identifier, made.kind, made.values)
        self._tell(cells, asked, made, identifier)

    def _condition(self, cells: Cells) -> Condition | None:
        """The row's own condition together with those of the groups around it."""
        around = [each.condition for each in self._open if each.condition is not None]
        own = self._own_condition(cells)
        if not around:
            return own
        return together(around if own is None else (*around, own))

    def _own_condition(self, cells: Cells) -> Condition | None:
        text = cells.get("relevant")
        if finer := extras.finer_condition(cells):
            return finer
        if cells.get("svvoice::show_if"):
            self._report.changed(SHEET, cells.row, "svvoice::show_if says something else than relevant, which counts")
        if not text:
            return None
        try:
            return read_relevant(text, self._known)
        except NotReadError as error:
            sentence = f"the condition “{shown(text)}” is left out, and the question is asked without it: {error}"
            self._report.dropped(SHEET, cells.row, sentence)
            return None

    def _tell(self, cells: Cells, asked: Asked, made: Made, identifier: str) -> None:
        if identifier != cells.get("name"):
            self._report.changed(SHEET, cells.row, renamed(cells.get("name"), identifier))
        if asked.changed:
            self._report.changed(SHEET, cells.row, f"{shown(cells.get('type'))}: {asked.changed}")
        if (finer := cells.get("svvoice::kind")) and finer != made.kind:
            self._report.dropped(SHEET, cells.row, f"svvoice::kind “{shown(finer)}” does not go with this type")
        self._report.kept(SHEET, cells.row, f"“{identifier}” as {_kind_words(made.kind)}")
        self._tell_unread(cells)

    def _tell_unread(self, cells: Cells) -> None:
        """Cells that nothing here reads, each with what it holds."""
        is_range = cells.get("type").lower() == "range"
        for base, cell in cells.plain.items():
            if base not in _READ and not (base == "parameters" and is_range) and base:
                self._report.dropped(SHEET, cells.row, f"{shown(base)} “{shown(cell)}” is left out")
        for base, words in cells.words.items():
            if base not in _READ_WORDS:
                for cell in words.values():
                    self._report.dropped(SHEET, cells.row, f"{shown(base)} “{shown(cell)}” is left out")


def _kind_words(kind: Kind) -> str:
    return str(kind).replace("_", " ")
