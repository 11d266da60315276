"""`flask surveys import|export`: survey documents, and XLSForm workbooks by the file's ending."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click

from svvoice import clock
from svvoice.authoring import actions
from svvoice.authoring.actions import Imported, KeywordTaken, NotConfirmed, Published, Refused, SlugTaken
from svvoice.cli.plain import PlainGroup, give_up, the_organisation
from svvoice.core import xlsform
from svvoice.core.document import from_json, to_json
from svvoice.core.problems import line
from svvoice.language import speech
from svvoice.store import surveys
from svvoice.web.services import database, settings

commands = PlainGroup("surveys", help="Survey documents in and out.")

WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls"))


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", help="The organisation's slug; not needed where there is only one.")
@click.option("--publish", is_flag=True, help="Publish it too. You say by this that somebody has read every language.")
def import_survey(file: Path, organisation: str | None, publish: bool) -> None:
    """Keep a survey document (JSON), or an XLSForm workbook (.xlsx), as a draft."""
    with database().reading() as session:
        organisation_id = the_organisation(session, organisation)
    report, content = _from_workbook(file) if _is_workbook(file) else ((), file.read_bytes())
    match actions.import_document(database(), organisation_id, content, None, clock.now()):
        case Refused(problems):
            give_up(*(line(problem) for problem in problems), "Nothing was stored.")
        case SlugTaken(slug):
            give_up(
                f"slug: another organisation has a survey called {slug}. Choose another slug.", "Nothing was stored."
            )
        case Imported(survey):
            for each in report:
                click.echo(str(each))
            click.echo(f"Kept {survey.slug} as a draft: {len(survey.asked)} questions, {', '.join(survey.languages)}.")
            if publish:
                _publish(organisation_id, survey.slug, survey.languages)


def _is_workbook(file: Path) -> bool:
    return file.suffix.lower() in WORKBOOKS


def _from_workbook(file: Path) -> tuple[tuple[xlsform.Line, ...], bytes]:
    """What became of each row of a workbook, and the document in it; gives up with every reason why there is none."""
    read = xlsform.read(file.read_bytes(), file_name=file.stem)
    if isinstance(read, xlsform.Refused):
        give_up(*map(str, read.problems), "Nothing was stored.")
    return read.report, to_json(read.document).encode()


def _publish(organisation_id: UUID, slug: str, languages: tuple[str, ...]) -> None:
    match actions.publish(database(), organisation_id, slug, languages, settings().public_url, None, clock.now()):
        case Published(version, warnings):
            for problem in warnings:
                click.echo(line(problem), err=True)
            click.echo(f"Published {slug}, version {version}.")
        case Refused(problems):
            give_up(*(line(problem) for problem in problems), "The draft is kept, but it is not published.")
        case KeywordTaken(keyword):
            give_up(f"keyword: another survey has {keyword}. The draft is kept, but it is not published.")
        case NotConfirmed(unread):
            give_up(f"languages: nobody has read {', '.join(unread)}. The draft is kept, but it is not published.")


@commands.command("export")
@click.argument("slug")
@click.option(
    "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="A file; else the screen."
)
@click.option("--organisation", help="The organisation's slug; not needed where there is only one.")
def export_survey(slug: str, output: Path | None, organisation: str | None) -> None:
    """Write a survey's document, or a workbook if the file ends in .xlsx; importing it gives the same survey."""
    with database().reading() as session:
        owner = surveys.slug_owner(session, slug)
        if owner is None or (organisation and owner != the_organisation(session, organisation)):
            give_up(f"There is no survey called {slug}.")
        record = surveys.survey_called(session, owner, slug)
    document = record.draft if record else ""
    if output is None:
        click.echo(document, nl=False)
        return
    if _is_workbook(output):
        output.write_bytes(_as_workbook(document, output))
    else:
        output.write_text(document, encoding="utf-8")
    click.echo(f"Wrote {output}.")


def _as_workbook(document: str, output: Path) -> bytes:
    if output.suffix.lower() != ".xlsx":
        give_up("A workbook is written as .xlsx only.")
    try:
        return xlsform.write(from_json(document), lambda language: speech(language).say)
    except xlsform.CellTooLongError as error:
        give_up(str(error))
