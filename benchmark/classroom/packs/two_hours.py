"""Two hours: features, links, who is hurt, statistics, and a detector that is run unseen."""

from shamcrowd.benchmark.classroom.packs.base import Pack, Step

PACK = Pack(
    name="two-hours",
    title="Two hours",
    about="Features, links between accounts, who is hurt, what a figure is worth, and a detector.",
    scenarios=("quickstart-v2",),
    steps=(
        Step(10, "Begin", "Have everybody open the page of the team and run the first cell. "
            "Show the explorer of a practice log: one campaign, one class, side "
            "by side."),
        Step(25, "Features", "Collect features on the board by what they cost an attacker to "
            "avoid.",
             "features", 20),
        Step(25, "Links", "Draw three accounts and two things that link them. Ask what one gateway "
             "does to the drawing.", "links", 20),
        Step(15, "Who is hurt", "Ask for the population before the rate is computed.", "hurt", 10),
        Step(15, "How sure", "Ask what share of flagged accounts is sham where one in a thousand "
            "is. Take guesses first.", "statistics", 10),
        Step(20, "A detector", "Teams put what they have into `detector.py`. It is run on "
            "worlds made after it was handed in: nothing can be looked up."),
        Step(10, "The board", "Collect the hand-ins, `class score`, then `class score --final`. "
            "Compare a team's findings on its own log with its detector on "
            "worlds it never saw."),
    ),
    findings=15,
    detector=25,
)  # fmt: skip
