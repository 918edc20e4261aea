import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from shamcrowd.benchmark.classroom.new_class import write_team
from shamcrowd.benchmark.classroom.packs.base import pack_of
from shamcrowd.benchmark.classroom.records import HAND_OUT, TEACHER, WORLDS, ClassKey
from tests.recordings import MAKES_RECORDINGS, kept

SECRET = "shamcrowd secret 1\n" + "".join(f"{n * 37 % 256:02x}" for n in range(1, 33)) + "\n"
SCALE = 0.08
TEAMS = 3
UNSHARE = ["unshare", "--map-root-user", "--net"]
NO_NETWORK = (
    UNSHARE
    if shutil.which("unshare")
    and not subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode
    else []
)


def shamcrowd(*arguments):
    """Run a command where there is no network at all, if such a place can be made here."""
    code = "import sys; from shamcrowd.benchmark.cli import main; sys.exit(main())"
    order = [*NO_NETWORK, sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(order, capture_output=True, text=True, check=False, timeout=500)


def make(folder):
    folder.parent.mkdir(parents=True, exist_ok=True)
    secret = folder.with_name(folder.name + ".secret")
    secret.write_text(SECRET)
    secret.chmod(0o600)
    done = shamcrowd("class", "new", "--pack", "two-hours", "--teams", TEAMS, "--scale", SCALE,
                     "--secret", secret, "--no-wheels", "--workers", 2,
                     "--out", folder)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "keep " in done.stdout
    secret.unlink()


@pytest.fixture(scope="session")
def made():
    """A class of three teams; to be read only."""
    return kept("classes", {"scale": SCALE, "teams": TEAMS, "secret": SECRET}, make,
                (*MAKES_RECORDINGS, "shamcrowd.benchmark.classroom"))  # fmt: skip


@pytest.fixture
def a_class(made, tmp_path):
    """A class of its own for a test, with any pack: the folder, and its key."""

    def of(pack):
        folder = tmp_path / pack
        shutil.copytree(made, folder)
        (folder / TEACHER / "class.secret").chmod(0o600)
        record = replace(ClassKey.open(folder).record, pack=pack)
        record.write(folder / TEACHER)
        key = ClassKey.open(folder)
        for team in record.teams:
            shutil.rmtree(folder / HAND_OUT / team)
            write_team(pack_of(pack), folder / HAND_OUT / team, team, key.token(team),
                       key.folder / WORLDS / team)  # fmt: skip
        return folder, key

    return of
