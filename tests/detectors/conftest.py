"""Logs with something planted in them."""

import numpy as np
import pyarrow as pa
import pytest

from shamcrowd.recording.samples import Sample, sample_log
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView


@pytest.fixture
def changed():
    """The sample log with columns of some tables replaced; None empties a table."""

    def make(log=None, /, **tables):
        log = log or sample_log()
        out = dict(log.tables)
        for table, columns in tables.items():
            if columns is None:
                out[table] = out[table].slice(0, 0)
                continue
            for name, values in columns.items():
                field = TABLES[table].schema.field(name)
                at = out[table].schema.get_field_index(name)
                array = pa.array(np.asarray(values)).cast(field.type)
                out[table] = out[table].set_column(at, field, array)
        return Sample(out, log.start, log.crowd)

    return make


@pytest.fixture
def scores_at():
    """Scores by account after reviews at some moments after the start (ms)."""

    def of(make, log, *moments):
        detector, since, found = make(), EARLIEST, None
        for moment in moments:
            now = log.start + moment
            found = detector.review(LogView(log, now, since))
            since = now
        return dict(zip(found.account.tolist(), found.score.tolist(), strict=True))

    return of
