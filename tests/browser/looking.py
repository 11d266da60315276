"""Looks at the page that is open: for everybody who cannot use it, and for what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast", "color-contrast-enhanced"]
"""Besides the 4.5 to 1 of level AA the 7 to 1 of level AAA: the look promises it."""
LIGHT = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {CONTRAST[1]: {"enabled": True}}}
DARK = {"runOnly": {"type": "rule", "values": CONTRAST}}


@dataclass
class Faults:
    """What was wrong, by what was looked for; each line begins with the page's state."""

    axe: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    clipped: list[str] = field(default_factory=list)
    small_targets: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)


def look(page: Page, state: str, faults: Faults, least_target: int) -> None:
    """Everything that can be seen by a program, in light and dark. Leaves the page as it was."""
    faults.looked_at.append(state)
    faults.axe += [f"{state}: {found}" for found in violations(page)]
    faults.small_targets += [f"{state}: {found}" for found in page.evaluate(SMALL_TARGETS, least_target)]
    if page.locator("script").count():
        faults.scripts.append(state)
    for how, found in stretched(page):
        faults.clipped += [f"{state}, {how}: {one}" for one in found["clipped"]]
        if found["sideways"]:
            faults.sideways.append(f"{state}, {how}: {found['sideways']}")


def violations(page: Page) -> Iterator[str]:
    """Every rule in light; in dark only those that colours can break."""
    page.evaluate(AXE_SCRIPT)
    yield from _axe(page, LIGHT, "light")
    page.emulate_media(color_scheme="dark")
    yield from _axe(page, DARK, "dark")
    page.emulate_media(color_scheme="light")


def _axe(page: Page, asked: Mapping[str, object], colours: str) -> Iterator[str]:
    options = {"resultTypes": ["violations"], "preload": False, **asked}
    for rule in page.evaluate("options => axe.run(options).then(found => found.violations)", options):
        for node in rule["nodes"]:
            why = "; ".join(check["message"] for check in node["any"] + node["all"] + node["none"])
            yield f"{colours}, {rule['id']}: {node['html'][:120]} ({why})"


def stretched(page: Page) -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
    """What does not fit as it is, with text twice as large, and with the spacing that WCAG 1.4.12 lets people set."""
    yield "as it is", page.evaluate(TOO_WIDE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    yield "text twice as large", page.evaluate(TOO_WIDE)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.evaluate(SPACE_OUT)
    yield "spaced out", page.evaluate(TOO_WIDE)
    page.evaluate("document.adoptedStyleSheets = []")


SPACE_OUT = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
            word-spacing: .16em !important }
        p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""

TOO_WIDE = """() => {
    const name = one => one.tagName.toLowerCase() + '.' + one.className + ' ' + one.textContent.trim().slice(0, 40);
    const apart = '.unseen, .scroll, svg, input, textarea';
    const all = [...document.querySelectorAll('body *')].filter(one => !one.closest(apart));
    const outside = all.filter(one => {
        const box = one.getBoundingClientRect();
        return box.width && (box.right > innerWidth + 1 || box.left < -1);
    });
    const scrolls = document.documentElement.scrollWidth > innerWidth;
    const clipped = all.filter(one => {
        const style = getComputedStyle(one);
        return style.overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1
            || style.overflowY === 'hidden' && one.scrollHeight > one.clientHeight + 1;
    });
    return {sideways: scrolls ? ['scrolls', ...outside.map(name)] : [], clipped: clipped.map(name)};
}"""

SMALL_TARGETS = """least => [...document.querySelectorAll('a[href], button, summary, input, select, textarea')]
    .filter(one => one.type !== 'hidden' && one.checkVisibility() && !one.classList.contains('skip'))
    .filter(one => getComputedStyle(one).display !== 'inline')
    .map(one => one.matches('.tick input') ? one.parentElement : one)
    .filter(one => { const box = one.getBoundingClientRect();
        return box.height < least - .5 || box.width < Math.min(least, 24) - .5; })
    .map(one => `${one.tagName.toLowerCase()} ${one.textContent.trim().slice(0, 30)}`
        + ` ${Math.round(one.getBoundingClientRect().width)}x${Math.round(one.getBoundingClientRect().height)}`)"""
