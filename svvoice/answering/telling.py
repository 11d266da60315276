""" "Text me what happens": a number left on a page, kept apart from every answer."""

from __future__ import annotations

from datetime import datetime

from svvoice.answering.actions import NotTaking, Place
from svvoice.core.phone import NotANumber, read_number
from svvoice.core.words import N_
from svvoice.store import contacts, tell_backs
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer

NOT_A_MOBILE = N_("Write a UK mobile number, such as 07700 900123.")


def ask_on_web(
    database: Database, sealer: Sealer, place: Place | NotTaking, typed: str, language: str, now: datetime
) -> str | None:
    """Keeps the number, untied to any answer; asking twice changes nothing. Gives the sentence for a wrong number."""
    number = read_number(typed)
    if isinstance(number, NotANumber):
        return NOT_A_MOBILE
    organisation_id = place.address.organisation_id
    with database.transaction() as session:
        contact = contacts.find_or_make(session, sealer, organisation_id, number, now)
        tell_backs.ask(session, organisation_id, place.address.survey_id, contact.id, language=language, now=now)
    return None
