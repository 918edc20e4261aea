"""Reviewers that act on one thing, and what they did to a campaign."""

import numpy as np
import pandas as pd

from shamcrowd.recording.truth import Truth
from shamcrowd.simulator.response.reviewer import Alerts


class SharedDevice:
    """Alerts about accounts whose device signed up more than ``most``."""

    def __init__(self, most=5):
        self.most = most

    def __call__(self, log):
        people = log.accounts(["account", "device"])
        many = people.groupby("device")["account"].transform("size") > self.most
        account = people["account"].to_numpy()[many.to_numpy()]
        return Alerts(account, np.ones(len(account)))


class Culling:
    """Told the truth; alerts about a share of the shams, whatever they do, from a review on."""

    def __init__(self, share=0.6, first=16):
        self.share = share
        self.first = first

    def receive_truth(self, truth):
        self.truth = truth.to_pandas()

    def __call__(self, log):
        self.asked = getattr(self, "asked", 0) + 1
        if self.asked <= self.first:
            return Alerts.none()
        now = pd.Timestamp(log.now, unit="ms", tz="UTC")
        abused = (self.truth["sham_from"] <= now) & ~(self.truth["sham_until"] <= now)
        sham = self.truth.loc[abused, "account"].to_numpy()
        some = sham[sham % 100 < 100 * self.share]
        return Alerts(some, np.ones(len(some)))


def accounts(folder, campaign):
    """A campaign's own accounts: the day of the campaign on which each began, and was it shut?"""
    truth = Truth(folder)
    people = truth.accounts().astype({"campaign": object, "segment": object})
    own = people[(people["campaign"] == campaign) & people["segment"].isna()]
    steps = truth.responses()
    shut = steps.loc[(steps["action"] == "suspension") & (steps["cause"] == "alert"), "account"]
    day = (own["sham_from"] - own["sham_from"].min()).dt.total_seconds() / 86_400
    return own.assign(day=day, shut=own["account"].isin(shut))


def phases(folder, campaign="hydra"):
    """A campaign's phases: name and hours since the first, in order."""
    rows = Truth(folder).campaigns()
    rows = rows[rows["campaign"] == campaign]
    hours = (rows["time"] - rows["time"].min()).dt.total_seconds() / 3600
    return rows.assign(hours=hours)
