"""All accounts of a firm have its domain, its country and its card, or its invoice."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.core.plans import ENTERPRISE, PAY_AS_YOU_GO
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.platform.account_batch import SSO, AccountBatch
from shamcrowd.simulator.populations.common.firms import (
    TOGETHER_DAYS,
    open_as_firms,
    sign_up_together,
)
from shamcrowd.simulator.supply.identities import names
from shamcrowd.simulator.supply.places import LOCALE_OF, places
from shamcrowd.simulator.supply.store import Owner, Supply


@pytest.mark.parametrize("invoiced", [0.0, 1.0])
def test_a_firm_has_one_of_each(invoiced):
    streams = Streams(3)
    rng, supply, owner = streams("firms"), Supply(streams), Owner()
    place = places(rng.random(40))
    batch = AccountBatch.blank(np.arange(40), place, names(rng, LOCALE_OF[place]))
    who, firm = np.arange(4, 40), np.arange(36) // 3
    open_as_firms(rng, supply, owner, batch, who, firm, invoiced)
    assert (batch.mailbox[:4] == -1).all()
    assert (batch.plan[:4] == PAY_AS_YOU_GO).all()
    assert (batch.plan[4:] == (ENTERPRISE if invoiced else PAY_AS_YOU_GO)).all()
    assert ((batch.sign_in == SSO) == (invoiced == 1) * (np.arange(40) >= 4)).all()
    domain = np.array(supply.mailboxes.register.texts("domain", batch.mailbox[who]))
    for number in range(12):
        own = who[firm == number]
        assert len(set(domain[firm == number].tolist())) == 1
        assert len(set(batch.country[own].tolist())) == 1
        assert len(set(batch.card[own].tolist())) == 1
        assert len(set(batch.organisation[own].tolist())) == 1
        assert (batch.card[own] >= 0).all() == (not invoiced)
        assert (batch.organisation[own] >= 0).all() == bool(invoiced)
    assert len(set(batch.card[4:].tolist())) == (1 if invoiced else 12)


def test_accounts_of_a_group_sign_up_together_however_far_apart_others_do():
    rng = Streams(3)("firms")
    place = places(rng.random(3000))
    created = np.arange(3000, dtype=np.int64) * 7 * MS_PER_DAY
    batch = AccountBatch.blank(created.copy(), place, names(rng, LOCALE_OF[place]))
    who = np.arange(2000)
    sign_up_together(rng, batch, who, who // 2)
    apart = batch.created[1:2000:2] - batch.created[:2000:2]
    assert (batch.created[:2000:2] == created[:2000:2]).all()
    assert (batch.created[2000:] == created[2000:]).all()
    assert (apart >= 0).all()
    # A member comes at any moment within the haste of its group.
    assert apart.mean() == pytest.approx(TOGETHER_DAYS / 2 * MS_PER_DAY, rel=0.15)
