"""Text messages: what they cost, how they are tidied, and how a question is written as one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import gsm0338
import pytest
import regex  # type: ignore[import-untyped]
import smsutil
from hypothesis import given
from hypothesis import strategies as st

from svvoice.core.document import read_survey
from svvoice.core.graphemes import graphemes
from svvoice.core.sms_text import (
    GSM_BASIC,
    GSM_EXTENSION,
    Encoding,
    Segments,
    intro_text,
    isolate,
    question_text,
    segments,
    tidy,
)
from svvoice.core.survey import Kind, Option, Question, Survey

SURVEYS = Path(__file__).parent.parent / "surveys"

GSM_LETTERS = sorted(GSM_BASIC | GSM_EXTENSION)
OUR_SCRIPTS = (
    *range(0x20, 0x250),  # Latin
    *range(0x300, 0x370),  # accents on their own
    *range(0x400, 0x460),  # Cyrillic
    *range(0x600, 0x700),  # Arabic and Urdu
    *range(0x980, 0x9FF),  # Bengali
    *range(0xA00, 0xA77),  # Gurmukhi
    *range(0x200B, 0x200E),  # joiners
    *range(0x1F1E6, 0x1F200),  # flags
    *range(0x1F3FB, 0x1F400),  # skin tones
    *range(0x1F440, 0x1F490),  # people and gestures
    0xFE0F,
    0x0A,
    0x0D,
)


def say(sentence: str) -> str:
    return sentence


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("ŵ" * 70, 1),
        ("ŵ" * 71, 2),
        ("ŵ" * 134, 2),
        ("ŵ" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
    ],
)
def test_the_edges_of_segments(text: str, count: int) -> None:
    assert segments(text).count == count


def test_an_escaped_letter_is_never_torn_over_an_edge() -> None:
    # 152 + the pair for € is 154: it moves to the second segment, and the last letter then needs a third.
    assert segments("a" * 152 + "€" + "a" * 151).count == 2
    assert segments("a" * 152 + "€" + "a" * 152).count == 3


def test_a_surrogate_pair_is_never_torn_over_an_edge() -> None:
    assert segments("ŵ" * 66 + "😀" + "ŵ" * 65).count == 2
    assert segments("ŵ" * 66 + "😀" + "ŵ" * 66).count == 3


def test_a_joined_emoji_moves_to_the_next_segment_as_a_whole() -> None:
    family = "👨‍👩‍👧‍👦"
    assert segments("ŵ" * 60 + family + "ŵ" * 56).count == 2
    assert segments("ŵ" * 60 + family + "ŵ" * 57).count == 3


def test_a_cluster_longer_than_a_segment_is_torn_where_it_must_be() -> None:
    assert segments("a" + "\u0323" * 133).count == 2
    assert segments("a" + "\u0323" * 134).count == 3


@pytest.mark.parametrize("letter", "âêîôûáíóŵŷąćęłńóśźżăâîșțúãçõąčęėįšųūž`’–…")
def test_letters_outside_gsm_make_a_text_long(letter: str) -> None:
    assert segments(f"ab{letter}c{letter}") == Segments(Encoding.UCS_2, 5, 1, (letter,))


@pytest.mark.parametrize("letter", "àèéìòùÇÄÖÑÜäöñüß§£¥@")
def test_letters_inside_gsm_cost_one_unit(letter: str) -> None:
    assert segments(letter) == Segments(Encoding.GSM_7, 1, 1, ())


def test_long_letters_are_told_once_each_in_order() -> None:
    assert segments("dŵr a thŷ, dŵr").long_letters == ("ŵ", "ŷ")


@given(st.text(alphabet=GSM_LETTERS, min_size=1, max_size=700).filter(lambda text: "\r\n" not in text))
def test_gsm_texts_cost_what_two_other_programs_say(text: str) -> None:
    other = smsutil.split(text)
    encoded = text.encode("gsm03.38")
    found = segments(text)
    assert (found.encoding, found.count, found.units) == (Encoding.GSM_7, len(other.parts), other.total_bytes)
    assert found.units == len(encoded)


@given(st.text(alphabet=[*"aŵщ字😀🌳", "ہ"], min_size=1, max_size=400).filter(lambda t: not set(t) <= {"a"}))
def test_unicode_texts_cost_what_another_program_says(text: str) -> None:
    other = smsutil.split(text)
    found = segments(text)
    assert (found.encoding, found.count, found.units * 2) == (Encoding.UCS_2, len(other.parts), other.total_bytes)


def test_every_gsm_letter_is_known_to_the_codec() -> None:
    assert gsm0338.Codec().encode("".join(GSM_LETTERS))[1] == len(GSM_LETTERS)
    assert (len(GSM_BASIC), len(GSM_EXTENSION)) == (127, 10)


@given(st.text(alphabet=st.sampled_from([chr(code) for code in OUR_SCRIPTS]), max_size=40))
def test_clusters_are_those_of_the_unicode_standard(text: str) -> None:
    assert list(graphemes(text)) == regex.findall(r"\X", text)


@given(st.text(max_size=300))
def test_a_text_never_costs_less_than_its_units(text: str) -> None:
    found = segments(text)
    alone, each = (160, 153) if found.encoding is Encoding.GSM_7 else (70, 67)
    assert found.units <= (alone if found.count <= 1 else each * found.count)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("“It’s fine” – she said…", '"It\'s fine" - she said...'),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("pass\u00adword\u200b \ufeffend\u2060", "password end"),
        ("• one\r\n• two\rthree", "- one\n- two\nthree"),
        ("„Tak”, powiedział", '"Tak", powiedział'),
        ("п’ять", "п'ять"),
        ("½ ‼ Ｏｋ`", "1/2 !! Ok'"),
        ("cafe\u0301", "café"),
        ("\u200epark\u200f", "park"),
        ("dŵr a thŷ", "dŵr a thŷ"),
        ("نیم\u200cفاصلہ ہاں", "نیم\u200cفاصلہ ہاں"),
        ("👨‍👩‍👧 a\u200db", "👨‍👩‍👧 ab"),
        ("ক্\u200dষ", "ক্\u200dষ"),
        ("l·l", "l·l"),
    ],
)
def test_tidying_makes_signs_plain_and_leaves_letters(written: str, plain: str) -> None:
    assert tidy(written) == plain


@given(st.text(max_size=80))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(alphabet=st.characters(categories=("L", "Nd")), max_size=60))
def test_tidying_never_loses_a_letter(text: str) -> None:
    normal = regex.sub("[\uff01-\uff5e]", lambda found: chr(ord(found.group()) - 0xFEE0), text)
    assert tidy(text) == tidy(normal)
    assert len(list(graphemes(tidy(text)))) == len(list(graphemes(normal)))


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("کال کریں 07700 900123 پر", "کال کریں \u206607700 900123\u2069 پر"),
        ("دیکھیں https://example.org/s/park?via=a1.", "دیکھیں \u2066https://example.org/s/park?via=a1\u2069."),
        ("ختم کرنے کے لیے STOP", "ختم کرنے کے لیے \u2066STOP\u2069"),
        ("Leeds City Council کی طرف سے", "\u2066Leeds City Council\u2069 کی طرف سے"),
        ("1 ہاں\n2 نہیں", "1 ہاں\n2 نہیں"),
        ("18 سے 64", "18 سے 64"),
        ("+44 7700 900123", "\u2066+44 7700 900123\u2069"),
    ],
)
def test_numbers_links_and_codes_keep_their_order_in_right_to_left_words(text: str, isolated: str) -> None:
    assert isolate(text) == isolated
    assert isolate(isolated) == isolated


def _survey(*questions: Question, languages: tuple[str, ...] = ("en",)) -> Survey:
    return Survey("park", "en", languages, {"en": "Your park"}, questions)


FIRST = Question("near", Kind.YES_NO, {"en": "Do you live near the park?"})
PARTS = (
    Option("trees", {"en": "More trees", "cy": "Mwy o goed"}, sms_text={"en": "Trees"}),
    Option("lights", {"en": "Lights", "cy": "Goleuadau"}),
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            Question(
                "use", Kind.SINGLE_CHOICE, {"en": "What next?"}, sms_text={"en": "Next?"}, options=PARTS, other=True
            ),
            "Next?\n1 Trees\n2 Lights\n3 Something else",
        ),
        (
            Question("use", Kind.MULTI_CHOICE, {"en": "What next?"}, options=PARTS),
            "What next?\nYou can choose more than one: 1 3\n1 Trees\n2 Lights",
        ),
        (
            Question("use", Kind.MULTI_CHOICE, {"en": "What next?"}, options=PARTS, other=True, max_choices=2),
            "What next?\nYou can choose up to 2: 1 3\n1 Trees\n2 Lights\n3 Something else",
        ),
        (
            Question(
                "safe", Kind.SCALE, {"en": "How safe?"}, min_label={"en": "not safe"}, max_label={"en": "very safe"}
            ),
            "How safe?\n1 = not safe, 5 = very safe",
        ),
        (
            Question("safe", Kind.SCALE, {"en": "How safe?"}, min=0, max=10, max_label={"en": "very safe"}),
            "How safe?\nReply with a number from 0 to 10.\n10 = very safe",
        ),
        (
            Question("age", Kind.AGE_BAND, {"en": "How old are you?"}, options=PARTS),
            "How old are you?\n1 Trees\n2 Lights",
        ),
        (Question("n", Kind.NUMBER, {"en": "How many?"}), "How many?\nReply with a number."),
        (Question("n", Kind.NUMBER, {"en": "How many?"}, min=1), "How many?\nReply with a number, 1 or more."),
        (Question("n", Kind.NUMBER, {"en": "How many?"}, max=9), "How many?\nReply with a number, 9 or less."),
        (
            Question("n", Kind.NUMBER, {"en": "How many?"}, min=1, max=9),
            "How many?\nReply with a number from 1 to 9.",
        ),
        (Question("t", Kind.TEXT, {"en": "What’s best?"}), "What's best?\nReply in your own words."),
        (Question("t", Kind.TEXT, {"en": "What is best?"}, sms_text={"en": "Text us the best."}), "Text us the best."),
        (
            Question("p", Kind.POSTCODE_DISTRICT, {"en": "Your area?"}),
            "Your area?\nReply with the first part only, like LS9.",
        ),
        (
            Question("p", Kind.POSTCODE_DISTRICT, {"en": "Your area?"}, hint={"en": "Like LS9 or BD3."}),
            "Your area?\nLike LS9 or BD3.",
        ),
        (Question("n", Kind.NOTE, {"en": "Nearly done."}), "Nearly done."),
        (
            Question("h", Kind.YES_NO, {"en": "Are you ill?"}, why={"en": "To help."}, sensitive=True),
            "Are you ill?\nTo help.\n1 Yes\n2 No",
        ),
        (Question("h", Kind.YES_NO, {"en": "Are you ill?"}, why={"en": "To help."}), "Are you ill?\n1 Yes\n2 No"),
    ],
)
def test_each_kind_of_question_is_one_text(question: Question, text: str) -> None:
    assert question_text(question, "en", survey=_survey(FIRST, question), say=say) == text


def test_the_first_question_says_how_to_reply_and_comes_after_its_heading() -> None:
    text = question_text(FIRST, "en", survey=_survey(FIRST), heading="Leeds Parks asks: Your park.", say=say)
    assert text == ("Leeds Parks asks: Your park.\nDo you live near the park?\nReply with a number.\n1 Yes\n2 No")


def test_full_words_of_a_language_come_before_short_words_of_another() -> None:
    question = Question(
        "use", Kind.SINGLE_CHOICE, {"en": "What next?", "cy": "Beth nesaf?"}, sms_text={"en": "Next?"}, options=PARTS
    )
    text = question_text(question, "cy", survey=_survey(FIRST, question, languages=("en", "cy")), say=say)
    assert text == "Beth nesaf?\n1 Mwy o goed\n2 Goleuadau"


def test_our_own_words_are_said_in_the_language() -> None:
    polish = {"Yes": "Tak", "No": "Nie", "Reply with a number.": "Odpowiedz cyfrą."}
    text = question_text(FIRST, "pl", survey=_survey(FIRST), say=lambda sentence: polish[sentence])
    assert text == "Do you live near the park?\nOdpowiedz cyfrą.\n1 Tak\n2 Nie"


def test_urdu_texts_keep_codes_in_order() -> None:
    survey = _every_kind()
    question = next(question for question in survey.questions if question.id == "near")
    text = question_text(question, "ur", survey=survey, heading=survey.sms_intro["ur"], say=say)
    assert text.startswith(
        "لیڈز پارکس: 12 مختصر سوال۔ عام ٹیکسٹ کی قیمت۔ ختم کرنے کے لیے \u2066STOP\u2069\nکیا آپ پارک"
    )


def test_an_intro_is_made_of_organisation_and_title() -> None:
    assert intro_text(_survey(FIRST), "en", organisation="Leeds Parks", link="example.org/s/park", say=say) == (
        "Leeds Parks asks: Your park. Questions: 1 at most. A reply costs your normal text price. "
        "About your answers: example.org/s/park Text STOP to end."
    )


def test_an_intro_says_how_to_change_the_language_where_there_are_several() -> None:
    survey = _survey(FIRST, languages=("en", "cy"))
    text = intro_text(survey, "en", organisation="Leeds Parks", link="example.org/s/park", say=say)
    assert text.endswith("example.org/s/park For another language, text LANGUAGE. Text STOP to end.")


def test_the_link_stands_where_the_author_put_it() -> None:
    survey = replace(_survey(FIRST), sms_intro={"en": "Leeds Parks asks. {link} STOP ends."})
    text = intro_text(survey, "en", organisation="x", link="example.org/s/park", say=say)
    assert text == "Leeds Parks asks. example.org/s/park STOP ends."


def test_an_intro_of_the_survey_is_taken_as_it_is() -> None:
    text = intro_text(_every_kind(), "cy", organisation="x", link="y", say=say)
    assert text == "Parciau Leeds: 12 cwestiwn byr. Pris neges arferol. STOP i orffen."


def test_numbers_in_a_text_are_the_places_of_the_choices() -> None:
    survey = _every_kind()
    for question in survey.questions:
        lines = question_text(question, "en", survey=survey, say=say).splitlines()
        numbered = [line.split(" ", 1)[0] for line in lines if line.split(" ", 1)[0].isdigit() and " = " not in line]
        expected = 2 if question.kind is Kind.YES_NO else len(question.choices)
        assert numbered == [str(number) for number in range(1, expected + 1)]


def _every_kind() -> Survey:
    survey = read_survey((SURVEYS / "every_kind.json").read_bytes())
    assert isinstance(survey, Survey), json.dumps([str(problem) for problem in survey])
    return survey
