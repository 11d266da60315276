"""The codebook: what every column of an export holds, one row for each column and choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from svvoice.core.export import CHANNELS, LEADING, STATUSES, Column, Part, all_choices, columns, wordings
from svvoice.core.safe_cells import Touched, safe_cell
from svvoice.core.survey import (
    OTHER,
    All,
    Answered,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    Includes,
    Is,
    Kind,
    Language,
    Not,
    Question,
    Survey,
    Words,
)

_LEADING_CODES: Mapping[str, Sequence[str]] = {"status": STATUSES, "channel": CHANNELS}


def codebook(versions: Sequence[Survey], answered: Mapping[str, int], touched: Touched) -> Iterator[list[str]]:
    """The rows of codebook.csv, the header first. `answered`: people by question id, over all exported responses.

    Versions come oldest first; languages are those of all versions. Author's words are made safe for spreadsheets.
    """
    languages = tuple(dict.fromkeys(language for survey in reversed(versions) for language in survey.languages))
    yield _header(languages)
    for name in LEADING:
        for code in _LEADING_CODES.get(name, ("",)):
            row = {"column": name, "kind": "response", "option_code": code}
            yield [row.get(field, "") for field in _header(languages)]
    for column in columns(versions):
        for row in _rows(column, versions, languages):
            row["n_answered"] = str(answered.get(column.question.id, 0))
            yield [safe_cell(row.get(field, ""), touched) for field in _header(languages)]


def condition_in_words(condition: Condition, survey: Survey) -> str:
    """When a question is shown, in plain English with the survey's own words, such as `"Near?" is "Yes"`."""
    match condition:
        case All(conditions):
            return " and ".join(_part(part, survey) for part in conditions)
        case AnyOf(conditions):
            return " or ".join(_part(part, survey) for part in conditions)
        case Not(part):
            return f"not {_part(part, survey, always=True)}"
        case Answered(question, answered):
            return f"{_asked(question, survey)} was {'answered' if answered else 'not answered'}"
        case Is(question, values):
            return f"{_asked(question, survey)} is {' or '.join(_value(question, v, survey) for v in values)}"
        case AtLeast(question, number):
            return f"{_asked(question, survey)} is {number} or more"
        case AtMost(question, number):
            return f"{_asked(question, survey)} is {number} or less"
        case Includes(question, option):
            return f"{_asked(question, survey)} includes {_value(question, option, survey)}"
        case _:
            assert_never(condition)


def _part(condition: Condition, survey: Survey, *, always: bool = False) -> str:
    """A condition within another one: in brackets where the words could be read in two ways."""
    words = condition_in_words(condition, survey)
    return f"({words})" if always or (isinstance(condition, All | AnyOf | Is) and " or " in words) else words


def _asked(question_id: str, survey: Survey) -> str:
    question = survey.question(question_id)
    return f'"{survey.words(question.text, survey.default_language)}"' if question else f'"{question_id}"'


def _value(question_id: str, value: str | int, survey: Survey) -> str:
    question = survey.question(question_id)
    if question is None or question.kind is Kind.SCALE:
        return str(value)
    words = {"yes": "Yes", "no": "No"} if question.kind is Kind.YES_NO else {}
    if choice := question.choice(str(value)):
        words = {choice.id: survey.words(choice.text, survey.default_language)}
    return f'"{words.get(str(value)) or _own_words(str(value))}"'


def _own_words(value: str) -> str:
    return "Something else" if value == OTHER else value


def _header(languages: Sequence[Language]) -> list[str]:
    texts, labels = ([f"{name}_{language}" for language in languages] for name in ("text", "option_label"))
    before = ["column", "question_id", "kind", "version_from", "version_to"]
    return [*before, *texts, "option_code", *labels, "required", "shown_if", "informs", "n_answered"]


def _rows(column: Column, versions: Sequence[Survey], languages: Sequence[Language]) -> Iterator[dict[str, str]]:
    row = _of_question(column, versions, languages)
    match column.part:
        case Part.TICK:
            assert column.option is not None  # noqa: S101 (a tick is always of a choice)
            yield row | _option(column.option.id, column.option.text, languages) | {"kind": "multi_choice 0/1"}
        case Part.OTHER_TEXT:
            yield row | {"kind": "text beside other"}
        case Part.VALUE:
            coded = list(_coded(wordings(versions, column.question.id)))
            for code, words in coded or [("", {})]:
                yield row | _option(code, words, languages)
        case _:
            assert_never(column.part)


def _of_question(column: Column, versions: Sequence[Survey], languages: Sequence[Language]) -> dict[str, str]:
    question = column.question
    survey = next(survey for survey in reversed(versions) if survey.question(question.id))
    condition = condition_in_words(question.show_if, survey) if question.show_if else "always"
    return {
        "column": column.name,
        "question_id": question.id,
        "kind": question.kind.value,
        "version_from": str(min(column.versions)),
        "version_to": str(max(column.versions)),
        **{f"text_{language}": question.text.get(language, "") for language in languages},
        "required": "yes" if question.required else "no",
        "shown_if": condition,
        "informs": "|".join(question.informs),
    }


def _option(code: str, words: Words, languages: Sequence[Language]) -> dict[str, str]:
    return {"option_code": code} | {f"option_label_{language}": words.get(language, "") for language in languages}


def _coded(asked: Sequence[Question]) -> Iterator[tuple[str, Words]]:
    """The codes that stand in a column of values, with their latest words; ticks have columns of their own."""
    latest = asked[-1]
    match latest.kind:
        case Kind.YES_NO:
            yield from (("yes", {"en": "Yes"}), ("no", {"en": "No"}))
        case Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            words = {choice.id: choice.text for question in asked for choice in question.choices}
            yield from ((code, words[code] or {"en": _own_words(code)}) for code in all_choices(asked))
        case Kind.SCALE:
            labels = {latest.points[0]: latest.min_label, latest.points[-1]: latest.max_label}
            yield from ((str(point), labels.get(point, {})) for point in latest.points)
        case Kind.MULTI_CHOICE | Kind.NUMBER | Kind.TEXT | Kind.POSTCODE_DISTRICT | Kind.NOTE:
            return
        case _:
            assert_never(latest.kind)
