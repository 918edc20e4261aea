"""Pages about adaptive campaigns: the closed loop, the duel and evasion curves."""
