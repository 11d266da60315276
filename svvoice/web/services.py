"""What a page needs besides the request: settings, database, seal. Made once, in `application.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from svvoice.settings import Settings
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer


@dataclass(frozen=True)
class Services:
    settings: Settings
    database: Database
    sealer: Sealer


def services() -> Services:
    """The running application's services."""
    return cast(Services, current_app.extensions["svvoice"])


def database() -> Database:
    return services().database


def settings() -> Settings:
    return services().settings
