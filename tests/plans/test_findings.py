"""Findings and evidence: frozen with words and numbers, put under a promise for good, answered and never taken away."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from svvoice.store import findings
from svvoice.store.findings import StoredFinding
from svvoice.store.tables import FindingRow
from tests.cast import Cast
from tests.plans.street import Street, finding_id, makes_finding, text

ADDRESS = "/o/hillside/surveys/street/findings/new?question=safe"
SENTENCE = "60 in 100 do not feel safe after dark. 18 of the 30 who answered."


@pytest.fixture
def answered(street: Street) -> Street:
    street.people_answer(12, {"safe": "yes"})
    street.people_answer(12, {"safe": "no"}, after=24)
    street.people_answer(6, {"safe": "rarely"}, channel="sms", language="pl", after=48)
    return street


def kept(street: Street, finding: UUID) -> StoredFinding:
    with street.database.reading() as session:
        found = findings.finding(session, street.ours, finding)
    assert found is not None
    return found


def test_a_finding_is_frozen_whole(answered: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    stored = kept(answered, finding_id(makes_finding(ben)))
    document = json.loads(stored.document)
    wording = document.pop("wordings")[0]
    assert document == {
        "svvoice_finding": 1,
        "survey": "street",
        "versions": [1],
        "question": "safe",
        "choices": ["no", "rarely"],
        "claim": "do not feel safe after dark",
        "sentence": SENTENCE,
        "n": 18,
        "base": 30,
        "share": 0.6,
        "low": 0.423204,
        "high": 0.754094,
        "group_by": None,
        "group": None,
        "channels": {"sms": "fewer_than_10", "web": "companion"},
        "languages": {"en": "companion", "pl": "fewer_than_10"},
        "first_answer": "2026-03-02",
        "last_answer": "2026-03-04",
        "kept_back": [],
        "content_hash": stored.content_hash,
    }
    assert wording["text"]["cy"] == "Ydych chi’n teimlo’n saff?"
    page = text(ben.get(f"/o/hillside/findings/{stored.id}"))
    assert SENTENCE in page
    assert "Czy czujesz się bezpiecznie?" in page
    assert "its mark still fits" in page


def test_a_finding_and_the_choice_of_surveys_are_told_in_words_not_ids(answered: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    page = text(ben.get(f"/o/hillside/findings/{kept(answered, finding_id(makes_finding(ben))).id}"))
    assert "Survey Your street, version 1 Question Do you feel safe?" in page
    assert "From the survey Your street" in text(ben.get(f"/o/hillside/plan/{answered.promise}/evidence"))


def test_later_answers_leave_a_finding_as_it_was(answered: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    finding = finding_id(makes_finding(ben))
    answered.people_answer(20, {"safe": "yes"}, after=72)
    assert SENTENCE in text(ben.get(f"/o/hillside/findings/{finding}"))
    assert finding_id(makes_finding(ben)) != finding


def test_the_same_finding_twice_is_one(answered: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    assert finding_id(makes_finding(ben)) == finding_id(makes_finding(ben))


def test_a_sentence_that_has_moved_on_is_shown_again_and_not_kept(answered: Street, cast: Cast) -> None:
    form = {"choices": ["no"], "claim": "do not feel safe", "do": "keep", "seen": "what stood there before"}
    response = cast.client("ben").post(ADDRESS, data=form)
    assert response.status_code == 422
    assert "somebody has answered since" in text(response)
    with answered.database.reading() as session:
        assert findings.findings_of(session, answered.ours) == []


@pytest.mark.parametrize("changed", [{"document": '{"svvoice_finding": 1}'}, {"content_hash": "another"}, "number"])
def test_a_document_that_somebody_changed_is_noticed_and_not_shown(
    answered: Street, cast: Cast, changed: dict[str, str] | str
) -> None:
    ben = cast.client("ben")
    stored = kept(answered, finding_id(makes_finding(ben)))
    values = changed if isinstance(changed, dict) else {"document": stored.document.replace('"n": 18', '"n": 28')}
    with answered.database.transaction() as session:
        session.execute(update(FindingRow).where(FindingRow.organisation_id == answered.ours).values(**values))
    page = text(ben.get(f"/o/hillside/findings/{stored.id}"))
    assert "This finding is not as it was kept" in page
    assert "18 of the 30" not in page
    assert "28 of the 30" not in page


def test_fewer_than_ten_answers_make_no_finding(street: Street, cast: Cast) -> None:
    street.people_answer(9, {"safe": "no"})
    ben = cast.client("ben")
    page = text(ben.get(ADDRESS))
    assert "Fewer than 10 people answered this." in page
    assert "See the sentence" not in page
    refused = ben.post(ADDRESS, data={"choices": ["no"], "claim": "do not feel safe", "do": "keep", "seen": ""})
    assert refused.status_code == 422
    with street.database.reading() as session:
        assert findings.findings_of(session, street.ours) == []


def test_a_small_group_and_a_small_sensitive_number_make_no_finding(answered: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    small = makes_finding(ben, group="language:pl", choices=["rarely"])
    assert small.status_code == 422
    assert "Fewer than 10 people answered this. A finding needs 10" in text(small)
    answered.people_answer(3, {"ill": "yes"}, after=96)
    answered.people_answer(20, {"ill": "no"}, after=97)
    sensitive = ben.post(ADDRESS.replace("safe", "ill"), data={"choices": ["yes"], "claim": "are ill", "do": "look"})
    assert sensitive.status_code == 422
    assert "A finding needs 10" in text(sensitive)


def test_a_finding_can_be_about_one_way_of_answering(answered: Street, cast: Cast) -> None:
    answered.people_answer(12, {"safe": "rarely"}, after=96)
    for hour, value in enumerate(("no", "yes", "rarely"), start=120):
        answered.people_answer(20, {"safe": value}, channel="sms", after=hour)
    ben = cast.client("ben")
    looked = ben.post(
        ADDRESS, data={"choices": ["no"], "group": "channel:web", "claim": "do not feel safe", "do": "look"}
    )
    assert "33 in 100 do not feel safe. 12 of the 36 who answered by page." in text(looked)


def test_what_people_type_makes_no_finding(street: Street, cast: Cast) -> None:
    street.people_answer(12, {"more": "A secret of mine"})
    page = text(cast.client("ben").get(ADDRESS.replace("safe", "more")))
    assert "People answer this in their own words." in page
    assert "A secret of mine" not in page


def test_made_up_people_make_no_finding(street: Street, cast: Cast) -> None:
    street.people_answer(30, {"safe": "no"}, status="test")
    assert "Fewer than 10 people answered this." in text(cast.client("ben").get(ADDRESS))


def test_evidence_keeps_its_direction_and_can_be_answered(answered: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    finding = finding_id(makes_finding(ben))
    evidence = answered.address("plan/{promise}/evidence?finding={finding}", finding=finding)
    ben.post(evidence, data={"direction": "against", "note": "Lights keep people awake"})
    again = ben.post(evidence, data={"direction": "supports", "note": ""}, follow_redirects=True)
    assert "It stood there already." in text(again)

    with answered.database.reading() as session:
        line = findings.evidence_for(session, answered.ours, answered.promise)[0]
    answers = answered.address("plan/{promise}/evidence/{evidence}/answers", evidence=line.id)
    form = {"new_id": str(uuid4()), "words": "These lights dim at 11 pm."}
    for _ in range(2):
        assert ben.post(answers, data=form).status_code == 303
    page = text(ben.get("/o/hillside/plan"))
    assert f"Goes against {SENTENCE}" in page
    assert page.count("We answered: These lights dim at 11 pm.") == 1


def test_evidence_points_somewhere(answered: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    evidence = answered.address("plan/{promise}/evidence?finding={finding}", finding=finding_id(makes_finding(ben)))
    response = ben.post(evidence, data={"direction": "sideways"})
    assert response.status_code == 422
    assert ben.post(evidence, data={}).status_code == 422


def test_no_page_and_no_function_takes_evidence_away(app: Flask, answered: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    finding = finding_id(makes_finding(ben))
    evidence = answered.address("plan/{promise}/evidence?finding={finding}", finding=finding)
    ben.post(evidence, data={"direction": "against", "note": ""})
    for method in ("DELETE", "PUT", "PATCH"):
        for page in ("plan/{promise}/evidence", "plan/{promise}/evidence/{finding}", "findings/{finding}"):
            status = ben.open(answered.address(page, finding=finding), method=method).status_code
            assert status in {404, 405}
    assert not [rule for rule in app.url_map.iter_rules() if rule.methods and "DELETE" in rule.methods]
    with answered.database.reading() as session:
        assert len(findings.evidence_for(session, answered.ours, answered.promise)) == 1


APPEND_ONLY = {"FindingRow", "EvidenceLinkRow", "EvidenceAnswerRow"}


def test_nothing_in_the_store_changes_or_deletes_evidence() -> None:
    touched = []
    for path in Path("svvoice").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"update", "delete"}:
                touched += [name.id for name in ast.walk(node) if isinstance(name, ast.Name)]
    assert not APPEND_ONLY & set(touched)
    assert "CommitmentRow" in touched  # the search does find what is changed


def test_another_organisations_findings_are_not_there(answered: Street, cast: Cast) -> None:
    finding = finding_id(makes_finding(cast.client("ben")))
    sam = cast.client("sam")
    assert sam.get(f"/o/riverside/findings/{finding}").status_code == 404
    assert sam.get(f"/o/hillside/findings/{finding}").status_code == 404
    evidence = answered.address("plan/{promise}/evidence?finding={finding}", finding=finding)
    response = sam.post(evidence.replace("hillside", "riverside"), data={"direction": "supports"})
    assert response.status_code == 404
    mine = cast.client("ben").post(
        answered.address("plan/{promise}/evidence?finding={finding}", finding=uuid4()), data={"direction": "supports"}
    )
    assert mine.status_code == 404
