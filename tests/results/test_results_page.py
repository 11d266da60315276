"""What the results page says, and what it keeps back."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import update

from svvoice.store.database import Database
from svvoice.store.tables import OrganisationRow
from tests.cast import Cast
from tests.results.park import Park, changed_since, published

HIDDEN = "(fewer than 10 people|kept back, so that no other number gives it away)"
RESULTS = "/o/hillside/surveys/park/results"


def text_of(page: str) -> str:
    """What a person reads: no tags, single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def section(page: str, question: str) -> str:
    found = re.search(rf'<section class="panel" id="{question}">(.*?)</section>', page, re.DOTALL)
    assert found, page
    return text_of(found.group(1))


def read(cast: Cast, address: str = RESULTS, person: str = "cat") -> str:
    response = cast.client(person).get(address)
    assert response.status_code == 200, response.status
    return response.get_data(as_text=True)


@pytest.fixture
def park(database: Database, cast: Cast) -> Park:
    """116 people, 28 of them by text: 14 of those go every week, only 3 hardly ever."""
    park = published(database, cast.hillside)
    park.answers({"first": "yes", "use": "weekly", "good": 4}, times=60, finished_after=60)
    park.answers({"first": "no", "use": "rarely", "good": 2}, times=28)
    park.answers({"first": "yes", "use": "weekly", "good": 5}, times=14, channel="sms", finished_after=600)
    park.answers({"first": "yes", "use": "rarely", "good": 1}, times=3, channel="sms")
    park.answers({"first": "no", "use": "other"}, other={"use": "At night"}, times=11, channel="sms", language="ur")
    return park


def test_numbers_are_sentences_with_the_people_beside_them(park: Park, cast: Cast) -> None:
    page = text_of(read(cast))

    assert "116 people answered 28 of them by text message" in page
    assert "66 in 100 speak up for the first time 77 of the 116 who told us" in page
    assert "64 in 100 reached the end 74 of the 116 who began" in page
    assert "Open: it takes answers. Two languages. By page." in page


def test_each_question_says_how_many_answered_and_each_bar_how_many_it_is(park: Park, cast: Cast) -> None:
    panel = section(read(cast), "use")

    assert "How often do you go? 116 of the 116 answered this." in panel
    assert "Every week 64 in 100 74 people Hardly ever 27 in 100 31 people Something else 9 in 100 11 people" in panel
    assert "Every week 55 to 72 in 100" in panel


def test_a_bar_is_as_long_as_its_share(park: Park, cast: Cast) -> None:
    widths = re.findall(r'<svg class="fill" width="([0-9.]+)%"', read(cast).split('id="use"')[1].split("</ul>")[0])
    assert widths == ["38.3", "16.0", "5.7"]  # of the six tenths that leave room for the words


def test_small_numbers_in_a_group_are_said_in_words_and_no_sum_gives_them_back(park: Park, cast: Cast) -> None:
    page = read(cast, f"{RESULTS}?compare=channel:sms")
    panel = section(page, "use")

    assert "116 of the 116 answered this. By text: 28." in panel
    assert re.search(f"Hardly ever Everyone 27 in 100 31 people By text, {HIDDEN}", panel)
    assert "3 people" not in panel
    assert page.split('id="use"')[1].split("</section>")[0].count('class="few"') >= 2
    assert "Small numbers are hidden." in panel


def test_one_number_is_not_hidden_by_itself(park: Park, cast: Cast) -> None:
    """Web and text together make everyone: what is hidden of one cannot be shown of the other."""
    hidden = [section(read(cast, f"{RESULTS}?compare=channel:{name}"), "use") for name in ("web", "sms")]
    by_page, by_text = (panel.split("See this as a table")[0] for panel in hidden)
    assert by_text.count("fewer than 10") + by_text.count("kept back") >= 2
    assert by_page.count("fewer than 10") + by_page.count("kept back") >= 2


def test_groups_are_offered_by_channel_language_and_choice_but_not_the_small_ones(park: Park, cast: Cast) -> None:
    page = read(cast)
    offered = re.findall(r'<option[^>]*value="([^"]*)"', page)

    assert offered == [
        "",
        "channel:sms",
        "channel:web",
        "language:en",
        "language:ur",
        "first:yes",
        "first:no",
        "use:weekly",
        "use:rarely",
        "use:other",
    ]


def test_people_are_compared_by_what_they_said_to_another_question(park: Park, cast: Cast) -> None:
    page = read(cast, f"{RESULTS}?compare=first:no")

    assert "116 of the 116 answered this. No: 39." in section(page, "use")
    assert re.search(f"Every week Everyone 64 in 100 74 people No, {HIDDEN}", section(page, "use"))
    assert "116 of the 116 answered this. Not compared here. Yes 66 in 100 77 people" in section(page, "first")


