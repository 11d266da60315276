"""A survey that people answer already: what each change does is said first, and no answer changes its meaning."""

from __future__ import annotations

from dataclasses import replace

import pytest

from svvoice.authoring import actions
from svvoice.authoring.actions import Imported, MeaningChanged
from svvoice.authoring.question_pages import digest_of
from svvoice.core.changes import question_changes
from svvoice.core.document import to_json
from svvoice.core.survey import Survey
from svvoice.store import surveys
from tests.authoring.officer import Officer
from tests.environment import ENVIRONMENT
from tests.people import WebPerson
from tests.publishing import PUBLISHED


@pytest.fixture
def live(ben: Officer) -> Officer:
    """One choice, one scale, one open question; version 1 is open."""
    ben.begins("Live survey")
    ben.adds("single_choice", "Favourite colour?", "Red\nBlue")
    scale = ben.adds("scale", "Happy today?")
    ben.saves(scale, min_label="Not at all", max_label="Very")
    ben.adds("text", "Anything else?")
    ben.publishes()
    assert ben.status == 303
    return ben


def test_better_words_are_kept_only_after_somebody_said_that_they_mean_the_same(live: Officer) -> None:
    live.saves("favourite_colour", words="Which colour is your favourite colour?")
    assert live.status == 422
    for words in (
        "Read what this does",
        "Better words",
        "finish on the version",
        "The same column",
        "still ask the same thing",
    ):
        assert words in live.words
    assert live.draft.questions[0].text["en"] == "Favourite colour?"
    live.confirms("favourite_colour")
    assert live.draft.questions[0].text["en"] == "Which colour is your favourite colour?"
    live.saves("favourite_colour")
    assert live.status == 303


def test_what_was_confirmed_for_some_words_does_not_hold_for_others(live: Officer) -> None:
    live.saves("favourite_colour", words="Your favourite colour?")
    form = live.page
    live.saves("favourite_colour", words="Least favourite colour?", seen=_seen(form))
    assert live.status == 422
    assert live.draft.questions[0].text["en"] == "Favourite colour?"


def _seen(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_a_not_that_comes_into_a_question_is_pointed_at(live: Officer) -> None:
    live.saves("favourite_colour", words="Not your favourite colour?")
    assert "this may turn the question round" in live.words


def test_another_scale_is_refused_and_can_be_made_a_new_question(live: Officer) -> None:
    live.saves("happy_today", max="10")
    assert live.status == 422
    assert "a 5 is no longer the same 5" in live.words
    assert 'value="save"' not in live.page
    before = live.draft.questions[1]
    read = digest_of(tuple(question_changes(before, replace(before, max=10), live.draft)))
    live.saves("happy_today", max="10", seen=read)
    assert live.draft.questions[1].max == 5, "refused again, even where somebody sends it all the same"
    live.confirms("happy_today", do="as_new")
    assert [one.id for one in live.draft.questions] == ["favourite_colour", "happy_today_2", "anything_else"]
    assert live.draft.questions[1].max == 10


def test_an_option_written_over_another_is_refused(live: Officer) -> None:
    live.saves("favourite_colour", option_words=["Blue", "Red"])
    assert (live.status, "was another option before" in live.words) == (422, True)
    live.confirms("favourite_colour")
    assert [one.text["en"] for one in live.draft.questions[0].options] == ["Red", "Blue"]


def test_a_new_and_a_retired_option_say_what_they_do_and_the_id_never_comes_back(live: Officer) -> None:
    live.saves("favourite_colour", do="drop:red", more="Green")
    assert live.status == 422
    assert "An option retired" in live.words
    assert "A new option" in live.words
    live.confirms("favourite_colour")
    live.publishes()
    live.saves("favourite_colour", more="Red")
    live.confirms("favourite_colour")
    assert [one.id for one in live.draft.questions[0].options] == ["blue", "green", "red_2"]


def test_a_question_is_retired_after_reading_what_it_does_and_its_id_never_comes_back(live: Officer) -> None:
    live.does("remove", "anything_else")
    assert (live.status, "Its columns stay" in live.words) == (200, True)
    assert len(live.draft.questions) == 3
    live.does("remove", "anything_else", seen="1")
    assert len(live.draft.questions) == 2
    live.publishes()
    assert live.adds("text", "Anything else?") == "anything_else_2"


def test_the_builder_lists_what_the_next_version_changes(live: Officer) -> None:
    live.opens("builder")
    assert "Nothing yet: the draft is what people answer now." in live.words
    live.adds("text", "One more thing?")
    live.does("up", "happy_today")
    live.opens("builder")
    for words in ("A new question", "Questions in another order", "Those who have begun are not asked it."):
        assert words in live.words


def test_people_inside_finish_on_the_version_that_they_began(live: Officer) -> None:
    person = WebPerson(live.cast.app.test_client(), live.slug)
    person.starts()
    person.answers("red")
    live.saves("anything_else", words="Anything more?")
    live.confirms("anything_else")
    live.publishes()
    person.answers("3")
    assert person.heading == "Anything else?"
    later = WebPerson(live.cast.app.test_client(), live.slug)
    later.starts()
    later.answers("red")
    later.answers("3")
    assert later.heading == "Anything more?"


def test_another_promise_is_refused_once_people_have_answered(live: Officer) -> None:
    live.sends("builder/words", {"title": "Live survey", "promise": "anonymous"})
    assert (live.status, "People answered under another promise" in live.words) == (422, True)


def test_a_file_cannot_bring_in_another_meaning_by_the_back_door(live: Officer) -> None:
    document = to_json(live.draft).replace('"kind": "text"', '"kind": "yes_no"')
    org, now = live.cast.hillside, PUBLISHED
    assert isinstance(actions.import_document(live.database, org, document.encode(), None, now), Imported)
    done = actions.publish(live.database, org, live.slug, ["en"], ENVIRONMENT["PUBLIC_URL"], None, now)
    assert isinstance(done, MeaningChanged)
    live.publishes()
    assert (live.status, "It is answered in another way. Make it a new question." in live.words) == (422, True)
    with live.database.reading() as session:
        record = surveys.survey_called(session, org, live.slug)
    assert record is not None
    assert record.version == 1


def test_a_saved_state_with_another_meaning_is_not_brought_back(ben: Officer) -> None:
    ben.begins("Twice")
    name = ben.adds("scale", "Happy today?")
    ben.saves(name, max="10")
    ben.publishes()
    ben.sends("builder/states/2", {})
    assert (ben.status, "would change the meaning" in ben.words) == (422, True)
    assert _max(ben.draft) == 10


def _max(survey: Survey) -> object:
    return survey.questions[0].max
