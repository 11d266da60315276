"""The product's own words inside text messages: commands that are understood, and few enough letters to pay for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from svvoice.answering import phrases as answering
from svvoice.core import words
from svvoice.core.replies import Command, Understood, read_answer, read_command
from svvoice.core.sms_text import ROOM, Encoding, intro_text, is_right_to_left, isolate, question_text, segments, tidy
from svvoice.core.survey import Kind, Question, Survey
from svvoice.language import ENGLISH_NAMES, SHIPPED, speech
from svvoice.plans import phrases as telling
from tests.test_translations import OURS, sentences

COMMANDS = {
    "cy": {"SKIP": "HEPGOR", "BACK": "BLAENOROL", "LANGUAGE": "IAITH", "DELETE": "DILEU"},
    "ur": {"SKIP": "چھوڑیں", "BACK": "واپس", "LANGUAGE": "زبان", "DELETE": "مٹائیں"},
    "pl": {"SKIP": "POMIŃ", "BACK": "WSTECZ", "LANGUAGE": "JĘZYK", "DELETE": "USUŃ"},
}
"""The word that each language's sentences tell people to text."""

KEPT_IN_ENGLISH = ("STOP", "START")
"""What a network knows: only these words stop and start texts there, so they stand in every language."""

YES = {"cy": "IE", "ur": "ہاں", "pl": "TAK"}

NAMES_ITSELF = {"cy": "Gymraeg", "ur": "اردو", "pl": "polsku"}
"""How each language is called in the sentence that says which language texts now come in."""

# What people are told to text.


@pytest.mark.parametrize("language", OURS)
def test_every_command_word_that_we_print_is_understood(language: str) -> None:
    printed = {**COMMANDS[language], **{word: word for word in KEPT_IN_ENGLISH}}
    for word, ours in printed.items():
        wanted = Command(word.lower())
        mark = "۔" if language == "ur" else "."
        tried = (ours, ours.lower(), ours.capitalize(), f"{ours}{mark}", f" {ours} ")
        assert [read_command(text, language) for text in tried] == [wanted] * len(tried), word


@pytest.mark.parametrize("language", OURS)
def test_every_sentence_says_the_command_words_of_its_english(language: str) -> None:
    known = {**COMMANDS[language], **{word: word for word in KEPT_IN_ENGLISH}, "YES": YES[language]}
    for source, translated in sentences(language):
        wanted = [known[word] for word in re.findall(r"\b[A-Z]{3,}\b", source) if word in known]
        assert [word for word in wanted for form in translated if not _says(word, form)] == [], source
        english_left = set(COMMANDS[language]) | {"YES", "HELP"}
        assert not english_left & set(re.findall(r"\b[A-Z]{3,}\b", " ".join(translated))), source


def _says(word: str, sentence: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence) is not None


@pytest.mark.parametrize("language", OURS)
def test_the_yes_that_we_ask_for_is_read_as_yes(language: str) -> None:
    question = Question(id="told", kind=Kind.YES_NO, text={})
    reading = read_answer(question, language, YES[language])
    assert isinstance(reading, Understood)
    assert reading.value == "yes"
    for said, value in ((words.YES, "yes"), (words.NO, "no")):
        reading = read_answer(question, language, speech(language).say(said))
        assert isinstance(reading, Understood)
        assert reading.value == value


@pytest.mark.parametrize("language", OURS)
def test_changing_the_language_names_the_new_one(language: str) -> None:
    said = speech(language).say(answering.LANGUAGE_SET)
    assert NAMES_ITSELF[language] in said


# What texts cost.

LETTERS = {"en": "a", "cy": "ŵ", "ur": "ک", "pl": "ł"}
"""A letter of each language, the dearest that it has."""


def texts() -> tuple[str, ...]:
    """Every sentence of ours that goes into a text."""
    told = (telling.TOLD_HEARD, telling.TOLD_DECIDED, telling.TOLD_MORE, telling.TOLD_STOP)
    ours = [value for value in vars(answering).values() if isinstance(value, str) and " " in value]
    ours = [value for value in ours if value != answering.__doc__]
    hints = [value for name, value in vars(words).items() if name.isupper() and isinstance(value, str)]
    problems = (*answering.PROBLEM.values(), *answering.PROBLEM_KIND.values())
    return tuple(dict.fromkeys((*ours, *problems, *hints, *told, *telling.VERDICTS.values())))


