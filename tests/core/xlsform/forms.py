"""Workbooks made in code, with the features and oddities of forms that people have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook

Row = Sequence[object]
"""The cells from left to right; None is a blank one."""


@dataclass(frozen=True)
class Form:
    """A workbook as rows, the heading first; `others` are further sheets."""

    survey: Sequence[Row]
    choices: Sequence[Row] = ()
    settings: Sequence[Row] = ()
    others: Mapping[str, Sequence[Row]] | None = None

    def sheets(self) -> Mapping[str, Sequence[Row]]:
        named = {"survey": self.survey, "choices": self.choices, "settings": self.settings}
        return {name: rows for name, rows in {**named, **(self.others or {})}.items() if rows}


def workbook(form: Form) -> bytes:
    return pack(form.sheets())


def pack(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


YES_NO = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]
HEAD = ["type", "name", "label"]

BASIC = Form(
    survey=[
        ["type", "name", "label", "hint", "required", "relevant"],
        ["text", "who", "What is your name?", "First name only", "yes", None],
        ["integer", "age", "How many years have you lived here?", None, None, None],
        ["select_one yn", "garden", "Do you have a garden?", None, "true()", None],
        ["text", "grow", "What do you grow?", None, "no", "${garden} = 'yes'"],
    ],
    choices=YES_NO,
    settings=[["form_title", "form_id"], ["Gardens", "gardens_v1"]],
)

TWO_LANGUAGES = Form(
    survey=[
        ["type", "name", "label::English (en)", "label::Cymraeg (cy)", "hint::English (en)", "hint::Cymraeg (cy)"],
        [
            "select_multiple what",
            "more",
            "What should there be more of?",
            "Beth ddylai fod mwy?",
            "Tick all",
            "Ticiwch",
        ],
        ["note", "bye", "Thank you", "Diolch", None, None],
    ],
    choices=[
        ["list_name", "name", "label::English (en)", "label::Cymraeg (cy)"],
        ["what", "trees", "Trees", "Coed"],
        ["what", "seats", "Seats", "Seddi"],
        ["what", "none", "None of these", "Dim un"],
    ],
    settings=[["form_title", "form_id", "default_language"], ["Square", "square", "English (en)"]],
)

WELSH_FIRST = Form(
    survey=[
        ["type", "name", "label::Welsh", "label::English"],
        ["text", "barn", "Beth yw eich barn?", "What do you think?"],
        ["text", "arall", "Unrhyw beth arall?", None],
    ],
    settings=[["form_title", "form_id", "default_language"], ["Barn", "barn", "Welsh"]],
)

OLD_STYLE = Form(
    survey=[
        ["Type", "Name", "Label : English", "relevance", "Constraint Message"],
        ["add select one prompt using colours", "colour", "Which colour?", None, None],
        ["select one from colours", "second", "And your second?", "${colour} != 'red'", None],
        ["select all that apply from colours", "hate", "Which do you dislike?", None, "Please choose"],
        ["string", "why", "Why?", "selected(${hate}, 'blue')", None],
        ["add integer prompt", "many", "How many?", None, None],
        ["q string", "more", "What more?", None, None],
        ["begin looped group", "loop", "Each", None, None],
        ["add note prompt", "lost", "Lost", None, None],
        ["end looped group", None, None, None, None],
    ],
    choices=[
        ["list name", "value", "Label : English"],
        ["colours", "red", "Red"],
        ["colours", "blue", "Blue"],
    ],
    settings=[["set form title", "set form id"], ["Colours", "Old Form 1"]],
)

NUMBERED_CHOICES = Form(
    survey=[
        ["type", "name", "label", "relevant"],
        ["select_one agree", "Q1", "The bus comes on time.", None],
        ["select_one agree", "Q2", "The bus is clean.", "${Q1} = 1 or ${Q1} = '2'"],
        ["select_one agree", "Q2", "The driver is kind.", "not(${Q1} = '99')"],
        ["text", "Q3.comment", "Anything else?", "${Q1} > 2"],
    ],
    choices=[
        ["list_name", "name", "label"],
        ["agree", 1, "Disagree"],
        ["agree", 2.0, "Agree"],
        ["agree", -99, "Do not know"],
        ["agree", 99, "Not for me"],
    ],
)

GROUPS = Form(
    survey=[
        ["type", "name", "label", "relevant", "appearance"],
        ["select_one yn", "work", "Do you work?", None, None],
        ["begin group", "job", "About your work", "${work} = 'yes'", "field-list"],
        ["text", "what", "What do you do?", None, "multiline"],
        ["begin_group", "pay", None, "${what} != ''", None],
        ["integer", "hours", "Hours in a week?", "${work} = 'yes'", None],
        ["end_group", None, None, None, None],
        ["end group", "job", None, None, None],
        ["text", "end_words", "Anything else?", None, None],
    ],
    choices=YES_NO,
)

REPEATS = Form(
    survey=[
        ["type", "name", "label", "repeat_count"],
        ["integer", "people", "How many people live with you?", None],
        ["begin repeat", "person", "Person", "${people}"],
        ["text", "first_name", "Name", None],
        ["begin group", "inner", "Details", None],
        ["integer", "age", "Age", None],
        ["end group", None, None, None],
        ["end repeat", None, None, None],
        ["note", "thanks", "Thank you", None],
    ],
)

CASCADE = Form(
    survey=[
        ["type", "name", "label", "choice_filter"],
        ["select_one region", "region", "Region?", None],
        ["select_one town", "town", "Town?", "region=${region}"],
        ["select_one_from_file wards.csv", "ward", "Ward?", "town=${town}"],
        ["select_one_external streets", "street", "Street?", None],
    ],
    choices=[
        ["list_name", "name", "label", "region"],
        ["region", "north", "North", None],
        ["region", "south", "South", None],
        ["town", "leeds", "Leeds", "north"],
        ["town", "bath", "Bath", "south"],
        ["unused", "a", "A", None],
    ],
    others={"external_choices": [["list_name", "name", "label"], ["streets", "high", "High Street"]]},
)

LONG_LIST = Form(
    survey=[
        HEAD,
        ["select_one ward", "ward", "Which ward?"],
        ["select_one consent", "consent", "I agree to take part."],
        ["text", "more", "What would help?"],
    ],
    choices=[
        ["list_name", "name", "label"],
        *(["ward", f"w{number}", f"Ward {number}"] for number in range(1, 43)),
        ["consent", "ok", "I agree"],
    ],
)

DEVICE = Form(
    survey=[
        HEAD,
        ["start", "start", None],
        ["end", "end", None],
        ["today", "today", None],
        ["deviceid", "deviceid", None],
        ["audit", "audit", None],
        ["geopoint", "where", "Where are you?"],
        ["image", "photo", "Take a picture"],
        ["barcode", "code", "Scan it"],
        ["calculate", "sum", None],
        ["hidden", "secret", None],
        ["rank yn", "order", "Put these in order"],
        ["text", "said", "What did you see?"],
    ],
    choices=YES_NO,
)

DATES = Form(
    survey=[
        ["type", "name", "label", "constraint", "default"],
        ["date", "moved", "When did you move in?", ". <= today()", "today()"],
        ["time", "bus", "When does your bus come?", None, None],
        ["dateTime", "seen", "When did you see it?", None, None],
        ["acknowledge", "read", "I have read the notice.", None, None],
        ["text", "why", "Why not?", None, None],
    ],
)

LIMITS = Form(
    survey=[
        ["type", "name", "label", "constraint", "parameters"],
        ["integer", "visits", "How many visits?", ". >= 0 and .<=31", None],
        ["integer", "adults", "How many adults?", ".>0 and .< 10", None],
        ["decimal", "weight", "How heavy?", "(. >= 0.5) and (. <= 99.5)", None],
        ["text", "words", "In your words?", "string-length(.) <= 140", None],
        ["text", "phone", "Your number?", "regex(., '^[0-9]{11}$')", None],
        ["select_multiple things", "three", "Choose three", "count-selected(.) <= 3", None],
        ["select_multiple things", "none_alone", "Which?", "not(selected(., 'none') and count-selected(.) > 1)", None],
        ["range", "happy", "How happy?", None, "start=0 end=10 step=1"],
        ["range", "percent", "How full?", None, "start=0;end=100;step=5"],
        ["range", "plain", "How good?", None, None],
        ["range", "odd", "How odd?", None, "start=a"],
    ],
    choices=[
        ["list_name", "name", "label"],
        *(["things", name, name.title()] for name in ("one", "two", "four", "none")),
    ],
)

OTHER_FORM = Form(
    survey=[
        ["type", "name", "label", "relevant"],
        ["select_one how or_other", "how", "How did you come?", None],
        ["select_multiple how or_other", "before", "How did you come before?", None],
        ["text", "which", "Which other way?", "${how} = 'other'"],
        ["text", "odd", "Odd?", "${how_other} != ''"],
    ],
    choices=[["list_name", "name", "label"], ["how", "foot", "On foot"], ["how", "bus", "By bus"]],
)

MARKED_UP = Form(
    survey=[
        ["type", "name", "label", "media::image", "guidance_hint"],
        ["text", "name1", "Your <b>first</b> name?", "face.png", "Ask kindly"],
        ["note", "hello", "# Hello\n**${name1}**, this is &quot;us&quot;.", None, None],
        ["note", "red", '<span style="color:red">Careful</span>', None, None],
    ],
)

LOGIC = Form(
    survey=[
        ["type", "name", "label", "relevant"],
        ["integer", "age", "Years here?", None],
        ["select_one yn", "a", "A?", "${age} >= 18 and ${age} &lt; 65"],
        ["select_multiple many", "m", "M?", "${a}='yes' and (${age}=20 or ${age}=30)"],
        ["text", "t1", "T1?", 'selected(${m}, ‘x’) and not(selected(${m}, "y"))'],
        ["text", "t2", "T2?", "count-selected(${m}) >= 1"],
        ["text", "t3", "T3?", "string-length(${t1}) > 0"],
        ["text", "t4", "T4?", "'yes' = ${a}"],
        ["text", "t5", "T5?", "18 < ${age}"],
        ["text", "bad1", "Bad1?", "selected(../m, 'x')"],
        ["text", "bad2", "Bad2?", "${age} + 1 > 3"],
        ["text", "bad3", "Bad3?", "${later} = 'x'"],
        ["text", "bad4", "Bad4?", "${a} = 'maybe'"],
        ["text", "bad5", "Bad5?", "${m} = 'x'"],
        ["text", "bad6", "Bad6?", "${a} = 'yes' and"],
        ["text", "bad7", "Bad7?", "count-selected(${m}) = 2"],
        ["text", "bad8", "Bad8?", "${t1} = 'Leeds'"],
        ["text", "later", "Later?", None],
        ["text", "bad9", "Bad9?", "true()"],
    ],
    choices=[*YES_NO, ["many", "x", "X ray"], ["many", "y", "Y axis"]],
)

KOBO = Form(
    survey=[
        ["type", "name", "label", "$kuid", "kobo--score-choices", "calculation", "bind::oc:itemgroup"],
        ["begin_score", "score", "How good are these?", "a1", "likert", None, None],
        ["score__row", "shops", "The shops", "a2", None, None, None],
        ["end_score", None, None, "a3", None, None, None],
        ["select_one likert", "overall", "And all in all?", "a4", None, None, "G1"],
        ["calculate", "twice", None, "a5", None, "${overall} * 2", None],
        [None, None, "A row without a type", None, None, None, None],
    ],
    choices=[["list_name", "name", "label", "$kuid"], ["likert", "good", "Good", "b1"], ["likert", "bad", "Bad", "b2"]],
    settings=[["id_string", "style", "version"], ["aBcD 12", "pages", "vQ3"]],
)

UNTIDY = Form(
    survey=[
        [None, None, None, None],
        ["type ", " name", "Label", "label", None],
        [" text ", "  ", "A row without a name", None, "stray"],
        ["TEXT", "Überraschung!", "Umlauts", "twice", None],
        ["text", "a_name_that_goes_on_for_much_longer_than_thirty_letters", "Long", None, None],
        ["text", "status", "A reserved name", None, None],
        *([None] * 4 for _ in range(40)),
        ["text", "after_a_gap", None, None, None],
        ["text", "1st", "Digits first", None, None],
    ],
    settings=[["form_title"], ["Untidy"], ["second row"]],
)

HIDDEN_COLUMNS = Form(
    survey=[
        [
            "type",
            "name",
            "label::French (fr)",
            "label::Klingon",
            "label::English",
            "hint::French (fr)",
            "label::Zulu (zu)",
        ],
        ["text", "q1", "Pourquoi ?", "qatlh", "Why?", "Dites tout", None],
        ["text", "q2", None, None, "What else?", "Rien", None],
        ["text", "q3", "Et alors ?", None, None, None, None],
    ],
    settings=[["form_title", "default_language"], ["Deux", "English"]],
)

PLAIN_AND_LABELLED = Form(
    survey=[
        [
            "type",
            "name",
            "label",
            "label::English (en)",
            "label::polski (pl)",
            "required_message::polski (pl)",
            "required",
        ],
        ["text", "q1", "Why?", "Why then?", "Dlaczego?", "Trzeba", "${x} = 1"],
        ["text", "q2", None, "What?", "Co?", None, "yes"],
    ],
)

CHOICES_ODD = Form(
    survey=[
        HEAD,
        ["select_one size", "size", "Which size?"],
        ["select_one yn10", "yes1", "Is it open?"],
        ["select_one no_yes", "no1", "Is it shut?"],
    ],
    choices=[
        ["list_name", "name", "label", "media::image", "order"],
        ["size", "small", "Small", "s.png", 1],
        ["size", "small", "Quite small", "q.png", 2],
        ["size", "Very Large", None, None, 3],
        ["size", None, "Huge", None, None],
        ["size", None, None, None, 5],
        [None, "stray", "Stray", None, None],
        ["yn10", 1, "Yes", None, None],
        ["yn10", 0, "No", None, None],
        ["no_yes", "no", "No", None, None],
        ["no_yes", "yes", "Yes", None, None],
    ],
)

SCRIPTS = Form(
    survey=[
        HEAD,
        ["text", "<script>alert(1)</script>", "<script>alert(1)</script>Why?"],
        ["text", "right", "\u202eabc\u202c نام"],
        ["text", "sum", "'=1+1"],
    ],
    settings=[["form_title", "form_id"], ["<i>Title</i>", "../../etc/passwd"]],
)

NEVER_AN_ANSWER = Form(
    survey=[
        ["type", "name", "label", "relevant", "parameters"],
        ["range", "happy", "How happy?", None, "start=0 end=10 step=1"],
        ["text", "after", "Why?", "${happy} = 11", None],
    ],
)

IMPORTING: Mapping[str, Form] = {
    "basic": BASIC,
    "two languages": TWO_LANGUAGES,
    "Welsh first": WELSH_FIRST,
    "old style": OLD_STYLE,
    "numbered choices": NUMBERED_CHOICES,
    "groups": GROUPS,
    "repeats": REPEATS,
    "cascade": CASCADE,
    "long list": LONG_LIST,
    "device": DEVICE,
    "dates": DATES,
    "limits": LIMITS,
    "other": OTHER_FORM,
    "marked up": MARKED_UP,
    "logic": LOGIC,
    "Kobo": KOBO,
    "untidy": UNTIDY,
    "hidden columns": HIDDEN_COLUMNS,
    "plain and labelled": PLAIN_AND_LABELLED,
    "odd choices": CHOICES_ODD,
    "scripts": SCRIPTS,
    "never an answer": NEVER_AN_ANSWER,
}

REFUSED: Mapping[str, tuple[Form, tuple[str, ...]]] = {
    "no survey": (
        Form(survey=(), others={"Sheet1": [["a"], ["b"]]}),
        ("the file: There is no sheet called “survey”, so this is no XLSForm.",),
    ),
    "no type": (
        Form(survey=[["question", "answer"], ["Why?", "text"]]),
        ("survey row 1: The first row has to name the columns, and there is none called “type”.",),
    ),
    "missing list and open group": (
        Form(survey=[HEAD, ["select_one x", "a", "A?"], ["begin group", "g", "G"], ["text", "b", "B?"]]),
        (
            "survey row 2: The list “x” is not on the sheet choices.",
            "survey row 3: This group begins and never ends.",
        ),
    ),
    "crossed groups": (
        Form(survey=[HEAD, ["begin repeat", "r", "R"], ["end group", None, None], ["end repeat", None, None]]),
        ("survey row 3: This ends a group or repeat that is not open here.",),
    ),
    "nothing asked": (
        Form(survey=[HEAD, ["note", "n", "Hello"]]),
        ("sheet survey: This survey asks nothing. Add a question.",),
    ),
    "same labels": (
        Form(
            survey=[HEAD, ["select_one s", "a", "A?"]],
            choices=[["list_name", "name", "label"], ["s", "x", "Same"], ["s", "y", "same"]],
        ),
        (
            'choices row 3: text.en: "same" stands for two options in "en": '
            "here and at questions[0].options[0].text.en.",
        ),
    ),
    "command word": (
        Form(
            survey=[HEAD, ["select_one s", "a", "A?"]],
            choices=[["list_name", "name", "label"], ["s", "x", "STOP"], ["s", "y", "Go on"]],
        ),
        (
            'choices row 2: text.en: "STOP" is a command word, such as STOP or HELP, '
            "and would not be read as an answer. Use other words.",
        ),
    ),
    "too many questions": (
        Form(survey=[HEAD, *(["text", f"q{number}", "Why?"] for number in range(101))]),
        ("survey row 102: There are 101 questions. The most is 100.",),
    ),
    "long label": (
        Form(survey=[HEAD, ["text", "q", "x" * 5_000]]),
        ("survey row 2: text.en: This is too long: 5000 letters. The most is 2000.",),
    ),
    "unknown languages only": (
        Form(survey=[["type", "name", "label::Klingon"], ["text", "q", "qatlh"]]),
        ("survey row 1: No column names a language that has a code. Write it like “label::Cymraeg (cy)”.",),
    ),
}
