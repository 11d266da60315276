"""A browser that shows letters only: the same questions, and an answer that is kept."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.browser.site import Site

pytestmark = pytest.mark.skipif(
    shutil.which("w3m") is None, reason="w3m is not installed: the text browser is left out"
)

TURN = re.compile(r'name="turn" value="([^"]+)"')
OPTIONS = ("-o", "use_cookie=0", "-o", "accept_encoding=identity", "-cols", "60")


def _w3m(*arguments: str) -> str:
    return subprocess.run(["w3m", *OPTIONS, *arguments], capture_output=True, text=True, check=True, timeout=30).stdout


def test_a_text_browser_shows_a_question_and_sends_the_answer(site: Site, tmp_path: Path) -> None:
    start = _w3m("-dump", f"{site.url}/s/home?lang=en")
    assert "What is it like to live around here?" in start
    assert "Skip any. Stop when you like." in " ".join(start.split())

    address = f"{site.url}/s/home/near?lang=en"
    question = " ".join(_w3m("-dump", address).split())
    assert re.search(r"Do you live near Leeds Road\?.* 1 Yes .* 2 No .*Continue", question), question

    turn = TURN.search(_w3m("-dump_source", address))
    assert turn
    answer = tmp_path / "answer"
    answer.write_text(urlencode({"turn": turn.group(1), "answer": "yes"}))
    after = " ".join(_w3m("-dump", "-post", str(answer), address).split())
    assert "How safe do you feel walking near your home after dark?" in after
