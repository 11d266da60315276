"""What tests of the plan can ask for."""

from __future__ import annotations

import pytest

from svvoice.store.database import Database
from svvoice.store.sealing import Sealer
from tests.cast import Cast
from tests.plans import street as street_of
from tests.plans.street import Street


@pytest.fixture
def street(database: Database, cast: Cast, sealer: Sealer) -> Street:
    return street_of.found(database, cast, sealer)
