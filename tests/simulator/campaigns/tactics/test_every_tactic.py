"""What holds for every tactic: it does what it was asked for, and leaves honest people alone."""

import re

import pytest

from shamcrowd.benchmark.world_checks.validate import validate
from shamcrowd.simulator.registry import tactics

COLUMNS = (
    ("accounts", ["account"]),
    ("requests", ["account", "time", "conversation", "sketch"]),
    ("activity", ["account", "time", "kind", "amount"]),
)


AMONG_EVERYBODY = ("hydra", "hijacked-keys", "mesh", "takeover")
"""Tactics that are played among every kind of user elsewhere too; the others here have only casual
users and those whom they look like."""


@pytest.mark.parametrize("tactic", list(tactics()))
def test_is_valid_and_hits_what_it_was_asked_for(with_campaign, tactic):
    found = validate(with_campaign(tactic, alone=tactic not in AMONG_EVERYBODY).folder)
    assert found.passed, [check for check in found.checks if not check.holds]


@pytest.mark.parametrize("tactic", [name for name, t in tactics().items() if not t.hijacks])
def test_imitating_it_is_valid_and_hits_what_it_was_asked_for(with_campaign, tactic):
    # Four are looked at among everybody elsewhere; the others have only whom they imitate.
    alone = tactic not in ("hydra", "mesh", "card-testing", "narrow-deep")
    found = validate(with_campaign(tactic, 1.0, 0.7, alone=alone).folder)
    failed = [check for check in found.checks if not check.holds]
    # Of twenty accounts, some of which rest or are spares, a busy one more or less makes a tenth.
    short = [c for c in failed if c.name in ("c: exchanges", "c: cards", "c: codes")]
    assert failed == short, failed
    for check in short:
        share = float(re.search(r"\(([\d.]+)%\)", check.said)[1])
        assert share == pytest.approx(100, abs=15), check


@pytest.mark.parametrize(
    ("tactic", "mimicry"),
    [
        ("hydra", 0.0), ("hijacked-keys", 0.0), ("mesh", 0.0), ("takeover", 0.0),
        ("hydra", 0.7), ("mesh", 0.7), ("card-testing", 0.7),
    ],
)  # fmt: skip
def test_changes_no_row_of_people_it_does_not_touch(with_campaign, tactic, mimicry):
    calm = with_campaign(None)
    abused = with_campaign(tactic, 1.0 if mimicry else 0.3, mimicry)
    honest = abused.truth.loc[abused.truth["campaign"].isna(), "account"]
    if tactic == "takeover":
        # Some owners who are attacked in vain replace their keys.
        keys = [set(played.activity["key"].dropna()) for played in (calm, abused)]
        new = abused.activity[abused.activity["key"].isin(keys[1] - keys[0])]
        honest = honest[~honest.isin(new["account"])]
    for name, key in COLUMNS:
        ordered = []
        for played in (calm, abused):
            rows = getattr(played, name)
            rows = rows[rows["account"].isin(honest)].drop(columns="abusive", errors="ignore")
            if tactic == "takeover" and name == "activity":
                # The list is tried on anybody.
                rows = rows[rows["kind"] != "login_failed"]
            ordered.append(rows.sort_values(key, kind="stable").reset_index(drop=True).astype(str))
        assert len(ordered[0]) > 500
        assert ordered[0].equals(ordered[1]), name


@pytest.mark.parametrize("tactic", list(tactics()))
def test_says_where_it_comes_from(tactic):
    kind = tactics()[tactic]
    assert kind.source
    assert __import__(kind.__module__, fromlist=["x"]).__doc__
    assert kind.model_fields["tactic"].description.split("Source: ")[1]
    assert "accounts" in kind.model_construct(accounts=1, exchanges=1, codes=1, log_ins=1,
                                              cards=1).asked()  # fmt: skip
