"""The data files: whole, marked as unread until a speaker has read them, and without clashes."""

from __future__ import annotations

from itertools import combinations

import pytest

from svvoice.core.replies import Command, Reason, Understood, read_answer, read_command, reading_languages
from svvoice.core.replies.words import LISTS, MEANINGS, command_words, documents, spelled_out, words_of
from tests.core.replies.questions import HOW_LIFE, NEAR

FIELDS = {
    "language",
    "source",
    "read_by_native_speaker",
    "decimal_mark",
    "group_marks",
    "meanings",
    "labels",
    "letters",
    "numbers",
    "ordinals",
    "lists",
    "units",
    "commands",
}


OPTIONAL = {"tens", "tens_joiners", "unit_joiners", "not_english", "endings", "softenings", "mutations"} | {
    "attached_and", "attached_article", "stop_sentences",
}  # fmt: skip


@pytest.mark.parametrize("language", reading_languages())
def test_a_file_has_every_field_and_nothing_unknown(language: str) -> None:
    document = documents()[language]
    assert set(document) - OPTIONAL == FIELDS
    assert document["language"] == language
    assert document["source"]
    assert set(document["meanings"]) == set(document["labels"]) == set(MEANINGS)
    assert set(document["lists"]) <= set(LISTS)
    assert set(document["commands"]) == {command.value for command in Command}


def test_no_list_is_marked_as_read_before_a_speaker_has_read_it() -> None:
    assert {
        language: document["read_by_native_speaker"] for language, document in documents().items()
    } == dict.fromkeys(reading_languages(), False)


@pytest.mark.parametrize("language", reading_languages())
def test_no_word_means_both_yes_and_no(language: str) -> None:
    words = words_of(language)
    clashes = {
        (one, other): words.meanings[one] & words.meanings[other]
        for one, other in combinations(("yes", "no", "not_sure", "maybe"), 2)
    }
    assert set(clashes.values()) == {frozenset()}


@pytest.mark.parametrize("language", reading_languages())
def test_no_answer_is_a_word_for_stop_in_any_language(language: str) -> None:
    words = words_of(language)
    answers = {*words.numbers, *words.ordinals, *words["all"], *words["both"]}.union(*words.meanings.values())
    assert {answer for answer in answers if read_command(answer, language) is not None} == set()


@pytest.mark.parametrize("language", reading_languages())
def test_every_word_for_yes_and_no_is_read_as_such(language: str) -> None:
    for meaning in ("yes", "no"):
        wrong = [
            w
            for w in words_of(language).meanings[meaning]
            if read_answer(NEAR, language, w) != Understood(meaning, "label")
        ]
        assert wrong == []
    unsure = words_of(language).meanings["not_sure"] | words_of(language).meanings["maybe"]
    assert [w for w in unsure if isinstance(read_answer(NEAR, language, w), Understood)] == []


@pytest.mark.parametrize("language", reading_languages())
def test_every_number_word_to_thirty_is_known(language: str) -> None:
    assert set(range(31)) <= set(words_of(language).numbers.values())
    wrong = {
        word: reading
        for word, number in words_of(language).numbers.items()
        if number <= 10 and (reading := read_answer(HOW_LIFE, language, word)) != Understood(number, "number_word")
    }
    assert wrong == {}


@pytest.mark.parametrize("language", reading_languages())
def test_commands_do_not_clash_with_one_another(language: str) -> None:
    known: dict[str, Command] = {}
    for name, patterns in documents()[language]["commands"].items():
        for pattern in patterns:
            for words in spelled_out(pattern):
                assert known.setdefault(words, Command(name)) is Command(name)
    assert len(command_words(language)) > 30


def test_a_language_without_a_file_still_reads_digits_and_english() -> None:
    assert read_answer(HOW_LIFE, "fr", "٧") == Understood(7, "number")
    assert read_answer(NEAR, "fr", "yes") == Understood("yes", "label")
    assert getattr(read_answer(NEAR, "fr", "oui"), "reason", None) is Reason.NO_MATCH


def test_a_pattern_holds_every_phrase() -> None:
    assert list(spelled_out("stop texting|messaging me|")) == [
        "stop texting me", "stop texting", "stop messaging me", "stop messaging",
    ]  # fmt: skip
