"""Plays an explorer in a real browser and prints what is on the screen, as JSON: ``look.py PAGE``.

A process of its own, for its driver keeps an event loop. One page load serves all that is asked.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.axe import opened

VIEWS = ("", "time", "accounts", "account/{id}", "groups", "group/truth/{campaign}", "disagreement")
INK = """c => { const k = document.createElement('canvas'); k.width = c.width; k.height = c.height;
  const d = k.getContext('2d'); d.drawImage(c, 0, 0);
  return d.getImageData(0, 0, k.width, k.height).data.filter((v, i) => i % 4 === 3 && v).length }"""


def faults(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{f['id']}: {', '.join(' '.join(map(str, n['target'])) for n in f['nodes'][:2])}"
            for f in found]  # fmt: skip


def go(page: Any, address: str) -> None:
    page.evaluate("hash => { location.hash = hash }", address)
    page.wait_for_timeout(150)


def look(page: Any, path: Path, account: int, campaign: str) -> dict[str, Any]:
    said: dict[str, Any] = {"errors": [], "asked": []}
    page.on("pageerror", lambda fault: said["errors"].append(str(fault)))
    page.on("request", lambda request: said["asked"].append(request.url))
    page.goto(path.resolve().as_uri())
    page.wait_for_function("performance.getEntriesByName('open').length > 0", timeout=60_000)
    text = lambda: page.locator("#explorer").inner_text()  # noqa: E731
    said["hidden"] = text()
    page.get_by_role("switch", name="Truth").click()
    said["board"] = text()
    go(page, "#/time?truth=1")
    page.wait_for_selector(".chart canvas")
    page.wait_for_timeout(300)
    said["whole"] = page.locator(".window").inner_text()
    said["chart"] = page.locator(".chart canvas").first.evaluate(INK)
    box = page.locator(".chart .u-over").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 60, steps=4)
    page.mouse.up()
    page.wait_for_timeout(300)
    said["brushed"], said["address"] = page.locator(".window").inner_text(), page.url
    page.get_by_role("button", name=campaign).first.click()
    page.wait_for_timeout(200)
    said["filtered"] = page.locator(".window").inner_text()
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(400)
    page.get_by_role("button", name="Pause").click()
    said["film"] = page.locator(".clock").inner_text()
    go(page, "#/accounts?truth=1")
    page.get_by_label("search").fill(str(account))
    page.wait_for_timeout(200)
    said["found"] = page.get_by_role("status").inner_text()
    page.get_by_role("table", name="Accounts").press("ArrowDown")
    page.get_by_role("table", name="Accounts").press("Enter")
    page.wait_for_timeout(300)
    said["account"], said["opened"] = text(), page.url
    said["tracks"] = page.locator("section:has(#life) canvas").evaluate(INK)
    page.locator("section:has(#rows) .row").first.click()
    page.wait_for_timeout(200)
    said["row"] = page.url
    page.go_back()
    said["back"] = page.url
    go(page, f"#/group/truth/{campaign}?truth=1")
    said["group"], said["strips"] = text(), page.locator(".strips canvas").evaluate(INK)
    go(page, "#/disagreement?truth=1")
    said["disagreement"] = text()
    go(page, "#/groups?truth=1")
    page.wait_for_selector(".network canvas")
    said["groups"] = text()
    said["durations"] = page.evaluate(
        "performance.getEntriesByType('measure').map(m => [m.name, Math.round(m.duration)])"
    )
    said["faults"] = []
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for view in VIEWS:
            go(page, f"#/{view.format(id=account, campaign=campaign)}?truth=1")
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            page.wait_for_timeout(250)
            found = faults(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("wider than the screen")
            said["faults"] += [f"{width} {scheme} {view}: {fault}" for fault in found]
    return said


def main(path: str, account: str, campaign: str) -> None:
    with opened() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        said = look(page, Path(path), int(account), campaign)
        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto(Path(path).resolve().as_uri())
        said["without scripts"] = plain.locator("body").inner_text()
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
