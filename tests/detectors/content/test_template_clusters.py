"""Planted families of templates are recovered; a world without any is left in peace."""

import numpy as np

from shamcrowd.detectors.content.template_clusters import TemplateClusters
from shamcrowd.detectors.content.templates import CAP
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView


def review(log, days=3):
    return TemplateClusters().review(LogView(log, log.start + days * MS_PER_DAY))


def test_a_crowd_on_templates_is_one_cluster(planted):
    log = planted(lambda log: log.crowd, templates=20)
    found = review(log)
    crowd = np.isin(found.account, log.crowd)
    assert (found.score[crowd] > 10).mean() >= 0.9
    assert not found.score[~crowd].any()
    cluster = found.cluster[crowd]
    assert (cluster == np.bincount(cluster[cluster >= 0]).argmax()).mean() >= 0.9
    assert (found.cluster[~crowd] == -1).all()
    reason = found.reason[int(np.flatnonzero(crowd & (found.score > 10))[0])]
    assert "templates 9" in reason
    assert "% alike with those of 11 accounts" in reason


def test_two_crowds_are_two_clusters(planted):
    log = planted(lambda log: log.crowd, templates=20)
    account, sketch = (log.tables["requests"][n].to_numpy() for n in ("account", "sketch"))
    other = log.tables["accounts"]["account"].to_numpy()[12:24]
    rng = np.random.default_rng(1)
    templates = rng.integers(2**64, size=20, dtype=np.uint64)
    mine = np.isin(account, other)
    values = np.where(mine, templates[rng.integers(20, size=len(account))], sketch)
    at = log.tables["requests"].schema.get_field_index("sketch")
    table = log.tables["requests"]
    log.tables["requests"] = table.set_column(at, table.field(at), [values])
    found = review(log)
    one = set(found.cluster[np.isin(found.account, log.crowd)].tolist())
    two = set(found.cluster[np.isin(found.account, other)].tolist())
    assert not (one & two) - {-1}


def test_nobody_is_suspected_without_templates():
    found = review(sample_log(accounts=400))
    assert not found.score.any()
    assert (found.cluster == -1).all()


def test_a_fashion_says_nothing(planted):
    def everybody(log):
        return log.tables["accounts"]["account"].to_numpy()

    many = review(planted(everybody, templates=5, share=1.0, flips=0, accounts=CAP + 60))
    few = review(planted(everybody, templates=5, share=1.0, flips=0, accounts=CAP - 60))
    assert few.score.mean() > 1
    assert not many.score.any()


def test_what_paraphrase_takes_away(planted):
    """The limit that the docstring names: prompts further apart than the threshold."""
    log = planted(lambda log: log.crowd, templates=20, flips=12)
    assert not review(log).score.any()
