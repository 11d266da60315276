"""Which language a column is in: `label::Cymraeg (cy)` says it, and so do some names by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from svvoice.core.document_fields import LANGUAGE, MOST_LANGUAGES
from svvoice.core.replies import languages as known_languages
from svvoice.core.survey import Language
from svvoice.core.xlsform.headings import Table, is_worded
from svvoice.core.xlsform.report import Report, shown

DEFAULT = "en"

_OTHERS: Mapping[str, Language] = {
    "french": "fr",
    "français": "fr",
    "francais": "fr",
    "spanish": "es",
    "español": "es",
    "espanol": "es",
    "german": "de",
    "deutsch": "de",
    "italian": "it",
    "italiano": "it",
    "hindi": "hi",
    "gujarati": "gu",
    "tamil": "ta",
    "nepali": "ne",
    "swahili": "sw",
    "kiswahili": "sw",
    "amharic": "am",
    "tigrinya": "ti",
    "farsi": "fa",
    "persian": "fa",
    "dari": "prs",
    "pashto": "ps",
    "kurdish": "ku",
    "turkish": "tr",
    "russian": "ru",
    "bulgarian": "bg",
    "hungarian": "hu",
    "chinese": "zh",
    "vietnamese": "vi",
    "irish": "ga",
    "gaeilge": "ga",
    "gaelic": "gd",
    "burmese": "my",
}


@dataclass(frozen=True)
class Languages:
    """The languages of a form: its default, all in order, and the tag of each name of a column."""

    default: Language
    order: tuple[Language, ...]
    tags: Mapping[str, Language]


def tag_of(written: str) -> Language | None:
    """The BCP 47 tag in `Cymraeg (cy)`, in `cy`, or of `Welsh`."""
    in_brackets = re.search(r"\(\s*([A-Za-z0-9_-]+)\s*\)\s*$", written)
    if in_brackets:
        return _tidy(in_brackets.group(1))
    name = " ".join(written.split()).casefold()
    for code, language in known_languages().items():
        if name in (language.name.casefold(), language.english_name.casefold()):
            return code
    return _OTHERS.get(name) or (_tidy(name) if re.fullmatch(r"[a-z]{2}([-_][a-z]+)*", name) else None)


def heading_of(tag: Language) -> str:
    """As a column names it: `Cymraeg (cy)`."""
    language = known_languages().get(tag)
    return f"{language.name if language else tag} ({tag})"


def _tidy(tag: str) -> Language | None:
    parts = tag.replace("_", "-").split("-")
    tidied = [parts[0].lower(), *(part.title() if len(part) == 4 else part.upper() for part in parts[1:])]
    joined = "-".join(tidied)
    return joined if len(joined) <= 12 and re.fullmatch(LANGUAGE, joined) else None


def choose(tables: list[Table], default_setting: str, listed: str, report: Report) -> Languages | None:
    """The languages of the words that there are; None where none of them is known, which is noted."""
    wanted = tuple(listed.split())
    names = _names(tables, wanted, report)
    tags = {name: tag for name in names if name and (tag := tag_of(name))}
    _tell_unknown(names, tags, report)
    default = _default(names, tags, default_setting, report)
    if default is None:
        report.trouble("survey", 1, "No column names a language that has a code. Write it like “label::Cymraeg (cy)”.")
        return None
    order = tuple(dict.fromkeys((default, *tags.values())))
    if wanted and set(order) <= set(wanted):
        order = wanted
    if len(order) > MOST_LANGUAGES:
        report.trouble("survey", 1, f"There are {len(order)} languages. The most is {MOST_LANGUAGES}.")
    return Languages(default, order, {**tags, "": default})


def _names(tables: list[Table], wanted: tuple[Language, ...], report: Report) -> dict[str, tuple[str, int, bool]]:
    """The languages as written, in order: where each stands first, and whether a label is written in it."""
    names: dict[str, tuple[str, int, bool]] = {}
    for table in tables:
        for heading, count in table.filled().items():
            if not is_worded(heading.base):
                continue
            if not count:
                if heading.language and tag_of(heading.language) not in wanted:
                    report.dropped(table.name, table.head_row, f"the column “{heading.written}” is empty")
                continue
            before = names.get(heading.language, (table.name, table.head_row, False))
            names[heading.language] = (*before[:2], before[2] or heading.base == "label")
    return names


def _tell_unknown(names: Mapping[str, tuple[str, int, bool]], tags: Mapping[str, Language], report: Report) -> None:
    for name, (sheet, row, _) in names.items():
        if name and name not in tags:
            sentence = f"the words in “{shown(name)}” are left out: no code of that language is known here."
            report.dropped(sheet, row, f"{sentence} Put it behind the name, like “Cymraeg (cy)”")


def _default(
    names: Mapping[str, tuple[str, int, bool]], tags: Mapping[str, Language], setting: str, report: Report
) -> Language | None:
    labelled = [tags[name] for name, (_, _, label) in names.items() if label and name in tags]
    plain = names.get("")
    wanted = tag_of(setting) if setting and setting.lower() != "default" else None
    if wanted and (wanted in labelled or (plain and plain[2]) or not labelled):
        return wanted
    if setting and setting.lower() != "default" and (labelled or plain):
        report.changed("settings", 0, f"the default language “{shown(setting)}” has no column of labels that is known")
    if plain and (plain[2] or not labelled):
        report.changed(plain[0], plain[1], f"words in columns without a language are read as English ({DEFAULT})")
        return DEFAULT
    if labelled:
        return labelled[0]
    return DEFAULT if not names else None
