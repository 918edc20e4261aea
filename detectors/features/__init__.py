"""Account features, kept up review by review and shared by the detectors."""
