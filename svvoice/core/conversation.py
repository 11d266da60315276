"""One conversation: which question comes next, and what one reply does. Web and text alike go through `take_turn`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from svvoice.core.answers import Answer, Answers, State
from svvoice.core.replies import NotUnderstood, Reason, Understood, read_answer
from svvoice.core.survey import (
    LONGEST_ANSWER,
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
    Value,
    questions_named,
)

TRIES_BEFORE_UNCLEAR = 3


@dataclass(frozen=True)
class Chosen:
    """Ids or digits ticked on a page (none: the question is passed over), and what was written beside `other`."""

    ids: tuple[str, ...]
    other: str = ""


@dataclass(frozen=True)
class Written:
    """Words from a text message or a box on a page."""

    words: str


@dataclass(frozen=True)
class Skipped:
    """SKIP by text, which nobody is held back from, not even at a required question."""


Raw = Chosen | Written | Skipped


@dataclass(frozen=True)
class Turn:
    """What one reply does: an answer to keep or a problem to tell, and the question that is open now."""

    answer: Answer | None
    problem: Reason | None
    tries: int
    """Replies in a row to the open question that could not be read."""
    next: Question | None
    """The question that is open now; None at the end."""
    on_path: frozenset[str]
    """The questions whose answers count from now on; answers to others are kept but count nowhere."""
    counted_before: frozenset[str]
    """The questions whose answers counted until now."""


def take_turn(survey: Survey, answers: Answers, question: Question, raw: Raw, language: Language, tries: int) -> Turn:
    """One reply to one question. `tries` counts the unread texts before it; a page always brings 0."""
    before = _ids(path(survey, answers))
    answer = _answer_from(question, raw, language)
    if isinstance(answer, Reason):
        if tries + 1 < TRIES_BEFORE_UNCLEAR:
            return Turn(None, answer, tries + 1, question, before, before)
        answer = Answer(question.id, State.UNCLEAR, raw=raw.words if isinstance(raw, Written) else None)
    answers = {**answers, question.id: answer}
    return Turn(answer, None, 0, next_question(survey, answers), _ids(path(survey, answers)), before)


def add_words(answer: Answer, words: str) -> Answer:
    """A written answer with more words after it, for people who send their thought in several texts."""
    value = f"{answer.value}\n{words.strip()}"[:LONGEST_ANSWER]
    return replace(answer, value=value, raw=f"{answer.raw or ''}\n{words}")


def path(survey: Survey, answers: Answers) -> tuple[Question, ...]:
    """The questions and notes that these answers lead through, in order, those still unanswered among them."""
    shown: list[Question] = []
    counting: dict[str, Answer] = {}
    for question in survey.questions:
        if question.show_if is None or holds(question.show_if, counting):
            shown.append(question)
            if question.id in answers:
                counting[question.id] = answers[question.id]
    return tuple(shown)


def next_question(survey: Survey, answers: Answers) -> Question | None:
    """The first question on the path that has not been answered or passed over; None at the end."""
    return next((q for q in path(survey, answers) if q.is_asked and q.id not in answers), None)


def previous_question(survey: Survey, answers: Answers, question: Question | None) -> Question | None:
    """The question before this one on the path (None as the question: before the end)."""
    before: Question | None = None
    for other in path(survey, answers):
        if question is not None and other.id == question.id:
            return before
        if other.is_asked:
            before = other
    return before


def notes_before(survey: Survey, answers: Answers, question: Question | None) -> tuple[Question, ...]:
    """The notes that are read together with this question (None: with the thanks)."""
    notes: list[Question] = []
    for other in path(survey, answers):
        if question is not None and other.id == question.id:
            break
        notes = [*notes, other] if other.kind is Kind.NOTE else []
    return tuple(notes)


@dataclass(frozen=True)
class Progress:
    number: int
    of_about: int


def progress(survey: Survey, answers: Answers, question: Question) -> Progress:
    """ "Question 3 of about 8": the place on the path, and its length if half of what may still open opens."""
    asked = [other for other in path(survey, answers) if other.is_asked]
    place = next((number for number, other in enumerate(asked, 1) if other.id == question.id), len(asked))
    shown = {other.id for other in asked}
    may_open = [other for other in survey.asked if other.id not in shown and not _is_settled(other, answers)]
    return Progress(place, len(asked) + (len(may_open) + 1) // 2)


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether a condition is true of these answers. What was skipped or never asked has no value: only `not` holds."""
    match condition:
        case All(conditions):
            return all(holds(part, answers) for part in conditions)
        case AnyOf(conditions):
            return any(holds(part, answers) for part in conditions)
        case Not(part):
            return not holds(part, answers)
        case Answered(question, answered):
            return (_value(answers, question) is not None) is answered
        case Is(question, values):
            value = _value(answers, question)
            return value is not None and any(_same(value, wanted) for wanted in values)
        case AtLeast(question, number):
            value = _value(answers, question)
            return isinstance(value, int | Decimal) and value >= number
        case AtMost(question, number):
            value = _value(answers, question)
            return isinstance(value, int | Decimal) and value <= number
        case Includes(question, option):
            value = _value(answers, question)
            return isinstance(value, tuple) and option in value
        case _:
            assert_never(condition)


