"""A text comes in: one row for ever, one conversation at a time, one reply.

A text finds what it is about in this order: a command; the open conversation; a keyword; what we asked last;
else one kind text that says how to begin.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from svvoice.answering import phrases, text_answers, text_commands
from svvoice.answering.line import PENDING, REPEAT, REVIVED, Line, Said, Talk, Text, keywords
from svvoice.core.conversation import Written
from svvoice.core.replies import Command, Understood, read_answer, read_command, read_language
from svvoice.core.survey import Kind, Question
from svvoice.language import SHIPPED, speech
from svvoice.settings import Settings
from svvoice.store import (
    arrivals,
    contacts,
    conversations,
    messages,
    opt_outs,
    surveys,
    tell_backs,
)
from svvoice.store.arrivals import Arrival
from svvoice.store.database import Database, Session
from svvoice.store.sealing import Sealer

PHONE = re.compile(r"\+[1-9]\d{7,14}")
YES_NO = Question(id="yes_no", kind=Kind.YES_NO, text={})
MOST_AN_HOUR = 60


def answer_by_text(database: Database, settings: Settings, sealer: Sealer, text: Text, now: datetime) -> str:
    """Keeps a text and everything it changes, together with the reply; a repeated one gets the same reply again."""
    with database.transaction() as session:
        arrival = _arrival(session, sealer, text, now)
        if arrival is None or arrival.from_ours or not PHONE.fullmatch(text.sender):
            return ""  # short codes, names and our own numbers are machines
        # Before the number is made, so that a repeated DELETE does not bring a forgotten number back.
        if arrival.earlier_reply is not None:
            return arrival.earlier_reply
        contact = arrival.contact or contacts.make(session, sealer, arrival.organisation_id, text.sender, now)
        if contacts.lock(session, arrival.organisation_id, contact.id):
            arrival = _arrival(session, sealer, text, now) or arrival
            if arrival.earlier_reply is not None:
                return arrival.earlier_reply
            contact = arrival.contact or contact
        conversation = conversations.open_one(session, arrival.organisation_id, contact.id, text.to)
        line = Line(session, settings, sealer, arrival, contact, text.to, text, now, conversation)
        said = _decide(line)
        _remember(line, said)
    return said.reply


def _arrival(session: Session, sealer: Sealer, text: Text, now: datetime) -> Arrival | None:
    return arrivals.arrival(
        session,
        ours=text.to,
        theirs=text.sender,
        phone_hash=sealer.hash(text.sender),
        message_sid=text.sid,
        since=now - timedelta(hours=1),
        many=MOST_AN_HOUR,
    )


def _decide(line: Line) -> Said:
    text = line.text.body
    command = _command(line)
    if command is Command.STOP:
        return text_commands.stop(line)
    if line.arrival.has_stopped and command is not Command.START:
        return _after_stop(line)
    if _is_a_repeat(line):
        return Said("", "repeat")
    if line.arrival.many_lately:
        return Said("", "too_many")
    talk = _talk(line)
    if command is not None:
        return text_commands.obey(line, command, talk)
    if (language := read_language(text)) is not None and language in SHIPPED:
        return text_commands.set_language(line, language, talk)
    if talk is not None:
        return _in_conversation(line, talk)
    return _by_keyword(line) or _to_what_we_asked(line) or _late(line) or _unplaced(line)


def _command(line: Line) -> Command | None:
    """The provider's word for it counts first: it has seen what was texted before we did."""
    if line.text.opt_out_type.lower() in {"stop", "start", "help"}:
        return Command(line.text.opt_out_type.lower())
    return read_command(line.text.body, line.language)


def _after_stop(line: Line) -> Said:
    """After STOP only START and a fresh keyword are answered; everything else is kept in silence."""
    found = _keyword(line)
    if found is None:
        return Said("", "after_stop")
    opt_outs.start(
        line.session,
        line.organisation_id,
        line.contact.phone_hash,
        word=found[0],
        source="keyword",
        message_sid=line.text.sid,
        now=line.now,
    )
    return text_answers.begin(line, found[1], *_keyword_and_language(line, found[0]))


def _is_a_repeat(line: Line) -> bool:
    conversation = line.conversation
    return (
        conversation is not None
        and line.now - conversation.said_at < REPEAT
        and conversation.heard == line.sealer.hash(line.text.body)
    )


def _talk(line: Line) -> Talk | None:
    """The open conversation, unless it lay so long, or its survey has closed, that it is over."""
    if line.conversation is None:
        return None
    talk = text_answers.talk_of(line, line.conversation)
    if talk is None or line.now - line.conversation.said_at > REVIVED or not talk.address.takes_answers(line.now):
        left = replace(line.conversation, state="left")
        conversations.keep(line.session, line.organisation_id, left)
        return None
    return talk


