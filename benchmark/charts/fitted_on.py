"""The labels that a detector was fitted with, in words."""

from __future__ import annotations

from collections.abc import Sequence

from shamcrowd.benchmark.charts.formatting import count_range, percent
from shamcrowd.benchmark.scoring.scores import TrainingLabels
from shamcrowd.recording.counting import counted


def fitted_on(labels: Sequence[TrainingLabels], seeds: int | None = None) -> str:
    """How many training seeds, accounts named sham by their labels, and how many rightly.

    Args:
        labels: of each training seed, of one scenario or of several.
        seeds: how many training seeds there are; None: as many as ``labels``.

    >>> fitted_on([TrainingLabels(801, 190, 4, 3), TrainingLabels(802, 204, 6, 5)])
    'fitted on 2 training seeds; labels name 4 to 6 sham accounts, 80 % rightly'
    >>> fitted_on([TrainingLabels(801, 90, 1, 1)])
    'fitted on 1 training seed; labels name 1 sham account, 100 % rightly'
    >>> fitted_on([])
    ''
    """
    if not labels:
        return ""
    named, right = sum(of.named for of in labels), sum(of.right for of in labels)
    rightly = f", {percent(right / named)} rightly" if named else ""
    accounts = count_range([of.named for of in labels])
    on = counted(len(labels) if seeds is None else seeds, "training seed")
    many = "account" if accounts == "1" else "accounts"
    return f"fitted on {on}; labels name {accounts} sham {many}{rightly}"
