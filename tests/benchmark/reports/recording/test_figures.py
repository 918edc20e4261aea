"""Figures on the page equal figures counted another way, straight from the tables."""

from __future__ import annotations

import html as html_text
import re

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.reports.recording.account_groups import read_groups
from shamcrowd.benchmark.reports.recording.entity_links import find_links
from shamcrowd.benchmark.reports.recording.sharing_section import shared_entities
from shamcrowd.benchmark.reports.recording.traffic_counts import count_traffic
from shamcrowd.recording.truth import Truth


@pytest.fixture(params=["quickstart", "odd", "calm"])
def folder(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def rows(folder):
    """Every request with its group, its flag and its tokens, by pandas."""
    parts = []
    for path in sorted((folder / "requests").glob("*.parquet")):
        flags = pd.read_parquet(folder / "truth" / "requests" / path.name)
        parts.append(pd.read_parquet(path).assign(abusive=flags["abusive"].to_numpy()))
    requests = pd.concat(parts, ignore_index=True)
    truth = pd.read_parquet(folder / "truth" / "accounts.parquet").set_index("account")
    group = truth["campaign"].astype(object).fillna(truth["segment"].astype(object))
    requests["group"] = requests["account"].map(group)
    served = requests["status"] == 200
    requests["tokens"] = (requests["input_tokens"] + requests["output_tokens"]).where(served, 0)
    requests["day"] = requests["time"].dt.floor("D")
    return requests


def table_rows(html, caption):
    """Cells of the rows of the first table after a heading, by the row's name."""
    table = html.split(f"<h3>{caption}</h3>")[1].split("</table>")[0]
    found = {}
    for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", table, re.S):
        cells = [re.sub("<.*?>", "", c).strip() for c in row.split("</td>")]
        name = html_text.unescape(re.split(r" ?<", row)[0])
        found[name] = [c for c in cells[1:] if c]
    return found


def test_the_head(folder, rows, html_of, checked_text):
    truth = pd.read_parquet(folder / "truth" / "accounts.parquet")
    sham = int(truth["campaign"].notna().sum())
    text = checked_text(html_of(folder))
    assert f"accounts {len(truth):,} of them sham {sham:,} " in text
    abusive = int(rows["abusive"].sum())
    assert f"requests {len(rows):,} of them abusive {abusive:,} " in text


def test_the_groups(folder, rows, html_of):
    truth = pd.read_parquet(folder / "truth" / "accounts.parquet")
    html = html_of(folder)
    tables = [(False, "Legitimate users")]
    tables += [(True, "Campaigns")] if truth["campaign"].notna().any() else []
    days = rows.groupby(["group", "account", "day"]).size()
    for sham, caption in tables:
        names = (truth["campaign"] if sham else truth["segment"]).dropna().astype(str)
        shown = table_rows(html, caption)
        assert set(shown) == set(names)
        for name, cells in shown.items():
            own = rows[rows["group"] == name]
            median = f"{days[name].median():,.1f}".removesuffix(".0") if len(own) else "—"
            wanted = [f"{int((names == name).sum()):,}", f"{len(own):,}", median,
                      f"{int(own['tokens'].sum()):,}"]  # fmt: skip
            assert cells == wanted + ([f"{int(own['abusive'].sum()):,}"] if sham else [])


def test_the_hours(folder, rows):
    truth = Truth(folder)
    people = read_groups(truth)
    hourly = count_traffic(truth, people).hourly
    start = pd.Timestamp(truth.manifest.start, unit="ms", tz="UTC")
    rows["hour"] = (rows["time"] - start) // pd.Timedelta("1h")
    for group, counted in zip(people.groups, hourly, strict=True):
        wanted = rows.loc[rows["group"] == group.name, "hour"].value_counts()
        assert counted.sum() == wanted.sum()
        assert (counted[wanted.index.to_numpy()] == wanted.to_numpy()).all()


def test_alone(quickstart, html_of, checked_text):
    folder = quickstart
    truth = pd.read_parquet(folder / "truth" / "accounts.parquet").set_index("account")
    requests = pd.concat(pd.read_parquet(p, columns=["time", "account"])
                         for p in sorted((folder / "requests").glob("*.parquet")))  # fmt: skip
    days = requests.groupby(["account", requests["time"].dt.floor("D")]).size()
    campaign = truth["campaign"].astype(object)
    who = campaign.reindex(days.index.get_level_values("account")).to_numpy()
    hydra, legitimate = days[who == "hydra"], days[pd.isna(who)]
    fullest = legitimate.groupby("account").max()
    totals = legitimate.groupby("account").sum()
    text = checked_text(html_of(folder))
    many = (fullest > hydra.max()).sum()
    busier = {0: "no legitimate account", 1: "1 legitimate account"}.get(
        many, f"{many:,} legitimate accounts"
    )
    assert (
        f"Its busiest account-day has {hydra.max():,} requests; {busier} had a busier one." in text
    )
    busier = (legitimate > hydra.median()).mean()
    said = "{:.2g} %" if busier < 0.0995 else "{:.0f} %"
    assert (
        f"{said.format(busier * 100)} of all account-days of legitimate accounts are busier" in text
    )
    ranked = days.groupby("account").max().sort_values(ascending=False)
    top = ranked.index[: round(len(truth) / 100)]
    own = int((campaign.reindex(top) == "hydra").sum())
    assert (
        f"Of the {len(top)} accounts with the busiest days (the top 1 %), {own or 'none'} " in text
    )
    high = int(hydra.sort_values().iloc[int(len(hydra) * 0.95)])
    row = [f"{hydra.median():,.1f}".removesuffix(".0"), f"{high:,}", f"{hydra.max():,}"]
    cells = "".join(f'<td class="number">{cell}</td>' for cell in row)
    assert f'<th scope="row">hydra</th>{cells}' in html_of(folder)
    ratio = hydra.sum() / totals.max()
    assert (
        f"Together its accounts make {hydra.sum():,} requests: {ratio:.2g} times as many as the "
        f"busiest legitimate account ({totals.max():,})."
    ) in text


def test_sharing(folder):
    truth = Truth(folder)
    people = read_groups(truth)
    uses = find_links(folder, people.account, count_traffic(truth, people).pairs)
    supply = {s.title: s for s in shared_entities(people, uses)}
    accounts = pd.read_parquet(folder / "accounts.parquet")
    activity = pd.concat(
        pd.read_parquet(p) for p in sorted((folder / "activity").glob("*.parquet"))
    )
    requests = pd.concat(
        pd.read_parquet(p, columns=["account", "address"])
        for p in sorted((folder / "requests").glob("*.parquet"))
    )
    boxes = pd.read_parquet(folder / "mailboxes.parquet").set_index("mailbox")["domain"]
    blocks = pd.read_parquet(folder / "phones.parquet").set_index("phone")["block"]
    phones = pd.concat([accounts, activity])[["account", "phone"]].dropna()
    pairs = {
        "address": pd.concat([accounts, activity, requests])[["account", "address"]],
        "device": pd.concat([accounts, activity])[["account", "device"]],
        "card": activity[["account", "card"]],
        "mailbox domain": accounts.assign(x=accounts["mailbox"].map(boxes))[["account", "x"]],
        "phone block": phones.assign(x=phones["phone"].map(blocks))[["account", "x"]],
    }
    sham = pd.read_parquet(folder / "truth" / "accounts.parquet").set_index("account")["campaign"]
    for title, found in pairs.items():
        both = found.set_axis(["account", "thing"], axis=1).dropna().drop_duplicates()
        both["users"] = both.groupby("thing")["account"].transform("size")
        most = both.groupby("account")["users"].max()
        assert supply[title].things == both["thing"].nunique()
        for row in supply[title].rows:
            inside = sham.isna() if row.name == "legitimate accounts" else sham == row.name
            own = np.sort(most[most.index.isin(sham.index[inside])])
            assert row.accounts == len(own)
            assert (row.median, row.most) == (own[(len(own) - 1) // 2], own[-1])
