"""The explorer: a recording and what detectors said of it, in one page to look around in."""
