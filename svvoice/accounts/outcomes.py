"""What can become of a try to sign in, to use a link, or to change who works where."""

from __future__ import annotations

from dataclasses import dataclass

from svvoice.accounts.passwords import Weak


@dataclass(frozen=True)
class SignedIn:
    """`token` is for the browser; only its hash is kept."""

    token: str


@dataclass(frozen=True)
class CodeNeeded:
    """The password or the link was right; this account has a second step. `token` opens only the page that asks for
    its code."""

    token: str


@dataclass(frozen=True)
class WrongCode:
    """Not the code of now, or one that was used already: which of them is not told."""


@dataclass(frozen=True)
class SignInEnded:
    """The code came too late, or the sign-in was ended meanwhile: begin again with the password."""


@dataclass(frozen=True)
class OfferEnded:
    """The secret was offered to another sign-in: a new one has to be shown."""


@dataclass(frozen=True)
class OnAlready:
    """The account has an app."""


@dataclass(frozen=True)
class CodesMade:
    """`codes` are seen only now. `token` is this browser's new one, where it has one."""

    codes: tuple[str, ...]
    token: str | None


@dataclass(frozen=True)
class TurnedOff:
    """`token` is this browser's new one."""

    token: str


@dataclass(frozen=True)
class OneSelf:
    """What protects oneself is changed on one's own account page, with a code."""


@dataclass(frozen=True)
class WrongPassword:
    """The name or the password: which of them is not told."""


@dataclass(frozen=True)
class TooManyTries:
    """Nothing was looked at. It may be tried again within a quarter of an hour."""


@dataclass(frozen=True)
class PasswordRefused:
    weak: Weak


@dataclass(frozen=True)
class PasswordSet:
    """The person signs in with it from now on."""


@dataclass(frozen=True)
class NameTaken:
    """Somebody else signs in with this name."""


@dataclass(frozen=True)
class LinkEnded:
    """Used, expired, ended, or never there: which of them is not told."""


@dataclass(frozen=True)
class AlreadyHere:
    """The person works for this organisation; the invitation is still good for somebody else."""


@dataclass(frozen=True)
class SlugMalformed:
    """Not small letters and digits with single hyphens between them."""


@dataclass(frozen=True)
class SlugTaken:
    """Another organisation has this address."""


@dataclass(frozen=True)
class NumberTaken:
    """Another organisation is texted at this number."""


@dataclass(frozen=True)
class OrganisationAdded:
    """`token` is its first owner's invitation."""

    token: str


@dataclass(frozen=True)
class Done:
    """The change is made."""


@dataclass(frozen=True)
class LastOwner:
    """Without this person nobody would own the organisation."""


@dataclass(frozen=True)
class WorksElsewhere:
    """The account opens another organisation's pages too: no owner of one may hand out its password."""
