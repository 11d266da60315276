"""What a page weighs: bytes on the way, and how many requests a browser makes for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from benchmarks.in_process import InProcess, Wsgi
from benchmarks.survey import Script
from benchmarks.visitor import answer_on_pages, first_page

_LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data", "link": "href"}


@dataclass(frozen=True)
class Weight:
    """A page as it travels: compressed, with its headers."""

    language: str
    size: int
    requests: int
    scripts: int


@dataclass
class Loads(HTMLParser):
    """Finds what a page makes a browser fetch or run."""

    fetched: list[str] = field(default_factory=list)
    scripts: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.scripts += (tag == "script") + sum(name.startswith("on") for name in given)
        if tag in _LOADS and given.get(_LOADS[tag]):
            self.fetched.append(str(given[_LOADS[tag]]))

    def handle_data(self, data: str) -> None:
        self.fetched += ["from a style sheet"] * (data.count("url(") + data.count("@import"))


def first_pages(app: Wsgi, script: Script) -> list[Weight]:
    """The first page in every language of the survey."""
    return [weigh(app, script, language) for language in script.document["languages"]]


def weigh(app: Wsgi, script: Script, language: str) -> Weight:
    page = first_page(InProcess(app), script.slug, language)
    loads = Loads()
    loads.feed(page.text)
    return Weight(language, page.sent, 1 + len(loads.fetched), loads.scripts)


def whole_visit(app: Wsgi, script: Script) -> int:
    """The bytes of every page from the first one to the thanks."""
    return answer_on_pages(InProcess(app), script)
