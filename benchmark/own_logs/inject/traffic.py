"""Fits the traffic of campaigns to a background: models, hours, rates, lengths, prompts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.own_logs.inject.background import LogTables, times_of_day
from shamcrowd.benchmark.own_logs.inject.played import PlayedCampaigns
from shamcrowd.benchmark.own_logs.inject.quantiles import QuantileMap
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, Millis

if TYPE_CHECKING:
    import pandas as pd

PAUSE = 6 * MS_PER_HOUR
"""Rows of an account that are nearer stay as far apart as they are; longer pauses may change."""
LENGTHS = ("input_tokens", "output_tokens", "duration")
PARTS = {
    "cached_tokens": "input_tokens", "reasoning_tokens": "output_tokens", "first_token": "duration",
}  # fmt: skip
"""Columns that are a part of a length: their share of it stays."""
LEAST, MOST = 0.8, 1.25
"""Rates of the background over those of the played world that are taken to be one (assumed). Below,
conversations are left out; above, the scenario is played with more exchanges."""


@dataclass
class FittedTraffic:
    """What was fitted, for the manifest and the report.

    Attributes:
        hours: distance of the hours of the day, before fitting, and whether they were fitted.
        lengths: the same of numbers of tokens and durations.
        rate: requests of an account on a day with any, median of the background over that of the
            played world.
        kept: share of conversations that were kept.
        raised: factor on the campaigns' exchanges, where the background's accounts send more.
        models: model of the background by model of the scenario.
        resolution: step of moments, ms.
    """

    hours: dict[str, Any] = field(default_factory=dict)
    lengths: dict[str, dict[str, Any]] = field(default_factory=dict)
    rate: float = 1.0
    kept: float = 1.0
    raised: float = 1.0
    models: dict[str, str] = field(default_factory=dict)
    resolution: int = 1


def fit_traffic(
    played: PlayedCampaigns, background: LogTables, rng: np.random.Generator
) -> FittedTraffic:
    """Change the rows of ``played`` in place: all moments, the truth's too, and requests."""
    fitted = FittedTraffic(resolution=background.resolution)
    honest = played.honest(played.log.sample)
    ours = background.sample
    _rates(played, honest, ours, fitted, rng)
    _hours(played, honest, ours, fitted)
    _models(played, background, fitted)
    asked = played.requests
    shares = {part: asked[part] / asked[whole].clip(lower=1) for part, whole in PARTS.items()}
    for column in LENGTHS:
        if not background.is_recorded("requests", column):
            asked[column] = ours[column].iloc[0]
            continue
        served, theirs = honest[honest["status"] == 200], ours[ours["status"] == 200]
        change = QuantileMap.between(
            served[column].to_numpy(np.float64), theirs[column].to_numpy(np.float64)
        )
        fitted.lengths[column] = {"distance": round(change.distance, 4), "fitted": change.changes}
        mapped = np.rint(change(asked[column].to_numpy(np.float64)))
        # An answer that there is not has no length in any world.
        asked[column] = np.where(asked[column] > 0, np.maximum(mapped, 1), 0).astype(np.int64)
    for part, whole in PARTS.items():
        asked[part] = (shares[part] * asked[whole] // 1).astype(asked[part].dtype)
    for column in ("status", "endpoint", "topic"):
        _values(asked, column, background, rng)
    if background.sessions_are_conversations:
        asked["conversation"] = asked["session"]
    _prompts(played, honest, background)
    return fitted


def _rates(
    played: PlayedCampaigns, honest: pd.DataFrame, ours: pd.DataFrame, fitted: FittedTraffic,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Leave conversations out where the background's accounts send less."""
    fitted.rate = _ratio(honest, ours)
    if fitted.rate >= LEAST:
        return
    fitted.kept = fitted.rate
    conversations = played.requests["conversation"].unique()
    kept = conversations[rng.random(len(conversations)) < fitted.rate]
    # An account that worked keeps one conversation.
    first = played.requests.groupby("account")["conversation"].first().to_numpy()
    fit = np.isin(played.requests["conversation"].to_numpy(), np.concatenate([kept, first]))
    played.requests = played.requests[fit].reset_index(drop=True)


def rate(played: PlayedCampaigns, background: LogTables) -> float:
    """Requests of an account on a day with any, median: the background over the played world."""
    return _ratio(played.honest(played.log.sample), background.sample)


def _ratio(honest: pd.DataFrame, ours: pd.DataFrame) -> float:
    theirs, own = (_daily(frame) for frame in (honest, ours))
    return round(own / theirs, 4) if theirs and own else 1.0


def _daily(frame: pd.DataFrame) -> float:
    """Requests of an account on a day with any, median."""
    days = frame["time"] // MS_PER_DAY
    return float(frame.groupby([frame["account"], days]).size().median()) if len(frame) else 0.0


def _hours(
    played: PlayedCampaigns, honest: pd.DataFrame, ours: pd.DataFrame, fitted: FittedTraffic
) -> None:
    """Move whole spells of work to the background's hours, and round moments as it does."""
    import pandas as pd

    change = QuantileMap.between(
        times_of_day(honest["time"].to_numpy(np.int64)),
        times_of_day(ours["time"].to_numpy(np.int64)),
    )
    fitted.hours = {"distance": round(change.distance, 4), "fitted": change.changes}
    for frame, column in ((played.truth, "sham_from"), (played.responses, "time"),
                          (played.campaigns, "time")):  # fmt: skip
        frame[column] = frame[column].astype("datetime64[ms, UTC]").astype(np.int64)
    frames = [(played.accounts, "created"), (played.requests, "time"), (played.activity, "time"),
              (played.truth, "sham_from"), (played.responses, "time")]  # fmt: skip
    rows = pd.concat(
        [pd.DataFrame({"account": f["account"], "time": f[c], "table": i, "row": np.arange(len(f))})
         for i, (f, c) in enumerate(frames)]
    ).sort_values(["account", "time", "table", "row"], kind="stable")  # fmt: skip
    moved = moved_spells(rows["account"].to_numpy(), rows["time"].to_numpy(np.int64), change)
    moved -= moved % fitted.resolution
    for number, (frame, column) in enumerate(frames):
        at = (rows["table"] == number).to_numpy()
        back = np.empty(len(frame), np.int64)
        back[rows["row"].to_numpy()[at]] = moved[at]
        frame[column] = back


def moved_spells(account: npt.NDArray[Any], time: Millis, change: QuantileMap) -> Millis:
    """Moments, with each spell of work moved to the hours that a map gives for its beginning.

    Within a spell, moments stay as far apart as they are, and spells of an account in their order.

    Args:
        account: shape (n,), sorted.
        time: shape (n,), ms since 1970, sorted within an account.
        change: the map of hours of the day.
    """
    if not len(time) or not change.changes:
        return time.copy()
    fresh = np.ones(len(time), bool)
    fresh[1:] = (account[1:] != account[:-1]) | (np.diff(time) > PAUSE)
    begins = np.flatnonzero(fresh)
    spell = np.cumsum(fresh) - 1
    begin, end = time[begins], time[np.append(begins[1:], len(time)) - 1]
    hour = np.clip(change(times_of_day(begin)), 0, 23.999)
    wanted = begin - begin % MS_PER_DAY + np.rint(hour * MS_PER_HOUR).astype(np.int64)
    # Each begins after the one before it has ended.
    owner = account[begins]
    for i in range(1, len(begins)):
        if owner[i] == owner[i - 1]:
            wanted[i] = max(wanted[i], wanted[i - 1] + end[i - 1] - begin[i - 1] + 60_000)
    moved: Millis = time + (wanted - begin)[spell]
    return moved


def _models(played: PlayedCampaigns, background: LogTables, fitted: FittedTraffic) -> None:
    """Models of the background in place of the scenario's, none before it was first asked there."""
    theirs, first = list(played.log.models), background.models
    popular = list(first)
    if not background.is_recorded("requests", "model"):
        popular = popular[:1]
    for rank, name in enumerate(theirs):
        fitted.models[name] = name if name in first else popular[min(rank, len(popular) - 1)]
    asked = played.requests
    mapped = asked["model"].map(fitted.models)
    early = mapped.map(first).to_numpy(np.int64) > asked["time"].to_numpy(np.int64)
    oldest = min(first, key=lambda name: (first[name], popular.index(name)))
    asked["model"] = mapped.where(~early, oldest)
    # Events about a model of which the background's log has none.
    events = background.frame("activity", ["time", "model"]).dropna().groupby("model")["time"].min()
    about = played.activity["model"].map(fitted.models)
    known = about.map(events).fillna(2**62).to_numpy() <= played.activity["time"].to_numpy(np.int64)
    fit = about.isna().to_numpy() | known
    played.activity = played.activity.assign(model=about)[fit].reset_index(drop=True)


def _values(
    frame: pd.DataFrame, column: str, background: LogTables, rng: np.random.Generator
) -> None:
    """Values that the background has, in place of those that it has not."""
    theirs = background.arrow("requests", [column])[0].value_counts().to_pylist()
    counts = {row["values"]: row["counts"] for row in theirs}
    strange = ~frame[column].isin(list(counts)).to_numpy()
    if strange.any():
        names = sorted(counts, key=str)
        share = np.array([counts[n] for n in names], np.float64)
        drawn = rng.choice(len(names), int(strange.sum()), p=share / share.sum())
        values = frame[column].astype(object).to_numpy(copy=True)
        values[strange] = [names[i] for i in drawn]
        frame[column] = list(values)


def _prompts(played: PlayedCampaigns, honest: pd.DataFrame, background: LogTables) -> None:
    """Prompts that circulate in the played world become prompts that circulate in the background.

    A sketch that legitimate accounts of the played world have as well becomes one of the background
    that is as popular there: of the same rank by accounts. Of other sketches whose upper half is
    common, the half changes in the same way.
    """
    if not background.is_recorded("requests", "sketch"):
        return
    sketch = played.requests["sketch"].to_numpy(np.uint64)
    for shift in (0, 32):
        part, low = sketch >> np.uint64(shift), sketch & np.uint64((1 << shift) - 1)
        theirs, ours = (_popular(f, shift) for f in (honest, background.sample))
        common = np.isin(part, theirs) & ~np.isin(part, ours)
        if not common.any() or not len(ours):
            continue
        order = np.argsort(theirs, kind="stable")
        place = order[np.searchsorted(theirs, part[common], sorter=order)]
        changed = ours[np.minimum(place, len(ours) - 1)]
        sketch = sketch.copy()
        sketch[common] = (changed << np.uint64(shift)) | low[common]
    played.requests["sketch"] = sketch


def _popular(frame: pd.DataFrame, shift: int) -> npt.NDArray[np.uint64]:
    """Sketches without their lowest bits, those of most accounts first."""
    part = frame["sketch"].to_numpy(np.uint64) >> np.uint64(shift)
    pairs = np.unique(np.rec.fromarrays([part, frame["account"].to_numpy(np.int64)]))
    values, many = np.unique(pairs["f0"], return_counts=True)
    found: npt.NDArray[np.uint64] = values[np.argsort(-many, kind="stable")]
    return found
