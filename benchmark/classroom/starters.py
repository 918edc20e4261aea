"""The files of code that teams begin with."""

DETECTOR_START = '''\
"""Our detector. It is run on worlds that are made after it was handed in.

Try it:  shamcrowd detect practice --detector detector.py:TeamDetector
"""

import numpy as np

from shamcrowd import Findings


class TeamDetector:
    """Accounts are as suspicious as many accounts share their device."""

    def review(self, log):
        """Give a score to every account; higher is more suspicious."""
        accounts = log.accounts(["account", "device"])
        score = accounts.groupby("device")["account"].transform("size")
        return Findings(accounts["account"].to_numpy(), score.to_numpy(np.float64))
'''

STRATEGY_START = '''\
"""Our strategy: what every campaign of ours does when it loses accounts.

`decide` is called after losses. `state` has

    hours     since the start             alive       accounts that still work
    spent     dollars so far              affordable  further accounts, None without a limit
    knobs     how careful, 0 to 1, by name: rotation, camouflage, paraphrase, pacing, ageing,
              mimicry
    losses    [{"account": 17, "hours": 49.2, "cause": "suspended"}, ...]
    accounts  [{"account": 17, "acted_on": True, "made_with": {"device": 3, ...}}, ...]; two
              accounts with the same number of a kind share one; -1 is none

Give a list of actions:

    {"do": "replace", "accounts": 5, "hours": [1, 24]}   open accounts, 1 to 24 hours from now
    {"do": "rotate", "kind": "device"}                   new supply: address, device, card, mailbox,
                                                         phone, client, prompt
    {"do": "wait", "hours": 24}                          send nothing meanwhile
    {"do": "slow", "factor": 0.5}                        send less from now on
    {"do": "raise", "knob": "camouflage", "by": 0.2}     be more careful
    {"do": "give up"}                                    stop for good
"""


class TeamStrategy:
    """Replaces what it lost."""

    def decide(self, state):
        """What to do now."""
        return [{"do": "replace", "accounts": len(state["losses"]), "hours": [1, 24]}]
'''