def _same(value: Value, wanted: str | int) -> bool:
    return value == wanted or str(value) == str(wanted)


def _value(answers: Answers, question: str) -> Value | None:
    answer = answers.get(question)
    return answer.value if answer is not None and answer.state is State.ANSWERED else None


def _ids(questions: Sequence[Question]) -> frozenset[str]:
    return frozenset(question.id for question in questions)


def _is_settled(question: Question, answers: Answers) -> bool:
    """Whether everything that its condition looks at has been answered or passed over."""
    return question.show_if is None or all(name in answers for name in questions_named(question.show_if))


def _answer_from(question: Question, raw: Raw, language: Language) -> Answer | Reason:
    match raw:
        case Skipped():
            return Answer(question.id, State.SKIPPED)
        case Chosen(ids, other):
            return _chosen(question, ids, other.strip())
        case Written(words):
            return _written(question, words, language)
        case _:
            assert_never(raw)


def _written(question: Question, words: str, language: Language) -> Answer | Reason:
    if len(words) > (question.max_length or LONGEST_ANSWER):
        return Reason.TOO_LONG
    match read_answer(question, language, words):
        case Understood(value, rule, other):
            if isinstance(value, tuple) and (problem := several_problem(question, value)):
                return problem
            return Answer(question.id, State.ANSWERED, value, other, words, rule)
        case NotUnderstood(reason):
            return reason


def _chosen(question: Question, ids: tuple[str, ...], other: str) -> Answer | Reason:
    if other and OTHER in question.choice_ids and question.other and (OTHER in ids or not ids):
        ids = tuple(dict.fromkeys((*ids, OTHER)))  # words beside "other" choose it
    if not ids:
        return Reason.REQUIRED if question.required else Answer(question.id, State.SKIPPED)
    if len(other) > LONGEST_ANSWER:
        return Reason.TOO_LONG
    value = _chosen_value(question, tuple(dict.fromkeys(ids)))
    if isinstance(value, Reason):
        return value
    return Answer(question.id, State.ANSWERED, value, other if OTHER in ids and question.other and other else None)


def _chosen_value(question: Question, ids: tuple[str, ...]) -> Value | Reason:
    match question.kind:
        case Kind.MULTI_CHOICE:
            return _several(question, ids)
        case Kind.SCALE:
            return _scale_point(question, ids)
        case Kind.YES_NO:
            return _one_of(("yes", "no"), ids)
        case Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            return _one_of(question.choice_ids, ids)
        case Kind.NUMBER | Kind.TEXT | Kind.POSTCODE_DISTRICT | Kind.NOTE:
            return Reason.NOT_AN_OPTION
        case _:
            assert_never(question.kind)


def _one_of(allowed: tuple[str, ...], ids: tuple[str, ...]) -> str | Reason:
    if any(chosen not in allowed for chosen in ids):
        return Reason.NOT_AN_OPTION
    return ids[0] if len(ids) == 1 else Reason.TWO_OPTIONS_FOR_SINGLE


def _several(question: Question, ids: tuple[str, ...]) -> Value | Reason:
    if any(chosen not in question.choice_ids for chosen in ids):
        return Reason.NOT_AN_OPTION
    return several_problem(question, ids) or tuple(choice for choice in question.choice_ids if choice in ids)


def several_problem(question: Question, ids: Sequence[str]) -> Reason | None:
    """Why these choices cannot be made together: more than allowed, or "none of these" with another."""
    if question.max_choices is not None and len(ids) > question.max_choices:
        return Reason.TOO_MANY
    alone = {choice.id for choice in question.choices if choice.exclusive}
    return Reason.EXCLUSIVE if len(ids) > 1 and alone.intersection(ids) else None


def _scale_point(question: Question, ids: tuple[str, ...]) -> int | Reason:
    chosen = _one_of(tuple(str(point) for point in question.points), ids)
    return chosen if isinstance(chosen, Reason) else int(chosen)
