"""Two officers at one survey: neither overwrites the other in silence, and every state can be brought back."""

from __future__ import annotations

from tests.authoring.officer import Officer


def both_at(ben: Officer, ada: Officer, *questions: str) -> list[str]:
    ben.begins("Together")
    ada.slug = ben.slug
    return [ben.adds("text", words) for words in questions]


def test_the_second_to_save_a_question_sees_both_versions_and_loses_nothing(ben: Officer, ada: Officer) -> None:
    (name,) = both_at(ben, ada, "What matters?")
    bens, adas = ben.form(name), ada.form(name)
    ada.saves(name, adas, words="What matters most?", hint="Hers")
    ben.saves(name, bens, words="What counts?", hint="His")
    assert ben.status == 409
    assert ben.draft.questions[0].text == {"en": "What matters most?"}
    for words in ("Somebody else changed this question meanwhile", "What matters most?", "Hers"):
        assert words in ben.words
    assert "What counts?" in ben.page
    assert "His" in ben.page
    ben.confirms(name)
    assert (ben.status, ben.draft.questions[0].hint) == (303, {"en": "His"})
    assert "What matters most?" in ben.opens("builder/states/3")


def test_two_who_change_different_questions_do_not_meet(ben: Officer, ada: Officer) -> None:
    first, second = both_at(ben, ada, "First thing?", "Second thing?")
    bens, adas = ben.form(first), ada.form(second)
    ada.saves(second, adas, words="Second thing, please?")
    ben.saves(first, bens, words="First thing, please?")
    assert ben.status == 303
    assert [one.text["en"] for one in ben.draft.questions] == ["First thing, please?", "Second thing, please?"]


def test_what_was_written_in_a_question_that_somebody_removed_is_not_lost(ben: Officer, ada: Officer) -> None:
    first, second = both_at(ben, ada, "First thing?", "Second thing?")
    bens = ben.form(first)
    ada.does("remove", first)
    ben.saves(first, bens, words="Hours of work")
    assert (ben.status, "Somebody took this question out" in ben.words) == (409, True)
    assert "Hours of work" in ben.page
    ben.confirms(first, do="as_new")
    assert [one.text["en"] for one in ben.draft.questions] == ["Second thing?", "Hours of work"]
    assert second == ben.draft.questions[0].id


def test_a_question_that_somebody_just_changed_is_not_removed_unseen(ben: Officer, ada: Officer) -> None:
    (name,) = both_at(ben, ada, "What matters?")
    seen = ben.revision
    ada.saves(name, words="What matters most?")
    ben.does("remove", name, revision=seen)
    assert (ben.status, len(ben.draft.questions)) == (409, 1)
    assert "Somebody else changed this meanwhile" in ben.words


def test_adding_and_moving_go_on_beside_each_other(ben: Officer, ada: Officer) -> None:
    first, second = both_at(ben, ada, "First thing?", "Second thing?")
    seen = ben.revision
    ada.adds("text", "Third thing?")
    ben.does("up", second, revision=seen)
    assert [one.id for one in ben.draft.questions][:2] == [second, first]
    assert len(ben.draft.questions) == 3


def test_a_form_of_unknown_age_overwrites_nothing(ben: Officer, ada: Officer) -> None:
    (name,) = both_at(ben, ada, "What matters?")
    ben.saves(name, revision="made up", words="Gone")
    assert (ben.status, ben.draft.questions[0].text["en"]) == (409, "What matters?")


def test_the_surveys_own_words_are_shown_in_both_versions_too(ben: Officer, ada: Officer) -> None:
    both_at(ben, ada, "What matters?")
    seen = ben.revision
    ada.sends("builder/words", {"title": "Hers"})
    ben.sends("builder/words", {"title": "His", "revision": seen})
    assert (ben.status, ben.draft.title) == (409, {"en": "Hers"})
    assert "Hers" in ben.words
    assert 'value="His"' in ben.page


def test_every_saved_state_is_kept_and_comes_back_with_one_press(ben: Officer, ada: Officer) -> None:
    (name,) = both_at(ben, ada, "What matters?")
    ben.saves(name, words="Something else entirely?")
    ada.does("remove", name)
    page = ada.opens("builder/states")
    assert "State 4 (now)" in ada.words
    assert all(
        words in page for words in ("Removed: Something", "Changed: Something", "Added: What", "Begun", "Ada", "Ben")
    )
    assert "What matters?" in ada.opens("builder/states/2")
    ada.sends("builder/states/2", {})
    assert (ada.status, ada.draft.questions[0].text["en"]) == (303, "What matters?")
    assert "Brought back: state 2" in ada.opens("builder/states")


def test_an_old_state_is_not_brought_back_over_a_change_nobody_looked_at(ben: Officer, ada: Officer) -> None:
    (name,) = both_at(ben, ada, "What matters?")
    seen = ben.revision
    ada.saves(name, words="What matters most?")
    ben.sends("builder/states/1", {"revision": seen})
    assert (ben.status, len(ben.draft.questions)) == (409, 1)


def test_a_state_that_never_was_is_not_found(ben: Officer) -> None:
    ben.begins("Alone")
    ben.opens("builder/states/99")
    assert ben.status == 404
