"""Random identity challenges to a share of active accounts, independent of what they do.

The share is the same for all accounts, so being challenged carries no information. Accounts that
fail are suspended; legitimate owners may appeal and are reinstated.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.truth_schema import RESPONSE_ACTIONS
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, NEVER, Millis
from shamcrowd.simulator.core.streams import Streams, Uniforms, uniform_by_id
from shamcrowd.simulator.lifecycle.delays import DAY, HOUR, MINUTE, Delay
from shamcrowd.simulator.lifecycle.log_ins import hashed_delay
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.slice_messages import FAILED, LEGITIMATE, Checks, Loss, SliceOrder

LOCK_AFTER = 24 * MS_PER_HOUR
"""An account that does not pass a challenge within a day is suspended (assumed)."""
LOCK_JOB = Delay(15 * MINUTE, 0.9)
"""From then to the suspension, by a job that runs again and again (assumed)."""
ANSWER = Delay(16 * MINUTE, 1.1, 0.25, 5 * HOUR, 0.8)
"""From a challenge to its answer; later than `LOCK_AFTER` counts as failed (assumed)."""
FILED = Delay(5 * HOUR, 1.1, 0.15, 2 * DAY, 0.9)
"""From a suspension to the owner's appeal (assumed)."""
HEARD = Delay(36 * HOUR, 0.6)
"""From the appeal to the decision (assumed)."""
APPEALS = 0.6
"""Share of suspended legitimate owners who appeal (assumed; 3.6 % of all banned accounts do)."""


class Challenges:
    """Challenges a shard's accounts once a day, each with its own random numbers."""

    def __init__(self, streams: Streams, rate: float) -> None:
        self._streams = streams
        self._rate = rate
        self._steps: list[Checks] = []

    def day(self, roster: Roster, activity: Activity, order: SliceOrder) -> list[Loss]:
        """Challenge some accounts that were active today; return the campaigns' losses."""
        losses: list[Loss] = []
        shut = roster.banned_at(order.end)
        for code, name in enumerate(roster.groups):
            own = (roster.group == code) & (roster.served > 0) & (roster.served_until > order.end)
            if name != LEGITIMATE:
                own &= ~shut
            active = np.flatnonzero(own)
            asked = active[self._luck(roster, active, "asked", order) < self._rate]
            luck = self._luck(roster, asked, "passes", order)
            delay = self._luck(roster, asked, "delay", order)
            time = order.end + (delay * MS_PER_DAY / 2).astype(np.int64)
            ids = roster.account[asked]
            activity.add("challenge", time, ids)
            passed = luck < roster.challenge_success[asked]
            words = ids.astype(np.uint64)
            answer = time + self._delay(ANSWER, words, "answer", order) % LOCK_AFTER
            activity.add("challenge_passed", answer[passed], ids[passed])
            failed = asked[~passed]
            lock = time[~passed] + LOCK_AFTER
            lock += self._delay(LOCK_JOB, words[~passed], "lock", order)
            activity.add("suspension", lock, ids[~passed])
            self._note("challenge", time, ids)
            self._note("challenge_passed", answer[passed], ids[passed])
            self._note("suspension", lock, ids[~passed])
            if name != LEGITIMATE:
                # A pending challenge blocks the account from the moment it is issued.
                roster.stop[failed] = time[~passed]
                losses += [
                    Loss(name, int(roster.handle[a]), int(t), FAILED)
                    for a, t in zip(failed.tolist(), lock.tolist(), strict=True)
                ]
                continue
            appeal = self._luck(roster, failed, "appeal", order)
            self._appeals(roster, activity, failed, time[~passed], lock, appeal, order)
        return losses

    def _luck(
        self, roster: Roster, accounts: npt.NDArray[np.int64], what: str, order: SliceOrder
    ) -> Uniforms:
        """Uniform numbers by account, independent of what happens to other accounts."""
        key = self._streams.key(f"challenge/{what}/{order.number}")
        return uniform_by_id(roster.account[accounts], key)

    def _delay(
        self, delay: Delay, words: npt.NDArray[np.uint64], what: str, order: SliceOrder
    ) -> Millis:
        """Delays by account, independent of what happens to other accounts."""
        return hashed_delay(delay, words, self._streams.key(f"challenge/{what}/{order.number}"))

    def _note(self, action: str, time: Millis, account: npt.NDArray[np.int32]) -> None:
        code = np.full(len(time), RESPONSE_ACTIONS.index(action), np.int8)
        self._steps.append(Checks(time, account, code))

    def steps(self) -> list[Checks]:
        """Return the steps taken since the last call."""
        steps, self._steps = self._steps, []
        return [step for step in steps if len(step.time)]

    def _appeals(
        self,
        roster: Roster,
        activity: Activity,
        failed: npt.NDArray[np.int64],
        asked_at: Millis,
        lock: Millis,
        luck: Uniforms,
        order: SliceOrder,
    ) -> None:
        """Process suspended legitimate owners: most appeal and are reinstated, the others leave."""
        appeals = luck < APPEALS
        ids = roster.account[failed]
        words = ids.astype(np.uint64)
        filed = lock + self._delay(FILED, words, "filed", order)
        back = filed + self._delay(HEARD, words, "heard", order)
        activity.add("appeal", filed[appeals], ids[appeals])
        activity.add("reinstatement", back[appeals], ids[appeals])
        self._note("appeal", filed[appeals], ids[appeals])
        self._note("reinstatement", back[appeals], ids[appeals])
        roster.stop[failed[~appeals]] = asked_at[~appeals]
        # Nothing is served until the reinstatement.
        roster.opened[failed[appeals]] = back[appeals]
        roster.stop[failed[appeals]] = NEVER
