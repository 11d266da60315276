"""A person's own account: the password, and where they are signed in."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from svvoice import clock
from svvoice.store import colleagues
from svvoice.store.database import Database
from svvoice.store.members import token_hash
from svvoice.store.one_time_links import Purpose
from svvoice.store.tables import SignInSessionRow
from tests.accounts.people import PASSWORD, give_password, is_signed_in, link, notes, sign_in
from tests.cast import Cast

NEW = "seven grey herons wait"


def change(current: str = PASSWORD, password: str = NEW, again: str = NEW) -> dict[str, str]:
    return {"current": current, "password": password, "again": again}


def test_a_new_password_signs_out_every_other_browser_and_ends_links(
    app: Flask, cast: Cast, database: Database
) -> None:
    give_password(cast, "ben")
    here, there = cast.client("ben"), cast.client("ben")
    with here.session_transaction() as browser:
        before = browser["token"]
    links = [link(cast, purpose, clock.now(), person="ben") for purpose in (Purpose.SIGN_IN, Purpose.RESET)]
    answer = here.post("/account", data=change())
    assert answer.status_code == 303
    assert "Your password is changed." in here.get(answer.location).text
    with here.session_transaction() as browser:
        after = browser["token"]
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert before != after
    thief = app.test_client()
    with thief.session_transaction() as browser:
        browser["token"] = before
    assert not is_signed_in(thief)
    assert [app.test_client().get(f"/join/{token}").status_code for token in links] == [404, 404]
    assert sign_in(app.test_client(), "ben").status_code == 422
    assert sign_in(app.test_client(), "ben", NEW).status_code == 303
    ben = cast.accounts["ben"]
    assert notes(database, cast.hillside)[0] == ("account.password_changed", str(ben), ben)


def test_the_password_is_not_changed_without_the_current_one(app: Flask, cast: Cast) -> None:
    give_password(cast, "ben")
    browser = cast.client("ben")
    for wrong in ("", "something else entirely"):
        answer = browser.post("/account", data=change(current=wrong))
        assert answer.status_code == 422
    assert "This is not the password you have now." in answer.text
    assert sign_in(app.test_client(), "ben").status_code == 303


def test_weak_and_mistyped_passwords_are_refused_in_plain_words(cast: Cast) -> None:
    give_password(cast, "ben")
    browser = cast.client("ben")
    for password, again, sentence in (
        ("password1", "password1", "Many people use this password"),
        ("short", "short", "Use at least 8 letters."),
        ("Hillside Trust", "Hillside Trust", "This is your name or your organisation’s"),
        (NEW, "seven grey herons", "The two passwords are not the same."),
    ):
        answer = browser.post("/account", data=change(password=password, again=again))
        assert answer.status_code == 422
        assert sentence in answer.text
        assert password not in answer.text.replace("Hillside Trust</b>", "").replace("Hillside Trust –", "")


def test_whoever_has_no_password_yet_chooses_one_without_a_current_one(app: Flask, cast: Cast) -> None:
    browser = cast.client("ben")
    page = browser.get("/account").text
    assert "Choose a password" in page
    assert 'name="current"' not in page
    assert browser.post("/account", data={"password": NEW, "again": NEW}).status_code == 303
    assert sign_in(app.test_client(), "ben", NEW).status_code == 303


def test_the_account_page_lists_this_persons_browsers_and_marks_this_one(cast: Cast) -> None:
    here, _there, _ada = cast.client("ben"), cast.client("ben"), cast.client("ada")
    page = here.get("/account").text
    rows = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)]
    rows = [row for row in rows if row]
    assert len(rows) == 2
    assert ["This browser" in name for name, *_ in rows] == ["Sign out" not in end for *_, end in rows]
    assert sum("This browser" in name for name, *_ in rows) == 1
    assert all(re.match(r"\d{1,2} \w+ \d{4}, \d\d:\d\d$", said) for _, *times, _ in rows for said in times)


@pytest.mark.parametrize(
    ("says", "family"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge"),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Safari/537.36",
            "Samsung",
        ),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1", "Safari"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1", "Chrome"),
        ("<script>alert(1)</script>", "Another browser"),
    ],
)
def test_of_a_browser_only_its_family_is_kept(
    app: Flask, cast: Cast, database: Database, says: str, family: str
) -> None:
    give_password(cast, "ben")
    browser = app.test_client()
    data = {"sign_in_name": "ben", "password": PASSWORD}
    browser.post("/sign-in", data=data, headers={"User-Agent": says}, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    page = browser.get("/account").text
    assert family in page
    assert says not in page
    with database.reading() as session:
        kept = session.execute(select(SignInSessionRow)).scalar_one()
    held = {name: str(value) for name, value in vars(kept).items() if not name.startswith("_")}
    assert set(held) == {"token_hash", "account_id", "created_at", "seen_at", "browser"}
    assert len(held["browser"]) < 20
    assert "203.0.113.9" not in str(held)


def test_one_other_browser_is_signed_out_and_the_rest_stay(app: Flask, cast: Cast, database: Database) -> None:
    here, there, elsewhere = cast.client("ben"), cast.client("ben"), cast.client("ben")
    with there.session_transaction() as browser:
        theirs = token_hash(browser["token"])
    answer = here.post("/sign-out-elsewhere?from=hillside", data={"browser": theirs})
    assert (answer.status_code, answer.location) == (303, "/account?from=hillside")
    assert [is_signed_in(one) for one in (here, there, elsewhere)] == [True, False, True]
    ben = cast.accounts["ben"]
    assert notes(database, cast.hillside) == [("account.signed_out_elsewhere", str(ben), ben)]


def test_all_others_are_signed_out_and_this_one_stays(cast: Cast) -> None:
    here, there, elsewhere, ada = (cast.client(name) for name in ("ben", "ben", "ben", "ada"))
    assert here.post("/sign-out-elsewhere").status_code == 303
    assert [is_signed_in(one) for one in (here, there, elsewhere, ada)] == [True, False, False, True]


def test_nobody_signs_out_a_browser_of_somebody_else(cast: Cast, database: Database) -> None:
    ada, ben = cast.client("ada"), cast.client("ben")
    with ben.session_transaction() as browser:
        theirs = token_hash(browser["token"])
    ada.post("/sign-out-elsewhere", data={"browser": theirs})
    assert is_signed_in(ben)
    assert notes(database, cast.hillside) == []


def test_the_side_list_beside_the_account_is_of_the_organisation_one_came_from(cast: Cast) -> None:
    with cast.database.transaction() as session:
        colleagues.add(session, cast.riverside, cast.accounts["ben"], "viewer", clock.now())
    browser = cast.client("ben")
    assert "Ben, viewer" in browser.get("/account?from=riverside").text
    assert "Ben, editor" in browser.get("/account?from=hillside").text
    # An organisation that is not theirs is as good as none.
    assert "Riverside Trust" not in cast.client("ada").get("/account?from=riverside").text
