"""Each labelled set is read from the form that its source has, or refused with what is wrong."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.transfer.labelled import HONEST, NO_GROUP, SHAM, UNKNOWN
from shamcrowd.benchmark.transfer.registry import labelled_sets
from shamcrowd.recording.errors import UsageError

spec = importlib.util.spec_from_file_location("invented", Path(__file__).with_name("invented.py"))
assert spec is not None
assert spec.loader is not None
invented = importlib.util.module_from_spec(spec)
spec.loader.exec_module(invented)
FORMS = [(name, write) for name, writers in invented.SETS.items() for write in writers]


def read(name, write, folder):
    write(folder)
    return labelled_sets().load(name).read(folder)


def test_every_set_has_an_invented_one():
    assert set(invented.SETS) == set(labelled_sets())


@pytest.mark.parametrize(("name", "write"), FORMS, ids=lambda one: getattr(one, "__name__", one))
def test_positions_and_moments_are_in_range(name, write, tmp_path):
    held = read(name, write, tmp_path)
    n = len(held.created)
    assert len(held.label) == len(held.group) == n
    assert {*held.label.tolist()} <= {SHAM, HONEST, UNKNOWN}
    assert (held.label == SHAM).any()
    assert (held.label == HONEST).any()
    assert (held.group[held.label != SHAM] == NO_GROUP).all()
    for who, time in [(held.who, held.time), *((one.who, one.time) for one in held.uses)]:
        assert 0 <= who.min() <= who.max() < n
        assert len(who) == len(time)
        # A use may be of no moment of its own; none is before its account is known.
        assert (time >= held.created[who]).all()
    assert held.uses
    assert all(one.thing.min() >= 0 for one in held.uses)


@pytest.mark.parametrize(
    ("name", "write", "sham", "honest", "unknown", "groups"),
    [
        ("hop", invented.hop, 20, 100, 0, 2),
        ("hop", invented.hop_reduced, 20, 100, 0, 2),
        # The founder and the twenty that he trusts; the ratees are unknown.
        ("bitcoin-otc", invented.bitcoin_otc, 20, 21, None, 0),
        ("bitcoin-otc", invented.bitcoin_otc_named, 2, 2, None, 0),
        ("coortweet", invented.coortweet, 20, 100, 0, 2),
        ("coortweet", invented.coortweet_named, 20, 80, 20, 1),
        ("starscout", invented.starscout, 20, 100, 0, 0),
        ("yelp-chi", invented.yelp_chi, 20, 100, 0, 0),
        ("yelp-chi", invented.yelp_chi_dated, 20, 100, 0, 0),
        ("dgraph-fin", invented.dgraph_fin, 20, 70, 3050, 0),
        ("io-icwsm-2025", invented.io_icwsm_2025, 20, 100, 0, 2),
        ("own-table", invented.own_table, 20, 90, 10, 2),
    ],
)  # fmt: skip
def test_labels_and_groups(name, write, sham, honest, unknown, groups, tmp_path):
    held = read(name, write, tmp_path)
    assert (held.label == SHAM).sum() == sham
    assert (held.label == HONEST).sum() == honest
    if unknown is not None:
        assert (held.label == UNKNOWN).sum() == unknown
    assert len(set(held.group.tolist()) - {NO_GROUP}) == groups


def test_both_forms_of_hop_say_the_same(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    whole, reduced = (
        read("hop", write, tmp_path / where)
        for write, where in ((invented.hop, "a"), (invented.hop_reduced, "b"))
    )
    assert whole.label.tolist() == reduced.label.tolist()
    assert whole.created.tolist() == reduced.created.tolist()
    for one, other in zip(whole.uses, reduced.uses, strict=True):
        assert one.kind == other.kind
        # The same accounts share things, whatever these are called.
        assert users(one) == users(other)


def users(uses):
    frame = pd.DataFrame({"who": uses.who, "thing": uses.thing})
    return sorted(sorted(part.tolist()) for _, part in frame.groupby("thing")["who"])


def test_a_payment_from_one_to_another_is_shared(tmp_path):
    invented.hop(tmp_path)
    path = tmp_path / "src/data/transfers/erc20TokenTransfers/polygon_batch_1.csv"
    path.write_text(f"from,to\n{invented.wallet(50)},{invented.wallet(60)}\n")
    held = labelled_sets().load("hop").read(tmp_path)
    for one in held.uses:
        things = [set(one.thing[one.who == who].tolist()) for who in (50, 60)]
        assert things[0] & things[1]


def test_reviews_of_the_matrices_are_of_one_moment(tmp_path):
    held = read("yelp-chi", invented.yelp_chi, tmp_path)
    assert len(np.unique(held.time)) == 1
    assert {one.kind for one in held.uses} == {"product with a rating", "product in a month"}
    # The twelve of a reviewer are one account.
    assert len(held.label) == invented.ACCOUNTS


def test_moments_of_days_and_minutes_are_utc(tmp_path):
    held = read("io-icwsm-2025", invented.io_icwsm_2025, tmp_path)
    assert held.time.min() // 60_000 * 60 >= invented.START
    assert {one.kind for one in held.uses} == {"post shared", "hashtag", "address shared"}


def test_the_files_that_are_read_are_named_with_their_digest(tmp_path):
    invented.bitcoin_otc(tmp_path)
    (tmp_path / "notes.txt").write_text("not read")
    (one,) = labelled_sets().load("bitcoin-otc").used(tmp_path)
    held = (tmp_path / "soc-sign-bitcoinotc.csv").read_bytes()
    assert (one.name, one.bytes) == ("soc-sign-bitcoinotc.csv", len(held))
    assert one.sha256 == hashlib.sha256(held).hexdigest()


@pytest.mark.parametrize("name", list(invented.SETS))
def test_an_empty_folder_says_what_to_save(name, tmp_path):
    about = labelled_sets().load(name)
    with pytest.raises(UsageError) as error:
        about.read(tmp_path)
    assert about.save in str(error.value)
    with pytest.raises(UsageError, match="no such folder"):
        about.read(tmp_path / "nowhere")


OTC = "soc-sign-bitcoinotc.csv"
WRONG = [
    ("bitcoin-otc", OTC, "1,2,ten,1289241912\n", "rating of row 1 is no number: 'ten'"),
    ("bitcoin-otc", OTC, "1,2,3,soon\n", "time of row 1 is no moment: 'soon'"),
    ("bitcoin-otc", OTC, "7,2,3,1289241912\n", "has no member 1, the founder"),
    ("bitcoin-otc", OTC, "", "holds no row"),
    ("coortweet", "posts.csv", "account,when\n1,2\n", "account_id; it has: account, when"),
    ("hop", "src/data/hopUserTimestamps.ts", "nothing", "holds no wallet"),
    ("hop", "src/data/groups.json", "[{}]", "is no list of groups"),
    ("dgraph-fin", "dgraphfin.npz", "PK", "is not the set's file"),
    ("yelp-chi", "YelpChi.mat", "MATLAB", "is not the set's file"),
    ("own-table", "accounts.csv", "account,label,group\na,1,\na,0,\n", "stands there twice"),
    ("own-table", "accounts.csv", "account,label,group\na,maybe,\n", "label of row 1 is 'maybe'"),
    ("own-table", "accounts.csv", "account,label,group\na,1,\n", "account '.*' of row 1 is not in"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file", "text", "said"), WRONG)
def test_a_file_that_is_something_else_is_named(name, file, text, said, tmp_path):
    invented.SETS[name][0](tmp_path)
    (tmp_path / file).write_text(text)
    with pytest.raises(UsageError, match=said) as error:
        labelled_sets().load(name).read(tmp_path)
    assert str(tmp_path) in str(error.value) or "founder" in said
