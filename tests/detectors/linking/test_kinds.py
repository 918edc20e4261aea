"""Things of kinds without a column of their own link accounts as addresses and devices do."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from shamcrowd.detectors.graph.evil_cohort import EvilCohort
from shamcrowd.detectors.graph.fraudar import Fraudar
from shamcrowd.detectors.graph.shared_resources import SharedResources
from shamcrowd.detectors.linking.kinds import ADDRESS, KINDS, MOST_CAP, OTHER_CAP
from shamcrowd.detectors.linking.links import SharedEntities
from shamcrowd.detectors.signals import NotingSource, blind_to, is_applicable
from shamcrowd.detectors.temporal.co_action import CoAction
from shamcrowd.detectors.temporal.synchrotrap import SynchroTrap
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.optional_tables import USES
from shamcrowd.recording.samples import START, Sample, sample_log
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE
from shamcrowd.recording.view import LogView

N = 40
GROUP = list(range(6))


@pytest.fixture
def log():
    """Forty accounts that share nothing but six of them things; actions at given minutes."""

    def of(uses: list[tuple[int, str, int, int]]) -> Sample:
        plain = sample_log(accounts=N)
        tables = {name: table.slice(0, 0) for name, table in plain.tables.items()}
        own = pa.array(np.arange(N, dtype=np.int32))
        accounts = plain.tables["accounts"]
        given = {"account": own, "device": own, "address": own, "mailbox": own,
                 "created": pa.array([START] * N).cast(USES.schema.field("time").type)}  # fmt: skip
        for name, values in given.items():
            at = accounts.schema.get_field_index(name)
            accounts = accounts.set_column(at, TABLES["accounts"].schema.field(name), values)
        tables["accounts"] = accounts
        who, kind, thing, minute = zip(*uses, strict=True) if uses else ((), (), (), ())
        time = START + np.array(minute, np.int64) * MS_PER_MINUTE
        columns = {"time": time, "account": who, "kind": kind, "thing": thing}
        plain_types = {"time": pa.int64(), "kind": pa.string()}
        tables["uses"] = pa.table(
            {name: pa.array(list(columns[name]), plain_types.get(name)) for name in USES.names}
        ).cast(USES.schema)
        return Sample(tables, START, own.to_numpy())

    return of


def shared(kinds: tuple[str, ...], things: int = 2, minute: int = 5) -> list:
    """The group shares so many things of each kind at one time; the others use their own."""
    uses = [(i, k, 1000 + t, minute) for i in GROUP for k in kinds for t in range(things)]
    return uses + [(i, k, i, minute) for i in range(N) for k in kinds]


def scores(detector, log: Sample, *days: float) -> np.ndarray:
    since, found = EARLIEST, None
    for day in days or (2,):
        now = START + int(day * MS_PER_DAY)
        found = detector.review(LogView(log, now, since))
        since = now
    out = np.empty(N)
    out[found.account] = found.score
    return out


@pytest.mark.parametrize(
    "make", [SharedResources, EvilCohort, Fraudar, CoAction, lambda: SynchroTrap(shared=2)]
)
def test_every_detector_of_links_sees_them(log, make):
    found = scores(make(), log(shared(("wallet", "star"))))
    assert found[GROUP].min() > np.delete(found, GROUP).max()
    assert np.ptp(scores(make(), log([]))) == 0, "nobody is linked without them"


def test_the_same_in_two_reviews(log):
    held = log(shared(("wallet", "star")) + shared(("wallet",), minute=26 * 60))
    for make in (SharedResources, EvilCohort, CoAction, SynchroTrap):
        assert scores(make(), held, 1, 2) == pytest.approx(scores(make(), held, 2))


def test_two_kinds_are_needed_or_what_the_setting_says(log):
    held = log(shared(("wallet",)))
    one, two = scores(SharedResources(kinds=1), held), scores(SharedResources(), held)
    assert one[GROUP].min() > 2 > 1 >= two[GROUP].max()


@pytest.mark.parametrize(("many", "linked"), [(OTHER_CAP - 1, True), (OTHER_CAP, False)])
def test_a_hub_links_nobody(many, linked):
    entities = SharedEntities()
    entities.index.add(np.arange(many, dtype=np.int32))
    entities._meet("wallet")
    entities._by_name["wallet"].add(np.arange(many), np.zeros(many, np.int64))
    found = sum(len(part.one) for part in entities.link_strengths())
    assert found == (many * (many - 1) // 2 if linked else 0)


@pytest.mark.parametrize(("cap", "linked"), [(7, True), (6, False)])
def test_the_cap_can_be_set(log, cap, linked):
    found = scores(EvilCohort(cap=cap), log(shared(("wallet",))))
    assert bool(found[GROUP].min() > 1) is linked


@pytest.mark.parametrize("cap", [1, MOST_CAP + 1, -3])
def test_a_cap_that_cannot_be_is_refused(cap):
    with pytest.raises(DetectorError, match="from 2 to 1024"):
        SharedEntities(cap)


def test_kinds_with_a_column_come_first_and_there_is_an_end(log):
    entities = SharedEntities()
    entities.update(LogView(log(shared(("b", "a"))), START + MS_PER_DAY))
    assert [kind.name for kind in entities.kinds] == [*(k.name for k in KINDS), "a", "b"]
    assert [kind.name for kind in entities.informative] == [ADDRESS.name, "a", "b"]
    held = log(shared(tuple("abcde")))
    with pytest.raises(DetectorError, match="over 8 kinds, one is 'e'"):
        SharedEntities().update(LogView(held, START + MS_PER_DAY))


@pytest.mark.parametrize(("minutes", "together"), [(60, True), (15, False)])
def test_the_window_of_synchrotrap_can_be_set(log, minutes, together):
    # The group uses three things each, one half of it 20 minutes after the other, within an hour.
    uses = [(i, "star", t, 10 + 20 * (i % 2)) for i in GROUP for t in (1, 2, 3)]
    found = scores(SynchroTrap(minutes=minutes), log(uses))
    # All six are together, or three and three.
    assert found[GROUP] == pytest.approx(np.log2(6 if together else 3) + 1)


def test_a_window_must_divide_a_day():
    with pytest.raises(DetectorError, match="7 minutes"):
        SynchroTrap(minutes=7)


def test_the_gap_of_co_action_can_be_set(log):
    uses = [(0, "star", 1, 0), (1, "star", 1, 24 * 60)]
    near, far = (scores(CoAction(gap_days=d, least=0.0), log(uses))[0] for d in (10.0, 0.1))
    assert near / (1 - near) == pytest.approx(np.exp(-0.1))
    assert far / (1 - far) == pytest.approx(np.exp(-10.0))


def test_uses_are_a_signal_where_there_are_some(log):
    lacking = {name: list(table.names) for name, table in TABLES.items()}
    for uses, applicable in ((shared(("wallet",)), True), ([], False)):
        noting = NotingSource(log(uses))
        SharedResources().review(LogView(noting, START + MS_PER_HOUR))
        assert ("uses.thing" in noting.signals) is applicable
        assert is_applicable(noting.signals, blind_to(noting.signals, lacking)) is applicable
