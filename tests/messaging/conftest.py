"""What tests of texting can ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from svvoice.settings import Settings
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer
from tests.messaging.networks import RunningNetwork, running_application, running_network
from tests.messaging.people import Town


@pytest.fixture
def town(database: Database, sealer: Sealer, settings: Settings) -> Town:
    return Town(database, sealer, settings).found()


@pytest.fixture
def network() -> Iterator[RunningNetwork]:
    """The loopback network on a free port, with no application to report to; it forgets everything afterwards."""
    with running_network("http://127.0.0.1:1") as network:
        yield network


@pytest.fixture
def served(app: Flask) -> Iterator[RunningNetwork]:
    """The loopback network and the application, each on a port of its own, texting one another."""
    with running_application(app) as network:
        yield network
