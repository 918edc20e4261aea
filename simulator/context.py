"""What a run shares: the part of it that populations and campaigns may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from shamcrowd.recording.units import MS_PER_HOUR, Millis

if TYPE_CHECKING:
    from shamcrowd.simulator.core.clock import Clock
    from shamcrowd.simulator.core.releases import Releases
    from shamcrowd.simulator.core.streams import Streams
    from shamcrowd.simulator.platform.account_tables import AccountTables
    from shamcrowd.simulator.platform.activity import Activity
    from shamcrowd.simulator.platform.dispatcher import Dispatcher
    from shamcrowd.simulator.supply.store import Supply


@dataclass(frozen=True)
class Context:
    """The shared parts of one run. There is one for all populations and campaigns.

    Attributes:
        clock: simulated time; processes wait by ``yield context.clock.wait(ms)``.
        streams: named random streams. ``streams("name", number)`` gives a generator; take one with
            a name of your own, so that nothing you draw changes anybody else's numbers.
        releases: model releases, past and planned.
        supply: registers of addresses, devices, cards, mailboxes, phones and clients, which give
            new things and their ids in the log.
        account_tables: the account table and the truth about accounts. Things that are used for
            the first time are noted in ``account_tables.first_seen``.
        activity: the log of account activity: ``activity.add(kind, times, account_ids, ...)``.
        dispatcher: orders for the shards that make the requests.
    """

    clock: Clock
    streams: Streams
    releases: Releases
    supply: Supply
    account_tables: AccountTables
    activity: Activity
    dispatcher: Dispatcher

    @property
    def now(self) -> int:
        """The present moment, ms since 1970."""
        return self.clock.now

    @property
    def start(self) -> int:
        """First moment of the recording, ms since 1970."""
        return self.clock.start

    @property
    def end(self) -> int:
        """First moment after the recording, ms since 1970."""
        return self.clock.end

    @property
    def slice_ms(self) -> int:
        """Length of a slice, ms."""
        return self.clock.slice_ms

    def arrival_times(self, rng: np.random.Generator, count: int, surge: float) -> Millis:
        """Draw sign-up times: fewer at night, more after a release.

        Args:
            rng: stream to draw from.
            count: number of sign-ups.
            surge: how many times the usual rate is added at a release; it fades over 24 h.

        Returns:
            Shape (count,): times in ms since 1970, ascending, all within the recording.
        """
        hours = np.arange((self.end - self.start) // MS_PER_HOUR)
        weight = 1.0 + 0.55 * np.sin((hours % 24 - 8) / 24 * 2 * np.pi)
        weight = self.releases.add_surge(weight, hours, surge)
        edges = np.concatenate([[0.0], np.cumsum(weight)])
        at = np.interp(rng.random(count), edges / edges[-1], np.arange(len(edges)))
        times = self.start + (np.sort(at) * MS_PER_HOUR).astype(np.int64)
        return np.minimum(times, self.end - 1)
