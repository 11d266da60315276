"""Nobody across: every staff address tried logged out, with too small a role, and by another organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.routing import Rule

from svvoice.core.decisions import Difference, Verdict
from svvoice.core.evidence import Direction, Refused
from svvoice.example.seeding import seed
from svvoice.plans import actions as planning
from svvoice.plans import decision_actions, finding_actions
from svvoice.plans.actions import By
from svvoice.plans.finding_actions import Frozen
from svvoice.plans.numbers import Asked, finding_of
from svvoice.store import surveys
from svvoice.store.database import Database
from svvoice.store.decisions import Decided
from svvoice.store.plans import Commitment
from svvoice.store.tables import OrganisationRow
from svvoice.web.access import Who
from tests.cast import Cast
from tests.conftest import Hands
from tests.publishing import document, publish

CANARY = "Canary of Hillside"
RANKS = [Who.VIEWER, Who.EDITOR, Who.OWNER]
HILLSIDE = {Who.VIEWER: "cat", Who.EDITOR: "ben", Who.OWNER: "ada"}


@dataclass(frozen=True)
class Things:
    """What Hillside has, by the names that addresses use."""

    values: dict[str, Any]

    def address(self, rule: Rule, organisation: str) -> str:
        missing = set(rule.arguments) - set(self.values) - {"organisation"}
        assert not missing, f"{rule} needs a value for {missing}: add one to this test"
        built = rule.build({**self.values, "organisation": organisation}, append_unknown=False)
        assert built is not None
        return built[1]


@pytest.fixture
def things(cast: Cast, database: Database, hands: Hands) -> Things:
    """A survey with people, a plan, a promise, a finding, evidence and a decision, all Hillside's."""
    now = hands.now()
    with database.transaction() as session:
        session.execute(update(OrganisationRow).where(OrganisationRow.id == cast.hillside).values(is_example=True))
    survey_id = publish(
        database, cast.hillside, document("park") | {"title": {"en": CANARY, "cy": CANARY, "pl": CANARY, "ur": CANARY}}
    )
    with database.reading() as session:
        survey = surveys.published(session, cast.hillside, survey_id, 1)
    assert survey is not None
    seed(database, cast.hillside, survey_id, survey, 60, now, now)
    by = By(cast.accounts["ada"], now)
    ids = {name: uuid5(cast.hillside, name) for name in ("plan", "outcome", "commitment", "answer")}
    _plan(database, cast.hillside, ids, by)
    asked = Asked("park", "want", ("trees",), f"{CANARY} want trees")
    seen = finding_of(finding_actions.numbers(database, cast.hillside, asked), asked)
    assert not isinstance(seen, Refused)
    kept = finding_actions.freeze(database, cast.hillside, asked, seen.content_hash, by)
    assert isinstance(kept, Frozen)
    finding_actions.attach(
        database, cast.hillside, ids["commitment"], kept.finding_id, by, direction=Direction.SUPPORTS, note=CANARY
    )
    evidence = finding_actions.shelf(database, cast.hillside).evidence[0].id
    words = {"en": CANARY}
    decided = Decided(Verdict.YES, words, words, words, Difference.CHANGED)
    written = decision_actions.write(database, cast.hillside, ids["commitment"], decided, by)
    assert isinstance(written, decision_actions.Written)
    return Things(
        {
            "slug": "park",
            "question": "change",
            "number": 1,
            "plan": ids["plan"],
            "outcome": ids["outcome"],
            "commitment": ids["commitment"],
            "finding": kept.finding_id,
            "evidence": evidence,
            "decision": written.decision_id,
            "account": cast.accounts["ben"],
        }
    )


def _plan(database: Database, organisation_id: UUID, ids: dict[str, UUID], by: By) -> None:
    day = by.now.date()
    planning.begin_plan(database, organisation_id, ids["plan"], by, title=CANARY, starts=day, ends=day)
    planning.add_outcome(
        database, organisation_id, ids["outcome"], by, plan_id=ids["plan"], statement=CANARY, informs=[]
    )
    promise = Commitment(ids["commitment"], ids["outcome"], {"en": CANARY}, CANARY, day, day, "planned")
    planning.add_promise(database, organisation_id, promise, by)


def staff_rules(app: Flask) -> list[tuple[Rule, str, Who]]:
    """Every staff address with each of its methods and who may see it."""
    found = []
    for rule in app.url_map.iter_rules():
        allowed = getattr(app.view_functions[rule.endpoint], "__who__", None)
        if allowed in RANKS:
            found += [(rule, method, allowed) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


def ask(client: FlaskClient, method: str, address: str) -> Any:
    return client.open(address, method=method)


def test_nobody_signed_out_sees_a_staff_page(app: Flask, client: FlaskClient, things: Things) -> None:
    for rule, method, _ in staff_rules(app):
        response = ask(client, method, things.address(rule, "hillside"))
        assert response.status_code == 302, rule
        assert response.headers["Location"].startswith("/sign-in"), rule
        assert CANARY not in response.get_data(as_text=True), rule


def test_another_organisations_owner_finds_nothing_at_hillsides_addresses(
    app: Flask, cast: Cast, things: Things
) -> None:
    rae = cast.client("rae")
    for rule, method, _ in staff_rules(app):
        response = ask(rae, method, things.address(rule, "hillside"))
        assert response.status_code == 404, rule
        assert CANARY not in response.get_data(as_text=True), rule


def test_hillsides_things_are_not_found_through_ones_own_organisation(app: Flask, cast: Cast, things: Things) -> None:
    rae = cast.client("rae")
    tried = 0
    for rule, method, _ in staff_rules(app):
        response = ask(rae, method, things.address(rule, "riverside"))
        assert CANARY not in response.get_data(as_text=True), rule
        if set(rule.arguments) - {"organisation"}:
            tried += 1
            assert response.status_code == 404, f"{method} {rule} gave {response.status_code}"
    assert tried > 20


def test_a_smaller_role_is_refused(app: Flask, cast: Cast, things: Things) -> None:
    tried = 0
    for rule, method, allowed in staff_rules(app):
        for role in RANKS[: RANKS.index(allowed)]:
            tried += 1
            response = ask(cast.client(HILLSIDE[role]), method, things.address(rule, "hillside"))
            assert response.status_code == 403, f"{method} {rule} for a {role}"
            assert CANARY not in response.get_data(as_text=True), rule
    assert tried > 20


def test_the_right_role_gets_in(app: Flask, cast: Cast, things: Things) -> None:
    """So that the refusals above are not refusals of an address that is wrong for everybody."""
    for rule, method, allowed in staff_rules(app):
        if method == "GET":
            response = ask(cast.client(HILLSIDE[allowed]), method, things.address(rule, "hillside"))
            assert response.status_code == 200, f"{rule} for {allowed}: {response.status_code}"
