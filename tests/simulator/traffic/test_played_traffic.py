"""Traffic of a played world: what a platform's own log would show."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_MINUTE
from tests.recordings import recorded


@pytest.fixture(scope="module")
def requests(read_recording):
    rows = read_recording(recorded("quickstart-v2", 1)).requests
    rows["ms"] = rows["time"].dt.as_unit("ms").astype("int64")
    return rows.sort_values(["conversation", "ms"], kind="stable")


@pytest.fixture(scope="module")
def turns(requests):
    """Pairs of requests that follow each other in a conversation of one session."""
    one, other = requests.iloc[:-1], requests.iloc[1:]
    same = one["conversation"].to_numpy() == other["conversation"].to_numpy()
    same &= one["session"].to_numpy() == other["session"].to_numpy()
    return one[same].reset_index(drop=True), other[same].reset_index(drop=True)


def test_a_turn_follows_the_answer_before_it(turns):
    one, other = turns
    chat = one["endpoint"] == "chat"
    gap = other["ms"] - one["ms"]
    assert chat.sum() > 10_000
    # But for a few whose error was not waited for.
    assert (gap < one["duration"])[chat].mean() < 0.001


def test_long_answers_are_read_longer(turns):
    one, other = turns
    chat = (one["endpoint"] == "chat") & (one["status"] == 200)
    gap = (other["ms"] - one["ms"])[chat]
    assert one["output_tokens"][chat].corr(gap, method="spearman") > 0.2


def test_embeddings_have_no_answer(requests):
    embeddings = requests["endpoint"] == "embeddings"
    assert embeddings.any()
    assert (requests["output_tokens"][embeddings] == 0).all()
    served = requests["status"] == 200
    assert (requests["output_tokens"][~embeddings & served] > 0).all()


def test_conversations_are_taken_up_again_and_grow(requests):
    many = requests.groupby("conversation").agg(
        sessions=("session", "nunique"), first=("input_tokens", "first"),
        last=("input_tokens", "last"), accounts=("account", "nunique"), topics=("topic", "nunique"),
    )  # fmt: skip
    again = many[many["sessions"] > 1]
    assert len(again) > 300
    assert (again["accounts"] == 1).all()
    assert (again["topics"] == 1).all()
    assert again["last"].median() > 1.3 * again["first"].median()


def test_sessions_change_address(requests):
    sessions = requests.groupby("session").agg(
        addresses=("address", "nunique"), accounts=("account", "nunique"),
        clients=("client", "nunique"),
    )  # fmt: skip
    assert 0.005 < (sessions["addresses"] > 1).mean() < 0.2
    assert sessions["addresses"].max() == 2
    assert (sessions["accounts"] == 1).all()
    assert (sessions["clients"] == 1).all()


def test_retries_repeat_the_request(requests):
    failed = requests["status"] >= 500
    after = requests.shift(-1)
    again = failed & (after["conversation"] == requests["conversation"])
    again &= (after["sketch"] == requests["sketch"]) & (after["ms"] - requests["ms"] < 700_000)
    assert again.sum() > 0.4 * failed.sum()
    assert (after["input_tokens"] == requests["input_tokens"])[again].mean() > 0.9


def test_errors_come_together(requests):
    failed = (requests["status"] >= 500).to_numpy()
    hour = requests["ms"] // (60 * MS_PER_MINUTE)
    busy = requests.groupby("account")["ms"].transform("size") > 300
    by = requests.assign(failed=failed)[busy].groupby(["account", hour[busy]])["failed"]
    counts, sums = by.size(), by.sum()
    # If each request failed by itself, the variance of the counts would be the mean.
    spread = ((sums - counts * failed.mean()) ** 2).sum() / (counts * failed.mean()).sum()
    assert spread > 1.3


def test_token_counts_have_no_steps(requests):
    inside = requests["input_tokens"][requests["input_tokens"].between(8192, 16_383)].to_numpy()
    # As many distinct values as so many draws among 8,192 equally likely ones would have, nearly.
    fair = 8192 * (1 - np.exp(-len(inside) / 8192))
    assert len(inside) > 2000
    assert len(np.unique(inside)) > 0.9 * fair
