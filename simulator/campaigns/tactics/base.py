"""What a tactic is: parameters, evasion knobs, and the campaign as a SimPy process."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.campaigns.evasion import Evasion
from shamcrowd.simulator.campaigns.kit import default_mixture, kit, known_kits
from shamcrowd.simulator.campaigns.prompt_source import MOST_COMMON, PromptSource
from shamcrowd.simulator.campaigns.unknown_name import unknown_name
from shamcrowd.simulator.catalogues import (
    population_catalogue,
    strategy_catalogue,
    tactic_catalogue,
)
from shamcrowd.simulator.core.duration import Duration
from shamcrowd.simulator.lifecycle.life_parameters import PERSON, LifeParameters
from shamcrowd.simulator.lifecycle.retention import FARMED, Retention
from shamcrowd.simulator.traffic.usage_profile import UsageProfile

if TYPE_CHECKING:
    import simpy

    from shamcrowd.simulator.campaigns.campaign import Campaign


class Tactic(BaseModel):
    """Base of all tactics; each subclass has a file of its own and plays one kind of abuse.

    Its fields are the parameters in a scenario. `run` is the campaign as a process: recruit, age,
    work, move to new models, replace, end.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: ClassVar[str]
    """Where it is described: a paper, a report, the threat model, or ``assumed``."""
    example: ClassVar[Mapping[str, Any]]
    """Settings of a small campaign, all but ``start`` and ``duration``."""
    looks_like: ClassVar[str] = ""
    """The population it is most easily mistaken for, by name; "" for one that opens no accounts."""
    hijacks: ClassVar[bool] = False
    """Whether it works on accounts of legitimate users and opens none."""
    pivots: ClassVar[tuple[float, float] | None] = None
    """Share of its work that moves to a new model, and within about how many hours; None: it does
    not move, except as far as it imitates legitimate users."""
    retention: ClassVar[Retention] = FARMED
    """How long it keeps accounts in use that imitate nobody."""
    sells: ClassVar[Literal["", "tokens", "codes"]] = ""
    """What it is paid for: tokens resold, or codes sent to its numbers."""
    stolen_cards: ClassVar[bool] = False
    """Whether it pays with stolen cards, whose owners pay the charges."""
    busiest: ClassVar[float] = 200.0
    """Most requests a day that its operators ask of one account after losses; fewer if they keep
    human hours (see `Pacing`). Threat model A1 and A7."""
    ladder: ClassVar[tuple[str, ...]] = (
        "one-machine", "webmail-farm", "sticky-residential", "antidetect",
    )  # fmt: skip
    """Kits that it chooses from by `evasion.rotation`, unless its scenario names kits."""
    stocks: ClassVar[float] = 0.0
    """Share of its accounts that it had before the recording at an `ageing` of 1, if it begins with
    the recording; 0 for one that opens accounts as it needs them. Assumed, about as many as are
    older among legitimate users."""
    quantities: ClassVar[tuple[str, ...]] = ("accounts",)
    """Parameters whose amount a recording must contain, see `asked`."""
    one_each: ClassVar[str] = ""
    """The quantity of which every account needs one at least; "" for none."""

    tactic: str = Field(description="Kind of abuse: the tactic's name. Source: the scenario.")
    accounts: int = Field(
        ge=2,
        le=5_000_000,
        description="Accounts opened, or taken over, in the whole campaign, replacements included. "
        "Source: the scenario.",
        json_schema_extra={"scales": True},
    )
    start: Duration | None = Field(
        default=None,
        description="From the recording's start to the first sign-up; none if it follows another "
        "campaign. Source: the scenario.",
    )
    follows: str | None = Field(
        default=None,
        max_length=41,
        description="The campaign, by its name in the scenario, whose operator begins this one "
        "once that one is given up, in the closed loop only. Instead of `start`. "
        "Source: assumed, see the scenario.",
    )
    duration: Duration = Field(
        gt=0, description="From the first sign-up to the last request. Source: the scenario."
    )
    evasion: Evasion = Field(
        default_factory=Evasion,
        description="Evasion knobs, 0 to 1. Source: assumed, swept.",
    )
    kits: dict[str, float] | None = Field(
        default=None,
        min_length=1,
        description="Shares of its accounts by the kit that they are made with, in any unit; by "
        "default the tactic's kits next to `evasion.rotation`, and `as-people` as far as "
        "`evasion.mimicry` says. Source: assumed, see the scenario.",
    )
    spread: float = Field(
        default=1.4,
        ge=0,
        le=3,
        description="Standard deviation of the logarithm of the rate of work between its accounts, "
        "except those that imitate. Source: assumed, so that volume is no sign of a campaign: in "
        "four labelled sets its AUC is 0.18 to 0.49.",
    )
    spares: float = Field(
        default=0.37,
        ge=0,
        le=0.9,
        description="Share of its accounts that are kept in reserve and never work, except those "
        "that imitate. Source: 37 % of fraudulent accounts had not attacked after three months "
        "(threat model, section 3).",
    )
    stock: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Share of its accounts that it opened or bought before the recording, if it "
        "begins with it, except those that imitate; by default as many as the tactic has at this "
        "`evasion.ageing`. Source: assumed; 37 % of fraudulent accounts had not attacked after "
        "three months (threat model, section 3).",
    )
    common_prompts: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Share of its accounts whose prompts come from where those of the users it is "
        "mistaken for do: templates that circulate among them, for impostors also free text and "
        "sets of an account's own. By default as many as `evasion.paraphrase` says, up to 0.8. "
        "Source: assumed.",
    )
    strategy: str = Field(
        default="naive",
        description="How it reacts in the closed loop to what the platform does to its accounts. "
        "Source: the scenario; see the strategy.",
    )
    supplier: str | None = Field(
        default=None,
        max_length=41,
        description="Seller of its supply; campaigns with the same supplier share what they "
        "learn. Source: assumed, see the scenario.",
    )
    budget: float | None = Field(
        default=None,
        ge=0,
        le=1e12,
        description="US dollars that its strategy may spend on further accounts; no limit if "
        "none is given. Source: assumed, see the scenario.",
    )
    appeals: float = Field(
        default=0.03,
        ge=0,
        le=1,
        description="Share of its accounts that appeal when they are suspended after a random "
        "challenge. Source: threat model section 5 [60]: 3.6 % of banned accounts appealed, nearly "
        "all of them sham.",
    )
    appeals_granted: float = Field(
        default=0.02,
        ge=0,
        le=1,
        description="Share of these appeals that succeed. Source: assumed; 3.3 % of all appeals do "
        "(threat model, section 5 [60]).",
    )
    imitates: str | None = Field(
        default=None,
        description="The legitimate population, by its name in the scenario, that its accounts "
        "imitate as far as `evasion.mimicry` says. Source: assumed, see the scenario.",
    )

    @model_validator(mode="before")
    @classmethod
    def _named(cls, values: Any) -> Any:
        """Set ``tactic`` to the name of this tactic; a scenario cannot give another."""
        if not isinstance(values, dict):
            return values
        own = cls.own_name()
        if values.get("tactic", own) != own:
            raise PydanticCustomError("tactic", "tactic must be {own}", {"own": own})
        return {**values, "tactic": own}

    @classmethod
    def own_name(cls) -> str:
        """Its plug-in name; of a class that is not a plug-in, the class name in lower case."""
        try:
            return tactic_catalogue().name_of(cls)
        except KeyError:
            return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @field_validator("strategy")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in strategy_catalogue():
            raise unknown_name("strategy", value, strategy_catalogue())
        return value

    @field_validator("kits")
    @classmethod
    def _there(cls, value: dict[str, float] | None) -> dict[str, float] | None:
        return None if value is None else known_kits(value)

    @model_validator(mode="after")
    def _enough_for_each(self) -> Tactic:
        if self.one_each and getattr(self, self.one_each) < self.accounts:
            raise PydanticCustomError(
                "one_each",
                "`{what}` ({many}) must be at least `accounts` ({accounts}): each needs one",
                {"what": self.one_each, "many": getattr(self, self.one_each),
                 "accounts": self.accounts},
            )  # fmt: skip
        return self

    def kit_shares(self) -> dict[str, float]:
        """Share of its accounts by kit, in all 1."""
        if self.kits is None:
            return default_mixture(self.ladder, self.evasion.rotation, self.evasion.mimicry)
        return {name: share / sum(self.kits.values()) for name, share in self.kits.items()}

    @property
    def impostors(self) -> float:
        """Share of its accounts that imitate legitimate users, 0 to 1."""
        return sum(share for name, share in self.kit_shares().items() if kit(name).supply is None)

    @property
    def stocked(self) -> float:
        """Share of its accounts that it had before the recording, if it begins with it, 0 to 1."""
        return self.stocks * self.evasion.ageing if self.stock is None else self.stock

    def prompt_source(self) -> PromptSource:
        """Where its accounts take their prompts from."""
        common = self.common_prompts
        if common is None:
            common = MOST_COMMON * self.evasion.paraphrase
        if not self.looks_like:
            return PromptSource(common)
        return PromptSource(common, population_catalogue()[self.looks_like].circle)

    def people(self) -> LifeParameters:
        """Life parameters of the population that it is most easily mistaken for."""
        if not self.looks_like:
            return PERSON
        parameters: LifeParameters = population_catalogue()[self.looks_like].life_parameters
        return parameters

    def asked(self) -> dict[str, int]:
        """Amounts that a recording of the whole campaign must contain, within 5 %.

        Quantities: ``accounts``; ``exchanges``, requests by its own accounts and abusive ones on
        accounts of legitimate users; ``codes`` sent to its phones; ``log_ins`` tried from its
        addresses; ``cards`` of its own that were tried; ``invitations`` among its accounts.
        """
        return {quantity: getattr(self, quantity) for quantity in self.quantities}

    @abstractmethod
    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """What its accounts do: the work first, then the cover traffic, if any."""

    @abstractmethod
    def open_more(self, campaign: Campaign, rng: np.random.Generator, moments: Millis) -> None:
        """Open further accounts, or take more over, at given moments; they work like the others.

        Args:
            campaign: the campaign, in the present slice.
            rng: a stream of the campaign's own.
            moments: shape (n,), n at least 1: when (ms), in order, before the campaign's end.
        """

    @abstractmethod
    def run(self, campaign: Campaign) -> Generator[simpy.Event, Any, None]:
        """SimPy process: the campaign's decisions from its first sign-up to its end.

        It usually loops over slices: plan requests, then ``yield from campaign.next_slice()``.
        """


class Working(Tactic):
    """Base of tactics that make a given number of requests."""

    quantities: ClassVar[tuple[str, ...]] = ("accounts", "exchanges")

    exchanges: int = Field(
        ge=1,
        le=10_000_000_000,
        description="Requests its accounts make in all, cover traffic included; on accounts of "
        "legitimate users only the abusive ones. Source: the scenario.",
        json_schema_extra={"scales": True},
    )
