"""Runs the loopback network: `python -m svvoice.messaging.loopback --port 8001 --keep instance/phone.db`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Mapping
from types import FrameType

from svvoice.messaging.loopback.ledger import Ledger
from svvoice.messaging.loopback.network import Line, Network
from svvoice.messaging.loopback.server import serve


def main(arguments: list[str], environment: Mapping[str, str] = os.environ) -> int:
    """Serves until SIGTERM or Ctrl-C. 1 where the account or its token is not in the environment."""
    chosen = _read(arguments)
    account_sid, token = (environment.get(name, "").strip() for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"))
    if not account_sid or not token:
        print("Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: any made-up ones, the same for the application.")
        return 1
    line = Line(
        account_sid,
        token,
        environment.get("PUBLIC_URL", "http://127.0.0.1:8000").strip().rstrip("/"),
        answers_stop=environment.get("TWILIO_OPT_OUT", "twilio").strip() == "twilio",
    )
    _serve_until_told(Network(line, Ledger(chosen.keep)), chosen.port)
    return 0


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="loopback", description="A small telephone network on this computer.")
    parser.add_argument("--port", type=int, default=8001, help="listens on 127.0.0.1 only; 0 takes a free one")
    parser.add_argument("--keep", default="instance/phone.db", help="the file in which it remembers texts")
    return parser.parse_args(arguments)


def _serve_until_told(network: Network, port: int) -> None:
    told = threading.Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    signal.signal(signal.SIGTERM, tell)
    signal.signal(signal.SIGINT, tell)
    server = serve(network, port)
    print(f"The loopback phone network is at http://127.0.0.1:{server.server_address[1]}", flush=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    told.wait()
    server.shutdown()
    server.server_close()
    network.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
