"""What can be done to a survey that is being written: each function gives a new one, or a plain reason why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from svvoice.core.checks import RESERVED_COLUMNS, RESERVED_OPTION
from svvoice.core.document_fields import MOST_OPTIONS, MOST_QUESTIONS
from svvoice.core.document_reading import read_shape
from svvoice.core.document_writing import to_document
from svvoice.core.problems import Problems
from svvoice.core.survey import (
    All,
    AnyOf,
    Condition,
    Includes,
    Is,
    Not,
    Option,
    Question,
    Survey,
    questions_named,
)

LONGEST_ID = 30
_SMALL_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "are",
        "at",
        "do",
        "does",
        "for",
        "here",
        "how",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "the",
        "there",
        "to",
        "we",
        "what",
        "which",
        "you",
        "your",
    )
)


class Refusal(StrEnum):
    """Why something was not done."""

    NO_SUCH_QUESTION = "no_such_question"
    NO_SUCH_OPTION = "no_such_option"
    ID_TAKEN = "id_taken"
    TOO_MANY_QUESTIONS = "too_many_questions"
    TOO_MANY_OPTIONS = "too_many_options"
    AT_THE_END = "at_the_end"
    NEEDS_WHAT_COMES_BEFORE = "needs_what_comes_before"
    NEEDED_BY_ANOTHER = "needed_by_another"
    OPTION_NEEDED = "option_needed"
    DOES_NOT_FIT = "does_not_fit"


SENTENCES: Mapping[Refusal, str] = {
    Refusal.NO_SUCH_QUESTION: "This question is not in the survey any more.",
    Refusal.NO_SUCH_OPTION: "This option is not in the question any more.",
    Refusal.ID_TAKEN: 'The id "%(id)s" is or was used in this survey. Answers would be mixed up.',
    Refusal.TOO_MANY_QUESTIONS: "A survey can have %(most)s questions at most.",
    Refusal.TOO_MANY_OPTIONS: "A question can have %(most)s options at most.",
    Refusal.AT_THE_END: "It stands at the end already.",
    Refusal.NEEDS_WHAT_COMES_BEFORE: '"%(later)s" depends on the answer to "%(earlier)s", so it has to come after it.',
    Refusal.NEEDED_BY_ANOTHER: '"%(by)s" depends on the answer to this. Change when it is asked first.',
    Refusal.OPTION_NEEDED: '"%(by)s" depends on the option "%(option)s". Change when it is asked first.',
    Refusal.DOES_NOT_FIT: "Something here does not fit. Look at what is marked.",
}


@dataclass(frozen=True)
class NotDone:
    """Nothing was changed. `problems` say where, if the words or numbers themselves do not fit."""

    reason: Refusal
    details: Mapping[str, object] = field(default_factory=dict)
    problems: Problems = ()

    @property
    def sentence(self) -> str:
        return SENTENCES[self.reason] % self.details


def free_id(words: str, taken: Collection[str], otherwise: str = "question") -> str:
    """An id made of these words that nothing has or ever had: "How often do you go?" makes `often_go`."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    telling = [word for word in found if word not in _SMALL_WORDS] or found
    base = re.sub(r"^[0-9_]+", "", "_".join(telling))[:LONGEST_ID] or otherwise
    base = base.rsplit("_", 1)[0] if len(base) == LONGEST_ID and "_" in base else base.rstrip("_")
    numbers = (f"{base[: LONGEST_ID - len(str(number)) - 1]}_{number}" for number in range(2, 10_000))
    return next(name for name in (base, *numbers) if name not in taken)


def taken_questions(survey: Survey, retired: Collection[str] = ()) -> frozenset[str]:
    """Ids that a new question may not have; `retired`: those of earlier versions."""
    return frozenset((*(question.id for question in survey.questions), *retired, *RESERVED_COLUMNS))


def taken_options(question: Question, retired: Collection[str] = ()) -> frozenset[str]:
    return frozenset((*question.choice_ids, *retired, RESERVED_OPTION, "other"))


