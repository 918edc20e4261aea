"""What axe-core finds fault with on a page, in headless Chromium: ``axe.py PAGE...``.

Chromium or Chrome must be installed; the environment variable CHROMIUM names another place for it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Desktop by day, phone by night: colours do not hang on the width.
VIEWS = ((1280, "light"), (390, "dark"))
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def chromium() -> str | None:
    """Where a Chromium is installed, if one is."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened() -> Iterator[Any]:
    """A headless Chromium.

    Raises:
        FileNotFoundError: if there is none.
    """
    from playwright.sync_api import sync_playwright

    where = chromium()
    if where is None:
        raise FileNotFoundError("no Chromium on the PATH; install one, or name it in CHROMIUM")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=where)
        yield browser
        browser.close()


def faults(browser: Any, path: Path) -> list[str]:
    """Everything that axe-core holds against a page, on desktop and phone, by day and by night."""
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for width, scheme in VIEWS:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(path.resolve().as_uri())
        # What is folded away is on the page as well.
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{width} {scheme}: the page is {wide} wide")
        for rule in Axe().run(page).response["violations"]:
            where = ", ".join(" ".join(map(str, node["target"])) for node in rule["nodes"][:3])
            many = len(rule["nodes"])
            told = f"{rule['impact']}: {rule['id']}: {rule['help']} ({many}: {where})"
            found.append(f"{width} {scheme}: {told}")
        page.close()
    return found


def main(pages: list[str]) -> int:
    """Print the faults of pages; 1 if there are any."""
    with opened() as browser:
        found = [f"{page}: {fault}" for page in pages for fault in faults(browser, Path(page))]
    print("\n".join(found) or f"{len(pages)} pages, no fault")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
