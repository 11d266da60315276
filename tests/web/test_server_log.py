"""gunicorn's log goes through ours, and ours keeps requests to itself."""

from __future__ import annotations

import logging
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from gunicorn.config import Config  # type: ignore[import-untyped]

from svvoice.web.server_log import ServerLog

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def log() -> Iterator[ServerLog]:
    config = Config()
    config.set("accesslog", "-")
    yield ServerLog(config)
    for name in ("gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).handlers.clear()


def test_gunicorn_is_told_to_use_it() -> None:
    assert runpy.run_path(str(ROOT / "gunicorn.conf.py"))["logger_class"] == "svvoice.web.server_log.ServerLog"


def test_a_request_that_cannot_be_read_is_not_repeated(log: ServerLog, caplog: pytest.LogCaptureFixture) -> None:
    log.warning("Invalid request from ip=192.0.2.1: Invalid HTTP method: 'answer=zebrasong'")
    said = caplog.text
    assert "A request could not be read." in said
    assert "192.0.2.1" not in said
    assert "zebrasong" not in said


def test_an_error_in_a_request_is_told_by_its_kind_and_place(log: ServerLog, caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise RuntimeError("zebrasong")
    except RuntimeError:
        log.exception("Error handling request %s %s", "GET", "/s/park?via=zebrasong")
    said = caplog.text
    assert f"RuntimeError at {__file__}:" in said
    assert "zebrasong" not in said


def test_trouble_of_the_server_itself_is_told_whole(log: ServerLog, caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise RuntimeError("no such module")
    except RuntimeError:
        log.exception("Exception in worker process")
    log.warning("USR2 signal ignored. Child exists.")
    said = caplog.text
    assert "RuntimeError: no such module" in said
    assert "USR2 signal ignored. Child exists." in said


def test_nobody_who_visits_is_logged_even_where_somebody_asks_for_it(
    capfd: pytest.CaptureFixture[str], log: ServerLog
) -> None:
    log.access(None, None, {"REMOTE_ADDR": "192.0.2.1", "RAW_URI": "/s/park"}, None)
    assert "".join(capfd.readouterr()) == ""
