"""What we write as XLSForm is the same survey when it is read again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

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


def test_a_condition_that_the_expression_alone_would_not_give_again_stays_whole() -> None:
    condition = All((All((Is("near", ("yes",)),)), Not(Not(Answered("near", False)))))
    assert again(with_condition(condition)).document == with_condition(condition)
