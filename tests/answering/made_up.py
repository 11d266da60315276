"""Made-up screens for the respondents' templates, and the words of a page as a reader would find them."""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser

from flask import Flask, render_template

from svvoice.answering.screens import Choice, Control, Delete, Message, QuestionScreen, Start, Thanks
from svvoice.language import Speech, direction, name_of
from svvoice.web import words
from svvoice.web.frame import Frame, LanguageLink, Piece

TURN = "a-signed-turn"
BLOCKS = {"p", "li", "div", "h1", "h2", "form"}
VOID = {"meta", "input", "path", "circle", "ellipse", "rect", "br"}


def piece(said: str, language: str = "en") -> Piece:
    return Piece(said, language, direction(language))


def frame(
    language: str = "en", is_example: bool = False, languages: tuple[str, ...] = ("en", "cy", "pl", "ur")
) -> Frame:
    links = tuple(
        LanguageLink(tag, name_of(tag), direction(tag), f"/s/home?lang={tag}", tag == language) for tag in languages
    )
    speech = Speech(language, gettext.NullTranslations())
    title = piece("What is it like to live around here?")
    return Frame(speech, "Leeds Road Community Trust", is_example, title, links, "/s/home")


START = Start(
    frame=frame(),
    intro=piece("Your answers help us choose what to do next year."),
    questions=8,
    minutes=3,
    anonymous=False,
    under_18=False,
    start="/s/home/safe?lang=en",
    resuming=False,
    keyword="HOME",
    number="07700 900142",
)

SAFE = QuestionScreen(
    frame=frame(),
    question_id="safe",
    words=piece("How safe do you feel near your home after dark?"),
    hint=piece("Think about the last few weeks."),
    why=piece("We want to know where to put more lights."),
    notes=(),
    control=Control.RADIOS,
    choices=tuple(
        Choice(value, number, piece(said), chosen=False)
        for number, (value, said) in enumerate([("very", "Very safe"), ("not", "Not safe")], 1)
    ),
    number=3,
    of_about=8,
    action="/s/home/safe?lang=en",
    turn=TURN,
    back="/s/home/near?lang=en",
)

BOX = replace(SAFE, control=Control.BOX, choices=(), longest=500)

THANKS = Thanks(
    frame=frame(),
    thanks=piece("We will say what we decide by 31 January."),
    notes=(),
    closes=None,
    can_ask_to_be_told=True,
    asked_to_be_told=False,
    tell_back_action="/s/home/tell-me",
    turn=TURN,
    phone_typed="",
    problem=None,
    results="/s/home/what-people-said",
    change="/s/home/safe",
    finish_action="/s/home/finish-here",
    someone_else_action="/s/home/someone-else",
    delete="/s/home/delete-my-answers",
)

DELETE = Delete(frame(), "/s/home/delete-my-answers", TURN, "/s/home/thank-you")
MESSAGE = Message(frame(), "This survey has closed", ("Thank you to everyone who answered.",), "/there", "See it")

Screen = Start | QuestionScreen | Thanks | Delete | Message

PAGES: tuple[tuple[str, Screen], ...] = (
    ("start", START),
    ("question", SAFE),
    ("question", BOX),
    ("thanks", THANKS),
    ("tell_me", THANKS),
    ("delete", DELETE),
    ("message", MESSAGE),
)


@cache
def application() -> Flask:
    """Only what templates need: no database, no pages."""
    app = Flask("templates", template_folder=str(words.TEMPLATES))
    words.teach(app)
    return app


def render(template: str, screen: Screen) -> str:
    app = application()
    with app.test_request_context():
        return render_template(f"answering/{template}.html", screen=screen)


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    """Everything said inside it, spaces made single."""


@dataclass
class Page(HTMLParser):
    """A page taken apart: its elements in order, each with what it says."""

    html: str
    elements: list[Element] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        for element in self.elements:
            element.text = " ".join(element.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        closed = self._open.pop()
        if closed.tag != tag:
            raise AssertionError(f"<{closed.tag}> is closed by </{tag}>")
        if tag in BLOCKS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of this tag whose attributes are these (`class_` for `class`)."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and all(element.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        if len(found) != 1:
            raise AssertionError(f"{len(found)} of <{tag} {attributes}>")
        return found[0]


def page(template: str, screen: Screen) -> Page:
    return Page(render(template, screen))
