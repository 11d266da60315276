"""Findings keep their numbers as they were, and refuse what may not be shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from svvoice.core.decisions import DecisionProblem, Verdict, decision_problems
from svvoice.core.disclosure import ShownSummary, shown, split_by
from svvoice.core.evidence import (
    Circumstances,
    Finding,
    Refusal,
    Refused,
    as_document,
    finding_from,
    from_document,
    sentence,
    verify,
    wording_hash,
)
from svvoice.core.summary import QuestionSummary, rate, summarise
from svvoice.core.survey import Kind, Option, Question, Survey

CHOICES = ("very", "quite", "not_very", "not_at_all", "never_out")
SAFE = Question(
    "safe",
    Kind.SINGLE_CHOICE,
    {"en": "How safe do you feel?", "cy": "Pa mor ddiogel?"},
    options=tuple(Option(one, {"en": one.replace("_", " ")}) for one in CHOICES),
)
LIKE = Question("like", Kind.MULTI_CHOICE, {"en": "What?"}, options=(Option("trees", {}), Option("buses", {})))
WORDS = Question("words", Kind.TEXT, {"en": "Anything else?"})
PARK = Survey("park", "en", ("en", "cy"), {"en": "Park"}, (SAFE, LIKE, WORDS), version=2)
BEFORE = replace(PARK, version=1)

EVERYONE = {"very": 47, "quite": 121, "not_very": 137, "not_at_all": 62, "never_out": 24}
CAME = Circumstances(
    date(2026, 3, 2), date(2026, 4, 30), {"web": 230, "sms": 161}, {"en": 304, "ur": 50, "cy": 33, "pl": 4}
)


def safe(counts: Mapping[str, int]) -> QuestionSummary:
    return summarise([SAFE], counts)


def find(
    *choices: str,
    claim: str = "do not feel safe after dark",
    question: str = "safe",
    counts: Mapping[str, int] = EVERYONE,
    drawn: ShownSummary | None = None,
    came: Circumstances = CAME,
) -> Finding | Refused:
    drawn = drawn or shown(summarise([PARK.question(question) or SAFE], counts), sensitive=False)
    return finding_from([BEFORE, PARK], question, choices, claim, counts=counts, shown=drawn, circumstances=came)


def found(*choices: str) -> Finding:
    finding = find(*choices)
    assert isinstance(finding, Finding)
    return finding


def test_a_finding_keeps_words_numbers_and_how_they_came() -> None:
    document = as_document(found("not_at_all", "not_very"))
    words = document.pop("wordings")
    assert len(document.pop("content_hash")) == 64
    assert document == {
        "svvoice_finding": 1,
        "survey": "park",
        "versions": [1, 2],
        "question": "safe",
        "choices": ["not_very", "not_at_all"],
        "claim": "do not feel safe after dark",
        "sentence": "51 in 100 do not feel safe after dark. 199 of the 391 who answered.",
        "n": 199,
        "base": 391,
        "share": 0.508951,
        "low": 0.459554,
        "high": 0.558175,
        "group_by": None,
        "group": None,
        "channels": {"web": 230, "sms": 161},
        "languages": {"en": 304, "ur": 50, "cy": "companion", "pl": "fewer_than_10"},
        "first_answer": "2026-03-02",
        "last_answer": "2026-04-30",
        "kept_back": [],
    }
    assert [(wording["versions"], wording["text"]["cy"]) for wording in words] == [([1, 2], "Pa mor ddiogel?")]
    assert [choice["id"] for choice in words[0]["choices"]] == list(CHOICES)


def test_a_changed_wording_is_kept_beside_the_old_one() -> None:
    changed = replace(PARK, version=3, questions=(replace(SAFE, text={"en": "How safe is it here?"}),))
    drawn = shown(safe(EVERYONE), sensitive=False)
    finding = finding_from(
        [BEFORE, PARK, changed], "safe", ["very"], "feel very safe", counts=EVERYONE, shown=drawn, circumstances=CAME
    )
    assert isinstance(finding, Finding)
    assert [(wording.versions, wording.text["en"]) for wording in finding.wordings] == [
        ((1, 2), "How safe do you feel?"),
        ((3,), "How safe is it here?"),
    ]
    assert finding.wordings[0].hash != finding.wordings[1].hash


def test_the_same_finding_has_the_same_hash_and_another_one_another() -> None:
    assert found("very").content_hash == found("very").content_hash
    assert found("very").content_hash != found("quite").content_hash
    assert wording_hash({"en": "a", "cy": "b"}, []) == wording_hash({"cy": "b", "en": "a"}, [])


def test_a_finding_comes_back_from_its_document_as_it_was() -> None:
    finding = found("not_very")
    assert from_document(json.loads(json.dumps(as_document(finding)))) == finding


@pytest.mark.parametrize(
    ("field", "value"),
    [("n", 300), ("sentence", "All is well."), ("base", 392), ("kept_back", ["very"]), ("svvoice_finding", 2)],
)
def test_a_finding_that_was_changed_is_noticed(field: str, value: object) -> None:
    document = as_document(found("not_very")) | {field: value}
    assert not verify(document)
    with pytest.raises(ValueError, match="not as it was frozen"):
        from_document(document)


def test_a_field_added_or_taken_away_is_noticed() -> None:
    document = as_document(found("not_very"))
    assert verify(document)
    assert not verify(document | {"note": "x"})
    assert not verify({key: value for key, value in document.items() if key != "channels"})


def test_a_finding_about_a_group_says_so_and_keeps_back_how_they_came() -> None:
    polish = {"very": 3, "quite": 15, "not_very": 15, "not_at_all": 3, "never_out": 3}
    others = {choice: EVERYONE[choice] - polish[choice] for choice in CHOICES}
    split = split_by("language", safe(EVERYONE), {"pl": safe(polish), "en": safe(others)}, sensitive=False)
    came = replace(CAME, channels={"web": 30, "sms": 9}, languages={"pl": 39}, group_words="in Polish")
    finding = find("quite", claim="feel quite safe", counts=polish, drawn=split.group("pl"), came=came)
    assert isinstance(finding, Finding)
    assert finding.sentence == "38 in 100 feel quite safe. 15 of the 39 who answered in Polish."
    assert (finding.group_by, finding.group) == ("language", "pl")
    assert finding.channels == {"web": "companion", "sms": "companion"}
    assert finding.kept_back == ("very", "not_at_all", "never_out")
    refused = find("quite", "very", claim="feel safe", counts=polish, drawn=split.group("pl"), came=came)
    assert refused == Refused(Refusal.FEWER_THAN_10)


FEW = {"very": 5, "quite": 4}


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (find("very", counts=FEW), Refusal.FEWER_THAN_10),
        (find("very", counts={}), Refusal.NOTHING_ANSWERED),
        (find("sometimes"), Refusal.NO_SUCH_CHOICE),
        (find(), Refusal.NO_CHOICE),
        (find("very", question="gone"), Refusal.NO_SUCH_QUESTION),
        (find("very", question="words", counts={"x": 20}), Refusal.NOT_A_CHOICE_QUESTION),
        (find("very", claim=" \n "), Refusal.NO_CLAIM),
        (find("very", claim="x" * 201), Refusal.CLAIM_TOO_LONG),
    ],
)
def test_what_may_not_be_claimed_is_refused_with_its_reason(refused: Finding | Refused, reason: Refusal) -> None:
    assert refused == Refused(reason)


def test_a_companion_of_a_sensitive_question_is_refused() -> None:
    counts = {"very": 60, "quite": 40, "not_very": 22, "not_at_all": 30, "never_out": 4}
    drawn = shown(safe(counts), sensitive=True)
    assert find("not_very", counts=counts, drawn=drawn) == Refused(Refusal.COMPANION)
    assert isinstance(find("quite", counts=counts, drawn=drawn), Finding)


def test_of_several_choices_people_count_once_and_only_over_all() -> None:
    counts = {"trees|buses": 40, "trees": 30, "buses": 20}
    finding = find("trees", "buses", claim="like either", question="like", counts=counts)
    assert isinstance(finding, Finding)
    assert (finding.n, finding.base) == (90, 90)
    like = summarise([LIKE], counts)
    split = split_by("language", like, {"en": like}, sensitive=False)
    refused = find("trees", "buses", question="like", counts=counts, drawn=split.group("en"))
    assert refused == Refused(Refusal.ONE_CHOICE_IN_A_GROUP)


def test_counts_of_other_people_than_those_shown_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="not of the same people"):
        find("very", counts={"very": 12}, drawn=shown(safe(EVERYONE), sensitive=False))


@pytest.mark.parametrize(
    ("count", "base", "words"),
    [
        (1, 1000, "Fewer than 1 in 100 agree. 1 of the 1000 who answered."),
        (999, 1000, "More than 99 in 100 agree. 999 of the 1000 who answered."),
        (0, 20, "0 in 100 agree. 0 of the 20 who answered."),
        (20, 20, "100 in 100 agree. 20 of the 20 who answered."),
    ],
)
def test_the_sentence_is_true_at_its_ends(count: int, base: int, words: str) -> None:
    assert sentence(rate(count, base), " agree.\n") == words


REASON, OTHERWISE = DecisionProblem.REASON_MISSING, DecisionProblem.OTHERWISE_MISSING


@pytest.mark.parametrize(
    ("verdict", "reason", "otherwise", "problems"),
    [
        (Verdict.YES, "Six new lights.", "We would have mended two.", ()),
        (Verdict.YES, "", "We would have mended two.", (REASON,)),
        (Verdict.NO, " ", " ", (REASON, OTHERWISE)),
        (Verdict.LATER, "In May.", "", (OTHERWISE,)),
        (Verdict.NOT_OURS, "The council owns the road.", "", ()),
        (Verdict.NOT_OURS, "", "", (REASON,)),
        (
            Verdict.PART,
            "x" * 1001,
            "y" * 1001,
            (DecisionProblem.REASON_TOO_LONG, DecisionProblem.OTHERWISE_TOO_LONG),
        ),
    ],
)
def test_a_decision_owes_a_reason_and_what_would_have_been(
    verdict: Verdict, reason: str, otherwise: str, problems: tuple[DecisionProblem, ...]
) -> None:
    assert decision_problems(verdict, reason, otherwise) == problems
