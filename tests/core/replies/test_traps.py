"""Words that mean one thing in one language and another in the next, and other traps met in real replies."""

from __future__ import annotations

import pytest

from svvoice.core.replies import Reason, Understood, read_answer
from svvoice.core.survey import Kind, Option, Question
from tests.core.replies.questions import HOW_GOOD, HOW_LIFE, NEAR, POSTCODE, WORDS, bands, choice, several, value

FOUR = choice("Parks", "Library", "Buses", "Trees")
FOUR_OF_MANY = several("Parks", "Library", "Buses", "Trees")


def test_the_welsh_a_is_and_between_options_and_a_letter_alone() -> None:
    assert value(several("Parciau", "Llyfrgell", "Bysiau", language="cy"), "1 a 3", "cy") == ("o1", "o3")
    assert value(several("Parciau", "Llyfrgell", "Bysiau", language="cy"), "a", "cy") == ("o1",)
    assert value(several("Parciau", "Llyfrgell", "Bysiau", language="cy"), "a a b", "cy") == ("o1", "o2")


def test_do_is_yes_in_welsh_and_two_in_urdu() -> None:
    assert value(NEAR, "do", "cy") == "yes"
    assert value(NEAR, "do", "ur") == "no"  # "1 Yes 2 No"
    assert value(choice("پارک", "بسیں", language="ur"), "do", "ur") == "o2"
    assert value(NEAR, "do", "en") == Reason.NO_MATCH


def test_the_polish_no_is_never_a_no() -> None:
    yes_no_unsure = Question(
        "q",
        Kind.SINGLE_CHOICE,
        {"pl": "?"},
        options=(Option("yes", {"pl": "Tak", "en": "Yes"}), Option("no", {"pl": "Nie", "en": "No"})),
    )
    assert value(NEAR, "no", "pl") == Reason.NO_MATCH
    assert value(yes_no_unsure, "no", "pl") == Reason.NO_MATCH
    assert value(yes_no_unsure, "nie", "pl") == "no"
    assert value(yes_no_unsure, "no 2", "pl") == "no"  # number 2
    assert value(HOW_LIFE, "ten", "pl") == Reason.NO_MATCH  # "this one"


def test_one_letter_is_yes_or_no_only_where_yes_or_no_is_asked() -> None:
    assert (value(NEAR, "y"), value(NEAR, "n"), value(NEAR, "t", "pl"), value(NEAR, "n", "pl")) == (
        "yes", "no", "yes", "no",
    )  # fmt: skip
    assert value(choice("Yes", "No"), "n") == Reason.NO_MATCH
    assert value(choice("Yes", "No"), "nope") == "o2"


def test_a_cyrillic_letter_is_not_the_latin_one_it_looks_like() -> None:
    assert value(FOUR, "B") == "o2"
    assert value(FOUR, "В") == Reason.NO_MATCH


def test_options_called_yes_no_or_not_sure_borrow_the_languages_words() -> None:
    question = Question(
        "q",
        Kind.SINGLE_CHOICE,
        {"en": "?"},
        options=(Option("yes", {"en": "I do"}), Option("no", {"en": "I do not"}), Option("not_sure", {"en": "Hm"})),
    )
    assert [value(question, reply) for reply in ("yep", "nah", "idk", "dunno")] == ["yes", "no", "not_sure", "not_sure"]


def test_english_is_read_beside_the_contacts_language() -> None:
    assert value(NEAR, "yes", "cy") == "yes"
    assert value(HOW_GOOD, "four", "ur") == 4
    assert value(HOW_GOOD, "4 out of 5", "pl") == 4


def test_a_label_in_another_language_is_read_where_it_does_not_clash() -> None:
    options = (Option("a", {"en": "Weekly", "cy": "Bob wythnos"}), Option("b", {"en": "Monthly", "cy": "Bob mis"}))
    question = Question("q", Kind.SINGLE_CHOICE, {"en": "?"}, options=options)
    assert value(question, "monthly", "cy") == "b"
    assert value(question, "bob wythnos", "en") == "a"


def test_an_alias_and_the_words_of_the_text_are_names_too() -> None:
    option = Option("w", {"en": "Every week"}, sms_text={"en": "Weekly"}, aliases={"en": ("each week",)})
    question = Question("q", Kind.SINGLE_CHOICE, {"en": "?"}, options=(option, Option("n", {"en": "Never"})))
    assert [value(question, reply) for reply in ("every week", "weekly", "Each week!")] == ["w", "w", "w"]


@pytest.mark.parametrize(
    ("labels", "reply"),
    [
        (("Unhappy", "Fine"), "happy"),
        (("Unlikely", "Certain"), "likely"),
        (("Not safe", "By day"), "safe"),
        (("16 times", "26 times"), "36 times"),
        (("Cat", "Dog"), "cot"),
    ],
)
def test_a_slip_is_never_read_as_the_opposite_or_another_word(labels: tuple[str, str], reply: str) -> None:
    assert isinstance(value(choice(*labels), reply), Reason)


def test_two_nearest_slips_are_ambiguous() -> None:
    assert value(choice("North", "South"), "nouth") == Reason.AMBIGUOUS


