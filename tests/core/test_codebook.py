"""The codebook, whole."""

from __future__ import annotations

import pytest

from svvoice.core.codebook import codebook, condition_in_words
from svvoice.core.export import encode
from svvoice.core.safe_cells import Touched
from svvoice.core.survey import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    AtMost,
    Condition,
    Includes,
    Is,
    Kind,
    Not,
    Option,
    Question,
    Survey,
)

NEAR = Question("near", Kind.YES_NO, {"en": "Near?", "cy": "Agos?"}, required=True)
LIKE = Question(
    "like",
    Kind.MULTI_CHOICE,
    {"en": "What do you like?"},
    options=(Option("trees", {"en": "Trees", "cy": "Coed"}),),
    other=True,
    show_if=Is("near", ("yes",)),
    informs=("WFG5", "SVM1"),
)
USE = Question("use", Kind.SINGLE_CHOICE, {"en": "Use?"}, options=(Option("weekly", {"en": "Weekly"}),), other=True)
SAFE = Question("safe", Kind.SCALE, {"en": "Safe?"}, min=1, max=2, min_label={"en": "=Not"}, max_label={"en": "Very"})
DAYS = Question("days", Kind.NUMBER, {"en": "Days?"})
PARK = Survey("park", "en", ("en", "cy"), {"en": "Park"}, (NEAR, LIKE, USE, SAFE, DAYS), version=2)
BEFORE = Survey("park", "en", ("en",), {"en": "Park"}, (NEAR, USE), version=1)


def test_the_codebook_has_a_row_for_each_column_and_choice() -> None:
    touched = Touched()
    rows = codebook([BEFORE, PARK], {"near": 12, "use": 3}, touched)
    assert b"".join(encode(rows)).decode().splitlines() == [
        "column,question_id,kind,version_from,version_to,text_en,text_cy,option_code,option_label_en,option_label_cy,"
        "required,shown_if,informs,n_answered",
        "response_id,,response,,,,,,,,,,,",
        "survey_id,,response,,,,,,,,,,,",
        "survey_version,,response,,,,,,,,,,,",
        "status,,response,,,,,complete,,,,,,",
        "status,,response,,,,,partial,,,,,,",
        "status,,response,,,,,test,,,,,,",
        "status,,response,,,,,excluded,,,,,,",
        "channel,,response,,,,,web,,,,,,",
        "channel,,response,,,,,sms,,,,,,",
        "channel,,response,,,,,kiosk,,,,,,",
        "channel,,response,,,,,paper,,,,,,",
        "channel,,response,,,,,import,,,,,,",
        "language,,response,,,,,,,,,,,",
        "started_at,,response,,,,,,,,,,,",
        "submitted_at,,response,,,,,,,,,,,",
        "duration_s,,response,,,,,,,,,,,",
        "collector,,response,,,,,,,,,,,",
        "near,near,yes_no,1,2,Near?,Agos?,yes,Yes,,yes,always,,12",
        "near,near,yes_no,1,2,Near?,Agos?,no,No,,yes,always,,12",
        'like,like,multi_choice,2,2,What do you like?,,,,,no,"""Near?"" is ""Yes""",WFG5|SVM1,0',
        "like__trees,like,multi_choice 0/1,2,2,What do you like?,,trees,Trees,Coed,no,"
        '"""Near?"" is ""Yes""",WFG5|SVM1,0',
        'like__other,like,multi_choice 0/1,2,2,What do you like?,,other,,,no,"""Near?"" is ""Yes""",WFG5|SVM1,0',
        'like__other_text,like,text beside other,2,2,What do you like?,,,,,no,"""Near?"" is ""Yes""",WFG5|SVM1,0',
        "use,use,single_choice,1,2,Use?,,weekly,Weekly,,no,always,,3",
        "use,use,single_choice,1,2,Use?,,other,Something else,,no,always,,3",
        "use__other_text,use,text beside other,1,2,Use?,,,,,no,always,,3",
        "safe,safe,scale,2,2,Safe?,,1,'=Not,,no,always,,0",
        "safe,safe,scale,2,2,Safe?,,2,Very,,no,always,,0",
        "days,days,number,2,2,Days?,,,,,no,always,,0",
    ]
    assert touched == Touched(guarded=1)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Is("near", ("yes",)), '"Near?" is "Yes"'),
        (Is("use", ("weekly", "other")), '"Use?" is "Weekly" or "Something else"'),
        (Is("safe", (1, 2)), '"Safe?" is 1 or 2'),
        (AtLeast("days", 3), '"Days?" is 3 or more'),
        (AtMost("days", 3), '"Days?" is 3 or less'),
        (Includes("like", "trees"), '"What do you like?" includes "Trees"'),
        (Answered("near", True), '"Near?" was answered'),
        (Answered("near", False), '"Near?" was not answered'),
        (Not(Is("near", ("no",))), 'not ("Near?" is "No")'),
        (
            All((Is("safe", (1, 2)), AnyOf((Answered("near", True), AtLeast("days", 3))))),
            '("Safe?" is 1 or 2) and ("Near?" was answered or "Days?" is 3 or more)',
        ),
    ],
)
def test_a_condition_reads_as_plain_words(condition: Condition, words: str) -> None:
    assert condition_in_words(condition, PARK) == words
