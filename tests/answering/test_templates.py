"""The respondents' pages: what stands on them, whatever the survey says."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import date

import pytest
from flask import render_template

from svvoice.answering.screens import Choice, Control, Delete, QuestionScreen, Start, Thanks
from svvoice.language import speech
from svvoice.web.frame import HELP_LINES, Piece
from svvoice.web.words import TEMPLATES, page_style
from tests.answering.made_up import (
    BOX,
    DELETE,
    MESSAGE,
    PAGES,
    SAFE,
    START,
    THANKS,
    TURN,
    Page,
    Screen,
    application,
    frame,
    page,
    piece,
    render,
)

every_page = pytest.mark.parametrize(("template", "screen"), PAGES)


def scale(low: int, high: int) -> QuestionScreen:
    points = tuple(Choice(str(n), n, Piece(str(n), "en", "ltr"), chosen=False) for n in range(low, high + 1))
    return replace(SAFE, choices=points, low_label=piece("Not at all"), high_label=piece("Completely"))


@every_page
def test_every_page_has_one_heading_and_says_its_language(template: str, screen: Screen) -> None:
    shown = page(template, screen)
    assert len(shown.all("h1")) == 1
    assert shown.one("html").attributes == {"lang": "en", "dir": "ltr"}
    assert shown.one("title").text.endswith("What is it like to live around here? – Leeds Road Community Trust")


@every_page
def test_every_page_is_whole_without_script_pictures_or_a_second_request(template: str, screen: Screen) -> None:
    shown = page(template, screen)
    assert {element.tag for element in shown.elements}.isdisjoint({"script", "img", "link", "iframe", "object"})
    assert [element for element in shown.elements if "style" in element.attributes] == []
    assert shown.one("style").text == " ".join(str(page_style()).split())


@every_page
def test_every_page_names_the_help_lines(template: str, screen: Screen) -> None:
    calls = [link.attributes["href"] for link in page(template, screen).all("a") if link.text[-1:].isdigit()]
    assert calls == [f"tel:{line.number.replace(' ', '')}" for line in HELP_LINES]


@every_page
def test_every_form_carries_its_turn(template: str, screen: Screen) -> None:
    shown = page(template, screen)
    turns = [field.attributes["value"] for field in shown.all("input", name="turn", type="hidden")]
    assert turns == [TURN] * len(shown.all("form"))


@every_page
def test_no_id_stands_twice_and_every_reference_leads_somewhere(template: str, screen: Screen) -> None:
    shown = page(template, screen)
    ids = [element.attributes["id"] for element in shown.elements if "id" in element.attributes]
    assert sorted(set(ids), key=str) == sorted(ids, key=str)
    wanted = [
        name
        for element in shown.elements
        for attribute in ("for", "aria-describedby", "aria-labelledby")
        for name in (element.attributes.get(attribute) or "").split()
    ]
    assert set(wanted) <= set(ids)


@pytest.mark.parametrize(("template", "screen"), [("start", START), ("thanks", THANKS), ("delete", DELETE)])
def test_the_example_says_that_its_people_are_made_up(template: str, screen: Start | Thanks | Delete) -> None:
    example = replace(screen, frame=frame(is_example=True))
    assert page(template, example).one("p", class_="made-up").text == "Example. The people here are made up."
    assert page(template, screen).all("p", class_="made-up") == []


def test_the_first_page_costs_little_and_a_question_less() -> None:
    assert len(gzip.compress(render("start", START).encode(), 6)) <= 5_000
    assert len(gzip.compress(render("question", SAFE).encode(), 6)) <= 6_000


@pytest.mark.parametrize("screen", [START, replace(START, under_18=True), replace(START, anonymous=True)])
def test_the_notice_has_at_most_ninety_words(screen: Start) -> None:
    assert len(page("start", screen).one("ul", class_="notice").text.split()) <= 90


def test_the_first_page_says_the_whole_notice_and_how_to_text() -> None:
    shown = page("start", START)
    assert shown.one("ul", class_="notice").text == (
        "About 3 minutes. Up to 8 short questions. Skip any. Stop when you like. "
        "Private. Only people who work on this at Leeds Road Community Trust see what you say. "
        "We do not ask your name. Yours to delete. Use the link at the end. "
        "Is someone in danger? Then we must tell people who can help."
    )
    assert shown.one("p", class_="by-text").text == (
        "Rather text? Send HOME to 07700 900142. It costs your usual rate."
    )
    assert shown.one("a", class_="button").attributes["href"] == START.start


def test_without_a_number_nobody_is_asked_to_text() -> None:
    assert "Rather text?" not in render("start", replace(START, keyword=None, number=None))


def test_an_anonymous_survey_is_not_called_private() -> None:
    notice = page("start", replace(START, anonymous=True)).one("ul", class_="notice").text
    assert "Anonymous. Nobody can tell which answers are yours." in notice
    assert "Private" not in notice


def test_young_people_are_told_that_adults_see_it() -> None:
    notice = page("start", replace(START, under_18=True)).one("ul", class_="notice").text
    assert "Only adults who work on this at Leeds Road Community Trust see what you say." in notice
    assert "Are you in danger, or is a friend?" in notice


def test_somebody_who_has_started_carries_on() -> None:
    assert page("start", replace(START, resuming=True)).one("a", class_="button").text == "Carry on"


def test_languages_stand_by_their_own_names() -> None:
    row = page("start", START).all("nav", class_="languages")
    assert [one.text for one in row] == ["English Cymraeg Polski اردو"]
    urdu = page("start", START).one("a", hreflang="ur")
    assert urdu.attributes["lang"] == "ur"
    assert urdu.attributes["dir"] == "rtl"
    many = replace(START, frame=frame(languages=("en", "cy", "pl", "ur", "ro")))
    assert len(page("start", many).all("nav", class_="languages many")) == 1
    alone = replace(START, frame=frame(languages=("en",)))
    assert page("start", alone).all("nav") == []


def test_an_urdu_page_is_mirrored_and_words_in_english_are_marked() -> None:
    shown = page("question", replace(SAFE, frame=frame("ur"), hint=piece("ذرا سوچیں۔", "ur")))
    assert shown.one("html").attributes == {"lang": "ur", "dir": "rtl"}
    assert shown.one("h1").attributes == {"lang": "en", "dir": "ltr"}
    assert [hint.attributes for hint in shown.all("p") if hint.text == "ذرا سوچیں۔"] == [{}]


def test_a_question_with_choices_is_their_legend_and_nothing_is_chosen() -> None:
    shown = page("question", SAFE)
    assert shown.one("legend").text == shown.one("h1").text == SAFE.words.words
    radios = shown.all("input", type="radio")
    assert [(radio.attributes["name"], radio.attributes["value"]) for radio in radios] == [
        ("answer", "very"),
        ("answer", "not"),
    ]
    assert [radio for radio in radios if "checked" in radio.attributes] == []
    labels = [shown.one("label", for_=str(radio.attributes["id"])).text for radio in radios]
    assert labels == ["1 Very safe", "2 Not safe"]
    assert shown.one("fieldset").attributes["aria-describedby"] == "hint"


def test_what_was_chosen_before_is_shown() -> None:
    first, second = SAFE.choices
    shown = page("question", replace(SAFE, choices=(first, replace(second, chosen=True))))
    checked = [radio.attributes["value"] for radio in shown.all("input") if "checked" in radio.attributes]
    assert checked == ["not"]


def test_continue_comes_first_so_that_the_enter_key_does_not_skip() -> None:
    buttons = page("question", BOX).all("button")
    assert [(button.text, button.attributes.get("name")) for button in buttons] == [
        ("Continue", None),
        ("Skip this question", "skip"),
    ]


def test_a_required_question_says_so_and_has_no_skip() -> None:
    shown = page("question", replace(SAFE, required=True))
    assert [button.text for button in shown.all("button")] == ["Continue"]
    assert shown.one("div", id="hint").text == "Think about the last few weeks. We need an answer to this one."


def test_progress_is_said_in_words() -> None:
    shown = page("question", SAFE)
    assert shown.one("div", class_="progress").text == "Question 3 of about 8"
    assert shown.one("rect").attributes["width"] == "25%"


def test_or_stands_before_the_choice_that_goes_with_no_other() -> None:
    choices = (*SAFE.choices, Choice("none", 3, piece("None of these"), chosen=False, exclusive=True))
    shown = page("question", replace(SAFE, control=Control.CHECKBOXES, choices=choices, most=2))
    assert len(shown.all("input", type="checkbox")) == 3
    said = [element.text for element in shown.elements if element.tag in {"p", "label"}]
    assert said[2:6] == ["1 Very safe", "2 Not safe", "or", "3 None of these"]
    assert shown.one("div", id="hint").text.endswith("Choose up to 2.")


def test_the_box_beside_other_keeps_its_words() -> None:
    other = Choice("other", 3, piece("Something else"), chosen=True, has_box=True)
    shown = page("question", replace(SAFE, choices=(*SAFE.choices, other), other='My "bus" driver'))
    assert shown.one("input", name="other").attributes["value"] == 'My "bus" driver'
    assert shown.one("label", for_="other").text == "In your own words"


def test_a_short_scale_has_words_at_its_ends() -> None:
    shown = page("question", scale(1, 5))
    assert [label.text for label in shown.all("label")] == ["1 Not at all", "2", "3", "4", "5 Completely"]


def test_a_long_scale_stands_in_rows_between_its_ends() -> None:
    shown = page("question", scale(0, 10))
    assert [label.text for label in shown.all("label")] == [str(point) for point in range(11)]
    assert shown.one("p", id="low").text == "0 = Not at all"
    assert shown.one("p", id="high").text == "10 = Completely"
    described = [radio.attributes.get("aria-describedby") for radio in shown.all("input", type="radio")]
    assert described == ["low", *[None] * 9, "high"]


@pytest.mark.parametrize(
    ("control", "tag", "keyboard"),
    [(Control.NUMBER, "input", "decimal"), (Control.LINE, "input", None), (Control.BOX, "textarea", None)],
)
def test_what_is_written_is_never_cut_in_silence(control: Control, tag: str, keyboard: str | None) -> None:
    shown = page("question", replace(BOX, control=control, longest=3, typed="أكثر من ثلاثة"))
    box = shown.one(tag, name="answer")
    assert "maxlength" not in box.attributes
    assert (box.attributes["dir"], box.attributes["autocomplete"]) == ("auto", "off")
    assert box.attributes.get("inputmode") == keyboard
    assert box.text or box.attributes["value"] == "أكثر من ثلاثة"
    assert shown.one("label", for_="answer").text == shown.one("h1").text


def test_a_problem_is_said_on_top_and_at_the_field_and_the_words_stay() -> None:
    problem = "Write a number, such as 3."
    shown = page("question", replace(BOX, control=Control.NUMBER, typed="lots", problem=problem))
    assert shown.one("title").text.startswith("Error: ")
    summary = shown.one("div", class_="again")
    assert (summary.attributes["tabindex"], "autofocus" in summary.attributes) == ("-1", True)
    assert shown.one("a", href="#answer").text == problem
    assert shown.one("p", id="problem").text == f"Look again: {problem}"
    box = shown.one("input", id="answer")
    assert (box.attributes["value"], box.attributes["aria-invalid"]) == ("lots", "true")
    assert box.attributes["aria-describedby"] == "hint problem"


def test_what_people_write_is_never_read_as_a_page() -> None:
    html = render("question", replace(BOX, typed="</textarea><script>alert(1)</script>"))
    assert "<script" not in html
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_sensitive_question_has_a_way_out() -> None:
    assert page("question", replace(SAFE, sensitive=True)).one("p", class_="leave").text == "Leave this page fast"
    assert page("question", SAFE).all("p", class_="leave") == []


def test_thanks_offers_news_and_hands_the_phone_on() -> None:
    shown = page("thanks", replace(THANKS, closes=date(2026, 12, 12)))
    assert [form.attributes["action"] for form in shown.all("form")] == [
        THANKS.tell_back_action,
        THANKS.someone_else_action,
        THANKS.finish_action,
    ]
    assert "The survey closes on 12 December 2026." in shown.one("main").text
    links = [link.attributes["href"] for link in shown.all("a")]
    assert {THANKS.results, THANKS.change, THANKS.delete} <= set(links)
    assert [button.text for button in shown.all("button", class_="button")] == ["Text me the news"]


def test_after_a_number_was_left_finishing_is_the_one_thing_to_do() -> None:
    shown = page("thanks", replace(THANKS, asked_to_be_told=True))
    assert shown.one("p", class_="told").text == "We will text you when there is news."
    assert [button.text for button in shown.all("button", class_="button")] == ["I have finished"]
    assert shown.all("input", name="phone") == []


@pytest.mark.parametrize("template", ["thanks", "tell_me"])
def test_a_wrong_number_is_shown_again_with_its_sentence(template: str) -> None:
    shown = page(template, replace(THANKS, phone_typed="0770", problem="Write a UK mobile number."))
    phone = shown.one("input", name="phone")
    assert (phone.attributes["type"], phone.attributes["value"]) == ("tel", "0770")
    assert phone.attributes["aria-describedby"] == "kept problem"
    assert shown.one("a", href="#phone").text == "Write a UK mobile number."
    assert shown.one("title").text.startswith("Error: ")


def test_a_message_says_one_thing_and_where_to_go() -> None:
    shown = page("message", MESSAGE)
    assert shown.one("main").text == "This survey has closed Thank you to everyone who answered. See it"
    assert page("message", replace(MESSAGE, link=None)).all("a", class_="button second") == []


def test_an_error_page_says_what_to_do_and_where_help_is() -> None:
    app = application()
    with app.test_request_context():
        html = render_template("error.html", title="Not here", now="Check the link.", speech=speech("en"), status=404)
    shown = Page(html)
    assert shown.one("title").text == shown.one("h1").text == "Not here"
    assert shown.one("main").text == "Not here Check the link."
    assert shown.one("a", href="tel:999").text == "999"


def test_our_sentences_are_short() -> None:
    said = [
        sentence
        for template in [*TEMPLATES.glob("answering/*.html"), *TEMPLATES.glob("parts/*.html"), TEMPLATES / "base.html"]
        for sentence in re.findall(r'say(?:_many)?\("([^"]+)"', template.read_text(encoding="utf-8"))
    ]
    assert len(said) > 40
    assert [sentence for sentence in said if len(sentence.split()) > 15] == []


def test_the_stylesheet_still_closes_what_it_opens_when_its_lines_are_joined() -> None:
    style = str(page_style())
    assert style.count("{") == style.count("}")
    assert "\n" not in style
