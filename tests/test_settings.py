"""Settings that would not be safe are refused at the start, each with one plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from svvoice.errors import WrongSettings
from svvoice.settings import from_environment, table, with_kept_keys
from tests.environment import ENVIRONMENT

SHORT_SECRET = "SECRET_KEY must be at least 32 letters that nobody can guess. `make run` makes one."
SHORT_CONTACT = "CONTACT_KEY must be at least 32 letters that nobody can guess. `make run` makes one."
ADDRESS = "PUBLIC_URL must be an address such as https://voice.example.org, with nothing after the host."
OPEN_DOOR = "TWILIO_AUTH_TOKEN is empty: without it anyone could send texts in a resident's name."
NO_SENDER = "Set TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM: texts need a sender."
OPT_OUT = "TWILIO_OPT_OUT must be `twilio` or `svvoice`."
PROXIES = "TRUSTED_PROXIES must be a number such as 0 or 1."
CLOCK = "SVVOICE_NOW is for tests on this machine; take it away."

WRONG: list[tuple[dict[str, str], str]] = [
    ({"SECRET_KEY": ""}, SHORT_SECRET),
    ({"SECRET_KEY": "   "}, SHORT_SECRET),
    ({"SECRET_KEY": "a-secret-key-of-31-letters-0123"}, SHORT_SECRET),
    ({"SECRET_KEY": "changeme" * 8}, SHORT_SECRET),
    ({"SECRET_KEY": "a" * 64}, SHORT_SECRET),
    ({"CONTACT_KEY": ""}, SHORT_CONTACT),
    ({"CONTACT_KEY": "0" * 64}, SHORT_CONTACT),
    ({"CONTACT_KEY": ENVIRONMENT["SECRET_KEY"]}, "SECRET_KEY and CONTACT_KEY must not be the same."),
    ({"PUBLIC_URL": ""}, ADDRESS),
    ({"PUBLIC_URL": "voice.example.org"}, ADDRESS),
    ({"PUBLIC_URL": "ftp://voice.example.org"}, ADDRESS),
    ({"PUBLIC_URL": "https://"}, ADDRESS),
    ({"PUBLIC_URL": "https://voice.example.org/surveys"}, ADDRESS),
    ({"PUBLIC_URL": "https://voice.example.org?x=1"}, ADDRESS),
    ({"PUBLIC_URL": "https://somebody@voice.example.org"}, ADDRESS),
    ({"TWILIO_AUTH_TOKEN": ""}, OPEN_DOOR),
    ({"TWILIO_AUTH_TOKEN": " "}, OPEN_DOOR),
    ({"TWILIO_FROM": ""}, NO_SENDER),
    ({"TWILIO_OPT_OUT": "both"}, OPT_OUT),
    ({"TRUSTED_PROXIES": "-1"}, PROXIES),
    ({"TRUSTED_PROXIES": "one"}, PROXIES),
    ({"SVVOICE_NOW": "2026-02-02T10:00:00+00:00", "PUBLIC_URL": "https://voice.example.org"}, CLOCK),
]


def refusal(environment: dict[str, str]) -> list[str]:
    with pytest.raises(WrongSettings) as refused:
        from_environment(environment)
    return str(refused.value).splitlines()


def test_safe_settings_are_let_through() -> None:
    settings = from_environment({**ENVIRONMENT, "PUBLIC_URL": " https://voice.example.org/ "})
    assert (settings.public_url, settings.host, settings.is_https) == (
        "https://voice.example.org",
        "voice.example.org",
        True,
    )


@pytest.mark.parametrize(
    ("change", "sentence"), WRONG, ids=[" ".join(change) + f" {n}" for n, (change, _) in enumerate(WRONG)]
)
def test_a_wrong_setting_is_refused_in_one_sentence(change: dict[str, str], sentence: str) -> None:
    assert refusal({**ENVIRONMENT, **change}) == [sentence]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert refusal({"TWILIO_ACCOUNT_SID": "AC1", "TRUSTED_PROXIES": "x"}) == [
        SHORT_SECRET,
        SHORT_CONTACT,
        OPEN_DOOR,
        NO_SENDER,
        PROXIES,
    ]


def test_a_refusal_never_repeats_a_secret() -> None:
    said = "\n".join(refusal({**ENVIRONMENT, "SECRET_KEY": "hunter2hunter2", "CONTACT_KEY": "hunter2hunter2"}))
    assert "hunter2" not in said


def test_a_survey_without_texting_needs_no_twilio_settings() -> None:
    keys = {name: ENVIRONMENT[name] for name in ("SECRET_KEY", "CONTACT_KEY")}
    settings = from_environment(keys)
    assert (settings.has_texting, settings.has_loopback_phone) == (False, False)


def test_texting_through_a_messaging_service_needs_no_number() -> None:
    service = {"TWILIO_FROM": "", "TWILIO_MESSAGING_SERVICE_SID": "MG" + "0" * 32}
    assert from_environment({**ENVIRONMENT, **service}).has_texting


@pytest.mark.parametrize(
    ("address", "cookie"), [("http://127.0.0.1:8000", "svvoice"), ("https://voice.example.org", "__Host-svvoice")]
)
def test_the_staff_cookie_is_tied_to_the_host_wherever_browsers_allow_it(address: str, cookie: str) -> None:
    assert from_environment({**ENVIRONMENT, "PUBLIC_URL": address}).session_cookie == cookie


@pytest.mark.parametrize(
    ("address", "is_loopback"),
    [
        ("", False),
        ("https://api.twilio.com", False),
        ("http://127.0.0.1:8001", True),
        ("http://127.0.0.1.example.org", False),
    ],
)
def test_the_phone_simulator_is_there_only_where_texts_stay_on_this_machine(address: str, is_loopback: bool) -> None:
    assert from_environment({**ENVIRONMENT, "TWILIO_API_URL": address}).has_loopback_phone is is_loopback


def test_keys_that_make_run_keeps_are_used_only_where_none_are_given(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("kept secret\n", encoding="utf-8")
    (tmp_path / "contact_key").write_text("kept contact\n", encoding="utf-8")
    found = with_kept_keys({"SECRET_KEY": "given", "PORT": "8000"}, tmp_path)
    assert found == {"SECRET_KEY": "given", "CONTACT_KEY": "kept contact", "PORT": "8000"}


def test_every_setting_has_a_name_a_default_and_one_sentence() -> None:
    for name, default, sentence in table():
        assert name == name.upper()
        assert isinstance(default, str)
        assert sentence.endswith(".")
