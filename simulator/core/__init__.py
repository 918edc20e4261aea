"""Parts used by the whole simulator: clock, random streams, ids, first-seen times, files."""
