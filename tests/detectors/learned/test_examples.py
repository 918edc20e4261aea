"""What is learned from: as of earlier moments, labelled accounts only, in an order of its own."""

import numpy as np
import pytest

from detectors.base import Labels
from detectors.learned.account_table import AccountTable
from detectors.learned.examples import LOOKS, examples
from recording.errors import UsageError
from recording.samples import MS_PER_DAY, sample_log
from recording.view import EVER, LogView


def test_rows_are_the_tables_as_of_each_look(lesson):
    view, labels = lesson()
    table, answer = examples(AccountTable, view, labels)
    kept, since, rows = AccountTable(), EVER, []
    for day in (1, 2, 3):
        now = view.start + day * MS_PER_DAY
        kept.update(view.earlier(now, since))
        since = now
        rows += [tuple(row) for row in kept.table(now)]
    assert sorted(rows) == sorted(tuple(row) for row in table)
    assert answer.sum() > 0


def test_looks_are_spread_over_a_long_log():
    log = sample_log(3, accounts=30, days=20)
    view = LogView(log, log.start + 20 * MS_PER_DAY)
    asked = []

    class Asked(AccountTable):
        def table(self, now):
            asked.append((now - log.start) // MS_PER_DAY)
            return super().table(now)

    account = view.accounts()["account"].to_numpy()
    examples(Asked, view, Labels(account, np.isin(account, log.crowd)))
    assert len(asked) == LOOKS
    assert asked[-1] == 20
    assert max(np.diff(asked)) == 3


def test_accounts_without_a_label_are_left_out(lesson):
    view, labels = lesson()
    whole, _ = examples(AccountTable, view, labels)
    some, _ = examples(AccountTable, view, Labels(labels.account[:60], labels.sham[:60]))
    assert 0 < len(some) < len(whole)


def test_order_of_labels_means_nothing(lesson):
    view, labels = lesson()
    back = Labels(labels.account[::-1], labels.sham[::-1])
    for one, other in zip(
        examples(AccountTable, view, labels), examples(AccountTable, view, back), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_later_than_known_is_refused(lesson):
    view, _ = lesson()
    with pytest.raises(UsageError, match="known until"):
        view.earlier(view.now + 1)


def test_who_may_have_been_taken_over_counts_late(changed):
    """An account older than the log, sham at its end: only rows of the second half."""
    log = sample_log(5)
    old = log.crowd[0]
    created = log.tables["accounts"].column("created").cast("int64").to_numpy().copy()
    ids = log.tables["accounts"].column("account").to_numpy()
    created[ids == old] = log.start - MS_PER_DAY
    log = changed(log, accounts={"created": created})
    view = LogView(log, log.start + 3 * MS_PER_DAY)
    _, answer = examples(AccountTable, view, Labels(np.array([old]), np.array([True])))
    assert answer.tolist() == [True, True]
    _, honest = examples(AccountTable, view, Labels(np.array([old]), np.array([False])))
    assert honest.tolist() == [False, False, False]
