"""Puts a survey document before people: imported and published as an organisation would."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from svvoice.authoring import actions
from svvoice.authoring.actions import Imported, Published
from svvoice.store import surveys
from svvoice.store.database import Database
from tests.environment import ENVIRONMENT

PUBLISHED = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
SURVEYS = Path(__file__).parent / "surveys"


def publish(database: Database, organisation_id: UUID, document: dict[str, Any], now: datetime = PUBLISHED) -> UUID:
    """The survey's id. Fails the test where the document is not fit to publish."""
    content = json.dumps(document).encode()
    imported = actions.import_document(database, organisation_id, content, None, now)
    assert isinstance(imported, Imported), imported
    slug, languages = imported.survey.slug, imported.survey.languages
    done = actions.publish(database, organisation_id, slug, languages, ENVIRONMENT["PUBLIC_URL"], None, now)
    assert isinstance(done, Published), done
    with database.reading() as session:
        address = surveys.address_of(session, slug)
    assert address is not None
    return address.survey_id


def document(name: str) -> dict[str, Any]:
    """A survey document of `tests/surveys`."""
    found: dict[str, Any] = json.loads((SURVEYS / f"{name}.json").read_text(encoding="utf-8"))
    return found
