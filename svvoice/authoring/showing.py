"""What the builder's pages show of a survey: its questions as lines, its problems with the place to mend them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from svvoice.authoring.actions import problems_before_publishing
from svvoice.authoring.draft_actions import Draft, read
from svvoice.authoring.question_form import KINDS
from svvoice.clock import london_day
from svvoice.core.conditions_in_words import in_words
from svvoice.core.drafting import called, free_id, taken_questions
from svvoice.core.problems import Problem, Problems, Severity, sentence
from svvoice.core.survey import Question, Survey, questions_named
from svvoice.language import ENGLISH_NAMES

_PLACEHOLDERS = {
    "promise": "the promise",
    "project": "the project",
    "statement": "the statement",
    "option_a": "the first choice",
    "option_b": "the second choice",
    "option_c": "the third choice",
}


@dataclass(frozen=True)
class ProblemLine:
    """A problem in words. `question`: the id of the one to go to; none for what stands in the survey itself."""

    words: str
    blocks: bool
    question: str | None


@dataclass(frozen=True)
class QuestionLine:
    id: str
    number: int
    words: str
    kind: str
    options: str
    asked_if: str
    blocks: int
    warnings: int


def place_in_words(place: str) -> str:
    """Where a problem is, as an officer would say it: "Question 2, Welsh" for `questions[1].sms_text.cy`."""
    number = re.match(r"questions\[(\d+)\]", place)
    language = ENGLISH_NAMES.get(place.rsplit(".", 1)[-1])
    parts = [f"Question {int(number.group(1)) + 1}" if number else "", language or ""]
    return ", ".join(part for part in parts if part) or place.replace("_", " ").capitalize() or "The survey"


def words_of(problem: Problem) -> str:
    return f"{place_in_words(problem.place)}: {sentence(problem)}"


def problem_lines(document: str, organisation: str, public_url: str, now: datetime) -> list[ProblemLine]:
    """Everything between a draft (as it is kept) and its being published, what blocks first."""
    survey, found = read(document), _problems(document, organisation, public_url, london_day(now))
    lines = [
        ProblemLine(words_of(one), one.severity is Severity.BLOCK, _question_at(survey, one.place)) for one in found
    ]
    return sorted(lines, key=lambda line: not line.blocks)


@lru_cache(maxsize=64)
def _problems(document: str, organisation: str, public_url: str, day: date) -> Problems:
    """Looked for once for each state of a draft: each page of the builder shows them, and every text is measured."""
    return problems_before_publishing(read(document), organisation, public_url, day)


def _question_at(survey: Survey, place: str) -> str | None:
    number = re.match(r"questions\[(\d+)\]", place)
    return survey.questions[int(number.group(1))].id if number else None


def question_lines(survey: Survey, problems: Sequence[ProblemLine]) -> list[QuestionLine]:
    return [
        QuestionLine(
            id=question.id,
            number=number,
            words=called(survey, question),
            kind=KINDS[question.kind],
            options=options_in_words(survey, question),
            asked_if=in_words(question.show_if, survey) if question.show_if else "",
            blocks=sum(line.blocks for line in problems if line.question == question.id),
            warnings=sum(not line.blocks for line in problems if line.question == question.id),
        )
        for number, question in enumerate(survey.questions, 1)
    ]


def options_in_words(survey: Survey, question: Question) -> str:
    words = (survey.words(choice.text, survey.default_language) or "Something else" for choice in question.choices)
    return "; ".join(words)


def title_of(survey: Survey) -> str:
    return survey.words(survey.title, survey.default_language)


def placeholder(name: str) -> str:
    """A word in curly brackets, as an officer is asked for it."""
    return _PLACEHOLDERS.get(name, name.replace("_", " "))


def in_survey(question: Question, draft: Draft) -> Question:
    """A question of the bank as this survey takes it: an id that is free, and no condition on what is not there."""
    survey = draft.survey
    taken_ids = taken_questions(survey, draft.retired)
    name = free_id(question.id, taken_ids) if question.id in taken_ids else question.id
    known = {one.id for one in survey.questions}
    condition = question.show_if
    if condition is not None and not set(questions_named(condition)) <= known:
        condition = None
    taken = {one.measure for one in survey.questions}
    measure = None if question.measure in taken else question.measure
    return replace(question, id=name, show_if=condition, measure=measure)
