"""Detectors of other packages and of files that look alike."""

from __future__ import annotations

import importlib.metadata
from importlib.metadata import EntryPoint

import pytest

from shamcrowd.detectors import registry
from shamcrowd.recording.errors import DetectorError

FILE = """
class Quiet:
    "Says nothing."

    def review(self, log):
        return None
"""


@pytest.fixture
def path(tmp_path):
    (tmp_path / "plug_in_of_a_user.py").write_text(FILE)
    return tmp_path / "plug_in_of_a_user.py"


def test_an_entry_point_is_listed_before_the_controls(path, monkeypatch):
    point = EntryPoint("their-own", "plug_in_of_a_user:Quiet", registry.DETECTORS.group)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [point])
    monkeypatch.syspath_prepend(path.parent)
    names = registry.detector_names()
    assert names.index("velocity") < names.index("their-own") < names.index("age-only")
    assert registry.load_detector("their-own").__name__ == "Quiet"
    assert not registry.is_control("their-own")


def test_an_installed_package_is_found_by_its_entry_point(path, monkeypatch):
    about = path.parent / "theirs-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n")
    point = "plug_in_of_a_user:Quiet"
    (about / "entry_points.txt").write_text(f"[{registry.DETECTORS.group}]\ninstalled = {point}\n")
    assert "installed" not in registry.detector_names()
    monkeypatch.syspath_prepend(path.parent)
    assert "installed" in registry.detector_names()
    assert registry.load_detector("installed").__name__ == "Quiet"
    assert not registry.is_shipped("installed")


def test_a_class_of_a_module(path, monkeypatch):
    monkeypatch.syspath_prepend(path.parent)
    assert registry.load_detector("plug_in_of_a_user:Quiet").__module__ == "plug_in_of_a_user"


def test_no_such_module():
    with pytest.raises(DetectorError, match="cannot be loaded: ModuleNotFoundError"):
        registry.load_detector("no_such_module_of_a_user:Thing")


def test_two_files_of_one_name_are_two_modules(path, tmp_path):
    other = tmp_path / "other" / path.name
    other.parent.mkdir()
    other.write_text(FILE)
    one, same, two = (registry.load_detector(f"{p}:Quiet") for p in (path, path, other))
    assert one is same
    assert one is not two


def test_a_file_that_failed_to_load_fails_again(tmp_path):
    (tmp_path / "bad.py").write_text("class Half:\n    review = 1\n\n1 / 0\n")
    for _ in range(2):  # what was left half-loaded must not count as loaded
        with pytest.raises(DetectorError, match="ZeroDivisionError"):
            registry.load_detector(f"{tmp_path}/bad.py:Half")
