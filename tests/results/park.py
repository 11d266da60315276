"""A survey about a park in two versions, and people who answer it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from svvoice.core.answers import Answer, State
from svvoice.core.survey import Value
from svvoice.store import responses
from svvoice.store.database import Database
from tests.publishing import publish

FIRST_DAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def words(en: str, ur: str) -> dict[str, str]:
    return {"en": en, "ur": ur}


PARK: dict[str, Any] = {
    "svvoice": 1,
    "slug": "park",
    "default_language": "en",
    "languages": ["en", "ur"],
    "title": words("Your park", "آپ کا پارک"),
    "sms_intro": words("Your park.", "آپ کا پارک۔"),
    "questions": [
        {
            "id": "first",
            "kind": "yes_no",
            "text": words("Is this your first time?", "کیا یہ پہلی بار ہے؟"),
            "measure": "first_time_voice",
        },
        {
            "id": "use",
            "kind": "single_choice",
            "text": words("How often do you go?", "آپ کتنی بار جاتے ہیں؟"),
            "other": True,
            "options": [
                {"id": "weekly", "text": words("Every week", "ہر ہفتے")},
                {"id": "rarely", "text": words("Hardly ever", "کبھی کبھی")},
            ],
        },
        {
            "id": "likes",
            "kind": "multi_choice",
            "text": words("What do you like there?", "آپ کو کیا پسند ہے؟"),
            "options": [
                {"id": "trees", "text": words("Trees", "درخت")},
                {"id": "pond", "text": words("The pond", "تالاب")},
                {"id": "none", "text": words("None of these", "ان میں سے کچھ نہیں"), "exclusive": True},
            ],
        },
        {"id": "good", "kind": "scale", "text": words("How good is it?", "یہ کتنا اچھا ہے؟"), "min": 1, "max": 5},
        {"id": "years", "kind": "number", "text": words("How many years?", "کتنے سال؟"), "min": -10, "max": 99},
        {
            "id": "age",
            "kind": "age_band",
            "text": words("How old are you?", "آپ کی عمر؟"),
            "options": [
                {"id": "young", "text": words("Under 25", "25 سے کم")},
                {"id": "old", "text": words("25 and over", "25 اور اوپر")},
            ],
        },
        {"id": "area", "kind": "postcode_district", "text": words("Where do you live?", "آپ کہاں رہتے ہیں؟")},
        {"id": "more", "kind": "text", "text": words("What else?", "اور کیا؟")},
    ],
}


def second_version() -> dict[str, Any]:
    """The pond is gone and swings have come; nobody is asked for years any more."""
    document = deepcopy(PARK)
    likes = document["questions"][2]
    likes["options"][1] = {"id": "swings", "text": words("Swings", "جھولے")}
    del document["questions"][4]
    return document


@dataclass
class Park:
    """An organisation's survey. Responses get ids that say their order, unless ids are given."""

    database: Database
    organisation_id: UUID
    survey_id: UUID
    version: int = 1
    people: int = 0

    def answers(
        self,
        answers: Mapping[str, Value],
        *,
        response_id: UUID | None = None,
        other: Mapping[str, str] | None = None,
        off_path: tuple[str, ...] = (),
        skipped: tuple[str, ...] = (),
        channel: str = "web",
        language: str = "en",
        collector: str = "",
        status: str = "partial",
        finished_after: int | None = None,
        times: int = 1,
    ) -> None:
        """So many people give these answers, each a minute after the one before."""
        with self.database.transaction() as session:
            for _ in range(times):
                now = FIRST_DAY + timedelta(minutes=self.people)
                self.people += 1
                response = response_id or uuid4()
                responses.start(
                    session,
                    self.organisation_id,
                    response,
                    survey_id=self.survey_id,
                    version=self.version,
                    channel=channel,
                    language=language,
                    collector=collector,
                    cookie_hash=None,
                    cookie_until=None,
                    status=status,
                    now=now,
                )
                given = [Answer(q, State.ANSWERED, value, (other or {}).get(q)) for q, value in answers.items()]
                for answer in [*given, *(Answer(q, State.SKIPPED) for q in skipped)]:
                    on_path = answer.question not in off_path
                    responses.keep_answer(
                        session, self.organisation_id, response, self.survey_id, answer, now, on_path=on_path
                    )
                if finished_after is not None:
                    end = now + timedelta(seconds=finished_after)
                    responses.finish(session, self.organisation_id, response, language=language, now=end)


def published(database: Database, organisation_id: UUID, **changed: object) -> Park:
    return Park(database, organisation_id, publish(database, organisation_id, {**PARK, **changed}))


def changed_since(park: Park) -> None:
    """The second version is published; people answer it from now on."""
    publish(park.database, park.organisation_id, second_version())
    park.version = 2
