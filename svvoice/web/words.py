"""Which language a request is in, and what templates need to speak it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, g, request
from markupsafe import Markup

from svvoice import clock
from svvoice.language import SHIPPED, choose, direction, name_of, speech
from svvoice.web.frame import HELP_LINES

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"


def wanted_language(offered: tuple[str, ...] = SHIPPED, default: str = "en") -> str:
    """`?lang=` first, then what the browser asks for."""
    asked = [request.args["lang"]] if "lang" in request.args else []
    return choose([*asked, *request.accept_languages.values()], offered, default)


def teach(app: Flask) -> None:
    """Gives templates their words and marks."""

    @app.context_processor
    def words() -> dict[str, Any]:
        return {
            "english": speech("en"),
            "member": g.get("member"),
            "help_lines": HELP_LINES,
        }

    # Known to imported parts too, which can then be kept from page to page.
    app.jinja_env.globals.update(direction=direction, name_of=name_of, icon=icon, page_style=page_style)

    app.jinja_env.filters["day"] = lambda moment: speech("en").day(clock.london_day(moment))
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


@cache
def page_style() -> Markup:
    """The respondent pages' whole stylesheet, to stand in the page: one request is all they need."""
    lines = (TEMPLATES / "parts" / "page.css").read_text(encoding="utf-8").splitlines()
    return Markup("".join(line.strip() for line in lines))  # noqa: S704 - our own file


@cache
def icon(name: str) -> Markup:
    """One of our few inline marks: chevron, tick, cross, clock, globe, alert."""
    return Markup((TEMPLATES / "parts" / "icons" / f"{name}.svg").read_text(encoding="utf-8").strip())  # noqa: S704
