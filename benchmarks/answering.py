"""What it costs to answer: a survey beside the ceiling, and a turn beside a million stored answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from benchmarks import ceiling, product
from benchmarks.in_process import InProcess
from benchmarks.measuring import Compared, Side, in_turns, middle
from benchmarks.product import Product
from benchmarks.served import CEILING, PRODUCT, Rates, rates, serving
from benchmarks.survey import Script
from benchmarks.visitor import answer_by_text, answer_on_pages, texts_of
from svvoice.store.tables import AnswerRow
from tests.environment import ENVIRONMENT


def on_pages(app: Flask, script: Script) -> Side:
    transport = InProcess(app)

    def person(_number: int) -> float:
        transport.forget()
        answer_on_pages(transport, script)
        return transport.seconds

    return person


def by_text(app: Flask, script: Script) -> Side:
    transport = InProcess(app)

    def person(number: int) -> float:
        texts = texts_of(number, script)
        transport.forget()
        answer_by_text(transport, texts)
        return transport.seconds

    return person


def against_ceiling(folder: Path, script: Script, people: int) -> tuple[Compared, Compared]:
    """A whole survey by page and by text, the product and the ceiling; each has kept every answer afterwards."""
    ours = product.make(product.sqlite_url(folder, "ours"), script)
    bare = ceiling.create_app(product.sqlite_url(folder, "ceiling"), ENVIRONMENT, script)
    web = in_turns(on_pages(ours.app, script), on_pages(bare, script), people)
    texts = in_turns(by_text(ours.app, script), by_text(bare, script), people)
    assert _kept(ours) == _kept_by(bare) > 0, "the two sides did not keep the same number of answers"
    ours.close()
    return web, texts


def beside_stored_answers(full: Product, folder: Path, script: Script, people: int) -> tuple[Compared, Compared]:
    """A whole survey by page and by text in a full and in an empty database."""
    empty = product.make(product.sqlite_url(folder, "empty"), script)
    web = in_turns(on_pages(full.app, script), on_pages(empty.app, script), people)
    texts = in_turns(by_text(full.app, script), by_text(empty.app, script), people)
    empty.close()
    return web, texts


def rates_served(folder: Path, script: Script, rounds: int, seconds: float) -> tuple[Rates, Rates]:
    """The middle rates of the product and of the ceiling, both up at once and driven in turns."""
    with ExitStack() as stack:
        ports = [stack.enter_context(server) for server in _servers(folder, script)]
        runs = [[rates(port, script, seconds) for port in ports] for _ in range(rounds)]
    ours, bare = (
        Rates(middle([run[side].web for run in runs]), middle([run[side].texts for run in runs])) for side in (0, 1)
    )
    return ours, bare


def _servers(folder: Path, script: Script) -> Iterator[AbstractContextManager[int]]:
    url = product.sqlite_url(folder, "ours-served")
    product.prepare(url, script)
    yield serving(PRODUCT, url)
    yield serving(CEILING, product.sqlite_url(folder, "ceiling-served"))


def _kept(ours: Product) -> int:
    with ours.database.reading() as session:
        return session.execute(select(func.count()).select_from(AnswerRow)).scalar_one()


def _kept_by(bare: Flask) -> int:
    with bare.extensions["engine"].begin() as connection:
        return int(connection.execute(select(func.count()).select_from(ceiling.answers)).scalar_one())
