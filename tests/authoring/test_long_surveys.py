"""A survey of a hundred questions is no burden: saving and looking at it, against one of ten."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime

from svvoice.authoring import actions
from svvoice.authoring.actions import Imported
from svvoice.core.document import to_json
from svvoice.core.survey import Is, Kind, Option, Question, Survey
from tests.authoring.officer import Officer

TONGUES = ("en", "cy", "ur", "pl")
LARGEST_PAGE = 100_000


def long_survey(questions: int) -> Survey:
    """Six options each, in four languages, every third asked only after a certain answer."""

    def words(text: str) -> dict[str, str]:
        return {tongue: f"{text} ({tongue})" for tongue in TONGUES}

    options = tuple(Option(f"o{number}", words(f"Answer {number}")) for number in range(6))
    asked = tuple(
        Question(
            f"q{number}",
            Kind.SINGLE_CHOICE,
            words(f"How do you feel about matter {number} in your street?"),
            hint=words("Think of the last month"),
            options=options,
            show_if=Is(f"q{number - 1}", ("o1",)) if number % 3 == 1 else None,
        )
        for number in range(questions)
    )
    return Survey(f"long-{questions}", "en", TONGUES, words("Long"), asked)


def bring_in(officer: Officer, survey: Survey) -> None:
    content = to_json(survey).encode()
    now = datetime(2026, 2, 1, tzinfo=UTC)
    done = actions.import_document(officer.database, officer.cast.hillside, content, None, now)
    assert isinstance(done, Imported)
    officer.slug = survey.slug


def seconds_to_save(officer: Officer, survey: Survey) -> float:
    """The fastest of nine edits, each of a form that is fresh: the others waited for the machine."""
    bring_in(officer, survey)
    form, taken = officer.form("q5"), []
    for number in range(9):
        filled = {**form, "hint": [f"Hint {number}"], "revision": [officer.revision]}
        begun = time.perf_counter()
        officer.saves("q5", filled)
        taken.append(time.perf_counter() - begun)
        assert officer.status == 303
    return min(taken)


def test_an_edit_of_a_hundred_questions_takes_at_most_twice_as_long_as_one_of_ten(ben: Officer) -> None:
    few, many = seconds_to_save(ben, long_survey(10)), seconds_to_save(ben, long_survey(100))
    assert many / few <= 2, f"{few * 1000:.1f} ms and {many * 1000:.1f} ms"


def test_the_builders_pages_of_a_hundred_questions_are_small(ben: Officer) -> None:
    bring_in(ben, long_survey(100))
    for place in ("builder", "questions/q99", "builder/states"):
        assert len(gzip.compress(ben.opens(place).encode(), 6)) < LARGEST_PAGE, place
