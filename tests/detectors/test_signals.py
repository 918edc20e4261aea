"""What a detector looks at is seen, and what it is blind to follows."""

from __future__ import annotations

import pytest

from shamcrowd.detectors.registry import load_detector
from shamcrowd.detectors.signals import RHYTHM, NotingSource, blind_to, is_applicable
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView


def signals_of(name: str) -> frozenset[str]:
    source = NotingSource(sample_log())
    load_detector(name)().review(LogView(source, source.start + 2 * MS_PER_DAY))
    return source.signals


def lacking(*kept: str) -> dict[str, list[str]]:
    """Everything is missing but moments, accounts and ``kept``."""
    return {
        table.name: [c for c in table.names if f"{table.name}.{c}" not in kept
                     and c not in ("time", "account")]
        for table in TABLES.values()
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kept", "applicable"),
    [
        ("timing-entropy", (), True),
        ("velocity", (), True),
        ("template-clusters", (), False),
        ("template-clusters", ("requests.sketch",), True),
        ("synchrotrap", (), False),
        ("synchrotrap", ("requests.address",), True),
        ("shared-resources", (), False),
        ("shared-resources", ("mailboxes.domain", "mailboxes.local", "addresses.kind"), False),
        ("shared-resources", ("accounts.device",), True),
        ("sign-up-burst", ("addresses.prefix", "addresses.kind"), False),
        ("sign-up-burst", ("accounts.created",), False),
        ("sign-up-burst", ("accounts.address",), True),
    ],
)
def test_a_detector_applies_where_it_has_something_to_look_at(
    name: str, kept: tuple[str, ...], applicable: bool
) -> None:
    signals = signals_of(name)
    blind = blind_to(signals, lacking(*kept))
    assert is_applicable(signals, blind) is applicable
    assert not set(kept) & set(blind)


def test_moments_of_requests_count_only_where_nothing_else_is_asked_for() -> None:
    assert RHYTHM in signals_of("timing-entropy")
    assert RHYTHM not in signals_of("template-clusters")


def test_asking_for_all_columns_is_looking_at_all() -> None:
    source = NotingSource(sample_log())
    LogView(source, source.start + MS_PER_DAY).requests()
    assert "requests.duration" in source.signals
    assert not {"requests.time", "requests.account", "requests.request"} & source.signals
