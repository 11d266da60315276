"""The page about the survey document is true: its examples import, and it names every field."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from svvoice.core.checks import ready_to_publish
from svvoice.core.document import read_survey, to_document
from svvoice.core.document_fields import OPTION, QUESTION, SURVEY
from svvoice.core.problems import line
from svvoice.core.survey import Kind, Survey

PAGE = (Path(__file__).parent.parent.parent / "docs" / "survey-document.md").read_text()
EXAMPLES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)


def test_there_is_a_short_and_a_full_example() -> None:
    assert [json.loads(example)["slug"] for example in EXAMPLES] == ["park", "your-park-2026"]


@pytest.mark.parametrize("example", EXAMPLES, ids=["short", "full"])
def test_an_example_is_imported_exported_and_ready(example: str) -> None:
    survey = read_survey(example.encode())
    assert isinstance(survey, Survey), survey
    assert json.dumps(to_document(survey)) == json.dumps(json.loads(example))
    problems = ready_to_publish(
        survey,
        "Hillside Trust",
        say_in=lambda language: lambda sentence: sentence,
        spoken=("en", "cy"),
        link="https://hillside.example/s/park",
        today=date(2026, 11, 24),
    )
    assert problems == ()


def test_the_full_example_has_every_kind() -> None:
    survey = read_survey(EXAMPLES[1].encode())
    assert isinstance(survey, Survey)
    assert {question.kind for question in survey.questions} == set(Kind)


def test_the_page_names_every_field_and_kind() -> None:
    names = [field.name for shape in (SURVEY, QUESTION, OPTION) for field in shape.fields]
    assert [name for name in [*names, *Kind] if f"`{name}`" not in PAGE] == []


def test_the_problems_it_shows_are_ours() -> None:
    short = json.loads(EXAMPLES[0])
    problems = read_survey(json.dumps({**short, "keywrod": "PARK"}).encode())
    assert not isinstance(problems, Survey)
    assert line(problems[0]) in PAGE