def add_question(
    survey: Survey, question: Question, *, after: str | None = None, retired: Collection[str] = ()
) -> Survey | NotDone:
    """The question at the end, or after another one. `retired`: ids of earlier versions, which stay theirs."""
    if len(survey.questions) >= MOST_QUESTIONS:
        return NotDone(Refusal.TOO_MANY_QUESTIONS, {"most": MOST_QUESTIONS})
    if question.id in taken_questions(survey, retired):
        return NotDone(Refusal.ID_TAKEN, {"id": question.id})
    if problems := shape_problems(survey, question):
        return NotDone(Refusal.DOES_NOT_FIT, problems=problems)
    place = len(survey.questions)
    if after is not None:
        found = place_of(survey, after)
        if found is None:
            return NotDone(Refusal.NO_SUCH_QUESTION)
        place = found + 1
    return replace(survey, questions=(*survey.questions[:place], question, *survey.questions[place:]))


def change_question(survey: Survey, changed: Question) -> Survey | NotDone:
    """The survey with this question in the place of the one with its id."""
    before = survey.question(changed.id)
    if before is None:
        return NotDone(Refusal.NO_SUCH_QUESTION)
    if len(changed.choices) > MOST_OPTIONS:
        return NotDone(Refusal.TOO_MANY_OPTIONS, {"most": MOST_OPTIONS})
    for option in before.choices:
        if changed.choice(option.id) is None and (by := _looks_at_option(survey, changed.id, option.id)):
            words = survey.words(option.text, survey.default_language) or option.id
            return NotDone(Refusal.OPTION_NEEDED, {"by": called(survey, by), "option": words})
    if problems := shape_problems(survey, changed):
        return NotDone(Refusal.DOES_NOT_FIT, problems=problems)
    return replace(survey, questions=tuple(changed if one.id == changed.id else one for one in survey.questions))


def move_question(survey: Survey, question_id: str, steps: int) -> Survey | NotDone:
    """One or more steps up (negative) or down. A question stays behind those whose answers it depends on."""
    place = place_of(survey, question_id)
    if place is None:
        return NotDone(Refusal.NO_SUCH_QUESTION)
    target = place + steps
    if not 0 <= target < len(survey.questions):
        return NotDone(Refusal.AT_THE_END)
    others = [one for one in survey.questions if one.id != question_id]
    moved = replace(survey, questions=(*others[:target], survey.questions[place], *others[target:]))
    return _first_that_looks_forward(survey, moved) or moved


def copy_question(survey: Survey, question_id: str, retired: Collection[str] = ()) -> Survey | NotDone:
    """A second one behind the first, with an id of its own; what results know the first by stays with the first."""
    question = survey.question(question_id)
    if question is None:
        return NotDone(Refusal.NO_SUCH_QUESTION)
    name = free_id(re.sub(r"_\d+$", "", question.id), taken_questions(survey, retired))
    return add_question(survey, replace(question, id=name, measure=None), after=question_id, retired=retired)


def retire_question(survey: Survey, question_id: str) -> Survey | NotDone:
    """Without the question. Refused while another depends on its answer."""
    if survey.question(question_id) is None:
        return NotDone(Refusal.NO_SUCH_QUESTION)
    if by := next(
        (one for one in survey.questions if one.show_if and question_id in questions_named(one.show_if)), None
    ):
        return NotDone(Refusal.NEEDED_BY_ANOTHER, {"by": called(survey, by)})
    return replace(survey, questions=tuple(one for one in survey.questions if one.id != question_id))


def add_option(survey: Survey, question_id: str, option: Option, retired: Collection[str] = ()) -> Survey | NotDone:
    question = survey.question(question_id)
    if question is None:
        return NotDone(Refusal.NO_SUCH_QUESTION)
    if option.id in {*(one.id for one in question.options), *retired, RESERVED_OPTION}:
        return NotDone(Refusal.ID_TAKEN, {"id": option.id})
    return change_question(survey, replace(question, options=(*question.options, option)))


