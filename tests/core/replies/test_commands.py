"""Commands, names of languages, and the words that nobody may use as an option or a keyword."""

from __future__ import annotations

import pytest

from svvoice.core.replies import (
    Command,
    is_reserved,
    languages,
    normalise,
    read_command,
    read_language,
    reading_languages,
    reserved_words,
)

STOPS = (
    "STOP",
    "unsubscribe",
    "End",
    "QUIT",
    "stopall",
    "revoke",
    "optout",
    "cancel",
    "stopio",
    "wypisz",
    "بند کریں",
    "rezygnuję",
    "stopiwch",
    "band karo",
    "stopp",
    "stoppp",
    "sotp",
    "stpo",
    "st0p",
    "stp",
    "stop texting me",
    "please stop messaging me",
    "nie pisz do mnie",
    " Stop! ",
    "STOP please",
    "ＳＴＯＰ",
)


@pytest.mark.parametrize("word", STOPS)
@pytest.mark.parametrize("language", ["en", "cy", "pl", "ur", "so"])
def test_every_word_for_stop_stops_in_every_language(word: str, language: str) -> None:
    assert read_command(word, language) is Command.STOP


@pytest.mark.parametrize(
    "words",
    [
        "shop",
        "step",
        "top",
        "spot",
        "stops",
        "Stop the buses being late",
        "bus stop",
        "the end of my street",
        "Yes",
        "yes",
        "I cannot stop laughing",
        "non stop",
        "end the litter",
        "cancel the new road",
        "help for young people",
        "tak",
        "ydw",
    ],
)
def test_answers_that_look_like_commands_are_none(words: str) -> None:
    assert read_command(words, "en") is None


def test_other_commands_are_read_in_the_contacts_language_and_english_alone() -> None:
    words = ("pomoc", "cymorth", "مدد", "help", "?", "؟", "？？")
    assert [read_command(word, "pl") for word in words] == [
        Command.HELP, None, None, Command.HELP, Command.HELP, Command.HELP, Command.HELP,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("start", "help", "skip", "back", "language", "delete")),
        ("cy", ("dechrau", "cymorth", "hepgor", "yn ôl", "iaith", "dileu")),
        ("pl", ("start", "pomoc", "pomiń", "wstecz", "język", "usuń")),
        ("ur", ("شروع", "مدد", "چھوڑیں", "واپس", "زبان", "حذف کریں")),
    ],
)
def test_each_language_has_each_command(language: str, words: tuple[str, ...]) -> None:
    assert [read_command(word, language) for word in words] == [
        Command.START, Command.HELP, Command.SKIP, Command.BACK, Command.LANGUAGE, Command.DELETE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("اردو", "ur"),
        ("urdu", "ur"),
        ("polski", "pl"),
        ("po polsku", "pl"),
        ("Polish please", "pl"),
        ("cymraeg", "cy"),
        ("WELSH", "cy"),
        ("English", "en"),
        ("in Polish", "pl"),
        ("Română", "ro"),
        ("romana", "ro"),
        ("Soomaali", "so"),
        ("af soomaali", "so"),
        ("ਪੰਜਾਬੀ", "pa"),
        ("bangla", "bn"),
        ("العربية", "ar"),
        ("português", "pt"),
        ("українською", "uk"),
        ("lietuviškai", "lt"),
        ("I speak Polish", None),
        ("yes", None),
    ],
)
def test_a_language_is_chosen_by_its_name_alone(words: str, language: str | None) -> None:
    assert read_language(words) == language


def test_twelve_languages_are_known_and_read() -> None:
    assert tuple(languages()) == ("en", "cy", "pl", "ro", "ur", "pa", "bn", "ar", "so", "pt", "uk", "lt")
    assert reading_languages() == tuple(languages())
    assert {code for code, language in languages().items() if language.direction == "rtl"} == {"ur", "ar"}


def test_command_words_are_reserved_and_answers_are_not() -> None:
    taken = (
        "STOP",
        "Cancel",
        "unstop",
        "INFO",
        "Pomoc",
        "Wstecz",
        "wroc",
        "Iaith",
        "بند کریں",
        "Polski",
        "Skip!",
        "romana",
    )
    free = ("Yes", "No", "Other", "Parks", "Bus stop", "Tak", "Nie", "Ydw", "ہاں", "Something else", "None of these")
    assert [word for word in taken if not is_reserved(word)] == []
    assert [word for word in free if is_reserved(word)] == []


def test_reserved_words_are_written_as_normalise_writes() -> None:
    assert [word for word in reserved_words() if normalise(word) != word] == []
    assert {"stop", "unstop", "info", "welsh", "wypisz", "yn ôl", "yn ol"} <= reserved_words()
