"""What a finding may claim: numbers frozen as they were, so that a plan can rest on them.

A finding never changes. A correction makes a new one; the old one stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from svvoice.core.disclosure import Hidden, Shown, ShownSummary, Why, sizes_shown
from svvoice.core.export import wordings
from svvoice.core.summary import Counts, Rate, fewer_than_1, in_100, more_than_99, rate, values_in_order
from svvoice.core.survey import Kind, Language, Option, Question, Survey, Words

FORMAT = 1
"""The shape of a finding's document."""

LONGEST_CLAIM = 200


class Direction(StrEnum):
    """How a finding stands to what the plan says."""

    SUPPORTS = "supports"
    AGAINST = "against"
    MIXED = "mixed"
    NOT_ABOUT = "not_about"


class Refusal(StrEnum):
    """Why something may not become a finding."""

    NOTHING_ANSWERED = "nothing_answered"
    NO_SUCH_QUESTION = "no_such_question"
    NO_CHOICE = "no_choice"
    NO_SUCH_CHOICE = "no_such_choice"
    FEWER_THAN_10 = "fewer_than_10"
    COMPANION = "companion"
    ONE_CHOICE_IN_A_GROUP = "one_choice_in_a_group"
    """Several choices of one person, counted together in a group, would tell how many made both."""
    NOT_A_CHOICE_QUESTION = "not_a_choice_question"
    NO_CLAIM = "no_claim"
    CLAIM_TOO_LONG = "claim_too_long"


@dataclass(frozen=True)
class Refused:
    reason: Refusal


@dataclass(frozen=True)
class Circumstances:
    """How the answers of a finding came in. `channels` and `languages` count the people behind it."""

    first_answer: date
    last_answer: date
    channels: Mapping[str, int]
    languages: Mapping[Language, int]
    group_words: str = ""
    """How the group is called in a sentence, such as "in Polish"; needed where the finding is about one."""


@dataclass(frozen=True)
class Choice:
    id: str
    text: Words


@dataclass(frozen=True)
class Wording:
    """A question as some versions of the survey asked it."""

    versions: tuple[int, ...]
    text: Words
    choices: tuple[Choice, ...]
    hash: str


@dataclass(frozen=True)
class Finding:
    survey: str
    versions: tuple[int, ...]
    question: str
    wordings: tuple[Wording, ...]
    choices: tuple[str, ...]
    claim: str
    sentence: str
    n: int
    base: int
    share: float
    low: float
    high: float
    group_by: str | None
    group: str | None
    channels: Mapping[str, int | str]
    """People by channel, or why the number is kept back."""
    languages: Mapping[Language, int | str]
    first_answer: date
    last_answer: date
    kept_back: tuple[str, ...]
    """The choices of the question whose numbers were hidden when the finding was made."""
    content_hash: str = ""
    """sha256 of everything above."""


def finding_from(
    versions: Sequence[Survey],
    question_id: str,
    choices: Sequence[str],
    claim: str,
    *,
    counts: Counts,
    shown: ShownSummary,
    circumstances: Circumstances,
) -> Finding | Refused:
    """Freeze how many of those who answered made one of these choices.

    `claim` goes on after "51 in 100", such as "do not feel safe after dark". `counts` and `shown` are of the same
    people (ValueError where not): everyone, or one group as `split_by` shows it. What the screen may not show is
    refused here too.
    """
    asked = wordings(versions, question_id)
    counted = _counted(asked, choices, claim, counts, shown)
    if isinstance(counted, Refused):
        return counted
    finding = Finding(
        survey=versions[-1].slug,
        versions=tuple(survey.version for survey in versions if survey.question(question_id)),
        question=question_id,
        wordings=_wordings(versions, question_id),
        choices=tuple(value for value in values_in_order(asked) if value in choices),
        claim=_one_line(claim),
        sentence=sentence(counted, claim, circumstances.group_words),
        n=counted.people,
        base=counted.base,
        share=round(counted.share, 6),
        low=round(counted.low, 6),
        high=round(counted.high, 6),
        group_by=shown.group.by if shown.group else None,
        group=shown.group.value if shown.group else None,
        channels=_mix(circumstances.channels, shown),
        languages=_mix(circumstances.languages, shown),
        first_answer=circumstances.first_answer,
        last_answer=circumstances.last_answer,
        kept_back=tuple(cell.value for cell in shown.cells if isinstance(cell.number, Hidden)),
    )
    return replace(finding, content_hash=_hash(_body(finding)))


def sentence(counted: Rate, claim: str, group_words: str = "") -> str:
    """ "51 in 100 do not feel safe after dark. 199 of the 391 who answered." """
    share = f"{in_100(counted.share)} in 100"
    if fewer_than_1(counted.share):
        share = "Fewer than 1 in 100"
    elif more_than_99(counted.share):
        share = "More than 99 in 100"
    of_whom = f"{counted.people} of the {counted.base} who answered"
    return f"{share} {_one_line(claim).rstrip('.')}. {of_whom}{' ' * bool(group_words)}{group_words}."


