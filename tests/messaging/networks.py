"""A loopback network, and an application behind it, on free ports of this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import requests
from flask import Flask
from werkzeug.serving import make_server

from svvoice.messaging.loopback.ledger import Fault, Ledger
from svvoice.messaging.loopback.network import Line, Network
from svvoice.messaging.loopback.server import serve
from svvoice.messaging.twilio import TwilioSender
from svvoice.settings import Settings
from svvoice.web.services import Services
from tests.environment import ENVIRONMENT

ACCOUNT, TOKEN = ENVIRONMENT["TWILIO_ACCOUNT_SID"], ENVIRONMENT["TWILIO_AUTH_TOKEN"]


@dataclass
class RunningNetwork:
    """The network itself, where it listens, and how a test plays resident and fate through its front door."""

    network: Network
    address: str

    @property
    def ledger(self) -> Ledger:
        return self.network.ledger

    def sender(self, settings: Settings, seconds: float = 5.0) -> TwilioSender:
        """The real client, pointed here."""
        return TwilioSender(replace(settings, twilio_api_url=self.address), seconds)

    def text(self, number: str, ours: str, body: str, **more: str) -> Any:
        form = {"from": number, "to": ours, "body": body, **more}
        return self._ask("POST", "texts", form)

    def fault(self, fault: Fault, times: int | None = None) -> None:
        self._ask("POST", "fault", {"fault": str(fault), "times": "" if times is None else str(times)})

    def messages(self, number: str) -> Any:
        return self._ask("GET", "messages", {"number": number})["messages"]

    def _ask(self, method: str, path: str, form: dict[str, str]) -> Any:
        where = {"params": form} if method == "GET" else {"data": form}
        answer = requests.request(method, f"{self.address}/phone/{path}", auth=(ACCOUNT, TOKEN), timeout=30, **where)  # type: ignore[arg-type]
        assert answer.status_code < 300, answer.text
        return json.loads(answer.text)


@contextmanager
def running_network(public_url: str, *, answers_stop: bool = True, hang: float = 2.0) -> Iterator[RunningNetwork]:
    network = Network(Line(ACCOUNT, TOKEN, public_url, answers_stop, between=0.0, hang=hang), Ledger(":memory:"))
    server = serve(network, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield RunningNetwork(network, f"http://127.0.0.1:{server.server_address[1]}")
    finally:
        server.shutdown()
        server.server_close()
        network.stop()


@contextmanager
def running_application(app: Flask, *, answers_stop: bool = True) -> Iterator[RunningNetwork]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    public_url = f"http://127.0.0.1:{server.server_port}"
    house = app.extensions["svvoice"]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        with running_network(public_url, answers_stop=answers_stop) as network:
            settings = replace(house.settings, public_url=public_url, twilio_api_url=network.address)
            app.extensions["svvoice"] = Services(settings, house.database, house.sealer)
            yield network
    finally:
        server.shutdown()
        server.server_close()
        app.extensions["svvoice"] = house
