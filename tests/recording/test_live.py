"""What a run in progress has put down is shown once, at the review after it was made."""

import numpy as np
import pyarrow as pa

from shamcrowd.recording.live import (
    LiveSource,
    begin_live,
    live_path,
    write_live,
    write_live_review,
)
from shamcrowd.recording.samples import START, sample_log
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.units import EARLIEST, MS_PER_HOUR
from shamcrowd.recording.view import LogView

HOUR = MS_PER_HOUR


def test_each_row_is_new_once_and_never_before_it_was_made(tmp_path):
    """Rows lie on the very milliseconds of the reviews, and just beside them."""
    begin_live(tmp_path, START, HOUR)
    source, shown = LiveSource(tmp_path), {"requests": [], "accounts": []}
    made = {name: [] for name in shown}
    for number in range(3):
        begin, now = START + number * HOUR, START + (number + 1) * HOUR
        for name, rows in shown.items():
            spec = TABLES[name]
            times = [begin, begin + 1, now - 1]
            table = sample_log().tables[name].slice(3 * number, 3)
            at = spec.schema.get_field_index(spec.seen)
            moments = pa.array(times, pa.int64()).view(spec.schema.field(at).type)
            table = table.set_column(at, spec.schema.field(at), moments)
            if name == "accounts":
                write_live_review({name: table}, tmp_path, number)
            else:
                write_live(table, spec, live_path(tmp_path, name, number, 0))
            made[name] += times
            log = LogView(source, now, now - HOUR if number else EARLIEST)
            for view, expected in ((log, made[name]), (log.new, times)):
                found = view.arrow(name, [spec.seen]).column(0).cast(pa.int64()).to_pylist()
                assert sorted(found) == expected
            rows += log.new.arrow(name, [spec.seen]).column(0).cast(pa.int64()).to_pylist()
    assert all(sorted(rows) == made[name] for name, rows in shown.items())
    # An earlier moment shows no more than it did.
    earlier = LogView(source, START + HOUR).arrow("requests", ["time"])
    assert np.array_equal(earlier.column(0).cast(pa.int64()), made["requests"][:3])
