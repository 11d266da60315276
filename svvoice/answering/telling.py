""" "Text me what happens": a number left on a page, kept apart from every answer."""

from __future__ import annotations

from datetime import datetime

from svvoice.answering.actions import NotTaking, Place
from svvoice.core.networks import is_this_machine, one_place
from svvoice.core.phone import NotANumber, read_number
from svvoice.core.words import N_
from svvoice.language import Speech
from svvoice.store import asks, contacts, tell_backs
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer

NOT_A_MOBILE = N_("Write a UK mobile number, such as 07700 900123.")
TOO_MANY = N_("Too many numbers came from here in the last hour. Please try again later.")

SUCH_AS = "07700 900123"
MOST_AN_HOUR = 5
"""Numbers from one network address: enough for a family, too few to make us text a whole town."""


def ask_on_web(
    database: Database,
    sealer: Sealer,
    place: Place | NotTaking,
    typed: str,
    language: str,
    network_address: str,
    now: datetime,
) -> str | None:
    """Keeps the number, untied to any answer; asking twice changes nothing. Gives the sentence for what is wrong."""
    number = read_number(typed)
    if isinstance(number, NotANumber):
        return NOT_A_MOBILE
    organisation_id, survey_id = place.address.organisation_id, place.address.survey_id
    key = asks.key_of(sealer, one_place(network_address))
    with database.transaction() as session:
        asks.forget(session, now)
        if asks.is_full(session, key, MOST_AN_HOUR, now):
            return TOO_MANY
        contact = contacts.find_or_make(session, sealer, organisation_id, number, now)
        new = tell_backs.ask(session, organisation_id, survey_id, contact.id, language=language, now=now)
        # A proxy that the settings do not know of makes everybody come from this machine: that says nothing.
        if new and not is_this_machine(network_address):
            asks.note(session, key, now)
    return None


def sentence(speech: Speech, problem: str) -> str:
    """What is wrong, in somebody's language; the number in it does not break over two lines."""
    return speech.say(problem).replace(SUCH_AS, SUCH_AS.replace(" ", "\N{NO-BREAK SPACE}"))
