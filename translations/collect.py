"""Collects the product's words from code and templates into messages.pot and brings each catalogue up to date.

Run it with `make messages`. What is new or changed stands untranslated in the catalogues until somebody fills it in.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TRANSLATED = ("cy", "ur", "pl")

METHODS = [("svvoice/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"say": None, "N_": None, "say_many": (1, 2)}
OPTIONS = {"templates/**.html": {"encoding": "utf-8", "trimmed": "true", "silent": "false"}}


def collect() -> Catalog:
    """Every sentence that `say`, `say_many` or `N_` is given, in the order of the files."""
    catalogue = Catalog(project="svvoice", charset="utf-8")
    found = extract_from_dir(str(ROOT), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("For translators:",))
    for filename, _line, message, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        catalogue.add(message, locations=[(filename, 0)], auto_comments=comments, context=context)
    return catalogue


def read(language: str) -> Catalog:
    path = HERE / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return Catalog(locale=language, project="svvoice", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file: no dates and no line numbers, so that it changes only when words do."""
    out = io.BytesIO()
    write_po(
        out, catalogue, width=110, omit_header=False, include_lineno=False, sort_output=False, ignore_obsolete=True
    )
    lines = out.getvalue().decode().splitlines(keepends=True)
    dated = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Generated-By")
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}' for name in dated))]
    return "".join(kept).encode()


def main() -> None:
    template = collect()
    (HERE / "messages.pot").write_bytes(written(template))
    for language in TRANSLATED:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        path = HERE / language / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalogue))
        missing = sum(1 for message in catalogue if message.id and not message.string)
        print(f"{language}: {len(catalogue)} messages, {missing} without words")


if __name__ == "__main__":
    main()
