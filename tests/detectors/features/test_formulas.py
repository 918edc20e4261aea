"""Every feature of the table by its formula, one account at a time, with pandas."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.table import FEATURES, NAMES
from shamcrowd.detectors.features.traffic import NEAR_BITS
from shamcrowd.recording.samples import START, Sample, sample_log
from shamcrowd.recording.schema import ACTIVITY_KINDS, TABLES
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE
from shamcrowd.recording.view import LogView

HOUR = MS_PER_HOUR
END = START + 3 * MS_PER_DAY


def _varied():
    """The sample log with every kind of activity, few conversations, domains and blocks."""
    log = sample_log()
    rng = np.random.default_rng(1)
    tables = dict(log.tables)

    def put(table, name, values):
        field = TABLES[table].schema.field(name)
        at = tables[table].schema.get_field_index(name)
        array = pa.array(values).cast(field.type)
        tables[table] = tables[table].set_column(at, field, array)

    rows = {name: tables[name].num_rows for name in tables}
    # Three rows of activity for each of the log's, so that accounts have several.
    tables["activity"] = pa.concat_tables([tables["activity"]] * 3).sort_by("time")
    many = tables["activity"].num_rows
    kind = rng.choice(ACTIVITY_KINDS, many)
    put("activity", "kind", kind.tolist())
    money = np.isin(kind, ["charge", "trial_grant", "refund"])
    put("activity", "amount", np.where(money, rng.integers(1, 90, many), np.nan))
    put("requests", "conversation", rng.integers(1, 4, rows["requests"]))
    put("requests", "client", rng.integers(1, 5, rows["requests"]))
    base = rng.integers(2**62, size=5)[rng.integers(5, size=rows["requests"])]
    flips = np.bitwise_and(*rng.integers(2**62, size=(2, rows["requests"])))
    put("requests", "sketch", (base ^ flips).astype(np.uint64))
    put("mailboxes", "domain", rng.choice(["a.example", "b.example"], rows["mailboxes"]).tolist())
    put(
        "addresses",
        "prefix",
        rng.choice(["10.0.0.0/24", "10.0.1.0/24"], rows["addresses"]).tolist(),
    )
    put("cards", "bin", rng.choice(["400000", "510000", "370000"], rows["cards"]).tolist())
    some = [None if x else 7 for x in (rng.random(rows["accounts"]) < 0.5).tolist()]
    put("accounts", "phone", pa.array(some, pa.int32()))
    put("accounts", "organisation", pa.array(some[::-1], pa.int32()))
    put("accounts", "plan", rng.choice(["trial", "subscription"], rows["accounts"]).tolist())
    return Sample(tables, log.start, log.crowd)


LOG = _varied()


def _frame(log, moments):
    features, since = AccountFeatures(), EARLIEST
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
    keys = {"addresses": "address", "cards": "card", "mailboxes": "mailbox"}
    entity = {name: view.entity(name).set_index(key) for name, key in keys.items()}
    return view.accounts().set_index("account").sort_index(), requests, view.activity(), entity


def _entropy(values):
    share = pd.Series(values).value_counts(normalize=True)
    return -(share * np.log2(share)).sum()


def _likeness(sketches):
    """Mean over all pairs of 1 - 2 * share of differing bits."""
    pairs = list(combinations([int(s) for s in sketches], 2))
    alike = [1 - 2 * (a ^ b).bit_count() / 64 for a, b in pairs]
    return max(np.mean(alike), 0.0) if pairs else 0.0


def _by_hand(rows):
    """Every feature from its formula, one account at a time."""
    accounts, requests, activity, entity = rows
    created = accounts["created"].to_numpy("datetime64[ms]").astype(np.int64)
    opened_at = pd.Series(created, accounts.index)
    cards = activity[activity["kind"] == "card_added"]
    bin_of = entity["cards"]["bin"]
    users = {
        "card": cards.groupby("card")["account"].nunique(),
        "bin": cards.groupby(cards["card"].map(bin_of))["account"].nunique(),
        "address": requests.groupby("address")["account"].nunique(),
        "device": accounts["device"].value_counts(),
    }
    block = accounts["address"].map(entity["addresses"]["prefix"])
    domain = accounts["mailbox"].map(entity["mailboxes"]["domain"])
    table = {}
    for (account, row), opened in zip(accounts.iterrows(), created, strict=True):
        own = requests[requests["account"] == account].sort_values(["ms", "sketch"])
        done = activity[activity["account"] == account]
        kinds = done["kind"].astype(str)
        seconds = np.diff(own["ms"]) / 1000
        gaps = np.log1p(seconds)
        sketches = own["sketch"].to_numpy(np.uint64)
        near = np.bitwise_count(sketches[1:] ^ sketches[:-1]) <= NEAR_BITS
        talk = own["conversation"].to_numpy()
        many = max(len(own), 1)
        days = (own["ms"] // (24 * HOUR)).nunique()
        hour = (own["ms"] + row["utc_offset"] * MS_PER_MINUTE) // HOUR % 24
        own_cards = cards.loc[cards["account"] == account, "card"]
        where = entity["addresses"].loc[own["address"]]
        apart = seconds.std() + seconds.mean() if len(gaps) else 0
        day = (opened_at - opened).abs() <= 24 * HOUR
        tokens = {n: np.log1p(own[f"{n}_tokens"].to_numpy(float)) for n in ("input", "output")}

        def counted(*names, kinds=kinds):
            return kinds.isin(names).sum()

        def most(kind, entities):
            return np.log1p(users[kind][entities].max() if len(entities) else 0)

        table[account] = {
            "age": np.log1p((END - opened) / HOUR),
            "member": pd.notna(row["organisation"]),
            "phone": pd.notna(row["phone"]),
            "trial": row["plan"] == "trial",
            "requests": np.log1p(len(own)),
            "days": days,
            "daily": np.log1p(len(own) / max(days, 1)),
            "peak": np.log1p((own["ms"] // HOUR).value_counts().max() if len(own) else 0),
            "wait": np.log1p((own["ms"].min() - opened) / HOUR if len(own) else 0),
            "idle": np.log1p((END - (own["ms"].max() if len(own) else opened)) / HOUR),
            "failed": (own["status"] != 200).sum() / many,
            "night": (hour < 6).sum() / many,
            "hours": _entropy(hour),
            "gap": gaps.mean() if len(gaps) else 0,
            "gap_spread": gaps.std() if len(gaps) else 0,
            "burstiness": (seconds.std() - seconds.mean()) / apart if len(gaps) else 0,
            "input": tokens["input"].mean() if len(own) else 0,
            "input_spread": tokens["input"].std() if len(own) else 0,
            "output": tokens["output"].mean() if len(own) else 0,
            "output_spread": tokens["output"].std() if len(own) else 0,
            "same_prompt": near.mean() if len(near) else 0,
            "same_conversation": (talk[1:] == talk[:-1]).mean() if len(near) else 0,
            "prompt_likeness": _likeness(sketches),
            "topics": own["topic"].nunique(),
            "topic_entropy": _entropy(own["topic"]),
            "models": own["model"].nunique(),
            "addresses": np.log1p(own["address"].nunique()),
            "clients": np.log1p(own["client"].nunique()),
            "rented": where["kind"].isin(["hosting", "vpn"]).sum() / many,
            "abroad": (where["country"].astype(str) != row["country"]).sum() / many,
            "address_shared": most("address", own["address"]),
            "device_shared": most("device", [row["device"]]),
            "card_shared": most("card", own_cards),
            "bin_shared": most("bin", own_cards.map(bin_of)),
            "domain_shared": np.log1p((domain == domain[account]).sum()),
            "block_day": np.log1p(((block == block[account]) & day).sum() - 1),
            "domain_day": np.log1p(((domain == domain[account]) & day).sum() - 1),
            "cards": counted("card_added"),
            "declines": counted("decline"),
            "paid": np.log1p(done.loc[kinds == "charge", "amount"].sum()),
            "granted": np.log1p(done.loc[kinds == "trial_grant", "amount"].sum()),
            "returned": counted("refund", "chargeback"),
            "logins": np.log1p(counted("login")),
            "failed_logins": counted("login_failed"),
            "keys": np.log1p(counted("key_created")),
            "invited": counted("referral"),
            "challenges": counted("challenge", "throttle", "suspension"),
            "reports": counted("policy_flag", "user_report"),
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
    assert FEATURES[NAMES.index(name)].formatted(value) == told


def test_what_is_not_known_is_nobody_elses(changed):
    log = changed(addresses=None, mailboxes=None)
    features = AccountFeatures()
    features.update(LogView(log, END, EARLIEST))
    table = dict(zip(NAMES, features.table(END).T, strict=True))
    for name in ("block_day", "domain_day", "rented"):
        assert not table[name].any()
    assert table["abroad"] == pytest.approx((table["requests"] > 0).astype(float))
