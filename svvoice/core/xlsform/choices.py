"""The sheet of choices: its lists, and the options that a question makes of one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from svvoice.core.document_fields import MOST_OPTIONS
from svvoice.core.xlsform.headings import Cells, Table, is_worded
from svvoice.core.xlsform.names import make_id, renamed, words_of
from svvoice.core.xlsform.report import Report, shown
from svvoice.core.xlsform.wording import Wording

SHEET = "choices"
RESERVED = frozenset(("other_text",))
_READ = frozenset(("list_name", "name", "label", "svvoice::sms_text", "svvoice::aliases"))


@dataclass(frozen=True)
class ChoiceList:
    """A list as options of a document, with the row of each and the id that each name of the form has now."""

    options: tuple[dict[str, object], ...]
    rows: tuple[int, ...]
    ids: Mapping[str, str]


class Choices:
    """The lists by name. Each is made into options once, when the first question asks for it."""

    def __init__(self, table: Table | None, wording: Wording, report: Report) -> None:
        self._wording = wording
        self._report = report
        self._rows: dict[str, list[Cells]] = {}
        self._made: dict[str, ChoiceList] = {}
        if table is not None:
            self._gather(table)

    def _gather(self, table: Table) -> None:
        for cells in table.rows:
            if cells.get("list_name") and (cells.get("name") or cells.words.get("label")):
                self._rows.setdefault(cells.get("list_name"), []).append(cells)
            else:
                self._report.dropped(SHEET, cells.row, "this row has no list_name, or neither a name nor a label")
        for heading, count in table.filled().items():
            if count and heading.base not in _READ:
                sentence = f"the column “{shown(heading.written)}” ({count} cells) is left out: nothing here uses it"
                self._report.dropped(SHEET, table.head_row, sentence)
            elif count and heading.language and not is_worded(heading.base):
                self._report.dropped(SHEET, table.head_row, f"the column “{shown(heading.written)}” is left out")

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def size(self, name: str) -> int:
        return len(self._rows[name])

    def listed(self, name: str) -> ChoiceList:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def tell_unused(self, used: set[str]) -> None:
        for name, rows in self._rows.items():
            if name not in used:
                names = ", ".join(cells.get("name") or "?" for cells in rows[:MOST_OPTIONS])
                sentence = f"no question that was kept uses the list “{shown(name)}” ({len(rows)} options: {names}"
                more = ", …" if len(rows) > MOST_OPTIONS else ""
                self._report.dropped(SHEET, rows[0].row, f"{sentence}{more})")

    def _make(self, name: str) -> ChoiceList:
        options: list[dict[str, object]] = []
        ids: dict[str, str] = {}
        for cells in self._rows[name]:
            options.append(self._option(cells, ids))
        self._report.kept(SHEET, self._rows[name][0].row, f"the list “{shown(name)}” with {len(options)} options")
        return ChoiceList(tuple(options), tuple(cells.row for cells in self._rows[name]), ids)

    def _option(self, cells: Cells, ids: dict[str, str]) -> dict[str, object]:
        name = cells.get("name")
        text = self._wording.needed(SHEET, cells, "label")
        if not text:
            text = self._wording.made_up(SHEET, cells, words_of(name))
        identifier = make_id(name or next(iter(text.values())), {*ids.values(), *RESERVED}, "o")
        if identifier != name:
            self._report.changed(SHEET, cells.row, renamed(name, identifier))
        ids.setdefault(name or identifier, identifier)
        if name in ids and ids[name] != identifier:
            ids[f"{name} (row {cells.row})"] = identifier  # keeps the id taken; no condition can mean this one
        option: dict[str, object] = {"id": identifier, "text": text}
        if sms_text := self._wording.words(SHEET, cells, "svvoice::sms_text"):
            option["sms_text"] = sms_text
        if aliases := self._wording.words(SHEET, cells, "svvoice::aliases"):
            option["aliases"] = {tag: _several(cell) for tag, cell in aliases.items()}
        return option


def _several(cell: str) -> object:
    """One a line; or a JSON list, where one of them holds a line break itself."""
    if cell.startswith("["):
        try:
            return json.loads(cell)
        except ValueError:
            pass
    return cell.split("\n")


def as_yes_no(made: ChoiceList, other: bool) -> Mapping[str, str] | None:
    """`yes` and `no` by the names of the form, where a list says just that in this order; None where it does not."""
    if other or len(made.options) != 2:
        return None
    labels = [option["text"] for option in made.options]
    english = [label.get("en", "").strip(" .").lower() for label in labels if isinstance(label, dict)]
    if english != ["yes", "no"]:
        return None
    meanings = dict(zip((str(option["id"]) for option in made.options), ("yes", "no"), strict=True))
    return {name: meanings[identifier] for name, identifier in made.ids.items()}
