"""The columns `svvoice::…`: what our document holds and XLSForm has no word for."""

from __future__ import annotations

import json
from collections.abc import Mapping

from svvoice.core.condition_form import read_condition
from svvoice.core.shape_problems import Found
from svvoice.core.survey import Condition, Kind
from svvoice.core.xlsform.conditions_written import expression_of
from svvoice.core.xlsform.headings import Cells
from svvoice.core.xlsform.wording import Wording

QUESTION_WORDS = ("sms_text", "why", "min_label", "max_label")
SURVEY_WORDS = ("intro", "sms_intro", "thanks")
SURVEY_CODES = ("keyword", "promise", "audience", "opens", "closes")
MARK = "svvoice::version"
"""A setting that says: we wrote this workbook, so its words stand letter by letter."""

_FINER: Mapping[Kind, tuple[Kind, ...]] = {
    Kind.SINGLE_CHOICE: (Kind.SINGLE_CHOICE, Kind.AGE_BAND, Kind.YES_NO),
    Kind.TEXT: (Kind.TEXT, Kind.POSTCODE_DISTRICT),
}

COLUMNS = frozenset(
    f"svvoice::{name}"
    for name in (*QUESTION_WORDS, "kind", "topic", "measure", "informs", "sensitive", "show_if", "ends_left_out")
)


def finer_kind(cells: Cells, kind: Kind) -> Kind | None:
    """The kind that the column names, where it can be one of those that the type stands for."""
    named = cells.get("svvoice::kind")
    return next((finer for finer in _FINER.get(kind, ()) if finer == named), None)


def question_fields(cells: Cells, wording: Wording, kind: Kind) -> dict[str, object]:
    """Fields of the document, as JSON has them; what does not fit there is found by its validator."""
    fields: dict[str, object] = {}
    for name in QUESTION_WORDS:
        read = wording.words if name == "sms_text" else wording.optional
        if words := read("survey", cells, f"svvoice::{name}"):
            fields[name] = words
    for name in ("topic", "measure"):
        if code := cells.get(f"svvoice::{name}"):
            fields[name] = code
    if informs := cells.get("svvoice::informs"):
        fields["informs"] = informs.split("\n")
    if cells.get("svvoice::sensitive").lower() in ("yes", "true", "1"):
        fields["sensitive"] = True
    return fields


def finer_condition(cells: Cells) -> Condition | None:
    """The condition in our own form, while the `relevant` beside it still says the same."""
    text = cells.get("svvoice::show_if")
    if not text:
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    found = Found()
    condition = read_condition(document, "show_if", found)
    if condition is None or found.problems:
        return None
    return condition if expression_of(condition) == cells.get("relevant") else None


def survey_fields(settings: Cells, wording: Wording) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name in SURVEY_WORDS:
        if words := wording.optional("settings", settings, f"svvoice::{name}"):
            fields[name] = words
    for name in SURVEY_CODES:
        if code := settings.get(f"svvoice::{name}"):
            fields[name] = code
    if settings.get("svvoice::tell_back").lower() in ("yes", "true", "1"):
        fields["tell_back"] = True
    return fields
