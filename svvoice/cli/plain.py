"""Trouble on the command line is a sentence and exit code 1, never a traceback."""

from __future__ import annotations

from typing import NoReturn
from uuid import UUID

import click

from svvoice.store import organisations
from svvoice.store.database import Session


def give_up(*sentences: str) -> NoReturn:
    """Says each sentence on its own line of standard error and ends with exit code 1."""
    for sentence in sentences:
        click.echo(sentence, err=True)
    raise SystemExit(1)


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
