"""What we write as XLSForm is the same survey when it is read again."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings

from svvoice.core import xlsform
from svvoice.core.document import read_survey, to_json
from svvoice.core.survey import All, Answered, Condition, Is, Kind, Not, Option, Question, Survey
from svvoice.core.words import Say
from svvoice.core.xlsform import Imported, Outcome
from tests.core.made_surveys import surveys

SURVEYS = Path(__file__).parent.parent.parent / "surveys"


def said(language: str) -> Say:
    return lambda words: words


def again(survey: Survey) -> Imported:
    read = xlsform.read(xlsform.write(survey, said))
    assert isinstance(read, Imported), [str(problem) for problem in read.problems]
    return read


def with_condition(condition: Condition) -> Survey:
    near = Question("near", Kind.YES_NO, {"en": "Near?"})
    why = Question("why", Kind.TEXT, {"en": "Why?"}, show_if=condition)
    return Survey("park", "en", ("en",), {"en": "Park"}, (near, why))


@pytest.mark.parametrize("name", ["tiny", "every_kind", "anonymous_youth", "park"])
def test_a_survey_comes_back_as_it_was(name: str) -> None:
    survey = read_survey((SURVEYS / f"{name}.json").read_bytes())
    assert isinstance(survey, Survey)
    assert to_json(again(survey).document) == to_json(survey)


@settings(max_examples=40, deadline=None)
@given(surveys())
def test_any_survey_comes_back_as_it_was_and_nothing_is_said_to_be_lost(survey: Survey) -> None:
    read = again(survey)
    assert read.document == survey
    assert [line for line in read.report if line.outcome is not Outcome.KEPT] == []


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "#N/A", " spaced ", "${near}", "<b>b</b>", "**b**", "a\nb", "&amp;", "TRUE", "_x000D_"]
)
def test_words_stay_words_letter_by_letter(text: str) -> None:
    survey = with_condition(Is("near", ("yes",)))
    worded = replace(survey, questions=(replace(survey.questions[0], text={"en": text}), survey.questions[1]))
    assert again(worded).document == worded


@pytest.mark.parametrize("aliases", [("a", "b"), ("a\nb",), ("[x",), ('["x"]',), (" ",)])
def test_aliases_stay_apart(aliases: tuple[str, ...]) -> None:
    options = (Option("a", {"en": "Ant"}, aliases={"en": aliases}), Option("b", {"en": "Bee"}))
    survey = Survey(
        "x", "en", ("en",), {"en": "X"}, (Question("q", Kind.SINGLE_CHOICE, {"en": "Q?"}, options=options),)
    )
    if not aliases[0].strip():
        survey = replace(survey, title={"en": "Blank alias"})
    assert again(survey).document == survey


def test_a_survey_whose_second_language_has_no_words_yet_keeps_it() -> None:
    survey = replace(with_condition(Is("near", ("yes",))), languages=("en", "cy"))
    read = again(survey)
    assert read.document == survey
    assert {line.outcome for line in read.report} == {Outcome.KEPT}


def test_a_relevant_that_somebody_changed_counts_and_our_own_form_beside_it_does_not() -> None:
    condition = Not(Not(Is("near", ("yes",))))
    book = openpyxl.load_workbook(BytesIO(xlsform.write(with_condition(All((condition,))), said)))
    heading = [cell.value for cell in book["survey"][1]]
    assert "svvoice::show_if" in heading
    book["survey"].cell(3, heading.index("relevant") + 1).value = "${near} = 'no'"
    content = BytesIO()
    book.save(content)
    read = xlsform.read(content.getvalue())
    assert isinstance(read, Imported)
    assert read.document.questions[1].show_if == Is("near", ("no",))
    told = "survey row 3: changed: svvoice::show_if says something else than relevant, which counts"
    assert told in list(map(str, read.report))


def test_a_condition_too_long_for_a_cell_is_no_half_a_condition() -> None:
    part: Condition = Is("near", ("yes",))
    for _ in range(3):
        part = All((Not(part),) * 20)
    with pytest.raises(xlsform.CellTooLongError):
        xlsform.write(with_condition(part), said)


def test_a_condition_that_the_expression_alone_would_not_give_again_stays_whole() -> None:
    condition = All((All((Is("near", ("yes",)),)), Not(Not(Answered("near", False)))))
    assert again(with_condition(condition)).document == with_condition(condition)