def sample(language: str) -> dict[str, str]:
    """What a long but likely text has in its places; names are in the letters of the language."""
    letter = LETTERS[language]
    return {
        "organisation": _words(20, letter),
        "title": _words(19, letter) + ("؟" if language == "ur" else "?"),
        "other": _words(20, letter),
        "heard": _words(20, letter) + ".",
        "verdict": speech(language).say(
            telling.VERDICTS[max(telling.VERDICTS, key=lambda v: len(telling.VERDICTS[v]))]
        ),
        "keyword": "HOME",
        "link": "https://svvoice.example/s/home",
        "questions": "8",
        **dict.fromkeys(("most", "low", "min"), "3"),
        **dict.fromkeys(("high", "max", "point"), "10"),
        **dict.fromkeys(("label", "min_label", "max_label"), _words(10, letter)),
    }


def _words(length: int, letter: str) -> str:
    """So many letters, in words of five."""
    return "".join(" " if place % 6 == 5 and place < length - 1 else letter for place in range(length))


def filled(sentence: str, language: str) -> str:
    """The sentence as it is sent."""
    text = tidy(speech(language).say(sentence) % sample(language))
    return isolate(text) if is_right_to_left(language) else text


@pytest.mark.parametrize("language", SHIPPED)
def test_the_first_text_with_a_question_takes_three_segments_at_most(language: str) -> None:
    values, letter = sample(language), LETTERS[language]
    asked = _words(39, letter) + ("؟" if language == "ur" else "?")
    questions = tuple(Question(id=f"q{number}", kind=Kind.YES_NO, text={language: asked}) for number in range(8))
    survey = Survey(
        slug="home",
        default_language=language,
        languages=(language, "en" if language != "en" else "cy"),
        title={language: values["title"]},
        questions=questions,
    )
    say = speech(language).say
    intro = intro_text(survey, language, organisation=values["organisation"], link=values["link"], say=say)
    text = question_text(questions[0], language, survey=survey, heading=intro, say=say)
    assert len(values["organisation"]) == len(values["title"]) == 20
    assert len(values["link"]) == 30
    assert segments(text).count <= 3


@pytest.mark.parametrize("language", SHIPPED)
def test_help_takes_three_segments_at_most(language: str) -> None:
    assert segments(filled(answering.HELP, language)).count <= 3


TWO_SEGMENTS = {answering.WHICH}
"""Has two titles in it, and cannot be said in one."""


@pytest.mark.parametrize("language", SHIPPED)
def test_every_other_text_of_ours_takes_one_segment(language: str) -> None:
    dear = {s: segments(filled(s, language)).units for s in texts() if segments(filled(s, language)).count > 1}
    dear.pop(answering.HELP, None)
    assert set(dear) <= TWO_SEGMENTS, dear
    assert all(units <= 2 * ROOM[Encoding.UCS_2][1] for units in dear.values())


@pytest.mark.parametrize("language", OURS)
def test_texts_are_written_with_plain_marks(language: str) -> None:
    said = [speech(language).say(sentence) for sentence in texts()]
    assert [text for text in said if tidy(text) != text] == []


def test_welsh_texts_of_ours_stay_in_the_letters_that_cost_least() -> None:
    # A text is dear only where a survey's own words have ŵ, ŷ, â, ê, î, ô or û in them.
    said = [speech("cy").say(sentence) for sentence in texts()]
    assert [text for text in said if segments(text).encoding is Encoding.UCS_2] == []


@pytest.mark.parametrize("organisation", ["Leeds Road Trust", "لیڈز ٹرسٹ"])
def test_an_urdu_text_takes_its_direction_from_urdu(organisation: str) -> None:
    # A phone gives the whole text the direction of its first letter outside isolates.
    values = {**sample("ur"), "organisation": organisation}
    isolated = {answering.HELP, words.INTRO_WHO}
    for sentence in texts():
        text = speech("ur").say(sentence) % values
        sent = isolate(text) if sentence in isolated else text
        outside = re.sub("\u2066[^\u2069]*\u2069", "", sent)
        first = next((letter for letter in outside if letter.isalpha()), "ا")
        assert re.match(r"[\u0620-\u06ff]", first), sent


def test_the_page_about_languages_lists_the_words_that_people_are_told_to_text() -> None:
    page = (Path(__file__).resolve().parent.parent / "docs" / "languages.md").read_text(encoding="utf-8")
    for language, ours in COMMANDS.items():
        row = " | ".join((ENGLISH_NAMES[language], *ours.values(), YES[language]))
        assert f"| {row} |" in page
