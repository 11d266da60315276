"""Words in another form, another spelling, or one slip away; and sentences that ask for no more texts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from svvoice.core.replies import Command, Reason, Understood, read_answer, read_command, reading_languages
from svvoice.core.replies.inflection import roots
from svvoice.core.replies.words import stop_sentences
from svvoice.core.survey import Kind, Question
from svvoice.language import SHIPPED
from tests.core.replies.questions import HOW_GOOD, HOW_LIFE, NEAR, choice, several, value

PLACES = {
    "pl": ("Parki", "Biblioteki", "Autobusy"),
    "ro": ("Parcuri", "Biblioteci", "Autobuze"),
    "lt": ("Parkai", "Bibliotekos", "Autobusai"),
    "uk": ("Парки", "Бібліотеки", "Автобуси"),
    "cy": ("Parciau", "Llyfrgelloedd", "Bysiau"),
    "so": ("Jardiinooyinka", "Maktabadaha", "Basaska"),
    "pt": ("Parques", "Bibliotecas", "Autocarros"),
    "ar": ("الحدائق", "المكتبات", "الحافلات"),
    "en": ("Parks", "Libraries", "Buses"),
}


@pytest.mark.parametrize(
    ("language", "reply", "place"),
    [
        ("pl", "bibliotekę", 2),
        ("pl", "w bibliotece", 2),
        ("pl", "autobusami", 3),
        ("ro", "bibliotecile", 2),
        ("ro", "autobuzele", 3),
        ("lt", "bibliotekose", 2),
        ("lt", "autobusų", 3),
        ("uk", "бібліотеками", 2),
        ("uk", "автобусів", 3),
        ("cy", "barciau", 1),
        ("cy", "lyfrgelloedd", 2),
        ("so", "maktabado", 2),
        ("so", "maktabadda", 2),
        ("pt", "biblioteca", 2),
        ("ar", "مكتبات", 2),
        ("en", "library", 2),
    ],
)
def test_a_label_is_known_in_its_other_forms(language: str, reply: str, place: int) -> None:
    assert value(choice(*PLACES[language], language=language), reply, language) == f"o{place}"


def test_a_form_beside_a_number_counts_something_and_is_no_answer() -> None:
    often = choice("Every day", "Every week", "Every month")
    assert value(often, "weeks") == "o2"
    assert isinstance(value(often, "in 2 weeks"), Reason)


def test_a_root_is_never_less_than_three_letters_and_never_of_digits() -> None:
    assert roots("os", "lt") == frozenset()
    assert roots("16", "pl") == frozenset()
    assert roots("barciau", "cy") & roots("parciau", "cy")
    assert not roots("happy", "en") & roots("unhappy", "en")


def test_romanised_spellings_of_one_sound_are_one_word() -> None:
    assert value(HOW_GOOD, "paannch", "ur") == 5
    assert value(NEAR, "haanjee", "pa") == "yes"
    assert value(HOW_LIFE, "chotyri", "uk") == 4
    assert value(HOW_LIFE, "сємь", "uk") == 7


def test_a_slip_in_a_long_word_is_forgiven_and_a_short_word_is_not_guessed() -> None:
    assert value(HOW_LIFE, "sietem", "pl") == 7
    assert value(HOW_LIFE, "septini", "lt") == 7
    assert value(HOW_LIFE, "ux", "pt") == Reason.NO_MATCH
    assert value(HOW_LIFE, "house", "en") == Reason.NO_MATCH


def test_an_attached_and_joins_two_options_and_may_belong_to_one() -> None:
    places = several("الحدائق والملاعب", "المكتبات", "الحافلات", language="ar")
    assert value(places, "المكتبات والحافلات", "ar") == ("o2", "o3")
    assert value(places, "الحدائق والملاعب", "ar") == ("o1",)
    assert value(places, "واحد وثلاثة", "ar") == ("o1", "o3")


def test_number_words_written_with_digits_for_letters_are_read() -> None:
    assert [value(HOW_LIFE, word, "ar") for word in ("3ashra", "sab3a", "arba3a")] == [10, 7, 4]
    assert value(NEAR, "na3am", "ar") == "yes"


@pytest.mark.parametrize(
    ("language", "reply", "number"),
    [
        ("en", "1,200.5", "1200.5"),
        ("pt", "1.200,5", "1200.5"),
        ("pt", "1.200", "1200"),
        ("ro", "2,5", "2.5"),
        ("lt", "1 200,5", "1200.5"),
        ("uk", "1 200", "1200"),
        ("ar", "٢٫٥", "2.5"),
        ("ar", "١٬٢٠٠", "1200"),
        ("bn", "১,২০০", "1200"),
    ],
)
def test_thousands_and_decimals_are_marked_as_the_language_marks_them(language: str, reply: str, number: str) -> None:
    asked = Question("n", Kind.NUMBER, {language: "?"})
    assert value(asked, reply, language) == Decimal(number)


@pytest.mark.parametrize(
    "reply",
    [
        "please stop sending me all these messages now",
        "przestańcie wysyłać mi te wiadomości",
        "nu mai trimiteți mesaje astea",
        "więcej do mnie nie piszcie",
        "peidiwch ag anfon mwy o negeseuon ataf i",
        "ha ii soo dirin farriimo kale",
        "ਮੈਨੂੰ ਹੋਰ ਮੈਸੇਜ ਨਾ ਭੇਜੋ ਜੀ",
        "আমাকে আর কোনো মেসেজ পাঠাবেন না",
        "لا ترسلوا لي أي رسائل بعد الآن",
        "não me mandem mais nenhuma mensagem",
        "більше не надсилайте мені повідомлень",
        "nebesiųskite man jokių žinučių",
    ],
)
def test_a_sentence_that_only_asks_for_no_more_texts_is_stop_in_every_language(reply: str) -> None:
    assert {read_command(reply, language) for language in ("en", "so")} == {Command.STOP}


@pytest.mark.parametrize(
    "reply",
    [
        "stop the buses being late",
        "please stop the traffic",
        "stop sending lorries through the village",
        "no more litter",
        "enough",
        "dont text and drive",
        "przestańcie budować",
        "nie piszcie po murach",
        "pare o trânsito",
        "припиніть будувати",
        "me",
        "messages",
    ],
)
def test_one_other_word_and_it_is_an_answer(reply: str) -> None:
    assert read_command(reply, "en") is None


def test_every_language_has_its_sentences_for_stop() -> None:
    assert [code for code in reading_languages() if not all(stop_sentences(code))] == []


def test_more_languages_are_read_than_the_product_speaks() -> None:
    assert set(SHIPPED) <= set(reading_languages())
    assert read_answer(NEAR, "lt", "taip") == Understood("yes", "label")
