"""A scenario whose populations use the platform as the accounts of a log do."""

from __future__ import annotations

import datetime as dt
import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from shamcrowd.benchmark.world_checks.fit_world import usage_statistics
from shamcrowd.benchmark.world_checks.fit_world.requests import (
    Ints,
    LoggedRequests,
    logged_requests,
)
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import MS_PER_DAY

LEAST_DAYS, LEAST_ACCOUNTS, LEAST_REQUESTS = 2, 50, 1_000
"""A shorter log says too little of days, of accounts or of lengths."""
LONGEST_DAYS = 366
BUSY, BUSIEST = 0.75, 0.4
"""Shares of the requests of those accounts that are populations of their own: who sends most has
other usage than the many."""
LEAST_OF_A_KIND = 12
"""Accounts from which a population is fitted by itself."""
DIGITS = 4


@dataclass(frozen=True)
class FittedWorld:
    """A scenario fitted to a log.

    Attributes:
        scenario: it, as data.
        accounts: accounts of the log.
        notes: sentences on what the log does not say.
    """

    scenario: dict[str, Any]
    accounts: int
    notes: tuple[str, ...]

    def yaml(self) -> str:
        """The scenario as a file."""
        from ruamel.yaml import YAML

        out = io.StringIO()
        writer = YAML()
        writer.width = 100
        writer.default_flow_style = None
        out.write("# Made by `shamcrowd fit-world`; every number is fitted to the log.\n")
        for note in self.notes:
            out.write(f"# {note}\n")
        writer.dump(self.scenario, out)
        return out.getvalue()


def fit_world(folder: Path) -> FittedWorld:
    """Fit a scenario to the requests of a recording.

    Accounts are three populations by how many requests they send, ``light``, ``medium`` and
    ``heavy``; one of too few accounts is put to the next lighter one.

    Args:
        folder: a recording, as `shamcrowd import` writes it; its truth is not opened.

    Raises:
        RecordingError: if ``folder`` is no recording.
        UsageError: if the log is too short, or does not hold every request by itself.
    """
    manifest = Manifest.read(folder)
    imported = manifest.imported
    if float(imported.get("sampling", 1.0)) < 1 or imported.get("buckets", False):
        raise UsageError(
            f"{folder}: the log does not hold every request by itself, so that no rate can be "
            "fitted to it; import a whole log"
        )
    log = logged_requests(folder)
    _check(folder, log)
    notes = _notes(manifest)
    # People of different kinds share addresses: they are counted over all.
    users = usage_statistics.users_of_usual_address(log)
    populations = {
        name: _population(log, chosen, users[chosen], manifest)
        for name, chosen in _parts(log).items()
    }
    scenario = {
        "schema": 1,
        "title": f"Fitted to {manifest.scenario}",
        "about": "Legitimate accounts with the rates, lengths, sessions, hours and shared "
        "addresses of a log.",
        "start": dt.datetime.fromtimestamp(log.start / 1000, dt.UTC).date(),
        "horizon": f"{min(log.days, LONGEST_DAYS)}d",
        "populations": populations,
    }
    return FittedWorld(scenario, round(len(log.created) / log.share), tuple(notes))


def _check(folder: Path, log: LoggedRequests) -> None:
    whole = (int(log.time.max()) - int(log.time.min())) / MS_PER_DAY if len(log) else 0.0
    for have, least, what in (
        (len(log), LEAST_REQUESTS, "requests"),
        (len(log.created), LEAST_ACCOUNTS, "accounts"),
        (whole, LEAST_DAYS, "days from the first request to the last"),
    ):
        if have < least:
            raise UsageError(
                f"{folder}: too short to be fitted: {have:,.4g} {what}, and {least:,} are needed; "
                "import a longer log"
            )


