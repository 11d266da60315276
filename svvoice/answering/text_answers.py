"""Answers by text: beginning a survey, answering the open question, and the ladder for words that do not read."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from svvoice.answering import phrases
from svvoice.answering.line import AWAY, MORE_WORDS, Line, Said, Talk, link_to
from svvoice.core.answers import State
from svvoice.core.conversation import (
    Raw,
    Skipped,
    Turn,
    add_words,
    next_question,
    notes_before,
    previous_question,
    take_turn,
)
from svvoice.core.replies import Reason, Understood, read_answer
from svvoice.core.sms_text import intro_text, is_right_to_left, isolate, question_text, tidy
from svvoice.core.survey import Kind, Question, Survey
from svvoice.store import contacts, conversations, responses, standing, surveys
from svvoice.store.conversations import Conversation

MOST_GIVEN_UP = 3


def begin(line: Line, survey_id: UUID, keyword: str, language: str | None) -> Said:
    """The keyword was texted: go on where this number left off, else the first text and question one."""
    address = surveys.address_by_id(line.session, line.organisation_id, survey_id)
    if address is None or not address.takes_answers(line.now):
        return Said(
            line.speech.say(phrases.CLOSED if address and address.has_closed(line.now) else phrases.NOT_OPEN),
            "unplaced",
        )
    before = conversations.unfinished(line.session, line.organisation_id, line.contact.id, line.our_number, survey_id)
    if before is not None and line.now - before.heard_at < AWAY * 30:
        return _go_on(line, before, language)
    survey = surveys.published(line.session, line.organisation_id, survey_id, address.version)
    if survey is None:
        return Said("", "unplaced")
    spoken = language if language in survey.languages else line.contact.language
    conversation = _new_conversation(line, survey_id, survey, keyword, spoken if spoken in survey.languages else None)
    conversations.begin(line.session, line.organisation_id, conversation)
    talk = Talk(line, conversation, address, survey, {}, has_response=False)
    return Said(_first_text(talk), "keyword")


def talk_of(line: Line, conversation: Conversation) -> Talk | None:
    """The open conversation with its survey; None where the survey is no longer there."""
    found = standing.of_conversation(
        line.session, line.organisation_id, conversation.survey_id, conversation.response_id
    )
    survey = surveys.published(line.session, line.organisation_id, conversation.survey_id, conversation.version)
    if found is None or survey is None:
        return None
    address, said = found
    answers = standing.read(survey, said)
    return Talk(line, conversation, address, survey, answers, has_response=bool(answers))


def answer(talk: Talk, question: Question, raw: Raw) -> Said:
    """The open question answered, passed over, or asked again."""
    turn = take_turn(talk.survey, talk.answers, question, raw, talk.conversation.language, talk.conversation.tries)
    if turn.problem is not None:
        return _not_read(talk, question, turn)
    return _read(talk, question, turn)


def read_as_answer(talk: Talk, question: Question) -> bool:
    """Whether the text reads as an answer to this question."""
    return isinstance(read_answer(question, talk.conversation.language, talk.line.text.body), Understood)


def skip(talk: Talk, question: Question) -> Said:
    said = answer(talk, question, Skipped())
    return replace(said, reading="command:skip")


def back(talk: Talk) -> Said:
    """The question before is open again."""
    question = talk.survey.question(talk.conversation.question_id or "")
    before = previous_question(talk.survey, talk.answers, question)
    if before is None:
        again = ask(talk, question, talk.speech.say(phrases.FIRST_QUESTION)) if question else ""
        return Said(again, "command:back", talk.conversation.response_id)
    moved = replace(talk.conversation, question_id=before.id, tries=0, written_question_id=None)
    return Said(ask(move(talk, moved), before, ""), "command:back", moved.response_id)


def move(talk: Talk, conversation: Conversation) -> Talk:
    """Keeps where the conversation is now, with what was heard and that we answered."""
    line = talk.line
    heard = replace(
        conversation,
        heard_at=line.now,
        said_at=line.now,
        heard=line.sealer.hash(line.text.body),
        turn=conversation.turn + 1,
    )
    conversations.keep(line.session, line.organisation_id, heard)
    return replace(talk, conversation=heard)


def ask(talk: Talk, question: Question, heading: str) -> str:
    """A question as one text, with the notes before it and whatever must be said first."""
    notes = [_words(talk, note) for note in notes_before(talk.survey, talk.answers, question)]
    return question_text(
        question,
        talk.conversation.language,
        survey=talk.survey,
        heading="\n".join(part for part in (heading, *notes) if part),
        say=talk.speech.say,
    )


def continue_writing(talk: Talk) -> Said | None:
    """Words soon after a written answer that fit nothing else: more of the same thought, and no reply."""
    line, conversation = talk.line, talk.conversation
    written = conversation.written_question_id
    kept = talk.answers.get(written) if written else None
    if kept is None or kept.state is not State.ANSWERED or line.now - conversation.heard_at > MORE_WORDS:
        return None
    responses.keep_answer(
        line.session,
        line.organisation_id,
        conversation.response_id,
        conversation.survey_id,
        add_words(kept, line.text.body),
        line.now,
    )
    conversations.keep(line.session, line.organisation_id, replace(conversation, heard_at=line.now))
    return Said("", "more_words", conversation.response_id)


def _new_conversation(line: Line, survey_id: UUID, survey: Survey, keyword: str, language: str | None) -> Conversation:
    first = next_question(survey, {})
    return Conversation(
        id=uuid4(),
        contact_id=line.contact.id,
        sender=line.our_number,
        survey_id=survey_id,
        version=survey.version,
        response_id=uuid4(),
        state="open",
        question_id=first.id if first else None,
        turn=1,
        tries=0,
        gave_up=0,
        language=language or survey.default_language,
        collector=keyword,
        written_question_id=None,
        heard_at=line.now,
        heard=line.sealer.hash(line.text.body),
        said_at=line.now,
    )


def _first_text(talk: Talk) -> str:
    line, survey = talk.line, talk.survey
    intro = intro_text(
        survey,
        talk.conversation.language,
        organisation=line.organisation_name,
        link=link_to(line, survey.slug),
        say=talk.speech.say,
    )
    question = survey.question(talk.conversation.question_id or "")
    return ask(talk, question, intro) if question else intro


def _go_on(line: Line, before: Conversation, language: str | None) -> Said:
    talk = talk_of(line, before)
    if talk is None:
        return Said("", "unplaced")
    spoken = language if language in talk.survey.languages else before.language
    talk = move(talk, replace(before, state="open", language=spoken or before.language, tries=0, gave_up=0))
    question = talk.survey.question(before.question_id or "")
    if question is None:
        return Said(talk.speech.say(phrases.NOTHING_OPEN), "keyword")
    return Said(ask(talk, question, talk.speech.say(phrases.WELCOME_BACK)), "keyword", before.response_id)


def _read(talk: Talk, question: Question, turn: Turn) -> Said:
    _keep(talk, turn)
    gave_up = talk.conversation.gave_up + 1 if turn.answer and turn.answer.state is State.UNCLEAR else 0
    finished = turn.next is None
    written = question.id if question.kind is Kind.TEXT and turn.answer and turn.answer.value is not None else None
    answers = {**talk.answers, question.id: turn.answer} if turn.answer else talk.answers
    was_away = talk.line.now - talk.conversation.said_at > AWAY
    moved = move(
        replace(talk, answers=answers),
        replace(
            talk.conversation,
            question_id=turn.next.id if turn.next else None,
            tries=0,
            gave_up=gave_up,
            state="finished" if finished else "open",
            written_question_id=written,
        ),
    )
    reading = "unclear" if gave_up else "answer"
    if gave_up >= MOST_GIVEN_UP:
        return Said("", reading, moved.conversation.response_id)
    return Said(_after(moved, turn.next, gave_up > 0, was_away), reading, moved.conversation.response_id)


def _after(talk: Talk, question: Question | None, gave_up: bool, was_away: bool) -> str:
    say = talk.speech.say
    if question is None:
        return "\n".join(part for part in (say(phrases.UNCLEAR_LAST) if gave_up else "", _thanks(talk)) if part)
    heading = say(phrases.UNCLEAR) if gave_up else say(phrases.WELCOME_BACK) if was_away else ""
    return ask(talk, question, heading)


def _thanks(talk: Talk) -> str:
    line, survey, language = talk.line, talk.survey, talk.conversation.language
    own = survey.words(survey.thanks, language)
    notes = [_words(talk, note) for note in notes_before(survey, talk.answers, None)]
    parts = [*notes, own or talk.speech.say(phrases.THANKS)]
    if survey.tell_back:
        contacts.set_pending(
            line.session, line.organisation_id, line.contact.id, f"tell:{talk.address.survey_id}", line.now
        )
        parts.append(talk.speech.say(phrases.TELL_BACK))
    text = tidy("\n".join(parts))
    return isolate(text) if is_right_to_left(language) else text


def _keep(talk: Talk, turn: Turn) -> None:
    line, conversation = talk.line, talk.conversation
    if not talk.has_response:
        responses.start(
            line.session,
            line.organisation_id,
            conversation.response_id,
            survey_id=conversation.survey_id,
            version=conversation.version,
            channel="sms",
            language=conversation.language,
            collector=conversation.collector,
            cookie_hash=None,
            cookie_until=None,
            now=line.now,
        )
    responses.record(
        line.session,
        line.organisation_id,
        conversation.response_id,
        conversation.survey_id,
        talk.answers,
        turn,
        line.now,
    )
    if turn.next is None:
        responses.finish(
            line.session, line.organisation_id, conversation.response_id, language=conversation.language, now=line.now
        )


def _not_read(talk: Talk, question: Question, turn: Turn) -> Said:
    """Asked again: first only how to answer, then that SKIP is there."""
    if (more := continue_writing(talk)) is not None:
        return more
    say = talk.speech.say
    reason = turn.problem or Reason.NO_MATCH
    if talk.conversation.gave_up >= MOST_GIVEN_UP:
        move(talk, replace(talk.conversation, tries=turn.tries))
        return Said("", f"problem:{reason.value}", talk.conversation.response_id)
    before = previous_question(talk.survey, talk.answers, question)
    fits_before = before is not None and before.kind is not Kind.TEXT and read_as_answer(talk, before)
    moved = move(talk, replace(talk.conversation, tries=turn.tries, written_question_id=None))
    sentences = [say(phrases.LAST_QUESTION_BEFORE) if fits_before else _problem(question, reason, talk)]
    if turn.tries > 1:
        sentences.append(say(phrases.OR_SKIP))
    reading = "unplaced" if fits_before else f"problem:{reason.value}"
    return Said(ask(moved, question, " ".join(sentences)), reading, moved.conversation.response_id)


def _problem(question: Question, reason: Reason, talk: Talk) -> str:
    sentence = phrases.PROBLEM.get(reason) or phrases.PROBLEM_KIND.get(question.kind, phrases.PROBLEM_KIND[Kind.TEXT])
    return talk.speech.say(sentence, most=question.max_choices, low=question.points[0], high=question.points[-1])


def _words(talk: Talk, question: Question) -> str:
    language = talk.conversation.language
    return talk.survey.words(question.sms_text, language) or talk.survey.words(question.text, language)
