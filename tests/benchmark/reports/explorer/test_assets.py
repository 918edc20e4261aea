"""What is built of the browser's sources is up to date, and its licences are there."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from shamcrowd.benchmark.reports.explorer.explorer_page import ASSETS

SOURCES = Path(ASSETS).parent / "browser"
LONGEST = 300


def test_it_is_built_of_these_sources():
    """Where this fails: `npm ci && npm run build` in the folder `browser`."""
    found = sorted(p for p in (SOURCES / "src").rglob("*") if p.suffix in (".ts", ".css"))
    names = ["package.json", "package-lock.json", "tsconfig.json", "build.mjs",
             *(p.relative_to(SOURCES).as_posix() for p in found)]  # fmt: skip
    sha = hashlib.sha256()
    for name in names:
        sha.update(f"{name}\n".encode() + (SOURCES / name).read_bytes())
    script = (ASSETS / "explorer.js").read_text("utf-8")
    assert re.search(r"Sources: (\w{64})\.", script)[1] == sha.hexdigest()
    assert script.isascii()
    assert "</script" not in script.lower()


def test_every_package_is_pinned_and_has_its_licence():
    about = json.loads((SOURCES / "package.json").read_text("utf-8"))
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", v) for v in
               {**about["dependencies"], **about["devDependencies"]}.values())  # fmt: skip
    licences = (ASSETS / "LICENSES.txt").read_text("utf-8")
    for name, version in about["dependencies"].items():
        assert f"{name} {version} (MIT)" in licences


def test_data_never_becomes_markup():
    for path in (SOURCES / "src").rglob("*.ts"):
        text = path.read_text("utf-8")
        unsafe = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
        assert [word for word in unsafe if word in text] == [], path.name
        assert len(text.splitlines()) <= LONGEST, path.name
