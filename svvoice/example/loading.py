"""Makes the example organisation where it is missing: a survey, people, a plan, findings and decisions.

Each step looks whether it is done already, so that a first start that was broken off goes on at the next one.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from svvoice.authoring import actions as authoring
from svvoice.clock import london_day
from svvoice.core.decisions import Difference, Verdict
from svvoice.core.evidence import Direction, Refused
from svvoice.errors import SvvoiceError
from svvoice.example.seeding import seed
from svvoice.plans import actions as planning
from svvoice.plans import decision_actions, finding_actions
from svvoice.plans.actions import By
from svvoice.plans.finding_actions import Frozen
from svvoice.plans.numbers import Asked, finding_of
from svvoice.store import contacts, decisions, organisations, plans, responses, senders, surveys, tell_backs
from svvoice.store.database import Database
from svvoice.store.decisions import Decided
from svvoice.store.plans import Commitment
from svvoice.store.sealing import Sealer

HERE = Path(__file__).parent
ORGANISATION = "leeds-road"
NAME = "Leeds Road Community Trust"
SLUG = "home"
NUMBER = "+447700900142"
"""One of the numbers that Ofcom keeps for stories: nobody has it."""
PEOPLE = 412
ASKED_TO_BE_TOLD = 12


def load(database: Database, sealer: Sealer, public_url: str, now: datetime) -> UUID:
    """Everything that the example organisation lacks; nothing that is there is touched. Gives its id."""
    organisation_id = organisation(database, now)
    survey_id = _survey(database, organisation_id, public_url, now)
    _people(database, organisation_id, survey_id, now)
    _waiting(database, sealer, organisation_id, survey_id, now)
    by = By(None, now)
    with database.reading() as session:
        is_planned = bool(plans.plans_of(session, organisation_id))
    if not is_planned:
        _plan(database, organisation_id, by)
    _decide(database, organisation_id, public_url, by)
    return organisation_id


def organisation(database: Database, now: datetime) -> UUID:
    """The example organisation's id; it is made the first time."""
    with database.transaction() as session:
        known = organisations.all_slugs(session).get(ORGANISATION)
        if known is not None:
            return known
        made = organisations.add(session, slug=ORGANISATION, name=NAME, now=now, is_example=True)
        if made is None:
            raise SvvoiceError("The example organisation could not be made.")
        senders.add(session, made, NUMBER)
        return made


def _survey(database: Database, organisation_id: UUID, public_url: str, now: datetime) -> UUID:
    with database.reading() as session:
        record = surveys.survey_called(session, organisation_id, SLUG)
    if record is None or record.version == 0:
        asked = now - timedelta(days=43)
        authoring.import_document(database, organisation_id, (HERE / "survey.json").read_bytes(), None, asked)
        languages = ["en", "cy", "pl", "ur"]
        done = authoring.publish(database, organisation_id, SLUG, languages, public_url, None, asked)
        if not isinstance(done, authoring.Published):
            raise SvvoiceError(f"The example survey could not be published: {done}")
    with database.reading() as session:
        record = surveys.survey_called(session, organisation_id, SLUG)
    if record is None:
        raise SvvoiceError("The example survey is missing.")
    return record.id


def _people(database: Database, organisation_id: UUID, survey_id: UUID, now: datetime) -> None:
    with database.reading() as session:
        missing = PEOPLE - responses.made_up(session, organisation_id, survey_id, PEOPLE)
        survey = surveys.published(session, organisation_id, survey_id, 1)
    if missing == PEOPLE and survey is not None:
        first, last = now - timedelta(days=42), now - timedelta(days=13)
        seed(database, organisation_id, survey_id, survey, PEOPLE, first, last)


def _waiting(database: Database, sealer: Sealer, organisation_id: UUID, survey_id: UUID, now: datetime) -> None:
    """Some made-up numbers that asked to be told what happens."""
    with database.transaction() as session:
        for place in range(ASKED_TO_BE_TOLD):
            number = f"+4477009002{place:02d}"
            language = ("en", "en", "ur", "en", "pl", "cy")[place % 6]
            contact = contacts.find_or_make(session, sealer, organisation_id, number, now)
            tell_backs.ask(session, organisation_id, survey_id, contact.id, language=language, now=now)


