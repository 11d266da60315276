"""Made-up responses for demonstrations and benchmarks: always with the status `test`, the same ones each time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, assert_never
from uuid import UUID

from svvoice.core.answers import Answer, State
from svvoice.core.conversation import next_question, path
from svvoice.core.survey import OTHER, Kind, Question, Survey, Value
from svvoice.store import responses
from svvoice.store.database import Database
from svvoice.store.responses import MadeUp

BATCH = 1000


def seed(
    database: Database,
    organisation_id: UUID,
    survey_id: UUID,
    survey: Survey,
    number: int,
    first: datetime,
    last: datetime,
) -> None:
    """Adds `number` made-up responses between two moments, in batches, each batch in one transaction."""
    chance = random.Random(f"{survey.slug} {number}")  # noqa: S311 - the same people each time, on purpose
    people = _people(survey, number, first, last, chance)
    for start in range(0, number, BATCH):
        batch = [next(people) for _ in range(min(BATCH, number - start))]
        with database.transaction() as session:
            responses.add_made_up(session, organisation_id, survey_id, survey.version, batch)


def _people(survey: Survey, number: int, first: datetime, last: datetime, chance: random.Random) -> Iterator[MadeUp]:
    habits = _habits()
    spoken = {tag: weight for tag, weight in habits["languages"].items() if tag in survey.languages}
    for _ in range(number):
        language = _pick(spoken or {survey.default_language: 1}, chance)
        by_text = survey.keyword is not None and chance.randrange(100) < habits["by_text"]
        started = first + timedelta(seconds=chance.randrange(max(1, int((last - first).total_seconds()))))
        answers = _answers(survey, language, chance)
        at_the_end = next_question(survey, answers) is None
        took = timedelta(seconds=chance.randrange(60, 60 * (90 if by_text else 9)))
        yield MadeUp(
            id=UUID(int=chance.getrandbits(128), version=4),
            channel="sms" if by_text else "web",
            language=language,
            collector=survey.keyword or "" if by_text else chance.choice(["", "school", "barber", "library"]),
            started_at=started.replace(microsecond=0),
            submitted_at=(started + took).replace(microsecond=0) if at_the_end else None,
            answers=answers,
            on_path=frozenset(question.id for question in path(survey, answers)),
        )


def _answers(survey: Survey, language: str, chance: random.Random) -> dict[str, Answer]:
    habits = _habits()
    stays = chance.randrange(100) < habits["reach_the_end"]
    leaves_after = 10_000 if stays else chance.randrange(1, max(2, len(survey.asked)))
    answers: dict[str, Answer] = {}
    while (question := next_question(survey, answers)) is not None and len(answers) < leaves_after:
        if answers and not question.required and chance.randrange(100) < habits["skip"]:
            answers[question.id] = Answer(question.id, State.SKIPPED)
        else:
            answers[question.id] = _answer(question, language, chance)
    return answers


def _answer(question: Question, language: str, chance: random.Random) -> Answer:
    value = _value(question, language, chance)
    chose_other = question.other and (value == OTHER or (isinstance(value, tuple) and OTHER in value))
    words = _habits()["other_words"].get(question.id, {}).get(language) if chose_other else None
    return Answer(question.id, State.ANSWERED, value, chance.choice(words) if words else None)


def _value(question: Question, language: str, chance: random.Random) -> Value:
    weights: Mapping[str, int] = _habits()["weights"].get(question.id, {})
    match question.kind:
        case Kind.YES_NO:
            return _pick(weights or {"yes": 1, "no": 1}, chance)
        case Kind.SINGLE_CHOICE | Kind.AGE_BAND:
            return _pick(_known(weights, question.choice_ids), chance)
        case Kind.MULTI_CHOICE:
            return _several(question, _known(weights, question.choice_ids), chance)
        case Kind.SCALE:
            return int(_pick(_known(weights, [str(point) for point in question.points]), chance))
        case Kind.NUMBER:
            return _number(question, chance)
        case Kind.TEXT:
            words = _habits()["words"].get(question.id, {})
            return str(chance.choice(words.get(language) or words.get("en") or ["Made-up words"]))
        case Kind.POSTCODE_DISTRICT:
            return _pick(weights or {"BD3": 3, "BD1": 1}, chance)
        case Kind.NOTE:
            raise ValueError("a note has no answer")
        case _:
            assert_never(question.kind)


def _several(question: Question, weights: Mapping[str, int], chance: random.Random) -> tuple[str, ...]:
    alone = {choice.id for choice in question.choices if choice.exclusive}
    first = _pick(weights, chance)
    if first in alone:
        return (first,)
    most = question.max_choices or len(question.choices)
    chosen = {first}
    for choice in question.choice_ids:
        if choice not in alone and len(chosen) < most and chance.randrange(100) < weights[choice] // 2:
            chosen.add(choice)
    return tuple(choice for choice in question.choice_ids if choice in chosen)


def _number(question: Question, chance: random.Random) -> int:
    usual = [n for n in _habits().get(question.id, range(11)) if question.min is None or n >= question.min]
    usual = [n for n in usual if question.max is None or n <= question.max]
    return int(chance.choice(usual or [int(question.min or question.max or 0)]))


def _known(weights: Mapping[str, int], ids: Sequence[str]) -> dict[str, int]:
    return {choice: weights.get(choice, 10) for choice in ids}


def _pick(weights: Mapping[str, int], chance: random.Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


@cache
def _habits() -> dict[str, Any]:
    path = Path(__file__).with_name("people.json")
    habits: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return habits
