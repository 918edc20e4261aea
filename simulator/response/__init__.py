"""The closed loop: reviewers, response policies and their actions on accounts after alerts."""
