"""One conversation: what comes next, what one reply does, and what always holds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svvoice.core.answers import Answer, Answers, State, cleaned, value_from, written
from svvoice.core.conversation import (
    Chosen,
    Raw,
    Skipped,
    Written,
    add_words,
    holds,
    next_question,
    notes_before,
    path,
    previous_question,
    progress,
    take_turn,
)
from svvoice.core.replies import Reason
from svvoice.core.survey import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    Includes,
    Is,
    Kind,
    Not,
    Option,
    Question,
    Survey,
    Value,
)


def words(text: str) -> dict[str, str]:
    return {"en": text}


def options(*ids: str, alone: str = "") -> tuple[Option, ...]:
    return tuple(Option(option, words(option), exclusive=option == alone) for option in ids)


NEAR = Question("near", Kind.YES_NO, words("Near?"))
USE = Question(
    "use", Kind.SINGLE_CHOICE, words("Use?"), options=options("weekly", "never"), show_if=Is("near", ("yes",))
)
HELLO = Question("hello", Kind.NOTE, words("Hello"))
WANT = Question(
    "want", Kind.MULTI_CHOICE, words("Want?"), options=options("trees", "seats", "none", alone="none"), other=True
)
TREES = Question("trees", Kind.TEXT, words("Which?"), show_if=Includes("want", "trees"))
GOOD = Question("good", Kind.SCALE, words("Good?"), min=1, max=5, required=True)
WHY = Question("why", Kind.TEXT, words("Why?"), show_if=AtMost("good", 2))
BYE = Question("bye", Kind.NOTE, words("Bye"))
SURVEY = Survey("park", "en", ("en",), words("Park"), (NEAR, USE, HELLO, WANT, TREES, GOOD, WHY, BYE))


def said(**values: Value) -> dict[str, Answer]:
    return {question: Answer(question, State.ANSWERED, value) for question, value in values.items()}


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [question.id for question in questions]


def test_a_question_whose_condition_does_not_hold_is_not_on_the_path() -> None:
    assert ids(path(SURVEY, {})) == ["near", "hello", "want", "good", "bye"]
    assert ids(path(SURVEY, said(near="yes"))) == ["near", "use", "hello", "want", "good", "bye"]


def test_an_answer_on_a_branch_not_taken_opens_nothing() -> None:
    deep = Question("deep", Kind.TEXT, words("Deep?"), show_if=Is("use", ("weekly",)))
    survey = Survey("park", "en", ("en",), words("Park"), (NEAR, USE, deep))
    assert ids(path(survey, said(near="no", use="weekly"))) == ["near"]


def test_the_next_question_passes_notes_over_and_ends_with_none() -> None:
    answers = said(near="no")
    assert next_question(SURVEY, answers) == WANT
    answers |= said(want=("seats",), good=5)
    assert next_question(SURVEY, answers) is None


def test_the_question_before_is_the_one_before_on_the_path() -> None:
    assert previous_question(SURVEY, said(near="no"), WANT) == NEAR
    assert previous_question(SURVEY, said(near="yes"), WANT) == USE
    assert previous_question(SURVEY, {}, NEAR) is None
    assert previous_question(SURVEY, said(near="no"), None) == GOOD


def test_notes_are_read_with_the_question_after_them() -> None:
    assert notes_before(SURVEY, {}, WANT) == (HELLO,)
    assert notes_before(SURVEY, {}, GOOD) == ()
    assert notes_before(SURVEY, {}, None) == (BYE,)


def test_progress_counts_the_place_on_the_path() -> None:
    assert progress(SURVEY, {}, NEAR).number == 1
    assert progress(SURVEY, said(near="yes"), WANT).number == 3
    assert progress(SURVEY, said(near="no"), WANT).number == 2


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (Is("near", ("yes",)), said(near="yes"), True),
        (Is("near", ("yes",)), {}, False),
        (Is("good", (4, 5)), said(good=4), True),
        (Is("good", ("4",)), said(good=4), True),
        (AtLeast("good", 3), said(good=3), True),
        (AtLeast("good", Decimal("2.5")), said(good=2), False),
        (AtMost("good", 2), said(good=3), False),
        (AtMost("good", 2), {}, False),
        (Includes("want", "trees"), said(want=("seats", "trees")), True),
        (Includes("want", "trees"), said(want=("seats",)), False),
        (Answered("near", answered=True), said(near="no"), True),
        (Answered("near", answered=False), {}, True),
        (Answered("near", answered=True), {"near": Answer("near", State.SKIPPED)}, False),
        (Answered("near", answered=True), {"near": Answer("near", State.UNCLEAR, raw="huh")}, False),
        (Not(Is("near", ("yes",))), {}, True),
        (All((Is("near", ("yes",)), AtLeast("good", 3))), said(near="yes", good=4), True),
        (All((Is("near", ("yes",)), AtLeast("good", 3))), said(near="yes", good=2), False),
        (AnyOf((Is("near", ("yes",)), AtLeast("good", 3))), said(near="no", good=4), True),
        (AnyOf((Is("near", ("yes",)), AtLeast("good", 3))), {}, False),
    ],
)
def test_what_a_condition_says(condition: Condition, answers: Answers, expected: bool) -> None:
    assert holds(condition, answers) is expected


@pytest.mark.parametrize(
    ("question", "raw", "expected"),
    [
        (NEAR, Chosen(("yes",)), "yes"),
        (NEAR, Written("nope"), "no"),
        (NEAR, Chosen(("maybe",)), Reason.NOT_AN_OPTION),
        (NEAR, Chosen(("yes", "no")), Reason.TWO_OPTIONS_FOR_SINGLE),
        (NEAR, Chosen(()), State.SKIPPED),
        (USE, Chosen(("weekly",)), "weekly"),
        (USE, Chosen(("weekly", "weekly")), "weekly"),
        (WANT, Chosen(("seats", "trees")), ("trees", "seats")),
        (WANT, Chosen(("trees", "none")), Reason.EXCLUSIVE),
        (WANT, Written("1 and 3"), Reason.EXCLUSIVE),
        (WANT, Chosen((), other="a pond"), ("other",)),
        (GOOD, Chosen(("5",)), 5),
        (GOOD, Chosen(("6",)), Reason.NOT_AN_OPTION),
        (GOOD, Chosen(()), Reason.REQUIRED),
        (GOOD, Skipped(), State.SKIPPED),
        (GOOD, Written("six"), Reason.OUT_OF_RANGE),
        (TREES, Written("  oaks  "), "oaks"),
        (TREES, Written(" "), Reason.EMPTY),
        (TREES, Written("x" * 5001), Reason.TOO_LONG),
        (TREES, Chosen(("oaks",)), Reason.NOT_AN_OPTION),
    ],
)
def test_what_one_reply_does(question: Question, raw: Raw, expected: object) -> None:
    turn = take_turn(SURVEY, {}, question, raw, "en", tries=0)
    if isinstance(expected, Reason):
        assert turn.problem is expected
        assert turn.answer is None
        assert turn.next == question
    elif isinstance(expected, State):
        assert turn.answer is not None
        assert turn.answer.state is expected
        assert turn.answer.value is None
    else:
        assert turn.answer is not None
        assert turn.answer.value == expected


def test_the_third_unread_text_is_kept_as_unclear_and_the_next_question_follows() -> None:
    first = take_turn(SURVEY, {}, GOOD, Written("purple"), "en", tries=0)
    second = take_turn(SURVEY, {}, GOOD, Written("purple"), "en", tries=first.tries)
    third = take_turn(SURVEY, {}, GOOD, Written("purple!"), "en", tries=second.tries)
    assert (first.tries, second.tries, third.tries) == (1, 2, 0)
    assert third.answer == Answer("good", State.UNCLEAR, raw="purple!")
    assert third.next == NEAR


def test_a_turn_says_what_counts_now_and_what_counted_before() -> None:
    turn = take_turn(SURVEY, said(near="yes", use="weekly"), NEAR, Chosen(("no",)), "en", tries=0)
    assert "use" in turn.counted_before
    assert "use" not in turn.on_path


def test_more_words_are_added_under_the_first() -> None:
    grown = add_words(Answer("why", State.ANSWERED, "More trees", raw="More trees"), " and a pond ")
    assert grown.value == "More trees\nand a pond"


@pytest.mark.parametrize(
    ("value", "text"), [("weekly", "weekly"), (("a", "b"), "a|b"), (4, "4"), (Decimal("2.50"), "2.5"), (0, "0")]
)
def test_a_value_has_one_written_form(value: Value, text: str) -> None:
    assert written(value) == text


def test_words_are_cleaned_of_what_no_database_can_hold() -> None:
    assert cleaned("Caf\u00e9\x00 \ud800ok\r\nnext \u200f\U0001f333") == "Café ok\nnext \u200f🌳"


ANY_RAW = st.one_of(
    st.builds(
        Chosen, st.lists(st.sampled_from(["yes", "no", "weekly", "trees", "none", "5", "zz"]), max_size=3).map(tuple)
    ),
    st.builds(Written, st.text(max_size=30)),
    st.just(Skipped()),
)


@given(st.lists(st.tuples(st.sampled_from([q.id for q in SURVEY.asked]), ANY_RAW), max_size=25))
def test_whatever_people_send_the_survey_goes_on_and_nothing_is_lost(steps: list[tuple[str, Raw]]) -> None:
    answers: dict[str, Answer] = {}
    tries = 0
    for question_id, raw in steps:
        question = SURVEY.question(question_id)
        assert question is not None
        turn = take_turn(SURVEY, answers, question, raw, "en", tries)
        before = dict(answers)
        if turn.answer is not None:
            answers[question_id] = turn.answer
        tries = turn.tries
        assert {key: value for key, value in answers.items() if key != question_id} == {
            key: value for key, value in before.items() if key != question_id
        }
        assert turn.on_path == frozenset(ids(path(SURVEY, answers)))
        assert turn.problem is not None or turn.next == next_question(SURVEY, answers)
        for answer in answers.values():
            if answer.value is not None:
                kept = SURVEY.question(answer.question)
                assert kept is not None
                assert value_from(kept, written(answer.value)) == answer.value


@given(st.lists(ANY_RAW, min_size=60, max_size=60))
def test_every_survey_ends(raws: list[Raw]) -> None:
    """Answering whatever is open, with three tries each, reaches the end."""
    answers: dict[str, Answer] = {}
    tries = 0
    for raw in raws:
        question = next_question(SURVEY, answers)
        if question is None:
            return
        turn = take_turn(SURVEY, answers, question, raw, "en", tries)
        tries = turn.tries
        if turn.answer is not None:
            answers[question.id] = turn.answer
    assert next_question(SURVEY, answers) is None
