"""A shard's accounts that pay, without requests: what tests of billing work on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.core.plans import SUBSCRIPTION, TRIAL
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.lifecycle.card_changes import MOST
from shamcrowd.simulator.lifecycle.payers import SPARES, Payers
from shamcrowd.simulator.lifecycle.retention import SPELLS
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.platform.billing import Billing
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.slice_messages import LEGITIMATE, NewAccounts
from shamcrowd.simulator.traffic.workloads import Workloads

START = 20_500 * MS_PER_DAY
CREDIT, TERM = 5.0, 30.0
NOBODY = np.empty(0, np.int64), np.empty(0, np.int64)


def payers(count, **given):
    """Owners of ``count`` accounts that use them for ever, with some attributes given."""
    begin = np.full((count, SPELLS), NEVER)
    begin[:, 0] = START
    whole = {
        "use": np.full(count, 0.1),
        "tax": np.zeros(count),
        "converts": np.ones(count, np.bool_),
        "spare": np.full((count, SPARES), -1, np.int32),
        "granted": np.full(count, NEVER),
        "card_since": np.full(count, NEVER),
        "cards": np.full((count, MOST), -1, np.int32),
        "cards_from": np.full((count, MOST), NEVER),
        "begin": begin,
        "end": np.full((count, SPELLS), NEVER),
    } | given
    return Payers(**whole)


class Shard:
    """Accounts that sign up at `START`, played day by day; nobody sends requests."""

    def __init__(
        self, count, plan=SUBSCRIPTION, sound=1.0, disputed=0.0, seed=1, group="", **given
    ):
        self.count = count
        if plan == TRIAL:
            given.setdefault("granted", np.full(count, START))
        else:
            given.setdefault("card_since", np.full(count, START))
        self.roster = Roster(CREDIT, (20, 60, 60, 60))
        self.roster.groups = [LEGITIMATE]
        self.activity = Activity(("swift-3",))
        self.billing = Billing(Streams(seed), TERM)
        self.new = NewAccounts(
            group=group,
            handle=np.arange(count),
            local=np.arange(count),
            account=np.arange(count, dtype=np.int32) * 7 + 3,
            opened=np.full(count, START),
            plan=np.full(count, plan, np.int8),
            card=np.arange(count, dtype=np.int32),
            device=np.zeros(count, np.int32),
            charge_success=np.full(count, sound, np.float32),
            dispute_rate=np.full(count, disputed, np.float32),
            challenge_success=np.ones(count, np.float32),
            payers=payers(count, **given),
            other=np.full(count, -1, np.int32),
            other_since=np.full(count, NEVER),
            workloads=Workloads.none(),
            addresses=np.empty(0, np.int64),
        )
        self.losses = []

    def join(self):
        """Let the accounts join."""
        self.roster.join(self.new)
        self.billing.join(self.roster, self.activity, self.new)
        return self

    def play(self, days, used_up=NOBODY, step=1.0):
        """Bill ``days`` days; ``used_up`` happens on the first."""
        count = round(days / step)
        for number in range(count):
            end = START + int((number + 1) * step * MS_PER_DAY)
            first = used_up if number == 0 else NOBODY
            self.losses += self.billing.settle(self.roster, self.activity, first, number, end)
        return self

    def rows(self) -> pd.DataFrame:
        """All activity so far, with days since `START` and the account's local number."""
        rows = self.activity.until(START + 4000 * MS_PER_DAY).to_pandas()
        days = (rows["time"].astype("int64") - START) / MS_PER_DAY
        return rows.assign(
            days=days, at=(rows["account"] - 3) // 7, kind=rows["kind"].astype(str)
        ).sort_values("days", kind="stable", ignore_index=True)
