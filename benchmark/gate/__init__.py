"""The gate: a project's detectors against the baseline that it committed."""
