"""The closed loop: reviewers, response policies, and what is done to accounts after alerts."""
