"""What every test can ask for: a real database of each kind, the application on it, and the standing cast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from svvoice import clock
from svvoice import settings as settings_list
from svvoice.application import create_app
from svvoice.settings import Settings
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer
from tests import cast as standing_cast
from tests.cast import Cast
from tests.databases import ENGINES, fresh_address, opened
from tests.environment import ENVIRONMENT
from tests.guards import forbid_statements_without_organisation


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty, migrated database; every test that asks runs on both kinds."""
    return fresh_address(request.param, tmp_path)


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    yield from opened(address)


@pytest.fixture
def environment(address: str) -> dict[str, str]:
    return {**ENVIRONMENT, "DATABASE_URL": address}


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    return settings_list.from_environment(environment)


@pytest.fixture
def sealer(settings: Settings) -> Sealer:
    return Sealer(settings.contact_key)


@pytest.fixture
def app(environment: dict[str, str]) -> Iterator[Flask]:
    app = create_app(environment)
    app.config["WTF_CSRF_ENABLED"] = False  # the tests of forged forms turn it on
    database = app.extensions["svvoice"].database
    forbid_statements_without_organisation(database.engine)
    yield app
    database.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def cast(app: Flask, database: Database) -> Cast:
    return standing_cast.make(app, database)


TOGETHER = ("tests/browser/", "tests/faults/")


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]
    """Gives the tests of a folder that starts servers and browsers to one process; all others as processes are free.

    (The `xdist_group` mark would say the same, but pytest 9.2 does not show it to pytest-xdist 3.8.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder:
    return ByFolder(config, log)


class Hands:
    """A clock that goes on by ten seconds whenever somebody looks at it: nobody types faster than that."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def now(self) -> datetime:
        self.moment += timedelta(seconds=10)
        return self.moment

    def waits(self, **time: float) -> None:
        self.moment += timedelta(**time)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """People who take their time, on a day on which the test surveys are open."""
    hands = Hands(datetime(2026, 2, 2, 10, 0, tzinfo=UTC))
    monkeypatch.setattr(clock, "now", hands.now)
    return hands
