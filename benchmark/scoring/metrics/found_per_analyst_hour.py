"""Sham accounts that an analyst finds in an hour."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from shamcrowd.benchmark.scoring.daily_queue import daily_queues
from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

ALONE = 10.0
"""Minutes for an account. Assumed."""
AGAIN = 2.0
"""Minutes for an account that is in the cluster of one already found. Assumed."""
DAILY = 0.001
"""Accounts that the team has time for in a day if each takes `ALONE`, as a share of all accounts;
at least one. Assumed, the same as for precision at a daily budget."""


class FoundPerAnalystHour(Metric):
    """Sham accounts found per hour that analysts spend on the queue of alerts.

    ``sham accounts inspected / hours spent``. At the end of each day analysts inspect accounts by
    the largest score so far, each account once, until the day's time is used up; the last account
    is finished. An account takes 10 minutes, and 2 minutes if it is in the same cluster as an
    account that was found to be sham, since its evidence is known by then. Time is 0.1 % of all
    accounts at 10 minutes each. All three are assumed. Clusters are those at the end of the
    recording; a detector without clusters finds 6 accounts an hour at best. Among accounts with
    equal scores the legitimate ones are inspected first. The operating point is not used. From 0
    to 30; higher is better.

    Source: this project; time per case is the cost of alerts in Dal Pozzolo et al. 2018
    (https://doi.org/10.1109/TNNLS.2017.2736643), where the daily number of checks is limited.
    """

    title: ClassVar[str] = "sham accounts found per analyst hour"
    short: ClassVar[str] = "found\nper h"
    unit: ClassVar[Literal["share", "hours", "ratio"]] = "ratio"
    high: ClassVar[float] = 60.0 / AGAIN
    # 20 minutes: an account alone, then five of its cluster, none of which takes the time to 20.
    value_best: ClassVar[float | None] = 18.0
    value_all_flagged: ClassVar[float | None] = 0.0
    value_none_flagged: ClassVar[float | None] = 0.0

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        truth, cluster = findings.truth, findings.cluster
        if not truth.sham.any():
            raise NotMeasurableError("no sham account")
        daily = ALONE * max(int(DAILY * len(truth.account)), 1)
        seen = np.zeros(len(truth.account), np.bool_)
        proven: set[int] = set()
        found, spent = 0, 0.0
        for queue in daily_queues(findings, seen):
            left = daily
            for place in queue.tolist():
                if left <= 0:
                    break
                minutes = AGAIN if int(cluster[place]) in proven else ALONE
                left, spent = left - minutes, spent + minutes
                seen[place] = True
                if truth.sham[place]:
                    found += 1
                    if cluster[place] >= 0:
                        proven.add(int(cluster[place]))
        if not spent:
            raise NotMeasurableError("it judged no account")
        return [60.0 * found / spent]

    def chance(self, prevalence: float) -> float:
        """An account at a time, by lot."""
        return 60.0 / ALONE * prevalence
