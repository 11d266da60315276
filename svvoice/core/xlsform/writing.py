"""A survey as an XLSForm workbook: what every such program reads, and the rest in columns called `svvoice::…`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import assert_never

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from svvoice.core.condition_form import write_condition
from svvoice.core.document_fields import FORMAT_VERSION
from svvoice.core.safe_cells import Touched, clean
from svvoice.core.survey import Kind, Language, Option, Question, Survey, Words
from svvoice.core.words import NO, YES, Say
from svvoice.core.xlsform import extras
from svvoice.core.xlsform.conditions_written import expression_of, number_text
from svvoice.core.xlsform.expressions import NotReadError
from svvoice.core.xlsform.languages import heading_of
from svvoice.core.xlsform.relevance import Known, read_relevant

Cells = dict[str, str]
"""The cells of one row by heading; those that are not there are blank."""

YES_NO_LIST = "YES_NO"
"""In capitals, which no id has: lists are called like their questions."""

LONGEST_CELL = 32_767


class CellTooLongError(ValueError):
    """Something does not fit into one cell of a workbook."""


def write(survey: Survey, say_in: Callable[[Language], Say]) -> bytes:
    """The workbook. `say_in` gives the product's own words in a language. Raises CellTooLongError.

    Read again it gives the same survey, but for words that are empty and for carriage returns.
    """
    known: dict[str, Known] = {}
    rows: list[Cells] = []
    choices: list[Cells] = []
    for question in survey.questions:
        rows.append(_question(question, known))
        choices += [_choice(question, option) for option in question.options]
        known[question.id] = Known(question.id, question.kind, {each: each for each in _values(question)})
    if any(question.kind is Kind.YES_NO for question in survey.questions):
        choices += _yes_no(survey, say_in)
    sheets = {
        "survey": _grid(rows, ("type", "name", *_headings(survey, "label"))),
        "choices": _grid(choices, ("list_name", "name", *_headings(survey, "label"))),
        "settings": _grid([_settings(survey)], ("form_title", "form_id", "default_language")),
    }
    return _packed(sheets)


def _grid(rows: list[Cells], first: tuple[str, ...]) -> list[list[str]]:
    """A sheet as rows of text, the headings on top in the order in which they are first used."""
    headings = list(dict.fromkeys((*first, *(heading for row in rows for heading in row))))
    return [headings, *([_fitting(row.get(heading, "")) for heading in headings] for row in rows)]


def _fitting(words: str) -> str:
    text = clean(words, Touched()).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_CELL:
        raise CellTooLongError(f"“{text[:40]}…” is too long for a cell of a workbook.")
    return text


def _packed(sheets: Mapping[str, list[list[str]]]) -> bytes:
    """Every cell is text, and never a formula: words that begin with “=” are words."""
    book = Workbook(write_only=True)
    for name, grid in sheets.items():
        sheet = book.create_sheet(name)
        for row in grid:
            cells = [WriteOnlyCell(sheet, text or None) for text in row]
            for cell in cells:
                if cell.value is not None:
                    cell.data_type = "s"
            sheet.append(cells)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _headings(survey: Survey, base: str) -> tuple[str, ...]:
    return tuple(f"{base}::{heading_of(tag)}" for tag in survey.languages)


def _words(base: str, words: Words) -> Cells:
    return {f"{base}::{heading_of(tag)}": text for tag, text in words.items() if text}


def _values(question: Question) -> tuple[str, ...]:
    return ("yes", "no") if question.kind is Kind.YES_NO else question.choice_ids


def _question(question: Question, known: Mapping[str, Known]) -> Cells:
    cells = {"type": _type(question), "name": question.id}
    cells |= _words("label", question.text) | _words("hint", question.hint)
    if question.required:
        cells["required"] = "yes"
    if constraint := _constraint(question):
        cells["constraint"] = constraint
    if question.kind is Kind.SCALE:
        cells["parameters"] = f"start={question.points.start} end={question.points.stop - 1} step=1"
    return cells | _relevant(question, known) | _extras(question)


def _type(question: Question) -> str:
    match question.kind:
        case Kind.YES_NO:
            return f"select_one {YES_NO_LIST}"
        case Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            return f"select_one {question.id}" + (" or_other" if question.other else "")
        case Kind.MULTI_CHOICE:
            return f"select_multiple {question.id}" + (" or_other" if question.other else "")
        case Kind.SCALE:
            return "range"
        case Kind.NUMBER:
            return "integer" if question.integer else "decimal"
        case Kind.TEXT | Kind.POSTCODE_DISTRICT:
            return "text"
        case Kind.NOTE:
            return "note"
        case _:
            assert_never(question.kind)


def _constraint(question: Question) -> str:
    parts = []
    if question.kind is Kind.NUMBER:
        parts += [f". >= {number_text(question.min)}"] if question.min is not None else []
        parts += [f". <= {number_text(question.max)}"] if question.max is not None else []
    if question.max_length is not None:
        parts.append(f"string-length(.) <= {question.max_length}")
    if question.max_choices is not None:
        parts.append(f"count-selected(.) <= {question.max_choices}")
    for option in question.options:
        if option.exclusive:
            parts.append(f"not(selected(., '{option.id}') and count-selected(.) > 1)")
    return " and ".join(parts)


def _relevant(question: Question, known: Mapping[str, Known]) -> Cells:
    """The condition as an expression, and in our own form where the expression alone would be read otherwise."""
    if question.show_if is None:
        return {}
    expression = expression_of(question.show_if)
    try:
        if read_relevant(expression, known) == question.show_if:
            return {"relevant": expression}
    except NotReadError:
        pass
    document = json.dumps(write_condition(question.show_if), ensure_ascii=False)
    return {"relevant": expression, "svvoice::show_if": document}


def _extras(question: Question) -> Cells:
    cells: Cells = {}
    if question.kind in (Kind.YES_NO, Kind.AGE_BAND, Kind.SINGLE_CHOICE, Kind.POSTCODE_DISTRICT):
        cells["svvoice::kind"] = str(question.kind)
    for name in extras.QUESTION_WORDS:
        cells |= _words(f"svvoice::{name}", getattr(question, name))
    if question.kind is Kind.SCALE and (question.min is None or question.max is None):
        ends = {"min": question.min, "max": question.max}
        cells["svvoice::ends_left_out"] = " ".join(name for name, end in ends.items() if end is None)
    codes = {
        "topic": question.topic or "",
        "measure": question.measure or "",
        "informs": "\n".join(question.informs),
        "sensitive": "yes" if question.sensitive else "",
    }
    return cells | {f"svvoice::{name}": code for name, code in codes.items() if code}


def _choice(question: Question, option: Option) -> Cells:
    cells = {"list_name": question.id, "name": option.id, **_words("label", option.text)}
    cells |= {f"svvoice_sms_text_{tag}": text for tag, text in option.sms_text.items() if text}
    return cells | {f"svvoice_aliases_{tag}": _several(words) for tag, words in option.aliases.items() if words}


def _several(words: tuple[str, ...]) -> str:
    """One a line; as a JSON list where that would be read otherwise."""
    plain = "\n".join(words)
    odd = plain.startswith("[") or not plain.strip() or tuple(plain.split("\n")) != words
    return json.dumps(list(words), ensure_ascii=False) if odd else plain


def _yes_no(survey: Survey, say_in: Callable[[Language], Say]) -> list[Cells]:
    rows = []
    for name, words in (("yes", YES), ("no", NO)):
        label = {tag: say_in(tag)(words) for tag in survey.languages}
        rows.append({"list_name": YES_NO_LIST, "name": name, **_words("label", label)})
    return rows


def _settings(survey: Survey) -> Cells:
    cells = {
        "form_title": survey.title.get(survey.default_language, ""),
        "form_id": survey.slug,
        "default_language": heading_of(survey.default_language),
        extras.MARK: str(FORMAT_VERSION),
        "svvoice::languages": " ".join(survey.languages),
        "svvoice::tell_back": "yes" if survey.tell_back else "",
    }
    others = {tag: text for tag, text in survey.title.items() if tag != survey.default_language}
    cells |= _words("svvoice::title", others)
    for name in extras.SURVEY_WORDS:
        cells |= _words(f"svvoice::{name}", getattr(survey, name))
    if survey.promise != Survey.promise:
        cells["svvoice::promise"] = str(survey.promise)
    if survey.audience != Survey.audience:
        cells["svvoice::audience"] = str(survey.audience)
    codes = {"keyword": survey.keyword, "opens": survey.opens, "closes": survey.closes}
    cells |= {f"svvoice::{name}": str(code) for name, code in codes.items() if code is not None}
    return {heading: cell for heading, cell in cells.items() if cell}