def wording_hash(text: Words, choices: Sequence[Choice]) -> str:
    """sha256 of a question's words in all languages and of its choices, in form order."""
    return _hash({"text": dict(text), "choices": [[choice.id, dict(choice.text)] for choice in choices]})


def as_document(finding: Finding) -> dict[str, Any]:
    """The finding as JSON values; `verify` holds as long as nobody has changed it."""
    return {**_body(finding), "content_hash": finding.content_hash}


def from_document(document: Mapping[str, Any]) -> Finding:
    """The finding of a document that `as_document` wrote. Raises ValueError where it has been changed since."""
    if not verify(document):
        raise ValueError("the finding is not as it was frozen")
    fields = {key: value for key, value in document.items() if key not in ("svvoice_finding", "wordings")}
    for key in ("versions", "choices", "kept_back"):
        fields[key] = tuple(fields[key])
    for key in ("first_answer", "last_answer"):
        fields[key] = date.fromisoformat(fields[key])
    return Finding(**fields, wordings=tuple(_wording_from(wording) for wording in document["wordings"]))


def verify(document: Mapping[str, Any]) -> bool:
    """Whether a finding's document is as it was when it was frozen."""
    body = {key: value for key, value in document.items() if key != "content_hash"}
    return document.get("svvoice_finding") == FORMAT and document.get("content_hash") == _hash(body)


def _counted(
    asked: Sequence[Question], choices: Sequence[str], claim: str, counts: Counts, shown: ShownSummary
) -> Rate | Refused:
    """The number that the finding rests on, or why there is none."""
    if refusal := _not_asked_so(asked, choices, claim):
        return Refused(refusal)
    if not sum(counts.values()):
        return Refused(Refusal.NOTHING_ANSWERED)
    if isinstance(shown.answered, Hidden):
        return Refused(Refusal(shown.answered.reason.value))
    for choice in choices:
        number = shown.number(choice)
        if isinstance(number, Hidden):
            return Refused(Refusal(number.reason.value))
        if not isinstance(number, Shown):
            return Refused(Refusal.NO_SUCH_CHOICE)
    if asked[-1].kind is Kind.MULTI_CHOICE and len(set(choices)) > 1 and (shown.group or shown.kept_back):
        return Refused(Refusal.ONE_CHOICE_IN_A_GROUP)
    if sum(counts.values()) != shown.answered:
        raise ValueError("the counts and the numbers shown are not of the same people")
    wanted = set(choices)
    people = sum(number for together, number in counts.items() if wanted.intersection(together.split("|")))
    return rate(people, shown.answered)


def _not_asked_so(asked: Sequence[Question], choices: Sequence[str], claim: str) -> Refusal | None:
    if not asked:
        return Refusal.NO_SUCH_QUESTION
    if not values_in_order(asked):
        return Refusal.NOT_A_CHOICE_QUESTION
    if not choices:
        return Refusal.NO_CHOICE
    if not set(choices) <= set(values_in_order(asked)):
        return Refusal.NO_SUCH_CHOICE
    if not _one_line(claim):
        return Refusal.NO_CLAIM
    return Refusal.CLAIM_TOO_LONG if len(_one_line(claim)) > LONGEST_CLAIM else None


def _wordings(versions: Sequence[Survey], question_id: str) -> tuple[Wording, ...]:
    """Each wording once, with the versions that used it, oldest first."""
    found: dict[str, Wording] = {}
    for survey in versions:
        if question := survey.question(question_id):
            choices = tuple(Choice(choice.id, dict(choice.text)) for choice in _choices(question))
            key = wording_hash(question.text, choices)
            before = found[key].versions if key in found else ()
            found[key] = Wording((*before, survey.version), dict(question.text), choices, key)
    return tuple(found.values())


def _choices(question: Question) -> tuple[Option, ...]:
    """The choices with their words; of a scale, its two ends."""
    if question.kind is not Kind.SCALE:
        return question.choices
    ends = ((question.points[0], question.min_label), (question.points[-1], question.max_label))
    return tuple(Option(str(point), label) for point, label in ends)


def _mix(sizes: Mapping[str, int], shown: ShownSummary) -> dict[str, int | str]:
    """How many came by each way, or why that is kept back: of a group always, for two splits would cross."""
    if shown.group:
        return dict.fromkeys(sizes, Why.COMPANION.value)
    mix = sizes_shown(sizes)
    return {key: size.people if isinstance(size, Shown) else size.reason.value for key, size in mix.items()}


def _body(finding: Finding) -> dict[str, Any]:
    body = asdict(finding)
    del body["content_hash"]
    body["first_answer"], body["last_answer"] = finding.first_answer.isoformat(), finding.last_answer.isoformat()
    document: dict[str, Any] = json.loads(json.dumps({"svvoice_finding": FORMAT, **body}))
    return document


def _wording_from(wording: Mapping[str, Any]) -> Wording:
    choices = tuple(Choice(choice["id"], choice["text"]) for choice in wording["choices"])
    return Wording(tuple(wording["versions"]), wording["text"], choices, wording["hash"])


def _hash(value: object) -> str:
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _one_line(claim: str) -> str:
    return " ".join(claim.split())
