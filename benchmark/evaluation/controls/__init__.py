"""Controls that read the truth, one per file; they run after the detectors have finished."""
