"""Turns what people said into the public page, in one language, under the small-numbers rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from svvoice.clock import london_day
from svvoice.core.disclosure import Hidden, PublicCell, Shown, Why, in_fives, public, shown, sizes_shown
from svvoice.core.export import wordings
from svvoice.core.summary import summarise
from svvoice.core.survey import OTHER, Kind, Language, Measure, Question
from svvoice.core.words import NO, SOMETHING_ELSE, YES
from svvoice.language import Speech, direction, speech
from svvoice.plans import phrases
from svvoice.plans.public_actions import CLOSED, WhatPeopleSaid
from svvoice.plans.public_screens import (
    PublicBar,
    PublicDecision,
    PublicQuestion,
    PublicScreen,
    PublicWaiting,
)
from svvoice.plans.showing import days_late
from svvoice.store.decisions import Decision
from svvoice.store.plans import Commitment
from svvoice.web.frame import Frame, Piece, language_links, piece

FEWEST = 10


def public_screen(said: WhatPeopleSaid, slug: str, language: Language) -> PublicScreen:
    page = _Page(said, language)
    enough = said.reach.people >= FEWEST
    survey, home = said.survey, f"/s/{slug}?lang={language}"
    first_time = page.first_time() if enough else ""
    elsewhere = {Measure.RECRUITMENT_SOURCE} | ({Measure.FIRST_TIME_VOICE} if first_time else set())
    ordinary = [question for question in survey.asked if question.measure not in elsewhere]
    source = next((one for one in survey.asked if one.measure is Measure.RECRUITMENT_SOURCE), None)
    return PublicScreen(
        frame=Frame(
            speech=speech(language),
            organisation=said.address.organisation_name,
            is_example=said.address.is_example,
            survey_title=page.piece(survey.title),
            languages=language_links(survey, language, f"/s/{slug}/what-people-said"),
            home=home,
        ),
        answered=page.answered() if enough else (page.say(phrases.FEWER_THAN_10),),
        enough=enough,
        questions=tuple(page.question(question) for question in ordinary) if enough else (),
        came_by=page.question(source) if source and enough else None,
        first_time=first_time,
        decisions=page.decisions(),
        waiting=page.waiting(),
        take_part=home if said.address.takes_answers(said.now) else "",
        tell_me=f"/s/{slug}/tell-me?lang={language}" if survey.tell_back else "",
    )


class _Page:
    """One survey's page in one language."""

    def __init__(self, said: WhatPeopleSaid, language: Language) -> None:
        self.said = said
        self.language = language
        self.speech: Speech = speech(language)
        self.say = self.speech.say

    def piece(self, words: Mapping[Language, str]) -> Piece:
        return piece(words, self.language, self.said.survey.default_language)

    def own(self, words: str) -> Piece:
        """Words of ours, which are in the page's language."""
        return Piece(words, self.speech.language, direction(self.speech.language))

    def answered(self) -> tuple[str, ...]:
        """ "410 people answered, from 2 March 2026 to 30 April 2026." "170 of them by text message." """
        reach = self.said.reach
        if reach.first is None or reach.last is None:
            return ()
        first, last = (self.speech.day(london_day(moment)) for moment in (reach.first, reach.last))
        sentences = [self.say(phrases.ANSWERED, people=in_fives(reach.people), first=first, last=last)]
        by_text = sizes_shown(reach.by_channel).get("sms")
        if isinstance(by_text, Shown):
            sentences.append(self.say(phrases.BY_TEXT, people=in_fives(by_text.people)))
        return tuple(sentences)

    def question(self, question: Question) -> PublicQuestion:
        counts = self.said.counts.get(question.id, {})
        text = self.piece(question.text)
        answered = sum(counts.values())
        if answered < FEWEST:
            return PublicQuestion(text, self.say(phrases.FEWER_ANSWERED_THIS), ())
        if question.kind not in CLOSED:
            words = phrases.WROTE if question.kind is Kind.TEXT else phrases.ANSWERED_THIS
            return PublicQuestion(text, self.say(words, people=answered), ())
        asked = wordings(self.said.versions, question.id)
        summary = public(shown(summarise(asked, counts), sensitive=any(one.sensitive for one in asked)))
        bars = tuple(self.bar(asked, cell) for cell in summary.cells)
        return PublicQuestion(text, self.say(phrases.ANSWERED_THIS, people=answered), bars)

    def bar(self, asked: Sequence[Question], cell: PublicCell) -> PublicBar:
        label = self.label(asked, cell.value)
        match cell.in_100:
            case Hidden(Why.FEWER_THAN_10):
                return PublicBar(label, self.say(phrases.HIDDEN_SMALL), None)
            case Hidden():
                return PublicBar(label, self.say(phrases.HIDDEN_COMPANION), None)
            case share if cell.fewer_than_1:
                return PublicBar(label, self.say(phrases.FEWER_THAN_1), share)
            case share if cell.more_than_99:
                return PublicBar(label, self.say(phrases.MORE_THAN_99), share)
            case share:
                return PublicBar(label, self.say(phrases.IN_100, share=share), share)

    def label(self, asked: Sequence[Question], value: str) -> Piece:
        """What a choice is called, as the latest version that offered it calls it."""
        for question in reversed(asked):
            if question.kind is Kind.YES_NO:
                return self.own(self.say(YES if value == "yes" else NO))
            if question.kind is Kind.SCALE:
                return self.point(question, value)
            choice = question.choice(value)
            if choice is not None and choice.text:
                return self.piece(choice.text)
        return self.own(self.say(SOMETHING_ELSE) if value == OTHER else value)

    def point(self, question: Question, value: str) -> Piece:
        ends = {str(question.points[0]): question.min_label, str(question.points[-1]): question.max_label}
        words = ends.get(value)
        if not words:
            return self.own(value)
        label = self.piece(words)
        return Piece(self.say(phrases.SCALE_POINT, point=value, label=label.words), label.language, label.direction)

    def first_time(self) -> str:
        """How many speak up for the first time: those who said yes to the question that asks it."""
        question = next(
            (one for one in self.said.survey.asked if one.measure is Measure.FIRST_TIME_VOICE and one.kind in CLOSED),
            None,
        )
        counts = self.said.counts.get(question.id, {}) if question else {}
        if question is None or sum(counts.values()) < FEWEST:
            return ""
        asked = wordings(self.said.versions, question.id)
        summary = public(shown(summarise(asked, counts), sensitive=any(one.sensitive for one in asked)))
        cell = next((one for one in summary.cells if one.value == "yes"), None)
        if cell is None or isinstance(cell.in_100, Hidden) or cell.fewer_than_1 or cell.more_than_99:
            return ""
        return self.say(phrases.FIRST_TIME, share=cell.in_100)

    def decisions(self) -> tuple[PublicDecision, ...]:
        """In the order of the promises; the latest decision on each first."""
        found = []
        for promise in self.said.promises:
            on_it = [one for one in self.said.decisions if one.commitment_id == promise.id]
            found += [self.decision(one) for one in sorted(on_it, key=_published, reverse=True)]
        return tuple(found)

    def decision(self, decision: Decision) -> PublicDecision:
        decided = decision.decided
        return PublicDecision(
            heard=self.decided_words(decided.heard),
            verdict=self.say(phrases.VERDICTS[decided.verdict]),
            kind=decided.verdict.value,
            reason=self.decided_words(decided.reason),
            otherwise=self.decided_words(decided.otherwise) if decided.otherwise else None,
            difference=self.say(phrases.DIFFERENCES[decided.difference]),
            day=london_day(_published(decision)),
        )

    def decided_words(self, words: Mapping[Language, str]) -> Piece:
        """A decision always has English words; in another language only where somebody wrote them."""
        default = self.said.survey.default_language
        return piece(words, self.language, default if default in words else "en")

    def waiting(self) -> tuple[PublicWaiting, ...]:
        answered = {one.commitment_id for one in self.said.decisions}
        return tuple(self.unanswered(one) for one in self.said.promises if one.id not in answered)

    def unanswered(self, promise: Commitment) -> PublicWaiting:
        late = days_late(promise, False, london_day(self.said.now))
        return PublicWaiting(self.decided_words(promise.words), promise.answer_due, late)


def _published(decision: Decision) -> datetime:
    if decision.published_at is None:
        raise ValueError("a draft is nobody's business yet")
    return decision.published_at
