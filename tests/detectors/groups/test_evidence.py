"""Pairs of accounts with evidence: who is linked, by what, how strongly."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.detectors.groups.evidence import LinkEvidence
from shamcrowd.recording.samples import START, sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, MS_PER_HOUR
from shamcrowd.recording.view import LogView

N = 80


@pytest.fixture
def pairs(changed):
    """Evidence of accounts of which the first ones share devices and grammars, signed up so."""

    def of(devices, hours, mailboxes=None, reviews=(3,)):
        own = np.arange(N)
        many = len(devices)
        tables = sample_log().tables
        local = [f"{'abcdefghij'[i % 10] * (2 + i // 10)}" for i in range(N)]
        for i in mailboxes or []:
            local[i] = f"xyz{100 + i}"
        created = START + np.r_[hours, np.linspace(0, 60, N - many)] * MS_PER_HOUR
        log = changed(
            accounts={"device": np.r_[devices, 1000 + own[many:]], "created": created.astype(int),
                      "organisation": [None] * N, "mailbox": tables["mailboxes"]["mailbox"],
                      "address": own + 50_000},
            mailboxes={"local": local, "domain": ["box.example"] * N},
            requests=None, activity=None,
        )  # fmt: skip
        evidence, since = LinkEvidence(), EARLIEST
        for day in reviews:
            now = START + int(day * MS_PER_DAY)
            evidence.update(LogView(log, now, since))
            since = now
        found = evidence.pairs()
        number = {a: i for i, a in enumerate(tables["accounts"]["account"].to_pylist())}
        who = [number[a] for a in evidence.ids.tolist()]
        return {
            tuple(sorted((who[a], who[b]))): (dict(zip(found.kinds, s, strict=True)), w)
            for a, b, s, w in zip(
                found.one.tolist(), found.other.tolist(), found.strength.tolist(),
                found.weight.tolist(), strict=True,
            )
        }  # fmt: skip

    return of


def test_one_kind_links_who_signed_up_within_a_day(pairs):
    found = pairs([5, 5, 7, 7], [0, 23.9, 0, 24.1])
    assert set(found) == {(0, 1)}
    strength, weight = found[0, 1]
    assert strength["device"] == 1
    assert sum(strength.values()) == 1
    assert weight == pytest.approx(np.exp(-23.9 / 24 / 3))


def test_two_kinds_link_accounts_and_fade_with_the_gap(pairs):
    found = pairs([5, 5, 7, 7], [0, 48, 0, 48], mailboxes=[0, 1])
    assert set(found) == {(0, 1)}
    strength, weight = found[0, 1]
    assert strength["device"] == strength["mailbox grammar"] == 1
    assert weight == pytest.approx(2 * np.exp(-2 / 3))


def test_the_reviews_do_not_matter(pairs):
    devices, hours = [5, 5, 5, 6, 6], [0, 3, 40, 41, 50]
    assert pairs(devices, hours) == pairs(devices, hours, reviews=(0.5, 1, 2, 2.5, 3))


def test_templates_are_a_kind_of_evidence(changed):
    tables = sample_log().tables
    rows = tables["requests"].num_rows
    accounts = tables["accounts"]["account"].to_numpy()
    asked = tables["requests"]["account"].to_numpy()
    rng = np.random.default_rng(4)
    sketch = rng.integers(2**63, size=rows).astype(np.uint64)
    for who in accounts[:2]:
        sketch[np.flatnonzero(asked == who)[:1]] = 12345
    log = changed(
        accounts={"device": np.arange(N), "organisation": np.arange(N), "created": [START] * N,
                  "mailbox": tables["mailboxes"]["mailbox"]},
        activity=None, requests={"sketch": sketch},
    )  # fmt: skip
    evidence = LinkEvidence()
    evidence.update(LogView(log, START + 3 * MS_PER_DAY))
    found = evidence.pairs()
    linked = {
        frozenset(evidence.ids[[a, b]].tolist())
        for a, b, s in zip(found.one, found.other, found.strength, strict=True) if s[-1] > 0
    }  # fmt: skip
    assert linked == {frozenset(accounts[:2].tolist())}
    assert found.strength[:, -1].max() == 1
