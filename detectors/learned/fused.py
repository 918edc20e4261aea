"""Input of `fusion`: scores of several detectors, of each account and of linked accounts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from shamcrowd.detectors.base import Detector
from shamcrowd.detectors.content.prompt_sample import PromptSample
from shamcrowd.detectors.content.templates import rare_templates
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.features.table import Feature
from shamcrowd.detectors.learned.evidence import OwnFeatures
from shamcrowd.detectors.learned.neighbours import LINKED, averages, linked_columns
from shamcrowd.detectors.learned.surprise import surprise
from shamcrowd.detectors.linking.links import SharedEntities
from shamcrowd.detectors.registry import load_detector
from shamcrowd.recording.view import LogView

PARTS = ("evil-cohort", "shared-resources", "sign-up-burst", "synchrotrap", "velocity")
"""Names of the detectors whose scores are used; their code is not imported here."""
ON_TEMPLATES = "accounts it shares rare prompt templates with"
SUPPLY, TEMPLATE = "supply", "template"
SIGNALS = (*PARTS, TEMPLATE)
NAMED = (
    *OwnFeatures.columns,
    *linked_columns(LINKED, SUPPLY, OwnFeatures.columns),
    *linked_columns(ON_TEMPLATES, TEMPLATE, OwnFeatures.columns),
)
"""Columns that reasons may name."""
TOGETHER = (
    *(
        Feature(f"{s}_surprise", f"surprise of {s}", f"surprise of its {s}", "log10")
        for s in SIGNALS
    ),
    Feature("surprise", "surprise of all signals", "sum of the surprise of each", "log10"),
    Feature(
        "surprise_around",
        "surprise of all signals, and of linked accounts",
        "the sum, plus its mean over accounts linked by supply and over those linked by templates",
        "log10",
    ),
)
"""Columns in which a larger value is never less suspicious."""
FIRM = 1.0
"""Surprise from which a signal is named in a reason: one account in ten (assumed)."""


class FusedEvidence:
    """Own features, mean features of linked accounts, and the surprise of other detectors' scores.

    Accounts are linked by supply (`shamcrowd.detectors.linking.links`) and by rare prompt templates
    (`shamcrowd.detectors.content.templates`).
    """

    columns: tuple[Feature, ...] = (*NAMED, *TOGETHER)

    def __init__(self) -> None:
        self._features, self._entities, self._sample = (
            OwnFeatures(),
            SharedEntities(),
            PromptSample(),
        )
        self._parts: dict[str, Detector] = {name: load_detector(name)() for name in PARTS}
        self._score: dict[str, npt.NDArray[np.float64]] = {}
        self._reasons: dict[str, list[str]] = {}
        self._links: dict[str, sparse.csr_array] = {}

    @property
    def index(self) -> AccountIndex:
        """The accounts, in the order of the table's rows."""
        return self._features.index

    @property
    def links(self) -> sparse.csr_array:
        """Shape (accounts, accounts): links of both kinds, as of the last table."""
        return sparse.csr_array(self._links[SUPPLY] + self._links[TEMPLATE])

    def update(self, log: LogView) -> None:
        """Process the rows since the previous review, and ask every part for its findings."""
        self._features.update(log)
        self._entities.update(log)
        self._sample.update(log)
        for name, part in self._parts.items():
            found = part.review(log)
            place = self.index.of(found.account)
            score, reason = np.empty(len(place)), np.full(len(place), "", object)
            score[place] = found.score
            if found.reason is not None:
                reason[place] = np.asarray(found.reason, object)
            self._score[name], self._reasons[name] = score, reason.tolist()

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Return the table, shape (accounts, columns); means over no linked accounts are NaN."""
        own = self._features.table(now)
        templates = rare_templates(self._sample, fewest=2)
        self._links = {
            SUPPLY: self._entities.links(),
            TEMPLATE: templates.links(templates.rarity),
        }
        around = {kind: averages(links, own) for kind, links in self._links.items()}
        self._reasons[TEMPLATE] = templates.reasons(np.diff(self._links[TEMPLATE].indptr))
        scores = [*(self._score[name] for name in PARTS), around[TEMPLATE][:, 1]]
        each = np.column_stack([surprise(score) for score in scores])
        total = each.sum(axis=1)
        means = [averages(links, total[:, None])[:, 2] for links in self._links.values()]
        wider = total + np.nan_to_num(np.stack(means)).sum(axis=0)
        return np.column_stack([own, *around.values(), each, total, wider])

    def sentences(self, row: npt.NDArray[np.float64], place: int) -> list[str]:
        """Return the reasons of an account's surprising signals, the most surprising first.

        Args:
            row: the account's row of the last table.
            place: position of the account.
        """
        each = row[len(NAMED) : len(NAMED) + len(SIGNALS)]
        most = [i for i in np.argsort(-each, kind="stable").tolist() if each[i] >= FIRM]
        return [text for i in most if (text := self._reasons[SIGNALS[i]][place])]
