"""The public page: in fives, small numbers hidden, what people typed never shown, in each language."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.plans.street import Street, finding_id, makes_finding, publishes, text, writes_decision

PAGE = "/s/street/what-people-said"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVVOICE_NOW", "2026-11-24T12:00:00+00:00")


def test_nothing_is_shown_before_ten_people(street: Street, client: FlaskClient) -> None:
    street.people_answer(9, {"safe": "no", "first": "yes"})
    page = text(client.get(PAGE))
    assert "Fewer than 10 people have answered so far." in page
    assert "Do you feel safe?" not in page
    assert "in 100" not in page


def test_people_are_counted_in_fives_and_shares_stand_still_between(street: Street, client: FlaskClient) -> None:
    street.people_answer(5, {"safe": "yes"})
    street.people_answer(15, {"safe": "no"}, after=24)
    before = text(client.get(PAGE))
    assert "20 people answered, from 2 March 2026 to 3 March 2026." in before
    assert (
        "Do you feel safe? 20 people answered this. Yes, I do 25 in 100 I do not 75 in 100 Hardly ever 0 in 100"
        in before
    )
    street.people_answer(4, {"safe": "rarely"}, channel="sms", after=48)
    assert text(client.get(PAGE)) == before
    street.people_answer(1, {"safe": "rarely"}, after=72)
    after = text(client.get(PAGE))
    assert "25 people answered, from 2 March 2026 to 5 March 2026." in after
    assert "Yes, I do 20 in 100 I do not 60 in 100 Hardly ever 20 in 100" in after


def test_how_many_texted_is_said_from_ten_on(street: Street, client: FlaskClient) -> None:
    street.people_answer(30, {"safe": "no"})
    street.people_answer(5, {"safe": "no"}, channel="sms", after=24)
    assert "by text message" not in text(client.get(PAGE))
    street.people_answer(10, {"safe": "no"}, channel="sms", after=48)
    assert "45 people answered, from 2 March 2026 to 4 March 2026. 15 of them by text message." in text(
        client.get(PAGE)
    )


def test_a_small_number_of_a_sensitive_question_is_kept_back(street: Street, client: FlaskClient) -> None:
    street.people_answer(3, {"ill": "yes"})
    street.people_answer(27, {"ill": "no"}, after=24)
    page = text(client.get(PAGE))
    assert "Are you often ill? 30 people answered this. Yes fewer than 10 people No kept back" in page


def test_what_people_typed_is_counted_and_never_shown(street: Street, client: FlaskClient) -> None:
    street.people_answer(12, {"safe": "no", "more": "My own secret"})
    response = client.get(PAGE)
    assert "What else? 10 people wrote something here." in text(response)
    assert "My own secret" not in response.get_data(as_text=True)


def test_first_time_voices_are_a_sentence(street: Street, client: FlaskClient) -> None:
    street.people_answer(15, {"first": "yes"})
    street.people_answer(5, {"first": "no"}, after=24)
    assert "75 in 100 of those who told us spoke up for the first time." in text(client.get(PAGE))


def test_made_up_people_and_excluded_ones_do_not_count(street: Street, client: FlaskClient) -> None:
    street.people_answer(30, {"safe": "no"}, status="test")
    street.people_answer(30, {"safe": "no"}, status="excluded")
    assert "Fewer than 10 people have answered so far." in text(client.get(PAGE))


@pytest.mark.parametrize(
    ("language", "direction", "question"),
    [
        ("en", "ltr", "Do you feel safe?"),
        ("cy", "ltr", "Ydych chi’n teimlo’n saff?"),
        ("ur", "rtl", "کیا آپ محفوظ ہیں؟"),
        ("pl", "ltr", "Czy czujesz się bezpiecznie?"),
    ],
)
def test_the_page_speaks_each_language(
    street: Street, client: FlaskClient, language: str, direction: str, question: str
) -> None:
    street.people_answer(20, {"safe": "no"})
    page = client.get(f"{PAGE}?lang={language}").get_data(as_text=True)
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert question in page


def test_words_that_a_language_lacks_are_marked_as_english(street: Street, cast: Cast) -> None:
    street.people_answer(20, {"safe": "no"})
    ben = cast.client("ben")
    evidence = street.address("plan/{promise}/evidence?finding={finding}", finding=finding_id(makes_finding(ben)))
    ben.post(evidence, data={"direction": "supports", "note": ""})
    waiting = ben.get(f"{PAGE}?lang=cy").get_data(as_text=True)
    assert "Mae Leeds Road wedi’i goleuo" in waiting
    publishes(ben, writes_decision(ben, street))
    page = ben.get(f"{PAGE}?lang=ur").get_data(as_text=True)
    assert '<span lang="en" dir="ltr">Six new lights by 31 March.</span>' in page


def test_a_survey_that_is_not_there_or_not_published_is_not_found(street: Street, client: FlaskClient) -> None:
    assert client.get("/s/nowhere/what-people-said").status_code == 404


def test_reading_sets_nothing_and_asks_little_of_the_database(street: Street, client: FlaskClient) -> None:
    street.people_answer(20, {"safe": "no"})
    response = client.get(PAGE)
    assert "Set-Cookie" not in response.headers
    page = response.get_data(as_text=True)
    assert "<script" not in page
    assert " style=" not in page
