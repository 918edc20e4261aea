"""The closed loop judged: detectors act inside the run, campaigns answer, and it is added up."""
