"""The text that tells people what was decided: in a language that the decision has, and short enough to pay for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from svvoice.core.sms_text import is_right_to_left, isolate, segments, tidy
from svvoice.core.survey import Language
from svvoice.language import SHIPPED, speech
from svvoice.plans import phrases
from svvoice.store.decisions import Decided

MOST_SEGMENTS = 2


@dataclass(frozen=True)
class About:
    """The survey that people answered: where its public page stands, and its own language."""

    slug: str
    default_language: Language
    languages: tuple[Language, ...]


def languages_with_words(decided: Decided) -> tuple[Language, ...]:
    """The languages in which the whole decision can be read."""
    whole = set(decided.heard) & set(decided.reason)
    if decided.otherwise:
        whole &= set(decided.otherwise)
    return tuple(language for language in SHIPPED if language in whole)


def language_for(decided: Decided, wanted: Language, about: About) -> Language:
    """The wanted language where the decision has it, else the survey's own, else English, which it always has."""
    have = languages_with_words(decided)
    return next((tag for tag in (wanted, about.default_language) if tag in have), "en")


def text_about(decided: Decided, organisation: str, about: About, language: Language, public_url: str) -> str:
    """What is sent. What people said is left out where it would make a third segment, and can be read on the page."""
    say = speech(language).say
    verdict = say(phrases.VERDICTS[decided.verdict])
    ends = (
        say(phrases.TOLD_DECIDED, verdict=verdict),
        say(phrases.TOLD_MORE, link=page_address(about, language, public_url)),
        say(phrases.TOLD_STOP),
    )
    heard = say(phrases.TOLD_HEARD, heard=_sentence(decided.heard[language]))
    whole = _one_text((f"{organisation}:", heard, *ends), language)
    return whole if segments(whole).count <= MOST_SEGMENTS else _one_text((f"{organisation}:", *ends), language)


def _one_text(sentences: Iterable[str], language: Language) -> str:
    text = tidy(" ".join(sentences))
    return isolate(text) if is_right_to_left(language) else text


def page_address(about: About, language: Language, public_url: str) -> str:
    """The public page, with its language only where it is not the survey's own: a short link leaves more room."""
    asked = f"?lang={language}" if language != about.default_language and language in about.languages else ""
    return f"{public_url}/s/{about.slug}/what-people-said{asked}"


def _sentence(words: str) -> str:
    words = " ".join(words.split())
    return words if words.endswith((".", "!", "?", "۔")) else f"{words}."
