"""A survey about a dark street, people who answer it, and a promise that waits for their answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from svvoice.core.answers import Answer, State
from svvoice.store import contacts, plans, responses, tell_backs
from svvoice.store.database import Database
from svvoice.store.plans import Commitment
from svvoice.store.sealing import Sealer
from svvoice.store.tables import OutboxRow
from tests.cast import Cast
from tests.publishing import publish

FIRST_DAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def words(en: str, cy: str, ur: str, pl: str) -> dict[str, str]:
    return {"en": en, "cy": cy, "ur": ur, "pl": pl}


STREET: dict[str, Any] = {
    "svvoice": 1,
    "slug": "street",
    "default_language": "en",
    "languages": ["en", "cy", "ur", "pl"],
    "title": words("Your street", "Eich stryd", "آپ کی گلی", "Twoja ulica"),
    "sms_intro": words("Your street.", "Eich stryd.", "آپ کی گلی۔", "Twoja ulica."),
    "tell_back": True,
    "questions": [
        {
            "id": "safe",
            "kind": "single_choice",
            "text": words(
                "Do you feel safe?", "Ydych chi’n teimlo’n saff?", "کیا آپ محفوظ ہیں؟", "Czy czujesz się bezpiecznie?"
            ),
            "options": [
                {"id": "yes", "text": words("Yes, I do", "Ydw", "جی ہاں", "Tak, czuję")},
                {"id": "no", "text": words("I do not", "Nac ydw", "جی نہیں", "Nie czuję")},
                {"id": "rarely", "text": words("Hardly ever", "Prin byth", "کبھی کبھی", "Prawie nigdy")},
            ],
        },
        {
            "id": "ill",
            "kind": "yes_no",
            "text": words(
                "Are you often ill?", "Ydych chi’n sâl yn aml?", "کیا آپ اکثر بیمار ہیں؟", "Czy często chorujesz?"
            ),
            "why": words("We plan for it.", "Rydym yn cynllunio.", "ہم اس کا خیال رکھیں گے۔", "Planujemy to."),
            "sensitive": True,
        },
        {
            "id": "first",
            "kind": "single_choice",
            "text": words(
                "Is this your first time?", "Ai dyma’r tro cyntaf?", "کیا یہ پہلی بار ہے؟", "Czy to pierwszy raz?"
            ),
            "options": [
                {"id": "yes", "text": words("First time", "Y tro cyntaf", "پہلی بار", "Pierwszy raz")},
                {"id": "no", "text": words("Asked before", "Wedi gofyn o’r blaen", "پہلے بھی", "Pytano wcześniej")},
            ],
            "measure": "first_time_voice",
        },
        {
            "id": "more",
            "kind": "text",
            "text": words("What else?", "Beth arall?", "اور کیا؟", "Co jeszcze?"),
        },
    ],
}


@dataclass
class Street:
    """Hillside's survey, and a plan with one promise."""

    database: Database
    cast: Cast
    sealer: Sealer
    survey_id: UUID
    promise: UUID

    @property
    def ours(self) -> UUID:
        return self.cast.hillside

    def people_answer(
        self,
        number: int,
        answers: Mapping[str, str],
        *,
        channel: str = "web",
        language: str = "en",
        status: str = "complete",
        after: int = 0,
    ) -> None:
        """So many people give these answers, a minute apart, `after` hours after the first day's morning."""
        with self.database.transaction() as session:
            for minute in range(number):
                now = FIRST_DAY + timedelta(hours=after, minutes=minute)
                response = uuid4()
                responses.start(
                    session,
                    self.ours,
                    response,
                    survey_id=self.survey_id,
                    version=1,
                    channel=channel,
                    language=language,
                    collector="",
                    cookie_hash=None,
                    cookie_until=None,
                    status=status,
                    now=now,
                )
                for question, value in answers.items():
                    given = Answer(question, State.ANSWERED, value)
                    responses.keep_answer(session, self.ours, response, self.survey_id, given, now)

    def asks_to_be_told(self, number: str, language: str = "en") -> str:
        """Somebody leaves a number. Returns its hash."""
        with self.database.transaction() as session:
            contact = contacts.find_or_make(session, self.sealer, self.ours, number, FIRST_DAY)
            tell_backs.ask(session, self.ours, self.survey_id, contact.id, language=language, now=FIRST_DAY)
        return contact.phone_hash

    def texts(self) -> dict[str, str]:
        """The texts that wait to be sent: number's hash and body."""
        with self.database.reading() as session:
            rows = session.execute(
                select(OutboxRow.phone_hash, OutboxRow.body).where(OutboxRow.organisation_id == self.ours)
            )
            return {row.phone_hash: row.body for row in rows}

    def address(self, page: str, **parts: object) -> str:
        return f"/o/hillside/{page.format(promise=self.promise, **parts)}"