def _notes(manifest: Manifest) -> list[str]:
    lacking = manifest.not_recorded.get("requests", [])
    said = {
        "conversation": "Conversations are not recorded: a session is taken to be one.",
        "input_tokens": "Input tokens are not recorded: those of casual users are taken.",
        "output_tokens": "Output tokens are not recorded: those of casual users are taken.",
        "address": "Addresses are not recorded: everybody has one of his own.",
        "duration": "Durations are not recorded: gaps are taken from request to request.",
    }
    return [text for name, text in said.items() if name in lacking]


def _parts(log: LoggedRequests) -> dict[str, Ints]:
    """Accounts by population."""
    many = np.bincount(log.account)
    order = np.argsort(-many, kind="stable")
    sent = np.cumsum(many[order])
    heavy, medium = (int(np.searchsorted(sent, share * len(log))) + 1 for share in (BUSIEST, BUSY))
    if heavy < LEAST_OF_A_KIND:
        heavy = 0
    if min(medium - heavy, len(many) - medium) < LEAST_OF_A_KIND:
        medium = heavy
    found = {"light": order[medium:], "medium": order[heavy:medium], "heavy": order[:heavy]}
    return {name: np.sort(chosen) for name, chosen in found.items() if len(chosen)}


def _population(
    log: LoggedRequests, chosen: Ints, users: Ints, manifest: Manifest
) -> dict[str, Any]:
    """The parameters of one population; see `shamcrowd.simulator.populations.fitted`.

    ``users``: how many accounts have the usual address of each of the chosen ones.
    """
    part = _of(log, chosen)
    median, sigma, there = usage_statistics.sessions_a_day(part)
    share, run = usage_statistics.activity(part)
    shared, group = usage_statistics.sharing(users)
    gaps, pauses = usage_statistics.gaps_and_pauses(part)
    turn = part.turn
    opened = "created" not in manifest.not_recorded.get("accounts", [])
    late = float((part.created > part.start).mean()) if opened else 0.0
    fitted: dict[str, Any] = {
        "population": "fitted",
        "accounts": max(round(len(chosen) / log.share * there), 1),
        "newcomers": _short(late),
        "sessions": _quantity(median, sigma),
        "requests": _quantity(*usage_statistics.requests_a_session(part)),
        "turns": _short(_turns(part) if turn is not None else len(part) / (part.session[-1] + 1)),
        "hours": usage_statistics.hours(part).tolist(),
        "weekend": _short(usage_statistics.weekend(part) or 1.0),
        "active_share": _short(share),
        "active_days": _short(run),
        "shared": _short(shared),
        "group": _short(max(group, 2.0)),
    }
    for name, seconds in (("gap", gaps), ("pause", pauses)):
        if len(seconds) >= usage_statistics.OFTEN:
            fitted[name] = _quantity(*usage_statistics.lognormal(seconds))
    prompt = usage_statistics.tokens(part, "input_tokens", first=True)
    if prompt is not None:
        fitted |= {"prompt": _quantity(*prompt[:2]), "prompt_spread": _short(prompt[2]),
                   "growth": _short(usage_statistics.growth(part))}  # fmt: skip
    answer = usage_statistics.tokens(part, "output_tokens", first=False)
    if answer is not None:
        fitted |= {"answer": _quantity(*answer[:2]), "answer_spread": _short(answer[2])}
    return fitted


def _turns(part: LoggedRequests) -> float:
    turn = part.turn
    assert turn is not None
    return len(part) / int((turn == 0).sum())


def _of(log: LoggedRequests, chosen: Ints) -> LoggedRequests:
    """The requests of some accounts."""
    code = np.full(len(log.created), -1)
    code[chosen] = np.arange(len(chosen))
    rows = np.flatnonzero(code[log.account] >= 0)
    columns = {name: values[rows] for name, values in log.columns.items()}
    return LoggedRequests(
        log.start, log.days, log.share, code[log.account[rows]], log.time[rows],
        log.created[chosen], columns,
    )  # fmt: skip


def _quantity(median: float, sigma: float) -> dict[str, float]:
    return {"median": _short(min(max(median, 1e-3), 1e7)), "sigma": _short(min(sigma, 4.0))}


def _short(value: float) -> float:
    """To four digits, so that a file is read easily."""
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else 0.0
