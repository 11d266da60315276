"""How an organisation begins, the one-time links that are handed over, and what an owner changes about colleagues."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

from svvoice.accounts.outcomes import (
    Done,
    LastOwner,
    NumberTaken,
    OneSelf,
    OrganisationAdded,
    SlugMalformed,
    SlugTaken,
    WorksElsewhere,
)
from svvoice.errors import NotAllowed, NotFound
from svvoice.store import accounts, audit, colleagues, one_time_links, organisations, senders, sign_ins, two_step
from svvoice.store.colleagues import Colleague
from svvoice.store.database import Database, Session
from svvoice.store.one_time_links import Purpose
from svvoice.store.two_step import WhoMust

LINK_LASTS = timedelta(days=7)
START_LINK_LASTS = timedelta(days=1)
"""The link that `make run` prints: made anew at each start."""

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60

EXAMPLE_OWNER = "Example owner"


def add_organisation(
    database: Database, *, slug: str, name: str, number: str | None, now: datetime
) -> OrganisationAdded | SlugMalformed | SlugTaken | NumberTaken:
    """A new organisation, its sending number (E.164), and the invitation of its first owner."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        return SlugMalformed()
    with database.transaction() as session:
        if number and senders.organisation_of(session, number):
            return NumberTaken()
        organisation_id = organisations.add(session, slug=slug, name=name, now=now)
        if organisation_id is None:
            return SlugTaken()
        if number:
            senders.add(session, organisation_id, number)
        return OrganisationAdded(_invitation(session, organisation_id, "owner", None, now))


def make_owner_link(database: Database, organisation_id: UUID, now: datetime, *, reset_two_step: bool = False) -> str:
    """The token of a link for the first owner: signs in, or invites where nobody owns the organisation yet.

    With `reset_two_step` the owner's second step is taken away first: for one who lost the phone.
    """
    with database.transaction() as session:
        owner = colleagues.first_owner(session, organisation_id)
        if owner is None:
            return _invitation(session, organisation_id, "owner", None, now)
        if reset_two_step:
            _second_step_gone(session, organisation_id, owner, None, now)
        return _link_for(session, organisation_id, Purpose.SIGN_IN, owner, None, now, LINK_LASTS)


def make_sign_in_link(database: Database, organisation_id: UUID, now: datetime) -> str:
    """The token of a link that signs in the first owner, for a day.

    Where there is no owner, one without a password is made. Links made for that owner before stop working. Meant for
    the example organisation on one's own machine.
    """
    with database.transaction() as session:
        organisations.lock(session, organisation_id)
        owner = colleagues.first_owner(session, organisation_id) or _example_owner(session, organisation_id, now)
        one_time_links.end_of_account(session, owner.account_id, now, organisation_id)
        return _link_for(session, organisation_id, Purpose.SIGN_IN, owner, None, now, START_LINK_LASTS)


def make_reset_link(
    database: Database, organisation_id: UUID, sign_in_name: str, now: datetime, *, reset_two_step: bool = False
) -> str | None:
    """The token of a link with which this person of the organisation chooses a new password; None for anyone else.

    For whoever runs the installation: it opens every organisation that the person works for. Their second step stays,
    unless `reset_two_step` takes it away.
    """
    with database.transaction() as session:
        person = accounts.called(session, sign_in_name)
        colleague = colleagues.one(session, organisation_id, person.id) if person else None
        if colleague is None:
            return None
        one_time_links.end_of_account(session, colleague.account_id, now, organisation_id)
        if reset_two_step:
            _second_step_gone(session, organisation_id, colleague, None, now)
        return _link_for(session, organisation_id, Purpose.RESET, colleague, None, now, LINK_LASTS)


def invite(database: Database, organisation_id: UUID, role: str, by: UUID, now: datetime) -> str:
    """The token of an invitation in this role. Raises NotAllowed where `by` is no owner any more."""
    with database.transaction() as session:
        _owner(session, organisation_id, by)
        return _invitation(session, organisation_id, role, by, now)


def give_reset_link(
    database: Database, organisation_id: UUID, account_id: UUID, by: UUID, now: datetime
) -> str | WorksElsewhere:
    """The token of a link with which a colleague chooses a new password. Raises NotAllowed or NotFound."""
    with database.transaction() as session:
        _owner(session, organisation_id, by)
        colleague = _colleague(session, organisation_id, account_id)
        if colleagues.works_elsewhere(session, organisation_id, account_id):
            return WorksElsewhere()
        one_time_links.end_of_account(session, account_id, now, organisation_id)
        return _link_for(session, organisation_id, Purpose.RESET, colleague, by, now, LINK_LASTS)


def change_role(
    database: Database, organisation_id: UUID, account_id: UUID, role: str, by: UUID, now: datetime
) -> Done | LastOwner:
    """Gives a colleague another role; they sign in again. Raises NotAllowed or NotFound."""
    with database.transaction() as session:
        _owner(session, organisation_id, by)
        colleague = _colleague(session, organisation_id, account_id)
        if colleague.role == role:
            return Done()
        if _is_last_owner(session, organisation_id, colleague):
            return LastOwner()
        colleagues.set_role(session, organisation_id, account_id, role)
        _ended(session, organisation_id, colleague, now)
        _note(session, organisation_id, f"colleague.made_{role}", account_id, by, now)
    return Done()


