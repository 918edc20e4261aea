"""Names and titles of the shipped scenario, suite and policy files, read without a YAML library.

Listing and shell completion must answer at once; loading a scenario takes seconds for all of them.
"""

from __future__ import annotations

import importlib.resources
import re
from pathlib import Path

_TITLE = re.compile(r"^(?:title|about): *(.*?) *$", re.MULTILINE)
"""The first of both: a policy has no title, but one line about it."""
FOLDERS = {"scenarios": ".", "suites": "suites", "responses": "responses"}
"""Where the files of a kind lie, below the package ``shamcrowd.scenarios``."""


def shipped_files(kind: str) -> dict[str, Path]:
    """The shipped files of a kind in `FOLDERS`, by id, sorted.

    >>> "standard" in shipped_files("responses")
    True
    """
    folder = Path(str(importlib.resources.files("shamcrowd.scenarios"))) / FOLDERS[kind]
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def shipped_titles(kind: str) -> dict[str, str]:
    """The title of each shipped file of a kind, by id; "" for one without a title.

    Titles are read as plain text on one line; a test holds every shipped title to that.

    >>> shipped_titles("scenarios")["calm-v2"]
    'Two weeks without any abuse'
    >>> shipped_titles("responses")["weekly"]
    'Suspension by staff in one batch a week.'
    """
    found = {}
    for name, path in shipped_files(kind).items():
        title = _TITLE.search(path.read_text("utf-8"))
        found[name] = title[1].strip("\"'") if title else ""
    return found
