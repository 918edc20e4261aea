"""Whatever a scenario may say, its world can be played: the smallest, the oddest, the unaligned."""

import pyarrow.parquet as pq
import pytest

from shamcrowd.recording.days import stem_range
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator import registry, simulate

WORLD = """\
schema: 1
title: a hamlet
start: 2026-03-02
horizon: {horizon}
populations:
  {population}: {{accounts: {accounts}, newcomers: {newcomers}}}
"""
CAMPAIGN = """\
campaigns:
  gang: {{tactic: {tactic}, accounts: {accounts}, start: {start}, duration: {duration}{more}}}
"""


@pytest.fixture
def play(tmp_path):
    """Play a scenario's text and give the manifest."""

    def of(text, **options) -> Manifest:
        path = tmp_path / "mine.yaml"
        path.write_text(text)
        return simulate(path, 1, tmp_path / "recording", **options)

    return of


def hamlet(population="casual", accounts=3, newcomers=0.5, horizon="2d"):
    return WORLD.format(
        population=population, accounts=accounts, newcomers=newcomers, horizon=horizon
    )


def gang(tactic, start, duration, accounts=6, more=""):
    kind = registry.tactics()[tactic]
    given = ("tactic", "accounts", "start", "duration")
    needed = [n for n, f in kind.model_fields.items() if f.is_required() and n not in given]
    values = {n: 60 if isinstance(kind.example[n], int) else kind.example[n] for n in needed}
    asked = "".join(f", {n}: {value}" for n, value in values.items())
    return CAMPAIGN.format(
        tactic=tactic, accounts=accounts, start=start, duration=duration, more=asked + more
    )


@pytest.mark.parametrize("newcomers", [0, 1])
@pytest.mark.parametrize("population", list(registry.populations()))
def test_a_population_of_one(play, population, newcomers):
    manifest = play(hamlet(population, accounts=1, newcomers=newcomers, horizon="1d"))
    assert manifest.rows["accounts"] == 1


@pytest.mark.parametrize(
    ("tactic", "start", "duration"),
    [
        (tactic, *span)
        for tactic in registry.tactics()
        for span in [("0h", "1s"), ("47h", "1h"), ("90m", "90m"), ("6h", "6h"), ("1d", "1d")]
    ],
)
def test_a_campaign_of_any_span(play, tactic, start, duration):
    manifest = play(hamlet(accounts=60) + gang(tactic, start, duration))
    assert manifest.rows["truth/campaigns"] >= (duration != "1s")


@pytest.mark.parametrize("care", [0, 1])
@pytest.mark.parametrize("tactic", list(registry.tactics()))
def test_the_ends_of_every_knob(play, tactic, care):
    knobs = ("rotation", "camouflage", "paraphrase", "pacing", "ageing")
    evasion = f", evasion: {{{', '.join(f'{k}: {care}' for k in knobs)}}}"
    manifest = play(hamlet(accounts=60) + gang(tactic, "0h", "2d", more=evasion))
    opened = 0 if registry.tactics()[tactic].hijacks else 6
    assert manifest.rows["accounts"] == 60 + opened


def test_more_shards_than_accounts(play):
    assert play(hamlet() + "shards: 7\n").rows["accounts"] == 3


def test_a_horizon_of_one_slice(play):
    manifest = play(hamlet(accounts=9, newcomers=0, horizon="1h") + "slice: 1h\nreviews: 1h\n")
    assert manifest.end - manifest.start == MS_PER_HOUR


def test_everything_is_free(play):
    free = "platform: {models: {only: {input_price: 0, output_price: 0}}}\n"
    assert play(hamlet("agentic", accounts=60) + free).rows["requests"] > 0


def test_sign_ups_do_not_pile_up_at_the_end(tmp_path, play):
    manifest = play(hamlet(accounts=200, newcomers=1, horizon="30h"))
    assert manifest.rows["accounts"] == 200
    created = pq.read_table(tmp_path / "recording" / "accounts.parquet")["created"]
    times = created.cast("int64").to_pylist()
    assert times.count(max(times)) <= 2


@pytest.mark.parametrize("hours", [25, 48])
def test_every_row_lies_in_its_day_s_file(tmp_path, play, hours):
    """The last day may be cut short; the view leaves out files by their names."""
    manifest = play(
        hamlet("agentic", accounts=60, horizon=f"{hours}h") + "slice: 1h\nreviews: 1h\n"
    )
    seen = 0
    for path in sorted((tmp_path / "recording" / "activity").glob("*.parquet")):
        times = pq.read_table(path, partitioning=None)["time"].cast("int64").to_pylist()
        first, last = stem_range(path.name, manifest.start)
        assert all(first <= time <= last for time in times), path.name
        seen += len(times)
    assert seen == manifest.rows["activity"]
