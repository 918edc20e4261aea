"""The report of a suite, one self-contained page, and the published board."""
