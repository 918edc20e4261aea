"""Which accounts are learned from, when, and as what."""

import numpy as np
import pytest

from shamcrowd.detectors.base import Labels
from shamcrowd.detectors.checks.variants import renamed, shuffled
from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.table import FEATURES, NAMES
from shamcrowd.detectors.learned.evidence import DATES, OwnFeatures
from shamcrowd.detectors.learned.moments import MOMENTS, examples, moments
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

DAYS = 3


class Aged(AccountFeatures):
    """The features with their dates: age tells which moment a row is of."""

    columns = FEATURES


def whole(log):
    return LogView(log, log.start + DAYS * MS_PER_DAY)


def labelled(log, known=None):
    ids = log.tables["accounts"]["account"].to_numpy() if known is None else known
    return Labels(ids, np.isin(ids, log.crowd))


def test_the_past_holds_nothing_later():
    view = whole(sample_log())
    with pytest.raises(UsageError):
        view.at(view.now + 1)
    assert moments(view)[-1] == view.now
    assert moments(view)[0] > view.start


def test_accounts_are_learned_from_at_every_age():
    table, sham = examples(whole(sample_log()), labelled(sample_log()), Aged)
    hours = np.expm1(table[sham, NAMES.index("age")])
    # The crowd came within an hour, a third of a day after the start.
    assert hours.min() < 7
    assert hours.max() > 2.5 * 24
    asked = [m for m in moments(whole(sample_log())) if m > sample_log().start + 0.4 * MS_PER_DAY]
    assert sham.sum() == len(sample_log().crowd) * len(asked)


def test_accounts_without_a_label_are_left_out():
    log = sample_log()
    ids = log.tables["accounts"]["account"].to_numpy()
    some = np.setdiff1d(ids, log.crowd[:5])[:40]
    table, sham = examples(whole(log), labelled(log, some), OwnFeatures)
    assert len(table) == len(sham) <= MOMENTS * len(some)
    assert sham.sum() < MOMENTS * (len(log.crowd) - 5)


def test_labels_of_accounts_never_seen_do_no_harm():
    log = sample_log()
    labels = labelled(log)
    more = Labels(np.append(labels.account, 5), np.append(labels.sham, True))
    assert 5 not in labels.account
    for one, other in zip(
        examples(whole(log), labels, OwnFeatures),
        examples(whole(log), more, OwnFeatures),
        strict=True,
    ):
        np.testing.assert_array_equal(one, other)


def test_an_account_older_than_the_log_is_sham_late_only(changed):
    log = sample_log()
    created = log.tables["accounts"]["created"].cast("int64").to_numpy().copy()
    crowd = np.isin(log.tables["accounts"]["account"].to_numpy(), log.crowd)
    created[crowd] = log.start - 90 * MS_PER_DAY
    old = changed(accounts={"created": created})
    table, sham = examples(whole(old), labelled(old), Aged)
    assert sham.sum() == crowd.sum() * MOMENTS / 2
    # In the first half they are not honest either.
    ancient = np.expm1(table[:, NAMES.index("age")]) > 80 * 24
    assert (sham == ancient).all()


def test_nothing_hangs_on_ids_or_row_order():
    log = sample_log()
    mixed, _ = renamed(shuffled(log, 1), 2)
    named = mixed.tables["accounts"]["account"].to_numpy()
    crowd = dict(zip(log.tables["accounts"]["created"].to_pylist(),
                     np.isin(log.tables["accounts"]["account"].to_numpy(), log.crowd).tolist(),
                     strict=True))  # fmt: skip
    sham = np.array([crowd[c] for c in mixed.tables["accounts"]["created"].to_pylist()])
    one = examples(whole(log), labelled(log), OwnFeatures)
    other = examples(whole(mixed), Labels(named, sham), OwnFeatures)
    np.testing.assert_allclose(one[0], other[0], rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(one[1], other[1])


def test_many_honest_accounts_are_thinned(monkeypatch):
    monkeypatch.setattr("shamcrowd.detectors.learned.moments.MOST_HONEST", 10)
    _, sham = examples(whole(sample_log()), labelled(sample_log()), OwnFeatures)
    assert (~sham).sum() <= MOMENTS * 10
    assert sham.sum() == 9 * len(sample_log().crowd)


def test_the_calendar_is_not_learned():
    used = {column.name for column in OwnFeatures.columns}
    assert "requests" in used
    assert not used & set(DATES)
    features = OwnFeatures()
    features.update(whole(sample_log()))
    assert features.table(whole(sample_log()).now).shape[1] == len(OwnFeatures.columns)
