"""A survey that comes from a file, and a question as people will meet it."""

from __future__ import annotations

import io
import json

from svvoice.store import surveys
from tests.authoring.officer import Officer
from tests.publishing import document


def sends_file(officer: Officer, content: bytes, name: str = "park.json") -> None:
    files = {"file": (io.BytesIO(content), name)} if name else {}
    response = officer.client.post("/o/hillside/new-survey/from-file", data=files)
    officer.page, officer.status = response.get_data(as_text=True), response.status_code


def count(officer: Officer) -> int:
    with officer.database.reading() as session:
        return len(surveys.surveys_of(session, officer.cast.hillside))


def test_a_survey_document_becomes_a_draft_once(ben: Officer) -> None:
    content = json.dumps(document("park")).encode()
    sends_file(ben, content)
    ben.slug = "park"
    assert (ben.status, len(ben.draft.questions)) == (303, len(document("park")["questions"]))
    sends_file(ben, content)
    assert (ben.status, "There is a survey with the address park already." in ben.words) == (422, True)


def test_a_file_that_is_no_survey_is_told_with_every_problem_and_nothing_is_kept(ben: Officer) -> None:
    sends_file(ben, json.dumps(document("broken_shape")).encode())
    assert (ben.status, count(ben)) == (422, 0)
    assert ben.page.count("<li>questions[") > 3
    for content, name in ((b"", ""), (b"\x00\xff", "photo.json"), (b"[" * 5000, "deep.json")):
        sends_file(ben, content, name)
        assert (ben.status, count(ben)) == (422, 0), name
    sends_file(ben, b" " * 70_000)
    assert (ben.status, count(ben)) == (413, 0)


def test_page_and_text_stand_beside_the_form_in_each_language(ben: Officer) -> None:
    sends_file(ben, json.dumps(document("park")).encode())
    ben.slug = "park"
    first = ben.draft.asked[0]
    ben.opens(f"questions/{first.id}?lang=cy")
    assert f'src="/o/hillside/surveys/park/questions/{first.id}/preview?lang=cy"' in ben.page
    assert 'blockquote lang="cy"' in ben.page
    assert "for each person." in ben.words
    ben.opens(f"questions/{first.id}/preview?lang=cy")
    assert first.text["cy"] in ben.words
    assert '<html lang="cy"' in ben.page


def test_only_the_preview_may_stand_inside_a_page_of_ours(ben: Officer) -> None:
    ben.begins("Frames")
    name = ben.adds("yes_no", "Near here?")
    base = f"/o/hillside/surveys/{ben.slug}"
    policies = {
        place: ben.client.get(f"{base}/{place}").headers["Content-Security-Policy"]
        for place in ("builder", f"questions/{name}", f"questions/{name}/preview")
    }
    framed = {place: "frame-ancestors 'self'" in policy for place, policy in policies.items()}
    frames = {place: "frame-src 'self'" in policy for place, policy in policies.items()}
    assert list(framed.values()) == [False, False, True]
    assert list(frames.values()) == [False, True, False]


def test_a_note_is_shown_on_the_page_of_the_next_question_and_a_last_one_says_where_it_stands(ben: Officer) -> None:
    ben.begins("Notes")
    note, name = ben.adds("note", "Now about you."), ben.adds("yes_no", "Near here?")
    ben.opens(f"questions/{note}/preview")
    assert "Now about you." in ben.words
    assert "Near here?" in ben.words
    ben.does("down", note)
    assert "It stands on the last page" in " ".join(ben.opens(f"questions/{note}").split())
    ben.opens(f"questions/{note}/preview")
    assert ben.status == 404
    assert ben.draft.questions[0].id == name


def test_an_anonymous_survey_says_that_it_is_never_texted(ben: Officer) -> None:
    ben.begins("Nobody knows")
    name = ben.adds("yes_no", "Near here?")
    ben.sends("builder/words", {"title": "Nobody knows", "promise": "anonymous"})
    assert "An anonymous survey is never asked by text." in ben.opens(f"questions/{name}")
