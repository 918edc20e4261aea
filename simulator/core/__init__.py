"""What every part of the simulator uses: ids, random streams, first-seen times, processes."""
