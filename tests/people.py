"""People who answer in tests: one with a browser and no script, one with an old phone."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from uuid import uuid4

from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from werkzeug.test import TestResponse

from tests.environment import ENVIRONMENT

TURN = re.compile(r'name="turn" value="([^"]+)"')
ACTION = re.compile(r'<form[^>]*action="([^"]+)"')
H1 = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@dataclass
class WebPerson:
    """A browser without script, at one survey. `page` is what it shows now."""

    client: FlaskClient
    slug: str
    language: str = "en"
    via: str = ""
    page: TestResponse | None = None
    keeps_cookies: bool = True
    history: list[str] = field(default_factory=list)

    def opens(self) -> TestResponse:
        via = f"&via={self.via}" if self.via else ""
        return self._get(f"/s/{self.slug}?lang={self.language}{via}")

    def starts(self) -> TestResponse:
        """Opens the survey and presses Start."""
        self.opens()
        start = re.search(rf'href="(/s/{self.slug}/[a-z0-9_]+\?[^"]+)"', self.text)
        assert start, self.text
        return self._get(html.unescape(start.group(1)))

    def answers(self, *values: str, other: str = "") -> TestResponse:
        """Chooses or types, and presses Continue."""
        return self.sends({"answer": list(values), **({"other": other} if other else {})})

    def skips(self) -> TestResponse:
        return self.sends({"skip": "1"})

    def sends(self, fields: dict[str, object], turn: str | None = None, action: str | None = None) -> TestResponse:
        data = {"turn": turn or self.turn, **fields}
        assert self.page is not None
        return self._follow(self.client.post(action or self.action, data=data))

    def goes_back(self) -> TestResponse:
        back = re.search(r'class="top">\s*<a href="([^"]+)"', self.text)
        assert back, self.text
        return self._get(html.unescape(back.group(1)))

    def reads_in(self, language: str) -> TestResponse:
        """Presses the name of another language on this page."""
        self.language = language
        links = re.findall(r'href="([^"]+)"[^>]*hreflang="' + language, self.text)
        assert links, self.text
        return self._get(html.unescape(links[0]))

    @property
    def text(self) -> str:
        assert self.page is not None
        return self.page.get_data(as_text=True)

    @property
    def turn(self) -> str:
        found = TURN.search(self.text)
        assert found, self.text
        return html.unescape(found.group(1))

    @property
    def action(self) -> str:
        found = ACTION.search(self.text)
        assert found, self.text
        return html.unescape(found.group(1))

    @property
    def heading(self) -> str:
        found = H1.search(self.text)
        return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(found.group(1))).split()) if found else ""

    def _get(self, address: str) -> TestResponse:
        return self._follow(self.client.get(address))

    def _follow(self, response: TestResponse) -> TestResponse:
        while response.status_code in {302, 303}:
            response = self.client.get(response.headers["Location"])
        self.page = response
        return response


@dataclass
class TextPerson:
    """A phone that texts one of our numbers through a provider that signs as Twilio does."""

    client: FlaskClient
    number: str = "+447700900101"
    to: str = "+447700900142"
    heard: list[str] = field(default_factory=list)

    def texts(self, words: str, sid: str | None = None, **fields: str) -> str:
        """Sends a text; gives the words of the reply, empty for silence."""
        response = self.delivers(words, sid, **fields)
        assert response.status_code == 200, response.get_data(as_text=True)
        reply = message_in(response.get_data(as_text=True))
        self.heard.append(reply)
        return reply

    def delivers(self, words: str, sid: str | None = None, **fields: str) -> TestResponse:
        form = {
            "MessageSid": sid or f"SM{uuid4().hex}",
            "From": self.number,
            "To": self.to,
            "Body": words,
            "NumMedia": "0",
            **fields,
        }
        return self.client.post(
            "/sms/inbound", data=form, headers={"X-Twilio-Signature": signature("/sms/inbound", form)}
        )


def signature(path: str, form: dict[str, str]) -> str:
    """What Twilio would sign this request with."""
    validator = RequestValidator(ENVIRONMENT["TWILIO_AUTH_TOKEN"])
    return str(validator.compute_signature(ENVIRONMENT["PUBLIC_URL"] + path, form))


def message_in(twiml: str) -> str:
    found = re.search(r"<Message[^>]*>(.*?)</Message>", twiml, re.DOTALL)
    return html.unescape(found.group(1)) if found else ""
