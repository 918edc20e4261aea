"""Whatever is wrong with the place to write to, a command says so in a sentence and leaves nothing.

No permission is needed for these faults, so that they are the same for root.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from shamcrowd.benchmark.cli.entry import run

SMALL = "--scale 0.05 --seeds 1 --detector velocity"
SWEEP = f"sweep quickstart-v2 --knob campaigns.hydra.evasion.rotation --steps 2 {SMALL} --out"
DUEL = "duel quickstart-v2 --seeds 1 --scale 0.05 --detectors velocity --strategies stubborn --out"
COMMANDS = [
    "simulate quickstart-v2 --seed 1 --scale 0.05 --out",
    f"run quickstart-v2 {SMALL} --out",
    f"run quickstart-v2 {SMALL} --response standard --out",
    SWEEP,
    DUEL,
    "demo --out",
    "bench smoke-v2 --cache CACHE --out",
    "bench smoke-v2 --out FREE --cache",
    "check --suite smoke-v2 --update-baseline --cache CACHE --out",
    "validate smoke-v2 --out",
    "audit quickstart-v2 --seeds 1 --scale 0.05 --out",
    "new detector busy-hours --out",
]
PAGES = ["report RECORDING --out", "audit RECORDING --markdown", "realism RECORDING --out"]


def a_file(where: Path) -> Path:
    (where / "file").write_text("mine")
    return where / "file"


PLACES = {
    "a file": a_file,
    "inside a file": lambda where: a_file(where) / "in" / "it",
    "too long a name": lambda where: where / ("x" * 300),
    "a device": lambda where: _linked(where, os.devnull),
    "a file system that takes nothing": lambda where: Path("/proc/none/at/all"),
}


def _linked(where: Path, target: str) -> Path:
    (where / "link").symlink_to(target)
    return where / "link"


def said(capsys, command: str, place: Path, **names: Path) -> str:
    """Run a command that must be refused, and give what it says."""
    words = [str(names.get(word, word)) for word in command.split()]
    capsys.readouterr()
    code = run([*words, str(place)])
    err = capsys.readouterr().err
    assert code == 2, err
    assert "Traceback" not in err
    assert "fault of shamcrowd" not in err
    return err


@pytest.mark.parametrize("place", list(PLACES))
@pytest.mark.parametrize("command", COMMANDS)
def test_a_place_that_takes_no_folder(tmp_path, capsys, command, place):
    if place.startswith("a file system") and not Path("/proc/self").exists():
        pytest.skip("no /proc")
    where = PLACES[place](tmp_path)
    before = sorted(p.name for p in tmp_path.iterdir())
    spare = tmp_path.parent / f"{tmp_path.name}-spare"
    err = said(capsys, command, where, CACHE=spare / "cache", FREE=spare / "free")
    assert err.strip()
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    assert not (tmp_path / "file").exists() or (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("ending", [".html", ".svg"])
@pytest.mark.parametrize("place", ["inside a file", "too long a name", "a device"])
@pytest.mark.parametrize("command", PAGES)
def test_a_place_that_takes_no_page(tmp_path, capsys, small, command, place, ending):
    if command.startswith("realism") == (ending == ".html"):
        pytest.skip("the other ending")
    where = PLACES[place](tmp_path)
    if place == "a device":
        where = where.rename(where.with_suffix(ending))
    else:
        where = where.with_name(where.name + ending)
    before = sorted(tmp_path.iterdir())
    assert said(capsys, command, where, RECORDING=small).strip()
    assert sorted(tmp_path.iterdir()) == before


SMALL_DISK = """
import sys
from shamcrowd.benchmark.cli import main
sys.argv = ["shamcrowd", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize(
    ("command", "left"),
    [
        ("simulate quickstart-v2 --seed 1 --out", []),
        ("run quickstart-v2 --seeds 1 --detector velocity --out", ["recordings", "run.json"]),
    ],
)
def test_a_disk_that_fills_up(tmp_path, command, left):
    """The operating system takes no file above 100 kB, in any process.

    Compiled modules are smaller than that: one that is cut off would stay so.
    """

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, *command.split(), str(out)],
        preexec_fn=full, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "cannot be written (File too large); make room there" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(p.name for p in out.iterdir()) == left if left else not out.exists()
    assert not [p for p in tmp_path.rglob("*") if p.suffix in (".partial", ".attempt")]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full")
def test_an_output_that_takes_nothing():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", SMALL_DISK, "list", "scenarios"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("error: the output: No space left on device")
    assert len(done.stderr.splitlines()) == 1


def test_an_output_that_is_closed():
    code = "import os, sys; os.close(1); os.execv(sys.executable, sys.argv[1:])"
    arguments = [sys.executable, "-c", SMALL_DISK, "list", "scenarios"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_no_folder_for_temporary_files(capsys, monkeypatch, tmp_path):
    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr("tempfile.mkdtemp", lambda *args, **given: none())
    assert run(["validate", "smoke-v2"]) == 2
    assert "set TMPDIR" in capsys.readouterr().err
