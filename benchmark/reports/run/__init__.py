"""The report: one self-contained page from the scores of a run."""
