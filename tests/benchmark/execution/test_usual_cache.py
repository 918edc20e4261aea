"""Where no home folder can be written, results are kept below the run's own."""

import os
from pathlib import Path

import pytest

from shamcrowd.benchmark.evaluation.plan import NAME, claimed
from shamcrowd.benchmark.execution.usual_cache import FALLBACK, usual_cache
from shamcrowd.recording.errors import FolderInUseError


def told(tmp_path):
    said = []
    cache = usual_cache(tmp_path / "out", said.append)
    return cache.root, said


def test_the_usual_folder_if_it_can_be_written(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    assert told(tmp_path) == (tmp_path / "home" / "shamcrowd", [])
    assert not (tmp_path / "out").exists()


def test_a_home_that_is_no_folder(tmp_path, monkeypatch):
    (tmp_path / "home").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    root, said = told(tmp_path)
    assert root == tmp_path / "out" / FALLBACK
    assert len(said) == 1
    assert str(tmp_path / "home" / "shamcrowd") in said[0]
    assert str(root) in said[0]
    assert "--cache" in said[0]


def test_no_home_at_all(tmp_path, monkeypatch):
    def nobody():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", nobody)
    root, said = told(tmp_path)
    assert root == tmp_path / "out" / FALLBACK
    assert "no home folder" in said[0]


def test_a_folder_of_someone_else(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(os, "access", lambda *asked: False)
    assert told(tmp_path)[0] == tmp_path / "out" / FALLBACK


def test_a_run_takes_a_folder_with_such_a_cache_and_no_other(tmp_path, monkeypatch):
    (tmp_path / "home").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    told(tmp_path)
    with claimed(tmp_path / "out"):
        pass
    (tmp_path / "out" / "thesis.txt").write_text("chapter 1")
    with pytest.raises(FolderInUseError), claimed(tmp_path / "out"):
        pass
    (tmp_path / "out" / NAME).write_text("{}")
    with claimed(tmp_path / "out"):
        pass
