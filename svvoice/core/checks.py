"""Whether a survey makes sense, and whether it may go out to people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import islice

from svvoice.core.condition_checks import condition_problems
from svvoice.core.document_reading import read_shape
from svvoice.core.document_writing import to_document
from svvoice.core.problems import MOST_PROBLEMS, Code, Problem, Problems, Severity
from svvoice.core.question_checks import question_problems
from svvoice.core.reachability import never_shown
from svvoice.core.sms_text import intro_text, question_text, segments
from svvoice.core.survey import Audience, Kind, Language, Measure, Promise, Question, Survey
from svvoice.core.word_checks import (
    asks_exact_age,
    keyword_problems,
    label_problems,
    language_problems,
    numbered_labels,
    untranslated,
    without_words,
)
from svvoice.core.words import Say

RESERVED_COLUMNS = frozenset(
    (
        "response_id",
        "survey_id",
        "survey_version",
        "status",
        "channel",
        "language",
        "started_at",
        "submitted_at",
        "duration_s",
        "collector",
    )
)
RESERVED_OPTION = "other_text"
"""`<question>__other_text` is the column of the words beside "other"."""

MOST_SEGMENTS = 3
FEW_SEGMENTS = 2
LONGEST_MESSAGE = 1_600
"""Letters in one text, whatever its segments."""

ONCE = frozenset(Measure) - {Measure.PROMISE_SEEN, Measure.PROMISE_GOOD, Measure.JOBS_LOCAL, Measure.STATEMENT_VOTE}
"""Measures that results look up in one question; the others may be asked of several promises or statements."""


def problems_of(survey: Survey) -> Problems:
    """Everything in which a survey contradicts itself, whatever state of drafting it is in. All of it blocks."""
    return tuple(islice(_problems(survey), MOST_PROBLEMS))


def _problems(survey: Survey) -> Iterator[Problem]:
    yield from language_problems(survey)
    yield from keyword_problems(survey)
    yield from _promises(survey)
    if survey.opens and survey.closes and survey.closes < survey.opens:
        yield Problem("closes", Code.CLOSES_BEFORE_OPENING, {"opens": survey.opens, "closes": survey.closes})
    if not survey.asked:
        yield Problem("questions", Code.NOTHING_ASKED)
    yield from _ids([question.id for question in survey.questions], "questions", RESERVED_COLUMNS)
    for index, question in enumerate(survey.questions):
        place = f"questions[{index}]"
        yield from question_problems(question, place)
        yield from _ids([option.id for option in question.options], f"{place}.options", {RESERVED_OPTION})
        yield from label_problems(question, place)
    yield from condition_problems(survey)


def _promises(survey: Survey) -> Iterator[Problem]:
    if survey.promise is Promise.ANONYMOUS and survey.keyword is not None:
        yield Problem("keyword", Code.ANONYMOUS_KEYWORD)
    if survey.promise is Promise.ANONYMOUS and survey.tell_back:
        yield Problem("tell_back", Code.ANONYMOUS_TELL_BACK)


def _ids(ids: list[str], place: str, reserved: Collection[str]) -> Iterator[Problem]:
    for number, identifier in enumerate(ids):
        where = f"{place}[{number}].id"
        first = ids.index(identifier)
        if first < number:
            yield Problem(where, Code.REPEATED_ID, {"id": identifier, "first": f"{place}[{first}].id"})
        if identifier in reserved:
            yield Problem(where, Code.RESERVED_ID, {"id": identifier})


def ready_to_publish(
    survey: Survey,
    organisation_name: str,
    *,
    say_in: Callable[[Language], Say],
    spoken: Collection[Language],
    link: str,
    today: date,
) -> Problems:
    """Everything between a draft and its going out: what blocks, and what is worth a look.

    `say_in` gives the product's words in a language, `spoken` are the languages that it has them in, and `link` is
    the address that the first text names. `today` is the day in Europe/London.
    """
    broken = (*read_shape(to_document(survey)).problems, *problems_of(survey))
    if broken:
        return (*broken, *untranslated(survey))
    unready = (*untranslated(survey), *_unready(survey, spoken, today))
    return (*unready, *_text_lengths(survey, organisation_name, say_in, link))


def _unready(survey: Survey, spoken: Collection[Language], today: date) -> Iterator[Problem]:
    for number, language in enumerate(survey.languages):
        if language not in spoken:
            details = {"language": language}
            yield Problem(f"languages[{number}]", Code.LANGUAGE_NOT_SPOKEN, details, Severity.WARN)
    if survey.closes and survey.closes < today:
        yield Problem("closes", Code.ALREADY_CLOSED, {"closes": survey.closes})
    for index, question in enumerate(survey.questions):
        yield from _unready_question(survey, question, f"questions[{index}]")
    for index in never_shown(survey):
        yield Problem(f"questions[{index}].show_if", Code.NEVER_SHOWN)
    yield from _measures(survey)
    last = survey.questions[-1]
    if last.kind is Kind.NOTE and last.show_if is not None:
        place = f"questions[{len(survey.questions) - 1}].show_if"
        yield Problem(place, Code.LAST_NOTE_HIDES, severity=Severity.WARN)


def _unready_question(survey: Survey, question: Question, place: str) -> Iterator[Problem]:
    if question.sensitive and without_words(question.why):
        yield Problem(f"{place}.why", Code.NO_WHY)
    if survey.audience is Audience.UNDER_18 and asks_exact_age(question):
        yield Problem(f"{place}.kind", Code.EXACT_AGE)
    yield from numbered_labels(question, place)


def _measures(survey: Survey) -> Iterator[Problem]:
    first: dict[Measure, str] = {}
    for index, question in enumerate(survey.questions):
        if question.measure not in ONCE:
            continue
        place = f"questions[{index}].measure"
        taken = first.setdefault(question.measure, place)
        if taken != place:
            details = {"measure": str(question.measure), "first": taken}
            yield Problem(place, Code.MEASURE_TWICE, details, Severity.WARN)


def _text_lengths(survey: Survey, organisation: str, say_in: Callable[[Language], Say], link: str) -> Iterator[Problem]:
    """What each message costs, the first one with the words that begin a conversation, each with its notes."""
    if survey.promise is Promise.ANONYMOUS:
        return  # never goes out by text
    for language in survey.languages:
        say = say_in(language)
        heading = intro_text(survey, language, organisation=organisation, link=link, say=say)
        for index, question in enumerate(survey.questions):
            text = question_text(question, language, survey=survey, heading=heading, say=say)
            if question.kind is Kind.NOTE:
                heading = text
                continue
            heading = ""
            field = "sms_text" if question.sms_text.get(language) else "text"
            yield from _text_length(text, language, f"questions[{index}].{field}.{language}")


def _text_length(text: str, language: Language, place: str) -> Iterator[Problem]:
    count = segments(text).count
    details = {"language": language, "segments": count, "most": MOST_SEGMENTS}
    if len(text) > LONGEST_MESSAGE:
        yield Problem(place, Code.TEXT_OVER_LIMIT, {"language": language, "length": len(text), "most": LONGEST_MESSAGE})
    elif count > MOST_SEGMENTS:
        yield Problem(place, Code.TEXT_TOO_LONG, details)
    elif count > FEW_SEGMENTS:
        yield Problem(place, Code.TEXT_LONG, details, Severity.WARN)
