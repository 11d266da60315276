"""`flask organisations add|link|reset`."""

from __future__ import annotations

import click

from svvoice import clock
from svvoice.accounts import actions
from svvoice.accounts.forms import LONGEST_NAME, tidy, tidy_name
from svvoice.accounts.outcomes import NumberTaken, OrganisationAdded, SlugMalformed, SlugTaken
from svvoice.cli.plain import PlainGroup, give_up, the_organisation
from svvoice.core.phone import NotANumber, read_number
from svvoice.store import organisations
from svvoice.store.database import run_again
from svvoice.web.services import database, settings

commands = PlainGroup("organisations", help="Organisations, and the links with which their people come in.")


@commands.command("add")
@click.argument("slug")
@click.option("--name", required=True, help="The name that people know it by.")
@click.option("--number", help="The number that people text, such as +447700900142.")
def add(slug: str, name: str, number: str | None) -> None:
    """Make an organisation, and a one-time link for its first owner."""
    plain_name, sender, now = _name(name), _sender(number), clock.now()
    match run_again(lambda: actions.add_organisation(database(), slug=slug, name=plain_name, number=sender, now=now)):
        case SlugMalformed():
            give_up(
                f'"{slug}" cannot be a slug. Use small letters and digits, with single hyphens between them, '
                f"at most {actions.LONGEST_SLUG}."
            )
        case SlugTaken():
            give_up(f"There is an organisation called {slug} already. Choose another slug.")
        case NumberTaken():
            give_up(f"Another organisation is texted at {sender}. Give a number of its own with --number.")
        case OrganisationAdded(token):
            click.echo(f"Added {plain_name}, texted at {sender or 'no number yet'}.")
            _show("Give this link to its first owner. It works once, within seven days:", token)


RESET_TWO_STEP = "Take away the second step of signing in, for somebody who lost the phone and the recovery codes."


@commands.command("link")
@click.argument("slug")
@click.option("--reset-two-step", is_flag=True, help=RESET_TWO_STEP)
def link(slug: str, reset_two_step: bool) -> None:
    """Make another one-time link for the first owner: it signs in, or invites where there is no owner yet."""
    with database().reading() as session:
        organisation_id = the_organisation(session, slug)
    now = clock.now()
    token = run_again(lambda: actions.make_owner_link(database(), organisation_id, now, reset_two_step=reset_two_step))
    _show("Give this link to the first owner. It works once, within seven days:", token)


@commands.command("reset")
@click.argument("slug")
@click.argument("sign_in_name")
@click.option("--reset-two-step", is_flag=True, help=RESET_TWO_STEP)
def reset(slug: str, sign_in_name: str, reset_two_step: bool) -> None:
    """Make a one-time link with which a person of the organisation chooses a new password."""
    with database().reading() as session:
        organisation_id = the_organisation(session, slug)
    name, now = tidy_name(sign_in_name), clock.now()
    token = run_again(
        lambda: actions.make_reset_link(database(), organisation_id, name, now, reset_two_step=reset_two_step)
    )
    if token is None:
        give_up(f"Nobody at {slug} signs in as {name}.")
    _show(f"Give this link to {name}. It works once, within seven days:", token)


def _name(name: str) -> str:
    plain = tidy(name)
    if not plain or len(plain) > LONGEST_NAME:
        give_up(f"Write a name of 1 to {LONGEST_NAME} letters after --name.")
    return plain


def _sender(number: str | None) -> str | None:
    """The number given, else TWILIO_FROM for the first organisation of all."""
    if number is not None:
        read = read_number(number)
        if isinstance(read, NotANumber):
            give_up(f'"{number}" is not a mobile number of the United Kingdom. Write it as +447700900142.')
        return read
    with database().reading() as session:
        is_first = not organisations.all_slugs(session)
    return settings().twilio_from or None if is_first else None


def _show(words: str, token: str) -> None:
    click.echo(words)
    click.echo(f"{settings().public_url}/join/{token}")
