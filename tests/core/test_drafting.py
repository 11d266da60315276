"""What can be done to a survey while it is written, and what each change to a published one means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from svvoice.core import drafting, question_bank
from svvoice.core.changes import EFFECTS, Change, changes_between, of_versions, refused
from svvoice.core.checks import problems_of
from svvoice.core.conditions_in_words import Row, Rows, condition_from, in_words, offers, rows_of
from svvoice.core.drafting import NotDone, Refusal, free_id
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
    Promise,
    Question,
    Survey,
)


def words(text: str) -> dict[str, str]:
    return {"en": text}


NEAR = Question("near", Kind.YES_NO, words("Do you live near?"))
PICK = Question(
    "pick", Kind.SINGLE_CHOICE, words("Pick one"), options=(Option("red", words("Red")), Option("blue", words("Blue")))
)
MANY = Question("many", Kind.MULTI_CHOICE, words("Pick some"), options=(*PICK.options, Option("none", words("None"))))
FEEL = Question("feel", Kind.SCALE, words("How happy?"), min=1, max=5, min_label=words("Not"), max_label=words("Very"))
AGE = Question("trees", Kind.NUMBER, words("How many trees?"))
WHY = Question("why", Kind.TEXT, words("Why so?"), show_if=Is("pick", ("red",)))
SURVEY = Survey("park", "en", ("en",), words("Your park"), (NEAR, PICK, MANY, FEEL, AGE, WHY))


def ids(survey: Survey | NotDone) -> list[str]:
    assert isinstance(survey, Survey), survey
    return [question.id for question in survey.questions]


def reason(done: Survey | NotDone) -> Refusal:
    assert isinstance(done, NotDone)
    assert "%" not in done.sentence
    return done.reason


def test_the_survey_of_these_tests_makes_sense() -> None:
    assert problems_of(SURVEY) == ()


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("How often do you go?", "often_go"),
        ("Czy mieszkasz tu długo?", "czy_mieszkasz_tu_dugo"),
        ("کیا آپ یہاں رہتے ہیں؟", "question"),
        ("16 to 24", "question"),
        ("What is it?", "what_is_it"),
        ("a__b", "b"),
        ("Don’t know; can't say", "dont_know_cant_say"),
        ("word " * 40, "word_word_word_word_word_word"),
    ],
)
def test_ids_are_made_of_words_and_are_always_ids(text: str, made: str) -> None:
    found = free_id(text, ())
    assert found == made
    assert drafting.shape_problems(SURVEY, replace(NEAR, id=found)) == ()
    second = free_id(text, {found})
    assert second != found
    assert drafting.shape_problems(SURVEY, replace(NEAR, id=second)) == ()


def test_a_question_is_added_at_the_end_or_behind_another() -> None:
    new = replace(NEAR, id="new")
    assert ids(drafting.add_question(SURVEY, new))[-1] == "new"
    assert ids(drafting.add_question(SURVEY, new, after="near"))[:2] == ["near", "new"]
    assert reason(drafting.add_question(SURVEY, new, after="nobody")) is Refusal.NO_SUCH_QUESTION


@pytest.mark.parametrize("name", ["near", "retired", "status"])
def test_an_id_that_anything_has_or_had_is_refused(name: str) -> None:
    added = drafting.add_question(SURVEY, replace(NEAR, id=name), retired={"retired"})
    assert reason(added) is Refusal.ID_TAKEN


def test_the_hundred_and_first_question_is_refused() -> None:
    full = replace(SURVEY, questions=tuple(replace(NEAR, id=f"q{number}") for number in range(100)))
    assert reason(drafting.add_question(full, NEAR)) is Refusal.TOO_MANY_QUESTIONS


def test_moving_keeps_a_question_behind_those_it_depends_on() -> None:
    assert ids(drafting.move_question(SURVEY, "feel", -1))[2:4] == ["feel", "many"]
    assert ids(drafting.move_question(SURVEY, "near", 2))[:3] == ["pick", "many", "near"]
    assert reason(drafting.move_question(SURVEY, "near", -1)) is Refusal.AT_THE_END
    assert reason(drafting.move_question(SURVEY, "why", -4)) is Refusal.NEEDS_WHAT_COMES_BEFORE
    assert reason(drafting.move_question(SURVEY, "pick", 4)) is Refusal.NEEDS_WHAT_COMES_BEFORE
    assert reason(drafting.move_question(SURVEY, "nobody", 1)) is Refusal.NO_SUCH_QUESTION


def test_a_copy_stands_behind_the_first_with_an_id_of_its_own() -> None:
    once = drafting.copy_question(SURVEY, "pick", retired={"pick_2"})
    assert ids(once)[1:3] == ["pick", "pick_3"]
    assert isinstance(once, Survey)
    assert once.questions[2].options == PICK.options


def test_a_question_others_depend_on_is_not_retired() -> None:
    assert reason(drafting.retire_question(SURVEY, "pick")) is Refusal.NEEDED_BY_ANOTHER
    assert ids(drafting.retire_question(SURVEY, "why"))[-1] == "trees"


def test_options_are_added_changed_moved_and_retired() -> None:
    green = Option("green", words("Green"))
    after = drafting.add_option(SURVEY, "pick", green)
    assert isinstance(after, Survey)
    after = drafting.move_option(after, "pick", "green", -2)
    assert isinstance(after, Survey)
    after = drafting.change_option(after, "pick", replace(green, text=words("Dark green")))
    assert isinstance(after, Survey)
    after = drafting.retire_option(after, "pick", "blue")
    assert isinstance(after, Survey)
    assert [option.text["en"] for option in after.questions[1].options] == ["Dark green", "Red"]


def test_an_option_that_others_depend_on_or_that_is_unknown_is_refused() -> None:
    nested = replace(
        WHY, show_if=All((Answered("near", True), Not(AnyOf((Includes("many", "none"), Is("feel", (1,)))))))
    )
    survey = replace(SURVEY, questions=(*SURVEY.questions[:-1], nested))
    assert reason(drafting.retire_option(SURVEY, "pick", "red")) is Refusal.OPTION_NEEDED
    assert reason(drafting.retire_option(survey, "many", "none")) is Refusal.OPTION_NEEDED
    assert reason(drafting.retire_option(SURVEY, "pick", "pink")) is Refusal.NO_SUCH_OPTION
    assert reason(drafting.add_option(SURVEY, "pick", PICK.options[0])) is Refusal.ID_TAKEN
    assert reason(drafting.add_option(SURVEY, "pick", Option("old", words("Old")), {"old"})) is Refusal.ID_TAKEN
    assert reason(drafting.move_option(SURVEY, "pick", "red", -1)) is Refusal.AT_THE_END


def test_what_does_not_fit_names_its_field() -> None:
    done = drafting.change_question(SURVEY, replace(NEAR, hint=words("x" * 2001)))
    assert isinstance(done, NotDone)
    assert [problem.place for problem in done.problems] == ["hint.en"]
    title = drafting.change_words(SURVEY, title=words("x" * 201))
    assert isinstance(title, NotDone)
    assert [problem.place for problem in title.problems] == ["title.en"]


CONDITIONS: list[Condition] = [
    Is("near", ("yes",)),
    Is("pick", ("red", "blue")),
    All((Is("near", ("no",)), AtLeast("feel", 3))),
    AnyOf((Is("pick", ("red", "blue")), Includes("many", "none"))),
    AtMost("trees", 12),
    Answered("trees", answered=False),
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_a_condition_goes_through_its_rows_unchanged_and_is_offered(condition: Condition) -> None:
    rows = rows_of(condition, SURVEY)
    assert rows is not None
    assert condition_from(rows) == condition
    offered = {choice for offer in offers(SURVEY, "why") for choice, _ in offer.choices}
    assert {row.choice for row in rows.rows} <= offered


@pytest.mark.parametrize(
    "condition",
    [
        Not(Is("near", ("yes",))),
        All((Is("pick", ("red", "blue")), AtLeast("feel", 2))),
        Is("feel", (3,)),
        All((AnyOf(()),)),
    ],
    ids=str,
)
def test_a_condition_that_rows_cannot_say_is_left_alone(condition: Condition) -> None:
    assert rows_of(condition, SURVEY) is None


def test_conditions_read_like_sentences() -> None:
    condition = AnyOf((All((Is("near", ("yes",)), AtLeast("feel", 3))), Not(Includes("many", "none"))))
    assert in_words(condition, SURVEY) == (
        "(“Do you live near?” is “Yes” and “How happy?” is 3 or more) or it is not so that “Pick some” includes “None”"
    )
    assert in_words(Answered("gone", True), SURVEY) == "“gone” (which is gone) was answered"


@pytest.mark.parametrize("choice", ["near", "near|was|yes", "trees|at_least|", "trees|at_least|many"])
def test_a_row_that_says_nothing_is_told(choice: str) -> None:
    assert isinstance(condition_from(Rows("all", (Row(choice),))), str)


def changed(**questions: Question) -> Survey:
    return replace(SURVEY, questions=tuple(questions.get(one.id, one) for one in SURVEY.questions))


def kinds(after: Survey) -> set[Change]:
    return {found.change for found in changes_between(SURVEY, after)}


GREEN = Option("green", words("Green"))


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (SURVEY, set()),
        (changed(near=replace(NEAR, text=words("Do you live near here?"))), {Change.WORDING}),
        (changed(pick=replace(PICK, options=(*PICK.options, GREEN))), {Change.OPTION_ADDED}),
        (changed(pick=replace(PICK, other=True)), {Change.OPTION_ADDED}),
        (changed(many=replace(MANY, options=MANY.options[:2])), {Change.OPTION_RETIRED}),
        (changed(pick=replace(PICK, options=PICK.options[::-1])), {Change.OPTIONS_MOVED}),
        (changed(why=replace(WHY, show_if=None)), {Change.PATH}),
        (changed(near=replace(NEAR, required=True)), {Change.HOW_IT_IS_ASKED}),
        (changed(trees=replace(AGE, max=50)), {Change.HOW_IT_IS_ASKED}),
        (replace(SURVEY, questions=(*SURVEY.questions, replace(NEAR, id="new"))), {Change.QUESTION_ADDED}),
        (replace(SURVEY, questions=SURVEY.questions[:-1]), {Change.QUESTION_RETIRED}),
        (replace(SURVEY, questions=(PICK, NEAR, *SURVEY.questions[2:])), {Change.QUESTIONS_MOVED}),
        (replace(SURVEY, thanks=words("Thanks")), {Change.SURVEY}),
        (replace(SURVEY, promise=Promise.ANONYMOUS), {Change.MEANING}),
        (changed(near=replace(NEAR, kind=Kind.TEXT)), {Change.MEANING}),
        (changed(feel=replace(FEEL, max=10)), {Change.MEANING}),
        (changed(feel=replace(FEEL, min_label=FEEL.max_label, max_label=FEEL.min_label)), {Change.MEANING}),
    ],
)
def test_each_change_is_told_apart(after: Survey, found: set[Change]) -> None:
    assert kinds(after) == found


def test_labels_that_change_places_are_another_meaning_not_better_words() -> None:
    red, blue = PICK.options
    swapped = replace(PICK, options=(replace(red, text=blue.text), replace(blue, text=red.text)))
    assert len(refused(changes_between(SURVEY, changed(pick=swapped)))) == 2


def test_a_retired_id_that_comes_back_as_something_else_is_refused() -> None:
    second = replace(SURVEY, questions=SURVEY.questions[:-1])
    third = replace(SURVEY, questions=(*second.questions, replace(WHY, kind=Kind.NUMBER)))
    assert refused(changes_between(second, third, of_versions([SURVEY, second])))
    assert not refused(changes_between(second, SURVEY, of_versions([SURVEY, second])))


def test_every_change_says_what_it_does_to_people_answers_results_and_exports() -> None:
    assert set(EFFECTS) == set(Change)
    for effects in EFFECTS.values():
        assert all((effects.name, effects.people, effects.answers, effects.results, effects.exports))


def test_every_question_of_the_bank_fits_into_a_survey() -> None:
    assert len(question_bank.bank()) == 73
    known = {topic.id for topic in question_bank.topics()}
    for one in question_bank.bank():
        filled = question_bank.filled(one, {name: f"the {name} bench" for name in one.placeholders})
        bare = replace(filled, show_if=None)
        assert problems_of(replace(SURVEY, questions=(bare,))) == (), one.question.id
        said = [bare.text, bare.sms_text, bare.hint, *(option.text for option in bare.options)]
        assert not [each for each in said if "{" in each.get("en", "")]
        assert one.question.topic in known or one.question.topic is None


def test_the_bank_is_searched_by_topic_and_by_every_word() -> None:
    assert {one.question.topic for one in question_bank.search(topic="food")} == {"food"}
    assert [one.question.id for one in question_bank.search(word="WARM winter")] == ["homes_warm"]
