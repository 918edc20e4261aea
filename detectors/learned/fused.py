"""The evidence of several detectors on each account, and on the accounts it is linked to."""

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
"""Detectors whose findings are evidence, by name: nothing of their code is known here."""
ON_TEMPLATES = "accounts it shares rare prompt templates with"
SUPPLY, TEMPLATE = "supply", "template"
SIGNALS = (*PARTS, TEMPLATE)
NAMED = (
    *OwnFeatures.columns,
    *linked_columns(LINKED, SUPPLY, OwnFeatures.columns),
    *linked_columns(ON_TEMPLATES, TEMPLATE, OwnFeatures.columns),
)
"""The columns that can be told in words of their own."""
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
"""More of these is never less suspicious."""
FIRM = 1.0
"""What one account in ten reaches is worth telling (assumed)."""


class FusedEvidence:
    """Features, those of linked accounts, and what detectors of other signals find surprising.

    Two kinds of link: by supply (`shamcrowd.detectors.linking.links`) and by rare prompt templates
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
        self._said: dict[str, list[str]] = {}
        self._links: dict[str, sparse.csr_array] = {}

    @property
    def index(self) -> AccountIndex:
        """The accounts, in the order of the table's rows."""
        return self._features.index

    @property
    def links(self) -> sparse.csr_array:
        """Shape (accounts, accounts): by supply and by templates, as of the last table."""
        return sparse.csr_array(self._links[SUPPLY] + self._links[TEMPLATE])

    def update(self, log: LogView) -> None:
        """Take in what came since the last review, and hear every part."""
        self._features.update(log)
        self._entities.update(log)
        self._sample.update(log)
        for name, part in self._parts.items():
            found = part.review(log)
            place = self.index.of(found.account)
            score, said = np.empty(len(place)), np.full(len(place), "", object)
            score[place] = found.score
            if found.reason is not None:
                said[place] = np.asarray(found.reason, object)
            self._score[name], self._said[name] = score, said.tolist()

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Shape (accounts, columns); NaN for the linked accounts of one that has none."""
        own = self._features.table(now)
        templates = rare_templates(self._sample, fewest=2)
        self._links = {
            SUPPLY: self._entities.links(),
            TEMPLATE: templates.links(templates.rarity),
        }
        around = {kind: averages(links, own) for kind, links in self._links.items()}
        self._said[TEMPLATE] = templates.reasons(np.diff(self._links[TEMPLATE].indptr))
        scores = [*(self._score[name] for name in PARTS), around[TEMPLATE][:, 1]]
        each = np.column_stack([surprise(score) for score in scores])
        total = each.sum(axis=1)
        means = [averages(links, total[:, None])[:, 2] for links in self._links.values()]
        wider = total + np.nan_to_num(np.stack(means)).sum(axis=0)
        return np.column_stack([own, *around.values(), each, total, wider])

    def sentences(self, row: npt.NDArray[np.float64], place: int) -> list[str]:
        """What is surprising of an account in the words of its signals, the most surprising first.

        ``row`` is its row of the last table.
        """
        each = row[len(NAMED) : len(NAMED) + len(SIGNALS)]
        most = [i for i in np.argsort(-each, kind="stable").tolist() if each[i] >= FIRM]
        return [told for i in most if (told := self._said[SIGNALS[i]][place])]