def found(database: Database, cast: Cast, sealer: Sealer) -> Street:
    street = Street(database, cast, sealer, publish(database, cast.hillside, STREET), uuid4())
    with database.transaction() as session:
        plan, outcome = uuid4(), uuid4()
        year = {"starts": date(2026, 4, 1), "ends": date(2027, 3, 31)}
        plans.add_plan(session, street.ours, plan, title="Our plan", now=FIRST_DAY, **year)
        plans.add_outcome(
            session, street.ours, outcome, plan_id=plan, statement="People walk home unafraid", informs=["SVM25-O1"]
        )
        promise = Commitment(
            street.promise,
            outcome,
            {"en": "Leeds Road is lit after dark", "cy": "Mae Leeds Road wedi’i goleuo"},
            "Sana Iqbal",
            date(2027, 3, 31),
            date(2026, 11, 1),
            "under_way",
        )
        plans.add_commitment(session, street.ours, promise, FIRST_DAY)
    return street


DECISION = {
    "verdict": "yes",
    "heard_en": "Leeds Road is too dark at night.",
    "reason_en": "Six new lights by 31 March.",
    "otherwise_en": "We would have mended two.",
    "difference": "changed",
}


def makes_finding(client: FlaskClient, **changed: Any) -> TestResponse:
    """Looks at the sentence, then keeps it: as a person does."""
    address = "/o/hillside/surveys/street/findings/new?question=safe"
    form: dict[str, Any] = {"choices": ["no", "rarely"], "group": "", "claim": "do not feel safe after dark", **changed}
    looked = client.post(address, data={**form, "do": "look"})
    seen = hidden(looked, "seen")
    return client.post(address, data={**form, "do": "keep", "seen": seen}) if seen else looked


def finding_id(response: TestResponse) -> UUID:
    return UUID(response.headers["Location"].rsplit("/", 1)[1])


def writes_decision(client: FlaskClient, street: Street, **changed: str) -> str:
    """The address of the decision that was written."""
    response = client.post(street.address("plan/{promise}/decision"), data={**DECISION, **changed})
    assert response.status_code == 303, text(response)
    return response.headers["Location"]


def publishes(client: FlaskClient, decision: str, seen: str | None = None) -> str:
    """Presses Publish on the decision's page; gives what the next page says."""
    seen = seen or hidden(client.get(decision), "seen")
    return text(client.post(f"{decision}/publish", data={"seen": seen}, follow_redirects=True))


def hidden(response: TestResponse, name: str) -> str:
    page = response.get_data(as_text=True)
    for tag in re.findall(r"<input[^>]*>", page):
        if f'name="{name}"' in tag:
            value = re.search(r'value="([^"]*)"', tag)
            return unescape(value.group(1)) if value else ""
    return ""


def text(response: TestResponse) -> str:
    """What a person reads on a page."""
    page = re.sub(r"<(style|title|script)\b.*?</\1>", " ", response.get_data(as_text=True), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
