"""What the host can do, and what happens where it cannot: simulated by taking modules away."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys

import pytest

from shamcrowd.benchmark.evaluation.plan import claimed
from shamcrowd.benchmark.execution import host
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.confinement import landlock, limits
from shamcrowd.recording.errors import FolderInUseError
from shamcrowd.simulator.core import process_start

MISSING_ON_WINDOWS = """
import importlib, os, signal, sys
for name in ("resource", "fcntl"):
    sys.modules[name] = None
for name in ("pthread_sigmask", "SIGKILL"):
    delattr(signal, name)
for name in ("killpg", "setsid", "sysconf", "O_PATH", "O_CLOEXEC"):
    delattr(os, name)
sys.platform = "win32"
for module in MODULES:
    importlib.import_module(f"shamcrowd.{module}")
from shamcrowd.benchmark.execution.host import host_abilities, peak_memory_mib
print(host_abilities(), peak_memory_mib())
"""
MODULES = [
    "benchmark.execution.isolated_process",
    "benchmark.execution.sandbox",
    "benchmark.execution.plugin_process",
    "benchmark.execution.cache",
    "benchmark.evaluation.plan",
    "simulator.core.process_start",
    "benchmark.cli.entry",
]


def test_nothing_fails_at_import_where_unix_modules_are_missing():
    code = MISSING_ON_WINDOWS.replace("MODULES", repr(MODULES))
    # The C library of this machine stays, so libraries are loaded before the platform's name goes.
    loaded = "import numpy, click, cloudpickle, multiprocessing.connection, ctypes\n"
    done = subprocess.run(
        [sys.executable, "-c", loaded + code],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "landlock=0, memory_limit=False, process_groups=False, peak_memory=False" in done.stdout
    assert done.stdout.rstrip().endswith(" 0.0")


def test_this_machine_measures_memory_and_time():
    assert host.peak_memory_mib() > 1
    assert host.peak_memory_mib(children=True) >= host.peak_memory_mib() - 1
    assert host.cpu_seconds() > 0


def test_macos_counts_bytes(monkeypatch):
    before = host.peak_memory_mib()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert host.peak_memory_mib() == pytest.approx(before / 1024, rel=0.1)
    assert landlock.version() == 0


def test_without_limits_no_limit_is_claimed(monkeypatch):
    monkeypatch.setattr(limits, "_resource", None)
    limits.forbid_core_dumps()
    assert limits.limit_memory(2**20) is False
    assert host.host_abilities().memory_limit is False


def test_a_locked_folder_is_refused_to_another_run(tmp_path):
    run = tmp_path / "run"
    with claimed(run), pytest.raises(FolderInUseError, match="another run"), claimed(run):
        pass


def test_windows_locks_a_file_beside_the_folder(monkeypatch, tmp_path):
    class Msvcrt:
        LK_NBLCK = 2
        taken = False

        def locking(self, opened, mode, size):
            assert (mode, size) == (2, 1)
            if self.taken:
                raise PermissionError
            self.taken = True

    monkeypatch.setattr(host, "_fcntl", None)
    monkeypatch.setattr(host, "_msvcrt", Msvcrt())
    with host.locked(tmp_path) as first, host.locked(tmp_path) as second:
        assert (first, second) == (True, False)
    assert not list(tmp_path.iterdir())


def test_without_symlinks_the_cache_copies(monkeypatch, tmp_path):
    def refuse(self, target, target_is_directory=False):
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr("pathlib.Path.symlink_to", refuse)
    with pytest.raises(OSError, match="privilege"):
        host.link_folder(tmp_path / "a", tmp_path)
    monkeypatch.delattr(os, "killpg")
    made = tmp_path / "made"
    made.mkdir()
    (made / "text").write_text("kept", "utf-8")
    cache = Cache(tmp_path / "cache")
    cache.keep("findings", {"a": 1}, made)
    assert not made.is_symlink()
    assert (made / "text").read_text("utf-8") == "kept"
    assert cache.link("findings", {"a": 1}, tmp_path / "again")
    assert (tmp_path / "again" / "text").read_text("utf-8") == "kept"


def test_without_process_groups_the_process_alone_is_ended(monkeypatch):
    monkeypatch.delattr(os, "killpg")
    monkeypatch.delattr(os, "setsid")

    class Process:
        pid, ended = -1, ()

        def kill(self):
            self.ended = (*self.ended, "killed")

        def join(self):
            self.ended = (*self.ended, "joined")

    process = Process()
    host.lead_process_group()
    host.end_process(process)
    assert process.ended == ("killed", "joined")


def test_processes_are_spawned_where_there_is_no_fork_server(monkeypatch):
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    process_start.process_context.cache_clear()
    try:
        assert process_start.process_context().get_start_method() == "spawn"
        process_start.preload(["no.such.module"], start=True)
    finally:
        process_start.process_context.cache_clear()


def test_an_exit_code_says_if_a_process_was_killed():
    assert host.was_killed(-9)
    assert not host.was_killed(1)
    assert not host.was_killed(None)
