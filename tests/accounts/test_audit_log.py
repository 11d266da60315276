"""The audit log as owners read it: plain sentences, all of them, in order, and nobody else's."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from svvoice import clock
from svvoice.accounts import actions
from svvoice.accounts.audit_words import RUNNER, SENTENCES, UNKNOWN, sentence
from svvoice.store import audit
from svvoice.store.audit import AuditEvent
from svvoice.store.database import Database
from tests.accounts.people import notes
from tests.cast import Cast

SOURCE = Path(__file__).resolve().parents[2] / "svvoice"

KINDS = {one.partition(".")[0] for one in SENTENCES}
PAGES = {"inbox.texts"}
"""Names of pages that look like what the log notes."""


def said(page: TestResponse) -> list[str]:
    assert page.status_code == 200
    return re.findall(r"<tr><td>[^<]+</td><td>([^<]+)</td></tr>", page.text)


def note(database: Database, organisation_id: UUID, subject: str, at: datetime) -> None:
    with database.transaction() as session:
        audit.note(session, organisation_id, action="survey.open", subject=subject, account_id=None, now=at)


def words_in_actions() -> Iterator[tuple[str, str]]:
    """Every piece of code that is written like an action of the log, with its file; a name in it is a star."""
    for path in SOURCE.rglob("*.py"):
        if path.name.endswith("pages.py") or path.name == "audit_words.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Constant(value=str() as words):
                    yield words, path.name
                case ast.JoinedStr(values=parts):
                    yield "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in parts), path.name


def test_everything_that_the_product_notes_has_its_sentence() -> None:
    missing = set()
    for words, file in words_in_actions():
        kind, _, rest = words.partition(".")
        if kind not in KINDS or not re.fullmatch(r"[a-z_*]*[a-z*]", rest) or words in PAGES or rest in {"json", "html"}:
            continue
        pattern = re.escape(words).replace(r"\*", "[a-z_]+")
        if not any(re.fullmatch(pattern, action) for action in SENTENCES):
            missing.add((words, file))
    assert missing == set()


def test_the_walk_through_the_code_finds_what_is_noted() -> None:
    found = {words for words, _ in words_in_actions()}
    assert {"account.signed_in", "colleague.made_*", "survey.*", "responses.exported"} <= found


def test_an_owner_reads_in_plain_sentences_who_did_what(cast: Cast, database: Database) -> None:
    now, ada, ben = clock.now(), cast.accounts["ada"], cast.accounts["ben"]
    actions.change_role(database, cast.hillside, ben, "viewer", ada, now)
    actions.invite(database, cast.hillside, "editor", ada, now + timedelta(minutes=1))
    actions.make_owner_link(database, cast.hillside, now + timedelta(minutes=2))
    actions.remove(database, cast.hillside, ben, ada, now + timedelta(minutes=3))
    assert said(cast.client("ada").get("/o/hillside/audit")) == [
        "Ada removed Ben from the organisation.",
        f"{RUNNER} made a link that signs Ada in.",
        "Ada made an invitation for an editor.",
        "Ada made Ben a viewer.",
    ]


def test_the_time_is_londons(cast: Cast, database: Database) -> None:
    note(database, cast.hillside, "park", datetime.fromisoformat("2026-07-01T10:30:00+00:00"))
    assert "<td>1 July 2026, 11:30</td>" in cast.client("ada").get("/o/hillside/audit").text


@pytest.mark.parametrize("many", [99, 100, 101, 250])
def test_pages_of_a_hundred_hold_every_event_once_in_order(cast: Cast, database: Database, many: int) -> None:
    now = clock.now()
    for number in range(many):
        # Seven at a time at the same moment: the order among them must not change from page to page.
        note(database, cast.hillside, f"event-{number:03d}", now - timedelta(minutes=number // 7))
    ada, address, seen = cast.client("ada"), "/o/hillside/audit", []
    for _ in range(4):
        page = ada.get(address)
        seen.append(said(page))
        note(database, cast.hillside, "newer", now + timedelta(minutes=1))  # on top: moves nothing below
        link = re.search(r'href="(/o/hillside/audit\?before=[^"]+)">Earlier', page.text)
        if link is None:
            break
        address = link[1]
    found = [line for lines in seen for line in lines]
    assert len(found) == many
    assert {re.search(r"event-\d{3}", line)[0] for line in found} == {f"event-{n:03d}" for n in range(many)}  # type: ignore[index]
    moments = [int(re.search(r"\d{3}", line)[0]) // 7 for line in found]  # type: ignore[index]
    assert moments == sorted(moments)


def test_an_event_of_another_organisation_is_no_place_to_go_on_from(cast: Cast, database: Database) -> None:
    note(database, cast.riverside, "theirs", clock.now())
    with database.reading() as session:
        theirs = audit.events(session, cast.riverside)[0].id
    ada = cast.client("ada")
    for before in (theirs, uuid4(), "not-an-id"):
        assert ada.get(f"/o/hillside/audit?before={before}").status_code == 404
    assert "theirs" not in ada.get("/o/hillside/audit").text


@pytest.mark.parametrize("person", ["ben", "cat"])
def test_only_owners_read_it(cast: Cast, person: str) -> None:
    assert cast.client(person).get("/o/hillside/audit").status_code == 403
    assert "What was done here" not in cast.client(person).get("/o/hillside/colleagues").text


def test_what_has_no_sentence_yet_is_still_told() -> None:
    event = AuditEvent(clock.now(), None, "bell.rung", "", uuid4())
    assert sentence(event, {}) == UNKNOWN.format(who=RUNNER, action="bell.rung")


def test_names_are_words_and_never_part_of_the_page(cast: Cast, database: Database) -> None:
    note(database, cast.hillside, "<b>{who.__class__}</b>", clock.now())
    page = cast.client("ada").get("/o/hillside/audit").text
    assert "&lt;b&gt;{who.__class__}&lt;/b&gt;" in page


def test_nothing_in_the_product_changes_or_deletes_what_was_noted() -> None:
    """Rows are only added: the one statement that writes them is an INSERT."""
    writing = [
        (path.name, line.strip())
        for path in SOURCE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"(?:update|delete|insert)\(AuditEventRow\)|(?:UPDATE|DELETE FROM|INSERT INTO) audit_events", line)
    ]
    assert writing == [("audit.py", "insert(AuditEventRow).values(")]


def test_reading_the_log_is_not_noted_in_it(cast: Cast, database: Database) -> None:
    said(cast.client("ada").get("/o/hillside/audit"))
    assert notes(database, cast.hillside) == []