def _plan(database: Database, organisation_id: UUID, by: By) -> None:
    story = _story()
    plan_id = _id(organisation_id, "plan")
    dates = {name: date.fromisoformat(story[name]) for name in ("starts", "ends")}
    planning.begin_plan(database, organisation_id, plan_id, by, title=story["title"], **dates)
    for outcome in story["outcomes"]:
        planning.add_outcome(
            database,
            organisation_id,
            _id(organisation_id, outcome["id"]),
            by,
            plan_id=plan_id,
            statement=outcome["statement"],
            informs=outcome["informs"],
        )
    for promise in story["promises"]:
        _promise(database, organisation_id, promise, by)


def _promise(database: Database, organisation_id: UUID, promise: dict[str, Any], by: By) -> None:
    commitment_id = _id(organisation_id, promise["id"])
    made = Commitment(
        id=commitment_id,
        outcome_id=_id(organisation_id, promise["outcome"]),
        words=promise["words"],
        owner=promise["owner"],
        due=date.fromisoformat(promise["due"]),
        answer_due=london_day(by.now + timedelta(days=promise["answer_due_in_days"])),
        status=promise["status"],
    )
    planning.add_promise(database, organisation_id, made, by)
    if promise["update"]:
        update_id = _id(organisation_id, f"update {promise['id']}")
        planning.say_progress(
            database,
            organisation_id,
            update_id,
            by,
            commitment_id=commitment_id,
            words=promise["update"],
            name=promise["owner"],
        )


def _decide(database: Database, organisation_id: UUID, public_url: str, by: By) -> None:
    """Findings, the evidence they are, and two decisions: one "yes", one "no, because". The third promise is late."""
    story = _story()
    with database.reading() as session:
        if any(decision.published_at for decision in decisions.decisions_of(session, organisation_id)):
            return
    found = {finding["id"]: _freeze(database, organisation_id, finding, by) for finding in story["findings"]}
    for evidence in story["evidence"]:
        _attach(database, organisation_id, evidence, found[evidence["finding"]], by)
    for decision in story["decisions"]:
        _publish(database, organisation_id, decision, public_url, by)


def _freeze(database: Database, organisation_id: UUID, finding: dict[str, Any], by: By) -> UUID:
    asked = Asked(SLUG, finding["question"], tuple(finding["choices"]), finding["claim"])
    seen = finding_of(finding_actions.numbers(database, organisation_id, asked), asked)
    if isinstance(seen, Refused):
        raise SvvoiceError(f"The example finding {finding['id']} was refused: {seen.reason}")
    kept = finding_actions.freeze(database, organisation_id, asked, seen.content_hash, by)
    if not isinstance(kept, Frozen):
        raise SvvoiceError(f"The example finding {finding['id']} could not be kept.")
    return kept.finding_id


def _attach(database: Database, organisation_id: UUID, evidence: dict[str, Any], finding_id: UUID, by: By) -> None:
    commitment_id = _id(organisation_id, evidence["promise"])
    finding_actions.attach(
        database,
        organisation_id,
        commitment_id,
        finding_id,
        by,
        direction=Direction(evidence["direction"]),
        note=evidence["note"],
    )
    if not evidence["answer"]:
        return
    shelf = finding_actions.shelf(database, organisation_id)
    here = (one for one in shelf.evidence if one.commitment_id == commitment_id)
    attached = next(one for one in here if one.finding.id == finding_id)
    answer_id = _id(organisation_id, f"answer {evidence['finding']}")
    finding_actions.answer(database, organisation_id, commitment_id, attached.id, answer_id, evidence["answer"], by)


def _publish(database: Database, organisation_id: UUID, decision: dict[str, Any], public_url: str, by: By) -> None:
    commitment_id = _id(organisation_id, decision["promise"])
    decided = Decided(
        verdict=Verdict(decision["verdict"]),
        heard=decision["heard"],
        reason=decision["reason"],
        otherwise=decision["otherwise"],
        difference=Difference(decision["difference"]),
    )
    written = decision_actions.write(database, organisation_id, commitment_id, decided, by)
    if not isinstance(written, decision_actions.Written):
        raise SvvoiceError(f"The example decision on {decision['promise']} is not ready: {written}")
    decision_actions.publish(
        database,
        organisation_id,
        commitment_id,
        written.decision_id,
        by,
        seen=decision_actions.digest(decided),
        name=NAME,
        public_url=public_url,
    )


def _id(organisation_id: UUID, name: str) -> UUID:
    """The same name in the same organisation is the same thing, however often this runs."""
    return uuid5(organisation_id, name)


def _story() -> dict[str, Any]:
    story: dict[str, Any] = json.loads((HERE / "plan.json").read_text(encoding="utf-8"))
    return story
