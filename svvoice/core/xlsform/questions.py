"""One row of the sheet `survey` as a question of the document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from svvoice.core.condition_form import write_number
from svvoice.core.document_fields import MOST_OPTIONS
from svvoice.core.question_checks import WIDEST_SCALE
from svvoice.core.survey import OTHER, Kind
from svvoice.core.xlsform import extras
from svvoice.core.xlsform.choices import ChoiceList, Choices, as_yes_no
from svvoice.core.xlsform.constraints import Limited, Limits, read_constraint
from svvoice.core.xlsform.expressions import NotReadError
from svvoice.core.xlsform.headings import Cells
from svvoice.core.xlsform.kinds import Asked
from svvoice.core.xlsform.names import words_of
from svvoice.core.xlsform.report import Report, shown
from svvoice.core.xlsform.wording import Wording

SHEET = "survey"
AGREED = {"OK": "yes", "ok": "yes"}
"""What XLSForm stores for a tick to agree."""


@dataclass(frozen=True)
class Made:
    """A question's fields but its id and condition; what its values are called; the rows of its options."""

    kind: Kind
    fields: dict[str, object]
    values: Mapping[str, str] = field(default_factory=dict)
    option_rows: tuple[int, ...] = ()


class Questions:
    """Makes questions of rows, telling the report what changes on the way."""

    def __init__(self, wording: Wording, choices: Choices, report: Report) -> None:
        self._wording = wording
        self._choices = choices
        self._report = report
        self.lists_used: set[str] = set()

    def make(self, cells: Cells, asked: Asked) -> Made | None:
        """None where the row cannot be a question, which is noted."""
        kind, chosen = extras.finer_kind(cells, asked.kind) or asked.kind, None
        fields: dict[str, object] = {}
        values: Mapping[str, str] = {}
        if asked.list_name:
            chosen = self._chosen(cells, asked, kind)
            if chosen is None:
                return None
            kind, values = self._yes_no_or(kind, chosen, asked, cells)
            if kind is Kind.YES_NO:
                chosen = None
            else:
                fields = {"options": [dict(option) for option in chosen.options], **_flag("other", asked.other)}
                values = {**values, OTHER: OTHER} if asked.other else values
        elif kind is Kind.YES_NO:
            values = AGREED
        if asked.kind is Kind.SCALE:
            kind, fields = self._range(cells)
        fields |= _flag("integer", asked.integer) if kind is Kind.NUMBER else {}
        fields |= self._limits(cells, Limited(kind, asked.integer, values), fields)
        made = {"kind": str(kind), **self._words(cells, kind), **fields}
        made |= extras.question_fields(cells, self._wording, kind) | self._required(cells, kind)
        return Made(kind, made, values, chosen.rows if chosen else ())

    def _chosen(self, cells: Cells, asked: Asked, kind: Kind) -> ChoiceList | None:
        name = asked.list_name
        if name not in self._choices:
            if kind is Kind.YES_NO:
                return ChoiceList((), (), {"yes": "yes", "no": "no"})
            self._report.trouble(SHEET, cells.row, f"The list “{shown(name)}” is not on the sheet choices.")
            return None
        number = self._choices.size(name)
        if number > MOST_OPTIONS or (number == 1 and not asked.other):
            why = f"the most is {MOST_OPTIONS}" if number > 1 else "nobody could choose"
            options = "1 option" if number == 1 else f"{number} options"
            self._report.dropped(SHEET, cells.row, f"{what_of(cells)} is left out: it has {options}, and {why}")
            return None
        chosen = self._choices.listed(name)
        if asked.other and number == MOST_OPTIONS and OTHER not in chosen.ids.values():
            sentence = f"{what_of(cells)} is left out: with “other” it has more than {MOST_OPTIONS} options"
            self._report.dropped(SHEET, cells.row, sentence)
            return None
        self.lists_used.add(name)
        return chosen

    def _yes_no_or(self, kind: Kind, chosen: ChoiceList, asked: Asked, cells: Cells) -> tuple[Kind, Mapping[str, str]]:
        """A list that says yes and no is a question of yes or no, unless our own column says otherwise."""
        if kind is Kind.YES_NO:
            return kind, {"yes": "yes", "no": "no"}
        meanings = as_yes_no(chosen, asked.other)
        if kind is not Kind.SINGLE_CHOICE or meanings is None or cells.get("svvoice::kind"):
            return kind, chosen.ids
        sentence = (
            f"the list “{shown(asked.list_name)}” is yes or no here, in the product's own words in every language"
        )
        self._report.changed(SHEET, cells.row, sentence)
        return Kind.YES_NO, meanings

    def _range(self, cells: Cells) -> tuple[Kind, dict[str, object]]:
        """Whole steps over few points are a scale; any other range is a number with limits."""
        written = cells.get("parameters")
        said = dict(_PARAMETER.findall(written))
        if unread := _PARAMETER.sub("", written).strip(" ,;"):
            self._report.dropped(SHEET, cells.row, f"parameters “{shown(unread)}” are not understood")
        left_out = cells.get("svvoice::ends_left_out").split()
        try:
            start, end, step = (Decimal(said.get(name, usual)) for name, usual in _RANGE)
        except InvalidOperation:
            start, end, step = (Decimal(usual) for _, usual in _RANGE)
            self._report.dropped(SHEET, cells.row, f"parameters “{shown(written)}” are not understood")
        ends = {"min": write_number(start), "max": write_number(end)}
        whole = all(number == number.to_integral_value() for number in (start, end))
        if whole and step == 1 and 0 <= start < end and end - start < WIDEST_SCALE:
            if "parameters" not in cells.plain:
                self._report.changed(SHEET, cells.row, "a range without parameters goes from 1 to 10")
            return Kind.SCALE, {name: number for name, number in ends.items() if name not in left_out}
        sentence = f"a range from {start} to {end} in steps of {step} is asked as a number between these ends"
        self._report.changed(SHEET, cells.row, sentence)
        return Kind.NUMBER, {**ends, **_flag("integer", whole and step == step.to_integral_value())}

    def _limits(self, cells: Cells, limited: Limited, fields: dict[str, object]) -> dict[str, object]:
        text = cells.get("constraint")
        if not text:
            return {}
        try:
            limits = read_constraint(text, limited)
        except NotReadError as error:
            self._report.dropped(SHEET, cells.row, f"the constraint “{shown(text)}” is left out: {error}")
            return {}
        for option in fields.get("options") or ():  # type: ignore[attr-defined]  # a list, as `make` put it there
            if option["id"] in limits.exclusive:
                option["exclusive"] = True
        return _set(limits)

    def _words(self, cells: Cells, kind: Kind) -> dict[str, object]:
        text = self._wording.needed(SHEET, cells, "label")
        hint = self._wording.optional(SHEET, cells, "hint")
        if not text and hint:
            self._report.changed(SHEET, cells.row, "there is no label: the hint stands in for it")
            return {"text": hint}
        if not text:
            text = self._wording.made_up(SHEET, cells, words_of(cells.get("name")))
        if hint and kind is Kind.NOTE:
            self._report.dropped(
                SHEET, cells.row, f"the hint “{shown(next(iter(hint.values())))}” of a note is left out"
            )
            return {"text": text}
        return {"text": text, **({"hint": hint} if hint else {})}

    def _required(self, cells: Cells, kind: Kind) -> dict[str, object]:
        said = cells.get("required").lower().removesuffix("()")
        if said in ("yes", "true", "1", "y") and kind is not Kind.NOTE:
            return {"required": True}
        if said not in ("", "no", "false", "0", "n"):
            self._report.dropped(SHEET, cells.row, f"required “{shown(said)}” is left out: it can be skipped")
        return {}


_RANGE = (("start", "1"), ("end", "10"), ("step", "1"))
_PARAMETER = re.compile(r"\b(start|end|step)\s*=\s*(-?[0-9.]+)")


def what_of(cells: Cells) -> str:
    """A row that is left out, as its line names it: its name and words, and the condition that goes with it."""
    words = next((text for text in cells.words.get("label", {}).values()), "")
    named = f" “{shown(cells.get('name') or words)}”" if cells.get("name") or words else ""
    label = f" ({shown(words)})" if words and cells.get("name") else ""
    condition = f" with its condition “{shown(cells.get('relevant'))}”" if cells.get("relevant") else ""
    return f"{cells.get('type') or 'row'}{named}{label}{condition}"


def _flag(name: str, value: bool) -> dict[str, object]:
    return {name: True} if value else {}


def _set(limits: Limits) -> dict[str, object]:
    numbers = {"min": limits.min, "max": limits.max}
    fields: dict[str, object] = {name: write_number(number) for name, number in numbers.items() if number is not None}
    sizes = {"max_length": limits.max_length, "max_choices": limits.max_choices}
    return fields | {name: size for name, size in sizes.items() if size is not None}
