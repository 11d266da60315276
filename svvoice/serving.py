"""`make run`: sets everything up on a new machine and serves it, with the worker and the loopback phone beside it."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from svvoice import clock
from svvoice.accounts.actions import make_sign_in_link
from svvoice.errors import SvvoiceError, Unavailable
from svvoice.example import loading
from svvoice.settings import from_environment
from svvoice.store import migrating, safety
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"


def main() -> int:
    os.chdir(ROOT)
    os.umask(0o077)  # what is made under instance/ is for its owner's eyes alone
    port, phone_port = _port("PORT", 8000), _port("PHONE_PORT", 8001)
    for taken in (port, phone_port):
        if _is_taken(taken):
            other = f"make run PORT={taken + 100} PHONE_PORT={taken + 101}"
            print(f"Port {taken} is in use. Choose another one, for example: {other}")
            return 1
    try:
        environment = environment_for(os.environ, port, phone_port)
        lines = prepare(environment)
    except Unavailable as error:
        print(f"The database cannot be used ({error}). Look at DATABASE_URL, and whether it runs.")
        return 1
    except SvvoiceError as error:
        print(error)
        return 1
    return _serve(environment, port, phone_port, lines)


def environment_for(given: Mapping[str, str], port: int, phone_port: int) -> dict[str, str]:
    """What was given, else keys made once and texts that go to the loopback phone and nowhere else."""
    made = {
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": _key("secret_key"),
        "CONTACT_KEY": _key("contact_key"),
    }
    if not given.get("TWILIO_ACCOUNT_SID"):
        made |= {
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": _key("loopback_token"),
            "TWILIO_FROM": loading.NUMBER,
            "TWILIO_API_URL": f"http://127.0.0.1:{phone_port}",
            "TWILIO_OPT_OUT": "svvoice",
        }
    return {**made, **given}


def prepare(environment: Mapping[str, str]) -> list[str]:
    """Makes the database and the example where they are missing. Gives the addresses to print, one a line."""
    settings = from_environment(environment)
    database = Database(settings.database_url)
    try:
        migrating.upgrade(database)
        safety.check(database)
        organisation_id = loading.load(database, Sealer(settings.contact_key), settings.public_url, clock.now())
        token = make_sign_in_link(database, organisation_id, clock.now())
    finally:
        database.close()
    url = settings.public_url
    phone = [f"  A phone to text from:  {url}/phone"] if settings.has_loopback_phone else []
    return [
        f"  A survey to answer:    {url}/s/{loading.SLUG}",
        *phone,
        f"  The staff pages:       {url}/join/{token}  (signs in once; made anew at each start)",
    ]


def _serve(environment: Mapping[str, str], port: int, phone_port: int, lines: list[str]) -> int:
    commands = [
        [sys.executable, "-m", "gunicorn", "app:app", "--bind", f"127.0.0.1:{port}", "--workers", "2", "-k", "gthread",
         "--threads", "4", "--no-control-socket", "--log-level", "warning", "--graceful-timeout", "10"],
        [sys.executable, "-m", "flask", "worker"],
    ]  # fmt: skip
    if environment.get("TWILIO_API_URL", "").startswith(f"http://127.0.0.1:{phone_port}"):
        keep = str(INSTANCE / "phone.db")
        commands.append([sys.executable, "-m", "svvoice.messaging.loopback", "--port", str(phone_port), "--keep", keep])
    # A session of their own: Ctrl-C reaches this process alone, which then ends them in order.
    running = [subprocess.Popen(command, env=dict(environment), start_new_session=True) for command in commands]  # noqa: S603
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    try:
        if _wait_until_ready(port, running):
            print("svvoice is running. Ctrl-C ends it.", *lines, sep="\n", flush=True)
        while all(process.poll() is None for process in running):
            time.sleep(0.3)
        print("A part of svvoice has stopped; ending the others.", flush=True)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _end(running)


def _end(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(timeout=12)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_until_ready(port: int, running: list[subprocess.Popen[bytes]]) -> bool:
    for _ in range(150):
        if any(process.poll() is not None for process in running):
            return False
        if _is_taken(port):
            return True
        time.sleep(0.2)
    return False


def _port(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    return int(value) if value.isdigit() else default


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _key(name: str) -> str:
    """A key under `instance/`, made the first time, readable by its owner alone."""
    path = INSTANCE / name
    INSTANCE.mkdir(exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


if __name__ == "__main__":
    sys.exit(main())
