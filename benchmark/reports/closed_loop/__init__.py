"""Pages of the arms race: the closed loop, the duel, and evasion curves."""
