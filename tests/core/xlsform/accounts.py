"""An account of a form that came in: for everything in it, where it is now or which line tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from svvoice.core.survey import Question
from svvoice.core.xlsform import Imported, Line, Outcome
from tests.core.xlsform.forms import Form, Row

KNOWN = {"Welsh": "cy", "English": "en", "polski": "pl"}
ENDS = ("end group", "end repeat", "end looped group")


def unaccounted(form: Form, read: Imported) -> list[str]:
    """What is neither in the document nor in a line of the report."""
    return [*_rows(form, read), *_conditions(form, read), *_options(form, read), *_languages(form, read)]


def _lines(read: Imported, sheet: str, row: int) -> list[Line]:
    return [line for line in read.report if (line.sheet, line.row) == (sheet, row)]


def _records(rows: tuple[Row, ...] | list[Row]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with its number, by the headings of the first row that has any."""
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    heading = [str(name or "").strip().lower() for name in filled[0][1]]
    for number, row in filled[1:]:
        yield number, {name: str(cell) for name, cell in zip(heading, row, strict=False) if cell is not None and name}


def _rows(form: Form, read: Imported) -> Iterator[str]:
    for number, record in _records(list(form.survey)):
        ends = record.get("type", "").replace("_", " ") in ENDS
        if not ends and not _lines(read, "survey", number):
            yield f"survey row {number}: {record}"


def _conditions(form: Form, read: Imported) -> Iterator[str]:
    """Each condition stands at the question of its row, or a line of that row speaks of it."""
    for number, record in _records(list(form.survey)):
        if not record.get("relevant", record.get("relevance")):
            continue
        told = any("condition" in line.sentence for line in _lines(read, "survey", number))
        question = _question_of(read, number)
        if not told and (question is None or question.show_if is None):
            yield f"survey row {number}: the condition {record}"


def _question_of(read: Imported, row: int) -> Question | None:
    kept = [line for line in _lines(read, "survey", row) if line.outcome is Outcome.KEPT]
    return read.document.question(kept[0].sentence.split("“")[1].split("”")[0]) if kept else None


def _options(form: Form, read: Imported) -> Iterator[str]:
    """Each choice is an option under its label, or its list is one that a line calls unused or a yes and no."""
    labels = {text for each in read.document.questions for option in each.options for text in option.text.values()}
    if not form.choices:
        return
    for number, record in _records(list(form.choices)):
        name = record.get("list_name", record.get("list name", ""))
        words = {text for heading, text in record.items() if heading.startswith("label")}
        of_list = [line for line in read.report if f"the list “{name}”" in line.sentence]
        told = any(line.outcome is not Outcome.KEPT for line in (*of_list, *_lines(read, "choices", number)))
        if not told and not words & labels:
            yield f"choices row {number}: {record}"


def _languages(form: Form, read: Imported) -> Iterator[str]:
    """Each language of a column is one of the survey, or a line names it."""
    for rows in (form.survey, form.choices):
        for heading in next((row for row in rows if any(row)), ()):
            language = str(heading or "").partition("::")[2]
            tag = KNOWN.get(language) or language.rpartition("(")[2].rstrip(")")
            named = any(language in line.sentence for line in read.report)
            if language and not named and tag not in read.document.languages:
                yield f"the language {language}"
