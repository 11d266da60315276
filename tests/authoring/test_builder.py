"""A survey made from nothing on the builder's pages: questions added, moved, copied, removed, filled in."""

from __future__ import annotations

from typing import Any

import pytest

from svvoice.core.survey import All, AnyOf, AtLeast, Is, Kind
from svvoice.store import surveys
from tests.authoring.officer import Officer
from tests.conftest import Hands
from tests.people import WebPerson


def test_a_survey_made_from_nothing_is_published_and_answered(ben: Officer, cast: object, hands: Hands) -> None:
    ben.begins("Your park")
    near = ben.adds("yes_no", "Do you live near the park?")
    use = ben.adds("single_choice", "How often do you go?", "Every week\nNever")
    ben.saves(use, if_=[f"{near}|is|yes", ""], if_number=["", ""])
    assert ben.status == 303
    ben.publishes()
    assert ben.status == 303
    person = WebPerson(ben.cast.app.test_client(), ben.slug)
    person.starts()
    assert person.heading == "Do you live near the park?"
    person.answers("yes")
    assert person.heading == "How often do you go?"


def test_every_kind_of_question_can_be_added_and_saved_unchanged(ben: Officer) -> None:
    ben.begins("Everything")
    for kind in Kind:
        options = "One\nTwo" if kind in {Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE, Kind.AGE_BAND} else ""
        name = ben.adds(kind, f"A question of the kind {kind}", options)
        before = ben.draft
        ben.saves(name)
        assert (ben.status, ben.draft) == (303, before), kind


def test_steps_with_a_question_do_what_their_button_says(ben: Officer) -> None:
    ben.begins("Order")
    first, second = ben.adds("text", "First thing"), ben.adds("text", "Second thing")
    ben.does("up", second)
    assert [one.id for one in ben.draft.questions] == [second, first]
    ben.does("down", second)
    ben.does("copy", first)
    assert [one.id for one in ben.draft.questions] == [first, f"{first}_2", second]
    ben.does("remove", first)
    assert [one.id for one in ben.draft.questions] == [f"{first}_2", second]
    ben.does("up", f"{first}_2")
    assert ben.status == 422
    assert "It stands at the end already." in ben.words


def test_a_question_stays_behind_the_one_it_depends_on(ben: Officer) -> None:
    ben.begins("Paths")
    near, why = ben.adds("yes_no", "Near here?"), ben.adds("text", "Why so?")
    ben.saves(why, if_=[f"{near}|is|no", ""], if_number=["", ""])
    ben.does("up", why)
    assert (ben.status, "depends on the answer to" in ben.words) == (422, True)
    ben.does("remove", near)
    assert (ben.status, "depends on the answer to this" in ben.words) == (422, True)
    assert len(ben.draft.questions) == 2


def test_conditions_are_chosen_in_plain_words_and_come_back_the_same(ben: Officer) -> None:
    ben.begins("Paths")
    near, age = ben.adds("yes_no", "Near here?"), ben.adds("number", "How many trees?")
    pick = ben.adds("single_choice", "Pick one", "Red\nBlue\nGreen")
    last = ben.adds("text", "Say more")
    chosen = [f"{near}|is|yes", f"{age}|at_least|", ""]
    ben.saves(last, if_=chosen, if_number=["", "3", ""], if_how="all")
    assert ben.draft.questions[-1].show_if == All((Is(near, ("yes",)), AtLeast(age, 3)))
    ben.saves(last)
    assert ben.draft.questions[-1].show_if == All((Is(near, ("yes",)), AtLeast(age, 3)))
    ben.saves(last, if_=[f"{pick}|is|red", f"{pick}|is|blue", f"{near}|answered|no"], if_number=[""] * 3, if_how="any")
    assert isinstance(found := ben.draft.questions[-1].show_if, AnyOf)
    assert found.conditions[0] == Is(pick, ("red", "blue"))
    ben.saves(last, if_=[f"{age}|at_least|", ""], if_number=["lots", ""])
    assert (ben.status, "Write the number that the answer is compared with" in ben.words) == (422, True)
    assert "Asked only if" in ben.opens("builder")


def test_options_are_moved_renamed_removed_and_added_without_losing_what_was_typed(ben: Officer) -> None:
    ben.begins("Options")
    name = ben.adds("multi_choice", "Which?", "Red\nBlue\nGreen")
    ben.saves(name, do="down:red", words="Which ones?")
    question = ben.draft.questions[0]
    assert question.text == {"en": "Which ones?"}
    assert [one.id for one in question.options] == ["blue", "red", "green"]
    ben.saves(name, do="drop:blue", more="None of these")
    assert [one.id for one in ben.draft.questions[0].options] == ["red", "green", "none_these"]
    ben.saves(name, option_alone=["none_these"], max_choices="2", other="1")
    question = ben.draft.questions[0]
    assert [one.exclusive for one in question.options] == [False, False, True]
    assert (question.max_choices, question.other) == (2, True)


