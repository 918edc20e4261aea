"""Half a day: teams as detectors against teams as attackers."""

from shamcrowd.benchmark.classroom.packs.base import Pack, Step

PACK = Pack(
    name="half-a-day",
    title="Half a day",
    about="The arms race: teams that detect against teams that attack, in worlds that answer.",
    scenarios=("arms-race-v2",),
    steps=(
        Step(15, "Begin", "Have everybody open the page of the team and run the first cell. "
            "Teams with odd numbers defend, those with even numbers attack; after "
            "the break they may change."),
        Step(35, "A rule", "All teams begin as defenders: who attacks has to know what is seen.",
             "rule", 20),
        Step(40, "Features", "Ask what each feature costs an attacker to avoid.", "features", 20),
        Step(60, "First round", "Defenders write `detector.py`, attackers `strategy.py`. "
            "Collect them after 45 minutes and show the board: who was "
            "burned, by whom, at what cost."),
        Step(15, "Break", "Leave the board up."),
        Step(55, "Second round", "Both sides know what happened. Attackers may change what gave "
            "them away; defenders may look at what got through."),
        Step(20, "The board", "`class score --final`. Ask: did anybody make abuse cost more "
            "than it brings? What did that do to legitimate people?"),
    ),
    detector=20,
    race=40,
)  # fmt: skip
