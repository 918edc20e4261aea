"""Processes start from any script, and an interrupt does not catch them half started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from shamcrowd.recording.manifest import Manifest
from shamcrowd.simulator.core.process_start import starting

SCRIPT = """
import sys
print("once")
from shamcrowd.simulator import simulate
made = simulate("quickstart-v2", 3, sys.argv[1], scale=0.2, settings=["shards=4"], workers=2)
print(made.fingerprint)
"""
INTERRUPTED = """
import multiprocessing, os, signal, sys, threading, time
from multiprocessing import forkserver
from shamcrowd.simulator.core.process_start import starting

server = multiprocessing.get_context("forkserver")
server.set_forkserver_preload(["pandas"])
begun = []
sending = forkserver.reduction.sendfds
def slow(*args):
    os.killpg(0, signal.SIGINT)
    time.sleep(0.2)
    return sending(*args)
forkserver.reduction.sendfds = slow
# Pandas loads threads that would take the signal as well.
threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
try:
    with starting():
        process = server.Process(target=print, args=("worked",))
        process.start()
        begun.append(process)
except KeyboardInterrupt:
    begun[0].join()
    print("interrupted")
"""


def test_a_plain_script(small, tmp_path):
    script = tmp_path / "plain.py"
    script.write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, script, tmp_path / "r"], capture_output=True, text=True, timeout=300
    )
    assert done.stdout.split() == ["once", Manifest.read(small).fingerprint], done.stderr


def test_an_interrupt_waits(tmp_path):
    """Ctrl-C comes while the fork server loads and is asked for a process."""
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED)
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=60, start_new_session=True
    )
    assert done.stdout.split() == ["worked", "interrupted"]
    assert done.stderr == ""


def test_an_interrupt_is_not_lost():
    inside = []

    def interrupted():
        with starting():
            os.kill(os.getpid(), signal.SIGINT)
            inside.append(True)

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert inside
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_other_threads_start_too():
    """Only the main thread may say what comes of a signal."""
    faults = []

    def work():
        try:
            with starting():
                pass
        except Exception as fault:
            faults.append(fault)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert faults == []
