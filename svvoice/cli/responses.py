"""`flask responses export`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from uuid import UUID

import click

from svvoice import clock
from svvoice.cli.plain import PlainGroup, give_up, the_organisation
from svvoice.errors import NotFound, Unavailable
from svvoice.results.exports import Export, ExportFailed, Format, begin_export
from svvoice.store import surveys
from svvoice.web.services import database

commands = PlainGroup("responses", help="Answers out.")


@commands.command("export")
@click.argument("slug")
@click.option(
    "--format",
    "format_",
    type=click.Choice([one.value for one in Format]),
    default=Format.CODE.value,
    show_default=True,
    help="csv: codes, for programs. csv-labels: words, for Excel. codebook: what the columns mean.",
)
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--language", help="The language of csv-labels, such as cy; else the survey's own.")
@click.option("--organisation", help="The organisation's slug; not needed, but checked where it is given.")
def export_responses(slug: str, format_: str, output: Path, language: str | None, organisation: str | None) -> None:
    """Write every response of a survey to a file, checked against what is stored."""
    owner = _owner(slug, organisation)
    try:
        export = begin_export(database(), owner, slug, Format(format_), language, None, clock.now())
        if language is not None and export.language != language:
            give_up(f"The survey is not in {language}.")
        _write(export, output)
    except NotFound:
        give_up(f"{slug} was never published, so nobody could answer it.")
    except ExportFailed as error:
        give_up(str(error), "No file was written.")
    except (OSError, Unavailable) as error:
        give_up(f"{output} could not be written: {_reason(error)}.")
    _tell(export, output)


def _owner(slug: str, organisation: str | None) -> UUID:
    with database().reading() as session:
        owner = surveys.slug_owner(session, slug)
        if owner is None or (organisation and owner != the_organisation(session, organisation)):
            give_up(f"There is no survey called {slug}.")
    return owner


def _write(export: Export, output: Path) -> None:
    """Writes beside the file and puts it in its place at the end, so that there is a whole one or none."""
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(handle, "wb") as file, _bar(export) as bar:
            seen = 0
            for piece in export.pieces:
                file.write(piece)
                bar.update(export.rows - seen)
                seen = export.rows
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _bar(export: Export) -> click._termui_impl.ProgressBar[int]:
    """Shown on a terminal only; elsewhere it says nothing."""
    return click.progressbar(
        length=sum(export.expected.values()),
        label="Writing",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    )


def _reason(error: OSError | Unavailable) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "the database could not be read"


def _tell(export: Export, output: Path) -> None:
    if export.format is Format.CODEBOOK:
        click.echo(f"Wrote {output}.")
        return
    click.echo(f"Wrote {output}: {export.rows} {'response' if export.rows == 1 else 'responses'}.")
    if test := export.expected.get("test", 0):
        click.echo(f"{test} of them made up (status test): results leave them out.", err=True)
    if excluded := export.expected.get("excluded", 0):
        click.echo(f"{excluded} of them left out of results (status excluded).", err=True)
    if export.touched.guarded:
        click.echo(f"{export.touched.guarded} cells begin like a formula and got a ' in front.", err=True)
    if export.touched.cleaned:
        click.echo(f"Control characters were taken from {export.touched.cleaned} cells.", err=True)
