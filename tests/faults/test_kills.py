"""kill -9, again and again, while people answer: nobody's answer is lost or counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import fresh_address
from tests.faults.kills import Storm, fill, ride_out

pytestmark = pytest.mark.xdist_group("faults")


def test_ten_kills_lose_nothing_and_double_nothing(address: str, tmp_path: Path) -> None:
    fill(address)
    outcome = ride_out(address, tmp_path, Storm(kills=10))
    assert outcome.told.surprises == []
    assert outcome.reckoning.lost == []
    assert outcome.reckoning.doubled == []
    assert outcome.reckoning.integrity == "ok"
    assert outcome.told.acknowledged > 100
    assert outcome.told.tries_again > 0


def test_control_telling_people_before_the_commit_would_lose_answers(tmp_path: Path) -> None:
    address = fresh_address("sqlite", tmp_path)
    fill(address)
    storm = Storm(kills=3, web=0, texting=4, group_only=True, answers_between=4)
    assert ride_out(address, tmp_path, storm, "tests.faults.careless:app").reckoning.lost
