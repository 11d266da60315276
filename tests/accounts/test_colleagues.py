"""Who works here: everyone sees the list, owners change it, and never across organisations."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from svvoice import clock
from svvoice.accounts import actions
from svvoice.accounts.outcomes import Done, LastOwner
from svvoice.errors import NotAllowed
from svvoice.store import colleagues
from svvoice.store.database import Database, run_again
from tests.accounts.people import NEW_PERSON, give_password, is_signed_in, notes, sign_in
from tests.cast import Cast

HERE = "/o/hillside/colleagues"


def roles(database: Database, organisation_id: UUID) -> dict[str, str]:
    with database.reading() as session:
        return {line.name: line.role for line in colleagues.everyone(session, organisation_id)}


def link_on(page: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/join/[\w-]+)", page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("person", ["ada", "ben", "cat"])
def test_everyone_sees_who_works_here_and_nobody_from_elsewhere(cast: Cast, person: str) -> None:
    page = cast.client(person).get(HERE)
    assert page.status_code == 200
    assert [name in page.text for name in ("Ada", "Ben", "Cat", "Rae", "Sam", "Tom")] == [True] * 3 + [False] * 3
    assert ("Invite somebody" in page.text) is (person == "ada")
    assert ("Signs in as" in page.text) is (person == "ada")


POSTS = ["invitations", "{ben}/role", "{ben}/remove", "{ben}/new-password"]


@pytest.mark.parametrize("post", POSTS)
def test_only_an_owner_changes_anything(cast: Cast, database: Database, client: FlaskClient, post: str) -> None:
    address = f"{HERE}/{post.format(ben=cast.accounts['ben'])}"
    before = roles(database, cast.hillside)
    for person, status in (("ben", 403), ("cat", 403), ("rae", 404)):
        assert cast.client(person).post(address, data={"role": "owner"}).status_code == status
    assert client.post(address, data={"role": "owner"}).location == "/sign-in"
    assert roles(database, cast.hillside) == before
    assert notes(database, cast.hillside) == []
    assert cast.client("ben").get(f"{HERE}/{cast.accounts['ben']}").status_code == 403


@pytest.mark.parametrize("post", ["", "/role", "/remove", "/new-password"])
def test_an_account_of_another_organisation_is_not_there(cast: Cast, database: Database, post: str) -> None:
    ada = cast.client("ada")
    for account in (cast.accounts["sam"], cast.accounts["rae"], uuid4()):
        answer = ada.post(f"{HERE}/{account}{post}", data={"role": "viewer"}) if post else ada.get(f"{HERE}/{account}")
        assert answer.status_code == 404
        assert not re.search(r"\b(Sam|Rae)\b", answer.text)
    assert roles(database, cast.riverside) == {"Rae": "owner", "Sam": "editor", "Tom": "viewer"}


@pytest.mark.parametrize("role", ["viewer", "editor", "owner"])
def test_an_owner_invites_for_a_role_and_the_link_is_shown_once(
    cast: Cast, database: Database, client: FlaskClient, role: str
) -> None:
    ada = cast.client("ada")
    made = ada.post(f"{HERE}/invitations", data={"role": role})
    address = link_on(made.text)
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    assert f"<b>{role}</b>" in made.text
    assert address not in ada.get(HERE).text
    assert notes(database, cast.hillside) == [(f"link.invite_{role}", "", cast.accounts["ada"])]
    assert client.post(address, data=NEW_PERSON).location == "/o/hillside/"
    assert roles(database, cast.hillside)["Noor Aziz"] == role


@pytest.mark.parametrize("data", [{}, {"role": ""}, {"role": "admin"}, {"role": "OWNER"}])
def test_there_are_three_roles_and_no_other(cast: Cast, database: Database, data: dict[str, str]) -> None:
    ada = cast.client("ada")
    assert ada.post(f"{HERE}/invitations", data=data).status_code == 422
    assert ada.post(f"{HERE}/{cast.accounts['ben']}/role", data=data).status_code == 422
    assert roles(database, cast.hillside) == {"Ada": "owner", "Ben": "editor", "Cat": "viewer"}


def test_a_role_change_signs_the_person_out_and_is_noted(cast: Cast, database: Database) -> None:
    ada, ben, cat = cast.client("ada"), cast.client("ben"), cast.client("cat")
    account = cast.accounts["ben"]
    answer = ada.post(f"{HERE}/{account}/role", data={"role": "viewer"})
    assert (answer.status_code, answer.location) == (303, HERE)
    assert "Ben is now a viewer." in ada.get(HERE).text
    assert [is_signed_in(browser) for browser in (ada, ben, cat)] == [True, False, True]
    assert roles(database, cast.hillside)["Ben"] == "viewer"
    assert notes(database, cast.hillside) == [("colleague.made_viewer", str(account), cast.accounts["ada"])]


def test_the_same_role_again_changes_nothing(cast: Cast, database: Database) -> None:
    ben = cast.client("ben")
    cast.client("ada").post(f"{HERE}/{cast.accounts['ben']}/role", data={"role": "editor"})
    assert is_signed_in(ben)
    assert notes(database, cast.hillside) == []


def test_a_person_who_is_removed_is_out_at_once_and_it_is_noted(
    cast: Cast, database: Database, client: FlaskClient
) -> None:
    give_password(cast, "ben")
    ada, ben, account = cast.client("ada"), cast.client("ben"), cast.accounts["ben"]
    assert ada.post(f"{HERE}/{account}/remove").status_code == 303
    assert not is_signed_in(ben)
    assert "Ben" not in roles(database, cast.hillside)
    assert notes(database, cast.hillside) == [("colleague.removed", str(account), cast.accounts["ada"])]
    assert sign_in(client, "ben").location == "/organisations"
    assert client.get("/o/hillside/").status_code == 404


def test_the_last_owner_neither_leaves_nor_becomes_anything_else(cast: Cast, database: Database) -> None:
    ada, account = cast.client("ada"), cast.accounts["ada"]
    for answer in (
        ada.post(f"{HERE}/{account}/remove"),
        ada.post(f"{HERE}/{account}/role", data={"role": "editor"}),
    ):
        assert answer.status_code == 422
        assert "This is the only owner. Make somebody else an owner first." in answer.text
    assert is_signed_in(ada)
    assert roles(database, cast.hillside)["Ada"] == "owner"
    ada.post(f"{HERE}/{cast.accounts['ben']}/role", data={"role": "owner"})
    assert ada.post(f"{HERE}/{account}/remove").status_code == 303
    assert roles(database, cast.hillside) == {"Ben": "owner", "Cat": "viewer"}


def test_two_owners_who_send_each_other_away_at_once_leave_one(cast: Cast, database: Database) -> None:
    now, ours = clock.now(), cast.hillside
    ada, ben = cast.accounts["ada"], cast.accounts["ben"]
    for _ in range(5):
        with database.transaction() as session:
            for account in (ada, ben):
                colleagues.remove(session, ours, account)
                colleagues.add(session, ours, account, "owner", now)

        def send_away(pair: tuple[UUID, UUID]) -> object:
            try:
                return run_again(lambda: actions.remove(database, ours, pair[0], pair[1], now))
            except NotAllowed:
                return NotAllowed

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(send_away, [(ada, ben), (ben, ada)]))
        assert sorted(map(str, outcomes)) == sorted(map(str, [Done(), NotAllowed]))
        assert list(roles(database, ours).values()).count("owner") == 1


def test_two_owners_who_leave_at_once_leave_one(cast: Cast, database: Database) -> None:
    now, ours = clock.now(), cast.hillside
    ada, ben = cast.accounts["ada"], cast.accounts["ben"]
    for _ in range(5):
        with database.transaction() as session:
            for account in (ada, ben):
                colleagues.remove(session, ours, account)
                colleagues.add(session, ours, account, "owner", now)
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(
                pool.map(
                    lambda me: run_again(lambda: actions.change_role(database, ours, me, "viewer", me, now)),
                    [ada, ben],
                )
            )
        assert sorted(map(str, outcomes)) == sorted(map(str, [Done(), LastOwner()]))


def test_an_owner_hands_out_a_link_for_a_new_password(cast: Cast, database: Database, client: FlaskClient) -> None:
    made = cast.client("ada").post(f"{HERE}/{cast.accounts['ben']}/new-password")
    new = {"password": "seven grey herons wait", "again": "seven grey herons wait"}
    assert client.post(link_on(made.text), data=new).location == "/sign-in"
    assert sign_in(client, "ben", new["password"]).location == "/o/hillside/"
    assert notes(database, cast.hillside)[0] == ("link.reset", str(cast.accounts["ben"]), cast.accounts["ada"])


def test_no_owner_hands_out_a_password_that_opens_another_organisation(cast: Cast, database: Database) -> None:
    with database.transaction() as session:
        colleagues.add(session, cast.riverside, cast.accounts["ben"], "viewer", clock.now())
    answer = cast.client("ada").post(f"{HERE}/{cast.accounts['ben']}/new-password")
    assert answer.status_code == 422
    assert "This person works for another organisation too." in answer.text
    assert "/join/" not in answer.text


def test_a_name_is_shown_as_words_never_as_a_page(cast: Cast, client: FlaskClient, database: Database) -> None:
    ada = cast.client("ada")
    address = link_on(ada.post(f"{HERE}/invitations", data={"role": "viewer"}).text)
    client.post(address, data={**NEW_PERSON, "name": "<script>alert(1)</script>", "sign_in_name": '"><img src=x>'})
    page = ada.get(HERE).text
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
