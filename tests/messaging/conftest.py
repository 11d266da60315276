"""What tests of texting can ask for."""

from __future__ import annotations

import pytest

from svvoice.settings import Settings
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer
from tests.messaging.people import Town


@pytest.fixture
def town(database: Database, sealer: Sealer, settings: Settings) -> Town:
    return Town(database, sealer, settings).found()
