"""An officer at the builder: sends its forms as a browser would, with everything that stands in them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from svvoice.authoring import draft_actions
from svvoice.core.survey import Survey
from svvoice.store.database import Database
from tests.cast import Cast

DASHED = {"if_", "if_number", "if_how", "option_words", "option_sms", "option_alone"}


class Fields(HTMLParser):
    """What the form with the button `do=save` would send, besides the button."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self.select = ""
        self.area: str | None = None
        self.chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append([])
        elif tag == "input" and self.forms and found.get("name"):
            if found.get("type") not in {"checkbox", "radio"} or "checked" in found:
                default = "on" if found.get("type") == "checkbox" else ""
                self.forms[-1].append((found["name"], found.get("value", default)))
        elif tag == "textarea":
            self.area, self.forms[-1] = found["name"], [*self.forms[-1], (found["name"], "")]
        elif tag == "select":
            self.select, self.chosen = found["name"], None
        elif tag == "option" and (self.chosen is None or "selected" in found):
            self.chosen = found.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][-1] = (self.area, self.forms[-1][-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.forms[-1][-1] = (self.area, self.forms[-1][-1][1].removeprefix("\n"))
            self.area = None
        elif tag == "select":
            self.forms[-1].append((self.select, self.chosen or ""))


def fields_of(page: str, mark: str) -> dict[str, list[str]]:
    """The fields of the form that has a field called `mark`."""
    parser = Fields()
    parser.feed(page)
    form = next(form for form in parser.forms if any(name == mark for name, _ in form))
    found: dict[str, list[str]] = {}
    for name, value in form:
        found.setdefault(name, []).append(value)
    return found


@dataclass
class Officer:
    """One person in one browser, at one survey of Hillside."""

    client: FlaskClient
    cast: Cast
    database: Database
    slug: str = ""
    page: str = field(default="", repr=False)
    status: int = 200

    def begins(self, title: str, **more: Any) -> None:
        response = self.client.post("/o/hillside/new-survey", data={"title": title, "audience": "all", **more})
        self._takes(response)
        found = re.search(r"/surveys/([^/]+)/builder", response.headers.get("Location", ""))
        self.slug = found.group(1) if found else ""

    def opens(self, place: str) -> str:
        self._takes(self.client.get(f"/o/hillside/surveys/{self.slug}/{place}"))
        return self.page

    def adds(self, kind: str, words: str, options: str = "") -> str:
        """A question of one's own; gives its id."""
        self.opens("builder")
        self.sends("builder/add", {"kind": kind, "words": words, "more": options})
        return self.draft.questions[-1].id

    def does(self, step: str, question: str, revision: str | None = None, **more: str) -> None:
        revision = revision or self.revision
        self._post("builder", {"do": f"{step}:{question}", "revision": revision, **more})

    def sends(self, place: str, data: dict[str, Any]) -> None:
        self._post(place, {"revision": self.revision, **data})

    def form(self, question: str) -> dict[str, list[str]]:
        """The question's page, as its form stands."""
        return fields_of(self.opens(f"questions/{question}"), "kind")

    def saves(self, question: str, form: dict[str, list[str]] | None = None, do: str = "save", **changed: Any) -> None:
        """Sends the question's form, some fields changed: `if_` is the field `if`, `option_words` is `option-words`."""
        renamed = {name.rstrip("_").replace("_", "-") if name in DASHED else name: one for name, one in changed.items()}
        filled = {**(form or self.form(question)), **renamed, "do": do}
        self._post(f"questions/{question}", {name: value for name, value in filled.items() if value is not None})

    def confirms(self, question: str, do: str = "save") -> None:
        """Presses the button of the page that is open now."""
        self._post(f"questions/{question}", {**fields_of(self.page, "kind"), "do": do})

    def publishes(self) -> None:
        self._post("publish", {"languages": list(self.draft.languages)})

    @property
    def draft(self) -> Survey:
        return draft_actions.look(self.database, self.cast.hillside, self.slug).survey

    @property
    def revision(self) -> str:
        return draft_actions.look(self.database, self.cast.hillside, self.slug).revision

    @property
    def words(self) -> str:
        """The page without its tags."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.page)).split())

    def _post(self, place: str, data: dict[str, Any]) -> None:
        self._takes(self.client.post(f"/o/hillside/surveys/{self.slug}/{place}", data=data))

    def _takes(self, response: TestResponse) -> None:
        self.page, self.status = response.get_data(as_text=True), response.status_code
