"""One intent, one text: whatever the provider answers, and however often the worker is killed."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest

from svvoice.errors import Unavailable
from svvoice.messaging import worker
from svvoice.messaging.callback import read_callback
from svvoice.messaging.quiet import QuietSender
from svvoice.messaging.sender import Accepted, Refused, Trouble, Unknown
from svvoice.messaging.worker import LEASE, LOOK_AFTER, Pause, Round, work_once
from svvoice.store import opt_outs, outbox_claims
from tests.messaging.people import NOON, OUR_NUMBER, Town

ANNA = "+447700900201"
BOB = "+447700900202"


def test_a_text_goes_out_once_with_the_way_to_report_back(town: Town) -> None:
    town.queue(ANNA, "Hello")
    assert work_once(town.desk()) == Round(1)
    assert work_once(town.desk()) == Round(0)
    (text,) = town.quiet.texts
    assert (text.to, text.body, text.sender) == (ANNA, "Hello", OUR_NUMBER)
    assert text.valid_for == 8 * 3600
    signed = text.callback_address.removeprefix("http://127.0.0.1:8000/sms/status?m=")
    assert read_callback(town.settings, signed) == (town.organisation_id, town.rows("id")[0])
    assert town.rows("state", "provider_sid", "attempts", "lease_until") == [("accepted", text.sid, 1, None)]


def test_no_transaction_is_open_while_the_provider_is_called(town: Town) -> None:
    town.queue(ANNA)
    seen: list[int] = []
    town.quiet.on_send = lambda: seen.append(town.database.engine.pool.checkedout())  # type: ignore[attr-defined]
    work_once(town.desk())
    assert seen == [0]


def test_one_text_for_one_cause_and_number(town: Town) -> None:
    cause = uuid4()
    assert town.queue(ANNA, "first", cause)
    assert not town.queue(ANNA, "second", cause)
    assert town.queue(BOB, "first", cause)
    assert town.rows("body") == ["first", "first"]


def test_a_number_gets_its_texts_one_after_the_other(town: Town) -> None:
    for body in ("one", "two", "three"):
        town.queue(ANNA, body)
        town.clock.wait(seconds=1)
    now = town.clock.now()
    with town.database.transaction() as session:
        claimed = outbox_claims.claim(session, town.organisation_id, lease_until=now + LEASE, now=now)
        assert claimed is not None
        assert claimed.body == "one"
        assert outbox_claims.claim(session, town.organisation_id, lease_until=now + LEASE, now=now) is None


def test_what_is_due_later_waits(town: Town) -> None:
    town.queue(ANNA)
    town.clock.wait(seconds=-1)
    assert work_once(town.desk()) == Round(0)
    town.clock.wait(seconds=1)
    assert work_once(town.desk()) == Round(1)


def test_who_said_stop_since_gets_nothing(town: Town) -> None:
    town.queue(ANNA)
    contact = town.contact(ANNA)

    def says_stop() -> None:
        with town.database.transaction() as session:
            opt_outs.stop(
                session, town.organisation_id, contact.phone_hash, word="stop", source="sms", message_sid=None, now=NOON
            )

    says_stop()
    assert town.rows("state") == ["cancelled"]
    assert work_once(town.desk()) == Round(0)
    town.queue(ANNA)
    assert work_once(town.desk()) == Round(1)
    assert (town.rows("state"), town.quiet.calls) == (["cancelled", "cancelled"], 0)


def test_a_stop_that_only_the_network_knows_goes_to_our_ledger(town: Town) -> None:
    town.queue(ANNA, "one")
    town.queue(ANNA, "two")
    town.quiet.next_answers = [Refused(21610, Trouble.STOPPED)]
    work_once(town.desk())
    assert sorted(town.rows("state", "error_code")) == [("cancelled", None), ("refused", 21610)]
    with town.database.reading() as session:
        assert opt_outs.is_stopped(session, town.organisation_id, town.contact(ANNA).phone_hash)


def test_a_bad_number_is_not_tried_again(town: Town) -> None:
    town.queue(ANNA)
    town.quiet.next_answers = [Refused(21211, Trouble.NUMBER)]
    work_once(town.desk())
    town.clock.wait(hours=2)
    assert work_once(town.desk()) == Round(0)
    assert town.rows("state", "error_code", "attempts") == [("refused", 21211, 1)]


def test_too_many_at_once_pauses_everything_as_long_as_the_provider_says(town: Town) -> None:
    town.queue(ANNA)
    town.queue(BOB)
    town.quiet.next_answers = [Refused(20429, Trouble.LATER, 30.0)]
    assert work_once(town.desk()) == Round(1, Pause(30.0))
    assert sorted(town.rows("state", "attempts")) == [("queued", 0), ("queued", 0)]
    town.clock.wait(seconds=30)
    assert work_once(town.desk()) == Round(2)
    assert (town.rows("state"), len(town.quiet.texts)) == (["accepted", "accepted"], 2)


def test_pauses_grow_and_never_undercut_the_provider() -> None:
    waits = [worker.back_off(Pause(None), times) for times in range(1, 20)]
    assert all(2.0 ** min(times, 8) <= wait <= 375 for times, wait in enumerate(waits, 1))
    assert worker.back_off(Pause(500.0), 1) >= 500


def test_a_wrong_setting_stops_the_wave_and_loses_nothing(town: Town) -> None:
    town.queue(ANNA)
    town.queue(BOB)
    town.quiet.next_answers = [Refused(20003, Trouble.SETUP)]
    assert work_once(town.desk()) == Round(1)
    assert town.quiet.calls == 1
    assert work_once(town.desk()) == Round(0)
    assert sorted(town.rows("state", "error_code"), key=str) == [("queued", 20003), ("queued", None)]
    town.clock.wait(minutes=10)
    assert work_once(town.desk()) == Round(2)
    assert town.rows("state") == ["accepted", "accepted"]


def test_a_text_that_was_taken_though_no_answer_came_is_adopted(town: Town) -> None:
    town.queue(ANNA)
    town.quiet.next_answers = [Unknown("timed out")]
    work_once(town.desk())
    assert town.rows("state", "provider_sid") == [("unknown", None)]
    assert work_once(town.desk()) == Round(0)
    town.clock.wait(seconds=LOOK_AFTER.total_seconds())
    assert work_once(town.desk()) == Round(1)
    assert town.rows("state", "provider_sid") == [("accepted", town.quiet.texts[0].sid)]
    assert len(town.quiet.texts) == 1


def test_a_text_that_is_surely_not_there_is_sent_once_more_and_then_waits_for_a_person(town: Town) -> None:
    town.queue(ANNA)
    town.quiet.loses = 2
    for _ in range(6):
        work_once(town.desk())
        town.clock.wait(minutes=2)
    assert (town.rows("state", "attempts"), town.quiet.calls) == ([("needs_a_look", 2)], 2)


def test_a_text_lost_on_the_way_once_arrives_at_the_second_try(town: Town) -> None:
    town.queue(ANNA)
    town.quiet.loses = 1
    for _ in range(4):
        work_once(town.desk())
        town.clock.wait(minutes=2)
    assert (town.rows("state"), len(town.quiet.texts)) == (["accepted"], 1)


def test_while_the_provider_cannot_be_asked_nothing_is_sent_twice(town: Town) -> None:
    town.queue(ANNA)
    town.quiet.next_answers = [Unknown("timed out")]
    town.quiet.cannot_be_asked = True
    for _ in range(20):
        work_once(town.desk())
        town.clock.wait(minutes=5)
    assert (town.rows("state"), town.quiet.calls) == (["unknown"], 1)
    town.quiet.cannot_be_asked = False
    town.clock.wait(minutes=5)
    work_once(town.desk())
    assert (town.rows("state"), town.quiet.calls) == (["accepted"], 1)


def test_two_texts_with_the_same_words_are_never_mistaken_for_one(town: Town) -> None:
    town.queue(ANNA, "same words")
    work_once(town.desk())
    town.queue(ANNA, "same words")
    town.quiet.loses = 1
    work_once(town.desk())
    town.clock.wait(minutes=2)
    work_once(town.desk())
    assert (town.rows("state"), len(town.quiet.texts)) == (["accepted", "accepted"], 2)
    assert len(set(town.rows("provider_sid"))) == 2


@pytest.mark.parametrize("was_taken", [True, False])
def test_a_worker_killed_between_claim_and_record_neither_loses_nor_doubles(town: Town, was_taken: bool) -> None:
    town.queue(ANNA, "Hello")
    now = town.clock.now()
    with town.database.transaction() as session:
        outbox_claims.claim(session, town.organisation_id, lease_until=now + LEASE, now=now)
    if was_taken:
        town.quiet.send(ANNA, "Hello", OUR_NUMBER, "", 60)
    town.clock.wait(seconds=LEASE.total_seconds() - 1)
    assert work_once(town.desk()) == Round(0)
    town.clock.wait(seconds=1)
    assert work_once(town.desk()) == Round(1)
    assert (town.rows("state"), len(town.quiet.texts)) == (["accepted"], 1)


def test_a_worker_that_comes_back_after_its_lease_changes_nothing_but_a_proof(town: Town) -> None:
    town.queue(ANNA)
    now = town.clock.now()
    with town.database.transaction() as session:
        late = outbox_claims.claim(session, town.organisation_id, lease_until=now + LEASE, now=now)
        second = outbox_claims.claim_doubtful(
            session, town.organisation_id, lease_until=now + 3 * LEASE, now=now + 2 * LEASE
        )
    assert late is not None
    assert second is not None
    assert second.id == late.id
    worker._settle(town.desk(), late, Refused(21211, Trouble.NUMBER))
    assert town.rows("state") == ["sending"]
    worker._settle(town.desk(), late, Accepted("SM1"))
    assert town.rows("state", "provider_sid") == [("accepted", "SM1")]


def test_two_workers_at_once_send_each_text_exactly_once(town: Town) -> None:
    numbers = [f"+447700900{last:03}" for last in range(300, 330)]
    for number in numbers:
        town.queue(number)
        town.queue(number, "another")
    senders = [QuietSender(), QuietSender()]
    failures: list[BaseException] = []

    def work(sender: QuietSender) -> None:
        try:
            while work_once(town.desk(sender)).handled or "queued" in town.rows("state"):
                pass
        except (Unavailable, AssertionError) as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(sender,)) for sender in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    sent = sorted((text.to, text.body) for sender in senders for text in sender.texts)
    expected = sorted((number, body) for number in numbers for body in ("Your voice changed the plan.", "another"))
    assert failures == []
    assert sent == expected
    assert set(town.rows("state")) == {"accepted"}


def test_a_large_wave_does_not_keep_a_small_organisation_waiting(town: Town) -> None:
    for last in range(100):
        town.queue(f"+447700900{last:03}")
    small = Town(town.database, town.sealer, town.settings, town.clock, town.quiet).found("+447700900143")
    small.queue(ANNA)
    assert work_once(town.desk()) == Round(worker.AT_A_TURN + 1)
    assert small.rows("state") == ["accepted"]


def test_being_told_to_stop_ends_after_the_text_in_hand(town: Town) -> None:
    town.queue(ANNA)
    town.queue(BOB)
    desk = town.desk()
    town.quiet.on_send = desk.stop.set
    worker.run(desk)
    assert sorted(town.rows("state")) == ["accepted", "queued"]


def test_a_lease_is_longer_than_a_call_and_the_minute_after_it() -> None:
    assert timedelta(seconds=10 + 60) < LEASE
    assert timedelta(seconds=60) < LOOK_AFTER
