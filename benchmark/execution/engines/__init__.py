"""Who does the units of a run: this machine, or a cluster. The units are the same."""