def test_a_number_at_odds_with_the_label_beside_it_is_ambiguous() -> None:
    assert value(FOUR, "2 Library") == "o2"
    assert value(FOUR, "1 Library") == Reason.AMBIGUOUS
    assert value(FOUR_OF_MANY, "1 Parks, 3 Buses") == ("o1", "o3")
    assert value(FOUR_OF_MANY, "1 Buses") == Reason.AMBIGUOUS


def test_glued_digits_are_options_only_below_ten() -> None:
    twelve = several(*(f"Place {letter}" for letter in "abcdefghijkl"))
    assert value(FOUR_OF_MANY, "124") == ("o1", "o2", "o4")
    assert value(twelve, "12") == ("o12",)
    assert value(twelve, "13") == Reason.OUT_OF_RANGE


def test_all_is_every_option_but_one_that_stands_alone() -> None:
    options = (
        Option("a", {"en": "Parks"}),
        Option("b", {"en": "Buses"}),
        Option("z", {"en": "Neither"}, exclusive=True),
    )
    question = Question("q", Kind.MULTI_CHOICE, {"en": "?"}, options=options)
    assert (value(question, "all"), value(question, "both")) == (("a", "b"), ("a", "b"))


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("5 bus shelters", "bus shelters"),
        ("5. Bus shelters & Łódź", "Bus shelters & Łódź"),
        ("5) other: bus shelters", "bus shelters"),
        ("something else - Bus Shelters", "Bus Shelters"),
        ("other: bus shelters", "bus shelters"),
        ("5", None),
        ("something else", None),
        ("5 thanks", None),
    ],
)
def test_own_words_come_with_the_number_or_the_name_of_other(reply: str, words: str | None) -> None:
    question = choice("Parks", "Library", "Buses", "Trees", other=True)
    reading = read_answer(question, "en", reply)
    assert isinstance(reading, Understood)
    assert (reading.value, reading.other) == ("other", words)


def test_own_words_come_after_other_options_of_several() -> None:
    question = several("Parks", "Library", other=True)
    reading = read_answer(question, "en", "1, 3 bus shelters")
    assert isinstance(reading, Understood)
    assert (reading.value, reading.other) == (("o1", "other"), "bus shelters")


def test_own_words_alone_are_no_match() -> None:
    assert value(choice("Parks", "Library", other=True), "bus shelters") == Reason.NO_MATCH
    assert value(choice("Parks", "Library", other=True), "3 or 1") == Reason.TWO_OPTIONS_FOR_SINGLE


def test_an_over_or_under_counts_its_number_as_the_neighbours_leave_it() -> None:
    gapless = bands("Under 18", "18 to 65", "Over 65")
    assert [value(gapless, reply) for reply in ("17", "18", "65", "66", "over 65")] == ["o1", "o2", "o2", "o3", "o3"]
    other = bands("Under 18", "18 to 64", "Over 64")
    assert value(other, "65") == "o3"


def test_a_small_number_is_a_bands_number_and_never_an_age() -> None:
    question = bands("Under 10", "10 to 17", "18 or over")
    assert (value(question, "3"), value(question, "9"), value(question, "3 years old")) == ("o3", "o1", "o1")


@pytest.mark.parametrize("reply", ["3½", "3.5", "3-4", "3 or 4", "3–4"])
def test_what_lies_between_two_points_is_refused(reply: str) -> None:
    assert value(HOW_GOOD, reply) == Reason.BETWEEN_VALUES


def test_a_score_out_of_another_total_is_not_the_score() -> None:
    assert (value(HOW_GOOD, "4/5"), value(HOW_GOOD, "8/10"), value(HOW_LIFE, "7/8"), value(HOW_LIFE, "10/10")) == (
        4, Reason.AMBIGUOUS, Reason.BETWEEN_VALUES, 10,
    )  # fmt: skip


def test_a_number_counts_what_was_asked() -> None:
    minutes = Question("m", Kind.NUMBER, {"en": "How many minutes do you walk?"}, integer=True)
    assert (value(minutes, "20 minutes"), value(minutes, "2 hours")) == (20, Reason.AMBIGUOUS)


def test_only_the_outward_code_is_kept_and_only_of_real_areas() -> None:
    replies = ("cf10 3at", "SWIA", "0X1 2AB", "EC1A1BB", "ZZ1 1AA", "SW", "so")
    assert [value(POSTCODE, reply) for reply in replies] == [
        "CF10", "SW1A", "OX1", "EC1A", Reason.NO_MATCH, Reason.NO_MATCH, Reason.NO_MATCH,
    ]  # fmt: skip


def test_words_are_kept_as_they_came_but_for_the_space_around_them() -> None:
    assert value(WORDS, "  Ŵyl – “Parc” 👍🏽\n") == "Ŵyl – “Parc” 👍🏽"


@pytest.mark.parametrize("blank", ["", "   ", "\u200b\u200e", "\u3164", "\u2800", "\x00", "\ufe0f\u20e3"])
def test_what_shows_nothing_is_empty_for_every_kind(blank: str) -> None:
    assert {value(question, blank) for question in (WORDS, NEAR, FOUR, HOW_GOOD)} == {Reason.EMPTY}
