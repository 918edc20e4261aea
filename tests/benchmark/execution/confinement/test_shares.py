"""What all processes of a plug-in use together is measured, whatever way they are started."""

from __future__ import annotations

import mmap
import socket

import numpy as np
import pyarrow as pa
import pytest

from shamcrowd.benchmark.execution.confinement.messages import INLINE, Channel
from shamcrowd.benchmark.execution.plugin_failures import FailedDetectorError
from shamcrowd.benchmark.execution.plugin_source import OfferedLog
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY
from tests.benchmark.execution.confinement.test_attacks import pytestmark, servers

__all__ = ["pytestmark", "servers"]
HOG = """
        def hog():
            if not os.fork():
                held = np.ones(200 * 2**20, np.uint8)
                time.sleep(60)
                os._exit(0)
"""
WAYS = {
    "behind programs that hold little": (HOG + """
        for _ in range(40):
            subprocess.Popen(["sleep", "60"])
        hog(), hog(), hog()
        time.sleep(SECONDS)
        return "yes"
    """, "more memory than it may have", ()),
    "in processes that were left behind": (HOG + """
        if not os.fork():
            hog(), hog(), hog()
            os._exit(0)
        time.sleep(SECONDS)
        return "yes"
    """, "more memory than it may have", ("namespaces",)),
    "open files of many processes": ("""
        for _ in range(10):
            if not os.fork():
                held = [os.open(os.devnull, 0) for _ in range(950)]
                time.sleep(60)
                os._exit(0)
        time.sleep(SECONDS)
        return "yes"
    """, "more open files than it may have", ()),
    "a folder that nobody may look into": ("""
        os.umask(0)
        os.mkdir(Path.home() / "a", 0o300)
        for number in range(30):
            (Path.home() / "a" / str(number)).write_bytes(bytes(2**20))
        time.sleep(SECONDS)
        return "yes"
    """, "more files than it may have", ("namespaces",)),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_what_is_hidden_from_the_measuring_is_measured(servers, spies, monkeypatch, way):
    body, says, off = WAYS[way]
    spies.memory_mib, spies.scratch_mib = 350, 16
    servers.use(monkeypatch, off)
    with pytest.raises(FailedDetectorError, match=says):
        spies(body.replace("SECONDS", "30"))
    servers.use(monkeypatch, (*off, "measuring"))
    assert spies(body.replace("SECONDS", "0")) == "yes"


def test_idle_processes_share_what_they_had_from_the_start(spies):
    spies.memory_mib = 350
    assert (
        spies("""
        for _ in range(12):
            if not os.fork():
                time.sleep(60)
                os._exit(0)
        time.sleep(1)
        return "yes"
    """)
        == "yes"
    )


def test_a_child_that_nobody_waits_for_costs_as_well(spies):
    code = "import time\nwhile time.process_time() < 1: pass\nprint(1, flush=True)\ntime.sleep(9)"
    body = f"""
        made = subprocess.Popen([sys.executable, "-c", {code!r}], stdout=subprocess.PIPE)
        return made.stdout.readline().decode()
    """
    log = sample_log(accounts=8, days=4)
    now = log.start + MS_PER_DAY
    known = log.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
    with spies.process(body) as plugin:
        plugin.make()
        plugin.review(OfferedLog(log), now, EARLIEST, None, known)
    assert plugin.close().seconds >= 1.0


def test_tables_in_files_have_a_largest_size_together():
    """Who keeps the file of a table open keeps memory that is nobody's."""
    ours, theirs = socket.socketpair()
    table = pa.table({"a": np.zeros(INLINE + 1, np.int8)})
    with ours, theirs:
        sender, receiver = Channel(ours, 3 * table.nbytes), Channel(theirs)
        kinds = []
        for _ in range(4):
            sender.send_table({}, table)
            _, body = receiver.receive(2 * table.nbytes, files=True)
            kinds.append(type(body.obj))
            assert pa.ipc.open_stream(pa.py_buffer(body)).read_all().equals(table)
    assert kinds == [mmap.mmap, mmap.mmap, bytearray, bytearray]


def test_a_plug_in_may_hold_as_much_in_files_as_in_memory(spies):
    spies.memory_mib = 350
    with spies.process("return 0") as plugin:
        assert plugin._data.in_files == 350 * 2**20
