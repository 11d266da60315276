"""What holds for every text that anybody could send."""

from __future__ import annotations

import unicodedata

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from svvoice.core.replies import (
    Command,
    NotUnderstood,
    Understood,
    is_reserved,
    normalise,
    read_answer,
    read_command,
    read_language,
    reading_languages,
)
from svvoice.core.replies.normalise import bare, phrase, shows_nothing
from svvoice.core.survey import Kind, Option, Question
from tests.core.replies.questions import HOW_GOOD, HOW_LIFE, NEAR, POSTCODE, WORDS, bands, choice, several

NUMBER = Question("n", Kind.NUMBER, {"en": "How many?"}, min=0, max=99)
EVERY_KIND = (
    NEAR, HOW_GOOD, HOW_LIFE, POSTCODE, WORDS, NUMBER,
    choice("Parks", "Green spaces", "Buses", other=True), several("Parks", "Green spaces", "Buses", other=True),
    bands("Under 13", "13 to 15", "65 or over"), Question("note", Kind.NOTE, {"en": "Thanks."}),
)  # fmt: skip

PIECES = [
    "1",
    "2",
    "3",
    "10",
    "yes",
    "no",
    "or",
    "and",
    "a",
    "not",
    "to",
    "parks",
    "green",
    "stop",
    "please",
    "-",
    "/",
    ",",
    ".",
    "+",
    "%",
    "½",
    "👍",
    "👎",
    "⭐",
    "ہاں",
    "نہیں",
    "۳",
    "میں سے",
    "ydw",
    "tak",
    "nie",
    "five",
    "CF10",
    "3AT",
    "o",
    "\n",
    "\x00",
    "\ud800",
    "\u200f",
    "№",
    "16-24",
    "65+",
    "under",
    "years",
]
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=())),  # lone surrogates and NUL among them
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
)
LANGUAGES = st.sampled_from([*reading_languages(), "en-GB", "so", "pt-BR"])
DIGITS = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Nd"]
ZEROS = [digit for digit in DIGITS if unicodedata.decimal(digit) == 0]


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT, LANGUAGES, st.sampled_from(EVERY_KIND))
def test_no_text_ever_raises_and_a_value_always_fits_its_question(text: str, language: str, question: Question) -> None:
    reading = read_answer(question, language, text)
    read_command(text, language)
    read_language(text)
    if isinstance(reading, NotUnderstood):
        return
    value = reading.value
    match question.kind:
        case Kind.YES_NO:
            assert value in ("yes", "no")
        case Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            assert value in question.choice_ids
        case Kind.MULTI_CHOICE:
            assert isinstance(value, tuple)
            assert value == tuple(chosen for chosen in question.choice_ids if chosen in value) != ()
        case Kind.SCALE:
            assert value in question.points
        case Kind.NUMBER:
            assert not isinstance(value, str | tuple)
            assert 0 <= value <= 99
        case Kind.TEXT:
            assert value == text.strip()
        case _:
            assert isinstance(value, str)
            assert value == normalise(value).replace(" ", "").upper()


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT, LANGUAGES)
def test_words_are_never_changed(text: str, language: str) -> None:
    reading = read_answer(WORDS, language, text)
    if shows_nothing(text):
        assert isinstance(reading, NotUnderstood)
    else:
        assert reading == Understood(text.strip(), "text")


LABELS = st.lists(
    st.text(st.sampled_from("abdeghiklmnoprstuwyzéłŵśاردوہپکنمتیѣжшілদরকਪਕਰ -'"), min_size=1, max_size=20),
    min_size=2,
    max_size=9,
)


@settings(max_examples=300, deadline=None)
@given(LABELS, st.sampled_from(reading_languages()), st.booleans())
def test_a_label_read_back_is_its_own_option(labels: list[str], language: str, many: bool) -> None:
    names = [bare(phrase(label)) for label in labels]
    assume(all(any(letter.isalnum() for letter in name) for name in names) and len(set(names)) == len(names))
    assume(not any(is_reserved(label) for label in labels))
    make = several if many else choice
    question = make(*labels, language=language)
    for option in question.options:
        reading = read_answer(question, language, option.text[language])
        assert isinstance(reading, Understood)
        assert reading.value == ((option.id,) if many else option.id)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ZEROS), st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join), st.sampled_from(EVERY_KIND))
def test_digits_of_every_script_read_as_ascii_digits(zero: str, text: str, question: Question) -> None:
    written = "".join(chr(ord(zero) + int(letter)) if letter in "0123456789" else letter for letter in text)
    assume(question.kind is not Kind.TEXT and not question.other)
    assert read_answer(question, "en", written) == read_answer(question, "en", text)


def test_every_decimal_digit_of_unicode_is_read() -> None:
    wrong = [digit for digit in DIGITS if normalise(f"x{digit}") != f"x {unicodedata.decimal(digit)}"]
    assert wrong == []


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 3), st.sampled_from(["{}", "{}.", "({})", " {} ", "{}!!", "#{}", "{})", "option {}", "{} please x"])
)
def test_a_number_in_any_dress_is_its_option(number: int, dress: str) -> None:
    question = choice("Parks", "Library", "Buses")
    reading = read_answer(question, "en", dress.format(number))
    assert isinstance(reading, Understood)
    assert reading.value == f"o{number}"


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT, LANGUAGES)
def test_stop_inside_a_longer_sentence_stops_nothing(text: str, language: str) -> None:
    assert read_command(f"{text} buses stop here because of the lorries", language) is None
    assert read_command("STOP", language) is Command.STOP


def test_the_longest_texts_are_read() -> None:
    texts = [
        "1 " * 2_500,
        "word " * 1_000,
        "yes" * 1_666,
        "9" * 5_000,
        "ہاں " * 1_250,
        "cf10 " * 1_000,
        "not or " * 700,
        "a, " * 1_666,
        "1-2" * 1_600,
        "\u0301" * 5_000,
        "👍" * 5_000,
        "\ud800" * 5_000,
    ]
    read = [
        read_answer(question, language, text) for question in EVERY_KIND for language in ("en", "ur") for text in texts
    ]
    assert len(read) == len(EVERY_KIND) * 2 * len(texts)
    assert {type(reading) for reading in read} == {Understood, NotUnderstood}


def test_a_question_with_one_option_and_no_words_is_read() -> None:
    question = Question("q", Kind.SINGLE_CHOICE, {}, options=(Option("only", {}),))
    assert read_answer(question, "en", "1") == Understood("only", "number")
