"""What is kept for tests is made once, by what it depends on, and is never a damaged one."""

import os

import pytest

from shamcrowd.recording.manifest import Manifest
from shamcrowd.simulator import simulate
from tests import recordings
from tests.recordings import MAKES_RECORDINGS, kept, recorded
from tests.simulator.response.reviewers import Some, nobody

SETTINGS = ["horizon=2d", "campaigns=null", "releases=[]"]
SMALL = {"scale": 0.05, "settings": SETTINGS}


@pytest.fixture
def store(tmp_path, monkeypatch):
    """An empty store, of a process that has asked for nothing yet."""
    monkeypatch.setattr(recordings, "STORE", tmp_path / "store")
    monkeypatch.setattr(recordings, "_asked", {})
    return tmp_path / "store"


@pytest.fixture
def make(store):
    """Keeps a text; `made` tells how often it had to be made."""

    class Make:
        made = 0

        def __call__(self, key, text="text", sources=MAKES_RECORDINGS):
            def fill(folder):
                self.made += 1
                folder.mkdir()
                (folder / "file").write_text(text)

            return kept("texts", key, fill, sources)

        def forget(self):
            """As the next run of the tests begins."""
            recordings._asked.clear()

    return Make()


def test_a_recording_is_the_one_that_simulate_makes(store, tmp_path):
    made = simulate("quickstart-v2", 1, tmp_path / "r", **SMALL)
    assert Manifest.read(recorded("quickstart-v2", 1, **SMALL)) == made


def test_recordings_are_known_by_all_that_they_depend_on(store):
    folders = {
        recorded("quickstart-v2", 1, **SMALL),
        recorded("quickstart-v2", 2, **SMALL),
        recorded("quickstart-v2", 1, scale=0.06, settings=SETTINGS),
        recorded("quickstart-v2", 1, scale=0.05, settings=[*SETTINGS, "reviews=12h"]),
        *(recorded("quickstart-v2", 1, **SMALL, reviewer=r) for r in (nobody, Some(0.1), Some(1))),
    }
    assert len(folders) == 7
    assert recorded("quickstart-v2", 1, **SMALL, reviewer=Some(1)) in folders


def test_made_once_and_found_by_the_next_run(make):
    folder = make({"a": 1})
    make.forget()
    assert make({"a": 1}) == folder != make({"a": 2})
    assert make.made == 2
    assert (folder / "file").read_text() == "text"


@pytest.mark.parametrize("damage", [
    lambda folder: (folder / "file").write_text("other"),
    lambda folder: (folder / "file").unlink(),
    lambda folder: (folder / "more").write_text(""),
    lambda folder: (folder.parent / "files.json").write_text("{"),
    lambda folder: (folder.parent / "files.json").unlink(),
])  # fmt: skip
def test_what_was_changed_is_noticed_and_made_again(make, damage):
    folder = make({})
    damage(folder)
    make.forget()
    assert make({}) == folder
    assert make.made == 2
    assert [p.name for p in folder.iterdir()] == ["file"]
    assert (folder / "file").read_text() == "text"


def test_a_changed_file_is_told_at_the_end(make):
    folder = make({})
    assert recordings.changed() == []
    (folder / "file").write_text("other")
    assert recordings.changed() == [folder.parent]


def test_what_fails_is_not_kept(make):
    def fill(folder):
        folder.mkdir()
        (folder / "file").write_text("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kept("texts", {}, fill)
    assert (make({}, sources=recordings.EVERYTHING) / "file").read_text() == "text"
    assert make.made == 1


def test_only_the_sources_named_count(make, monkeypatch):
    """A change in `shamcrowd.benchmark` makes no recording again."""
    digests = dict.fromkeys(recordings.EVERYTHING, "as it was")
    monkeypatch.setattr(recordings, "source_files", lambda *names: [digests[n] for n in names])

    def both():
        make.forget()
        return [make({}), make({}, sources=recordings.EVERYTHING)]

    before = both()
    digests["shamcrowd.benchmark"] = "changed"
    after = both()
    assert after[0] == before[0]
    assert after[1] != before[1]
    assert make.made == 3
    digests["shamcrowd.simulator"] = "changed"
    assert not set(both()) & {*before, *after}


def test_what_nobody_asks_for_is_removed(make):
    old, new = make({"a": 1}), make({"a": 2})
    long_ago = old.stat().st_mtime - 86_400 * (recordings.KEPT_DAYS + 1)
    os.utime(old.parent, (long_ago, long_ago))
    recordings.prune()
    assert not old.exists()
    assert new.exists()


def test_beyond_the_bound_the_oldest_go_first(make, monkeypatch):
    monkeypatch.setattr(recordings, "KEPT_MIB", 10 / 2**20)
    folders = [make({"a": n}, "12345") for n in range(4)]
    for age, folder in enumerate(folders):
        moment = folder.stat().st_mtime - 60 * age
        os.utime(folder.parent, (moment, moment))
    recordings.prune()
    assert all(folder.exists() for folder in folders), "none that this run looks at"
    make.forget()
    recordings.prune()
    assert [folder.exists() for folder in folders] == [True, True, False, False]
