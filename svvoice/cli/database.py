"""`flask database upgrade` and `flask database tidy`."""

from __future__ import annotations

import click

from svvoice import clock
from svvoice.cli.plain import PlainGroup
from svvoice.messaging import retention
from svvoice.store import migrating
from svvoice.web.services import database

commands = PlainGroup("database", help="The database itself.")


@commands.command("upgrade")
def upgrade() -> None:
    """Make the database, or bring it to the current migration."""
    migrating.upgrade(database())
    click.echo("The database is up to date.")


@commands.command("tidy")
def tidy() -> None:
    """Take away numbers, ties and words of texts whose time is over; the worker does it once an hour."""
    gone = retention.tidy(database(), clock.now())
    click.echo(
        f"Taken away: {gone.ties} ties between a number and answers, {gone.numbers} numbers, {gone.tell_backs} wishes "
        f"to be told, the words of {gone.words_received} texts received and {gone.words_sent} sent, cookies and page "
        f"digests of {gone.pages} responses."
    )
