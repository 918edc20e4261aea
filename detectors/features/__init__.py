"""Account features, updated review by review and shared by the detectors."""
