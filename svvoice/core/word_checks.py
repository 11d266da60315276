"""What can be wrong with a survey's words: missing languages, labels that cannot be told apart, taken words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from svvoice.core.document_fields import OPTION, QUESTION, SURVEY, ByLanguage, ObjectOf
from svvoice.core.problems import Code, Problem
from svvoice.core.replies import is_reserved, languages, normalise
from svvoice.core.survey import Kind, Language, Option, Question, Survey, Words

MAY_LACK_A_LANGUAGE = frozenset(("sms_text", "aliases"))
"""Shorter words for a text, and further words for an answer: where a language has none, `text` is used."""


@dataclass(frozen=True)
class Worded:
    """Words somewhere in a survey."""

    place: str
    field: str
    words: Mapping[Language, object]
    required: bool

    def has(self, language: Language) -> bool:
        wording = self.words.get(language)
        return bool(wording.strip() if isinstance(wording, str) else wording)


def all_words(survey: Survey) -> Iterator[Worded]:
    """Every text of a survey with its place, in the order of the document."""
    yield from _words_in(SURVEY, survey, "")
    for index, question in enumerate(survey.questions):
        place = f"questions[{index}]."
        yield from _words_in(QUESTION, question, place)
        for number, option in enumerate(question.options):
            yield from _words_in(OPTION, option, f"{place}options[{number}].")


def _words_in(shape: ObjectOf, made: Survey | Question | Option, prefix: str) -> Iterator[Worded]:
    for field in shape.fields:
        if isinstance(field.shape, ByLanguage):
            yield Worded(f"{prefix}{field.name}", field.name, getattr(made, field.name), field.required)


def language_problems(survey: Survey) -> Iterator[Problem]:
    """Languages listed twice or not at all, and words without their default or in a language of no use."""
    for number, language in enumerate(survey.languages):
        if language in survey.languages[:number]:
            yield Problem(f"languages[{number}]", Code.REPEATED_LANGUAGE, {"language": language})
    if survey.default_language not in survey.languages:
        yield Problem("default_language", Code.DEFAULT_NOT_LISTED, {"language": survey.default_language})
    for worded in all_words(survey):
        in_use = worded.required or any(worded.has(language) for language in worded.words)
        if in_use and worded.field not in MAY_LACK_A_LANGUAGE and not worded.has(survey.default_language):
            place = f"{worded.place}.{survey.default_language}"
            yield Problem(place, Code.NO_DEFAULT_WORDS, {"language": survey.default_language})
        for language in worded.words:
            if language not in survey.languages and language != survey.default_language:
                yield Problem(f"{worded.place}.{language}", Code.UNLISTED_LANGUAGE, {"language": language})


def untranslated(survey: Survey) -> Iterator[Problem]:
    """Words that exist in the default language but not yet in another that the survey is offered in."""
    for worded in all_words(survey):
        if worded.field in MAY_LACK_A_LANGUAGE or not worded.has(survey.default_language):
            continue
        for language in survey.languages:
            if not worded.has(language):
                yield Problem(f"{worded.place}.{language}", Code.NO_WORDS_IN, {"language": language})


@dataclass(frozen=True)
class Label:
    """Words that people may text to choose an option."""

    place: str
    language: Language
    words: str
    option: int

    @property
    def normal(self) -> str:
        return normalise(self.words) or self.words.strip().casefold()


def labels_of(question: Question, place: str) -> Iterator[Label]:
    for number, option in enumerate(question.options):
        where = f"{place}.options[{number}]"
        for name, words in (("text", option.text), ("sms_text", option.sms_text)):
            for language, label in words.items():
                if label.strip():
                    yield Label(f"{where}.{name}.{language}", language, label.strip(), number)
        for language, aliases in option.aliases.items():
            for position, alias in enumerate(aliases):
                if alias.strip():
                    yield Label(f"{where}.aliases.{language}[{position}]", language, alias.strip(), number)


def label_problems(question: Question, place: str) -> Iterator[Problem]:
    """Labels that stand for two options in one language, or that are command words."""
    first: dict[tuple[Language, str], Label] = {}
    for label in labels_of(question, place):
        taken = first.setdefault((label.language, label.normal), label)
        if taken.option != label.option:
            details = {"label": label.words, "language": label.language, "first": taken.place}
            yield Problem(label.place, Code.SAME_LABEL, details)
        # The name of a language may be an answer: "Which language do you speak at home?"
        if is_reserved(label.words) and label.normal not in _language_names():
            yield Problem(label.place, Code.RESERVED_WORD, {"label": label.words})


@cache
def _language_names() -> frozenset[str]:
    names = (name for each in languages().values() for name in (each.name, each.english_name, *each.also))
    return frozenset(map(normalise, names))


def numbered_labels(question: Question, place: str) -> Iterator[Problem]:
    """Labels that are the number of another option: by text the number wins, and the answer would be another."""
    if question.kind is Kind.AGE_BAND:
        return
    numbers = {str(number): number for number in range(1, len(question.choices) + 1)}
    for label in labels_of(question, place):
        if label.normal in numbers and numbers[label.normal] != label.option + 1:
            details = {"label": label.words, "number": label.option + 1}
            yield Problem(label.place, Code.LABEL_IS_A_NUMBER, details)


def keyword_problems(survey: Survey) -> Iterator[Problem]:
    if survey.keyword is None:
        return
    if is_reserved(survey.keyword):
        yield Problem("keyword", Code.KEYWORD_IS_COMMAND, {"keyword": survey.keyword})
    word = normalise(survey.keyword)
    for index, question in enumerate(survey.questions):
        for label in labels_of(question, f"questions[{index}]"):
            if label.normal == word:
                yield Problem("keyword", Code.KEYWORD_IS_LABEL, {"keyword": survey.keyword, "label": label.place})
                return


EXACT_AGE_WORDS: Mapping[Language, tuple[str, ...]] = {
    "en": ("how old", "your age", "date of birth", "birthday", "were you born"),
    "cy": ("faint yw dy oed", "faint yw eich oed", "dyddiad geni", "pen-blwydd"),
    "pl": ("ile masz lat", "twój wiek", "data urodzenia", "datę urodzenia", "urodziny"),
    "ur": ("عمر", "تاریخ پیدائش"),
}


def asks_exact_age(question: Question) -> bool:
    """Whether a number or open question is about somebody's age, as far as its words tell."""
    if question.kind not in (Kind.NUMBER, Kind.TEXT):
        return False
    return {"age", "dob", "birthday"} & set(question.id.split("_")) != set() or any(
        phrase in words.casefold()
        for wording in (question.text, question.sms_text)
        for language, words in wording.items()
        for phrase in EXACT_AGE_WORDS.get(language, ())
    )


def without_words(words: Words) -> bool:
    return not any(wording.strip() for wording in words.values())
