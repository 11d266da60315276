"""`flask seed`."""

from __future__ import annotations

from datetime import timedelta

import click

from svvoice import clock
from svvoice.cli.plain import PlainCommand, give_up
from svvoice.example.seeding import seed
from svvoice.store import surveys
from svvoice.web.services import database


@click.command("seed", cls=PlainCommand)
@click.argument("slug")
@click.option("--responses", type=click.IntRange(1, 10_000_000), required=True, help="How many people to make up.")
def commands(slug: str, responses: int) -> None:
    """Add made-up responses, with the status `test`: no result but the example organisation's counts them."""
    now = clock.now()
    with database().reading() as session:
        address = surveys.address_of(session, slug)
        if address is None or address.version == 0:
            give_up(f"There is no published survey called {slug}.")
        survey = surveys.published(session, address.organisation_id, address.survey_id, address.version)
    if survey is None:
        give_up(f"There is no published survey called {slug}.")
    seed(database(), address.organisation_id, address.survey_id, survey, responses, now - timedelta(days=28), now)
    click.echo(f"Added {responses} made-up responses to {slug}, with the status test.")