def test_two_questions_make_one_table_and_it_is_shown_from_one_side_only(park: Park, cast: Cast) -> None:
    """From the other side other companions may be hidden, and both together would give a small number away."""
    page = read(cast, f"{RESULTS}?compare=use:rarely")

    assert "Not compared here. Yes 66 in 100 77 people" in section(page, "first")
    assert "105 of the 116 answered this. Hardly ever: kept back" in section(page, "good")


@pytest.mark.parametrize("group", ["channel:paper", "nothing:yes", "good:4", "use", "more:x"])
def test_a_group_that_is_not_offered_is_not_compared(park: Park, cast: Cast, group: str) -> None:
    page = read(cast, f"{RESULTS}?compare={group}")
    assert "Everyone" not in text_of(page)


def test_answers_off_the_path_and_responses_that_do_not_count_are_not_counted(park: Park, cast: Cast) -> None:
    park.answers({"first": "yes", "use": "weekly"}, off_path=("use",), times=5)
    park.answers({"first": "yes", "use": "weekly"}, status="test", times=7)
    park.answers({"first": "yes", "use": "weekly"}, status="excluded", times=7)

    page = read(cast)

    assert "121 people answered" in text_of(page)
    assert "116 of the 121 answered this." in section(page, "use")


def test_made_up_people_count_in_the_example_organisation(park: Park, cast: Cast, database: Database) -> None:
    park.answers({"use": "weekly"}, status="test", times=10)
    with database.transaction() as session:
        session.execute(update(OrganisationRow).where(OrganisationRow.id == cast.hillside).values(is_example=True))

    page = text_of(read(cast))

    assert "Example. The people here are made up." in page
    assert "126 people answered" in page


def test_under_ten_people_nothing_is_told(database: Database, cast: Cast) -> None:
    published(database, cast.hillside).answers({"first": "yes", "age": "old"}, times=9)

    page = text_of(read(cast))

    assert "Fewer than 10 people answered Results are shown from 10 people on." in page
    assert "Who spoke" not in page
    assert not re.search(r"\b9\b", page)


def test_a_small_age_band_is_hidden_among_who_spoke(database: Database, cast: Cast) -> None:
    park = published(database, cast.hillside)
    park.answers({"age": "old"}, times=40)
    park.answers({"age": "young"}, times=4)

    page = text_of(read(cast))

    assert "Age 44 people said Under 25 fewer than 10 people" in page
    assert "40 people" not in page


def test_a_retired_choice_and_a_retired_question_stay(database: Database, cast: Cast) -> None:
    park = published(database, cast.hillside)
    park.answers({"likes": ("pond", "trees"), "years": 5}, times=20)
    changed_since(park)
    park.answers({"likes": ("swings",)}, times=20)

    page = read(cast)

    assert "The pond (not offered any more) 50 in 100 20 people" in section(page, "likes")
    assert "20 of the 40 answered this. It is not asked any more. Half of them said 5 or less." in section(
        page, "years"
    )


def test_words_of_the_author_are_escaped(database: Database, cast: Cast) -> None:
    published(database, cast.hillside, title={"en": "<b>Park</b>", "ur": "پارک"})
    assert "&lt;b&gt;Park&lt;/b&gt;" in read(cast)


def test_a_survey_without_english_is_shown_in_its_own_language(database: Database, cast: Cast) -> None:
    ours = {"default_language": "ur", "languages": ["ur"], "title": {"ur": "آپ کا پارک"}, "sms_intro": {"ur": "پارک۔"}}
    question = {"id": "first", "kind": "yes_no", "text": {"ur": "پہلی بار؟"}}
    published(database, cast.hillside, **ours, questions=[question])

    assert '<h1><span lang="ur" dir="rtl">آپ کا پارک</span></h1>' in read(cast)


def test_viewers_see_numbers_and_editors_may_take_answers_away(park: Park, cast: Cast) -> None:
    viewer, editor = read(cast), read(cast, person="ben")

    for words in ("responses.csv", "codebook.csv", "findings/new", "Read what people wrote"):
        assert words not in viewer
        assert words in editor
    assert "/s/park/what-people-said" in viewer


def test_the_page_says_what_a_file_would_hold(park: Park, cast: Cast) -> None:
    park.answers({}, status="test", times=2)
    park.answers({}, status="excluded")

    page = text_of(read(cast, person="ben"))

    assert "119 rows, one for each person who began." in page
    assert "2 people of them made up: their status is “test”." in page
    assert "1 person left out of the results: their status is “excluded”." in page
