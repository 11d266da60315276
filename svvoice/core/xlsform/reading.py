"""From the bytes of an XLSForm workbook to a survey that our own validator accepts, with a report of every loss."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from svvoice.core.document import read_survey
from svvoice.core.document_fields import FORMAT_VERSION, MOST_QUESTIONS
from svvoice.core.problems import Problem, sentence
from svvoice.core.survey import Survey
from svvoice.core.xlsform import choices, extras, languages
from svvoice.core.xlsform.assembly import Assembly, Placed
from svvoice.core.xlsform.choices import Choices
from svvoice.core.xlsform.headings import Cells, Table, read_table
from svvoice.core.xlsform.languages import Languages
from svvoice.core.xlsform.names import make_slug
from svvoice.core.xlsform.questions import SHEET, Questions
from svvoice.core.xlsform.report import Imported, Refused, Report, Trouble, shown
from svvoice.core.xlsform.wording import Wording, plain
from svvoice.core.xlsform.workbook import Sheet, UnreadableError, read_sheets

_NO_SETTINGS = Cells(0, {}, {})
_SETTINGS = frozenset(
    (
        *("form_title", "form_id", "default_language", "svvoice::languages", "svvoice::tell_back", extras.MARK),
        *(f"svvoice::{name}" for name in extras.SURVEY_CODES),
    )
)
_PLACE = re.compile(r"questions\[([0-9]+)\](\.options\[([0-9]+)\])?(\.show_if)?")


def read(content: bytes, slug: str = "", file_name: str = "") -> Imported | Refused:
    """The survey in a workbook.

    `slug` is the survey's address; empty: made from the form's id, its title or the name of its file. Whatever the
    form holds and the survey does not has a line in the report. Nothing in the workbook is calculated or fetched.
    """
    report = Report()
    try:
        sheets = read_sheets(content, report)
    except UnreadableError as error:
        return Refused((Trouble("", 0, str(error)),))
    tables = {name: read_table(sheet, report) for name, sheet in sheets.items()}
    missing = _missing(sheets, tables)
    if missing is not None:
        return Refused((missing,))
    settings = _settings(tables.get("settings"), report)
    known = languages.choose(
        [tables[name] for name in ("survey", "choices", "settings") if name in tables],
        settings.get("default_language"),
        settings.get("svvoice::languages"),
        report,
    )
    if known is None:
        return Refused(report.troubles)
    return _survey(tables, settings, known, report, slug, file_name)


def _missing(sheets: Mapping[str, Sheet], tables: Mapping[str, Table]) -> Trouble | None:
    if "survey" not in sheets:
        return Trouble("", 0, "There is no sheet called “survey”, so this is no XLSForm.")
    bases = {heading.base for heading in tables["survey"].headings.values()}
    if "type" not in bases:
        row = tables["survey"].head_row
        return Trouble("survey", row, "The first row has to name the columns, and there is none called “type”.")
    if "choices" in tables:
        in_choices = {heading.base for heading in tables["choices"].headings.values()}
        if "list_name" not in in_choices:
            return Trouble("choices", tables["choices"].head_row, "There is no column called “list_name”.")
    return None


def _settings(table: Table | None, report: Report) -> Cells:
    if table is None or not table.rows:
        return _NO_SETTINGS
    for cells in table.rows[1:]:
        report.dropped("settings", cells.row, "only the first row of settings counts")
    first = table.rows[0]
    for base, cell in first.plain.items():
        if base not in _SETTINGS:
            report.dropped("settings", first.row, f"{shown(base)} “{shown(cell)}” is left out")
    for base, words in first.words.items():
        if base not in {f"svvoice::{name}" for name in (*extras.SURVEY_WORDS, "title")}:
            for cell in words.values():
                report.dropped("settings", first.row, f"{shown(base)} “{shown(cell)}” is left out")
    return first


def _survey(
    tables: Mapping[str, Table], settings: Cells, known: Languages, report: Report, slug: str, file_name: str
) -> Imported | Refused:
    wording = Wording(known, report, literal=settings.get(extras.MARK) == str(FORMAT_VERSION))
    lists = Choices(tables.get("choices"), wording, report)
    questions = Questions(wording, lists, report)
    assembly = Assembly(questions, report)
    assembly.read(tables["survey"])
    lists.tell_unused(questions.lists_used)
    if len(assembly.placed) > MOST_QUESTIONS:
        row = assembly.placed[MOST_QUESTIONS].row
        report.trouble(SHEET, row, f"There are {len(assembly.placed)} questions. The most is {MOST_QUESTIONS}.")
    document = _document(settings, known, wording, report, slug, file_name)
    if report.troubles:
        return Refused(report.troubles)
    return _checked(document, assembly.placed, report)


def _document(
    settings: Cells, known: Languages, wording: Wording, report: Report, slug: str, file_name: str
) -> dict[str, object]:
    title = settings.plain.get("form_title", "")
    if settings.get(extras.MARK) != str(FORMAT_VERSION):
        title = plain(title)
    form_id = settings.get("form_id")
    made = slug or make_slug(form_id, title, file_name, "form")
    if form_id and form_id != made:
        report.changed("settings", settings.row, f"the form_id “{shown(form_id)}” is now the slug “{made}”")
    others = wording.words("settings", settings, "svvoice::title")
    written = {**others, known.default: title or form_id or file_name or made}
    titles = {tag: written[tag] for tag in known.order if tag in written}
    if not title:
        report.changed(
            "settings", settings.row, f"there is no form_title: the title is “{shown(titles[known.default])}”"
        )
    return {
        "svvoice": FORMAT_VERSION,
        "slug": made,
        "default_language": known.default,
        "languages": list(known.order),
        "title": titles,
        **extras.survey_fields(settings, wording),
    }


def _checked(document: dict[str, object], placed: Sequence[Placed], report: Report) -> Imported | Refused:
    """Through the same validator as every document. A condition that makes no sense here is left out, and told."""
    while True:
        whole = {**document, "questions": [question.document for question in placed]}
        survey = read_survey(json.dumps(whole).encode())
        if isinstance(survey, Survey):
            return Imported(survey, report.lines)
        if not _without_conditions(survey, placed, report):
            return Refused(tuple(_trouble(problem, placed) for problem in survey))


def _without_conditions(problems: Sequence[Problem], placed: Sequence[Placed], report: Report) -> bool:
    """Takes out the conditions that the validator does not accept; whether there were any."""
    found = False
    for problem in problems:
        match = _PLACE.match(problem.place)
        if match and match.group(4):
            question = placed[int(match.group(1))]
            if question.document.pop("show_if", None) is not None:
                found = True
                report.dropped(
                    SHEET,
                    question.row,
                    f"the condition is left out, and the question is asked without it: {sentence(problem)}",
                )
    return found


def _trouble(problem: Problem, placed: Sequence[Placed]) -> Trouble:
    """A problem of the document at the row that it comes from."""
    match = _PLACE.match(problem.place)
    if match is None:
        if problem.place == "questions":
            return Trouble(SHEET, 0, sentence(problem))
        return Trouble("settings" if problem.place else "", 0, f"{problem.place}: {sentence(problem)}".lstrip(": "))
    question = placed[int(match.group(1))]
    option = match.group(3)
    field = problem.place[match.end() :].lstrip(".")
    said = f"{field}: {sentence(problem)}" if field else sentence(problem)
    if option is not None and int(option) < len(question.option_rows):
        return Trouble(choices.SHEET, question.option_rows[int(option)], said)
    return Trouble(SHEET, question.row, said)
