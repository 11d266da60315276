"""What the documentation names exists, and what exists is named."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from flask import Flask

from svvoice import cli, settings
from svvoice.store.tables import Base

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "SECURITY.md", *DOCS.rglob("*.md")])
HOUSE = DOCS / "how-it-works.md"

FILES = (".py", ".md", ".toml", ".csv", ".json", ".db", ".po", ".txt", ".css", ".html", ".sh", ".example", ".org")
LONGEST_RECORD = 25
NOT_SETTINGS = {"SVVOICE_NOW", "PHONE_PORT"}
"""Names in capitals that belong to tests and to `make run` alone."""


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code_in(text: str) -> str:
    """Everything that stands in a code block or between backticks, one piece a line."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", rest)])


def names_in(text: str) -> list[str]:
    """The dotted names between backticks that stand for code: `answering.pages.answer`."""
    found = re.findall(r"`([A-Za-z_]+(?:\.[A-Za-z_]+)+)(?:\(\))?`", text)
    return sorted({name for name in found if not name.endswith(FILES)})


def thing_called(name: str) -> object:
    """The module, class or function `svvoice.<name>`. Raises ImportError or AttributeError where there is none."""
    parts = ["svvoice", *name.removeprefix("svvoice.").split(".")]
    for end in range(len(parts), 1, -1):
        path = ".".join(parts[:end])
        if is_module(path):
            found: Any = importlib.import_module(path)
            for part in parts[end:]:
                found = getattr(found, part)
            return found
    raise ImportError(f"svvoice.{name}")


def is_module(path: str) -> bool:
    try:
        return importlib.util.find_spec(path) is not None
    except ModuleNotFoundError:
        return False


def tree_of(text: str) -> list[str]:
    """The paths of the first picture of folders, by their indentation: two spaces for each step down."""
    picture = re.search(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert picture is not None
    paths, above = [], [""] * 10
    for line in picture.group(1).splitlines():
        name = re.match(r"( *)([\w./-]+)", line)
        if name is None:
            continue
        depth = len(name.group(1)) // 2
        above[depth + 1] = above[depth] + name.group(2)
        paths.append(above[depth + 1])
    return paths


def folders_under(root: Path) -> set[str]:
    inside = (path for path in root.rglob("*") if path.is_dir() and path.name != "__pycache__")
    return {f"{path.relative_to(ROOT).as_posix()}/" for path in (root, *inside)}


def links_in(text: str) -> list[str]:
    """The pages that a page leads to; pictures and other sites left out."""
    targets = re.findall(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text))
    return [target.partition("#")[0] for target in targets if "://" not in target and not target.startswith("#")]


def commands(group: Mapping[str, click.Command], before: str = "flask") -> Iterator[str]:
    for name, command in group.items():
        yield f"{before} {name}"
        if isinstance(command, click.Group):
            yield from commands(command.commands, f"{before} {name}")


def setting_row(name: str, default: str, sentence: str) -> str:
    return f"| `{name}` | {f'`{default}`' if default else 'empty'} | {sentence} |"


@pytest.fixture(scope="module")
def known_commands() -> set[str]:
    app = Flask("commands")
    cli.add_commands(app)
    return set(commands(app.cli.commands))


def flask_commands_in(text: str) -> set[str]:
    """`flask surveys import FILE` is `flask surveys import`: arguments are in capitals, options begin with a dash."""
    found = re.findall(r"(?:^|[\s/`])flask ([a-z]+)(?: ([a-z]+))?", code_in(text))
    return {" ".join(part for part in ("flask", *words) if part) for words in found}


@pytest.mark.parametrize("name", names_in(text_of(HOUSE)))
def test_everything_that_how_it_works_names_is_in_the_code(name: str) -> None:
    assert thing_called(name) is not None


def test_how_it_works_names_enough_to_follow_four_journeys() -> None:
    assert len(names_in(text_of(HOUSE))) > 60


def test_a_name_that_is_not_in_the_code_is_noticed() -> None:
    with pytest.raises(AttributeError):
        thing_called("core.conversation.take_turns")
    with pytest.raises(ImportError):
        thing_called("cores.conversation")


def test_how_it_works_draws_every_folder_of_the_code_and_no_other() -> None:
    drawn = tree_of(text_of(HOUSE))
    assert {path for path in drawn if path.startswith("svvoice/") and path.endswith("/")} == folders_under(
        ROOT / "svvoice"
    )
    assert [path for path in drawn if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("folder", [DOCS, DOCS / "decisions"], ids=lambda folder: folder.name)
def test_the_index_of_a_folder_leads_to_every_page_in_it(folder: Path) -> None:
    led_to = {(folder / target).resolve() for target in links_in(text_of(folder / "README.md"))}
    assert sorted(set(folder.glob("*.md")) - led_to - {folder / "README.md"}) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [target for target in links_in(text_of(page)) if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|[\s`])make ([a-z]+)", code_in(text_of(page)))) - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_flask_command_that_is_named_exists(page: Path, known_commands: set[str]) -> None:
    assert flask_commands_in(text_of(page)) - known_commands == set()


def test_a_command_that_does_not_exist_is_noticed() -> None:
    assert flask_commands_in("`flask surveys burn FILE`") == {"flask surveys burn"}


def test_the_readme_names_every_command(known_commands: set[str]) -> None:
    groups = {" ".join(command.split()[:2]) for command in known_commands if len(command.split()) > 2}
    assert known_commands - groups - flask_commands_in(text_of(ROOT / "README.md")) == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_setting_that_is_named_exists(page: Path) -> None:
    known = {name for name, _, _ in settings.table()} | NOT_SETTINGS
    like_settings = {name.split("_")[0] for name in known if "_" in name}
    named = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", code_in(text_of(page))))
    assert {name for name in named if name.split("_")[0] in like_settings} - known == set()


def test_the_operators_page_has_the_list_of_settings_as_the_code_has_it() -> None:
    rows = [setting_row(*setting) for setting in settings.table()]
    written = re.findall(r"^\| `[A-Z_]+` \|.*$", text_of(DOCS / "running-it.md"), re.MULTILINE)
    assert written == rows


def test_every_table_of_the_database_has_its_line() -> None:
    page = text_of(DOCS / "words.md").partition("## Tables")[2]
    assert sorted(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)) == sorted(Base.metadata.tables)


def test_records_of_decisions_are_short_and_numbered_without_gaps() -> None:
    records = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    assert [record.name for record in records if len(text_of(record).splitlines()) > LONGEST_RECORD] == []


def test_records_of_decisions_have_a_question_a_choice_and_a_price() -> None:
    parts = ["## Question", "## Choice", "## What it costs"]
    for record in (DOCS / "decisions").glob("[0-9]*.md"):
        assert re.findall(r"^## .*$", text_of(record), re.MULTILINE) == parts, record.name
