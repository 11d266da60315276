"""`flask database upgrade`."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from svvoice.store import migrating
from svvoice.web.services import database

commands = AppGroup("database", help="The database itself.")


@commands.command("upgrade")
def upgrade() -> None:
    """Make the database, or bring it to the current migration."""
    migrating.upgrade(database())
    click.echo("The database is up to date.")
