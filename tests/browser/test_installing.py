"""Where no browser can be had, that is said: a failure where the tests run by themselves, a warning elsewhere."""

from __future__ import annotations

from functools import cache

import pytest

from tests.browser import installing


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_without_a_browser_it_says_which_tests_are_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, status: int
) -> None:
    monkeypatch.setattr(installing, "browser_path", cache(lambda: None))
    monkeypatch.setattr(installing, "install", lambda: None)
    monkeypatch.setenv("CI", ci)
    assert installing.main() == status
    assert capsys.readouterr().out.splitlines() == ["Installing a browser for the tests.", installing.LEFT_OUT]
