"""First hour: look, a rule, its harm."""

from shamcrowd.benchmark.classroom.packs.base import Pack, Step

PACK = Pack(
    name="first-hour",
    title="First hour",
    about="Look at a log, write a rule that finds sham accounts, and see whom it hurts.",
    scenarios=("quickstart-v2",),
    steps=(
        Step(8, "Begin", "Have everybody open the page of the team and run the first cell. Say "
            "what a sham account is, and that a team has a practice log with the "
            "truth and a log without."),
        Step(12, "Look", "Let teams tell each other how large their largest group was, and what it "
             "was: the truth of the practice log says.", "look", 20),
        Step(20, "A rule", "After ten minutes ask who has a rule that accuses nobody, and what it "
             "misses.", "rule", 50),
        Step(12, "Its harm", "Read the populations out that were accused. Ask: what would the "
            "platform have to say to them?", "innocent", 30),
        Step(8, "The board", "Collect the hand-ins, `class score`, look at the board together. "
            "Then `class score --final`: who fell from public to private, and "
            "why?"),
    ),
)  # fmt: skip
