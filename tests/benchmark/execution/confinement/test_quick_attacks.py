"""Attacks that are tried together in one process: held, and by what.

As in `test_attacks`, with which this shares its servers.
"""

from __future__ import annotations

import textwrap

import pytest

from tests.benchmark.execution.confinement.quick_attacks import QUICK
from tests.benchmark.execution.confinement.test_attacks import (
    ROOT,
    caller,
    pytestmark,
    servers,
)

__all__ = ["caller", "pytestmark", "servers"]


@pytest.fixture
def tried(spies, caller):
    """Tries attacks; gives what each says: "yes" if it succeeded."""
    (spies.folder / "world.yaml").write_text("schema: 1\nextends: calm-v2\n")
    (spies.folder / "gate.json").write_text('{"fingerprints": [], "scenarios": {}}')

    def run(names):
        parts, calls = [], []
        for number, name in enumerate(names):
            body = textwrap.indent(textwrap.dedent(QUICK[name].body.format(**caller)), "    ")
            parts.append(f"def attack_{number}():\n{body}")
            calls.append(f"{name!r}: said(attack_{number})")
        parts.append(
            "def said(attack):\n"
            "    try:\n        return attack()\n"
            "    except BaseException as fault:\n        return repr(fault)\n"
            f"return {{{', '.join(calls)}}}"
        )
        found = spies("\n".join(parts), limit=60.0)
        print(found)
        return found

    return run


def _succeeded(found):
    return sorted(name for name, said in found.items() if said == "yes")


def test_each_is_held(servers, tried, monkeypatch):
    servers.use(monkeypatch)
    assert _succeeded(tried(QUICK)) == []


@ROOT
def test_each_is_held_for_an_ordinary_user(servers, tried, monkeypatch):
    servers.use(monkeypatch, ordinary=True)
    assert _succeeded(tried(QUICK)) == []


def test_each_is_held_without_landlock(servers, tried, monkeypatch):
    servers.use(monkeypatch, off=("landlock",))
    held = [name for name, one in QUICK.items() if one.held_without_landlock]
    assert _succeeded(tried(held)) == []


@ROOT
@pytest.mark.parametrize("off", sorted({one.off for one in QUICK.values()}))
def test_each_succeeds_where_what_holds_it_is_off(servers, tried, monkeypatch, off):
    servers.use(monkeypatch, off)
    names = [name for name, one in QUICK.items() if one.off == off]
    assert _succeeded(tried(names)) == sorted(names)


@pytest.mark.parametrize("off", sorted({one.off for one in QUICK.values() if len(one.off) > 1}))
def test_either_layer_is_enough(servers, tried, monkeypatch, off):
    names = [name for name, one in QUICK.items() if one.off == off]
    for layer in off:
        servers.use(monkeypatch, (layer,))
        assert _succeeded(tried(names)) == []
