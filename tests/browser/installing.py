"""Finds a browser for the tests, or installs one. Run before them: `python -m tests.browser.installing`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LONGEST_WAIT = 600
"""Seconds for one step of an installation."""

LEFT_OUT = "No browser is here and none could be installed. That leaves out every test in tests/browser."


@cache
def browser_path() -> str | None:
    """The program to start: one of the system's, else the one that playwright keeps; None where there is none."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        kept = playwright.chromium.executable_path
    return kept if Path(kept).exists() else None


def install() -> None:
    """With the system's packages where we may use them, else with playwright. What fails says so by itself."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _run("apt-get", "update")
        if _run("apt-get", "install", "-y", "chromium") and shutil.which("chromium"):
            return
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def main() -> int:
    if browser_path() is None:
        print("Installing a browser for the tests.", flush=True)
        install()
        browser_path.cache_clear()
    if browser := browser_path():
        print(f"Browser tests use {browser}.")
        return 0
    print(LEFT_OUT)
    return 1 if os.environ.get("CI") == "true" else 0


def _run(*command: str) -> bool:
    try:
        done = subprocess.run(command, timeout=LONGEST_WAIT, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"{' '.join(command)}: {problem}")
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
