"""What staff do to reach people: find a published survey's ways in, and name the place where one is put up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from svvoice.core.survey import Survey
from svvoice.errors import NotFound
from svvoice.store import senders, surveys
from svvoice.store.database import Database

LONGEST_NAME = 40


@dataclass(frozen=True)
class WaysIn:
    """A published survey and the number, in E.164, that it can be texted at."""

    survey: Survey
    state: str
    number: str | None

    @property
    def keyword(self) -> str | None:
        """The word to text, where texting it reaches us."""
        return self.survey.keyword if self.number else None


def ways_in(database: Database, organisation_id: UUID, slug: str) -> WaysIn | None:
    """None before the first version is published. Raises NotFound."""
    with database.reading() as session:
        record = surveys.survey_called(session, organisation_id, slug)
        if record is None:
            raise NotFound(slug)
        survey = surveys.published(session, organisation_id, record.id, record.version) if record.version else None
        if survey is None:
            return None
        number = next(iter(senders.numbers_of(session, organisation_id)), None)
    return WaysIn(survey, record.state, number)


def place_name(typed: str) -> str:
    """A place as it stands in an address and in exports: "Main Library, Castle St" is `main-library-castle-st`.

    Empty where nothing of it can stand there.
    """
    plain = unicodedata.normalize("NFKD", typed).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].rstrip("-")
