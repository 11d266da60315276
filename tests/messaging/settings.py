"""Settings for tests that need no database."""

from __future__ import annotations

from svvoice.settings import from_environment
from tests.environment import ENVIRONMENT

SETTINGS = from_environment(ENVIRONMENT)