def change_option(survey: Survey, question_id: str, option: Option) -> Survey | NotDone:
    question = _with_option(survey, question_id, option.id)
    if isinstance(question, NotDone):
        return question
    options = tuple(option if one.id == option.id else one for one in question.options)
    return change_question(survey, replace(question, options=options))


def move_option(survey: Survey, question_id: str, option_id: str, steps: int) -> Survey | NotDone:
    question = _with_option(survey, question_id, option_id)
    if isinstance(question, NotDone):
        return question
    place = [one.id for one in question.options].index(option_id)
    if not 0 <= place + steps < len(question.options):
        return NotDone(Refusal.AT_THE_END)
    others = [one for one in question.options if one.id != option_id]
    options = (*others[: place + steps], question.options[place], *others[place + steps :])
    return change_question(survey, replace(question, options=options))


def retire_option(survey: Survey, question_id: str, option_id: str) -> Survey | NotDone:
    question = _with_option(survey, question_id, option_id)
    if isinstance(question, NotDone):
        return question
    return change_question(
        survey, replace(question, options=tuple(one for one in question.options if one.id != option_id))
    )


def change_words(survey: Survey, **changed: Any) -> Survey | NotDone:
    """The survey's own fields (title, intro, keyword, days …) changed; its questions and its slug stay."""
    after = replace(survey, **changed)
    problems = read_shape(to_document(replace(after, questions=()))).problems
    return NotDone(Refusal.DOES_NOT_FIT, problems=problems) if problems else after


def shape_problems(survey: Survey, question: Question) -> Problems:
    """What does not fit in one question: words too long, numbers out of range. Places begin at the question."""
    alone = replace(survey, questions=(question,))
    inside = [one for one in read_shape(to_document(alone)).problems if one.place.startswith("questions[0]")]
    return tuple(replace(one, place=one.place.removeprefix("questions[0]").lstrip(".")) for one in inside)


def place_of(survey: Survey, question_id: str) -> int | None:
    return next((place for place, one in enumerate(survey.questions) if one.id == question_id), None)


def called(survey: Survey, question: Question) -> str:
    """A question by its words, as an officer knows it."""
    return survey.words(question.text, survey.default_language) or question.id


def _with_option(survey: Survey, question_id: str, option_id: str) -> Question | NotDone:
    question = survey.question(question_id)
    if question is None:
        return NotDone(Refusal.NO_SUCH_QUESTION)
    known = any(one.id == option_id for one in question.options)
    return question if known else NotDone(Refusal.NO_SUCH_OPTION)


def _first_that_looks_forward(before: Survey, after: Survey) -> NotDone | None:
    """Only what the move itself broke: a fault that was there before holds nothing up."""
    broken = set(_forward(after)) - set(_forward(before))
    for later, earlier in sorted(broken):
        names = {"later": called(after, _known(after, later)), "earlier": called(after, _known(after, earlier))}
        return NotDone(Refusal.NEEDS_WHAT_COMES_BEFORE, names)
    return None


def _known(survey: Survey, question_id: str) -> Question:
    return next(one for one in survey.questions if one.id == question_id)


def _forward(survey: Survey) -> Iterator[tuple[str, str]]:
    places = {one.id: place for place, one in enumerate(survey.questions)}
    for place, one in enumerate(survey.questions):
        for name in questions_named(one.show_if) if one.show_if else ():
            if places.get(name, -1) >= place:
                yield one.id, name


def _looks_at_option(survey: Survey, question_id: str, option_id: str) -> Question | None:
    return next(
        (one for one in survey.questions if one.show_if and _names_option(one.show_if, question_id, option_id)), None
    )


def _names_option(condition: Condition, question_id: str, option_id: str) -> bool:
    match condition:
        case All(parts) | AnyOf(parts):
            return any(_names_option(part, question_id, option_id) for part in parts)
        case Not(part):
            return _names_option(part, question_id, option_id)
        case Is(question, values):
            return question == question_id and option_id in values
        case Includes(question, option):
            return question == question_id and option == option_id
        case _:
            return False
