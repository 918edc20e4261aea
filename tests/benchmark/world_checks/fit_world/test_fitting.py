"""A world is fitted to the log of another, and has its statistics."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from shamcrowd.benchmark.world_checks.fit_world.comparing import compare
from shamcrowd.benchmark.world_checks.fit_world.fitting import (
    LEAST_ACCOUNTS,
    LEAST_REQUESTS,
    fit_world,
)
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports.export import export_log
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from shamcrowd.recording.view import open_log
from shamcrowd.simulator.simulation import simulate

WORLD = """
schema: 1
title: A world to be fitted
start: 2026-03-02
horizon: 8d
populations:
  fitted:
    accounts: 600
    newcomers: 0.0
    sessions: {median: 0.8, sigma: 0.7}
    active_share: 1.0
    shared: 0.3
    group: 5
"""
LITELLM = read_mapping(shipped()["litellm-spend-logs"])


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated world as its gateway's log, imported."""
    folder = tmp_path_factory.mktemp("fit")
    (folder / "world.yaml").write_text(WORLD)
    simulate(folder / "world.yaml", 5, folder / "world")
    export_log(open_log(folder / "world"), LITELLM, folder / "log.jsonl")
    import_log([str(folder / "log.jsonl")], LITELLM, folder / "rec", b"k" * 32)
    return folder / "rec"


def test_the_fitted_world_has_the_statistics_of_the_first(imported: Path, tmp_path: Path) -> None:
    fitted = fit_world(imported)
    text = fitted.yaml()
    assert fit_world(imported).yaml() == text
    scenario = tmp_path / "mine.yaml"
    scenario.write_text(text)
    simulate(scenario, 1, tmp_path / "again")
    found = {one.name: one for one in compare(imported, tmp_path / "again")}
    for name, factor in (
        ("requests a day", 1.3),
        ("accounts with a request", 1.15),
        ("sessions a day of an account", 1.3),
        ("requests of a session, mean", 1.3),
        ("seconds to the next request, median", 1.4),
        ("input tokens, median", 1.4),
        ("output tokens, median", 1.25),
        ("accounts whose address is shared, share", 1.4),
        # Measured: 3.84 in the log, 2.46 in the world of a few hundred accounts.
        ("accounts of a shared address, mean", 1.7),
        ("share of the 8 busiest hours", 1.15),
        ("deviation of log input", 1.25),
    ):
        ratio = found[name].ratio
        assert ratio is not None, name
        assert 1 / factor < ratio < factor, (name, found[name])


def log_of(folder: Path, accounts: int, requests: int, days: float, **more: float) -> Path:
    """An imported log of so many requests, at even distances."""
    first = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    step = dt.timedelta(days=days) / max(requests - 1, 1)
    lines = (
        f'{{"startTime":"{(first + i * step).isoformat()}","user":"u{i % accounts}","api_key":"k",'
        '"prompt_tokens":9,"completion_tokens":9}\n'
        for i in range(requests)
    )
    folder.mkdir(exist_ok=True)
    (folder / "log.jsonl").write_text("".join(lines))
    import_log([str(folder / "log.jsonl")], LITELLM, folder / "rec", b"k" * 32, **more)  # type: ignore[arg-type]
    return folder / "rec"


@pytest.mark.parametrize(
    ("accounts", "requests", "days", "said"),
    [
        (LEAST_ACCOUNTS - 1, LEAST_REQUESTS, 2.01, "49 accounts, and 50 are needed"),
        (LEAST_ACCOUNTS, LEAST_REQUESTS - 1, 2.01, "999 requests, and 1,000 are needed"),
        (LEAST_ACCOUNTS, LEAST_REQUESTS, 1.9, "1.9 days .*, and 2 are needed; import a longer"),
    ],
)
def test_a_log_that_is_too_short(
    accounts: int, requests: int, days: float, said: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=said):
        fit_world(log_of(tmp_path / "a", accounts, requests, days))


def test_the_shortest_log_can_be_fitted_and_a_part_of_one_cannot(tmp_path: Path) -> None:
    shortest = log_of(tmp_path / "a", LEAST_ACCOUNTS, LEAST_REQUESTS, 2.01)
    fitted = fit_world(shortest)
    assert fitted.accounts == LEAST_ACCOUNTS
    assert "Conversations are not recorded: a session is taken to be one." in fitted.notes
    part = log_of(tmp_path / "b", LEAST_ACCOUNTS, LEAST_REQUESTS, 2.01, sampling=0.5)
    with pytest.raises(UsageError, match="does not hold every request by itself"):
        fit_world(part)
