"""Features kept up review by review are those of the whole log."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.table import FEATURES, NAMES
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY
from shamcrowd.recording.view import LogView

LOG = sample_log()
END = LOG.start + 3 * MS_PER_DAY


def table(moments):
    features, since = AccountFeatures(), EARLIEST
    for now in moments:
        features.update(LogView(LOG, now, since))
        since = now
    values = features.table(END)
    return values[np.argsort(features.index.ids)]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.integers(LOG.start, END), max_size=6))
def test_any_reviews_give_the_same_table(moments):
    assert table([*sorted(moments), END]) == pytest.approx(table([END]), abs=1e-9)


@pytest.fixture(scope="module")
def features():
    whole = table([END])
    assert np.isfinite(whole).all()
    return {name: whole[:, i] for i, name in enumerate(NAMES)}


@pytest.fixture(scope="module")
def rows():
    requests = LOG.tables["requests"].to_pandas().astype({"topic": str, "model": str})
    return requests.groupby("account")


def test_against_pandas(features, rows):
    ids = np.sort(LOG.tables["accounts"]["account"].to_numpy())

    def of(series):
        return series.reindex(ids).to_numpy(float)

    hour = rows["time"].apply(lambda t: t.dt.floor("h").value_counts().max())
    gap = rows["time"].apply(lambda t: np.log1p(t.diff().dt.total_seconds().dropna()).mean())
    expected = {
        "requests": np.log1p(of(rows.size())),
        "days": of(rows["time"].apply(lambda t: t.dt.floor("D").nunique())),
        "peak": np.log1p(of(hour)),
        "input": of(rows["input_tokens"].apply(lambda x: np.log1p(x).mean())),
        "failed": of(rows["status"].apply(lambda s: (s != 200).mean())),
        "topics": of(rows["topic"].nunique()),
        "models": of(rows["model"].nunique()),
        "gap": of(gap),
    }
    for name, values in expected.items():
        assert features[name] == pytest.approx(values, abs=1e-3), name


def test_sharing_is_seen_in_the_crowd(features):
    ids = np.sort(LOG.tables["accounts"]["account"].to_numpy())
    crowd = np.isin(ids, LOG.crowd)
    for name in ("device_shared", "address_shared", "card_shared"):
        assert features[name][crowd].mean() > features[name][~crowd].mean(), name


def test_every_feature_is_described():
    assert len(set(NAMES)) == len(FEATURES)
    for feature in FEATURES:
        assert feature.label
        assert feature.formula
        assert feature.unit
