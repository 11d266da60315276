"""Ways in: an address, a QR code and a poster for each place, in each language of the survey."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime

import pytest
import segno

from svvoice.inviting.actions import place_name
from svvoice.store import surveys
from svvoice.store.database import Database
from tests.cast import Cast
from tests.environment import ENVIRONMENT
from tests.publishing import document, publish

PUBLIC = ENVIRONMENT["PUBLIC_URL"]
PAGE = "/o/hillside/surveys/park"


@pytest.fixture
def park(cast: Cast, database: Database) -> None:
    publish(database, cast.hillside, document("park") | {"keyword": "PARK"})


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Main library", "main-library"),
        ("  Café Olé, Castle St.  ", "cafe-ole-castle-st"),
        ("مکتبہ", ""),
        ("", ""),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("x" * 39 + " y", "x" * 39),
    ],
)
def test_a_place_becomes_a_name_that_can_stand_in_an_address(typed: str, name: str) -> None:
    assert place_name(typed) == name


@pytest.mark.usefixtures("park")
def test_each_language_has_its_address_code_and_poster(cast: Cast) -> None:
    page = cast.client("cat").get(f"{PAGE}/reach?place=Main+library").get_data(as_text=True)
    for tag in ("en", "cy", "ur", "pl"):
        assert f"{PUBLIC}/s/park?lang={tag}&amp;via=main-library" in page
        assert f"{PAGE}/poster?lang={tag}&amp;place=main-library" in page
    assert "Text <b>PARK</b> to" in page


@pytest.mark.usefixtures("park")
def test_a_place_that_cannot_be_written_is_said_and_kept(cast: Cast) -> None:
    response = cast.client("cat").get(f"{PAGE}/reach?place=مکتبہ")
    assert response.status_code == 422
    page = response.get_data(as_text=True)
    assert "Please write the name with those." in page
    assert 'value="مکتبہ"' in page


@pytest.mark.usefixtures("park")
def test_the_code_holds_the_address_with_language_and_place(cast: Cast) -> None:
    response = cast.client("cat").get(f"{PAGE}/qr.svg?lang=ur&place=Main+library")
    assert response.mimetype == "image/svg+xml"
    expected, other = io.BytesIO(), io.BytesIO()
    segno.make(f"{PUBLIC}/s/park?lang=ur&via=main-library", error="m", micro=False).save(
        expected, kind="svg", border=4, xmldecl=False
    )
    segno.make(f"{PUBLIC}/s/park?lang=en&via=main-library", error="m", micro=False).save(
        other, kind="svg", border=4, xmldecl=False
    )
    assert response.get_data() == expected.getvalue()
    assert response.get_data() != other.getvalue()


@pytest.mark.usefixtures("park")
def test_a_poster_is_in_its_language_with_keyword_number_and_the_other_languages(cast: Cast) -> None:
    page = cast.client("cat").get(f"{PAGE}/poster?lang=ur").get_data(as_text=True)
    assert '<html lang="ur" dir="rtl">' in page
    assert re.search(r'<bdi class="code" dir="ltr">PARK</bdi>', page)
    assert "07700\N{NO-BREAK SPACE}900142" in page
    assert [name for name in ("English", "Cymraeg", "Polski") if f">{name}</span>" in page] == [
        "English",
        "Cymraeg",
        "Polski",
    ]
    assert "<script" not in page


def test_before_publishing_the_page_says_what_to_do_first(cast: Cast, database: Database) -> None:
    with database.transaction() as session:
        surveys.keep_draft(
            session,
            cast.hillside,
            slug="park",
            draft=json.dumps(document("park")),
            now=datetime(2026, 5, 1, tzinfo=UTC),
        )
    page = cast.client("cat").get(f"{PAGE}/reach").get_data(as_text=True)
    assert "Publish it first" in page
    assert "<img" not in page
    assert cast.client("cat").get(f"{PAGE}/poster").status_code == 404
    assert cast.client("cat").get(f"{PAGE}/qr.svg").status_code == 404


@pytest.mark.usefixtures("park")
def test_the_address_on_a_poster_leads_to_the_survey_and_keeps_the_place(cast: Cast) -> None:
    page = cast.client("cat").get(f"{PAGE}/reach?place=gate").get_data(as_text=True)
    found = re.search(rf'href="({re.escape(PUBLIC)}/s/park\?lang=cy&amp;via=gate)"', page)
    assert found is not None
    first = cast.app.test_client().get(found[1].replace("&amp;", "&").removeprefix(PUBLIC))
    assert first.status_code == 200
    assert "via=gate" in first.get_data(as_text=True)
