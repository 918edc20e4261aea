"""Invented sets in the form of each source: 120 accounts, two groups of ten that act together."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import io, sparse

ACCOUNTS, GROUPS, OF_GROUP, THINGS = 120, 2, 10, 3000
SHAM = GROUPS * OF_GROUP
START = 1_640_995_200
"""1 January 2022, in seconds."""
DAY = 86_400


def actions() -> pd.DataFrame:
    """Who used what and when; the groups use four things of their own within seconds."""
    rng = np.random.default_rng(7)
    rows = [
        (who, int(rng.integers(THINGS)), START + int(rng.integers(20 * DAY)))
        for who in range(ACCOUNTS)
        for _ in range(6)
    ]
    for group in range(GROUPS):
        for thing in range(4):
            moment = START + (2 + 3 * group + 4 * thing) * DAY
            rows += [
                (group * OF_GROUP + member, THINGS + 10 * group + thing, moment + member)
                for member in range(OF_GROUP)
            ]
    found = pd.DataFrame(rows, columns=["who", "thing", "time"])
    return found.drop_duplicates(["who", "thing"]).sort_values("time").reset_index(drop=True)


def group_of(who: int) -> int | None:
    return who // OF_GROUP if who < SHAM else None


def wallet(number: int) -> str:
    return f"0x{number + 1:040x}"


def hop(folder: Path) -> None:
    data = folder / "src/data"
    (data / "transfers/erc20TokenTransfers").mkdir(parents=True)
    users = "".join(f"  '{wallet(i)}': {START + i * 3600},\n" for i in range(ACCOUNTS))
    (data / "hopUserTimestamps.ts").write_text(
        f"const hopUserTimestamps: Record<string, number> = {{\n{users}}}\n"
    )
    removed = "\n".join(wallet(i) for i in range(SHAM))
    (data / "eliminatedSybilAttackers.csv").write_text(f"address\n{removed}\n")
    first = [wallet(i) for i in range(OF_GROUP)]
    groups = [{"groupName": "0x1", "notes": "", "eliminatedAddresses": first}]
    (data / "groups.json").write_text(json.dumps(groups))
    second = ",\n".join(f"'{wallet(i)}'" for i in range(OF_GROUP, SHAM))
    (data / "customGroups.ts").write_text(
        f"const customGroups: Group[] = [\n  {{\n    groupId: 7,\n    addresses: [{second}]\n  }}"
    )
    table = actions()
    ends = [table["who"].map(wallet), (ACCOUNTS + table["thing"]).map(wallet)]
    out = pd.DataFrame({"from": ends[0], "to": ends[1]})
    into = pd.DataFrame({"from": ends[1], "to": ends[0]})
    escaped = pd.concat([out, into]).map(lambda text: text.replace("0x", "\\x"))
    escaped.to_csv(data / "transfers/erc20TokenTransfers/polygon_batch_0.csv", index=False)


def hop_reduced(folder: Path) -> None:
    pd.DataFrame({
        "account": np.arange(ACCOUNTS, dtype=np.int32),
        "first_use_ms": (START + np.arange(ACCOUNTS) * 3600) * 1000,
        "group": [group_of(i) for i in range(ACCOUNTS)],
    }).to_parquet(folder / "hop_accounts.parquet")  # fmt: skip
    table = actions()
    edges = pd.DataFrame({"account": table["who"], "counterparty": ACCOUNTS + table["thing"]})
    both = [edges.assign(direction=way) for way in ("out", "in")]
    own = pd.DataFrame({"account": np.arange(ACCOUNTS), "counterparty": np.arange(ACCOUNTS)})
    pd.concat([*both, own.assign(direction="own")]).to_parquet(folder / "hop_edges.parquet")


def bitcoin_otc(folder: Path) -> None:
    rows = [("1", f"{i + 2}", "10", START) for i in range(SHAM, SHAM + 20)]
    rows += [("1", f"{i + 2}", "-10", START) for i in range(SHAM)]
    rows += [(f"{w + 2}", f"{1000 + t}", "3", s) for w, t, s in actions().itertuples(index=False)]
    pd.DataFrame(rows).to_csv(folder / "soc-sign-bitcoinotc.csv", index=False, header=False)


def bitcoin_otc_named(folder: Path) -> None:
    bitcoin_otc(folder)
    (folder / "otc_gt.csv").write_text("2,-1\n3,-1\n30,1\n31,1\n999999,1\n")


def coortweet(folder: Path) -> None:
    table = actions()
    pd.DataFrame({
        "object_id": table["thing"].map("post-{}".format), "account_id": table["who"].map(str),
        "content_id": np.arange(len(table)), "timestamp_share": table["time"].astype(float),
    }).to_csv(folder / "posts.csv", index=False)  # fmt: skip


def coortweet_named(folder: Path) -> None:
    table = actions()
    pd.DataFrame({
        "account_id": table["who"], "url_id": table["thing"], "hashtag_id": table["thing"] % 7,
        "domain_id": np.nan, "timestamp": table["time"],
    }).to_csv(folder / "posts.csv", index=False)  # fmt: skip
    labels = pd.DataFrame({"account_id": np.arange(100), "label": (np.arange(100) < SHAM) * 1})
    labels.to_csv(folder / "labels.csv", index=False)


def starscout(folder: Path) -> None:
    table = actions()
    when = pd.to_datetime(table["time"], unit="s", utc=True).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    stars = pd.DataFrame({
        "actor": table["who"].map("user-{}".format),
        "repo_name": table["thing"].map("o/r{}".format),
        "starred_at": when,
    })  # fmt: skip
    bad = table["who"] < SHAM
    stars[~bad].to_csv(folder / "stars.csv.gz", index=False)
    fake = stars[bad].rename(columns={"actor": "name", "repo_name": "github"})
    fake.to_csv(folder / "fake_stars_obvious_users.csv", index=False)


def yelp_chi(folder: Path) -> None:
    """The matrices: a review a row."""
    table = actions()
    same = {
        "net_rur": table["who"], "net_rsr": table["thing"], "net_rtr": table["thing"] // 2,
    }  # fmt: skip
    held = {name: _alike(column.to_numpy()) for name, column in same.items()}
    io.savemat(
        folder / "YelpChi.mat", {**held, "label": [(table["who"] < SHAM).to_numpy().astype(float)]}
    )


def yelp_chi_dated(folder: Path) -> None:
    lines = [
        f"{who}\t{thing}\t5.0\t{-1 if who < SHAM else 1}\t"
        f"{pd.Timestamp(time, unit='s').date().isoformat()}"
        for who, thing, time in actions().itertuples(index=False)
    ]
    (folder / "metadata").write_text("\n".join(lines) + "\n")


def _alike(codes: np.ndarray) -> sparse.csc_matrix:
    one = sparse.csc_matrix((np.ones(len(codes)), (np.arange(len(codes)), codes)))
    return sparse.csc_matrix(one @ one.T)


def dgraph_fin(folder: Path) -> None:
    table = actions()
    y = np.where(np.arange(ACCOUNTS + THINGS + 20) < SHAM, 1, 0)
    y[ACCOUNTS:] = 2
    y[SHAM : SHAM + 30] = 3
    np.savez(
        folder / "dgraphfin.npz", y=y, x=np.zeros((len(y), 2)),
        edge_index=np.stack([table["who"], ACCOUNTS + table["thing"]], axis=1),
        edge_timestamp=(table["time"] - START) // DAY + 1,
    )  # fmt: skip


def io_icwsm_2025(folder: Path) -> None:
    table = actions()
    when = pd.to_datetime(table["time"], unit="s").dt.strftime("%Y-%m-%d %H:%M")
    posts = pd.DataFrame({
        "userid": table["who"].map("u{}".format), "tweet_time": when,
        "retweet_tweetid": table["thing"], "hashtags": "['a', 'b']",
        "urls": [f"['http://x.example/{t}']" if t % 3 else "" for t in table["thing"]],
    })  # fmt: skip
    for number in range(GROUPS):
        campaign = folder / f"campaign-{number}"
        campaign.mkdir()
        mine = table["who"].map(group_of) == number
        posts[mine].to_csv(campaign / "tweets_io.csv", index=False)
        rest = (table["who"] >= SHAM) & (table["who"] % GROUPS == number)
        control = posts[rest].rename(columns={"userid": "author_id", "tweet_time": "created_at"})
        control.to_csv(campaign / "tweets_control.csv", index=False)


def own_table(folder: Path) -> None:
    label = ["sham"] * SHAM + ["honest"] * (ACCOUNTS - SHAM - 10) + [None] * 10
    pd.DataFrame({
        "account": np.arange(ACCOUNTS), "label": label,
        "group": [group_of(i) for i in range(ACCOUNTS)],
    }).to_csv(folder / "accounts.csv", index=False)  # fmt: skip
    table = actions().rename(columns={"who": "account"}).assign(kind="coupon")
    table.to_csv(folder / "events.csv", index=False)


SETS = {
    "hop": (hop, hop_reduced),
    "bitcoin-otc": (bitcoin_otc, bitcoin_otc_named),
    "coortweet": (coortweet, coortweet_named),
    "starscout": (starscout,),
    "yelp-chi": (yelp_chi, yelp_chi_dated),
    "dgraph-fin": (dgraph_fin,),
    "io-icwsm-2025": (io_icwsm_2025,),
    "own-table": (own_table,),
}
"""What writes each set, in every form that is read."""
