"""Pages leave nothing out: public names of Python, commands, targets of make."""

from __future__ import annotations

import pkgutil
import re

import shamcrowd
from shamcrowd.benchmark.cli import commands
from tests.docs.pages import ROOT


def read(page):
    return (ROOT / page).read_text("utf-8")


def test_each_public_name_is_in_the_reference():
    page = read("docs/api.md")
    documented = set(re.findall(r"auto(?:function|class):: (\w+)$", page, re.M))
    assert "automodule:: shamcrowd.recording.errors" in page
    assert documented | {"ShamcrowdError"} == set(shamcrowd.__all__)


def test_each_command_is_in_the_readme():
    found = {m.name.removesuffix("_") for m in pkgutil.iter_modules(commands.__path__)}
    named = re.findall(r"(?m)^    shamcrowd ([\w-]+)", read("README.md"))
    assert {name.replace("-", "_") for name in named} == found - {"demo"}
    assert "make demo" in read("README.md")


def test_each_target_of_make_is_explained():
    targets = set(re.findall(r"(?m)^([a-z]+):", read("Makefile")))
    told = set(re.findall(r"(?m)^    make ([a-z]+) ", read("CONTRIBUTING.md")))
    assert targets - {"demo", "clean"} == told


def test_each_room_is_on_its_page():
    page = read("docs/rooms.md")
    for package in ("benchmark", "recording", "simulator"):
        part = page.partition(f"## `{package}/`")[2].partition("\n## ")[0]
        rooms = {p.parent.name for p in (ROOT / package).glob("*/__init__.py")}
        assert not {room for room in rooms if f"`{room}/`" not in part}, package