def _in_conversation(line: Line, talk: Talk) -> Said:
    question = talk.survey.question(talk.conversation.question_id or "")
    if question is None:
        return _unplaced(line)
    found = _keyword(line)
    if found is None or (question.kind is not Kind.TEXT and text_answers.read_as_answer(talk, question)):
        return text_answers.answer(talk, question, Written(line.text.body))
    word, survey_id = found
    if survey_id == talk.address.survey_id:
        _, language = _keyword_and_language(line, word)
        if language in talk.survey.languages and language is not None:
            return text_commands.set_language(line, language, talk)
        return Said(text_answers.ask(text_answers.move(talk, talk.conversation), question, ""), "keyword")
    return _change_survey(line, talk, question, word, survey_id)


def _change_survey(line: Line, talk: Talk, question: Question, word: str, survey_id: UUID) -> Said:
    """A keyword in the middle of another survey asks which; the same keyword again changes over."""
    pending = f"switch:{survey_id}"
    asked_at = line.contact.pending_at
    if line.contact.pending == pending and asked_at is not None and line.now - asked_at < PENDING:
        conversations.keep(line.session, line.organisation_id, replace(talk.conversation, state="left"))
        contacts.set_pending(line.session, line.organisation_id, line.contact.id, None, line.now)
        return text_answers.begin(line, survey_id, *_keyword_and_language(line, word))
    contacts.set_pending(line.session, line.organisation_id, line.contact.id, pending, line.now)
    language = talk.conversation.language
    other = next((title for key, _, title in keywords(line) if key == word), word)
    which = talk.speech.say(
        phrases.WHICH, title=talk.survey.words(talk.survey.title, language), keyword=word, other=other
    )
    moved = text_answers.move(talk, talk.conversation)
    return Said(text_answers.ask(moved, question, which), "which_survey", talk.conversation.response_id)


def _by_keyword(line: Line) -> Said | None:
    found = _keyword(line)
    if found is None:
        return None
    return text_answers.begin(line, found[1], *_keyword_and_language(line, found[0]))


def _keyword(line: Line) -> tuple[str, UUID] | None:
    """The survey whose keyword is the first word of the text, in any case."""
    words = line.text.body.split(maxsplit=1)
    word = words[0].strip(".,!?:;\"'()[]").upper() if words else ""
    if not re.fullmatch(r"[A-Z][A-Z0-9]{2,11}", word):
        return None
    survey_id = surveys.survey_with_keyword(line.session, line.organisation_id, word)
    return (word, survey_id) if survey_id else None


def _keyword_and_language(line: Line, word: str) -> tuple[str, str | None]:
    """The keyword, and the language that may be named behind it: "HOME polski"."""
    rest = line.text.body.split(maxsplit=1)
    return word, read_language(rest[1]) if len(rest) > 1 else None


def _to_what_we_asked(line: Line) -> Said | None:
    """ "Shall we text you what we decide?" YES: kept with the number, never as an answer."""
    pending, asked_at = line.contact.pending or "", line.contact.pending_at
    if not pending.startswith("tell:") or asked_at is None or line.now - asked_at > REVIVED:
        return None
    latest = conversations.latest(line.session, line.organisation_id, line.contact.id, line.our_number)
    language = latest.language if latest else line.language
    match read_answer(YES_NO, language, line.text.body):
        case Understood(value="yes"):
            survey_id = UUID(pending.removeprefix("tell:"))
            tell_backs.ask(
                line.session, line.organisation_id, survey_id, line.contact.id, language=language, now=line.now
            )
            contacts.set_pending(line.session, line.organisation_id, line.contact.id, None, line.now)
            return Said(speech(language).say(phrases.WILL_TELL), "tell_back")
        case Understood():
            contacts.set_pending(line.session, line.organisation_id, line.contact.id, None, line.now)
            return Said("", "tell_back_no")
        case _:
            return None


def _late(line: Line) -> Said | None:
    """More words just after the last answer, or words to a survey that has closed since."""
    latest = conversations.latest(line.session, line.organisation_id, line.contact.id, line.our_number)
    if latest is None:
        return None
    talk = text_answers.talk_of(line, latest)
    if talk is None:
        return None
    if talk.address.takes_answers(line.now):
        return text_answers.continue_writing(talk) if latest.state == "finished" else None
    return Said(talk.speech.say(phrases.CLOSED), "unplaced") if latest.state == "left" else None


def _unplaced(line: Line) -> Said:
    """Kept, shown to staff as unplaced, and answered kindly with the way to begin."""
    say = line.speech.say
    begin = [say(phrases.BEGIN_WITH, keyword=word, title=title) for word, _, title in keywords(line)]
    return Said("\n".join([say(phrases.HOW_TO_BEGIN), *(begin or [say(phrases.NOTHING_TO_ANSWER)])]), "unplaced")


def _remember(line: Line, said: Said) -> None:
    erased = said.reading == "erased"
    messages.keep(
        line.session,
        line.organisation_id,
        line.text.sid,
        contact_id=None if erased else line.contact.id,
        sender=line.our_number,
        body="" if erased else line.text.body,
        media=line.text.media,
        reading="command:delete" if erased else said.reading,
        response_id=said.response_id,
        reply=said.reply,
        now=line.now,
    )
