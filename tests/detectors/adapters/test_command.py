"""Programs in other languages: what they are given, what they answer, how they fail."""

import os
import signal
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from shamcrowd.detectors.adapters.command import CommandDetector, command
from shamcrowd.detectors.registry import load_detector
from shamcrowd.recording.errors import DetectorError, MissingExtraError, UsageError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY
from shamcrowd.recording.view import LogView

LOG = sample_log()
VIEW = LogView(LOG, LOG.start + 3 * MS_PER_DAY)
EXAMPLE = Path(__file__).parents[3] / "docs/examples/same_device.py"


def python(text, tables, **kwargs):
    return command([sys.executable, "-c", textwrap.dedent(text)], tables, **kwargs)


def test_the_example_in_perl_counts_as_pandas_does():
    detector, since, found = load_detector(f"{EXAMPLE}:SameDevice")(), EARLIEST, None
    for day in (1, 2, 3):
        now = LOG.start + day * MS_PER_DAY
        found = detector.review(LogView(LOG, now, since))
        since = now
    accounts = VIEW.accounts(["account", "device"]).set_index("account")["device"]
    expected = accounts.map(accounts.value_counts()) - 1
    assert np.array_equal(expected.loc[found.account].to_numpy(), found.score)
    most = int(found.score.argmax())
    assert found.reason[most] == f"{found.score[most]:.0f} others signed up on its device"


def test_awk_reads_the_csv_too():
    counts = 'BEGIN { print "account,score" > out } NR > 1 { n[$2]++ } '
    counts += 'END { for (a in n) print a "," n[a] > out }'
    argv = ["awk", "-F,", "-v", "out=findings.csv", counts, "requests.csv"]
    found = command(argv, {"requests": ["time", "account"]}, form="csv")().review(VIEW)
    expected = VIEW.requests(["account"]).value_counts("account")
    assert (found.score == expected.reindex(found.account, fill_value=0)).all()


READS = """
    import json, os
    import pyarrow as pa, pyarrow.parquet as pq
    told = json.load(open("arguments.json"))
    rows = pq.read_table(told["tables"]["requests"])
    assert rows.column_names == ["time", "account"]
    times = rows["time"].cast(pa.int64()).to_numpy()
    since = told["since"] if os.path.exists("state") else None
    assert since is None or times.min() > since
    assert times.max() <= told["now"]
    seen = int(open("state").read()) if os.path.exists("state") else 0
    open("state", "w").write(str(seen + len(rows)))
    files = {"arguments.json", "requests.parquet", "state"}
    assert set(os.listdir()) == files, os.listdir()
    first = rows["account"][:1]
    pq.write_table(pa.table({"account": first, "score": [float(seen + len(rows))]}),
                   told["findings"])
"""


@pytest.mark.parametrize("incremental", [True, False])
def test_parquet_and_memory(incremental):
    detector = python(READS, {"requests": ["time", "account"]}, incremental=incremental)()
    since = EARLIEST
    if not incremental:
        detector.review(VIEW)  # nothing is remembered of it
    for now in (LOG.start + MS_PER_DAY, LOG.start + 3 * MS_PER_DAY):
        log = LogView(LOG, now, since)
        found = detector.review(log)
        assert found.score.max() == len(log.requests())
        since = now


def test_csv_is_plain():
    text = """
        lines = open("accounts.csv").read().splitlines()
        assert lines[0] == '"account","created","country","phone"', lines[0]
        account, created, country, phone = lines[1].split(",")
        assert 1.7e12 < int(created) < 1.8e12 and country[0] == country[-1] == '"'
        open("findings.csv", "w").write("account,score,reason\\n%s,1,\\"a, b\\"\\n" % account)
    """
    columns = ["account", "created", "country", "phone"]
    found = python(text, {"accounts": columns}, form="csv")().review(VIEW)
    assert [r for r in found.reason if r] == ["a, b"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import sys; sys.exit('no luck today')", "ended with code 1: no luck today"),
        ("raise SystemExit(3)", "ended with code 3: it printed nothing"),
        ("import os; os.kill(os.getpid(), 9)", "ended with code -9"),
        ("pass", "ended without an error but wrote no findings.csv"),
        ("open('findings.csv', 'w').write('account,score\\n1,much\\n')", "cannot be read: .*much"),
        ("open('findings.csv', 'w')", "cannot be read"),
        ("open('findings.csv', 'w').write('account\\n1\\n')", "needs account and score"),
    ],
)
def test_a_program_that_fails(text, said):
    with pytest.raises(DetectorError, match=said):
        python(text, {"accounts": ["account"]}, form="csv")().review(VIEW)


def test_no_such_program_is_unavailable_and_not_failed():
    make = command(["a-program-that-nobody-has"], {"accounts": ["account"]})
    with pytest.raises(MissingExtraError, match="needs the program 'a-program-that-nobody-has'"):
        make().review(VIEW)


@pytest.mark.parametrize(
    ("tables", "said"), [({"people": ["name"]}, "no people"), ({"accounts": ["nmae"]}, "no nmae")]
)
def test_unknown_tables_and_columns(tables, said):
    with pytest.raises(UsageError, match=said):
        CommandDetector(["true"], tables, "csv", False)


def test_its_files_are_part_of_it():
    files = load_detector(f"{EXAMPLE}:SameDevice").files
    assert [p.name for p in files] == ["same_device.pl"]


def test_what_it_leaves_running_is_not_waited_for(tmp_path):
    """A process of its own holds its output open, and lives longer than it does."""
    left = tmp_path / "left"
    text = f"""
        import subprocess, sys
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        open({str(left)!r}, "w").write(str(child.pid))
        print("told", flush=True)
        sys.exit(3)
    """
    begun = time.monotonic()
    try:
        with pytest.raises(DetectorError, match="ended with code 3: told"):
            python(text, {})().review(VIEW)
        assert time.monotonic() - begun < 300
    finally:
        os.kill(int(left.read_text()), signal.SIGKILL)
