"""Every feature of the table by its formula, one account at a time, with pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from detectors.features.accounts import NEAR_BITS, AccountFeatures
from detectors.features.table import FEATURES, NAMES
from recording.samples import MS_PER_DAY, sample_log
from recording.view import EVER, LogView

HOUR = 3_600_000
LOG = sample_log()
END = LOG.start + 3 * MS_PER_DAY


def _frame(log, moments):
    features, since = AccountFeatures(), EVER
    for now in moments:
        features.update(LogView(log, now, since))
        since = now
    table = features.table(moments[-1])
    return pd.DataFrame(table, index=features.index.ids, columns=list(NAMES)).sort_index()


WHOLE = _frame(LOG, [END])


def test_no_accounts_yet():
    assert _frame(LOG, [LOG.start - 1]).shape == (0, len(FEATURES))


@pytest.fixture(scope="module")
def rows():
    view = LogView(LOG, END)
    requests = view.requests().astype({"topic": str, "model": str})
    requests["ms"] = requests["time"].to_numpy("datetime64[ms]").astype(np.int64)
    return view.accounts().set_index("account").sort_index(), requests, view.activity()


def _by_hand(rows):
    """Every feature from its formula, one account at a time."""
    accounts, requests, activity = rows
    created = accounts["created"].to_numpy("datetime64[ms]").astype(np.int64)
    cards = activity[activity["kind"] == "card_added"]
    card_users = cards.groupby("card")["account"].nunique()
    address_users = requests.groupby("address")["account"].nunique()
    device_users = accounts["device"].value_counts()
    table = {}
    for (account, row), opened in zip(accounts.iterrows(), created, strict=True):
        own = requests[requests["account"] == account].sort_values(["ms", "sketch"])
        kinds = activity.loc[activity["account"] == account, "kind"]
        gaps = np.log1p(np.diff(own["ms"]) / 1000)
        sketches = own["sketch"].to_numpy(np.uint64)
        near = np.bitwise_count(sketches[1:] ^ sketches[:-1]) <= NEAR_BITS
        many = max(len(own), 1)
        days = (own["ms"] // (24 * HOUR)).nunique()
        hour = (own["ms"] + row["utc_offset"] * 60_000) // HOUR % 24
        own_cards = cards.loc[cards["account"] == account, "card"]
        table[account] = {
            "age": np.log1p((END - opened) / HOUR),
            "requests": np.log1p(len(own)),
            "days": days,
            "daily": np.log1p(len(own) / max(days, 1)),
            "peak": np.log1p((own["ms"] // HOUR).value_counts().max() if len(own) else 0),
            "input": np.log1p(own["input_tokens"]).sum() / many,
            "output": np.log1p(own["output_tokens"]).sum() / many,
            "failed": (own["status"] != 200).sum() / many,
            "night": (hour < 6).sum() / many,
            "gap": gaps.mean() if len(gaps) else 0,
            "gap_spread": gaps.std() if len(gaps) else 0,
            "same_prompt": near.mean() if len(near) else 0,
            "topics": own["topic"].nunique(),
            "models": own["model"].nunique(),
            "addresses": np.log1p(own["address"].nunique()),
            "address_shared": np.log1p(address_users[own["address"]].max() if len(own) else 0),
            "device_shared": np.log1p(device_users[row["device"]]),
            "card_shared": np.log1p(card_users[own_cards].max() if len(own_cards) else 0),
            "cards": (kinds == "card_added").sum(),
            "declines": (kinds == "decline").sum(),
            "logins": np.log1p((kinds == "login").sum()),
        }
    return pd.DataFrame.from_dict(table, orient="index", dtype=float)


def test_every_feature_by_its_formula(rows):
    expected = _by_hand(rows)
    assert set(expected.columns) == set(NAMES)
    for name in NAMES:
        np.testing.assert_allclose(WHOLE[name], expected[name], rtol=1e-9, atol=1e-7, err_msg=name)


class Reencoded:
    """The same log, with a dictionary per answer, as a recording by another tool may have."""

    def __init__(self, log):
        self.log, self.start = log, log.start

    def rows(self, table, after, until, columns=None):
        found = self.log.rows(table, after, until, columns)
        for i, field in enumerate(found.schema):
            if str(field.type).startswith("dictionary"):
                words = found.column(i).cast("string").combine_chunks()
                found = found.set_column(i, field, words.dictionary_encode().cast(field.type))
        return found


def test_codes_of_a_dictionary_mean_nothing(changed):
    # One account, one topic in the first hour and another in the second: two topics.
    rows = len(LOG.tables["requests"])
    topic = ["writing"] * rows
    topic[1] = "mathematics"
    time = np.full(rows, END + MS_PER_DAY)
    time[:2] = LOG.start + np.array([HOUR // 2, 3 * HOUR // 2])
    account = LOG.tables["accounts"]["account"][0].as_py()
    log = changed(
        accounts={"created": [LOG.start] * len(LOG.tables["accounts"])},
        requests={"time": time, "account": [account] * rows, "topic": topic},
    )
    moments = [LOG.start + HOUR, LOG.start + 2 * HOUR]
    assert _frame(log, moments)["topics"][account] == 2
    assert _frame(Reencoded(log), moments)["topics"][account] == 2


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("failed", 0.256, "26%"),
        ("requests", np.log1p(250), "250"),
        ("days", 3.0, "3"),
        ("input", 5.25, "5.25"),
    ],
)
def test_a_value_in_plain_terms(name, value, told):
    assert FEATURES[NAMES.index(name)].told(value) == told
