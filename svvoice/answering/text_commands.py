"""Commands by text: STOP, START, HELP, SKIP, BACK, LANGUAGE and DELETE, at any moment and in every language."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from svvoice.answering import phrases, text_answers
from svvoice.answering.line import PENDING, Line, Said, Talk, keywords
from svvoice.core.replies import Command, normalise
from svvoice.core.sms_text import is_right_to_left, isolate
from svvoice.language import OWN_NAMES, SHIPPED, speech
from svvoice.store import contacts, conversations, opt_outs, responses

# Twilio answers these English words itself unless Advanced Opt-Out is set to leave them to us.
ANSWERED_BY_TWILIO = {
    Command.STOP: {"stop", "stopall", "unsubscribe", "end", "quit", "cancel", "revoke", "optout"},
    Command.START: {"start", "unstop"},
    Command.HELP: {"help", "info"},
}


def obey(line: Line, command: Command, talk: Talk | None) -> Said:
    """What a command comes to. Nothing but STOP, START and DELETE touches what is kept about the number."""
    match command:
        case Command.STOP:
            return stop(line)
        case Command.START:
            return start(line)
        case Command.HELP:
            return _help(line)
        case Command.DELETE:
            return delete(line)
        case Command.LANGUAGE:
            return _languages(line, talk)
        case Command.SKIP | Command.BACK:
            return _move(line, talk, command)
        case _:
            assert_never(command)


def stop(line: Line) -> Said:
    """No more texts: one confirmation, unless it is said already or the provider has said it."""
    _note(line, Command.STOP)
    silent = line.arrival.has_stopped or _twilio_answers(line, Command.STOP)
    return Said("" if silent else line.speech.say(phrases.STOPPED, organisation=line.organisation_name), "command:stop")


def start(line: Line) -> Said:
    _note(line, Command.START)
    if _twilio_answers(line, Command.START):
        return Said("", "command:start")
    latest = conversations.latest(line.session, line.organisation_id, line.contact.id, line.our_number)
    if latest is not None and latest.state == "stopped":
        spoken = speech(latest.language)
        reply = spoken.say(phrases.STARTED_GO_ON, organisation=line.organisation_name, keyword=latest.collector)
    else:
        reply = line.speech.say(phrases.STARTED, organisation=line.organisation_name)
    return Said(reply, "command:start")


def set_language(line: Line, language: str, talk: Talk | None) -> Said:
    """The name of a language was texted: from now on in it, the open question first."""
    if talk is not None and language not in talk.survey.languages:
        question = talk.survey.question(talk.conversation.question_id or "")
        sorry = talk.speech.say(phrases.LANGUAGE_NOT_HERE)
        return Said(text_answers.ask(talk, question, sorry) if question else sorry, "command:language")
    contacts.set_language(line.session, line.organisation_id, line.contact.id, language)
    if talk is None:
        begin = [speech(language).say(phrases.BEGIN_WITH, keyword=key, title=title) for key, _, title in keywords(line)]
        return Said("\n".join([speech(language).say(phrases.LANGUAGE_SET), *begin]), "command:language")
    moved = text_answers.move(talk, replace(talk.conversation, language=language, tries=0))
    if talk.has_response:
        responses.set_language(line.session, line.organisation_id, talk.conversation.response_id, language)
    question = talk.survey.question(talk.conversation.question_id or "")
    reply = text_answers.ask(moved, question, "") if question else moved.speech.say(phrases.LANGUAGE_SET)
    return Said(reply, "command:language", talk.conversation.response_id)


def delete(line: Line) -> Said:
    """Asks once; the second DELETE within a day takes the number and all its answers away."""
    contact = line.contact
    asked = contact.pending == "delete" and contact.pending_at is not None and line.now - contact.pending_at < PENDING
    if not asked:
        contacts.set_pending(line.session, line.organisation_id, contact.id, "delete", line.now)
        return Said(line.speech.say(phrases.DELETE_ASK), "command:delete")
    reply = line.speech.say(phrases.DELETED)
    for response_id in conversations.responses_of(line.session, line.organisation_id, contact.id):
        responses.erase(line.session, line.organisation_id, response_id)
    opt_outs.stop(
        line.session,
        line.organisation_id,
        contact.phone_hash,
        word="DELETE",
        source="sms",
        message_sid=line.text.sid,
        now=line.now,
    )
    contacts.erase(line.session, line.organisation_id, contact.id)
    return Said(reply, "erased")


def _note(line: Line, command: Command) -> None:
    write = opt_outs.stop if command is Command.STOP else opt_outs.start
    word = normalise(line.text.body)[:40]
    write(
        line.session,
        line.organisation_id,
        line.contact.phone_hash,
        word=word,
        source="sms",
        message_sid=line.text.sid,
        now=line.now,
    )


def _twilio_answers(line: Line, command: Command) -> bool:
    if line.text.opt_out_type:
        return True
    return line.settings.twilio_opt_out == "twilio" and normalise(line.text.body) in ANSWERED_BY_TWILIO[command]


def _help(line: Line) -> Said:
    if _twilio_answers(line, Command.HELP):
        return Said("", "command:help")
    text = line.speech.say(phrases.HELP, organisation=line.organisation_name)
    return Said(isolate(text) if is_right_to_left(line.language) else text, "command:help")


def _languages(line: Line, talk: Talk | None) -> Said:
    offered = talk.survey.languages if talk else SHIPPED
    names = ", ".join(OWN_NAMES.get(tag, tag) for tag in offered)
    return Said(f"{line.speech.say(phrases.LANGUAGES)} {names}", "command:language")


def _move(line: Line, talk: Talk | None, command: Command) -> Said:
    question = talk.survey.question(talk.conversation.question_id or "") if talk else None
    if talk is None or question is None:
        begin = [line.speech.say(phrases.BEGIN_WITH, keyword=key, title=title) for key, _, title in keywords(line)]
        return Said("\n".join([line.speech.say(phrases.NOTHING_OPEN), *begin]), f"command:{command.value}")
    return text_answers.skip(talk, question) if command is Command.SKIP else text_answers.back(talk)
