"""The product's own words in each language: complete, in its own letters, and honest about who has read them."""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from svvoice.core.replies import languages
from svvoice.language import ENGLISH_NAMES, NOT_YET_READ, OWN_NAMES, SHIPPED, speech
from translations import collect

ROOT = Path(__file__).resolve().parent.parent
REPLIES = ROOT / "svvoice" / "data" / "replies"
OURS = collect.TRANSLATED

SAME_AS_ENGLISH = {"%(min)s = %(min_label)s, %(max)s = %(max_label)s", "%(point)s = %(label)s"}
"""Nothing in them is a word."""

ENDS = {"۔": ".", "؟": "?"}
END = re.compile(r"[.?!:۔؟]$")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)s")
ARABIC = re.compile(r"[\u0620-\u06ff]")
ENGLISH_WORDS = re.compile(
    r"\b(the|your|you|this|that|answers?|please|our|survey|reply|texts?|number|with|for)\b", re.I
)
MAY_BE_LATIN = {"START", "STOP", "CF10", "LS9", "Childline", "SMS"}
"""Latin words that an Urdu sentence may keep."""


@cache
def catalogue(language: str) -> Catalog:
    with (collect.HERE / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def sentences(language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each English sentence with its translation, in every plural form."""
    for message in catalogue(language):
        if message.id:
            yield english(message), forms(message)


def english(message: Message) -> str:
    """The words of the plural, which can stand for the singular too."""
    return message.id if isinstance(message.id, str) else message.id[-1]


def forms(message: Message) -> tuple[str, ...]:
    """The translation in each plural form; "" where it is missing."""
    strings = (message.string,) if isinstance(message.string, str | None) else message.string
    return tuple(string or "" for string in strings)


def test_the_template_holds_what_the_code_says_now() -> None:
    # `python -m translations.collect` writes it.
    assert (collect.HERE / "messages.pot").read_bytes() == collect.written(collect.collect())


@pytest.mark.parametrize("language", OURS)
def test_every_sentence_is_translated_and_none_is_left_over(language: str) -> None:
    wanted = [message.id for message in collect.collect() if message.id]
    found = {message.id: message for message in catalogue(language) if message.id}
    assert list(found) == wanted
    assert [key for key, message in found.items() if not all(forms(message))] == []
    assert [key for key, message in found.items() if message.fuzzy] == []
    assert dict(catalogue(language).obsolete) == {}


@pytest.mark.parametrize("language", OURS)
def test_a_catalogue_stands_as_collecting_would_write_it(language: str) -> None:
    path = collect.HERE / language / "LC_MESSAGES" / "messages.po"
    assert path.read_bytes() == collect.written(catalogue(language))


@pytest.mark.parametrize("language", OURS)
def test_there_are_as_many_plural_forms_as_the_header_says(language: str) -> None:
    ours = catalogue(language)
    plurals = [message for message in ours if isinstance(message.id, tuple)]
    assert plurals
    assert {len(forms(message)) for message in plurals} == {ours.num_plurals}
    form_of = gettext.c2py(ours.plural_expr)
    assert {form_of(number) for number in range(500)} == set(range(ours.num_plurals))


def test_welsh_counts_in_its_own_forms() -> None:
    form_of = gettext.c2py(catalogue("cy").plural_expr)
    asked = {number: form_of(number) for number in (0, 1, 2, 3, 4, 5, 6, 7, 10, 12, 21, 22, 26, 103)}
    others = dict.fromkeys((0, 4, 5, 7, 10, 12, 21, 22, 26, 103), 0)
    assert asked == others | {1: 1, 2: 2, 3: 3, 6: 4}


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("cy", 1, "Hyd at 1 cwestiwn byr."),
        ("cy", 2, "Hyd at 2 gwestiwn byr."),
        ("cy", 3, "Hyd at 3 chwestiwn byr."),
        ("cy", 6, "Hyd at 6 chwestiwn byr."),
        ("cy", 12, "Hyd at 12 cwestiwn byr."),
        ("pl", 1, "Do 1 krótkiego pytania."),
        ("pl", 3, "Do 3 krótkich pytań."),
        ("pl", 12, "Do 12 krótkich pytań."),
        ("ur", 1, "زیادہ سے زیادہ 1 چھوٹا سوال۔"),
        ("ur", 12, "زیادہ سے زیادہ 12 چھوٹے سوال۔"),
        ("en", 1, "Up to 1 short question."),
        ("en", 12, "Up to 12 short questions."),
    ],
)
def test_numbers_of_questions_are_said_as_people_say_them(language: str, number: int, said: str) -> None:
    one, many = "Up to %(number)s short question.", "Up to %(number)s short questions."
    assert speech(language).say_many(one, many, number) == said


@pytest.mark.parametrize("language", OURS)
def test_placeholders_are_the_same_in_every_form(language: str) -> None:
    wrong = [
        (source, form)
        for source, translated in sentences(language)
        for form in translated
        if sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(source))
        or "%" in PLACEHOLDER.sub("", form).replace("%%", "")
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OURS)
def test_a_sentence_ends_as_its_english_does(language: str) -> None:
    wrong = [
        (source, form)
        for source, translated in sentences(language)
        for form in translated
        if _ending(form) != _ending(source)
    ]
    assert wrong == []


def _ending(sentence: str) -> str:
    end = END.search(sentence)
    return ENDS.get(end.group(), end.group()) if end else ""


@pytest.mark.parametrize("language", OURS)
def test_no_translation_has_loose_spaces_or_quotes_that_pages_do_not_use(language: str) -> None:
    wrong = [form for _, many in sentences(language) for form in many if form != " ".join(form.split()) or '"' in form]
    assert wrong == []


@pytest.mark.parametrize("language", OURS)
def test_no_english_is_left(language: str) -> None:
    same = {source for source, translated in sentences(language) if source in translated}
    assert same <= SAME_AS_ENGLISH
    words_left = [
        form
        for _, translated in sentences(language)
        for form in translated
        if ENGLISH_WORDS.search(PLACEHOLDER.sub("", form))
    ]
    assert words_left == []


def test_urdu_is_written_in_urdu_letters() -> None:
    latin = {
        word
        for _, translated in sentences("ur")
        for form in translated
        for word in re.findall(r"[A-Za-z][A-Za-z0-9]*", PLACEHOLDER.sub("", form))
    }
    assert latin <= MAY_BE_LATIN
    without = [form for _, many in sentences("ur") for form in many if not ARABIC.search(form)]
    no_words = {
        "%(organisation)s: %(title)s",
        "%(point)s = %(label)s",
        "%(min)s = %(min_label)s، %(max)s = %(max_label)s",
    }
    assert set(without) <= no_words


def test_urdu_uses_its_own_letters_and_marks() -> None:
    # Arabic kaf and yeh look alike and are other letters; Latin marks point the wrong way.
    other = re.compile(r"[\u0643\u064a\u0649\u0647\u0660-\u0669]|(?<![\u0620-\u06ff])\u06be|[\u0620-\u06ff]\s*[,;?.]")
    assert [form for _, translated in sentences("ur") for form in translated if other.search(form)] == []


def test_a_phone_number_on_an_urdu_page_keeps_its_order() -> None:
    # In texts sending puts these marks in; help is the only text of ours with such a number.
    groups = [
        form
        for source, translated in sentences("ur")
        for form in translated
        if re.search(r"\d{4,} \d{4,}", form) and "Childline" not in source
    ]
    assert groups
    assert [form for form in groups if not re.search("\u2066[0-9 ]+\u2069", form)] == []


# What is said about the languages.


def test_the_lists_of_languages_agree() -> None:
    assert set(OURS) == set(SHIPPED) - {"en"}
    assert set(OWN_NAMES) == set(ENGLISH_NAMES) == set(SHIPPED)
    known = languages()
    assert {code: known[code].name for code in SHIPPED} == OWN_NAMES
    assert {code: known[code].english_name for code in SHIPPED} == ENGLISH_NAMES
    assert {path.stem for path in REPLIES.glob("*.json")} == set(known)


def test_who_has_read_what_is_said_alike_everywhere() -> None:
    for language in OURS:
        document = json.loads((REPLIES / f"{language}.json").read_text(encoding="utf-8"))
        note = "Not yet read by a native speaker" in catalogue(language).header_comment
        assert (language in NOT_YET_READ) is note is not document["read_by_native_speaker"]


def test_the_page_about_languages_says_who_has_read_what() -> None:
    page = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    rows = {
        cells[0].strip("` "): [cell.strip() for cell in cells[1:]]
        for cells in (line.strip("|").split("|") for line in page.splitlines() if line.startswith("| `"))
    }
    assert list(rows) == list(SHIPPED)
    for language, (own, in_english, *read) in rows.items():
        assert (own, in_english) == (OWN_NAMES[language], ENGLISH_NAMES[language])
        unread = language in NOT_YET_READ
        assert read == (
            ["**not yet read by a native speaker**"] * 2 if unread else ["first language of the product"] * 2
        )
