"""Exports, compared as whole files."""

from __future__ import annotations

from uuid import UUID

import pytest

from svvoice.store.database import Database
from tests.cast import Cast
from tests.results.park import Park, changed_since, published

IDS = [UUID(int=number << 64 | 1 << 76 | 2 << 62) for number in (9, 4, 7, 1, 5)]

HEAD = (
    "response_id,survey_id,survey_version,status,channel,language,started_at,submitted_at,duration_s,collector,"
    "first,use,use__other_text,likes,likes__trees,likes__pond,likes__swings,likes__none,good,years,age,area,more\r\n"
)


@pytest.fixture
def park(database: Database, cast: Cast) -> Park:
    park = published(database, cast.hillside)
    park.answers(
        {"first": "yes", "use": "other", "likes": ("trees", "pond"), "good": 4, "years": -5, "age": "old"},
        response_id=IDS[0],
        other={"use": "=cmd|' /C calc'!A0"},
        collector="library",
        finished_after=95,
    )
    park.answers(
        {"first": "no", "use": "weekly", "likes": ("none",), "area": "LS9", "more": 'Two\nlines, and "quotes"'},
        response_id=IDS[1],
        off_path=("area",),
        channel="sms",
        language="ur",
    )
    changed_since(park)
    park.answers(
        {"first": "yes", "likes": ("swings",), "more": "درخت بہت اچھے ہیں"},
        response_id=IDS[2],
        skipped=("use",),
        language="ur",
        finished_after=30,
    )
    park.answers({"more": "＝1+1"}, response_id=IDS[3], status="test")
    park.answers({"more": "-2 degrees"}, response_id=IDS[4], status="excluded")
    return park


def test_the_file_for_programs_is_this_to_the_last_byte(park: Park, cast: Cast) -> None:
    response = cast.client("ben").get("/o/hillside/surveys/park/responses.csv")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="park-responses.csv"'
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    expected = HEAD + (
        f"{IDS[0]},park,1,complete,web,en,2026-03-02T10:00:00Z,2026-03-02T10:01:35Z,95,library,"
        "yes,other,'=cmd|' /C calc'!A0,trees|pond,1,1,,0,4,-5,old,,\r\n"
        f"{IDS[1]},park,1,partial,sms,ur,2026-03-02T10:01:00Z,,,,"
        'no,weekly,,none,0,0,,1,,,,,"Two\nlines, and ""quotes"""\r\n'
        f"{IDS[2]},park,2,complete,web,ur,2026-03-02T10:02:00Z,2026-03-02T10:02:30Z,30,,"
        "yes,,,swings,0,,1,0,,,,,درخت بہت اچھے ہیں\r\n"
        f"{IDS[3]},park,2,test,web,en,2026-03-02T10:03:00Z,,,,,,,,,,,,,,,,'＝1+1\r\n"
        f"{IDS[4]},park,2,excluded,web,en,2026-03-02T10:04:00Z,,,,,,,,,,,,,,,,'-2 degrees\r\n"
    )
    assert response.data.decode() == expected


def test_the_file_for_excel_is_the_same_in_words(park: Park, cast: Cast) -> None:
    response = cast.client("ben").get("/o/hillside/surveys/park/responses.csv?format=labels&lang=ur")

    assert response.headers["Content-Disposition"] == 'attachment; filename="park-responses-ur.csv"'
    lines = response.data.decode().split("\r\n")
    assert response.data.startswith(b"\xef\xbb\xbf")
    assert lines[0].endswith(
        "یہ کتنا اچھا ہے؟ [good],کتنے سال؟ [years],آپ کی عمر؟ [age],آپ کہاں رہتے ہیں؟ [area],اور کیا؟ [more]"
    )
    assert ",درخت | تالاب," in lines[1]
    assert ",ان میں سے کچھ نہیں," in lines[2]
    assert len(lines) == 7


