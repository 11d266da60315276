"""`flask database upgrade`."""

from __future__ import annotations

import click

from svvoice.cli.plain import PlainGroup
from svvoice.store import migrating
from svvoice.web.services import database

commands = PlainGroup("database", help="The database itself.")


@commands.command("upgrade")
def upgrade() -> None:
    """Make the database, or bring it to the current migration."""
    migrating.upgrade(database())
    click.echo("The database is up to date.")
