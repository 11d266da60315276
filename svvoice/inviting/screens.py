"""What the templates of ways in are given."""

from __future__ import annotations

from dataclasses import dataclass

from svvoice.core.survey import Survey
from svvoice.inviting.actions import WaysIn
from svvoice.language import Speech, direction, name_of, speech
from svvoice.web.frame import Piece, piece


@dataclass(frozen=True)
class InOneLanguage:
    """One language of a survey, and the address that opens in it."""

    tag: str
    name: str
    address: str


@dataclass(frozen=True)
class Poster:
    """A sheet of paper in one language. It is read by residents: its words are the survey's and the catalogues'."""

    speech: Speech
    organisation: str
    is_example: bool
    title: Piece
    minutes: int
    questions: int
    printed_address: str
    """As somebody would type it."""
    keyword: str | None
    number: str | None
    others: tuple[tuple[str, str, str], ...]
    """The other languages: tag, own name, direction."""


def address(public_url: str, slug: str, language: str | None, place: str) -> str:
    """A survey's address; it opens in the language, and says which place brought the person."""
    named = [("lang", language or ""), ("via", place)]
    query = "&".join(f"{name}={value}" for name, value in named if value)
    return f"{public_url}/s/{slug}{'?' + query if query else ''}"


def languages(survey: Survey, public_url: str, place: str) -> tuple[InOneLanguage, ...]:
    return tuple(
        InOneLanguage(tag, name_of(tag), address(public_url, survey.slug, tag, place)) for tag in survey.languages
    )


def poster(
    found: WaysIn, language: str, *, organisation: str, is_example: bool, public_url: str, number: str | None
) -> Poster:
    survey = found.survey
    return Poster(
        speech=speech(language),
        organisation=organisation,
        is_example=is_example,
        title=piece(survey.title, language, survey.default_language),
        minutes=survey.minutes,
        questions=len(survey.asked),
        printed_address=f"{public_url.partition('://')[2]}/s/{survey.slug}",
        keyword=found.keyword,
        number=number,
        others=tuple((tag, name_of(tag), direction(tag)) for tag in survey.languages if tag != language),
    )
