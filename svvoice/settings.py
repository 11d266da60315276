"""One list of settings: name, default, one sentence. Read once at the start, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from svvoice.errors import WrongSettings

KEYS = ("secret_key", "contact_key")
SHORTEST_KEY = 32
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


def _setting(default: str, sentence: str) -> Any:
    return dataclass_field(default=default, metadata={"sentence": sentence})


@dataclass(frozen=True)
class Settings:
    """Every setting is a string in the environment under its name in capitals."""

    database_url: str = _setting(
        "sqlite:///instance/svvoice.db", "Where answers are kept: an SQLite file or PostgreSQL."
    )
    secret_key: str = _setting("", "Signs forms and sessions; at least 32 letters. `make run` makes one.")
    contact_key: str = _setting(
        "",
        "Seals phone numbers and sign-in apps; at least 32 letters, kept outside the database. Never change it.",
    )
    public_url: str = _setting(
        "http://127.0.0.1:8000", "The address people and Twilio reach us at, without a slash at the end."
    )
    twilio_account_sid: str = _setting("", "The Twilio account; empty means no texting.")
    twilio_auth_token: str = _setting("", "The account's primary token, which signs what Twilio sends us.")
    twilio_auth_token_old: str = _setting("", "The token before, accepted while it is being changed.")
    twilio_messaging_service_sid: str = _setting("", "The messaging service that texts go out through.")
    twilio_from: str = _setting("", "The number that texts go out from, if there is no messaging service.")
    twilio_api_url: str = _setting("", "Another address instead of Twilio's: the loopback phone.")
    twilio_opt_out: str = _setting("twilio", "Who answers STOP, START and HELP in English: `twilio` or `svvoice`.")
    text_price_pence: str = _setting("4", "What one part of a text costs, in pence, for estimates.")
    prepared_statements: str = _setting(
        "off", "`on` only where PostgreSQL is reached directly or through PgBouncer 1.24 or later."
    )
    trusted_proxies: str = _setting("0", "How many proxies in front of us add X-Forwarded headers.")
    port: str = _setting("8000", "The port that `make run` serves on.")

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.public_url).netloc

    @property
    def is_loopback(self) -> bool:
        """On this machine only: the one case in which made-up settings are let through."""
        return (urlsplit(self.public_url).hostname or "") in LOOPBACK

    @property
    def has_texting(self) -> bool:
        return bool(self.twilio_account_sid)

    @property
    def has_loopback_phone(self) -> bool:
        """Texts go to our own small phone network and nowhere else."""
        return self.has_texting and (urlsplit(self.twilio_api_url).hostname or "") in LOOPBACK

    @property
    def session_cookie(self) -> str:
        """`__Host-` ties the staff cookie to this host alone; browsers take it over https only."""
        return "__Host-svvoice" if self.is_https else "svvoice"


def from_environment(environment: Mapping[str, str]) -> Settings:
    """The settings, checked. Raises WrongSettings with one plain sentence for each thing to mend."""
    given = {
        field.name: environment[field.name.upper()].strip()
        for field in fields(Settings)
        if field.name.upper() in environment
    }
    settings = Settings(**{**given, "public_url": given.get("public_url", Settings.public_url).rstrip("/")})
    if wrong := list(_wrong(settings, environment)):
        raise WrongSettings("\n".join(wrong))
    return settings


def with_kept_keys(environment: Mapping[str, str], instance: Path) -> dict[str, str]:
    """The environment, with the keys that `make run` keeps under `instance/` where it gives none."""
    kept = {name.upper(): instance / name for name in KEYS if not environment.get(name.upper())}
    found = {name: path.read_text(encoding="utf-8").strip() for name, path in kept.items() if path.exists()}
    return {**environment, **found}


def _wrong(settings: Settings, environment: Mapping[str, str]) -> list[str]:
    wrong = []
    for name in KEYS:
        key = getattr(settings, name)
        if len(key) < SHORTEST_KEY or len(set(key)) < 8:
            wrong.append(
                f"{name.upper()} must be at least {SHORTEST_KEY} letters that nobody can guess. `make run` makes one."
            )
    if settings.secret_key and settings.secret_key == settings.contact_key:
        wrong.append("SECRET_KEY and CONTACT_KEY must not be the same.")
    address = urlsplit(settings.public_url)
    if (
        address.scheme not in {"http", "https"}
        or not address.netloc
        or address.path
        or address.query
        or "@" in address.netloc
    ):
        wrong.append("PUBLIC_URL must be an address such as https://voice.example.org, with nothing after the host.")
    if settings.has_texting and not settings.twilio_auth_token:
        wrong.append("TWILIO_AUTH_TOKEN is empty: without it anyone could send texts in a resident's name.")
    if settings.has_texting and not (settings.twilio_messaging_service_sid or settings.twilio_from):
        wrong.append("Set TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM: texts need a sender.")
    if settings.twilio_opt_out not in {"twilio", "svvoice"}:
        wrong.append("TWILIO_OPT_OUT must be `twilio` or `svvoice`.")
    if not settings.trusted_proxies.isdigit():
        wrong.append("TRUSTED_PROXIES must be a number such as 0 or 1.")
    if environment.get("SVVOICE_NOW") and not settings.is_loopback:
        wrong.append("SVVOICE_NOW is for tests on this machine; take it away.")
    return wrong


def table() -> list[tuple[str, str, str]]:
    """Name, default and sentence of every setting, for the docs and for help."""
    return [(field.name.upper(), str(field.default), field.metadata["sentence"]) for field in fields(Settings)]
