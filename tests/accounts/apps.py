"""An app on a phone, as the tests of two steps need it: it reads the set-up page and shows codes of any moment."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from svvoice import clock
from svvoice.store.database import Database
from svvoice.store.tables import OrganisationRow
from svvoice.store.two_step import WhoMust

SECRET = re.compile(r'<p class="once"><bdi dir="ltr">([A-Z2-7 ]+)</bdi>')
OFFER = re.compile(r'name="offer" type="hidden" value="([^"]+)"')
RECOVERY_CODE = re.compile(r'<li><bdi dir="ltr">([0-9a-z]{5}-[0-9a-z]{5})</bdi></li>')


class Time:
    """A clock that stands until it is told to go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moment = clock.now().replace(microsecond=0)
        monkeypatch.setattr(clock, "now", lambda: self.moment)

    def goes_on(self, **time: float) -> None:
        self.moment += timedelta(**time)


@dataclass(frozen=True)
class Phone:
    """An app with a secret in it."""

    secret: str

    def shows(self, moment: datetime) -> str:
        return pyotp.TOTP(self.secret).at(moment)

    def does_not_show(self, moment: datetime) -> str:
        """Six digits that are the code of no half minute around the moment."""
        right = {self.shows(moment + timedelta(seconds=30 * step)) for step in range(-3, 4)}
        return next(code for code in (f"{number:06d}" for number in range(10)) if code not in right)


@dataclass(frozen=True)
class Offered:
    """What the set-up page shows."""

    phone: Phone
    offer: str

    def form(self, code: str) -> dict[str, str]:
        return {"offer": self.offer, "code": code}


def offered(client: FlaskClient) -> Offered:
    page = client.get("/account/two-step")
    assert page.status_code == 200
    secret, offer = SECRET.search(page.text), OFFER.search(page.text)
    assert secret is not None
    assert offer is not None
    return Offered(Phone(secret[1].replace(" ", "")), html.unescape(offer[1]))


def set_up(client: FlaskClient, time: Time) -> tuple[Phone, list[str]]:
    """Sets two steps up in this browser; half a minute later: the phone, and the recovery codes that were shown."""
    seen = offered(client)
    answer = client.post("/account/two-step", data=seen.form(seen.phone.shows(time.moment)))
    assert answer.status_code == 200, answer.text
    time.goes_on(seconds=30)
    return seen.phone, RECOVERY_CODE.findall(answer.text)


def ask_for_two_steps(database: Database, organisation: str, rule: WhoMust) -> None:
    with database.transaction() as session:
        session.execute(update(OrganisationRow).where(OrganisationRow.slug == organisation).values(two_step=rule))
