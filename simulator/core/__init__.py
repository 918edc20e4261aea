"""What all rooms of the simulator use: clock, random streams, ids, first-seen times, files."""
