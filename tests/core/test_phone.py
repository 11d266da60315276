"""Numbers as people type them."""

from __future__ import annotations

import pytest

from svvoice.core.phone import NotANumber, Wrong, as_written, is_fictional, read_number

OURS = "+447700900142"


@pytest.mark.parametrize(
    "typed",
    [
        "07700900142",
        "07700 900142",
        " 07700-900-142 ",
        "(07700) 900 142",
        "+44 7700 900142",
        "0044 7700 900142",
        "44 (0)7700 900142",
        "+44 (0) 7700 900142",
        "447700900142",
        "tel 07700 900142".removeprefix("tel "),
        "٠٧٧٠٠ ٩٠٠١٤٢",
        "۰۷۷۰۰۹۰۰۱۴۲",
        "০৭৭০০৯০০১৪২",
        "\u2066+44 7700 900142\u2069",
        "０７７００９００１４２",
    ],
)
def test_every_usual_way_of_writing_a_number_is_one_number(typed: str) -> None:
    assert read_number(typed) == OURS


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Wrong.EMPTY),
        (" \u200f ", Wrong.EMPTY),
        ("STOP", Wrong.NOT_A_NUMBER),
        ("0800 FLOWERS", Wrong.NOT_A_NUMBER),
        ("n/a", Wrong.NOT_A_NUMBER),
        ("12", Wrong.TOO_SHORT),
        ("07700 9001", Wrong.TOO_SHORT),
        ("07700 900142 7", Wrong.TOO_LONG),
        ("07700 900142" * 5, Wrong.TOO_LONG),
        ("0113 496 0000", Wrong.NOT_A_MOBILE),
        ("020 7946 0018", Wrong.NOT_A_MOBILE),
        ("0800 1111", Wrong.NOT_A_MOBILE),
        ("070 1234 5678", Wrong.NOT_A_MOBILE),
        ("+1 202 555 0123", Wrong.OTHER_COUNTRY),
        ("+48 512 345 678", Wrong.OTHER_COUNTRY),
        ("07624 123456", Wrong.OTHER_COUNTRY),
        ("07781 123456", Wrong.OTHER_COUNTRY),
        ("+999 123", Wrong.OTHER_COUNTRY),
    ],
)
def test_what_we_cannot_text_is_refused_with_its_reason(typed: str, reason: Wrong) -> None:
    assert read_number(typed) == NotANumber(reason)


def test_a_real_mobile_is_read_and_another_country_can_be_asked_for() -> None:
    assert read_number("07400 123456") == "+447400123456"
    assert read_number("512 345 678", "PL") == "+48512345678"


def test_all_thousand_fictional_mobiles_are_let_through() -> None:
    numbers = [f"07700 900{last:03}" for last in range(1000)]
    assert [read_number(number) for number in numbers] == [f"+447700900{last:03}" for last in range(1000)]
    assert is_fictional("+447700900000")
    assert not is_fictional("+447700901000")


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("+447700900142", "07700 900142"),
        ("+441134960000", "0113 496 0000"),
        ("+48512345678", "+48 512 345 678"),
        ("LRCT", "LRCT"),
        ("", ""),
    ],
)
def test_a_number_is_shown_as_people_write_it(number: str, written: str) -> None:
    assert as_written(number) == written


def test_what_is_shown_reads_back_as_the_same_number() -> None:
    assert read_number(as_written(OURS)) == OURS
