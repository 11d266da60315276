"""Officers of Hillside, each in a browser of their own."""

from __future__ import annotations

import pytest

from svvoice.store.database import Database
from tests.authoring.officer import Officer
from tests.cast import Cast
from tests.conftest import Hands


@pytest.fixture
def ben(cast: Cast, database: Database, hands: Hands) -> Officer:
    return Officer(cast.client("ben"), cast, database)


@pytest.fixture
def ada(cast: Cast, database: Database, hands: Hands) -> Officer:
    return Officer(cast.client("ada"), cast, database)
