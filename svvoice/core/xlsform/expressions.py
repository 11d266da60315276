"""The expressions of XLSForm that we understand, read into a small tree; everything else is refused with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 4_000
"""Letters of one expression."""
DEEPEST = 10
"""Brackets inside brackets."""


@dataclass(frozen=True)
class Ref:
    """`${name}`, or `.` (this question itself) with an empty name."""

    name: str


@dataclass(frozen=True)
class Text:
    value: str


@dataclass(frozen=True)
class Number:
    value: Decimal


@dataclass(frozen=True)
class Call:
    name: str
    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Compare:
    left: Expression
    operator: str
    right: Expression


@dataclass(frozen=True)
class And:
    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Or:
    parts: tuple[Expression, ...]


Expression = Ref | Text | Number | Call | Compare | And | Or

OPERATORS = ("<=", ">=", "!=", "=", "<", ">")

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<ref>\$\{\s*[^{}\s]+\s*\})
      | (?P<text>"[^"]*" | '[^']*' | [“”][^“”]*[“”] | [‘’][^‘’]*[‘’])
      | (?P<number>-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?![\w.]))
      | (?P<operator><=|>=|!=|=|<|>)
      | (?P<mark>[(),])
      | (?P<dot>\.(?![\w./]))
      | (?P<word>[A-Za-z][\w-]*)
    )""",
    re.VERBOSE,
)


class NotReadError(Exception):
    """The expression is none that we understand; the message says what stands in the way."""


def read_expression(text: str) -> Expression:
    """Raises NotReadError."""
    if len(text) > LONGEST:
        raise NotReadError(f"it has more than {LONGEST:,} letters")
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("\u00a0", " ")):
        text = text.replace(written, meant)
    reader = _Reader(_tokens(text))
    expression = reader.either(0)
    if reader.now is not None:
        raise NotReadError(f"“{reader.now[1]}” was not expected there")
    return expression


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotReadError(f"“{text[at:].strip()[:20]}” is not understood")
        kind = match.lastgroup or ""
        tokens.append((kind, match.group(kind)))
        at = match.end()
    return tokens


class _Reader:
    """Walks along the tokens once."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def now(self) -> tuple[str, str] | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def either(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise NotReadError("its brackets lie inside one another too deeply")
        parts = [self._both(depth)]
        while self._takes(("word", "or")):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _both(self, depth: int) -> Expression:
        parts = [self._comparison(depth)]
        while self._takes(("word", "and")):
            parts.append(self._comparison(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _comparison(self, depth: int) -> Expression:
        left = self._single(depth)
        if self.now is None or self.now[0] != "operator":
            return left
        _, operator = self._next()
        return Compare(left, operator, self._single(depth))

    def _single(self, depth: int) -> Expression:
        kind, text = self._next()
        match kind:
            case "ref":
                return Ref(text[2:-1].strip())
            case "dot":
                return Ref("")
            case "text":
                return Text(text[1:-1])
            case "number":
                return Number(Decimal(text))
            case "word":
                return self._call(text, depth)
            case "mark" if text == "(":
                inner = self.either(depth + 1)
                self._expect(")")
                return inner
        raise NotReadError(f"“{text}” was not expected there")

    def _call(self, name: str, depth: int) -> Expression:
        if not self._takes(("mark", "(")):
            raise NotReadError(f"“{name}” is not understood")
        parts: list[Expression] = []
        if self._takes(("mark", ")")):
            return Call(name, ())
        while True:
            parts.append(self.either(depth + 1))
            if not self._takes(("mark", ",")):
                break
        self._expect(")")
        return Call(name, tuple(parts))

    def _next(self) -> tuple[str, str]:
        token = self.now
        if token is None:
            raise NotReadError("it ends too early")
        self._at += 1
        return token

    def _takes(self, token: tuple[str, str]) -> bool:
        if self.now != token:
            return False
        self._at += 1
        return True

    def _expect(self, mark: str) -> None:
        if not self._takes(("mark", mark)):
            raise NotReadError(f"a “{mark}” is missing")
