"""StarScout: accounts on GitHub whose stars look bought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from shamcrowd.benchmark.transfer.labelled import (
    HONEST,
    NO_GROUP,
    SHAM,
    Labelled,
    Numbering,
    ThingUses,
    first_moments,
)
from shamcrowd.benchmark.transfer.saved_tables import moments, read_saved
from shamcrowd.benchmark.transfer.set_base import ONE_KIND, LabelledSet
from shamcrowd.detectors.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

_STARS, _FAKE = "stars*.csv*", "fake_stars*users*.csv*"


class StarScout(LabelledSet):
    """Stars of repositories, with the accounts that StarScout suspects."""

    title: ClassVar[str] = "StarScout: suspected fake stars on GitHub"
    source: ClassVar[str] = (
        "https://github.com/hehao98/StarScout; He et al., 4.5 Million (Suspected) Fake Stars in "
        "GitHub (https://arxiv.org/abs/2412.13459)"
    )
    licence: ClassVar[str] = "Apache-2.0 (the repository)"
    save: ClassVar[str] = (
        "fake_stars_*_users.csv of the repository (columns github, name, starred_at), and "
        "stars.csv with the stars of ordinary accounts on repositories of your choice (columns "
        "actor, repo_name, starred_at, as in data/copycatch_test), from GH Archive: the repository "
        "holds no stars of ordinary accounts"
    )
    patterns: ClassVar[tuple[tuple[str, ...], ...]] = ((_STARS, _FAKE),)
    things: ClassVar[str] = "repositories that were starred"
    labels: ClassVar[str] = (
        "sham are accounts in fake_stars_*_users.csv, which StarScout's rules call low-activity or "
        "in lockstep; honest are all others in stars.csv"
    )
    not_labels: ClassVar[str] = (
        "suspicions of two rules; the second links accounts by what they starred and when. "
        "Its authors warn that single accounts may be wrong. Who is not named is not known to be "
        "honest"
    )
    independent: ClassVar[bool] = False
    grouped: ClassVar[bool] = False
    settings: ClassVar[Mapping[str, Settings]] = ONE_KIND

    def read(self, folder: Path) -> Labelled:
        """Read both tables."""
        import pandas as pd

        files = self.chosen(folder)
        all_stars = [_stars(path, ("actor", "name")) for path in files[_STARS]]
        fake = [_stars(path, ("name", "actor")) for path in files[_FAKE]]
        named = sorted({name for one in fake for name in one["actor"]})
        stars = pd.concat([*all_stars, *fake], ignore_index=True).drop_duplicates()
        index = Numbering()
        who = index.of(stars["actor"])
        time = stars["time"].to_numpy(np.int64)
        label = np.full(len(index), HONEST, np.int8)
        label[index.of(named)] = SHAM
        uses = ThingUses("repository", who, Numbering().of(stars["repository"]), time)
        created = first_moments(len(index), (who, time))
        return Labelled(created, label, np.full(len(index), NO_GROUP), who, time, (uses,))


def _stars(path: Path, account: Sequence[str]) -> pd.DataFrame:
    table = read_saved(path, [account, ("repo_name", "github", "repo"), "starred_at"]).dropna()
    table.columns = ["actor", "repository", "time"]
    table["time"] = moments(table["time"], path, "starred_at")
    return table
