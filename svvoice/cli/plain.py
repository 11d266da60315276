"""Trouble on the command line is a sentence and exit code 1, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn
from uuid import UUID

import click
from flask.cli import AppGroup

from svvoice.errors import NotFound, Unavailable
from svvoice.store import organisations
from svvoice.store.database import Session


def give_up(*sentences: str) -> NoReturn:
    """Says each sentence on its own line of standard error and ends with exit code 1."""
    for sentence in sentences:
        click.echo(sentence, err=True)
    raise SystemExit(1)


class PlainGroup(AppGroup):
    """Commands whose trouble with the database is told in a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        return plainly(super().invoke, ctx)


class PlainCommand(click.Command):
    """One command that is told plainly too."""

    def invoke(self, ctx: click.Context) -> Any:
        return plainly(super().invoke, ctx)


def plainly(invoke: Callable[[click.Context], Any], ctx: click.Context) -> Any:
    try:
        return invoke(ctx)
    except NotFound:
        give_up("There is nothing of that name.")
    except Unavailable:
        give_up("The database cannot be used. If it is new, make it with: flask database upgrade")


def the_organisation(session: Session, slug: str | None) -> UUID:
    """The organisation named, else the only one there is; else a plain error."""
    everyone = organisations.all_slugs(session)
    if slug is not None:
        if slug not in everyone:
            give_up(f"There is no organisation called {slug}. There are: {', '.join(everyone) or 'none yet'}.")
        return everyone[slug]
    if not everyone:
        give_up("There is no organisation yet. Make one with: flask organisations add SLUG --name NAME")
    if len(everyone) > 1:
        give_up(f"There are several organisations. Say which with --organisation: {', '.join(everyone)}.")
    return next(iter(everyone.values()))