def test_an_option_that_a_path_hangs_on_is_not_removed(ben: Officer) -> None:
    ben.begins("Options")
    pick = ben.adds("single_choice", "Pick one", "Red\nBlue")
    last = ben.adds("text", "Why red?")
    ben.saves(last, if_=[f"{pick}|is|red", ""], if_number=["", ""])
    ben.saves(pick, do="drop:red")
    assert (ben.status, "depends on the option" in ben.words) == (422, True)
    assert ben.draft.questions[0].choice("red") is not None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": ""}, "Write the question."),
        ({"words": "x" * 2001}, "This is too long: 2001 letters. The most is 2000."),
        ({"more": "y" * 5000}, "This is too long: 5000 letters."),
        ({"max_choices": "many"}, "Write a number, such as 10, or leave it empty."),
        ({"max_choices": "2.5"}, "Write a whole number"),
        ({"option_words": ["", "Blue"]}, "Write words for each option, or press Remove beside it."),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_stays(
    ben: Officer, changed: dict[str, Any], sentence: str
) -> None:
    ben.begins("Faults")
    name = ben.adds("multi_choice", "Which?", "Red\nBlue")
    before = ben.revision
    ben.saves(name, **{"hint": "Kept while it is mended", **changed})
    assert (ben.status, ben.revision) == (422, before)
    assert sentence in ben.words
    assert "Kept while it is mended" in ben.page


def test_signs_that_cannot_be_stored_are_left_out_and_script_is_only_text(ben: Officer) -> None:
    ben.begins("Odd <script>alert(1)</script>")
    name = ben.adds("text", "Is it\x00 <b>bold</b>\x07 or \u202eturned?")
    assert ben.draft.questions[0].text["en"] == "Is it <b>bold</b> or \u202eturned?"
    assert "<b>bold</b>" not in ben.opens(f"questions/{name}")
    assert "<script" not in ben.opens("builder")


def test_a_question_from_the_bank_is_found_by_topic_and_word_and_asks_for_its_blanks(ben: Officer) -> None:
    ben.begins("From the bank")
    assert "Can you keep your home warm in winter?" in ben.opens("builder/bank?word=warm+winter")
    assert "1 question." in ben.words
    assert "Nothing has this topic" in ben.opens("builder/bank?word=warm&topic=food")
    ben.sends("builder/bank", {"bank": "promise_seen"})
    assert (ben.status, "Fill in the promise first." in ben.words) == (422, True)
    ben.sends("builder/bank", {"bank": "promise_seen", "promise": "Slower cars"})
    assert ben.status == 303
    assert "Slower cars" in ben.draft.questions[0].text["en"]
    assert "{promise}" not in str(ben.draft.questions[0])


def test_problems_lead_to_the_place_where_they_are_mended(ben: Officer) -> None:
    ben.begins("Problems", languages=["cy"])
    name = ben.adds("single_choice", "Pick one")
    page = ben.opens("builder")
    assert f'href="/o/hillside/surveys/problems/questions/{name}">Question 1: This question has no options' in page
    assert 'href="/o/hillside/surveys/problems/builder/words">Cy' not in page
    ben.publishes()
    assert (ben.status, ben.draft.version) == (422, 0)


def test_a_copy_takes_everything_but_address_keyword_and_days(ben: Officer) -> None:
    ben.begins("First one")
    ben.adds("text", "Say something")
    ben.opens("builder/words")
    ben.sends("builder/words", {"title": "First one", "keyword": "first", "closes": "2027-01-01", "thanks": "Thanks!"})
    assert (ben.status, ben.draft.keyword) == (303, "FIRST")
    ben.begins("Second one", copy_of="first-one")
    assert (ben.slug, ben.draft.keyword, ben.draft.closes) == ("second-one", None, None)
    assert (ben.draft.thanks, len(ben.draft.questions)) == ({"en": "Thanks!"}, 1)


def test_two_surveys_of_one_name_get_two_addresses(ben: Officer) -> None:
    ben.begins("Your park")
    ben.begins("Your park")
    assert ben.slug == "park-2"
    with ben.database.reading() as session:
        assert len(surveys.surveys_of(session, ben.cast.hillside)) == 2


def test_a_title_is_needed_and_a_bad_day_is_told(ben: Officer) -> None:
    ben.begins("   ")
    assert (ben.status, "Give the survey a title." in ben.words) == (422, True)
    ben.begins("Days")
    ben.sends("builder/words", {"title": "Days", "opens": "2026-02-31"})
    assert (ben.status, "Write a day that exists" in ben.words) == (422, True)
