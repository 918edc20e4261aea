"""Terms of the audit: how hard a scenario means to be, and what may give its sham accounts away.

The benchmark's audit checks recordings against them; the simulator checks the names only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from shamcrowd.recording.schema import ACTIVITY_KINDS, TABLES

Difficulty = Literal["careless", "careful", "expert"]
RULE_RECALL: dict[str, float] = {"careful": 0.05, "expert": 0.02}
"""Bound on rules of one thing, by difficulty. Source: assumed, the project's own bar."""
LOOK_ALIKE_AUC: dict[str, float] = {"careful": 0.85, "expert": 0.75}
"""Bound against the look-alike, by difficulty. Source: assumed, the project's own bar."""


THINGS = {
    *ACTIVITY_KINDS, "request", "sign-up",
    *(f"{table.name}.{column.name}" for table in TABLES.values() for column in table.columns),
}  # fmt: skip
"""What a tell may be about: an event, or a column."""


def names_a_thing(tell: str) -> bool:
    """Whether a tell begins with words and names the event or column that it is about.

    >>> names_a_thing("delay from * to first login_failed"), names_a_thing("activity.card, *")
    (True, True)
    >>> names_a_thing("*phone*"), names_a_thing("delay from *"), names_a_thing("activity.*")
    (False, False, False)
    """
    said = set(re.findall(r"[a-z_]+(?:[.-][a-z_]+)?", tell))
    return tell[:1].isalpha() and bool(said & THINGS)


class AuditTerms(BaseModel):
    """The difficulty of a scenario, or bounds of its own, and the tells that it allows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    difficulty: Difficulty | None = Field(
        default=None,
        description="How careful its campaigns are: careless, careful or expert. It sets the "
        "bounds that are not stated. Source: the scenario.",
    )
    difficulties: dict[str, Difficulty] = Field(
        default_factory=dict,
        description="Difficulty of single campaigns, by name, where they differ from the rest; a "
        "campaign named careless here is not judged. Source: the scenario.",
    )
    rule_recall: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Highest recall that a rule of one thing may reach at 0.1 % of all honest "
        "accounts; by default 0.05 if careful and 0.02 if expert. A careless scenario states it, "
        "or no rule is judged. Source: assumed, the intended difficulty of the scenario.",
    )
    look_alike_auc: float | None = Field(
        default=None,
        ge=0.5,
        le=1,
        description="Highest AUC that the red-team model, or any rule, may reach between a "
        "campaign and its paired population; by default 0.85 if careful and 0.75 if expert. "
        "Source: assumed, the intended difficulty of the scenario.",
    )
    because: str = Field(
        default="",
        description="Why a bound of 1, which nothing can break, is right here. Source: the "
        "scenario.",
    )
    paired: dict[str, str] = Field(
        default_factory=dict,
        description="For each campaign, by name, the population that is hardest to distinguish "
        "from it. Source: assumed, see the scenario.",
    )
    tells: dict[str, str] = Field(
        default_factory=dict,
        description="Rules that may give sham accounts away, because they do on real platforms: "
        "the name of the rule, in which * stands for anything, and its source in words. They are "
        "listed, not judged. Source: see each.",
    )

    @model_validator(mode="after")
    def _reasons(self) -> AuditTerms:
        free = self.rule_recall == 1 or "careless" in self.difficulties.values()
        if free and not self.because.strip():
            raise PydanticCustomError(
                "because", 'a bound of 1 cannot be broken; say why in "because", or lower it'
            )
        wide = [name for name in self.tells if not names_a_thing(name)]
        if wide:
            raise PydanticCustomError(
                "tell",
                'the tell "{name}" is too wide; begin with words and name the event or column, '
                'as "delay from * to first login_failed" and "activity.card, sharing*" do',
                {"name": wide[0]},
            )
        bare = [name for name, source in self.tells.items() if not source.strip()]
        if bare:
            raise PydanticCustomError(
                "tell", 'the tell "{name}" needs its source in words', {"name": bare[0]}
            )
        return self

    def bound_on_rules(self, campaign: str = "") -> float | None:
        """Highest recall of a rule at 0.1 % of all honest accounts; None: no bound is stated."""
        if self.rule_recall is not None:
            return self.rule_recall
        if self.difficulties.get(campaign) == "careless":
            return 1.0
        return RULE_RECALL.get(self.difficulties.get(campaign, self.difficulty) or "")

    @property
    def careless(self) -> tuple[str, ...]:
        """Campaigns that are meant to be caught by one thing alone, among others that are not."""
        return tuple(name for name, how in self.difficulties.items() if how == "careless")

    def bound_on_look_alikes(self, campaign: str = "") -> float | None:
        """Highest AUC against a look-alike; None: no bound is stated."""
        if self.look_alike_auc is not None:
            return self.look_alike_auc
        return LOOK_ALIKE_AUC.get(self.difficulties.get(campaign, self.difficulty) or "")

    def unknown(
        self, campaigns: Collection[str], populations: Collection[str]
    ) -> Iterator[tuple[str, str, str]]:
        """Yield names that are unknown: the campaign, the fault, the names that exist."""
        for campaign, population in self.paired.items():
            if campaign not in campaigns:
                yield campaign, "is not a campaign", ", ".join(campaigns) or "none"
            if population not in populations:
                what = f'is paired with "{population}", which is not a population'
                yield campaign, what, ", ".join(populations)
        for campaign in self.difficulties:
            if campaign not in campaigns:
                yield campaign, "is not a campaign", ", ".join(campaigns) or "none"
