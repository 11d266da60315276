"""`flask worker`: sends what is waiting and takes away what was promised to go, until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType

import click
from flask.cli import with_appcontext

from svvoice.messaging import retention, worker
from svvoice.web.services import Services, services


@click.command("worker")
@with_appcontext
def commands() -> None:
    """Send texts that are due, and tidy once an hour. SIGTERM or Ctrl-C ends it after the text in hand."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    stop = _until_told()
    house = services()
    tidying = threading.Thread(target=retention.keep_tidying, args=(house.database, stop), name="tidying")
    tidying.start()
    _work(house, stop)
    tidying.join()
    click.echo("The worker has stopped.")


def _work(house: Services, stop: threading.Event) -> None:
    if not house.settings.has_texting:
        click.echo("No texting is set up (TWILIO_ACCOUNT_SID is empty): nothing to send.")
        stop.wait()
        return
    from svvoice.messaging.twilio import TwilioSender

    click.echo("The worker sends what is due.")
    worker.run(worker.Desk(house.database, TwilioSender(house.settings), house.sealer, house.settings, stop=stop))


def _until_told() -> threading.Event:
    stop = threading.Event()

    def told(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    return stop
