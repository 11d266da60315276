"""The table of answers, whole files compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest

from svvoice.core.export import (
    LEADING,
    ExportAnswer,
    Order,
    ResponseRow,
    columns,
    encode,
    header,
    in_last_order,
    order_of_rows,
)
from svvoice.core.export_checks import ExportChecks, Fault
from svvoice.core.export_rows import ENGLISH, Labels, code_row, label_header, label_row
from svvoice.core.safe_cells import Touched, safe_cell
from svvoice.core.survey import Kind, Option, Promise, Question, Survey

BEGAN = datetime(2026, 11, 24, 4, 3, 0, 900_000, tzinfo=UTC)

TREES = Option("trees", {"en": "Trees", "cy": "Coed"})
BUSES = Option("buses", {"en": "Buses", "cy": "Bysiau"})
PARKS = Option("parks", {"en": "Parks", "cy": "Parciau"})
NONE = Option("none", {"en": "None of these"}, exclusive=True)

NEAR = Question("near", Kind.YES_NO, {"en": "Do you live near the park?", "cy": "Ydych chi'n byw ger y parc?"})
LIKE = Question("like", Kind.MULTI_CHOICE, {"en": "What do you like?"}, options=(TREES, BUSES, NONE), other=True)
SAFE = Question("safe", Kind.SCALE, {"en": "How safe is it?"})
COST = Question("cost", Kind.NUMBER, {"en": "Cost?"})
WORDS = Question("words", Kind.TEXT, {"en": "Anything else?"})
HELLO = Question("hello", Kind.NOTE, {"en": "Hello"})


def survey(version: int, *questions: Question, promise: Promise = Promise.PRIVATE) -> Survey:
    return Survey("park", "en", ("en", "cy"), {"en": "Park"}, questions, version=version, promise=promise)


PARK = survey(1, HELLO, NEAR, LIKE, SAFE, COST, WORDS)


def response(number: int, **changed: object) -> ResponseRow:
    fields: dict[str, object] = {
        "response_id": f"r{number}",
        "survey_id": "park",
        "survey_version": 1,
        "status": "complete",
        "channel": "web",
        "language": "en",
        "started_at": BEGAN,
        "submitted_at": BEGAN + timedelta(seconds=90.4),
        "collector": "poster",
    }
    return ResponseRow(**(fields | changed))  # type: ignore[arg-type]


def said(**values: str) -> dict[str, ExportAnswer]:
    return {question: ExportAnswer(value, None, "answered") for question, value in values.items()}


PEOPLE: list[tuple[ResponseRow, Mapping[str, ExportAnswer]]] = [
    (
        response(1),
        said(near="yes", safe="4", cost="-2.5", words='Said "more, please"\r\nand left')
        | {"like": ExportAnswer("trees|other", "=HYPERLINK(1)", "answered")},
    ),
    (
        response(2, status="partial", channel="sms", language="cy", submitted_at=None, collector=None),
        {"near": ExportAnswer("no", None, "answered"), "safe": ExportAnswer(None, None, "unclear")},
    ),
    (response(3, status="test"), said(like="none", words="+44 is not a number\x00")),
]


def code_file(versions: Sequence[Survey], people: Sequence[tuple[ResponseRow, Mapping[str, ExportAnswer]]]) -> str:
    found = columns(versions)
    anonymous = order_of_rows(versions) is Order.RESPONSE_ID
    row = code_row(found, Touched(), anonymous=anonymous)
    return b"".join(encode([header(found), *(row(*person) for person in people)])).decode()


def test_the_file_for_code() -> None:
    assert code_file([PARK], PEOPLE) == (
        "response_id,survey_id,survey_version,status,channel,language,started_at,submitted_at,duration_s,collector,"
        "near,like,like__trees,like__buses,like__none,like__other,like__other_text,safe,cost,words\r\n"
        "r1,park,1,complete,web,en,2026-11-24T04:03:00Z,2026-11-24T04:04:31Z,90,poster,"
        'yes,trees|other,1,0,0,1,\'=HYPERLINK(1),4,-2.5,"Said ""more, please""\r\nand left"\r\n'
        "r2,park,1,partial,sms,cy,2026-11-24T04:03:00Z,,,,no,,,,,,,,,\r\n"
        "r3,park,1,test,web,en,2026-11-24T04:03:00Z,2026-11-24T04:04:31Z,90,poster,"
        ",none,0,0,1,0,,,,'+44 is not a number\r\n"
    )


def test_the_file_for_excel() -> None:
    found, touched = columns([PARK]), Touched()
    labels = Labels([PARK], "cy", ENGLISH.__getitem__)
    row = label_row(found, touched, labels, anonymous=False)
    rows = [label_header(found, touched, labels), *(row(*person) for person in PEOPLE)]
    assert b"".join(encode(rows, bom=True)).decode() == (
        "\ufeffResponse,Survey,Version of the survey,State,How they answered,Language,Began (UTC),Sent (UTC),"
        "Seconds taken,How they came,Ydych chi'n byw ger y parc? [near],What do you like? [like],"
        "What do you like?: Coed [like__trees],What do you like?: Bysiau [like__buses],"
        "What do you like?: None of these [like__none],What do you like?: Something else [like__other],"
        "What do you like?: in their own words [like__other_text],How safe is it? [safe],Cost? [cost],"
        "Anything else? [words]\r\n"
        "r1,park,1,Complete,By page,en,2026-11-24T04:03:00Z,2026-11-24T04:04:31Z,90,poster,"
        'Yes,Coed | Something else,Yes,No,No,Yes,\'=HYPERLINK(1),4,-2.5,"Said ""more, please""\r\nand left"\r\n'
        'r2,park,1,"Begun, not finished",By text,cy,2026-11-24T04:03:00Z,,,,No,,,,,,,,,\r\n'
        "r3,park,1,Test,By page,en,2026-11-24T04:03:00Z,2026-11-24T04:04:31Z,90,poster,"
        ",None of these,No,No,Yes,No,,,,'+44 is not a number\r\n"
    )
    assert touched == Touched(guarded=2, cleaned=1)


def test_where_anonymous_was_promised_there_are_days_only_and_no_duration() -> None:
    survey_ = survey(1, NEAR, promise=Promise.ANONYMOUS)
    assert order_of_rows([survey_, survey(2, NEAR)]) is Order.RESPONSE_ID
    assert code_file([survey_], [(response(1), said(near="yes"))]).splitlines()[1:] == [
        "r1,park,1,complete,web,en,2026-11-24,2026-11-24,,poster,yes"
    ]


def test_a_private_survey_stands_in_order_of_time() -> None:
    assert order_of_rows([PARK]).value == "started_at, response_id"


def test_times_are_told_in_utc() -> None:
    summer = timezone(timedelta(hours=1))
    row = code_row((), Touched(), anonymous=False)
    began = datetime(2026, 7, 1, 0, 30, tzinfo=summer)
    assert row(response(1, started_at=began, submitted_at=None), {})[6] == "2026-06-30T23:30:00Z"
    with pytest.raises(ValueError, match="a time without a zone"):
        row(response(1, started_at=began.replace(tzinfo=None)), {})


def test_retired_questions_and_choices_keep_their_columns_at_their_last_place() -> None:
    first = survey(1, NEAR, COST, LIKE)
    second = survey(2, SAFE, NEAR, Question("like", Kind.MULTI_CHOICE, {"en": "Like?"}, options=(PARKS, TREES)), WORDS)
    assert header(columns([first, second]))[len(LEADING) :] == [
        "safe",
        "near",
        "cost",
        "like",
        "like__parks",
        "like__trees",
        "like__buses",
        "like__none",
        "like__other",
        "like__other_text",
        "words",
    ]


def test_a_choice_that_a_version_did_not_offer_is_blank_not_0() -> None:
    first = survey(1, Question("like", Kind.MULTI_CHOICE, {"en": "Like?"}, options=(TREES, BUSES)))
    second = survey(2, Question("like", Kind.MULTI_CHOICE, {"en": "Like?"}, options=(TREES, PARKS)))
    row = code_row(columns([first, second]), Touched(), anonymous=False)
    assert header(columns([first, second]))[10:] == ["like", "like__trees", "like__buses", "like__parks"]
    assert row(response(1), said(like="trees"))[10:] == ["trees", "1", "0", ""]
    assert row(response(1, survey_version=2), said(like="trees"))[10:] == ["trees", "1", "", "0"]


def test_an_id_missing_from_the_last_list_stands_after_the_one_it_last_followed() -> None:
    assert in_last_order([["a", "x", "b"], ["y", "a", "z", "b"], ["b", "c"]]) == ["y", "a", "x", "z", "b", "c"]


def test_two_columns_of_one_name_are_refused() -> None:
    odd = Question("near", Kind.MULTI_CHOICE, {}, options=(Option("other_text", {}),), other=True)
    with pytest.raises(ValueError, match="two columns of one name in park"):
        columns([survey(1, odd)])


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+44 7700 900000", "'+44 7700 900000"),
        ("-5", "'-5"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("  =1", "'  =1"),
        ("\u00a0\u3000=1", "'\u00a0\u3000=1"),
        ("\ufeff\u200b=1", "'\ufeff\u200b=1"),
        (" \t=1", "' \t=1"),
        ("\x00=1", "'=1"),
        ("\x0b=1", "'=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠1", "'＠1"),
        ("a=1", "a=1"),
        ("", ""),
        ("   ", "   "),
        ("2 - 1", "2 - 1"),
        ("a\x00b\x07c\x7fd\x9fe", "abcde"),
        ("half \ud83d a face", "half  a face"),
        ("whole 😀 اردو\nline", "whole 😀 اردو\nline"),
    ],
)
def test_no_cell_begins_a_formula_or_holds_what_is_not_writing(text: str, safe: str) -> None:
    touched = Touched()
    assert safe_cell(text, touched) == safe
    assert (touched.guarded, touched.cleaned) == (safe[:1] == "'", safe.removeprefix("'") != text)


def test_what_is_neither_a_number_nor_one_of_our_codes_is_guarded_every_time() -> None:
    touched = Touched()
    row = code_row(columns([survey(1, NEAR, COST)]), touched, anonymous=False)
    for _ in range(3):
        assert row(response(1, collector="=via"), said(near="=1", cost="-5"))[9:] == ["'=via", "'=1", "-5"]
    assert touched == Touched(guarded=6)


def test_the_words_of_an_author_are_guarded_too() -> None:
    dash = survey(1, Question("use", Kind.SINGLE_CHOICE, {"en": "-How?"}, options=(Option("a", {"en": "- a"}),)))
    touched, labels = Touched(), Labels([dash], "en", ENGLISH.__getitem__)
    row = label_row(columns([dash]), touched, labels, anonymous=False)
    assert label_header(columns([dash]), touched, labels)[10:] == ["'-How? [use]"]
    assert [row(response(n), said(use="a"))[10:] for n in (1, 2)] == [["'- a"], ["'- a"]]
    assert touched == Touched(guarded=3)


def test_a_file_comes_in_pieces_of_about_64_kilobytes_and_loses_nothing() -> None:
    rows = [[str(number), "é" * 100] for number in range(3_000)]
    pieces = list(encode(iter(rows)))
    assert b"".join(pieces).decode() == "".join(f"{number},{'é' * 100}\r\n" for number in range(3_000))
    assert [60_000 < len(piece) < 160_000 for piece in pieces[:-1]] == [True] * (len(pieces) - 1)
    assert len(pieces) > 3


def test_an_empty_file_is_empty_and_keeps_its_mark() -> None:
    assert (list(encode([])), list(encode([], bom=True))) == ([], [b"\xef\xbb\xbf"])


def checks(expected: int, people: Sequence[tuple[ResponseRow, Mapping[str, ExportAnswer]]]) -> ExportChecks:
    found = columns([PARK])
    row = code_row(found, Touched(), anonymous=False)
    made = ExportChecks(found, expected)
    for person, answers in people:
        made.add(answers, row(person, answers))
    return made


def test_a_sound_file_passes_its_checks() -> None:
    assert checks(3, PEOPLE).failed() is None


def test_a_row_too_few_is_noticed() -> None:
    assert checks(4, PEOPLE).failed() is Fault.ROWS


def test_a_tick_without_its_column_is_noticed() -> None:
    assert checks(1, [(response(1), said(like="trees|lost"))]).failed() is Fault.TICKS


def test_a_row_of_another_width_is_noticed() -> None:
    made = checks(1, [])
    made.add({}, ["r1"])
    assert made.failed() is Fault.COLUMNS
