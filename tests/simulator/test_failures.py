"""Nothing half-written is ever taken for whole, and the next run picks up."""

import errno
import os
import signal
import subprocess
import sys
import time

import pytest

import shamcrowd.recording.writing
from shamcrowd.recording.errors import FolderInUseError, RecordingError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.output import OutputError
from shamcrowd.simulator import simulate

SMALL = {"scale": 0.05, "settings": ["horizon=4d", "campaigns=null", "releases=[]"]}
SCRIPT = """
import sys
from shamcrowd.simulator import simulate
simulate("quickstart-v2", 1, sys.argv[1], workers=2, settings=["shards=2", "horizon=200d"])
"""


def test_stopped_midway(tmp_path):
    def stop(share):
        if share > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate("quickstart-v2", 1, tmp_path / "r", **SMALL, progress=stop)
    assert list(tmp_path.iterdir()) == []
    assert simulate("quickstart-v2", 1, tmp_path / "r", **SMALL).rows["requests"] > 0


def test_killed(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path / "r")],
                               start_new_session=True)  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("r.partial/requests/*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert (tmp_path / "r.partial").is_dir()
    for folder in (tmp_path / "r", tmp_path / "r.partial"):
        with pytest.raises(RecordingError):
            Manifest.read(folder)
    manifest = simulate("quickstart-v2", 1, tmp_path / "r", **SMALL)
    assert Manifest.read(tmp_path / "r") == manifest
    assert not (tmp_path / "r.partial").exists()


def test_disk_full(tmp_path, monkeypatch):
    write, left = shamcrowd.recording.writing.pq.write_table, iter(range(5))

    def until_full(*args, **options):
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(*args, **options)

    monkeypatch.setattr(shamcrowd.recording.writing.pq, "write_table", until_full)
    with pytest.raises(OutputError, match="No space"):
        simulate("quickstart-v2", 1, tmp_path / "r", **SMALL)
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_dies_ends_the_run(tmp_path):
    def kill_a_worker(share):
        import multiprocessing

        for child in multiprocessing.active_children():
            os.kill(child.pid, signal.SIGKILL)

    with pytest.raises(Exception, match=r"(?i)worker|process|pipe|connection|reset"):
        simulate("quickstart-v2", 1, tmp_path / "r", scale=0.05, workers=2,
                 settings=["shards=2"], progress=kill_a_worker)  # fmt: skip
    assert not (tmp_path / "r").exists()


def test_a_recording_is_replaced_whole(tmp_path):
    first = simulate("quickstart-v2", 1, tmp_path / "r", **SMALL)
    second = simulate("quickstart-v2", 2, tmp_path / "r", **SMALL)
    assert Manifest.read(tmp_path / "r").fingerprint == second.fingerprint != first.fingerprint


def test_a_stranger_s_folder_is_refused_before_any_work(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(FolderInUseError):
        simulate("quickstart-v2", 1, tmp_path, **SMALL)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]
