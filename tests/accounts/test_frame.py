"""The frame of the staff pages: where one is, who one is, and the way out."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.people import give_password, sign_in
from tests.cast import Cast


def test_the_side_list_names_the_places_and_marks_this_one(cast: Cast) -> None:
    page = cast.client("ada").get("/o/hillside/colleagues").text
    nav = re.search(r"<nav.*?</nav>", page, re.DOTALL)
    assert nav is not None
    links = re.findall(r'<a href="([^"]+)"( aria-current="page")?>([^<]+)</a>', nav[0])
    assert links == [
        ("/o/hillside/", "", "Start here"),
        ("/o/hillside/surveys", "", "Surveys"),
        ("/o/hillside/plan", "", "Our plan"),
        ("/o/hillside/colleagues", ' aria-current="page"', "Colleagues"),
        ("/account?from=hillside", "", "Account"),
    ]
    assert "<b>Hillside Trust</b>" in page
    assert "Ada, owner" in page
    assert "made up" not in page


def test_every_page_has_one_heading_a_title_and_a_way_past_the_list(cast: Cast, client: FlaskClient) -> None:
    ada = cast.client("ada")
    pages = [
        ada.get("/o/hillside/colleagues"),
        ada.get(f"/o/hillside/colleagues/{cast.accounts['ben']}"),
        ada.post("/o/hillside/colleagues/invitations", data={"role": "viewer"}),
        ada.get("/account"),
        ada.get("/organisations"),
        client.get("/sign-in"),
        client.get("/join/unknown"),
    ]
    for page in pages:
        assert page.text.count("<h1") == 1
        assert re.search(r"<title>\w[^<]+ – svvoice</title>", page.text)
        assert '<a class="skip" href="#main">' in page.text
        assert '<html lang="en" dir="ltr">' in page.text
        assert "style=" not in page.text
        assert "<script" not in page.text
        assert page.headers["Cache-Control"] == "no-store"


def test_the_sign_out_button_of_the_frame_works_with_its_own_token(app: Flask, cast: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    ben = cast.client("ben")
    page = ben.get("/o/hillside/colleagues").text
    token = re.search(r'action="/sign-out">\s*<input type="hidden" name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    assert ben.post("/sign-out", data={"csrf_token": token[1]}).location == "/sign-in"
    assert ben.get("/o/hillside/colleagues").status_code == 302


def test_the_stylesheet_is_our_own_and_small(client: FlaskClient, cast: Cast) -> None:
    give_password(cast, "ben")
    sign_in(client, "ben")
    address = re.findall(r'<link rel="stylesheet" href="([^"]+)">', client.get("/account").text)
    assert address == ["/static/staff.css"]
    sheet = client.get(address[0])
    assert sheet.status_code == 200
    assert len(sheet.data) < 24_000
    assert "url(" not in sheet.text
    assert "@import" not in sheet.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_edges_stand_out_enough(client: FlaskClient, scheme: str) -> None:
    """7 to 1 for words, 3 to 1 for the edges of what is pressed or written in."""
    blocks = re.findall(r":root \{(.*?)\}", client.get("/static/staff.css").text, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[0]))
    if scheme == "dark":
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[1]))
    words = [
        ("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("plum", "paper"), ("plum", "card"),
        ("plum", "plum-tint"), ("on-plum", "plum"), ("green", "green-tint"), ("on-green", "green"),
        ("ink", "green-tint"), ("amber", "amber-tint"), ("ink", "amber-tint"), ("warn", "warn-tint"),
        ("ink", "warn-tint"), ("warn", "card"), ("paper", "ink"),
    ]  # fmt: skip
    edges = [("edge", "paper"), ("edge", "card"), ("plum", "card"), ("warn", "card"), ("green", "card")]
    assert [pair for pair in words if contrast(colours[pair[0]], colours[pair[1]]) < 7] == []
    assert [pair for pair in edges if contrast(colours[pair[0]], colours[pair[1]]) < 3] == []


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
