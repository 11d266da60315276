"""Survey documents in and out: the one door for files, for the database and for other systems."""

from __future__ import annotations

import re

from svvoice.core.checks import problems_of
from svvoice.core.document_reading import from_document, read_shape
from svvoice.core.document_writing import to_document, to_json
from svvoice.core.json_text import load, parse
from svvoice.core.problems import Code, Problem, Problems
from svvoice.core.survey import Survey

__all__ = ["from_document", "from_json", "parse", "read_survey", "to_document", "to_json"]

_CAUSES = {
    Code.NO_DEFAULT_WORDS: ("default_language",),
    Code.DEFAULT_NOT_LISTED: ("languages",),
    Code.UNLISTED_LANGUAGE: ("default_language", "languages"),
}

# Where a fault hides the id of a question.
_UNNAMED = re.compile(r"questions(\[[0-9]+\](\.id)?)?")


def read_survey(text: bytes) -> Survey | Problems:
    """The survey in a file, sound in shape and sense; or every problem: those of shape first, then those of sense."""
    loaded = load(text)
    if not loaded.readable:
        return loaded.problems
    reading = read_shape(loaded.document)
    shape = (*loaded.problems, *reading.problems)
    problems = (*shape, *_not_explained(problems_of(reading.survey), shape))
    return problems or reading.survey


def from_json(text: str) -> Survey:
    """The survey in a document that we keep: it was sound when it was taken in. Raises ValueError where it is not."""
    survey = from_document(parse(text.encode()))
    if not isinstance(survey, Survey):
        raise ValueError(f"a kept survey document does not read: {survey[0].place} {survey[0].code}")
    return survey


def _not_explained(senses: Problems, shapes: Problems) -> Problems:
    """The problems of sense that stand on their own, not only because something near them could not be read."""
    broken = tuple(_reach(problem) for problem in shapes if problem.code is not Code.UNKNOWN_FIELD)
    no_ids = any(_UNNAMED.fullmatch(problem.place) for problem in shapes)
    return tuple(
        problem
        for problem in senses
        if not any(_near(place, broken) for place in _places(problem))
        and not (no_ids and problem.code is Code.UNKNOWN_QUESTION)
    )


def _reach(problem: Problem) -> str:
    """How far a faulty field spoils what can be said: without a kind, nothing of its question makes sense."""
    return problem.place.removesuffix(".kind")


def _places(problem: Problem) -> tuple[str, ...]:
    """Where a problem shows, and where its cause may be."""
    named = tuple(str(problem.details[name]) for name in ("first", "at") if name in problem.details)
    return (problem.place, *named, *_CAUSES.get(problem.code, ()))


def _near(place: str, broken: tuple[str, ...]) -> bool:
    return any(_holds(outer, place) or _holds(place, outer) for outer in broken)


def _holds(outer: str, inner: str) -> bool:
    return inner == outer or (inner.startswith(outer) and (outer == "" or inner[len(outer)] in ".["))
