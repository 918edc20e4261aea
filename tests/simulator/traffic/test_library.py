"""Popular prompts: people who have nothing in common send the same ones."""

import numpy as np

from shamcrowd.simulator.traffic.conversations import LIBRARY, PASTED


def test_strangers_share_prompts_but_not_most_of_them(played):
    honest = played.truth.loc[played.truth["campaign"].isna(), "account"]
    segment = played.truth.set_index("account")["segment"].astype(str)
    rows = played.requests[played.requests["account"].isin(honest)]
    # Private people write free text: what they share is pasted.
    rows = rows[segment.reindex(rows["account"]).to_numpy() == "casual"]
    sharers = rows.groupby("sketch")["account"].nunique()
    shared = sharers.reindex(rows["sketch"]).to_numpy() > 1
    # About a third of pasted prompts are sent unchanged.
    assert 0.02 * PASTED < np.mean(shared) < PASTED
    # Some prompts are more common than if all of the library were alike.
    assert sharers.max() > 2 * len(rows) * PASTED / LIBRARY / 20
