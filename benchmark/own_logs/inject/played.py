"""The sham accounts of a world that was played: their rows, as pandas."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.own_logs.inject.background import LogTables
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.schema import ENTITIES
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.truth import Truth

if TYPE_CHECKING:
    import pandas as pd

KEYS = {entity.columns[0].name: entity.name for entity in ENTITIES}
"""Tables of things, by the column of their ids."""


@dataclass
class PlayedCampaigns:
    """The sham accounts of a played world.

    Attributes:
        log: the world's log.
        accounts, requests, activity: rows of the sham accounts; requests have ``abusive``.
        things: rows of the things that they use, by the column of the ids; ``common`` marks those
            that legitimate accounts of that world use, too.
        truth, responses: rows of the truth about them.
        campaigns, supply: the other tables of the truth.
    """

    ID_COLUMNS: ClassVar[tuple[str, ...]] = (*KEYS, "key", "session", "conversation")
    log: LogTables
    accounts: pd.DataFrame
    requests: pd.DataFrame
    activity: pd.DataFrame
    truth: pd.DataFrame
    campaigns: pd.DataFrame
    supply: pd.DataFrame
    responses: pd.DataFrame
    things: dict[str, pd.DataFrame] = field(default_factory=dict)

    @classmethod
    def of(cls, log: LogTables) -> PlayedCampaigns:
        """Take the sham accounts out of a world.

        Raises:
            UsageError: if there are none, or a campaign took over accounts of others.
        """
        import pandas as pd

        truth = Truth(log.folder)
        rows = truth.accounts()
        sham = rows[rows["campaign"].notna()]
        taken = sham.loc[sham["segment"].notna(), "campaign"].astype(str).unique()
        if len(taken):
            raise UsageError(
                f"the campaign {taken[0]} takes over accounts of legitimate users, which a "
                f"background does not have; leave it out with --set campaigns.{taken[0]}=null"
            )
        if not len(sham):
            raise UsageError("the scenario has no campaign, or none began within the background")
        who = sham["account"].to_numpy()

        def own(name: str) -> pd.DataFrame:
            frame = log.frame(name)
            return frame[np.isin(frame["account"].to_numpy(), who)].reset_index(drop=True)

        requests = own("requests")
        flags = pd.concat([
            pd.DataFrame({"request": _ids(asked), "abusive": truth.abusive(asked, file).to_numpy()})
            for asked, file in truth.request_files()
        ])  # fmt: skip
        abusive = set(flags.loc[flags["abusive"], "request"].tolist())
        requests["abusive"] = requests["request"].isin(abusive)
        steps = truth.responses()
        found = cls(log, own("accounts"), requests, own("activity"), sham.reset_index(drop=True),
                    truth.campaigns(), truth.supply(),
                    steps[steps["account"].isin(who)].reset_index(drop=True))  # fmt: skip
        found._take_things(who)
        return found

    def _take_things(self, who: npt.NDArray[np.int32]) -> None:
        for column, table in KEYS.items():
            whole = self.log.frame(table).set_index(column)
            used = [f[column] for f in (self.accounts, self.requests, self.activity) if column in f]
            ids = np.unique(np.concatenate([u.dropna().to_numpy(np.int64) for u in used]))
            rows = whole.loc[ids].copy()
            users = self.log.users(column)
            ours = _users([self.accounts, self.requests, self.activity], column)
            rows["users"] = users.reindex(ids).fillna(0).astype(np.int64)
            rows["common"] = rows["users"] > ours.reindex(ids).fillna(0)
            self.things[column] = rows

    def honest(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows of legitimate accounts."""
        return frame[~np.isin(frame["account"].to_numpy(), self.truth["account"].to_numpy())]


def _users(frames: list[pd.DataFrame], column: str) -> pd.Series:
    import pandas as pd

    pairs = [f[["account", column]].dropna().drop_duplicates() for f in frames if column in f]
    return pd.concat(pairs).drop_duplicates().astype(np.int64).groupby(column).size()


def _ids(path: Path) -> npt.NDArray[np.int32]:
    ids: npt.NDArray[np.int32] = read_table(path, None, ["request"])["request"].to_numpy()
    return ids
