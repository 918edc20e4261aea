"""Statistics of the platform see honest accounts only, all tables, and the recording's span."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism import judging, registry, scorecard
from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog, enough
from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic
from shamcrowd.recording.errors import RecordingError


@pytest.fixture
def honest(small):
    accounts = pd.read_parquet(small / "truth" / "accounts.parquet")
    return set(accounts.loc[accounts["sham_from"].isna(), "account"])


def test_only_honest_accounts(small, honest):
    log = PlatformLog(small)
    assert set(log.accounts["account"]) == honest
    assert set(log.activity["account"]) <= honest
    assert set(log.requests("time")["account"]) <= honest
    assert list(log.requests("time", "model").columns) == ["account", "time", "model"]
    whole = pd.read_parquet(small / "requests", columns=["account"])["account"]
    assert len(log.requests("time")) == whole.isin(honest).sum() < len(whole)


def test_its_span_and_order(small):
    log = PlatformLog(small)
    assert (log.end - log.start).total_seconds() == log.days * 86_400
    assert log.activity["time"].is_monotonic_increasing
    assert log.requests("time")["time"].between(log.start, log.end, inclusive="left").all()


def test_entities_are_whole(small):
    assert len(PlatformLog(small).entities("addresses")) == len(
        pd.read_parquet(small / "addresses.parquet")
    )


def test_no_such_table(small):
    with pytest.raises(RecordingError, match="table letters is missing"):
        PlatformLog(small).entities("letters")


def test_enough_at_its_boundary():
    enough(200, 200, "log-ins")
    with pytest.raises(NotMeasurableError, match=r"fewer than 1,000 charges"):
        enough(999, 1000, "charges")


def few(_):
    raise NotMeasurableError("fewer than 5 refunds")


def test_a_card_has_them_for_recordings_only(small, plain, monkeypatch):
    two = (
        PlatformStatistic("M1", "accounts", lambda log: float(len(log.accounts)), (0, 2), "me"),
        PlatformStatistic("M2", "refunds", few, None, "me"),
    )
    monkeypatch.setattr(judging, "platform_statistics", lambda: two)
    card = scorecard(small)
    assert [m.verdict for m in card.platform] == ["outside", "not measured"]
    assert card.outside == ("M1",)
    assert "outside: M1" in card.summary()
    assert json.loads(card.to_json())["platform"][1]["reason"] == "fewer than 5 refunds"
    assert scorecard(plain).platform == ()


def test_each_states_where_its_range_comes_from():
    for one in registry.platform_statistics():
        assert one.source, one.id
        assert len(one.name) <= 36, one.id
        if one.range is not None:
            assert one.range[0] <= one.range[1], one.id
