"""A view of a run in progress shows what the finished recording shows as of the same time."""

import pytest

from shamcrowd.benchmark.world_checks.validate import validate
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.live import LiveSource
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView, open_log
from shamcrowd.simulator.registry import tactics
from tests.simulator.response.reviewers import WEEK, Some, Watching, nobody, plain


def every_tactic():
    """A campaign of every tactic there is, and every kind of honest people around them."""
    settings = ["reviews=12h"]
    for name, tactic in tactics().items():
        asked = {"tactic": name, "accounts": 150, "start": "1d", "duration": "7d"}
        more = {"exchanges": 20_000, "cards": 400, "codes": 2000, "log_ins": 5000}
        asked |= {key: value for key, value in more.items() if key in tactic.model_fields}
        words = ", ".join(f"{key}: {value}" for key, value in asked.items())
        settings.append(f"campaigns.{name}-one={{{words}}}")
    return settings


def alike(run, seen):
    """Every table at every review, all rows and the new ones, against the recording."""
    stored = open_log(run.folder)
    shown = 0
    for now, since, tables, new in seen:
        for name in TABLES:
            # What happens in the very millisecond of a review is not made yet.
            for found, after in ((tables[name], EARLIEST), (new[name], since)):
                after = after if after == EARLIEST else after - 1
                expected = plain(stored.rows(name, after, now - 1))
                assert found.equals(expected), (name, now, found.num_rows, expected.num_rows)
                shown += found.num_rows
    assert shown > 10_000
    assert [now for now, *_ in seen] == list(run.manifest.reviews)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("then", [nobody, Some()], ids=["open", "acting"])
def test_live_and_stored_views_are_the_same(play, workers, then):
    watching = Watching(then)
    run = play(watching, *WEEK, workers=workers)
    alike(run, watching.seen)


@pytest.mark.parametrize("slicing", [[], ["slice=2h", "reviews=4h"], ["reviews=12h"]])
def test_whatever_the_slices_and_reviews(play, slicing):
    watching = Watching(Some())
    alike(play(watching, *WEEK, *slicing, scale=0.1), watching.seen)


def test_with_every_kind_of_campaign(play):
    watching = Watching(Some(0.05))
    run = play(watching, *every_tactic(), scenario="confounders-v2", scale=0.04)
    assert len(run.manifest.resolved["campaigns"]) == len(tactics()) > 10
    alike(run, watching.seen)
    assert validate(run.folder).passed, validate(run.folder).verdict


def test_nothing_of_the_run_is_left_and_none_is_found(play, tmp_path):
    folders = []

    def look(log):
        live = tmp_path / "r.partial"
        source = LiveSource(live)
        assert source.start == log.start
        again = LogView(source, log.now, log.since)
        assert plain(again.arrow("requests")).equals(plain(log.arrow("requests")))
        folders.append({p.name for p in (live / "live").iterdir()})
        return nobody(log)

    run = play(look, *WEEK, scale=0.05)
    assert all("truth" not in " ".join(names) for names in folders)
    assert len(folders) == len(run.manifest.reviews)
    assert not (run.folder / "live").exists()
    with pytest.raises(RecordingError, match="no simulation is in progress"):
        LiveSource(run.folder)
