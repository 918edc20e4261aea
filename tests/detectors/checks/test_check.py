"""The conformance checks catch what they are for: a planted cheat for every rule."""

import random
from typing import ClassVar

import numpy as np
import pytest

from shamcrowd.detectors import check_detector
from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.checks.rules import MUST, SHOULD
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY


class Honest:
    """Counts requests."""

    def review(self, log):
        accounts = log.accounts(["account"])["account"].to_numpy()
        counts = log.requests(["account"]).value_counts("account").reindex(accounts, fill_value=0)
        return Findings(accounts, self.changed(counts.to_numpy().astype(float), accounts, log))

    def changed(self, score, accounts, log):
        return score


class Nan(Honest):
    def changed(self, score, accounts, log):
        return score * np.nan


class Drops(Honest):
    def review(self, log):
        found = super().review(log)
        return Findings(found.account[1:], found.score[1:])


class Wavers(Honest):
    def changed(self, score, accounts, log):
        return score + np.random.default_rng().random(len(score))


class DrawsGlobally(Honest):
    def changed(self, score, accounts, log):
        random.random()
        return score


class SeedsGlobally(Honest):
    def changed(self, score, accounts, log):
        np.random.seed(0)  # noqa: NPY002
        return score


class Unpicklable(Honest):
    def __init__(self):
        self.lines = (line for line in "ab")


class Forgets(Honest):
    seen = 0

    def __getstate__(self):
        return {}

    def changed(self, score, accounts, log):
        self.seen += 1
        return score * self.seen


class RowOrder(Honest):
    def changed(self, score, accounts, log):
        return score + np.arange(len(score))


class ReadsIds(Honest):
    def changed(self, score, accounts, log):
        return score + accounts % 7


class ReadsTheDate(Honest):
    def changed(self, score, accounts, log):
        return score * (log.now // MS_PER_DAY)


class KeepsEverything(Honest):
    def __init__(self):
        self.rows = []

    def changed(self, score, accounts, log):
        self.rows.append(log.new.requests().to_numpy())
        return score


class PeeksAhead(Honest):
    def changed(self, score, accounts, log):
        ahead = type(log)(log._source, log.now + MS_PER_DAY).requests(["account"])
        return ahead.value_counts("account").reindex(accounts, fill_value=0).to_numpy(float)


class RemembersTheFuture(Honest):
    """Reads the future through hidden state: what an earlier instance saw at the end."""

    most: ClassVar[dict[int, float]] = {}

    def changed(self, score, accounts, log):
        for account, count in zip(accounts.tolist(), score.tolist(), strict=True):
            self.most[account] = max(self.most.get(account, 0.0), count)
        return np.array([self.most[a] for a in accounts.tolist()])


class KnowsTheIds(Honest):
    """Keys on ids: it has learnt by heart who was sham in this very log."""

    heart = frozenset(sample_log().crowd.tolist())

    def changed(self, score, accounts, log):
        return score + np.isin(accounts, list(self.heart))


class KeepsTheFirstLog(Honest):
    """Works on a finished recording only."""

    source = None

    def changed(self, score, accounts, log):
        self.source = self.source or log._source
        counts = type(log)(self.source, log.now).requests(["account"]).value_counts("account")
        return counts.reindex(accounts, fill_value=0).to_numpy(float)


class Writes(Honest):
    def changed(self, score, accounts, log):
        log._source.tables["phones"] = log._source.tables["phones"].slice(1)
        return score


class CastsNulls(Honest):
    """A card that is not told becomes a number."""

    def changed(self, score, accounts, log):
        log.arrow("activity", ["card"])["card"].to_numpy().astype(np.int64)
        return score


class LooksUpAll(Honest):
    """Fails on an address that is in no table."""

    def changed(self, score, accounts, log):
        known = log.arrow("addresses", ["address"])["address"].to_pylist()
        used = log.arrow("accounts", ["address"])["address"].to_pylist()
        [known.index(address) for address in used]
        return score


class DividesByTheSpan(Honest):
    """Fails where all accounts were opened at once."""

    def changed(self, score, accounts, log):
        created = log.arrow("accounts", ["created"])["created"].to_pylist()
        return score * (1.0 / (max(created) - min(created)).total_seconds() if created else 1.0)


def test_an_honest_one_passes():
    check_detector(Honest)


@pytest.mark.parametrize(
    ("cheat", "rule"),
    [
        (Nan, "keeps_the_contract"),
        (Drops, "keeps_the_contract"),
        (Wavers, "is_deterministic"),
        (Writes, "leaves_input_alone"),
        (DrawsGlobally, "leaves_global_randomness_alone"),
        (SeedsGlobally, "leaves_global_randomness_alone"),
        (Unpicklable, "can_be_pickled"),
        (Forgets, "can_be_pickled"),
        (RowOrder, "is_blind_to_row_order"),
        (ReadsIds, "is_blind_to_ids"),
        (KnowsTheIds, "is_blind_to_ids"),
        (PeeksAhead, "leaves_the_past_alone"),
        (KeepsTheFirstLog, "says_the_same_live"),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_cheat_is_caught(cheat, rule):
    with pytest.raises(DetectorError, match=f"{rule}: "):
        check_detector(cheat)


@pytest.mark.parametrize(
    ("cheat", "rule"),
    [
        (ReadsTheDate, "is_blind_to_the_calendar"),
        (KeepsEverything, "has_bounded_memory"),
        (CastsNulls, "reads_what_is_missing: null values: RuntimeWarning"),
        (LooksUpAll, "reads_what_is_missing: ids that lead nowhere: ValueError"),
        (DividesByTheSpan, "reads_what_is_missing: all rows at one moment: ZeroDivisionError"),
    ],
)
def test_what_should_not_be_only_warns(cheat, rule):
    with pytest.warns(UserWarning, match=rule):
        check_detector(cheat)


def test_a_memory_of_the_future_is_caught_and_again_when_it_has_seen_all():
    """The first time by what it learns as it goes; the next time only other ids give it away."""
    cheat = type("Cheat", (RemembersTheFuture,), {"most": {}})
    with (
        pytest.warns(UserWarning, match="is_blind_to_the_calendar"),
        pytest.raises(DetectorError, match=r"(?s)is_deterministic: .*leaves_the_past_alone: "),
    ):
        check_detector(cheat)
    with pytest.raises(DetectorError) as caught:
        check_detector(cheat)
    assert str(caught.value).split("\n  ")[1:] == [
        "is_blind_to_ids: scores depend on the values of ids; ids are drawn at random"
    ]


def test_an_expected_failure_must_happen():
    check_detector(ReadsIds, {"is_blind_to_ids": "it is the example"})
    with pytest.raises(DetectorError, match="was expected to fail"):
        check_detector(Honest, {"is_blind_to_ids": "it is the example"})


def test_every_rule_says_what_it_wants():
    for rule in (*MUST, *SHOULD):
        assert rule.__doc__


def test_the_ids_learnt_by_heart_are_caught_by_one_rule_only():
    """Nothing else would notice: on the log it knows it is steady, and blind to the future."""
    check_detector(KnowsTheIds, {"is_blind_to_ids": "it is the example"})
