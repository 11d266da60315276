"""The command line: `flask surveys|responses|replies|organisations|database|worker|seed`."""

from flask import Flask

from svvoice.cli import database, organisations, replies, responses, seed, surveys, worker


def add_commands(app: Flask) -> None:
    for room in (surveys, responses, replies, organisations, database, worker, seed):
        app.cli.add_command(room.commands)
