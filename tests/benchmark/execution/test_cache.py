"""What was made once is found again, whole or not at all, by several at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.execution.cache import MARK, Cache, digest
from shamcrowd.benchmark.execution.library_versions import packages
from shamcrowd.recording.errors import FolderInUseError

KEY = {"scenario": {"accounts": 7}, "seed": 1}


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache")


def made(folder, text="rows"):
    (folder / "tables").mkdir(parents=True)
    (folder / "tables" / "a.parquet").write_text(text)
    (folder / "note.json").write_text("{}")
    return folder


def entry(cache):
    (found,) = (cache.root / "things").iterdir()
    return found


def test_what_is_kept_is_lent(cache, tmp_path):
    place = tmp_path / "run" / "thing"
    assert not cache.link("things", KEY, place)
    cache.keep("things", KEY, made(place))
    assert place.is_symlink()
    other = tmp_path / "other" / "thing"
    assert cache.link("things", KEY, other)
    assert (other / "tables" / "a.parquet").read_text() == "rows"
    assert not cache.link("things", {**KEY, "seed": 2}, other)
    assert not other.exists()
    assert not cache.link("others", KEY, other)


def _as_link(path):
    aside = path.parents[1] / "aside"
    path.rename(aside)
    path.symlink_to(aside)


def _rekeyed(entry):
    """Whole in itself, as it was made for another key."""
    held = json.loads((entry / "seal.json").read_text())
    del held["seal"]
    held["key"]["seed"] = 3
    (entry / "seal.json").write_text(json.dumps({**held, "seal": digest(held)}))


DAMAGE = {
    "a bit fell over": lambda e: (e / "content/tables/a.parquet").write_text("rowz"),
    "cut": lambda e: (e / "content/tables/a.parquet").write_text(""),
    "a file is gone": lambda e: (e / "content/note.json").unlink(),
    "a file more": lambda e: (e / "content/tables/b.parquet").write_text("x"),
    "no seal": lambda e: (e / "seal.json").unlink(),
    "seal cut": lambda e: (e / "seal.json").write_text((e / "seal.json").read_text()[:40]),
    "seal forged": lambda e: (e / "seal.json").write_text(
        (e / "seal.json").read_text().replace('"seed": 1', '"seed": 3')
    ),
    "others may write to it": lambda e: (e / "content/note.json").chmod(0o666),
    "its group may": lambda e: e.chmod(0o775),
    "a link in it": lambda e: _as_link(e / "content/note.json"),
    "it is a link": lambda e: _as_link(e),
    "an entry of another key in its place": lambda e: _rekeyed(e),
    "seal is a list": lambda e: (e / "seal.json").write_text("[]"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_and_thrown_away(cache, tmp_path, name):
    place = tmp_path / "run" / "thing"
    cache.keep("things", KEY, made(place))
    DAMAGE[name](entry(cache))
    assert not cache.link("things", KEY, place)
    assert cache.damaged == 1
    assert not list((cache.root / "things").iterdir())
    assert not place.exists()
    cache.keep("things", KEY, made(place))
    assert cache.link("things", KEY, place)


def test_the_first_to_come_stays(cache, tmp_path):
    cache.keep("things", KEY, made(tmp_path / "one", "first"))
    cache.keep("things", KEY, made(tmp_path / "two", "second"))
    assert (tmp_path / "two" / "tables" / "a.parquet").read_text() == "first"
    assert cache.link("things", KEY, tmp_path / "two")
    assert len(list((cache.root / "things").iterdir())) == 1


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FolderInUseError, match="nothing in it was touched"):
        Cache(tmp_path)
    assert not (tmp_path / MARK).exists()
    with pytest.raises(FolderInUseError, match="is a file"):
        Cache(tmp_path / "thesis.txt")


def test_results_hang_on_packages():
    assert {"numpy", "pandas", "scikit-learn"} <= set(packages())


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none(), min_size=1))
@settings(max_examples=50)
def test_another_key_is_another_entry(key):
    assert digest(key) == digest(json.loads(json.dumps(key)))
    assert digest({**key, next(iter(key)): "else"}) != digest({**key, next(iter(key)): "other"})


KEEPER = """
    import sys
    from pathlib import Path
    from shamcrowd.benchmark.execution.cache import Cache

    root, mine = Path(sys.argv[1]), Path(sys.argv[2])
    cache = Cache(root)
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(150):
        place = mine / str(number)
        if not cache.link("things", {"n": number}, place):
            place.mkdir(parents=True)
            for name in "abc":
                (place / name).write_text(f"{number} " * 2000)
            cache.keep("things", {"n": number}, place)
        for name in "abc":
            assert (place / name).read_text() == f"{number} " * 2000
    assert cache.damaged == 0
"""


def test_two_processes_fill_one_cache_at_once(cache, tmp_path):
    command = [sys.executable, "-c", textwrap.dedent(KEEPER), str(cache.root)]
    both = [
        subprocess.Popen(
            [*command, str(tmp_path / name)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]  # fmt: skip
    for process in both:
        assert process.stdout.readline() == "ready\n"
    for process in both:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        process.communicate()
    assert [process.returncode for process in both] == [0, 0]
    assert len(list((cache.root / "things").iterdir())) == 150
    assert all(cache.link("things", {"n": n}, tmp_path / "three") for n in range(150))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="needs to be root")
@pytest.mark.parametrize("name", ["", "seal.json", "content", "content/tables/a.parquet"])
def test_an_entry_of_another_user_is_not_taken(cache, tmp_path, name):
    """Forged with care: it matches its seal."""
    cache.keep("things", KEY, made(tmp_path / "thing"))
    os.chown(entry(cache) / name, 65534, 65534)
    assert not cache.link("things", KEY, tmp_path / "other")
    assert cache.damaged == 1


def test_entries_made_under_a_loose_mask_are_used(cache, tmp_path):
    before = os.umask(0o002)
    try:
        cache.keep("things", KEY, made(tmp_path / "thing"))
    finally:
        os.umask(before)
    assert cache.link("things", KEY, tmp_path / "other")


def test_a_cache_takes_in_what_another_has(cache, tmp_path):
    other = Cache(tmp_path / "other")
    for number in range(3):
        other.keep("things", {"n": number}, made(tmp_path / str(number), str(number)))
    cache.keep("things", {"n": 0}, made(tmp_path / "own", "0"))
    (other.root / "things" / digest({"n": 2}) / "content" / "note.json").write_text("changed")
    (other.root / "things" / f"{digest({'n': 1})}.0a.attempt").mkdir()
    assert (cache.adopt(other.root), cache.damaged) == (1, 1)
    assert cache.link("things", {"n": 1}, tmp_path / "lent")
    assert (tmp_path / "lent" / "tables" / "a.parquet").read_text() == "1"
    assert not cache.link("things", {"n": 2}, tmp_path / "lent-2")
    assert len(list((cache.root / "things").iterdir())) == 2
    assert cache.adopt(other.root) == 0


def test_an_entry_that_leads_elsewhere_is_not_taken_in(cache, tmp_path):
    other = Cache(tmp_path / "other")
    other.keep("things", KEY, made(tmp_path / "thing"))
    (entry(other) / "content" / "note.json").unlink()
    (entry(other) / "content" / "note.json").symlink_to("/etc/hostname")
    assert (cache.adopt(other.root), cache.damaged) == (0, 1)


def test_only_a_cache_is_taken_in(cache, tmp_path):
    with pytest.raises(FolderInUseError, match="no cache; name the folder"):
        cache.adopt(tmp_path)
