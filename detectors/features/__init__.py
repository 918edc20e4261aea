"""Account features, updated at each review and shared by the detectors."""
