"""Who asks one entity over and over is unlike everybody, alone or in a pool."""

import numpy as np

from shamcrowd.detectors.content.mahalanobis import Mahalanobis
from shamcrowd.detectors.content.mmd_window import MmdWindow
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView


def view(log, days=3):
    return LogView(log, log.start + days * MS_PER_DAY)


def test_a_crowd_on_few_templates_stands_out(planted):
    log = planted(lambda log: log.crowd, templates=2)
    for make in (MmdWindow, Mahalanobis):
        found = make().review(view(log))
        judged = found.score > 0
        crowd = np.isin(found.account, log.crowd) & judged
        assert np.median(found.score[crowd]) > np.quantile(found.score[judged & ~crowd], 0.97)


def test_in_the_null_world_few_are_over_the_limit():
    found = MmdWindow().review(view(sample_log(accounts=300)))
    judged = 250
    assert (found.score > 0).sum() < 0.1 * judged
    assert found.score.max() < 0.02


def test_a_pool_tells_what_an_account_alone_cannot(planted):
    """Accounts with fewer prompts than a window are judged by the pool they belong to."""
    log = planted(lambda log: log.crowd, templates=3, share=1.0)
    found = MmdWindow().review(view(log, 1))
    pooled = found.cluster >= 0
    assert np.isin(found.account[pooled], log.crowd).mean() > 0.9
    assert "accounts together" in found.reason[int(np.flatnonzero(pooled)[0])]


def test_distance_is_about_one_without_cause():
    found = Mahalanobis().review(view(sample_log(accounts=300)))
    assert abs(found.score[found.score > 0].mean() - 1) < 0.3
