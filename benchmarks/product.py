"""The product on a database of its own, with one organisation and a published survey."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from flask import Flask

from benchmarks.survey import OUR_NUMBER, Script
from svvoice import clock
from svvoice.application import create_app
from svvoice.store import migrating, organisations, senders
from svvoice.store.database import Database
from tests.environment import ENVIRONMENT
from tests.publishing import publish


@dataclass(frozen=True)
class Product:
    app: Flask
    database: Database
    organisation_id: UUID
    survey_id: UUID

    def close(self) -> None:
        self.app.extensions["svvoice"].database.close()
        self.database.close()


def sqlite_url(folder: Path, name: str) -> str:
    return f"sqlite:///{folder / name}.db"


def make(url: str, script: Script) -> Product:
    """The product as it is served, on an empty database at this address."""
    organisation_id, survey_id = prepare(url, script)
    return Product(create_app({**ENVIRONMENT, "DATABASE_URL": url}), Database(url), organisation_id, survey_id)


def prepare(url: str, script: Script) -> tuple[UUID, UUID]:
    """Migrates the database and puts the survey before people. Gives the organisation's and the survey's id."""
    database, now = Database(url), clock.now()
    migrating.upgrade(database)
    with database.transaction() as session:
        organisation_id = organisations.add(session, slug="hillside", name="Hillside Trust", now=now)
        assert organisation_id is not None
        senders.add(session, organisation_id, OUR_NUMBER)
    survey_id = publish(database, organisation_id, dict(script.document), now)
    database.close()
    return organisation_id, survey_id
