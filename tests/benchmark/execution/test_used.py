"""What a plug-in used is known, by whatever library and in whatever form it was read."""

from __future__ import annotations

import json
import pickle
import sqlite3

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.execution import used
from shamcrowd.benchmark.execution.confinement import landlock
from shamcrowd.benchmark.execution.plugin_source import OfferedLog
from shamcrowd.benchmark.execution.used import content_of, is_unchanged
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY

BODY = """
    import importlib.resources, importlib.util, json, mmap, pickle, sqlite3
    import pyarrow.parquet as pq
    here = Path(__file__).parent
    np.load(here / "array.npy", mmap_mode="r")
    pickle.loads((here / "model.pkl").read_bytes())
    json.loads((here / "rules.json").read_text())
    with sqlite3.connect(f"file:{here}/base.sqlite?mode=ro", uri=True) as base:
        base.execute("select * from t").fetchall()
    pq.read_table(here / "table.parquet")
    with open(here / "raw.bin", "rb") as file, mmap.mmap(file.fileno(), 0, prot=1) as held:
        held[0]
    sys.path.insert(0, str(here))
    (importlib.resources.files("mine") / "data.txt").read_text()
    subprocess.run(["cat", here / "read-by-a-program.txt"], check=True)
    os.close(os.open(here / "by-descriptor.txt", os.O_RDONLY))
    (here / "missing.txt").exists() or can(lambda: open(here / "missing.txt"))
    import pyarrow.dataset as ds
    ds.dataset(here / "listed-by-a-library", format="csv").count_rows()
    subprocess.run(["ls", here / "listed-by-a-program"], check=True)
    return os.listdir(here / "listed")[0]
"""
USED = {
    "array.npy", "model.pkl", "rules.json", "base.sqlite", "table.parquet", "raw.bin",
    "mine/__init__.py", "mine/data.txt", "read-by-a-program.txt", "by-descriptor.txt",
    "missing.txt", "listed/", "listed-by-a-library/", "listed-by-a-program/", "spy.py",
}  # fmt: skip


def _written(folder):
    np.save(folder / "array.npy", np.zeros(3))
    (folder / "model.pkl").write_bytes(pickle.dumps({"limit": 1}))
    (folder / "rules.json").write_text(json.dumps({"limit": 1}))
    base = sqlite3.connect(folder / "base.sqlite")
    base.execute("create table t (a)")
    base.commit()
    base.close()
    pq.write_table(pa.table({"a": [1]}), folder / "table.parquet")
    (folder / "mine").mkdir()
    for name in USED:
        if name.endswith("/"):
            (folder / name).mkdir()
            (folder / name / "one").write_text("x\n1\n")
    for name in ("raw.bin", "mine/__init__.py", "mine/data.txt", "read-by-a-program.txt",
                 "by-descriptor.txt", "never-read.txt"):  # fmt: skip
        (folder / name).write_text("x = 1\n")


def _used(spies, body):
    """What a review with this body used."""
    log = sample_log(accounts=8, days=4)
    now = log.start + MS_PER_DAY
    known = log.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
    with spies.process(body) as plugin:
        plugin.make()
        plugin.review(OfferedLog(log), now, EARLIEST, None, known)
        return plugin.used()


@pytest.mark.skipif(not landlock.version(), reason="what it reads is known whole with Landlock")
def test_a_program_that_is_upgraded_counts(spies, tmp_path, monkeypatch):
    """What tells of it is the system's list of what is installed."""
    status = tmp_path / "status"
    monkeypatch.setattr(used, "INSTALLED", (str(status),))
    status.write_text("sh 1")
    alone = _used(spies, "return 3")
    record = _used(spies, "return subprocess.run(['sh', '-c', 'exit 3']).returncode")
    assert alone["whole"]
    assert record["whole"]
    assert is_unchanged(record)
    status.write_text("sh 2")
    assert not is_unchanged(record)
    # A review that starts no program does not depend on it.
    assert str(status) not in alone["files"]


@pytest.mark.skipif(not landlock.version(), reason="what it reads is known whole with Landlock")
def test_files_of_every_kind_are_known(spies):
    _written(spies.folder)
    record = _used(spies, BODY)
    assert record["whole"]
    assert {path.removeprefix(f"{spies.folder}/") for path in record["files"]} >= USED
    assert f"{spies.folder}/never-read.txt" not in record["files"]
    assert is_unchanged(record)
    for name in sorted(USED):
        place = spies.folder / name
        if name.endswith("/"):
            (place / "two").touch()
            assert not is_unchanged(record), name
            (place / "two").unlink()
            continue
        before = place.read_bytes() if place.exists() else None
        place.write_bytes((before or b"") + b"\n")
        assert not is_unchanged(record), name
        place.write_bytes(before) if before is not None else place.unlink()
        assert is_unchanged(record), name


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "a" * 5000])
def test_a_name_that_is_none_is_no_file(tmp_path, name):
    record = content_of([tmp_path / name], True, 0.0)
    assert record["whole"]
    assert is_unchanged(record)


def test_telling_what_was_used_costs_little(spies):
    """Ten times cost about two reviews; they cost seventeen when it looked at every module."""
    log = sample_log(accounts=8, days=4)
    now = log.start + MS_PER_DAY
    known = log.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
    with spies.process("return 0") as plugin:
        plugin.make()
        plugin.review(OfferedLog(log), now, EARLIEST, None, known)
        before = plugin.usage().seconds  # of its start and one review
        for _ in range(10):
            plugin.used()
        spent = plugin.usage().seconds - before
    assert spent < 5 * before
