"""The plan itself: begun, filled, changed, and shown with the one next step."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.plans.street import Street, hidden, text

PROMISE = {
    "words_en": "Leeds Road is lit after dark",
    "words_cy": "Mae Leeds Road wedi’i goleuo",
    "owner": "Sana Iqbal, streets lead",
    "due": "2027-03-31",
    "answer_due": "2026-11-01",
    "status": "under_way",
}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVVOICE_NOW", "2026-11-24T12:00:00+00:00")


def begin_plan(client: FlaskClient, new_id: str = "") -> None:
    form = {"new_id": new_id or str(uuid4()), "title": "Our plan", "starts": "2026-04-01", "ends": "2027-03-31"}
    assert client.post("/o/hillside/plan/new", data=form).status_code == 303


def test_an_empty_plan_says_what_to_do_first(cast: Cast) -> None:
    page = text(cast.client("ben").get("/o/hillside/plan"))
    assert "Next: Give the plan a name and a year. Begin the plan" in page
    seen_by_viewer = text(cast.client("cat").get("/o/hillside/plan"))
    assert "Begin the plan" not in seen_by_viewer


def test_a_plan_grows_from_its_name_to_what_we_say_of_a_promise(cast: Cast) -> None:
    ben = cast.client("ben")
    begin_plan(ben)
    assert "Next: Say what will be different, and for whom. Add an outcome" in text(ben.get("/o/hillside/plan"))

    outcome = str(uuid4())
    form = {"new_id": outcome, "statement": "People walk home unafraid", "informs": "SVM25-O1 WFG5"}
    ben.post("/o/hillside/plan/outcomes/new", data=form)
    assert "Next: Promise something: what, by whom, by when. Add a promise" in text(ben.get("/o/hillside/plan"))

    promise = str(uuid4())
    ben.post("/o/hillside/plan/promises/new", data={"new_id": promise, "outcome": outcome, **PROMISE})
    said = {"new_id": str(uuid4()), "words": "2 of 6 lights are in."}
    ben.post(f"/o/hillside/plan/{promise}/progress", data=said)

    page = text(ben.get("/o/hillside/plan"))
    assert "Our plan, 1 April 2026 to 31 March 2027 1 promise. 0 decided. 0 with evidence wait for an answer." in page
    assert "People walk home unafraid SVM25-O1, WFG5." in page
    assert (
        "1. Leeds Road is lit after dark Sana Iqbal, streets lead. Due 31 March 2027. "
        "Answer promised by 1 November 2026. 23 days late" in page
    )
    assert "What we say 2 of 6 lights are in. Ben, 24 November 2026" in page
    assert "What people say Nobody’s answers stand under this promise yet." in page


def test_a_button_pressed_twice_makes_one_of_each(cast: Cast) -> None:
    ben = cast.client("ben")
    plan, outcome, promise, said = (str(uuid4()) for _ in range(4))
    for _ in range(2):
        begin_plan(ben, plan)
        ben.post("/o/hillside/plan/outcomes/new", data={"new_id": outcome, "statement": "People walk home unafraid"})
        ben.post("/o/hillside/plan/promises/new", data={"new_id": promise, "outcome": outcome, **PROMISE})
        ben.post(f"/o/hillside/plan/{promise}/progress", data={"new_id": said, "words": "2 of 6 lights are in."})
    page = text(ben.get("/o/hillside/plan"))
    assert "1 promise." in page
    assert page.count("People walk home unafraid") == 1
    assert page.count("2 of 6 lights are in.") == 1
    assert "Other plans" not in page


def test_what_is_missing_is_said_at_the_field_and_what_was_typed_stays(street: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    response = ben.post("/o/hillside/plan/promises/new", data={**PROMISE, "words_en": " ", "due": "soon"})
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "<title>Error: Add a promise" in page
    assert "Write the promise in English." in page
    assert "Sana Iqbal, streets lead" in page
    assert 'value="soon"' in page


def test_a_plan_must_end_after_it_starts(cast: Cast) -> None:
    form = {"new_id": str(uuid4()), "title": "Our plan", "starts": "2027-04-01", "ends": "2027-03-31"}
    response = cast.client("ben").post("/o/hillside/plan/new", data=form)
    assert response.status_code == 422
    assert "The plan must end after it starts." in text(response)


def test_a_promise_can_be_put_into_other_words(street: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    address = street.address("plan/{promise}/promise")
    assert hidden(ben.get(address), "words_cy") == "Mae Leeds Road wedi’i goleuo"
    outcome = {"outcome": chosen_outcome(ben, address)}
    assert ben.post(address, data={**PROMISE, **outcome, "status": "dropped"}).status_code == 303
    assert "Will not happen" not in text(ben.get("/o/hillside/plan"))  # late comes first
    changed = {**PROMISE, **outcome, "answer_due": "", "status": "dropped"}
    assert ben.post(address, data=changed).status_code == 303
    assert "Will not happen" in text(ben.get("/o/hillside/plan"))


def chosen_outcome(client: FlaskClient, address: str) -> str:
    page = client.get(address).get_data(as_text=True)
    return page.split('<option selected value="', 1)[1].split('"', 1)[0]


@pytest.mark.parametrize(
    "page",
    [
        "plan/new",
        "plan/outcomes/new",
        "plan/promises/new",
        "plan/{promise}/promise",
        "plan/{promise}/progress",
        "plan/{promise}/evidence",
        "plan/{promise}/decision",
        "surveys/street/findings/new",
    ],
)
def test_only_editors_write(street: Street, cast: Cast, page: str) -> None:
    assert cast.client("cat").get(street.address(page)).status_code == 403
    assert cast.client("ben").get(street.address(page)).status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "plan/{promise}/promise",
        "plan/{promise}/progress",
        "plan/{promise}/evidence",
        "plan/{promise}/decision",
        "surveys/street/findings/new",
        "surveys/street/findings/new?question=safe",
    ],
)
def test_another_organisations_promises_and_surveys_are_not_there(street: Street, cast: Cast, page: str) -> None:
    sam = cast.client("sam")
    address = street.address(page).replace("/o/hillside/", "/o/riverside/")
    assert sam.get(address).status_code == 404
    assert sam.post(address, data=PROMISE | {"words": "Ours now"}).status_code == 404
    assert sam.get(street.address(page)).status_code == 404
