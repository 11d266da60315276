"""Who may see results, and who may take answers away."""

from __future__ import annotations

import pytest

from svvoice.authoring import actions as authoring
from svvoice.store import audit
from svvoice.store.database import Database
from tests.cast import Cast
from tests.publishing import PUBLISHED
from tests.results.park import PARK, Park, published

FILES = ("responses.csv", "responses.csv?format=labels", "codebook.csv")
WRITTEN = "results/more"


@pytest.fixture
def park(database: Database, cast: Cast) -> Park:
    park = published(database, cast.hillside)
    park.answers({"more": "The swings are broken"})
    return park


@pytest.mark.parametrize("page", ["results", WRITTEN, *FILES])
def test_nobody_sees_anything_without_signing_in(park: Park, cast: Cast, page: str) -> None:
    response = cast.app.test_client().get(f"/o/hillside/surveys/park/{page}")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("page", [WRITTEN, *FILES])
def test_a_viewer_sees_no_single_answers(park: Park, cast: Cast, page: str) -> None:
    assert cast.client("cat").get(f"/o/hillside/surveys/park/{page}").status_code == 403


@pytest.mark.parametrize("person", ["ada", "ben"])
@pytest.mark.parametrize("page", ["results", WRITTEN, *FILES])
def test_owners_and_editors_see_all(park: Park, cast: Cast, person: str, page: str) -> None:
    assert cast.client(person).get(f"/o/hillside/surveys/park/{page}").status_code == 200


@pytest.mark.parametrize("page", ["results", WRITTEN, *FILES])
def test_another_organisation_finds_nothing(park: Park, cast: Cast, page: str) -> None:
    rae = cast.client("rae")
    assert rae.get(f"/o/hillside/surveys/park/{page}").status_code == 404
    assert rae.get(f"/o/riverside/surveys/park/{page}").status_code == 404


@pytest.mark.parametrize("page", ["results", WRITTEN, *FILES])
def test_a_survey_that_was_never_published_has_no_results(database: Database, cast: Cast, page: str) -> None:
    import json

    content = json.dumps(PARK).encode()
    authoring.import_document(database, cast.hillside, content, None, PUBLISHED)
    assert cast.client("ada").get(f"/o/hillside/surveys/park/{page}").status_code == 404


def test_answers_of_two_organisations_never_meet(park: Park, database: Database, cast: Cast) -> None:
    theirs = published(database, cast.riverside, slug="river")
    theirs.answers({"more": "The river is high"})

    ours = cast.client("ada").get("/o/hillside/surveys/park/responses.csv").data.decode()

    assert "The swings are broken" in ours
    assert "The river is high" not in ours


def test_each_download_is_noted_before_it_begins(park: Park, database: Database, cast: Cast) -> None:
    ben = cast.client("ben")
    for name in FILES:
        ben.get(f"/o/hillside/surveys/park/{name}")

    with database.reading() as session:
        events = audit.events(session, cast.hillside)

    noted = [(event.account_id, event.subject) for event in events if event.action == "responses.exported"]
    by = cast.accounts["ben"]
    assert sorted(noted) == [(by, "park codebook"), (by, "park csv"), (by, "park csv-labels")]


def test_a_refused_download_is_not_noted(park: Park, database: Database, cast: Cast) -> None:
    cast.client("cat").get("/o/hillside/surveys/park/responses.csv")
    with database.reading() as session:
        assert "responses.exported" not in {event.action for event in audit.events(session, cast.hillside)}
