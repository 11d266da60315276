"""The page on which members read what people wrote."""

from __future__ import annotations

import re
from html import unescape

from svvoice.store import audit
from svvoice.store.database import Database
from tests.cast import Cast
from tests.results.park import published

WRITTEN = "/o/hillside/surveys/park/results"


def written(page: str) -> list[str]:
    return [unescape(words) for words in re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)]


def test_the_newest_stand_first_fifty_on_a_page(database: Database, cast: Cast) -> None:
    park = published(database, cast.hillside)
    for number in range(53):
        park.answers({"more": f"Answer {number}"})

    first, second = (cast.client("ben").get(f"{WRITTEN}/more?page={page}").text for page in (1, 2))

    assert written(first) == [f"Answer {number}" for number in range(52, 2, -1)]
    assert written(second) == ["Answer 2", "Answer 1", "Answer 0"]
    assert "53 people wrote something. Newest first." in " ".join(first.split())
    assert "Page 2 of 2" in second


def test_words_are_escaped_and_carry_their_language(database: Database, cast: Cast) -> None:
    park = published(database, cast.hillside)
    park.answers({"more": "<script>alert(1)</script>"})
    park.answers({"more": "درخت"}, language="ur")

    page = cast.client("ben").get(f"{WRITTEN}/more").text

    assert '<blockquote lang="ur" dir="auto">درخت</blockquote>' in page
    assert '<blockquote lang="en" dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</blockquote>' in page


def test_what_stands_beside_another_choice_is_read_too(database: Database, cast: Cast) -> None:
    park = published(database, cast.hillside)
    park.answers({"use": "other"}, other={"use": "At night"})
    park.answers({"use": "weekly"})

    assert written(cast.client("ben").get(f"{WRITTEN}/use").text) == ["At night"]


def test_what_does_not_count_is_not_read(database: Database, cast: Cast) -> None:
    park = published(database, cast.hillside)
    park.answers({"more": "Made up"}, status="test")
    park.answers({"more": "Left out"}, status="excluded")
    park.answers({"more": "Another way"}, off_path=("more",))

    page = cast.client("ben").get(f"{WRITTEN}/more").text

    assert written(page) == []
    assert "Nobody has written anything yet." in page


def test_an_anonymous_survey_tells_no_order_and_no_day(database: Database, cast: Cast) -> None:
    park = published(database, cast.hillside, promise="anonymous")
    for number in range(12):
        park.answers({"more": f"Answer {number}"})

    page = cast.client("ben").get(f"{WRITTEN}/more").text

    assert sorted(written(page)) == sorted(f"Answer {number}" for number in range(12))
    assert written(page) != [f"Answer {number}" for number in range(11, -1, -1)]
    assert "2026" not in page


def test_only_written_answers_have_such_a_page(database: Database, cast: Cast) -> None:
    published(database, cast.hillside)
    for question in ("first", "nothing", "more?page=2", "more?page=0"):
        assert cast.client("ben").get(f"{WRITTEN}/{question}").status_code == 404


def test_that_somebody_read_is_noted(database: Database, cast: Cast) -> None:
    published(database, cast.hillside)
    cast.client("ben").get(f"{WRITTEN}/more")

    with database.reading() as session:
        noted = [event for event in audit.events(session, cast.hillside) if event.action == "answers.read"]

    assert [(event.account_id, event.subject) for event in noted] == [(cast.accounts["ben"], "park more page 1")]
