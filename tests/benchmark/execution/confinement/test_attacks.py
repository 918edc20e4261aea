"""Attacks on the confinement: each is held, and succeeds where the layers that hold it are off.

As root, as an ordinary user, and without Landlock. The layers are switched off in a server of this
test alone, by what it is given to run; there is no such switch outside of the tests.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shamcrowd import simulator
from shamcrowd.benchmark.execution.confinement import landlock, namespaces, seccomp, server_client
from shamcrowd.benchmark.execution.isolated_process import (
    LostError,
    ProcessDiedError,
    TimeLimitError,
)
from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.imports.pseudonyms import read_key
from tests.benchmark.execution.confinement.attacks import ATTACKS

pytestmark = pytest.mark.skipif(
    not (landlock.version() and namespaces.offered() and seccomp.offered()),
    reason="this machine has not all layers",
)
ROOM = "shamcrowd.benchmark.execution.confinement"
OFF = {
    "landlock": "landlock.allow = lambda *a, **k: 0",
    "namespaces": "namespaces.offered = lambda: False",
    "seccomp": "seccomp.refuse_calls = lambda **which: False",
    "read-only": "namespaces.make_read_only = lambda: False",
    "proc": "namespaces.OWN_PROC = namespaces.NO_SUID",
    "isolation": "pass",
    "rights": "limits.drop_rights = lambda: None",
    "imports": "imports.refuse_imports = lambda: None",
    "environment": "limits.bare_environment = lambda scratch: None",
    "descriptors": "os.closerange = lambda first, last: None",
    "core": "limits.forbid_core_dumps = lambda: None",
    "processes": "limits.limit_processes = lambda: None",
    "files": "limits.limit_files = lambda size: None",
    "memory": "limits.limit_memory = lambda size: True",
    "ending": "process_tree.end_all = lambda parent: None",
    "measuring": "keeper._Keeping._measure = lambda self: None",
}
ORDINARY = (
    "namespaces._call('unshare', namespaces.NEW_USER); "
    "open('/proc/self/setgroups', 'w').write('deny'); "
    "open('/proc/self/uid_map', 'w').write('1000 0 1'); "
    "open('/proc/self/gid_map', 'w').write('1000 0 1'); limits.drop_rights()"
)
"""What root does to be a user without rights, who owns the same files."""
CALLS = {
    "x86_64": {"ptrace": 101, "process_vm_readv": 310, "memfd_create": 319, "clone": 56,
               "add_key": 248, "keyctl": 250, "msgget": 68, "userfaultfd": 323},
    "aarch64": {"ptrace": 117, "process_vm_readv": 270, "memfd_create": 279, "clone": 220,
                "add_key": 217, "keyctl": 219, "msgget": 186, "userfaultfd": 282},
}  # fmt: skip


class Servers:
    """A server for each set of layers that are off, started when it is first asked for."""

    def __init__(self):
        self._held = {}

    def use(self, monkeypatch, off=(), ordinary=False, inherited=()):
        key = (frozenset(off), ordinary)
        if key not in self._held:
            lines = [OFF[layer] for layer in off]
            names = "imports, keeper, landlock, limits, namespaces, process_tree, seccomp"
            # Before any library starts a thread: one with threads may enter no user namespace.
            first = [f"from {ROOM} import limits, namespaces", ORDINARY] if ordinary else []
            patch = "; ".join(["import os", *first, f"from {ROOM} import {names}", *lines])
            with pytest.MonkeyPatch.context() as inner:
                begin = server_client.BEGIN.replace("from shamcrowd", f"{patch}; from shamcrowd", 1)
                inner.setattr(server_client, "BEGIN", begin)
                inner.setattr(server_client, "_server", None)
                if "environment" in off:
                    inner.setattr(server_client, "kept_environment", lambda: dict(os.environ))
                if {"descriptors", "isolation"}.intersection(off):
                    started = server_client.subprocess.Popen

                    def careless(command, **options):
                        if "descriptors" in off:
                            options["pass_fds"] = [*options["pass_fds"], *map(int, inherited)]
                        if "isolation" in off:
                            command = [part for part in command if part != "-I"]
                        return started(command, **options)

                    inner.setattr(server_client.subprocess, "Popen", careless)
                self._held[key] = server_client.server()
        monkeypatch.setattr(server_client, "_server", self._held[key])
        # Another server would have all layers.
        monkeypatch.setattr(server_client, "forget", _ended)

    def close(self):
        for held in self._held.values():
            held.close()


def _ended():
    raise AssertionError("the server of this test has ended")


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    held = Servers()
    yield held
    held.close()


@pytest.fixture(scope="module")
def caller(tmp_path_factory):
    """What the caller has that a plug-in must not reach; by the names in the attacks."""
    place = tmp_path_factory.mktemp("caller")
    truth = place / "run" / "truth" / "accounts.parquet"
    truth.parent.mkdir(parents=True)
    truth.write_text("truth")
    libc = ctypes.CDLL(None, use_errno=True)
    secret = ctypes.create_string_buffer(b"a secret")
    shared = f"/dev/shm/shamcrowd-test-of-attacks-{os.getpid()}"
    Path(shared).write_text("shared")
    key = 0x5EA1 + os.getpid()
    memory = libc.shmget(key, 4096, 0o1600)
    with (
        socket.socket() as network, socket.socket(socket.AF_UNIX) as abstract,
        socket.socket(socket.AF_UNIX) as named, truth.open() as held_open,
        pytest.MonkeyPatch.context() as inner,
    ):  # fmt: skip
        inner.setenv("SOMEBODYS_API_KEY", "secret")
        network.bind(("127.0.0.1", 0))
        abstract.bind(f"\0shamcrowd-attacks-{os.getpid()}")
        named.bind(str(place / "s"))
        for one in (network, abstract, named):
            one.listen(64)
        yield {
            "pid": os.getpid(), "truth": str(truth), "simulator": simulator.__file__,
            "held_open": held_open.name, "held_number": held_open.fileno(),
            "address": ctypes.addressof(secret),
            "address_of_network": network.getsockname(),
            "abstract": abstract.getsockname().decode(), "named": str(place / "s"), "key": key,
            "memory": memory, "shared": shared, "attributed": str(truth),
            "host": socket.gethostname(), "temporary": tempfile.gettempdir(),
            **CALLS[platform.machine()],
        }  # fmt: skip
    Path(shared).unlink()
    libc.shmctl(memory, 0, None)


@pytest.fixture
def attacked(spies, caller):
    """Runs an attack and says whether it succeeded."""
    spies.memory_mib, spies.scratch_mib = 300, 16
    for name in (".env", "judge.secret"):
        (spies.folder / name).write_text("secret")
    (spies.folder / "data").mkdir(exist_ok=True)
    for name in ("rec.key", "data/notes.txt"):
        read_key(spies.folder / name)

    def run(name):
        try:
            said = spies(ATTACKS[name].body.format(**caller), limit=60.0)
        except (ShamcrowdError, LostError) as fault:
            said = f"{type(fault).__name__}: {fault}"
        print(f"{name}: {said}")
        return said == "yes"

    return run


ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="needs to be root")


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_held(servers, attacked, monkeypatch, name):
    servers.use(monkeypatch)
    assert not attacked(name)


@ROOT
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_held_for_an_ordinary_user(servers, attacked, monkeypatch, name):
    servers.use(monkeypatch, ordinary=True)
    assert not attacked(name)


@pytest.mark.parametrize("name", [n for n, one in ATTACKS.items() if one.held_without_landlock])
def test_an_attack_is_held_without_landlock(servers, attacked, monkeypatch, name):
    """By the other layers; what they do not hold, files, makes a run *not sealed*."""
    servers.use(monkeypatch, off=("landlock",))
    assert not attacked(name)


@ROOT
@pytest.mark.parametrize("name", ATTACKS)
def test_it_succeeds_where_what_holds_it_is_off(servers, attacked, caller, monkeypatch, name):
    servers.use(monkeypatch, ATTACKS[name].off, inherited=[caller["held_number"]])
    assert attacked(name)


@pytest.mark.parametrize("name", [n for n, one in ATTACKS.items() if len(one.off) > 1])
def test_one_layer_of_several_is_enough(servers, attacked, monkeypatch, name):
    servers.use(monkeypatch, off=ATTACKS[name].off[1:])
    assert not attacked(name)


def _left(marker):
    found = subprocess.run(["pgrep", "-f", marker], capture_output=True, text=True, check=False)
    return list(map(int, found.stdout.split()))


def test_what_it_leaves_behind_lives_on_where_nothing_ends_it(servers, spies, monkeypatch):
    servers.use(monkeypatch, off=("namespaces", "ending"))
    marker = f"60.{os.getpid()}{time.monotonic_ns()}"
    spies(f"""
        subprocess.Popen(["setsid", "sleep", "{marker}"], start_new_session=True)
        time.sleep(0.3)
        return "started"
    """)
    left = _left(marker)
    for number in left:
        os.kill(number, signal.SIGKILL)
    assert left


@pytest.mark.parametrize("off", [(), ("namespaces", "ending")])
def test_a_child_holds_the_channel_only_where_nothing_ends_it(servers, spies, monkeypatch, off):
    servers.use(monkeypatch, off=off)
    with pytest.raises(TimeLimitError if off else ProcessDiedError):
        spies("""
            if os.fork():
                os._exit(1)
            time.sleep(4)
        """, limit=1.5)  # fmt: skip
