"""Windows by lot: whole ones, pools, and the reference."""

import numpy as np

from shamcrowd.detectors.content.windows import REFERENCE, WINDOW, PromptWindows, bits
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

LOG = sample_log()
WINDOWS = PromptWindows()
WINDOWS.update(LogView(LOG, LOG.start + 3 * MS_PER_DAY))
ROWS = LOG.tables["requests"].to_pandas()


def test_whole_windows_are_of_those_with_enough_prompts():
    place, windows = WINDOWS.full()
    count = ROWS["account"].value_counts()
    assert set(WINDOWS.index.ids[place]) == set(count[count >= WINDOW].index)
    for account, window in zip(WINDOWS.index.ids[place], windows, strict=True):
        assert set(window) <= set(ROWS.loc[ROWS["account"] == account, "sketch"])


def test_every_prompt_has_the_same_chance():
    place, windows = WINDOWS.full()
    late = []
    for account, window in zip(WINDOWS.index.ids[place], windows, strict=True):
        own = ROWS[ROWS["account"] == account].reset_index(drop=True)
        late.append(np.isin(own["sketch"].iloc[len(own) // 2 :], window).sum() / WINDOW)
    assert abs(np.mean(late) - 0.5) < 0.05


def test_a_pool_draws_from_all_its_accounts():
    group = np.full(len(WINDOWS.index), -1)
    group[:5], group[5] = 0, 1
    pool, prompts = WINDOWS.drawn(group, 64)
    assert pool.tolist() == [0]
    assert prompts.shape == (1, 64)
    owners = ROWS.set_index("sketch").loc[prompts[0], "account"]
    assert set(owners) <= set(WINDOWS.index.ids[:5])
    assert owners.nunique() >= 4


def test_the_reference_is_at_most_so_many():
    reference = WINDOWS.reference()
    assert len(reference) == REFERENCE
    assert ROWS.set_index("sketch").loc[reference, "account"].nunique() > 60


def test_bits():
    assert bits(np.array([[1, 2**64 - 1]], np.uint64)).sum(axis=2).tolist() == [[1, 64]]
