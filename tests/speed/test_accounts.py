"""Accounts made and written per CPU second, against Faker drawing each profile anew."""

from __future__ import annotations

from faker import Faker

from shamcrowd.simulator import simulate

POOLS = 38
"""What a million accounts in ten CPU seconds come to, where Faker makes 2,600 profiles a second."""
SCENARIO = """\
schema: 1
title: Accounts
about: Sign-ups and hardly any traffic.
start: 2026-03-02
horizon: 1d
populations:
  casual: {accounts: %d, newcomers: 0.0, sessions: 0.001}
"""


def test_accounts(compare, full, tmp_path):
    path = tmp_path / "accounts-v1.yaml"
    path.write_text(SCENARIO % (1_000_000 if full else 1000))
    fake = Faker("en_US")
    profiles = 5000 if full else 10

    def ours() -> int:
        return simulate(path, 1, tmp_path / "r").rows["accounts"]

    def theirs() -> int:
        for _ in range(profiles):
            fake.name(), fake.email(), fake.address(), fake.user_agent(), fake.credit_card_number()
        return profiles

    found = compare(ours, theirs)
    print(f"a million accounts: {1e6 / found.ours:.1f} CPU seconds")
    if full:
        assert found.ratio >= POOLS