def test_the_english_file_for_excel_is_this_to_the_last_byte(park: Park, cast: Cast) -> None:
    response = cast.client("ben").get("/o/hillside/surveys/park/responses.csv?format=labels")

    heads = (
        "Response,Survey,Version of the survey,State,How they answered,Language,Began (UTC),Sent (UTC),Seconds taken,"
        "How they came,Is this your first time? [first],How often do you go? [use],"
        "How often do you go?: in their own words [use__other_text],What do you like there? [likes],"
        "What do you like there?: Trees [likes__trees],What do you like there?: The pond [likes__pond],"
        "What do you like there?: Swings [likes__swings],What do you like there?: None of these [likes__none],"
        "How good is it? [good],How many years? [years],How old are you? [age],Where do you live? [area],"
        "What else? [more]\r\n"
    )
    expected = (
        "\ufeff"
        + heads
        + (
            f"{IDS[0]},park,1,Complete,By page,en,2026-03-02T10:00:00Z,2026-03-02T10:01:35Z,95,library,"
            "Yes,Something else,'=cmd|' /C calc'!A0,Trees | The pond,Yes,Yes,,No,4,-5,25 and over,,\r\n"
            f'{IDS[1]},park,1,"Begun, not finished",By text,ur,2026-03-02T10:01:00Z,,,,'
            'No,Every week,,None of these,No,No,,Yes,,,,,"Two\nlines, and ""quotes"""\r\n'
            f"{IDS[2]},park,2,Complete,By page,ur,2026-03-02T10:02:00Z,2026-03-02T10:02:30Z,30,,"
            "Yes,,,Swings,No,,Yes,No,,,,,درخت بہت اچھے ہیں\r\n"
            f"{IDS[3]},park,2,Test,By page,en,2026-03-02T10:03:00Z,,,,,,,,,,,,,,,,'＝1+1\r\n"
            f"{IDS[4]},park,2,Left out,By page,en,2026-03-02T10:04:00Z,,,,,,,,,,,,,,,,'-2 degrees\r\n"
        )
    )
    assert response.data.decode() == expected


def test_where_anonymity_was_promised_no_row_tells_when_or_in_which_order(database: Database, cast: Cast) -> None:
    park = published(database, cast.hillside, promise="anonymous")
    for response_id in IDS[:3]:
        park.answers({"first": "yes"}, response_id=response_id, finished_after=60)

    response = cast.client("ada").get("/o/hillside/surveys/park/responses.csv")

    rows = response.data.decode().split("\r\n")[1:-1]
    days = "park,1,complete,web,en,2026-03-02,2026-03-02,,,yes,,,,,,,,,,,"
    assert rows == [f"{IDS[1]},{days}", f"{IDS[2]},{days}", f"{IDS[0]},{days}"]


def test_the_same_data_give_the_same_bytes(park: Park, cast: Cast) -> None:
    client = cast.client("ben")
    first, second = (client.get("/o/hillside/surveys/park/responses.csv").data for _ in range(2))
    assert first == second


def test_the_codebook_counts_who_answered_in_the_whole_file(park: Park, cast: Cast) -> None:
    response = cast.client("ben").get("/o/hillside/surveys/park/codebook.csv")

    assert response.headers["Content-Disposition"] == 'attachment; filename="park-codebook.csv"'
    lines = response.data.decode().split("\r\n")
    assert lines[0] == (
        "column,question_id,kind,version_from,version_to,text_en,text_ur,option_code,option_label_en,option_label_ur,"
        "required,shown_if,informs,n_answered"
    )
    counted = {line.split(",")[0]: line.rsplit(",", 1)[1] for line in lines[1:-1] if line.split(",")[1]}
    assert counted == {
        "first": "3",
        "use": "2",
        "use__other_text": "2",
        "likes": "3",
        "likes__trees": "3",
        "likes__swings": "3",
        "likes__pond": "3",
        "likes__none": "3",
        "good": "1",
        "years": "1",
        "age": "1",
        "area": "0",
        "more": "4",
    }


def test_a_survey_without_answers_gives_a_header(database: Database, cast: Cast) -> None:
    published(database, cast.hillside)
    response = cast.client("ben").get("/o/hillside/surveys/park/responses.csv")
    assert response.data.decode() == HEAD.replace("likes__swings,", "")


def test_an_unknown_format_is_not_found(park: Park, cast: Cast) -> None:
    assert cast.client("ben").get("/o/hillside/surveys/park/responses.csv?format=xlsx").status_code == 404
