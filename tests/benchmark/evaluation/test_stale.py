"""A kept answer is never stale: a planted change of each kind is asked again."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from shamcrowd.benchmark.evaluation import stages
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.execution import surroundings as room
from shamcrowd.benchmark.execution import used
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.confinement.used_files import UsedFiles
from shamcrowd.benchmark.execution.used import content_of, is_unchanged
from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.detectors.base import Findings

BODY = """
import numpy as np
from pathlib import Path
from shamcrowd.detectors.base import Findings
{before}


class Mine:
    def review(self, log):
        ids = log.accounts(["account"])["account"].to_numpy()
        return Findings(ids, np.full(len(ids), float({level})))
"""
KINDS = {
    "a module beside it": (
        "import sys; sys.path.insert(0, str(Path(__file__).parent)); import rule", "rule.LEVEL",
        "rule.py", "LEVEL = {}\n",
    ),
    "a file of weights": (
        "", "(Path(__file__).parent / 'data/weights.txt').read_text()", "data/weights.txt", "{}",
    ),
    "a file that a library opens by itself": (
        "import pyarrow.csv as pc",
        "pc.read_csv(str(Path(__file__).parent / 'w.csv')).column('level')[0].as_py()",
        "w.csv", "level\n{}\n",
    ),
    "a file that a program reads": (
        "import subprocess",
        "subprocess.run(['sh', str(Path(__file__).parent / 'a.sh')], capture_output=True).stdout",
        "b.sh", "echo {}\n",
    ),
}  # fmt: skip


def level(folder, name="mine"):
    found = SavedFindings.read(Plan.read(folder).findings(folder, 1, name))
    return float(found.score.max())


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_used_counts(run_copy, tmp_path, again, heard, kind):
    before, expression, name, text = KINDS[kind]
    code = tmp_path / "code"
    (code / "data").mkdir(parents=True)
    (code / "a.sh").write_text(f". {code}/b.sh\n")
    path = code / "mine.py"
    path.write_text(BODY.format(before=before, level=expression))
    (code / name).write_text(text.format(2))
    cache = Cache(tmp_path / "cache")
    asked = []
    for content, expected in ((2, 2.0), (2, 2.0), (300, 300.0)):
        if content != 2:
            (code / name).write_text(text.format(content))
        again(run_copy, [f"{path}:Mine"], cache=cache, listener=heard)
        asked.append(heard.stages["detecting"])
        assert level(run_copy) == expected
    assert asked[1:] == [0, 2]
    # A file that it never opens may change.
    (code / "notes.txt").write_text("other")
    again(run_copy, [f"{path}:Mine"], cache=cache, listener=heard)
    assert heard.stages["detecting"] == 0


def test_a_value_of_the_caller_counts(run_copy, again, heard):
    for limit, expected in ((1000, 1000.0), (1, 1.0)):
        held = {"limit": limit}

        class Mine:
            def review(self, log, held=held):
                import numpy as np

                from shamcrowd.detectors.base import Findings

                ids = log.accounts(["account"])["account"].to_numpy()
                return Findings(ids, np.full(len(ids), float(held["limit"])))

        again(run_copy, [Mine], listener=heard)
        assert heard.stages["detecting"] >= 2
        assert level(run_copy) == expected


def test_a_global_of_a_notebook_counts(run_copy, again):
    code = (
        "import numpy as np\nfrom shamcrowd.detectors.base import Findings\n"
        "class Cell:\n    def review(self, log):\n"
        "        ids = log.accounts(['account'])['account'].to_numpy()\n"
        "        return Findings(ids, np.full(len(ids), float(LIMIT)))\n"
    )
    for limit in (1000, 1):
        cell = {"__name__": "__main__", "LIMIT": limit}
        exec(code, cell)
        again(run_copy, [cell["Cell"]])
        assert level(run_copy, "cell") == limit


def test_a_changed_file_teaches_again(run_copy, tmp_path, again, heard):
    code = tmp_path / "code"
    code.mkdir()
    path = code / "pupil.py"
    path.write_text(BODY.format(before="", level="self.level") + (
        "    def fit(self, log, labels):\n"
        "        self.level = float((Path(__file__).parent / 'level.txt').read_text())\n"
    ))  # fmt: skip
    for number in (1, 7):
        (code / "level.txt").write_text(str(number))
        again(run_copy, [f"{path}:Mine"], listener=heard)
        assert heard.stages["fitting"] == 1
        assert level(run_copy) == number


PLANTED = {
    "an environment variable": lambda m, n: m.setenv("OMP_DYNAMIC", str(n)),
    "a version of a package": lambda m, n: m.setattr(
        room, "_installed", lambda: [f"somebodys-package {n}"]
    ),
    "a version of a package that ours use": lambda m, n: m.setattr(
        room, "packages", lambda: {"numpy": str(n)}
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANTED)
def test_what_its_process_is_given_counts(run_copy, tmp_path, again, heard, monkeypatch, kind):
    path = tmp_path / "mine.py"
    path.write_text(BODY.format(before="", level="1"))
    ours = kind == "a version of a package that ours use"
    asked = []
    for number in (1, 1, 2):
        PLANTED[kind](monkeypatch, number)
        again(run_copy, ["velocity" if ours else f"{path}:Mine"], listener=heard)
        asked.append(heard.stages["detecting"])
    assert asked[1] == 0
    assert asked[2] >= 2


def test_surroundings_of_ours_do_not_hang_on_where_programs_are(monkeypatch):
    monkeypatch.delenv("KMP_INIT_AT_FORK", raising=False)
    ours, theirs = room.surroundings(True), room.surroundings(False)
    # scikit-learn sets it in any process that imports it.
    monkeypatch.setenv("KMP_INIT_AT_FORK", "FALSE")
    monkeypatch.setenv("PATH", "/elsewhere")
    assert room.surroundings(True) == ours
    assert room.surroundings(False) != theirs


def test_a_file_that_was_missing_counts_when_it_comes(run_copy, tmp_path, again, heard):
    path = tmp_path / "mine.py"
    path.write_text(BODY.format(before="", level="self.level()") + (
        "    def level(self):\n"
        "        try:\n"
        "            return open(Path(__file__).with_name('level.txt')).read()\n"
        "        except FileNotFoundError:\n"
        "            return 1\n"
    ))  # fmt: skip
    again(run_copy, [f"{path}:Mine"], listener=heard)
    assert level(run_copy) == 1.0
    again(run_copy, [f"{path}:Mine"], listener=heard)
    assert heard.stages["detecting"] == 0
    path.with_name("level.txt").write_text("5")
    again(run_copy, [f"{path}:Mine"], listener=heard)
    assert level(run_copy) == 5.0


def test_what_cannot_be_known_is_asked_again_and_it_says_so(run_copy, again, heard):
    code = (
        "import numpy as np\nfrom shamcrowd.detectors.base import Findings\n"
        "class Cell:\n    def review(self, log):\n"
        "        ids = log.accounts(['account'])['account'].to_numpy()\n"
        "        return Findings(ids, np.full(len(ids), float(globals()['LI' + 'MIT'])))\n"
    )
    for limit in (1000, 1):
        cell = {"__name__": "__main__", "LIMIT": limit, "np": np, "Findings": Findings}
        exec(code, cell)
        again(run_copy, [cell["Cell"]], listener=heard)
        assert heard.stages["detecting"] == 2
        assert any(note.startswith("cell: values that its code uses") for note in heard.notes)


def test_fresh_uses_nothing_that_was_kept(run_copy, tmp_path, again, heard):
    cache = Cache(tmp_path / "cache")
    again(run_copy, ["velocity"], cache=cache, listener=heard)
    again(run_copy, ["velocity"], cache=cache, listener=heard)
    kept = ("simulating", "detecting", "scoring")
    assert [heard.stages[stage] for stage in kept] == [0, 0, 0]
    entries = {p: p.stat().st_ino for p in cache.root.glob("*/*")}
    again(run_copy, ["velocity"], cache=cache, listener=heard, fresh=True)
    assert heard.stages["simulating"] == 2
    assert heard.stages["detecting"] >= 2
    assert heard.stages["scoring"] == 1
    # What it made is kept in the place of what was.
    used = [p for p in entries if p.parent.name == "recordings"]
    assert all(p.stat().st_ino != entries[p] for p in used)
    again(run_copy, ["velocity"], cache=cache, listener=heard)
    assert [heard.stages[stage] for stage in kept] == [0, 0, 0]
    again(run_copy, ["velocity"], listener=heard, fresh=True)
    assert heard.stages["simulating"] == 2


def test_which_files_there_are_counts(run_copy, tmp_path, again, heard):
    path = tmp_path / "code/mine.py"
    (path.parent / "data").mkdir(parents=True)
    path.write_text(BODY.format(
        before="", level="len(sorted((Path(__file__).parent / 'data').iterdir()))"
    ))  # fmt: skip
    asked = []
    for number in (1, 1, 2):
        (path.parent / f"data/{number}.csv").write_text("level\n1\n")
        again(run_copy, [f"{path}:Mine"], listener=heard)
        asked.append(heard.stages["detecting"])
        assert level(run_copy) == number
    assert asked == [2, 0, 2]


LISTED = {
    "by a library": ("import pyarrow.dataset as ds",
                     "ds.dataset(str(Path(__file__).parent), format='csv', "
                     "exclude_invalid_files=True).count_rows()", ".csv"),
    "by a program": ("import subprocess",
                     "subprocess.run(f'cat {Path(__file__).parent}/*.csv | grep -c 7', shell=True, "
                     "capture_output=True).stdout", ".csv"),
    "as modules": ("import pkgutil, sys; sys.path.insert(0, str(Path(__file__).parent))",
                   "len([__import__(m.name) for m in pkgutil.iter_modules([sys.path[0]]) "
                   "if m.name[0] == 'r'])", ".py"),
}  # fmt: skip


@pytest.mark.parametrize("kind", LISTED)
def test_files_that_come_beside_its_module_count(run_copy, tmp_path, again, heard, kind):
    """Where an import lists the folder as well."""
    before, expression, ending = LISTED[kind]
    path = tmp_path / "code/mine.py"
    path.parent.mkdir()
    path.write_text(BODY.format(before=before, level=expression))
    asked = []
    for number in (1, 1, 2):
        head = "" if ending == ".py" else "level\n"
        (path.parent / f"r{number}{ending}").write_text(f"{head}7\n")
        again(run_copy, [f"{path}:Mine"], listener=heard)
        asked.append(heard.stages["detecting"])
        assert level(run_copy) == number
    assert asked == [2, 0, 2]


def test_a_module_that_shadows_one_of_a_package_counts(run_copy, tmp_path, again, heard):
    path = tmp_path / "code/mine.py"
    path.parent.mkdir()
    before = "import sys; sys.path.insert(0, str(Path(__file__).parent)); import tabnanny"
    path.write_text(BODY.format(before=before, level="getattr(tabnanny, 'LEVEL', 1)"))
    again(run_copy, [f"{path}:Mine"], listener=heard)
    assert level(run_copy) == 1
    path.with_name("tabnanny.py").write_text("LEVEL = 5\n")
    again(run_copy, [f"{path}:Mine"], listener=heard)
    assert level(run_copy) == 5


def test_the_program_itself_counts(tmp_path):
    """Of those that it names, none but what any plug-in may read."""
    (tmp_path / "mine").write_text("secret")
    shell = Path("/bin/sh")
    found = used.programs_used([str(shell), str(tmp_path / "mine")])
    assert shell in found
    assert tmp_path / "mine" not in found


def test_a_package_that_is_installed_again_counts(tmp_path, monkeypatch):
    about = tmp_path / "site-packages/mine-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "RECORD").write_text("mine.py,sha256=a,1\n")
    monkeypatch.syspath_prepend(tmp_path / "site-packages")
    seen = []
    for text in ("mine.py,sha256=a,1\n", None, "mine.py,sha256=bb,2\n"):
        if text is not None:
            (about / "RECORD").write_text(text)
        room._installed.cache_clear()
        seen.append([room.surroundings(ours) for ours in (False, True)])
    room._installed.cache_clear()
    assert seen[0] == seen[1]
    assert seen[1][0] != seen[2][0]
    assert seen[1][1] == seen[2][1]


def test_the_time_zone_counts(tmp_path, monkeypatch):
    seen = []
    for zone in ("Europe/Berlin", "Asia/Tokyo"):
        place = tmp_path / zone
        place.parent.mkdir()
        place.touch()
        link = tmp_path / f"localtime-{place.name}"
        link.symlink_to(place)
        monkeypatch.setattr(room, "TIME_ZONE", str(link))
        seen.append(room.surroundings(False))
    assert seen[0] != seen[1]


def test_what_plays_a_world_counts(run_copy, monkeypatch):
    plan = Plan.read(run_copy)
    seed = plan.seeds[0]
    path = plan.recording(run_copy, seed)
    key = stages._recording_key(plan.resolved, seed, "")
    assert stages._is_there(path, key, None)
    monkeypatch.setattr(stages, "version", lambda name: f"of another {name}")
    other = stages._recording_key(plan.resolved, seed, "")
    assert other != key
    assert not stages._is_there(path, other, None)


def test_where_a_link_leads_counts(tmp_path, monkeypatch):
    """What is known of a file through a link is known of both."""
    here = tmp_path / "code"
    here.mkdir()
    for name in ("a", "b"):
        (here / name).write_text(name)
    (here / "now").symlink_to(here / "a")
    noted = UsedFiles()
    (here / "now").read_text()
    told = noted.report()["files"]
    assert {str(here / "now"), str(here / "a")} <= set(told)
    record = content_of(map(Path, told), True, time.time() + 1)
    assert is_unchanged(record)
    (here / "now").unlink()
    (here / "now").symlink_to(here / "b")
    assert not is_unchanged(record)
