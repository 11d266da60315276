"""The command line: `flask surveys|responses|replies|words|organisations|database|worker|seed`."""

import importlib

from flask import Flask


def add_commands(app: Flask) -> None:
    for room in ("surveys", "responses", "replies", "organisations", "database", "worker", "seed"):
        try:
            app.cli.add_command(importlib.import_module(f"svvoice.cli.{room}").commands)
        except ModuleNotFoundError:  # while rooms are being built
            pass