def remove(database: Database, organisation_id: UUID, account_id: UUID, by: UUID, now: datetime) -> Done | LastOwner:
    """Takes a colleague out of the organisation, at once, in every browser. Raises NotAllowed or NotFound."""
    with database.transaction() as session:
        _owner(session, organisation_id, by)
        colleague = _colleague(session, organisation_id, account_id)
        if _is_last_owner(session, organisation_id, colleague):
            return LastOwner()
        colleagues.remove(session, organisation_id, account_id)
        _ended(session, organisation_id, colleague, now)
        _note(session, organisation_id, "colleague.removed", account_id, by, now)
    return Done()


def take_second_step_away(
    database: Database, organisation_id: UUID, account_id: UUID, by: UUID, now: datetime
) -> Done | WorksElsewhere | OneSelf:
    """For a colleague who lost the phone: signs them out, and the password is enough until they set up two steps
    again. Raises NotAllowed or NotFound."""
    with database.transaction() as session:
        _owner(session, organisation_id, by)
        colleague = _colleague(session, organisation_id, account_id)
        if account_id == by:
            return OneSelf()
        if colleagues.works_elsewhere(session, organisation_id, account_id):
            return WorksElsewhere()
        _second_step_gone(session, organisation_id, colleague, by, now)
    return Done()


def decide_two_step(database: Database, organisation_id: UUID, rule: WhoMust, by: UUID, now: datetime) -> None:
    """Who must use two steps from now on: at their next page they are asked to set them up. Raises NotAllowed."""
    with database.transaction() as session:
        _owner(session, organisation_id, by)
        if two_step.rule_of(session, organisation_id) is rule:
            return
        two_step.set_rule(session, organisation_id, rule)
        _note(session, organisation_id, f"organisation.two_step_for_{rule}", None, by, now)


def _second_step_gone(
    session: Session, organisation_id: UUID, colleague: Colleague, by: UUID | None, now: datetime
) -> None:
    """What the second step protected ends with it: browsers and links, in every organisation of the person."""
    accounts.person(session, colleague.account_id)  # held: no code is taken in between
    if two_step.take_away(session, colleague.account_id):
        sign_ins.end_all(session, colleague.account_id)
        one_time_links.end_of_account(session, colleague.account_id, now)
        _note(session, organisation_id, "colleague.two_step_taken_away", colleague.account_id, by, now)


def _owner(session: Session, organisation_id: UUID, by: UUID) -> None:
    """Asked again inside the transaction: two owners may send each other away at the same moment."""
    organisations.lock(session, organisation_id)
    member = colleagues.one(session, organisation_id, by)
    if member is None or member.role != "owner":
        raise NotAllowed("only an owner changes who works here")


def _colleague(session: Session, organisation_id: UUID, account_id: UUID) -> Colleague:
    colleague = colleagues.one(session, organisation_id, account_id)
    if colleague is None:
        raise NotFound(str(account_id))
    return colleague


def _is_last_owner(session: Session, organisation_id: UUID, colleague: Colleague) -> bool:
    return colleague.role == "owner" and colleagues.owners(session, organisation_id) == 1


def _ended(session: Session, organisation_id: UUID, colleague: Colleague, now: datetime) -> None:
    """What a person held in their old role ends with it: browsers, links, and as an owner the open invitations."""
    sign_ins.end_all(session, colleague.account_id)
    one_time_links.end_of_account(session, colleague.account_id, now, organisation_id)
    if colleague.role == "owner":
        one_time_links.end_invitations(session, organisation_id, now)


def _invitation(session: Session, organisation_id: UUID, role: str, by: UUID | None, now: datetime) -> str:
    _note(session, organisation_id, f"link.invite_{role}", None, by, now)
    return one_time_links.make(session, organisation_id, purpose=Purpose.INVITE, role=role, now=now, lasting=LINK_LASTS)


def _link_for(
    session: Session,
    organisation_id: UUID,
    purpose: Purpose,
    colleague: Colleague,
    by: UUID | None,
    now: datetime,
    lasting: timedelta,
) -> str:
    _note(session, organisation_id, f"link.{purpose}", colleague.account_id, by, now)
    return one_time_links.make(
        session,
        organisation_id,
        purpose=purpose,
        role=colleague.role,
        account_id=colleague.account_id,
        now=now,
        lasting=lasting,
    )


def _example_owner(session: Session, organisation_id: UUID, now: datetime) -> Colleague:
    name = f"example-owner-{organisation_id.hex}"
    account_id = accounts.add(session, sign_in_name=name, name=EXAMPLE_OWNER, password_hash=None, now=now)
    if account_id is None:
        raise RuntimeError("two accounts of one name")
    colleagues.add(session, organisation_id, account_id, "owner", now)
    return Colleague(account_id, EXAMPLE_OWNER, name, "owner", now)


def _note(
    session: Session, organisation_id: UUID, action: str, about: UUID | None, by: UUID | None, now: datetime
) -> None:
    subject = str(about) if about else ""
    audit.note(session, organisation_id, action=action, subject=subject, account_id=by, now=now)
