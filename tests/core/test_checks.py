"""What is wrong with a survey that can be read, and what keeps a draft from going out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from svvoice.core.checks import RESERVED_COLUMNS, problems_of, ready_to_publish
from svvoice.core.document import read_survey
from svvoice.core.problems import Code, Problem, Problems, Severity, sentence
from svvoice.core.survey import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    AtMost,
    Audience,
    Includes,
    Is,
    Kind,
    Measure,
    Not,
    Option,
    Promise,
    Question,
    Survey,
)
from tests.core.made_surveys import surveys

SURVEYS = Path(__file__).parent.parent / "surveys"
NEAR = Question("near", Kind.YES_NO, {"en": "Do you live near the park?"})
WEEKLY = Option("weekly", {"en": "Every week"})
LESS = Option("less", {"en": "Less often"})
USE = Question("use", Kind.SINGLE_CHOICE, {"en": "How often do you go?"}, options=(WEEKLY, LESS))
MORE = Question("more", Kind.MULTI_CHOICE, {"en": "More of what?"}, options=(WEEKLY, LESS))
SAFE = Question("safe", Kind.SCALE, {"en": "How safe is it?"})
MILES = Question("miles", Kind.NUMBER, {"en": "How many miles?"})
NOTE = Question("note", Kind.NOTE, {"en": "Nearly done."})


def _survey(*questions: Question, **fields: object) -> Survey:
    return replace(Survey("park", "en", ("en",), {"en": "Your park"}, questions or (NEAR,)), **fields)  # type: ignore[arg-type]


def _last(question: Question, show_if: object) -> Survey:
    last = Question("last", Kind.TEXT, {"en": "Why?"}, show_if=show_if)  # type: ignore[arg-type]
    return _survey(NEAR, question, last) if question != NEAR else _survey(NEAR, USE, last)


def _faults(problems: Problems) -> list[tuple[str, Code]]:
    return [(problem.place, problem.code) for problem in problems]


def _publish(
    survey: Survey, *, spoken: Iterable[str] = ("en", "cy", "ur", "pl"), today: date = date(2026, 11, 24)
) -> Problems:
    return ready_to_publish(
        survey,
        "Leeds Parks",
        say_in=lambda language: lambda sentence: sentence,
        spoken=tuple(spoken),
        link="svvoice.example/s/park",
        today=today,
    )


def _file(name: str) -> bytes:
    return (SURVEYS / f"{name}.json").read_bytes()


def _read_faults(name: str) -> list[tuple[str, str]]:
    found = read_survey(_file(name))
    assert not isinstance(found, Survey)
    return [(problem.place, str(problem.code)) for problem in found]


def test_every_fault_of_sense_is_told() -> None:
    assert _read_faults("broken_sense") == [
        ("hint_unknown", "unknown_field"),
        ("languages[2]", "repeated_language"),
        ("title.en", "no_default_words"),
        ("questions[0].text.en", "no_default_words"),
        ("questions[0].text.pl", "unlisted_language"),
        ("keyword", "keyword_is_command"),
        ("keyword", "anonymous_keyword"),
        ("tell_back", "anonymous_tell_back"),
        ("closes", "closes_before_opening"),
        ("questions[0].id", "reserved_id"),
        ("questions[2].id", "repeated_id"),
        ("questions[0].options", "means_nothing"),
        ("questions[1].max_choices", "means_nothing"),
        ("questions[1].options", "no_options"),
        ("questions[2].max_choices", "max_choices_too_many"),
        ("questions[2].options[0].id", "reserved_id"),
        ("questions[2].options[2].id", "repeated_id"),
        ("questions[2].options[1].aliases.en[0]", "same_label"),
        ("questions[2].options[2].text.en", "reserved_word"),
        ("questions[3].options[0].exclusive", "means_nothing"),
        ("questions[3].options", "one_option"),
        ("questions[4].max", "scale_too_wide"),
        ("questions[5].min", "bad_range"),
        ("questions[6].min", "scale_not_whole"),
        ("questions[7].min", "bad_range"),
        ("questions[8].required", "means_nothing"),
    ]


def test_every_condition_that_cannot_be_is_told() -> None:
    assert _read_faults("broken_conditions") == [
        ("questions[1].show_if.question", "looks_forward"),
        ("questions[2].show_if.question", "looks_forward"),
        ("questions[3].show_if.all[0].at_least", "cannot_compare"),
        ("questions[3].show_if.all[1].is[1]", "not_an_answer"),
        ("questions[3].show_if.all[2].not.question", "unknown_question"),
        ("questions[4].show_if.any[0].is", "cannot_compare"),
        ("questions[4].show_if.any[1].includes", "not_an_answer"),
        ("questions[4].show_if.any[2].question", "names_a_note"),
        ("questions[5].show_if.any[0].at_least", "not_an_answer"),
        ("questions[5].show_if.any[1].is[0]", "not_an_answer"),
        ("questions[5].show_if.any[2].is[0]", "not_an_answer"),
        ("questions[5].show_if.any[3].includes", "cannot_compare"),
    ]


@pytest.mark.parametrize("name", ["tiny", "every_kind", "anonymous_youth"])
def test_the_good_examples_have_no_faults(name: str) -> None:
    survey = read_survey(_file(name))
    assert isinstance(survey, Survey)
    assert problems_of(survey) == ()
    assert [problem for problem in _publish(survey) if problem.severity is Severity.BLOCK] == []


@settings(max_examples=40, deadline=None)
@given(surveys())
def test_surveys_that_are_made_sound_are_found_sound(survey: Survey) -> None:
    assert problems_of(survey) == ()


@pytest.mark.parametrize("column", sorted(RESERVED_COLUMNS))
def test_no_question_is_called_like_a_leading_column_of_the_export(column: str) -> None:
    assert _faults(problems_of(_survey(replace(NEAR, id=column)))) == [("questions[0].id", Code.RESERVED_ID)]


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (replace(NEAR, min=1), ("questions[0].min", Code.MEANS_NOTHING)),
        (replace(NEAR, max_length=5), ("questions[0].max_length", Code.MEANS_NOTHING)),
        (replace(NEAR, other=True), ("questions[0].other", Code.MEANS_NOTHING)),
        (replace(SAFE, integer=True), ("questions[0].integer", Code.MEANS_NOTHING)),
        (replace(MILES, min_label={"en": "near"}), ("questions[0].min_label", Code.MEANS_NOTHING)),
        (
            replace(USE, options=(WEEKLY, replace(LESS, exclusive=True))),
            ("questions[0].options[1].exclusive", Code.MEANS_NOTHING),
        ),
        (replace(USE, options=()), ("questions[0].options", Code.NO_OPTIONS)),
        (replace(USE, options=(), other=True), ("questions[0].options", Code.NO_OPTIONS)),
        (replace(USE, options=(WEEKLY,)), ("questions[0].options", Code.ONE_OPTION)),
        (replace(MORE, max_choices=3), ("questions[0].max_choices", Code.MAX_CHOICES_TOO_MANY)),
        (replace(SAFE, min=0, max=11), ("questions[0].max", Code.SCALE_TOO_WIDE)),
        (replace(SAFE, min=3, max=3), ("questions[0].min", Code.BAD_RANGE)),
        (replace(SAFE, max=0), ("questions[0].min", Code.BAD_RANGE)),
        (replace(SAFE, min=-5), ("questions[0].min", Code.SCALE_NOT_WHOLE)),
        (replace(SAFE, max=Decimal("4.5")), ("questions[0].min", Code.SCALE_NOT_WHOLE)),
        (replace(MILES, min=3, max=3), ("questions[0].min", Code.BAD_RANGE)),
        (replace(MILES, max=Decimal("0.1234567890123456")), ("questions[0].max", Code.TOO_MANY_DIGITS)),
    ],
)
def test_one_question_that_makes_no_sense(question: Question, fault: tuple[str, Code]) -> None:
    survey = _survey(question)
    assert _faults(problems_of(survey)) == [fault]
    assert _faults(_publish(survey))[0] == fault


@pytest.mark.parametrize(
    "question",
    [
        replace(USE, options=(WEEKLY,), other=True),
        replace(MORE, max_choices=3, other=True),
        replace(SAFE, min=0, max=10),
        replace(SAFE, min=0),
        replace(MILES, min=-3, max=Decimal("2.5")),
        replace(USE, options=(replace(WEEKLY, aliases={"en": ("each week", "every week!")}), LESS)),
        replace(USE, options=(replace(WEEKLY, sms_text={"en": "EVERY week"}), LESS)),
        replace(USE, options=(replace(WEEKLY, text={"en": "Polish"}), replace(LESS, text={"en": "Bengali"}))),
    ],
)
def test_one_question_that_makes_sense(question: Question) -> None:
    assert problems_of(_survey(question)) == ()


def test_too_many_options_with_something_else() -> None:
    options = tuple(Option(f"o{number}", {"en": f"Park number {number + 50}"}) for number in range(30))
    assert problems_of(_survey(replace(USE, options=options))) == ()
    assert _faults(problems_of(_survey(replace(USE, options=options, other=True)))) == [
        ("questions[0].options", Code.TOO_MANY_CHOICES)
    ]


@pytest.mark.parametrize(
    "label", ["STOP", "stop.", "Help", "wypisz", "Stopio", "مدد", "unsubscribe", "Cancel", "skip", "back"]
)
def test_command_words_of_every_language_are_never_labels(label: str) -> None:
    for option in (
        replace(LESS, text={"en": label}),
        replace(LESS, sms_text={"en": label}),
        replace(LESS, aliases={"en": (label,)}),
    ):
        problems = problems_of(_survey(replace(USE, options=(WEEKLY, option))))
        assert [problem.code for problem in problems] == [Code.RESERVED_WORD]


@pytest.mark.parametrize("keyword", ["STOP", "HELP", "INFO", "STOPALL", "START", "POLSKI"])
def test_a_keyword_is_no_command_and_no_name_of_a_language(keyword: str) -> None:
    assert _faults(problems_of(_survey(keyword=keyword))) == [("keyword", Code.KEYWORD_IS_COMMAND)]


def test_a_keyword_is_no_answer() -> None:
    question = replace(USE, options=(replace(WEEKLY, aliases={"en": ("Weekly",)}), LESS))
    assert problems_of(_survey(NEAR, question, keyword="WEEKLY")) == (
        Problem(
            "keyword", Code.KEYWORD_IS_LABEL, {"keyword": "WEEKLY", "label": "questions[1].options[0].aliases.en[0]"}
        ),
    )
    assert problems_of(_survey(NEAR, question, keyword="PARK")) == ()


def test_the_same_label_may_stand_in_two_languages() -> None:
    options = (replace(WEEKLY, text={"en": "Park", "cy": "Parc"}), replace(LESS, text={"en": "Parc", "cy": "Park"}))
    assert (
        problems_of(_survey(replace(USE, options=options, text={"en": "a", "cy": "b"}), languages=("en", "cy"))) == ()
    )


def test_an_empty_survey_and_one_of_notes_ask_nothing() -> None:
    assert _faults(problems_of(_survey(NOTE))) == [("questions", Code.NOTHING_ASKED)]
    empty = replace(_survey(), questions=())
    assert _faults(_publish(empty)) == [("questions", Code.NOTHING_ASKED)]


def test_the_default_language_is_listed_and_has_all_words() -> None:
    survey = _survey(replace(NEAR, hint={"cy": "Awgrym"}), default_language="en", languages=("cy",))
    assert _faults(problems_of(survey)) == [
        ("default_language", Code.DEFAULT_NOT_LISTED),
        ("questions[0].hint.en", Code.NO_DEFAULT_WORDS),
    ]


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        (NEAR, Is("near", ("yes", "no"))),
        (USE, Is("use", ("weekly",))),
        (replace(USE, other=True), Is("use", ("other",))),
        (MORE, Includes("more", "less")),
        (SAFE, Is("safe", (1, 5))),
        (SAFE, AtLeast("safe", Decimal("4.5"))),
        (MILES, AtMost("miles", Decimal("0.5"))),
        (Question("area", Kind.POSTCODE_DISTRICT, {"en": "Where?"}), Is("area", ("LS9", "EC1A", "M1"))),
        (Question("words", Kind.TEXT, {"en": "What?"}), Answered("words", False)),
        (USE, All((AnyOf((Is("near", ("yes",)), Answered("use", True))), Not(Is("use", ("less",)))))),
    ],
)
def test_conditions_that_can_be(question: Question, condition: object) -> None:
    assert _publish(_last(question, condition)) == ()


@pytest.mark.parametrize(
    ("question", "condition", "fault"),
    [
        (USE, Is("use", ("other",)), ("is[0]", Code.NOT_AN_ANSWER)),
        (SAFE, Is("safe", ("5",)), ("is[0]", Code.NOT_AN_ANSWER)),
        (SAFE, AtMost("safe", 0), ("at_most", Code.NOT_AN_ANSWER)),
        (replace(MILES, max=10), AtLeast("miles", 11), ("at_least", Code.NOT_AN_ANSWER)),
        (MILES, AtLeast("miles", Decimal("0.1234567890123456")), ("at_least", Code.TOO_MANY_DIGITS)),
        (MORE, Is("more", ("less",)), ("is", Code.CANNOT_COMPARE)),
        (USE, AtLeast("use", 1), ("at_least", Code.CANNOT_COMPARE)),
        (SAFE, Includes("safe", "one"), ("includes", Code.CANNOT_COMPARE)),
        (Question("words", Kind.TEXT, {"en": "What?"}), Is("words", ("good",)), ("is", Code.CANNOT_COMPARE)),
        (
            Question("area", Kind.POSTCODE_DISTRICT, {"en": "Where?"}),
            Is("area", ("LS9 8AB",)),
            ("is[0]", Code.NOT_AN_ANSWER),
        ),
        (NOTE, Answered("note", True), ("question", Code.NAMES_A_NOTE)),
        (USE, Answered("last", True), ("question", Code.LOOKS_FORWARD)),
        (USE, Answered("gone", True), ("question", Code.UNKNOWN_QUESTION)),
    ],
)
def test_conditions_that_cannot_be(question: Question, condition: object, fault: tuple[str, Code]) -> None:
    where, code = fault
    assert _faults(problems_of(_last(question, condition))) == [(f"questions[2].show_if.{where}", code)]


@pytest.mark.parametrize(
    "condition",
    [
        All((Is("near", ("yes",)), Is("near", ("no",)))),
        All((Is("near", ("yes",)), Answered("near", False))),
        Not(AnyOf((Answered("near", True), Answered("near", False)))),
        All((AtLeast("miles", 5), AtMost("miles", 4))),
        All((Includes("more", "weekly"), Includes("more", "less"))),
        All((Is("use", ("weekly",)), Is("near", ("no",)))),
    ],
)
def test_a_question_that_nobody_can_reach_is_not_published(condition: object) -> None:
    one_only = replace(MORE, max_choices=1)
    for_neighbours = replace(USE, show_if=Is("near", ("yes",)))
    last = Question("last", Kind.TEXT, {"en": "Why?"}, show_if=condition)  # type: ignore[arg-type]
    survey = _survey(NEAR, MILES, one_only, for_neighbours, last)
    assert _faults(_publish(survey)) == [("questions[4].show_if", Code.NEVER_SHOWN)]


def test_many_options_in_a_condition_are_not_tried_for_ever() -> None:
    options = tuple(Option(f"o{number}", {"en": f"Park number {number + 50}"}) for number in range(30))
    question = replace(MORE, options=options)
    all_of_them = All(tuple(Includes("more", option.id) for option in options[:20]))
    assert Code.NEVER_SHOWN not in [problem.code for problem in _publish(_last(question, all_of_them))]


def test_an_untranslated_survey_is_a_draft_and_not_published() -> None:
    survey = _survey(replace(NEAR, hint={"en": "Near"}, sms_text={"cy": "Agos?"}), languages=("en", "cy"))
    assert problems_of(survey) == ()
    assert _faults(_publish(survey)) == [
        ("title.cy", Code.NO_WORDS_IN),
        ("questions[0].text.cy", Code.NO_WORDS_IN),
        ("questions[0].hint.cy", Code.NO_WORDS_IN),
    ]


def test_a_sensitive_question_says_why() -> None:
    assert _faults(_publish(_survey(replace(NEAR, sensitive=True)))) == [("questions[0].why", Code.NO_WHY)]
    assert _publish(_survey(replace(NEAR, sensitive=True, why={"en": "To help."}))) == ()


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        (Question("age", Kind.NUMBER, {"en": "And you?"}), True),
        (Question("q", Kind.NUMBER, {"en": "How old are you?"}), True),
        (Question("q", Kind.TEXT, {"en": "When is your birthday?"}), True),
        (Question("village", Kind.NUMBER, {"en": "How many clubs are there?"}), False),
        (Question("age", Kind.AGE_BAND, {"en": "How old are you?"}, options=(WEEKLY, LESS)), False),
    ],
)
def test_people_under_18_are_never_asked_for_an_exact_age(question: Question, refused: bool) -> None:
    expected = [("questions[0].kind", Code.EXACT_AGE)] if refused else []
    assert _faults(_publish(_survey(question, audience=Audience.UNDER_18))) == expected
    assert _publish(_survey(question, audience=Audience.ADULTS)) == ()


def test_a_label_that_is_the_number_of_another_option_is_not_published() -> None:
    counts = tuple(Option(f"o{number}", {"en": str(number)}) for number in range(3))
    problems = _publish(_survey(replace(USE, options=counts)))
    assert problems == (
        Problem("questions[0].options[1].text.en", Code.LABEL_IS_A_NUMBER, {"label": "1", "number": 2}),
        Problem("questions[0].options[2].text.en", Code.LABEL_IS_A_NUMBER, {"label": "2", "number": 3}),
    )
    assert sentence(problems[0]) == 'The option "1" is number 2 of the list. By text "1" would choose another option.'


@pytest.mark.parametrize(
    ("letters", "fault"),
    [
        (250, None),
        (350, (Code.TEXT_LONG, Severity.WARN)),
        (470, (Code.TEXT_TOO_LONG, Severity.BLOCK)),
        (1999, (Code.TEXT_OVER_LIMIT, Severity.BLOCK)),
    ],
)
def test_long_texts_are_warned_of_and_longer_ones_refused(letters: int, fault: tuple[Code, Severity] | None) -> None:
    problems = _publish(_survey(NEAR, Question("long", Kind.TEXT, {"en": "a" * letters})))
    assert [(problem.place, problem.code, problem.severity) for problem in problems] == (
        [("questions[1].text.en", *fault)] if fault else []
    )


def test_the_first_question_carries_the_intro_and_a_note_goes_with_the_question_after_it() -> None:
    note = replace(NOTE, text={"en": "b" * 300})
    assert _faults(_publish(_survey(NEAR, note, USE))) == [("questions[2].text.en", Code.TEXT_LONG)]
    intro = _survey(sms_intro={"en": "c" * 450})
    assert _faults(_publish(intro)) == [("questions[0].text.en", Code.TEXT_TOO_LONG)]


def test_shorter_words_for_a_text_are_the_ones_counted() -> None:
    question = Question("long", Kind.TEXT, {"en": "a" * 600}, sms_text={"en": "Short?"})
    assert _publish(_survey(NEAR, question)) == ()


def test_an_anonymous_survey_never_goes_out_by_text() -> None:
    question = Question("long", Kind.TEXT, {"en": "a" * 600})
    assert _publish(_survey(NEAR, question, promise=Promise.ANONYMOUS)) == ()


def test_warnings_hold_nothing_up() -> None:
    measured = replace(USE, measure=Measure.FIRST_TIME_VOICE)
    note = replace(NOTE, show_if=Answered("near", True))
    survey = _survey(NEAR, measured, replace(measured, id="again"), note, languages=("en", "fr"), keyword=None)
    french = json.loads(json.dumps({"en": "x", "fr": "y"}))
    survey = replace(survey, title=french, questions=tuple(_french(question) for question in survey.questions))
    problems = _publish(survey)
    assert _faults(problems) == [
        ("languages[1]", Code.LANGUAGE_NOT_SPOKEN),
        ("questions[2].measure", Code.MEASURE_TWICE),
        ("questions[3].show_if", Code.LAST_NOTE_HIDES),
    ]
    assert {problem.severity for problem in problems} == {Severity.WARN}


def _french(question: Question) -> Question:
    options = tuple(replace(option, text={**option.text, "fr": f"fr {option.id}"}) for option in question.options)
    return replace(question, text={**question.text, "fr": "Quoi ?"}, options=options)


def test_several_promises_may_be_measured_in_one_survey() -> None:
    seen = replace(USE, measure=Measure.PROMISE_SEEN)
    assert _publish(_survey(seen, replace(seen, id="again"))) == ()


def test_a_survey_that_has_closed_is_not_published() -> None:
    survey = _survey(closes=date(2026, 11, 24))
    assert _publish(survey) == ()
    assert _faults(_publish(survey, today=date(2026, 11, 25))) == [("closes", Code.ALREADY_CLOSED)]


def test_a_draft_made_in_the_product_is_checked_for_shape_too() -> None:
    survey = _survey(replace(NEAR, text={"en": "a" * 2001}), slug="Park")
    assert _faults(_publish(survey)) == [("slug", Code.BAD_SLUG), ("questions[0].text.en", Code.TOO_LONG)]
