"""From answers to a finding, to a promise, to a decision, to the public page and a text."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.plans.street import Street, finding_id, makes_finding, publishes, text, writes_decision


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVVOICE_NOW", "2026-11-24T12:00:00+00:00")


def test_answers_become_a_decision_that_everybody_can_read(street: Street, cast: Cast) -> None:
    street.people_answer(21, {"safe": "no"})
    street.people_answer(10, {"safe": "yes"}, channel="sms", after=24)
    told = street.asks_to_be_told("+447700900101")
    ben = cast.client("ben")

    kept = makes_finding(ben)
    assert kept.status_code == 303, text(kept)
    evidence = street.address("plan/{promise}/evidence?finding={finding}", finding=finding_id(kept))
    assert ben.post(evidence, data={"direction": "supports", "note": ""}).status_code == 303

    plan = text(ben.get(street.address("plan")))
    assert "68 in 100 do not feel safe after dark. 21 of the 31 who answered." in plan
    assert "By text and by page, 2 March 2026 to 3 March 2026" in plan
    assert "23 days late" in plan
    assert "Next: promise 1 is 23 days late. People were told 1 November 2026. Write the decision" in plan

    waiting = text(ben.get("/s/street/what-people-said"))
    assert "Leeds Road is lit after dark No answer yet. 23 days late. We promised one by 1 November 2026." in waiting

    decision = writes_decision(ben, street)
    assert "Published. 1 person will be texted, by day only." in publishes(ben, decision)
    assert street.texts() == {
        told: "Hillside Trust: You said: Leeds Road is too dark at night. We decided: Yes. "
        "Read more: http://127.0.0.1:8000/s/street/what-people-said Text STOP to end."
    }

    page = text(ben.get("/s/street/what-people-said"))
    assert "30 people answered, from 2 March 2026 to 3 March 2026. 10 of them" not in page
    assert "You said Leeds Road is too dark at night. Yes Six new lights by 31 March." in page
    assert "Without you: We would have mended two." in page
    assert "No answer yet" not in page
    plan = text(ben.get(street.address("plan")))
    assert "On the public page. 0 of 1 texts have arrived so far." in plan
    assert "Nothing waits." in plan
