"""Logs of another seed, with labels."""

import numpy as np
import pytest

from detectors.base import Labels
from recording.samples import MS_PER_DAY, sample_log
from recording.view import LogView


@pytest.fixture
def lesson():
    """A finished log and the truth about its accounts, but for those that ``unknown`` names."""

    def made(seed=1, log=None, unknown=()):
        log = sample_log(seed) if log is None else log
        view = LogView(log, log.start + 3 * MS_PER_DAY)
        account = view.accounts()["account"].to_numpy()
        account = account[~np.isin(account, unknown)]
        return view, Labels(account, np.isin(account, log.crowd))

    return made
