"""Campaigns learn of what happened to their accounts, and not of what is to come."""

from types import SimpleNamespace

from shamcrowd.simulator.slice_loop import SliceLoop
from shamcrowd.simulator.traffic.slice_messages import FAILED, REINSTATED, Loss

NOW = 1000


class Campaign:
    """Records the arguments of its calls."""

    def __init__(self):
        self.lost, self.back = [], []

    def lose(self, loss):
        self.lost.append(loss.handle)

    def reinstate(self, handle):
        self.back.append(handle)


def test_news_are_told_once_they_have_happened():
    loop, campaign = SliceLoop.__new__(SliceLoop), Campaign()
    loop._context, loop._campaigns = SimpleNamespace(now=NOW), {"c": campaign}
    loop._unread = [
        Loss("c", handle, time, cause)
        for handle, time, cause in (
            (1, NOW, FAILED), (2, NOW + 1, FAILED), (3, NOW, REINSTATED), (1, NOW + 9, REINSTATED),
        )
    ]  # fmt: skip
    loop._tell()
    assert (campaign.lost, campaign.back) == ([1], [3])
    loop._context.now = NOW + 1
    loop._tell()
    assert (campaign.lost, campaign.back) == ([1, 2], [3])
    loop._context.now = NOW + 9
    loop._tell()
    assert (campaign.lost, campaign.back) == ([1, 2], [3, 1])
    assert not loop._unread
