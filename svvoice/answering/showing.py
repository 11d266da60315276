"""Turns a place in a survey into what its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never
from urllib.parse import urlencode

from svvoice.answering import sentences, turns
from svvoice.answering.actions import NotTaking, Place
from svvoice.answering.screens import (
    Choice,
    Control,
    Message,
    QuestionScreen,
    Start,
    Thanks,
)
from svvoice.core.answers import Answer, State, written
from svvoice.core.conversation import notes_before, previous_question, progress
from svvoice.core.conversation import path as path_of
from svvoice.core.survey import OTHER, Audience, Kind, Option, Promise, Question, Survey, Words
from svvoice.core.words import NO, SOMETHING_ELSE, YES
from svvoice.language import Speech, direction, name_of, speech
from svvoice.store.surveys import Address
from svvoice.web.frame import Frame, LanguageLink, Piece
from svvoice.web.frame import piece as piece_of


@dataclass(frozen=True)
class Visit:
    """One request to a survey: where it stands, in which language, brought by which link, with which key to sign."""

    slug: str
    language: str
    via: str
    secret_key: str

    @property
    def speech(self) -> Speech:
        return speech(self.language)

    def link(self, page: str = "", **changed: str) -> str:
        """An address of this survey that keeps the language and the collector."""
        query = {"lang": self.language, **({"via": self.via} if self.via else {}), **changed}
        return f"/s/{self.slug}{'/' + page if page else ''}?{urlencode(query)}"


@dataclass(frozen=True)
class Typed:
    """What was sent in and did not fit, to be shown again."""

    values: tuple[str, ...]
    other: str
    problem: str


def frame(address: Address, survey: Survey, visit: Visit, page: str) -> Frame:
    links = tuple(
        LanguageLink(tag, name_of(tag), direction(tag), visit.link(page, lang=tag), tag == visit.language)
        for tag in survey.languages
    )
    title = _piece(survey, survey.title, visit)
    return Frame(visit.speech, address.organisation_name, address.is_example, title, links, visit.link())


def start(place: Place, visit: Visit, number: str | None) -> Start:
    survey = place.survey
    asked = len(survey.asked)
    resuming = place.response is not None
    first = place.next if resuming else (survey.asked[0] if survey.asked else None)
    return Start(
        frame=frame(place.address, survey, visit, ""),
        intro=_piece(survey, survey.intro, visit),
        questions=asked,
        minutes=survey.minutes,
        anonymous=survey.promise is Promise.ANONYMOUS,
        under_18=survey.audience is Audience.UNDER_18,
        start=visit.link(first.id if first else "thank-you"),
        resuming=resuming,
        keyword=survey.keyword if number else None,
        number=number,
    )


def question(place: Place, asked: Question, visit: Visit, collector: str, typed: Typed | None) -> QuestionScreen:
    survey = place.survey
    answer = place.shown.get(asked.id)
    before = previous_question(survey, place.answers, asked)
    where = progress(survey, place.answers, asked)
    response_id = place.response.id if place.response else None
    turn = turns.new_turn(response_id, survey.version, asked.id, collector)
    return QuestionScreen(
        frame=frame(place.address, survey, visit, asked.id),
        question_id=asked.id,
        words=_piece(survey, asked.text, visit),
        hint=_piece(survey, asked.hint, visit) if asked.hint else None,
        why=_piece(survey, asked.why, visit) if asked.why else None,
        notes=tuple(_piece(survey, note.text, visit) for note in notes_before(survey, place.answers, asked)),
        control=_control(asked),
        choices=_choices(survey, asked, _chosen(answer, typed), visit),
        low_label=_piece(survey, asked.min_label, visit) if asked.min_label else None,
        high_label=_piece(survey, asked.max_label, visit) if asked.max_label else None,
        typed=_typed(answer, typed),
        other=typed.other if typed else (answer.other or "" if answer else ""),
        longest=asked.max_length,
        most=asked.max_choices,
        required=asked.required,
        sensitive=asked.sensitive,
        number=where.number,
        of_about=where.of_about,
        action=visit.link(asked.id),
        turn=turns.sign(turn, visit.slug, visit.secret_key),
        back=visit.link(before.id) if before else visit.link(),
        problem=_problem(typed, survey, asked, visit),
    )


def thanks(
    place: Place | NotTaking, visit: Visit, phone_typed: str, problem: str | None, asked_to_be_told: bool
) -> Thanks:
    survey = place.survey
    answers = place.answers if isinstance(place, Place) else {}
    response = place.response if isinstance(place, Place) else None
    last = previous_question(survey, answers, None)
    turn = turns.new_turn(response.id if response else None, survey.version, "", "")
    return Thanks(
        frame=frame(place.address, survey, visit, "thank-you"),
        thanks=_piece(survey, survey.thanks, visit) if survey.thanks else None,
        notes=tuple(_piece(survey, note.text, visit) for note in notes_before(survey, answers, None)),
        closes=survey.closes,
        can_ask_to_be_told=survey.tell_back,
        asked_to_be_told=asked_to_be_told,
        tell_back_action=visit.link("tell-me"),
        turn=turns.sign(turn, visit.slug, visit.secret_key),
        phone_typed=phone_typed,
        problem=problem,
        results=visit.link("what-people-said"),
        change=visit.link(last.id if last else ""),
        finish_action=visit.link("finish-here"),
        someone_else_action=visit.link("someone-else"),
        delete=visit.link("delete-my-answers"),
    )


def not_taking(closed: NotTaking, visit: Visit, unsaved: bool) -> Message:
    """The survey is closed or not open yet; `unsaved`: an answer came too late and was not kept."""
    say = visit.speech.say
    about = frame(closed.address, closed.survey, visit, "")
    results, words = visit.link("what-people-said"), say("See what people said")
    opens = closed.survey.opens
    if opens is not None and not closed.has_closed:
        day = visit.speech.day(opens)
        return Message(
            about, say("This survey is not open yet"), (say("It opens on %(day)s. Please come back then.", day=day),)
        )
    kept = say("This last answer came too late to be saved. Your earlier answers are safe.") if unsaved else ""
    lines = tuple(line for line in (kept, say("Thank you to everyone who answered.")) if line)
    return Message(about, say("This survey has closed"), lines, results, words)


def on_path(place: Place, asked: Question) -> bool:
    return any(asked.id == other.id for other in path_of(place.survey, place.answers))


def _piece(survey: Survey, words: Words, visit: Visit) -> Piece:
    return piece_of(words, visit.language, survey.default_language)


def _control(asked: Question) -> Control:
    match asked.kind:
        case Kind.YES_NO | Kind.SINGLE_CHOICE | Kind.AGE_BAND | Kind.SCALE:
            return Control.RADIOS
        case Kind.MULTI_CHOICE:
            return Control.CHECKBOXES
        case Kind.NUMBER:
            return Control.NUMBER
        case Kind.POSTCODE_DISTRICT:
            return Control.LINE
        case Kind.TEXT:
            return Control.BOX
        case Kind.NOTE:
            raise ValueError(f"{asked.id} is a note and has no page of its own")
        case _:
            assert_never(asked.kind)


def _choices(survey: Survey, asked: Question, chosen: frozenset[str], visit: Visit) -> tuple[Choice, ...]:
    match asked.kind:
        case Kind.YES_NO:
            ours = [("yes", YES), ("no", NO)]
            return tuple(
                Choice(value, number, _ours(words, visit), value in chosen)
                for number, (value, words) in enumerate(ours, 1)
            )
        case Kind.SCALE:
            return tuple(
                Choice(str(point), point, Piece(str(point), visit.language, "ltr"), str(point) in chosen)
                for point in asked.points
            )
        case _:
            return tuple(
                Choice(
                    value=choice.id,
                    number=number,
                    label=choice_label(survey, choice, visit),
                    chosen=choice.id in chosen,
                    exclusive=choice.exclusive,
                    has_box=asked.other and choice.id == OTHER,
                )
                for number, choice in enumerate(asked.choices, 1)
            )


def choice_label(survey: Survey, choice: Option, visit: Visit) -> Piece:
    """An option's words; the choice `other` that the product adds has the product's own."""
    return _piece(survey, choice.text, visit) if choice.text else _ours(SOMETHING_ELSE, visit)


def _ours(words: str, visit: Visit) -> Piece:
    return Piece(visit.speech.say(words), visit.language, direction(visit.language))


def _chosen(answer: Answer | None, typed: Typed | None) -> frozenset[str]:
    if typed is not None:
        return frozenset(typed.values)
    if answer is None or answer.value is None:
        return frozenset()
    return frozenset(answer.value) if isinstance(answer.value, tuple) else frozenset({written(answer.value)})


def _typed(answer: Answer | None, typed: Typed | None) -> str:
    if typed is not None:
        return typed.values[0] if typed.values else ""
    if answer is None or answer.state is not State.ANSWERED or answer.value is None:
        return ""
    return written(answer.value)


def _problem(typed: Typed | None, survey: Survey, asked: Question, visit: Visit) -> str | None:
    if typed is None:
        return None
    alone = next((choice_label(survey, choice, visit).words for choice in asked.choices if choice.exclusive), "")
    return sentences.page_problem(typed.problem, asked, visit.speech, alone)
